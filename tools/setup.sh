#!/bin/sh
# Prepares a machine: called by the Makefile, which holds the names of the packages.
#
#   tools/setup.sh venv DIR           makes a virtual environment with pip and uv
#   tools/setup.sh packages NAME...   installs the Debian packages that are missing, or says which they are;
#                                     COMMAND=NAME is a package that is needed only where there is no such command
#
# APT=no keeps it from installing any Debian package.
set -eu

say() { printf '%s\n' "$*" >&2; }

# How to run a command as root without a password; fails when that cannot be.
as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif command -v sudo >/dev/null 2>&1; then sudo -n "$@"
    else return 1
    fi
}

may_install() {
    [ "${APT:-yes}" != no ] && command -v apt-get >/dev/null 2>&1 && as_root true 2>/dev/null
}

install() {
    say "Installation des paquets Debian : $*"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq >&2 || say "apt-get update a échoué ; essai avec les listes présentes."
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends --no-remove "$@" >/dev/null
}

# The first Python that is recent enough.
find_python() {
    for name in ${PYTHON:-} python3 python3.11 python3.12 python3.13 python3.14 python; do
        if command -v "$name" >/dev/null 2>&1 && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$name"
            return 0
        fi
    done
    found=$(python3 --version 2>/dev/null || echo "aucun Python 3")
    say "Il faut Python 3.11 ou plus récent ; trouvé : $found."
    say "Sous Debian 12 ou plus : sudo apt-get install python3 python3-venv. Sinon : make … PYTHON=/chemin/de/python3.11"
    return 1
}

make_venv() {
    dir=$1
    python=$(find_python)
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    # Debian ships ensurepip, which venv needs, in a package of its own
    if ! "$python" -c 'import ensurepip' 2>/dev/null && may_install; then
        install "python$version-venv" || install python3-venv || true
    fi
    if "$python" -c 'import ensurepip' 2>/dev/null; then
        "$python" -m venv --clear "$dir"
        "$dir/bin/python" -m pip install --quiet --disable-pip-version-check 'uv>=0.9'
        return 0
    fi
    say "Python $version est là sans ensurepip, que Debian range dans le paquet python$version-venv (ou python3-venv)."
    "$python" -m venv --clear --without-pip "$dir"
    if command -v uv >/dev/null 2>&1; then
        say "uv est déjà sur cette machine : il servira."
        ln -sf "$(command -v uv)" "$dir/bin/uv"
    elif "$python" -m pip --version >/dev/null 2>&1; then
        say "Le pip du système installe uv dans $dir."
        "$python" -m pip --python "$dir/bin/python" install --quiet --disable-pip-version-check 'uv>=0.9'
    else
        rm -rf "$dir"
        say "Ni pip ni uv sur cette machine, et pas le droit d’installer un paquet. Faites :"
        say "    sudo apt-get install python$version-venv"
        say "puis relancez la même commande."
        return 1
    fi
}

packages() {
    missing=
    for name in "$@"; do
        case $name in
            *=*)
                command -v "${name%%=*}" >/dev/null 2>&1 && continue
                name=${name#*=}
                ;;
        esac
        if ! dpkg-query -W -f '${Status}' "$name" 2>/dev/null | grep -q 'ok installed'; then
            missing="$missing $name"
        fi
    done
    [ -n "$missing" ] || return 0
    # shellcheck disable=SC2086  # a list of names
    if may_install && install $missing; then
        return 0
    fi
    say "Paquets Debian absents :$missing"
    say "Les tests qui en ont besoin sont sautés, chacun avec sa raison. Pour les lancer aussi :"
    say "    sudo apt-get install --no-install-recommends$missing"
}

command=$1
shift
case $command in
    venv) make_venv "$1" ;;
    packages) packages "$@" ;;
    *) say "tools/setup.sh venv DIR | packages NAME..."; exit 2 ;;
esac
