"""What can be wrong with a form's file, beyond its schema."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from string import Formatter
from typing import TYPE_CHECKING, Final

from formfill.definitions.referentiel_labels import plain_text
from formfill.definitions.resolve import entry
from formfill.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from formfill.definitions.problems import Path, Problem
    from formfill.definitions.tree import Table, Tree
    from formfill.model.referentiel import Referentiel

SCHEMA_VERSION: Final = 1
_FORM_ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_FIELD_ID: Final = re.compile(r"[a-z][a-z0-9_]*")
_OPTION_ID: Final = re.compile(r"[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*")
_COMMENT_ID: Final = re.compile(r"[a-z][a-z0-9_]*(?:\.[A-Za-z0-9_]+)*")
_MAY_BE_EMPTY: Final = ("headings",)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a form's file refers to."""

    referentiels: Mapping[str, Referentiel]
    checks: Collection[str] | None
    """Codes of every check; None leaves the codes unchecked."""
    templates: Callable[[str], str | None] | None
    """The sha256 of a template of the form by its name, None for a missing one; without it, templates are not looked for."""


def identity(tree: Tree, around: Surroundings) -> Iterator[Problem]:
    """The file says what it is, its name agrees, and its référentiel exists."""
    version = tree.root.integer("schema_version")
    if version not in (None, SCHEMA_VERSION):
        message = _("schema_version = {seen} ; cette version de formfill lit la version {known}.")
        yield tree.problem(("schema_version",), message.format(seen=version, known=SCHEMA_VERSION))
    own = tree.root.text("form")
    if own is not None and own != tree.name:
        message = _("le formulaire se nomme « {own} » et le fichier « {name}.toml » : ils doivent porter le même nom.")
        yield tree.problem(("form",), message.format(own=own, name=tree.name))
    if own is not None and not _FORM_ID.fullmatch(own):
        message = _("l’identifiant « {own} » : lettres minuscules sans accent, chiffres et traits d’union seulement.")
        yield tree.problem(("form",), message.format(own=own))
    referentiel = tree.root.text("referentiel")
    if referentiel is not None and referentiel not in around.referentiels:
        message = _("référentiel inconnu « {seen} » ; connus : {known}.")
        yield tree.problem(("referentiel",), message.format(seen=referentiel, known=", ".join(sorted(around.referentiels))))


def texts(tree: Tree, around: Surroundings) -> Iterator[Problem]:
    """No empty text, no space at an end."""
    del around
    for table in tree.every():
        for key in table.values:
            yield from plain_text(tree, table, key, may_be_empty=key in _MAY_BE_EMPTY)


def check_codes(tree: Tree, around: Surroundings) -> Iterator[Problem]:
    """Every check named exists, once."""
    found = tree.root.texts("checks")
    for path, code in found:
        if around.checks is not None and code not in around.checks:
            yield tree.problem(path, _("contrôle inconnu « {code} ».").format(code=code))
    yield from tree.duplicates(found, _("« {value} » est déjà donné ligne {line}."))


def printed(tree: Tree, around: Surroundings) -> Iterator[Problem]:
    """What is compared with normalised text is written as this text is: lower case, no accent, no space before a sign."""
    del around
    found = tree.root.texts("printed")
    for path, text in found:
        plain = "".join(c for c in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(c))
        plain = plain.replace("’", "'").replace("œ", "oe")
        for sign in ":;!?":
            plain = plain.replace(f" {sign}", sign)
        plain = " ".join(plain.split()).rstrip(" .;:")
        if text.strip() and text != plain:
            yield tree.problem(path, _("le motif « {text} » s’écrit « {plain} ».").format(text=text, plain=plain))
    yield from tree.duplicates(found, _("« {value} » est déjà donné ligne {line}."))


