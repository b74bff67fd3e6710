"""What is put into an archive for one form of one source, and what can be searched in it."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from formfill.archive.words import distinct, fold
from formfill.files import shown
from formfill.model.codec import dumps
from formfill.model.completed import RepeatedRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from formfill.model.record import Record

_YEAR: Final = re.compile(r"(?<!\d)(?:19|20|21)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Entry:
    """One form of one source: what was handed in, what was read in it, what was made of it."""

    record: Record
    original: bytes | None = None
    """The source as it was handed in; None when only what was made of it is at hand."""
    renditions: tuple[tuple[str, bytes], ...] = ()
    """Clean forms: format and bytes."""
    session: str | None = None
    """Session, where the form does not say it."""
    candidate: str | None = None
    """Name of the candidate, where the form does not say it."""


class Facts(NamedTuple):
    """What a record is found by."""

    session: str | None
    year: int | None
    """Year of the session; the last one of « 2024-2025 », which keeps longest."""
    candidate: str | None
    number: str | None
    folded: str
    """Name and number, folded, for comparison."""


def record_id(record: Record) -> str:
    """The identifier of a record: the sha256 of its source, ``-part`` added when the source has several forms."""
    part = record.source.part
    return record.source.sha256 if part is None else f"{record.source.sha256}-{part.index}"


def json_of(record: Record) -> str:
    """The record as it is kept."""
    return dumps(record)


def seal(text: str, renditions: Iterable[tuple[str, str]]) -> str:
    """The SHA-512 of a version: of its JSON and of the format and digest of each rendition."""
    said = json.dumps([text, sorted(map(list, renditions))], ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha512(said.encode()).hexdigest()


def facts(record: Record, session: str | None = None, candidate: str | None = None) -> Facts:
    """Who and when; what the form says counts before what is said of it."""
    nom = _answer(record, "nom_prenom") or " ".join(filter(None, (_answer(record, "nom"), _answer(record, "prenom"))))
    who = nom or _line(candidate)
    when = _answer(record, "session") or _line(session)
    number = _answer(record, "numero_candidat")
    years = [int(year) for year in _YEAR.findall(when or "")]
    folded = fold(" ".join(filter(None, (who, number))))
    return Facts(when, max(years, default=None), who or None, number, folded)


def index(record: Record, candidate: str | None) -> tuple[str, bool]:
    """The words a record is found by, and whether all of them could be kept: what people wrote, not what the form prints."""
    return distinct(_texts(record, candidate))


def _texts(record: Record, candidate: str | None) -> Iterator[str]:
    yield record.source.name
    if candidate:
        yield candidate
    for answer in record.answers:
        if isinstance(answer.value, str):
            yield answer.value
        else:
            rows = (row for row in answer.value or () if isinstance(row, RepeatedRow))
            yield from (said for row in rows for said in (row.intitule, row.periode) if said)
    for box in record.boxes:
        if box.row_label:
            yield box.row_label
    for comment in record.comments:
        yield comment.text
        if comment.author:
            yield comment.author


def _answer(record: Record, field: str) -> str | None:
    answer = record.answer(field)
    return _line(answer.value) if answer is not None and isinstance(answer.value, str) else None


def _line(text: str | None) -> str | None:
    """A text on one line that any database holds."""
    return shown(" ".join(text.split())) or None if text else None
