"""Holds what the database says of each record against its seals and against the journal. It reads no content."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from formfill.archive import journal
from formfill.archive.add import RENDITION
from formfill.archive.entry import Facts, facts, record_id, seal
from formfill.archive.settle import decision_digest
from formfill.archive.tables import decision, file, finding, hold, record, version
from formfill.archive.verified import Problem, Trouble, Verified
from formfill.errors import FormfillError
from formfill.language import gettext as _
from formfill.model.codec import loads

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Connection

    from formfill.archive.database import Archive

_AT_ONCE: Final = 200


def verify_records(archive: Archive, done: Verified, tick: Callable[[], None]) -> None:
    """Checks every record and every line of the journal; what is wrong is added to ``done``."""
    told = _Journal(done)
    seen = _records(archive, done, told, tick)
    _missing(archive, done, told, seen)


@dataclass(slots=True)
class _Told:
    """What the journal says of a record."""

    versions: dict[int, str] = field(default_factory=dict)
    """The seal of each."""
    original: str | None = None
    decisions: set[str] = field(default_factory=set)
    held: bool = False


class _Journal:
    """The journal as far as it was read: others write while an archive is verified."""

    def __init__(self, done: Verified) -> None:
        self._done = done
        self.told: dict[str, _Told] = {}
        """What it says is in the archive."""

    def catch_up(self, connection: Connection) -> None:
        """Reads the lines that are new, in the transaction of what they are compared with."""
        done = self._done
        for line in journal.lines(connection, done.lines, done.head):
            done.lines = line.seq
            done.head = line.hash
            if not line.sound:
                said = _("la ligne {number} du journal a été changée, ajoutée ou retirée.").format(number=line.seq)
                done.problems.append(Problem(Trouble.ALTERED, _("journal"), said))
            self._hear(line)

    def _hear(self, line: journal.Line) -> None:
        identifier = str(line.detail.get("id"))
        if line.action == "add":
            told = self.told.setdefault(identifier, _Told())
            told.versions[int(line.detail.get("version") or 0)] = str(line.detail.get("seal"))
            told.original = line.detail.get("original") or told.original
        elif line.action == "purge":
            self.told.pop(identifier, None)
        elif identifier in self.told and line.action == "decide":
            self.told[identifier].decisions.add(str(line.detail.get("digest")))
        elif identifier in self.told and line.action in ("hold", "lift"):
            self.told[identifier].held = line.action == "hold"


def _records(archive: Archive, done: Verified, journal_: _Journal, tick: Callable[[], None]) -> dict[str, set[int]]:
    """Checks each record against its seals; returns the versions of each."""
    seen: dict[str, set[int]] = {}
    last = 0
    while True:
        with archive.begin() as connection:
            journal_.catch_up(connection)
            query = select(record).where(record.c.key > last).order_by(record.c.key).limit(_AT_ONCE)
            rows = connection.execute(query).all()
            for row in rows:
                done.records += 1
                seen[row.id] = _checked(connection, done, row, journal_)
                tick()
        if not rows:
            return seen
        last = rows[-1].key


def _checked(connection: Connection, done: Verified, row: Any, journal_: _Journal) -> set[int]:
    seen: set[int] = set()
    for number, message in _record(connection, row, journal_.told.get(row.id, _Told()), seen):
        done.problems.append(Problem(Trouble.LOST if number is None else Trouble.ALTERED, row.id, message))
    return seen


def _missing(archive: Archive, done: Verified, journal_: _Journal, seen: dict[str, set[int]]) -> None:
    """What the journal tells of and was not seen; what was written in the meantime is looked at now."""
    with archive.begin() as connection:
        journal_.catch_up(connection)
        for identifier, told in journal_.told.items():
            if set(told.versions) <= seen.get(identifier, set()):
                continue
            row = connection.execute(select(record).where(record.c.id == identifier)).first()
            if row is None:
                message = _("cet enregistrement a disparu sans avoir été éliminé.")
                done.problems.append(Problem(Trouble.LOST, identifier, message))
                continue
            now = (
                _checked(connection, done, row, journal_)
                if identifier not in seen or row.version not in seen[identifier]
                else set()
            )
            for number in sorted(set(told.versions) - now - seen.get(identifier, set())):
                done.problems.append(Problem(Trouble.LOST, identifier, _("la lecture {number} a disparu.").format(number=number)))


def _record(connection: Connection, row: Any, told: _Told, seen: set[int]) -> Iterator[tuple[int | None, str]]:
    """What is wrong with a record: the version, None for what is lost, and what to say of it."""
    files = connection.execute(select(file).where(file.c.record == row.key)).all()
    for one in connection.execute(select(version).where(version.c.record == row.key).order_by(version.c.number)):
        seen.add(one.number)
        renditions = {(kept.format, kept.sha512) for kept in files if kept.role == RENDITION and kept.number == one.number}
        if one.seal != seal(one.json, renditions):
            yield one.number, _("la lecture {number} n’est plus celle qui a été archivée.").format(number=one.number)
            continue
        if told.versions.get(one.number) != one.seal:
            yield one.number, _("le journal ne connaît pas la lecture {number} telle qu’elle est.").format(number=one.number)
            continue
        try:
            said = loads(one.json, name=row.id)
        except FormfillError as error:
            yield one.number, str(error)
            continue
        findings = connection.execute(
            select(finding.c.code, finding.c.severity, finding.c.field)
            .where(finding.c.record == row.key, finding.c.number == one.number)
            .order_by(finding.c.key)
        ).all()
        form = said.form.id if said.form else None
        same = record_id(said) == row.id and (one.number != row.version or (form == row.form and _described(row, facts(said))))
        if not same or [tuple(known) for known in findings] != [(f.code, f.severity.value, f.field) for f in said.findings]:
            yield one.number, _("ce que la base dit de la lecture {number} n’est pas ce qui a été lu.").format(number=one.number)
    if row.version not in seen:
        yield None, _("la lecture {number} a disparu.").format(number=row.version)
    if told.original and told.original not in {kept.sha512 for kept in files if kept.number == 0}:
        yield None, _("l’original a disparu de la base.")
    decisions = connection.execute(select(decision).where(decision.c.record == row.key)).all()
    if {decision_digest(one._asdict()) for one in decisions} != told.decisions:
        yield row.version, _("une décision a été changée, ajoutée ou retirée.")
    holds = connection.execute(select(hold.c.key).where(hold.c.record == row.key, hold.c.lifted.is_(None))).all()
    if bool(holds) != told.held:
        yield None if told.held else row.version, _("un gel a été posé ou levé sans que le journal le dise.")


def _described(row: Any, said: Facts) -> bool:
    """Whether what a record is found by is what its last reading says, where it says it."""
    pairs = (
        (said.session, row.session),
        (said.year, row.session_year),
        (said.candidate, row.candidate),
        (said.number, row.candidate_number),
    )
    return all(read is None or read == kept for read, kept in pairs)
