"""What can be wrong with the wordings of a référentiel file and with their proofs."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from formfill.language import gettext as _
from formfill.model.report import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.definitions.problems import Path, Problem
    from formfill.definitions.tree import Table, Tree

# an empty NOR number says that it was looked for and not found
_MAY_BE_EMPTY: Final = ("nor",)


def plain_texts(tree: Tree) -> Iterator[Problem]:
    """No empty text, no space at an end, composed accents: a wording of reference is compared as it is."""
    for table in tree.every():
        for key in table.values:
            yield from plain_text(tree, table, key, may_be_empty=_may_be_empty(table, key))


def plain_text(tree: Tree, table: Table, key: str, *, may_be_empty: bool) -> Iterator[Problem]:
    """What is wrong with the text, or with the texts of the list, at a key."""
    value = table.text(key)
    found = [((*table.path, key), value)] if value is not None else table.texts(key)
    for path, text in found:
        if not text.strip() and not may_be_empty:
            yield tree.problem(path, _("« {key} » est vide.").format(key=key))
        elif text and text != text.strip():
            yield tree.problem(path, _("« {key} » commence ou finit par une espace.").format(key=key))
        if not unicodedata.is_normalized("NFC", text):
            yield tree.problem(path, _("« {key} » a des accents décomposés : un seul caractère par lettre.").format(key=key))


def _may_be_empty(table: Table, key: str) -> bool:
    return key in _MAY_BE_EMPTY or (key == "libelle" and bool(table.items("elements")))


def empty_nor(tree: Tree) -> Iterator[Problem]:
    """An empty NOR number says that none was found: it cannot be verified."""
    for table in tree.tables_at("diplome", "textes"):
        if table.text("nor") == "" and table.flag("nor_verified") is not False:
            yield tree.problem((*table.path, "nor"), _("« nor » est vide : écrivez nor_verified = false."))


def proofs(tree: Tree) -> Iterator[Problem]:
    """What is verified has a source, and a source better than a transcription."""
    for table in tree.every():
        if table.flag("verified") is not True:
            continue
        if table.values.get("sources") == []:
            yield tree.problem((*table.path, "sources"), _("verified = true, mais « sources » est vide."))
        if table.text("niveau") == "transcription":
            message = _("verified = true, mais niveau = « transcription » : le libellé est montré comme non vérifié.")
            yield tree.problem((*table.path, "verified"), message, Severity.WARNING)


def variants(tree: Tree) -> Iterator[Problem]:
    """A variant is another wording, met once in its list."""
    for table in tree.every():
        message = _("cette variante est le libellé lui-même.")
        own: dict[str, list[str | None]] = {
            "variants": [table.text("libelle")],
            "elements_variants": [text for _path, text in table.texts("elements")],
        }
        for key, official in own.items():
            yield from (tree.problem(path, message) for path, text in table.texts(key) if text and text in official)
        again = _("la variante « {value} » est déjà donnée ligne {line}.")
        yield from tree.duplicates(table.texts("variants"), again)
        for key, needs in (("variants_note", "variants"), ("elements_variants", "elements"), ("libelle_rap_note", "libelle_rap")):
            if table.has(key) and not table.values.get(needs):
                yield tree.problem((*table.path, key), _("« {key} » sans « {needs} ».").format(key=key, needs=needs))


def same_wording(tree: Tree) -> Iterator[Problem]:
    """Two activités, or two indicateurs, of a compétence do not share a wording: a line could not be told from the other."""
    for competence in tree.tables("blocs", "competences"):
        for key in ("activites", "indicateurs"):
            entries: list[tuple[Path, object]] = [((*t.path, "libelle"), t.text("libelle") or None) for t in competence.tables(key)]
            yield from tree.duplicates(entries, _("le libellé « {value} » est déjà celui de la ligne {line}."))
    for indicateur in tree.tables("blocs", "competences", "indicateurs"):
        yield from tree.duplicates(indicateur.texts("elements"), _("l’élément « {value} » est déjà donné ligne {line}."))


def complete_indicateurs(tree: Tree) -> Iterator[Problem]:
    """A compétence says what its indicateurs lack."""
    for competence in tree.tables("blocs", "competences"):
        complete = competence.flag("indicateurs_complets")
        path = (*competence.path, "indicateurs_complets")
        if complete is False and not competence.has("indicateurs_note"):
            yield tree.problem(path, _("indicateurs_complets = false sans « indicateurs_note » qui dise ce qui manque."))
        if complete is True and not competence.tables("indicateurs"):
            yield tree.problem(path, _("indicateurs_complets = true, mais la compétence n’a aucun indicateur."))


RULES = (plain_texts, empty_nor, proofs, variants, same_wording, complete_indicateurs)
