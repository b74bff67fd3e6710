"""What can be wrong with the codes, ranks, counts, scales and weights of a référentiel file."""

from __future__ import annotations

import math
import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from formfill.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.definitions.problems import Path, Problem
    from formfill.definitions.tree import Table, Tree

SCHEMA_VERSION: Final = 1
_ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LANGUAGE: Final = re.compile(r"[a-z]{2}-[A-Z]{2}")


def identity(tree: Tree) -> Iterator[Problem]:
    """The file says what it is, and its name agrees."""
    version = tree.root.integer("schema_version")
    if version not in (None, SCHEMA_VERSION):
        message = _("schema_version = {seen} ; cette version de formfill lit la version {known}.")
        yield tree.problem(("schema_version",), message.format(seen=version, known=SCHEMA_VERSION))
    own = tree.root.text("referentiel")
    if own is not None and own != tree.name:
        message = _("le référentiel se nomme « {own} » et le fichier « {name}.toml » : ils doivent porter le même nom.")
        yield tree.problem(("referentiel",), message.format(own=own, name=tree.name))
    if own is not None and not _ID.fullmatch(own):
        message = _("l’identifiant « {own} » : lettres minuscules sans accent, chiffres et traits d’union seulement.")
        yield tree.problem(("referentiel",), message.format(own=own))
    language = tree.root.text("langue")
    if language is not None and not _LANGUAGE.fullmatch(language):
        yield tree.problem(("langue",), _("« langue » vaut « {seen} » ; on attend par exemple fr-FR.").format(seen=language))


def _scales(tree: Tree) -> list[Table]:
    table = tree.root.table("echelles")
    return table.children() if table else []


def _of(tables: list[Table], key: str) -> list[tuple[Path, object]]:
    return [((*table.path, key), table.text(key)) for table in tables]


def unique_codes(tree: Tree) -> Iterator[Problem]:
    """An id is unique in the file; a code is unique in its list."""
    again = _("« {value} » est déjà donné ligne {line}.")
    for keys, key in (
        (("options",), "code"),
        (("options",), "lettre"),
        (("blocs",), "id"),
        (("blocs", "competences"), "id"),
        (("blocs", "criteres_transversaux"), "code"),
        (("penalites",), "code"),
        (("motifs_non_conformite",), "code"),
        (("regles",), "code"),
        (("competences_non_mobilisees",), "code"),
        (("sources",), "id"),
    ):
        yield from tree.duplicates(_of(list(tree.tables(*keys)), key), again)
    yield from tree.duplicates(_of(tree.tables_at("diplome", "textes"), "id"), again)
    yield from tree.duplicates(_of(tree.tables_at("diplome", "fiches_rncp"), "numero"), again)
    for scale in _scales(tree):
        yield from tree.duplicates(scale.texts("niveaux"), again)
        yield from tree.duplicates(_of(scale.tables("descripteurs"), "niveau"), again)


def shared_codes(tree: Tree) -> Iterator[Problem]:
    """A code names one thing for a candidate: only entries of different options may share it."""
    named: list[tuple[Table, frozenset[str]]] = []
    for bloc in tree.tables("blocs"):
        options = frozenset(text for _path, text in bloc.texts("options"))
        named.append((bloc, options))
        for competence in bloc.tables("competences"):
            own = frozenset(text for _path, text in competence.texts("options")) or options
            named += [(table, own) for table in (competence, *competence.tables("activites"), *competence.tables("indicateurs"))]
    named += [(table, frozenset()) for table in tree.tables("competences_non_mobilisees")]
    seen: dict[str, list[tuple[Table, frozenset[str]]]] = {}
    for table, options in named:
        code = table.text("code")
        if code is None:
            continue
        first = next((t for t, other in seen.get(code, []) if not options or not other or options & other), None)
        if first is not None:
            message = _("le code « {code} » est déjà celui de l’entrée ligne {line}.")
            yield tree.problem((*table.path, "code"), message.format(code=code, line=tree.lines.at(first.path)))
        seen.setdefault(code, []).append((table, options))


def ranks(tree: Tree) -> Iterator[Problem]:
    """Ranks follow one another from 1 (a scale's may start at 0), in the file's order."""
    lists = [(c.tables(key), {1}) for c in tree.tables("blocs", "competences") for key in ("activites", "indicateurs")]
    lists += [(scale.tables("descripteurs"), {0, 1}) for scale in _scales(tree)]
    for tables, starts in lists:
        found = [((*t.path, "ordre"), rank) for t in tables if (rank := t.integer("ordre")) is not None]
        if found and found[0][1] not in starts:
            path, rank = found[0]
            yield tree.problem(
                path, _("le premier « ordre » vaut {rank} ; il commence à {start}.").format(rank=rank, start=max(starts))
            )
        for (_before, before), (path, rank) in pairwise(found):
            if rank == before:
                yield tree.problem(path, _("« ordre » vaut {rank}, comme l’entrée précédente.").format(rank=rank))
            elif rank != before + 1:
                message = _("« ordre » vaut {rank} après {before} ; on attend {expected}.")
                yield tree.problem(path, message.format(rank=rank, before=before, expected=before + 1))


