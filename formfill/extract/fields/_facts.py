"""What the title lines of a form say: session, annexe, épreuve, on every page; and the edition that they tell. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from formfill.model.completed import FactKind, PrintedFact

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from formfill.extract.fields._stream import Stream
    from formfill.model.form import Edition

LONGEST: Final = 200
"""Characters of the longest line that is a title."""
_ANNEXE: Final = re.compile(
    r"(?i)(?:^|[\t]|\s{2,}|session\s*:?\s*\d{4}\b\s)\s*annexe\s*(?:n\s*[°ºo]\s*)?((?:[IVXL]+|\d+)(?:\s*[-–—.]\s*(?:\d+|[A-Z])(?![\w]*\w{2}))*)\b"
)
_EPREUVE: Final = re.compile(r"(?i)(?:^|[\t]|\s{2,}|\b[ée]preuve\s+)[^\w]*(?:[ée]preuve\s+)?(E\s?\d)\b(?=\s*(?:[-–—:(]|$))")
_SESSION: Final = re.compile(
    r"(?:\bSESSIONS?\b|(?i:(?:^|\t|\s{2,}|organisations\W+)sessions?\b(?=[\s:]*\d{4}\s*(?:$|\t|\s{2,}))))\s*:?\s*((?:19|20)\d\d)\b(?!\s*[-/]\s*\d)"
)
"""In capitals, or alone in its part of the line: « la session 2024 du concours » in a description says nothing of the form."""
_SHEET: Final = re.compile(r"(?i)[ée]preuve\s+(E\d)")


def facts(stream: Stream) -> tuple[PrintedFact, ...]:
    """What the title lines say, in reading order."""
    found: list[PrintedFact] = []
    sheets: set[str] = set()
    for unit in stream.units:
        path = unit.place.path or ""
        if "!" in path and (sheet := path.rpartition("!")[0]) not in sheets:
            sheets.add(sheet)
            found += [PrintedFact(FactKind.EPREUVE, match[1].upper(), unit.place) for match in _SHEET.finditer(sheet)]
        text = unit.text
        # what a line cannot do without is looked for before what it says: most have none of it
        annexe, epreuve, session = "nnex" in text.lower(), "e" in unit.words.texts, "20" in text or "19" in text
        if not (annexe or epreuve or session):
            continue
        for line in text.split("\n"):
            if len(line) > LONGEST:
                continue
            if annexe:
                found += [PrintedFact(FactKind.ANNEXE, match[1].strip(), unit.place) for match in _ANNEXE.finditer(line)]
            if epreuve:
                found += [PrintedFact(FactKind.EPREUVE, match[1].strip(), unit.place) for match in _EPREUVE.finditer(line)]
            if session and ("20" in line or "19" in line):
                found += [PrintedFact(FactKind.SESSION, match[1].strip(), unit.place) for match in _SESSION.finditer(line)]
    return tuple(found)


def edition_of(editions: Sequence[Edition], said: Sequence[PrintedFact], session: int | None) -> str | None:
    """The edition: the one whose number of annexe is printed, else that of the session and the épreuve; None when nothing tells."""
    if len(editions) == 1:
        return editions[0].id
    annexes = [_bare(fact.value) for fact in said if fact.kind is FactKind.ANNEXE]
    for annexe in annexes:
        named = [edition for edition in editions if annexe in map(_bare, edition.annexes)]
        if len(named) == 1:
            return named[0].id
    years = {int(fact.value) for fact in said if fact.kind is FactKind.SESSION}
    if session is None and len(years) == 1:
        session = years.pop()
    epreuves = {_bare(fact.value) for fact in said if fact.kind is FactKind.EPREUVE}
    told = [
        edition
        for edition in _of_session(editions, session)
        if not epreuves or not edition.epreuves or epreuves & set(edition.epreuves)
    ]
    return told[0].id if len(told) == 1 else None


def _of_session(editions: Sequence[Edition], session: int | None) -> Iterator[Edition]:
    return (edition for edition in editions if session is not None and session in edition.sessions)


def _bare(text: str) -> str:
    return "".join(c for c in text if c.isalnum()).upper()