def recognition(tree: Tree, around: Surroundings) -> Iterator[Problem]:
    """Thresholds and weights stay where they mean something, and something can be recognised."""
    del around
    table = tree.root.table("recognition")
    if table is None:
        return
    limits: list[tuple[Table, str, bool]] = [(table, "threshold", True), (table, "row_weight", False), (table, "min_rows", False)]
    limits += [(anchor, "weight", True) for anchor in table.tables("anchors")]
    for holder, key, strict in limits:
        value = holder.number(key)
        top = 1.0 if key == "threshold" else float("inf")
        if value is not None and not ((value > 0 if strict else value >= 0) and value <= top):
            expected = {"threshold": _("plus que 0, jusqu’à 1"), "weight": _("plus que 0")}.get(key, _("0 ou plus"))
            message = _("« {key} » vaut {value:g} ; on attend {expected}.")
            yield tree.problem((*holder.path, key), message.format(key=key, value=value, expected=expected))
    rows, fewest = len(list(tree.tables_at("grid", "rows"))), table.integer("min_rows")
    if fewest is not None and fewest > rows:
        message = _("« min_rows » vaut {fewest}, mais la grille n’a que {rows} lignes.")
        yield tree.problem((*table.path, "min_rows"), message.format(fewest=fewest, rows=rows))
    anchors: list[tuple[Path, object]] = [
        ((*anchor.path, "text"), text.casefold()) for anchor in table.tables("anchors") if (text := anchor.text("text"))
    ]
    yield from tree.duplicates(anchors, _("ce texte est déjà donné ligne {line}."))
    if table.values.get("anchors") == [] and table.number("row_weight") == 0:
        yield tree.problem(
            (*table.path, "anchors"), _("rien ne fait reconnaître le formulaire : donnez un texte ou un row_weight.")
        )


def editions(tree: Tree, around: Surroundings) -> Iterator[Problem]:
    """An edition has its own id, and its sessions are years."""
    del around
    if tree.root.values.get("editions") == []:
        yield tree.problem(("editions",), _("le formulaire n’a aucune édition."))
    found = tree.root.tables("editions")
    ids: list[tuple[Path, object]] = [((*e.path, "id"), e.text("id")) for e in found]
    yield from tree.duplicates(ids, _("l’édition « {value} » est déjà donnée ligne {line}."))
    for edition in found:
        yield from _ascii(tree, (*edition.path, "id"), edition.text("id"), _OPTION_ID)
        yield from tree.duplicates(edition.items("sessions"), _("« {value} » est déjà donné ligne {line}."))
        for path, session in edition.items("sessions"):
            if isinstance(session, int) and not 1950 <= session <= 2199:
                yield tree.problem(path, _("« {session} » n’est pas une session : on attend une année.").format(session=session))


def _ascii(tree: Tree, path: Path, value: str | None, pattern: re.Pattern[str]) -> Iterator[Problem]:
    if value and not pattern.fullmatch(value):
        signs = _("lettres minuscules, chiffres et _") if pattern is _FIELD_ID else _("lettres, chiffres et . _ - au milieu")
        message = _("l’identifiant « {value} » : {signs} seulement, sans accent.")
        yield tree.problem(path, message.format(value=value, signs=signs))


def templates(tree: Tree, around: Surroundings) -> Iterator[Problem]:
    """Every template named exists and has the bytes it had."""
    found = tree.root.tables("templates")
    names: list[tuple[Path, object]] = [((*t.path, "name"), t.text("name")) for t in found]
    yield from tree.duplicates(names, _("« {value} » est déjà donné ligne {line}."))
    for template in found:
        name, digest = template.text("name"), template.text("sha256")
        if name is None or around.templates is None:
            continue
        seen = around.templates(name)
        if seen is None:
            message = _("le gabarit templates/{form}/{name} n’existe pas.")
            yield tree.problem((*template.path, "name"), message.format(form=tree.root.text("form"), name=name))
        elif digest not in (None, seen):
            message = _("le gabarit « {name} » a changé : son empreinte est {seen}.")
            yield tree.problem((*template.path, "sha256"), message.format(name=name, seen=seen))


def columns(tree: Tree, around: Surroundings) -> Iterator[Problem]:
    """Columns are columns of the grid, and the box has one of its own."""
    del around
    grid = tree.root.table("grid")
    if grid is None:
        return
    width = len(grid.items("headings"))
    if grid.values.get("headings") == []:
        yield tree.problem((*grid.path, "headings"), _("la grille n’a aucune colonne."))
    holders = [(grid, "title_column"), (grid, "box_column"), *((lines, "column") for lines in grid.tables("lines"))]
    for holder, key in holders:
        value = holder.integer(key)
        if value is not None and width and not 0 <= value < width:
            message = _("« {key} » vaut {value} ; les colonnes vont de 0 à {last}.")
            yield tree.problem((*holder.path, key), message.format(key=key, value=value, last=width - 1))
    box = grid.integer("box_column")
    if box is not None:
        for holder, key in holders:
            if key != "box_column" and holder.integer(key) == box:
                yield tree.problem((*holder.path, key), _("« {key} » est la colonne de la case.").format(key=key))
    pairs: list[tuple[Path, object]] = [(t.path, (t.integer("column"), t.text("role"))) for t in grid.tables("lines")]
    yield from tree.duplicates(pairs, _("cette colonne imprime déjà ces libellés, ligne {line}."))


