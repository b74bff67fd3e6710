"""What can be wrong with the fields of a form's file, beyond their schema."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from formfill.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from formfill.definitions.form_rules import Surroundings
    from formfill.definitions.problems import Path, Problem
    from formfill.definitions.tree import Table, Tree

_FIELD_ID: Final = re.compile(r"[a-z][a-z0-9_]*")
_OPTION_ID: Final = re.compile(r"[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*")


def content(tree: Tree, around: Surroundings) -> Iterator[Problem]:
    """The form has something to fill in."""
    del around
    if not any(tree.root.has(key) for key in ("grid", "fields", "levels", "table", "matrix")):
        yield tree.problem(
            ("form",), _("le formulaire n’a aucun champ : donnez une grille, des champs, des niveaux ou un tableau.")
        )


def fields(tree: Tree, around: Surroundings) -> Iterator[Problem]:
    """Fields have their own ids, and are found by something."""
    del around
    found = tree.root.tables("fields")
    ids: list[tuple[Path, object]] = [((*field.path, "id"), field.text("id")) for field in found]
    yield from tree.duplicates(ids, _("le champ « {value} » est déjà celui de la ligne {line}."))
    for i, field in enumerate(found):
        own = field.text("id")
        if own is not None and not _FIELD_ID.fullmatch(own):
            message = _("l’identifiant « {value} » : lettres minuscules, chiffres et _ seulement, sans accent.")
            yield tree.problem((*field.path, "id"), message.format(value=own))
        boxed = field.text("kind") in ("choice", "boxes")
        if boxed and not field.tables("options"):
            yield tree.problem((*field.path, "kind"), _("ce champ se coche, mais n’a aucune case."))
        if not boxed and field.tables("options"):
            yield tree.problem((*field.path, "kind"), _("ce champ a des cases : il est « choice » ou « boxes »."))
        if not boxed and not field.items("printed"):
            yield tree.problem((*field.path, "id"), _("rien n’annonce ce champ : donnez ce que le formulaire imprime devant."))
        if field.values.get("inline") is True and i == 0:
            yield tree.problem((*field.path, "inline"), _("aucun champ ne précède celui-ci."))


def options(tree: Tree, around: Surroundings) -> Iterator[Problem]:
    """Options have their own ids in their field, and a label of their own or the référentiel's."""
    for field in tree.root.tables("fields"):
        found = field.tables("options")
        ids: list[tuple[Path, object]] = [(option.path, option.text("id") or option.text("code")) for option in found]
        yield from tree.duplicates(ids, _("la case « {value} » est déjà celle de la ligne {line}."))
        for option in found:
            yield from _id(tree, option, "id")
            if option.has("code") == option.has("label"):
                yield tree.problem(option.path, _("une case a un code du référentiel ou un libellé, l’un des deux."))
            if option.has("label") and not option.has("id"):
                yield tree.problem(option.path, _("la clé « {key} » manque.").format(key="id"))
            if option.has("code"):
                yield from _code(tree, (*option.path, "code"), option.text("code"), field.text("bloc"), around)


def levels(tree: Tree, around: Surroundings) -> Iterator[Problem]:
    """Levels have their own ids, rows come from a bloc or from the file."""
    table = tree.root.table("levels")
    if table is None:
        return
    if "{code}" not in (table.text("field") or "{code}"):
        yield tree.problem(
            (*table.path, "field"), _("« {text} » : {{{needed}}} manque.").format(text=table.text("field"), needed="code")
        )
    for key in ("options", "rows"):
        ids: list[tuple[Path, object]] = [((*t.path, "id"), t.text("id")) for t in table.tables(key)]
        yield from tree.duplicates(ids, _("« {value} » est déjà donné ligne {line}."))
        for inner in table.tables(key):
            yield from _id(tree, inner, "id")
    known = {option.text("id") for option in table.tables("options")}
    for path, level in table.texts("competence_levels"):
        if level not in known:
            yield tree.problem(path, _("niveau inconnu « {level} ».").format(level=level))
    if not table.has("bloc") and not table.tables("rows"):
        yield tree.problem(table.path, _("la grille n’a aucune ligne."))
    if table.has("bloc"):
        yield from _bloc(tree, (*table.path, "bloc"), table.text("bloc"), around)


def repeating(tree: Tree, around: Surroundings) -> Iterator[Problem]:
    """Columns are compétences of the bloc, sections have their own ids."""
    table = tree.root.table("table")
    if table is None:
        return
    yield from _bloc(tree, (*table.path, "bloc"), table.text("bloc"), around)
    for path, code in table.texts("columns"):
        yield from _code(tree, path, code, table.text("bloc"), around)
    yield from tree.duplicates(table.texts("columns"), _("« {value} » est déjà donné ligne {line}."))
    ids: list[tuple[Path, object]] = [((*s.path, "id"), s.text("id")) for s in table.tables("sections")]
    yield from tree.duplicates(ids, _("« {value} » est déjà donné ligne {line}."))


def matrix(tree: Tree, around: Surroundings) -> Iterator[Problem]:
    """Columns, parts and rows have their own ids, and rows name parts that exist."""
    del around
    table = tree.root.table("matrix")
    if table is None:
        return
    for key in ("columns", "parts", "rows"):
        ids: list[tuple[Path, object]] = [((*t.path, "id"), t.text("id")) for t in table.tables(key)]
        yield from tree.duplicates(ids, _("« {value} » est déjà donné ligne {line}."))
        for inner in table.tables(key):
            yield from _id(tree, inner, "id")
    known = {part.text("id") for part in table.tables("parts")}
    for row in table.tables("rows"):
        for path, part in row.texts("parts"):
            if part not in known:
                yield tree.problem(path, _("partie inconnue « {part} ».").format(part=part))


def _id(tree: Tree, table: Table, key: str) -> Iterator[Problem]:
    own = table.text(key)
    if own and not _OPTION_ID.fullmatch(own):
        message = _("l’identifiant « {value} » : lettres, chiffres et . _ - au milieu seulement, sans accent.")
        yield tree.problem((*table.path, key), message.format(value=own))


def _bloc(tree: Tree, path: Path, name: str | None, around: Surroundings) -> Iterator[Problem]:
    referentiel = around.referentiels.get(tree.root.text("referentiel") or "")
    if referentiel is not None and name is not None and referentiel.bloc(name) is None:
        message = _("bloc inconnu « {name} » dans {referentiel} ; connus : {known}.")
        known = ", ".join(b.id for b in referentiel.blocs)
        yield tree.problem(path, message.format(name=name, referentiel=referentiel.referentiel, known=known))


def _code(tree: Tree, path: Path, code: str | None, name: str | None, around: Surroundings) -> Iterator[Problem]:
    referentiel = around.referentiels.get(tree.root.text("referentiel") or "")
    if referentiel is None or code is None:
        return
    bloc = referentiel.bloc(name) if name is not None else None
    if bloc is None:
        yield tree.problem(path, _("le code « {code} » est celui d’un bloc : donnez « bloc ».").format(code=code))
    elif bloc.competence(code) is None:
        message = _("code inconnu « {code} » dans le bloc {bloc} de {referentiel}.")
        yield tree.problem(path, message.format(code=code, bloc=bloc.id, referentiel=referentiel.referentiel))


RULES: tuple[Callable[[Tree, Surroundings], Iterator[Problem]], ...] = (content, fields, options, levels, repeating, matrix)
