"""Eliminates what the rules no longer ask to keep, and lists it. What is held, or what no rule names, stays.

The rows go first, in one transaction with their lines in the list of eliminations; the contents that nobody names any more go
next. Who is killed in between leaves contents that ``verify --repair`` takes away.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import delete, exists, func, insert, select

from formfill.archive import journal, words
from formfill.archive.tables import content, elimination, file, hold, record
from formfill.errors import InvalidArchiveRulesError
from formfill.language import gettext as _

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Connection

    from formfill.archive.database import Archive
    from formfill.archive.rules import Rules

_AT_ONCE: Final = 500


class Due(NamedTuple):
    """A record that a rule no longer keeps. It names nobody: it is a line of the list of eliminations."""

    key: int
    id: str
    form: str | None
    session: str | None
    added: str
    due: str
    """The first day when it may be eliminated, ISO 8601."""
    rule: str
    reference: str
    files: int
    bytes: int
    held: bool


class Survey(NamedTuple):
    """What the rules say of an archive on one day."""

    due: tuple[Due, ...]
    """To be eliminated."""
    held: tuple[Due, ...]
    """Due, and kept by a litigation hold."""
    kept: int
    """Still in their time, or kept for ever."""
    no_rule: int
    """Named by no rule: kept."""
    no_session: int
    """Counted from a session that the form does not say: kept."""


def survey(archive: Archive, rules: Rules, today: date | None = None) -> Survey:
    """What would be eliminated today; nothing is changed."""
    with archive.begin() as connection:
        return _survey(connection, _checked(rules), today or datetime.now(UTC).date())


def purge(archive: Archive, rules: Rules, today: date | None = None, visa: str | None = None) -> Survey:
    """Eliminates what is due today and returns the same as :func:`survey`, worked out in the same transaction.

    ``visa`` is the reference of the authorisation to eliminate, kept in the list of eliminations.
    """
    with archive.begin() as connection:
        found = _survey(connection, _checked(rules), today or datetime.now(UTC).date())
        at = journal.now()
        gone: list[str] = []
        for start in range(0, len(found.due), _AT_ONCE):
            gone += _eliminate(connection, archive, found.due[start : start + _AT_ONCE], at, visa)
        if found.due:
            words.forget(connection)
    sweep(archive, gone)
    return found


def sweep(archive: Archive, names: list[str]) -> int:
    """Removes contents that no row names; returns how many there were."""
    removed = 0
    for start in range(0, len(names), _AT_ONCE):
        some = names[start : start + _AT_ONCE]
        # held, so that nobody is writing the same content at this moment
        with archive.begin() as connection:
            named = set(connection.execute(select(content.c.sha512).where(content.c.sha512.in_(some))).scalars())
            for sha512 in some:
                if sha512 not in named:
                    archive.contents.remove(sha512)
                    removed += 1
    return removed


def _checked(rules: Rules) -> Rules:
    if rules.retention:
        return rules
    raise InvalidArchiveRulesError(
        where=rules.where,
        seen=_("aucune règle de conservation n’y est écrite."),
        advice=_("Ajoutez un bloc [[retention]] : formfill n’élimine rien sans règle."),
    )


def _survey(connection: Connection, rules: Rules, today: date) -> Survey:
    sizes = (
        select(file.c.record, func.count().label("files"), func.sum(content.c.size).label("bytes"))
        .join(content, content.c.sha512 == file.c.sha512)
        .group_by(file.c.record)
        .subquery()
    )
    held = exists().where(hold.c.record == record.c.key, hold.c.lifted.is_(None))
    query = (
        select(record, held.label("held"), sizes.c.files, sizes.c.bytes)
        .outerjoin(sizes, sizes.c.record == record.c.key)
        .order_by(record.c.key)
    )
    due: list[Due] = []
    stopped: list[Due] = []
    kept = no_rule = no_session = 0
    for row in connection.execute(query):
        rule = rules.of(row.form)
        if rule is None:
            no_rule += 1
            continue
        when = rule.due(row.session_year, row.added)
        if not rule.destroy:
            kept += 1
        elif when is None:
            no_session += 1
        elif when > today:
            kept += 1
        else:
            one = Due(
                row.key,
                row.id,
                row.form,
                row.session,
                row.added,
                when.isoformat(),
                rule.rule,
                rule.reference,
                row.files or 0,
                int(row.bytes or 0),
                bool(row.held),
            )
            (stopped if one.held else due).append(one)
    return Survey(tuple(due), tuple(stopped), kept, no_rule, no_session)


def _eliminate(connection: Connection, archive: Archive, some: tuple[Due, ...], at: str, visa: str | None) -> list[str]:
    keys = [one.key for one in some]
    named = set(connection.execute(select(file.c.sha512).where(file.c.record.in_(keys))).scalars())
    columns = {column.name for column in elimination.columns} - {"key"}
    rows: list[dict[str, Any]] = [
        {name: value for name, value in one._asdict().items() if name in columns} | {"at": at, "visa": visa} for one in some
    ]
    connection.execute(insert(elimination), rows)
    words.remove(connection, keys)
    connection.execute(delete(record).where(record.c.key.in_(keys)))
    gone = [
        sha512
        for sha512 in sorted(named)
        if connection.execute(delete(content).where(content.c.sha512 == sha512, ~exists().where(file.c.sha512 == sha512))).rowcount
    ]
    journal.append(connection, archive.actor, "purge", [{"id": one.id, "rule": one.rule, "due": one.due} for one in some])
    return gone


def eliminated(connection: Connection) -> set[str]:
    """The identifiers of all that was ever eliminated."""
    return set(connection.execute(select(elimination.c.id)).scalars())