def patterns(tree: Tree, around: Surroundings) -> Iterator[Problem]:
    """A printed pattern holds the places it needs, and no other."""
    del around
    grid = tree.root.table("grid")
    if grid is None:
        return
    wanted: list[tuple[Table, str, str, tuple[str, ...]]] = [
        (grid, "title", "label", ("code",)),
        (grid, "comment_field", "option", ()),
        *((row, "title", "label", ("code",)) for row in grid.tables("rows")),
        *((lines, key, "text", ()) for lines in grid.tables("lines") for key in ("printed", "element")),
    ]
    for table, key, needed, also in wanted:
        text = table.text(key)
        if text:
            yield from _pattern(tree, (*table.path, key), text, needed, also)


def _pattern(tree: Tree, path: Path, text: str, needed: str, also: tuple[str, ...]) -> Iterator[Problem]:
    try:
        parts = [(name, spec, conversion) for _text, name, spec, conversion in Formatter().parse(text) if name is not None]
    except ValueError:
        yield tree.problem(path, _("« {text} » : une accolade {{ ou }} est seule.").format(text=text))
        return
    for name, spec, conversion in parts:
        if name not in (needed, *also) or spec or conversion:
            message = _("« {text} » : {{{name}}} n’est pas permis ; permis : {allowed}.")
            allowed = ", ".join(f"{{{n}}}" for n in (needed, *also))
            yield tree.problem(path, message.format(text=text, name=name, allowed=allowed))
    if needed not in [name for name, _spec, _conversion in parts]:
        yield tree.problem(path, _("« {text} » : {{{needed}}} manque.").format(text=text, needed=needed))


def ids(tree: Tree, around: Surroundings) -> Iterator[Problem]:
    """Ids are ASCII and name one thing."""
    del around
    grid = tree.root.table("grid")
    if grid is None:
        return
    field = grid.text("field")
    yield from _ascii(tree, (*grid.path, "field"), field, _FIELD_ID)
    pattern = grid.text("comment_field")
    fixed = pattern.replace("{option}", "x") if pattern else None
    yield from _ascii(tree, (*grid.path, "comment_field"), fixed, _COMMENT_ID)
    options: list[tuple[Path, object]] = []
    for row in grid.tables("rows"):
        key = "option" if row.has("option") else "code"
        options.append(((*row.path, key), row.text(key)))
        yield from _ascii(tree, (*row.path, key), row.text(key), _OPTION_ID)
    yield from tree.duplicates(options, _("la case « {value} » est déjà celle de la ligne {line}."))
    if pattern and "{option}" in pattern:
        for path, option in options:
            if option is not None and pattern.replace("{option}", str(option)) == field:
                yield tree.problem(
                    path, _("le commentaire de cette ligne a le même identifiant que le champ « {field} ».").format(field=field)
                )


def codes(tree: Tree, around: Surroundings) -> Iterator[Problem]:
    """Every row is a compétence or a critère transversal of the bloc, once."""
    grid = tree.root.table("grid")
    referentiel = around.referentiels.get(tree.root.text("referentiel") or "")
    if grid is None:
        return
    if grid.values.get("rows") == []:
        yield tree.problem((*grid.path, "rows"), _("la grille n’a aucune ligne."))
    rows: list[tuple[Path, object]] = [((*row.path, "code"), row.text("code")) for row in grid.tables("rows")]
    yield from tree.duplicates(rows, _("le code « {value} » est déjà celui de la ligne {line}."))
    name = grid.text("bloc")
    if referentiel is None or name is None:
        return
    bloc = referentiel.bloc(name)
    if bloc is None:
        message = _("bloc inconnu « {name} » dans {referentiel} ; connus : {known}.")
        known = ", ".join(b.id for b in referentiel.blocs)
        yield tree.problem((*grid.path, "bloc"), message.format(name=name, referentiel=referentiel.referentiel, known=known))
        return
    for path, code in rows:
        if isinstance(code, str) and entry(bloc, code) is None:
            message = _("code inconnu « {code} » dans le bloc {bloc} de {referentiel}.")
            yield tree.problem(path, message.format(code=code, bloc=bloc.id, referentiel=referentiel.referentiel))


RULES: tuple[Callable[[Tree, Surroundings], Iterator[Problem]], ...] = (
    identity,
    texts,
    check_codes,
    printed,
    recognition,
    editions,
    templates,
    columns,
    patterns,
    ids,
    codes,
)