def counts(tree: Tree) -> Iterator[Problem]:
    """The file holds what it says that it holds."""
    stated = tree.root.table("comptes")
    if stated is None:
        return
    indicateurs = list(tree.tables("blocs", "competences", "indicateurs"))
    held = {
        "blocs": len(list(tree.tables("blocs"))),
        "competences": len(list(tree.tables("blocs", "competences"))),
        "activites": len(list(tree.tables("blocs", "competences", "activites"))),
        "indicateurs": len(indicateurs),
        "lignes_d_indicateurs": sum(len(i.items("elements")) or 1 for i in indicateurs),
        "indicateurs_verifies": sum(i.flag("verified") is True for i in indicateurs),
    }
    for key, number in held.items():
        said = stated.integer(key)
        if said not in (None, number):
            message = _("« {key} » vaut {said}, mais le fichier en contient {number}.")
            yield tree.problem((*stated.path, key), message.format(key=key, said=said, number=number))


def scales(tree: Tree) -> Iterator[Problem]:
    """The lists of a scale agree with its levels."""
    for scale in _scales(tree):
        levels = [text for _path, text in scale.texts("niveaux")]
        for key in ("libelles", "observables", "valeurs"):
            yield from _same_length(tree, scale, key, "niveaux")
        for key, number in (
            ("niveaux_competence", "cases_par_competence"),
            ("niveaux_sous_competence", "cases_par_sous_competence"),
        ):
            yield from (_unknown_level(tree, path, text) for path, text in scale.texts(key) if text not in levels)
            boxes = scale.integer(number)
            if scale.has(key) and boxes not in (None, len(scale.items(key))):
                message = _("« {number} » vaut {boxes}, mais « {key} » a {length} niveaux.")
                yield tree.problem(
                    (*scale.path, number), message.format(number=number, boxes=boxes, key=key, length=len(scale.items(key)))
                )
        for described in scale.tables("descripteurs"):
            level = described.text("niveau")
            if level is not None and level not in levels:
                yield _unknown_level(tree, (*described.path, "niveau"), level)


def _unknown_level(tree: Tree, path: Path, level: str) -> Problem:
    return tree.problem(path, _("« {level} » n’est pas un niveau de l’échelle.").format(level=level))


def _same_length(tree: Tree, table: Table, key: str, other: str) -> Iterator[Problem]:
    if table.has(key) and len(table.items(key)) != len(table.items(other)):
        message = _("« {key} » a {length} valeurs et « {other} » {expected} : il en faut autant.")
        values = {"key": key, "length": len(table.items(key)), "other": other, "expected": len(table.items(other))}
        yield tree.problem((*table.path, key), message.format(**values))


def weights(tree: Tree) -> Iterator[Problem]:
    """One weight for each part, and the weights of a compétence's indicateurs add up to 1."""
    for epreuve in tree.tables("epreuves"):
        yield from _same_length(tree, epreuve, "coefficients_composantes", "composantes")
    for competence in tree.tables("blocs", "competences"):
        yield from _same_length(tree, competence, "poids", "poids_composantes")
        found = [(t, t.number("poids_soutenance")) for t in competence.tables("indicateurs") if t.has("poids_soutenance")]
        total = math.fsum(weight or 0 for _table, weight in found)
        if found and not math.isclose(total, 1, abs_tol=1e-6):
            message = _("la somme des « poids_soutenance » de la compétence vaut {total:g} ; elle doit valoir 1.")
            yield tree.problem((*found[-1][0].path, "poids_soutenance"), message.format(total=total))


def bounds(tree: Tree) -> Iterator[Problem]:
    """Numbers stay where they mean something."""
    limits = {"niveau_cnc": (1, 8), "coefficient": (1, 100), "points": (1, 20), "poids_soutenance": (0, 1)}
    limits |= dict.fromkeys(("session_debut", "session_fin", "premiere_session", "session"), (1950, 2199))
    for table in tree.every():
        for key, (low, high) in limits.items():
            value = table.number(key)
            if value is not None and not low <= value <= high:
                message = _("« {key} » vaut {value:g} ; on attend de {low} à {high}.")
                yield tree.problem((*table.path, key), message.format(key=key, value=value, low=low, high=high))


RULES = (identity, unique_codes, shared_codes, ranks, counts, scales, weights, bounds)
