"""Files written whole or not at all."""

from __future__ import annotations

import errno
import os
import re
import time
import unicodedata
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from formfill.errors import RenderError, UnwritableOutputError
from formfill.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterator

TEMPORARY: Final = ".tmp"
"""End of the names of files that are being written."""
AT_ONCE: Final = 16
"""Files that are made durable at the same time."""
_AWAY: Final = ("ESTALE", "ENOTCONN", "EHOSTDOWN", "EHOSTUNREACH", "ENETDOWN", "ENETUNREACH", "ETIMEDOUT", "EREMOTEIO")
"""What a share that is offline gives; not every system has every name."""


def reason(error: OSError) -> str:
    """Why the system refused, in the language in use where the reason is a common one."""
    words = {
        errno.ENOENT: _("ce fichier ou ce dossier n’existe pas"),
        errno.EACCES: _("l’accès est interdit"),
        errno.EPERM: _("l’accès est interdit"),
        errno.EROFS: _("le disque est en lecture seule"),
        errno.ENOSPC: _("le disque est plein"),
        errno.EDQUOT: _("votre espace disque est épuisé"),
        errno.ENOTDIR: _("un fichier porte le nom d’un dossier attendu"),
        errno.EISDIR: _("un dossier porte le nom d’un fichier attendu"),
        errno.EEXIST: _("un fichier porte le nom d’un dossier attendu"),
        errno.ENAMETOOLONG: _("le nom est trop long"),
        errno.EIO: _("le disque ne répond pas"),
        errno.EBUSY: _("le fichier est occupé par un autre programme"),
        errno.ELOOP: _("ce lien ramène à lui-même"),
        errno.EINVAL: _("ce nom n’est pas possible ici"),
        errno.EMFILE: _("trop de fichiers sont ouverts"),
        **dict.fromkeys(map(errno.__dict__.get, _AWAY), _("le partage réseau ne répond pas")),
    }
    number = error.errno or 0
    # the system's own words are English
    return words.get(number) or _("erreur {code} du système").format(code=errno.errorcode.get(number, number))


def shown(text: str) -> str:
    r"""A text that names files, on one line of UTF-8: what is not UTF-8 and what would break the line are escaped (``\\xff``)."""
    return "".join(map(_escaped, text)) if not text.isprintable() else text


def _escaped(char: str) -> str:
    if "\udc80" <= char <= "\udcff":
        # how Python holds the byte of a name that is not UTF-8
        return f"\\x{ord(char) - 0xDC00:02x}"
    if unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp"):
        return char.encode("unicode_escape").decode("ascii")
    return char


def unwritable(path: Path, error: OSError) -> RenderError:
    """What to say when an output cannot be written."""
    return UnwritableOutputError(
        where=str(path),
        seen=_("impossible d’écrire ici ({reason}).").format(reason=reason(error)),
        advice=_("Choisissez un dossier où vous pouvez écrire, ou libérez de la place."),
    )


def write_atomically(path: Path, data: bytes) -> None:
    """Writes a file so that it is there whole or not at all: a temporary file beside it, then a rename."""
    with aside(path.parent) as (stream, temporary):
        stream.write(data)
        stream.close()
        temporary.replace(path)


@contextmanager
def aside(folder: Path) -> Iterator[tuple[BinaryIO, Path]]:
    """A temporary file to write and rename, taken away when that fails; :func:`sweep` finds those of killed processes."""
    import tempfile

    handle, name = tempfile.mkstemp(dir=folder, prefix=f".formfill-{_machine()}-{os.getpid()}-", suffix=TEMPORARY)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            # mkstemp is private to its owner; a result is for whoever may read the folder
            temporary.chmod(0o666 & ~_umask())
            yield stream, temporary
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def make_all_durable(paths: list[Path], how: int = os.O_RDONLY) -> None:
    """The same once for many: a file system gathers what is asked of it at the same time."""
    from concurrent.futures import ThreadPoolExecutor

    if len(paths) < 2:
        for path in paths:
            make_durable(path, how)
        return
    with ThreadPoolExecutor(min(AT_ONCE, len(paths))) as threads:
        # what one of them raises is raised here
        list(threads.map(lambda path: make_durable(path, how), paths))


def make_durable(path: Path, how: int = os.O_RDONLY) -> None:
    """Waits until a file, or the names in a folder, are on the disk; raises ``OSError`` when they cannot be."""
    if os.name == "nt" and path.is_dir():
        # a folder cannot be opened there; the file system orders its own writes
        return
    handle = os.open(path, how)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


_TEMPORARY: Final = re.compile(r"\.formfill-(?:([0-9a-f]{8})-([0-9]{1,10})-)?[a-z0-9_]+\.tmp")
STALE: Final = 3600.0
"""Seconds after which a temporary file is nobody's, whoever wrote it: a write takes a moment."""


def sweep(folder: Path) -> None:
    """Takes away the temporary files that killed runs left in a folder; those of a run that lives stay. Raises nothing."""
    with suppress(OSError), os.scandir(folder) as found:
        for entry in found:
            match = _TEMPORARY.fullmatch(entry.name)
            if match is None:
                continue
            with suppress(OSError):
                dead = match[1] == _machine() and not _alive(int(match[2]))
                if entry.is_file(follow_symlinks=False) and (dead or time.time() - entry.stat().st_mtime > STALE):
                    Path(entry.path).unlink()


def _alive(process: int) -> bool:
    """Whether a process of this machine runs; true when that cannot be asked without harm."""
    if os.name != "posix":
        return True
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True


@cache
def _machine() -> str:
    """This machine, eight hexadecimal digits: its name, and its table of processes, as a container has its own."""
    import hashlib

    name = os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")
    with suppress(OSError, AttributeError):
        name += os.readlink("/proc/self/ns/pid")  # noqa: PTH115 – it is no path
    return hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:8]


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
