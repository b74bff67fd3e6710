"""What can be wrong between two entries of a référentiel file: sources, options, blocs, sessions, dates."""

from __future__ import annotations

import datetime as dt
import re
from itertools import combinations
from typing import TYPE_CHECKING, Final

from formfill.language import gettext as _
from formfill.model.report import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.definitions.problems import Path, Problem
    from formfill.definitions.tree import Table, Tree

_RNCP: Final = re.compile(r"RNCP\d{1,6}")
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_FOR_EVER: Final = 9999


def _values(tables: Iterator[Table] | list[Table], key: str) -> set[str]:
    return {value for table in tables if (value := table.text(key)) is not None}


def _unknown(tree: Tree, table: Table, key: str, known: set[str], message: str) -> Iterator[Problem]:
    for path, text in table.texts(key):
        if text not in known:
            yield tree.problem(path, message.format(value=text))
    yield from tree.duplicates(table.texts(key), _("« {value} » est déjà donné ligne {line}."))


def source_ids(tree: Tree) -> Iterator[Problem]:
    """Every source named is in the list of sources, and the other way round."""
    known = _values(tree.tables("sources"), "id")
    named: set[str] = set()
    for table in tree.every():
        if table.path:
            yield from _unknown(tree, table, "sources", known, _("source inconnue « {value} » : ajoutez-la à [[sources]]."))
            named |= {text for _path, text in table.texts("sources")}
    for source in tree.tables("sources"):
        own = source.text("id")
        if own is not None and own not in named:
            message = _("la source « {own} » n’est citée nulle part.").format(own=own)
            yield tree.problem((*source.path, "id"), message, Severity.WARNING)


def option_codes(tree: Tree) -> Iterator[Problem]:
    """Every option named is an option of the diploma, and a compétence is within its bloc's."""
    known = _values(tree.tables("options"), "code")
    message = _("option inconnue « {value} ».")
    for keys in (("epreuves",), ("blocs",), ("blocs", "competences")):
        for table in tree.tables(*keys):
            yield from _unknown(tree, table, "options", known, message)
    for bloc in tree.tables("blocs"):
        options = {text for _path, text in bloc.texts("options")}
        for competence in bloc.tables("competences") if options else []:
            for path, text in competence.texts("options"):
                if text in known and text not in options:
                    yield tree.problem(path, _("l’option « {value} » n’est pas de celles du bloc.").format(value=text))


def bloc_ids(tree: Tree) -> Iterator[Problem]:
    """Every bloc named is in the file, with the options of the épreuve."""
    blocs = {own: bloc for bloc in tree.tables("blocs") if (own := bloc.text("id")) is not None}
    for keys in (("epreuves",), ("penalites",), ("motifs_non_conformite",)):
        for table in tree.tables(*keys):
            yield from _unknown(tree, table, "blocs", set(blocs), _("bloc inconnu « {value} » : on attend l’id d’un [[blocs]]."))
    for epreuve in tree.tables("epreuves"):
        named = [blocs[text] for _path, text in epreuve.texts("blocs") if text in blocs]
        allowed = {text for bloc in named for _path, text in bloc.texts("options")}
        for path, text in epreuve.texts("options") if allowed else []:
            if text not in allowed:
                yield tree.problem(path, _("aucun bloc de l’épreuve n’est de l’option « {value} ».").format(value=text))
        codes = {code for bloc in named for code in _values(bloc.tables("competences"), "code")}
        yield from _unknown(
            tree, epreuve, "competences_evaluees", codes, _("compétence « {value} » absente des blocs de l’épreuve.")
        )


def positions(tree: Tree) -> Iterator[Problem]:
    """A critère transversal stands beside a compétence of its bloc."""
    for bloc in tree.tables("blocs"):
        codes = _values(bloc.tables("competences"), "code")
        for critere in bloc.tables("criteres_transversaux"):
            where = critere.text("position")
            if where is not None and not any(where in (f"avant {code}", f"après {code}") for code in codes):
                message = _("« position » vaut « {where} » ; on attend « avant » ou « après » et le code d’une compétence du bloc.")
                yield tree.problem((*critere.path, "position"), message.format(where=where))


