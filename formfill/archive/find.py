"""Finds records by candidate, session, form, finding and by what people wrote. Each search is a line of the journal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import and_, exists, select

from formfill.archive import journal, words
from formfill.archive.tables import finding, hold, record

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection, Select

    from formfill.archive.database import Archive

AT_ONCE: Final = 500
"""Identifiers in one line of the journal."""


@dataclass(frozen=True, slots=True)
class Criteria:
    """What is searched; every criterion that is given must hold."""

    text: str | None = None
    """Words that people wrote, all of them; ``dupo*`` stands for all that begin so."""
    candidate: str | None = None
    """Words or parts of words of the name, or the number."""
    session: str | None = None
    """A year, or the session as it is written."""
    form: str | None = None
    """Form id; ``-`` for what is no known form."""
    finding: str | None = None
    """Finding code of the last version."""
    ids: tuple[str, ...] = ()
    """Identifiers, whole."""

    @property
    def nothing_to_look_for(self) -> bool:
        """True when a text was given that holds no word."""
        return self.text is not None and not words.asked(self.text)


class Found(NamedTuple):
    """A record that was found."""

    key: int
    id: str
    name: str
    """The name of its source."""
    form: str | None
    session: str | None
    candidate: str | None
    number: str | None
    added: str
    held: bool
    whole_index: bool
    """False when the record has more words than the index holds: a text may be in it all the same."""


def find(archive: Archive, criteria: Criteria, *, limit: int | None = None) -> list[Found]:
    """The records that answer, in the order of their sessions, candidates and entry; who looked is noted."""
    with archive.begin() as connection:
        found = selected(connection, criteria, limit=limit)
        note(connection, archive, "find", [one.id for one in found])
    return found


def note(connection: Connection, archive: Archive, action: str, ids: Sequence[str], **more: object) -> None:
    """Notes in the journal who saw these records; never what was asked, which may be a name."""
    groups = [list(ids[start : start + AT_ONCE]) for start in range(0, len(ids), AT_ONCE)] or [[]]
    journal.append(connection, archive.actor, action, [{"ids": group, **more} for group in groups])


def selected(connection: Connection, criteria: Criteria, *, limit: int | None = None) -> list[Found]:
    """The records that answer, without any note of it."""
    if criteria.nothing_to_look_for:
        return []
    held = exists().where(hold.c.record == record.c.key, hold.c.lifted.is_(None))
    query = select(record, held.label("held")).where(*_conditions(connection, criteria))
    query = query.order_by(record.c.session_year, record.c.candidate_folded, record.c.key)
    rows = connection.execute(query if limit is None else query.limit(limit)).all()
    names = _names(connection, [row.key for row in rows])
    return [
        Found(
            row.key,
            row.id,
            names.get(row.key, row.id),
            row.form,
            row.session,
            row.candidate,
            row.candidate_number,
            row.added,
            bool(row.held),
            bool(row.whole_index),
        )
        for row in rows
    ]


def _conditions(connection: Connection, criteria: Criteria) -> Iterable[Any]:
    if criteria.ids:
        yield record.c.id.in_(criteria.ids)
    if criteria.text is not None:
        yield words.matching(connection.dialect.name, words.asked(criteria.text))
    if criteria.candidate is not None:
        parts = words.fold(criteria.candidate).split()
        yield and_(*(record.c.candidate_folded.contains(part, autoescape=True) for part in parts))
        yield record.c.candidate_folded != ""
    if criteria.session is not None:
        year = criteria.session.strip()
        yield record.c.session_year == int(year) if year.isdecimal() and len(year) == 4 else record.c.session == criteria.session
    if criteria.form is not None:
        yield record.c.form.is_(None) if criteria.form == "-" else record.c.form == criteria.form
    if criteria.finding is not None:
        said = finding.c.record == record.c.key, finding.c.number == record.c.version, finding.c.code == criteria.finding
        yield exists().where(*said)


def _names(connection: Connection, keys: Sequence[int]) -> dict[int, str]:
    from formfill.archive.tables import name

    found: dict[int, str] = {}
    for start in range(0, len(keys), AT_ONCE):
        query: Select[Any] = select(name).where(name.c.record.in_(keys[start : start + AT_ONCE])).order_by(name.c.key.desc())
        found |= {row.record: row.name for row in connection.execute(query)}
    return found