def sessions(tree: Tree) -> Iterator[Problem]:
    """Sessions go forward, and a bloc has one épreuve at a time for an option."""
    first = tree.root.table("diplome")
    opening = first.integer("premiere_session") if first else None
    for epreuve in tree.tables("epreuves"):
        start, end = epreuve.integer("session_debut"), epreuve.integer("session_fin")
        if start is not None and end is not None and end < start:
            message = _("« session_fin » ({end}) est avant « session_debut » ({start}).")
            yield tree.problem((*epreuve.path, "session_fin"), message.format(end=end, start=start))
        if start is not None and opening is not None and start < opening:
            message = _("« session_debut » ({start}) est avant la première session du diplôme ({opening}).")
            yield tree.problem((*epreuve.path, "session_debut"), message.format(start=start, opening=opening))
        regime, expected = epreuve.text("regime"), f"{start}-{'' if end is None else end}"
        if regime is not None and start is not None and regime != expected:
            message = _("« regime » vaut « {regime} » ; les sessions donnent « {expected} ».")
            yield tree.problem((*epreuve.path, "regime"), message.format(regime=regime, expected=expected))
    for one, other in combinations(tree.tables("epreuves"), 2):
        yield from _overlap(tree, one, other)


def _range(epreuve: Table) -> tuple[int, int]:
    end = epreuve.integer("session_fin")
    return epreuve.integer("session_debut") or 0, _FOR_EVER if end is None else end


def _overlap(tree: Tree, one: Table, other: Table) -> Iterator[Problem]:
    (start, end), (other_start, other_end) = _range(one), _range(other)
    options = [{text for _path, text in epreuve.texts("options")} for epreuve in (one, other)]
    if max(start, other_start) > min(end, other_end) or (all(options) and not options[0] & options[1]):
        return
    path: Path = (*other.path, "session_debut") if other.has("session_debut") else other.path
    line = tree.lines.at(one.path)
    shared = [bloc for _path, bloc in other.texts("blocs") if bloc in {text for _path, text in one.texts("blocs")}]
    for bloc in shared:
        message = _("le bloc « {bloc} » a déjà une épreuve pour ces sessions et cette option, ligne {line}.")
        yield tree.problem(path, message.format(bloc=bloc, line=line))
    code = other.text("code")
    if not shared and code is not None and code == one.text("code"):
        message = _("l’épreuve « {code} » existe déjà pour ces sessions et cette option, ligne {line}.")
        yield tree.problem(path, message.format(code=code, line=line))


def dates(tree: Tree) -> Iterator[Problem]:
    """A date exists, and a period ends after it starts."""
    for table in tree.every():
        found: dict[str, dt.date] = {}
        for key in ("date", "date_effet", "date_fin"):
            text = table.text(key)
            if text is None:
                continue
            day = _day(text)
            if day is None:
                message = _("« {key} » vaut « {text} » : ce n’est pas une date AAAA-MM-JJ.")
                yield tree.problem((*table.path, key), message.format(key=key, text=text))
            else:
                found[key] = day
        if "date_effet" in found and "date_fin" in found and found["date_fin"] < found["date_effet"]:
            yield tree.problem((*table.path, "date_fin"), _("« date_fin » est avant « date_effet »."))


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if _DATE.fullmatch(text) else None
    except ValueError:
        return None


def rncp_numbers(tree: Tree) -> Iterator[Problem]:
    """RNCP numbers are numbers of the directory, and agree with one another."""
    diploma = tree.root.table("diplome")
    if diploma is None:
        return
    numbers = diploma.texts("rncp")
    sheets = diploma.tables("fiches_rncp")
    listed = _values(sheets, "numero")
    for path, number in (*numbers, *(((*s.path, "numero"), n) for s in sheets if (n := s.text("numero")) is not None)):
        if not _RNCP.fullmatch(number):
            yield tree.problem(path, _("« {number} » n’est pas un numéro RNCP.").format(number=number))
    for path, number in numbers:
        if sheets and number not in listed:
            yield tree.problem(path, _("« {number} » n’a pas de [[diplome.fiches_rncp]].").format(number=number))
    for sheet in sheets:
        successor = sheet.text("remplacee_par")
        if successor is not None and (successor not in listed or successor == sheet.text("numero")):
            message = _("« remplacee_par » vaut « {number} », qui n’est pas une autre fiche du fichier.")
            yield tree.problem((*sheet.path, "remplacee_par"), message.format(number=successor))
    for bloc in tree.tables("blocs"):
        for path, text in bloc.texts("rncp"):
            if not any(text.startswith(f"{number}BC") for _path, number in numbers):
                message = _("« {text} » n’est le bloc d’aucune fiche du diplôme ; on attend par exemple RNCP12345BC01.")
                yield tree.problem(path, message.format(text=text))


RULES = (source_ids, option_codes, bloc_ids, positions, sessions, dates, rncp_numbers)
