"""The journal: who added, saw, exported, settled or eliminated what. It holds no name.

Whoever acted is a digest keyed by the archive; what was acted on are identifiers. Each line holds the digest of the one before it,
so that a line that is changed, added or taken away breaks the chain. Whoever may rewrite the whole database may rewrite the whole
chain: note the last digest elsewhere (``verify`` prints it) to be sure of that too.
"""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import insert, select

from formfill.archive.tables import journal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Connection

FIRST: Final = "0" * 64
"""What stands before the first line."""
_READ_AT_ONCE: Final = 2000


class Line(NamedTuple):
    """A line of the journal."""

    seq: int
    """From 1."""
    at: str
    """Time in UTC, ISO 8601."""
    action: str
    actor: str
    detail: dict[str, Any]
    hash: str
    sound: bool
    """Whether it follows the line before it and says what it said."""


def now() -> str:
    """This moment in UTC, ISO 8601, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def append(connection: Connection, actor: str, action: str, details: Sequence[dict[str, Any]]) -> None:
    """Adds lines, in the transaction of what they tell."""
    last = connection.execute(select(journal.c.seq, journal.c.hash).order_by(journal.c.seq.desc()).limit(1)).first()
    seq, previous = (last.seq, last.hash) if last is not None else (0, FIRST)
    at = now()
    rows = []
    for detail in details:
        seq += 1
        text = json.dumps(detail, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
        digest = _digest(seq, at, action, actor, text, previous)
        rows.append({"seq": seq, "at": at, "action": action, "actor": actor, "detail": text, "previous": previous, "hash": digest})
        previous = digest
    if rows:
        connection.execute(insert(journal), rows)


def lines(connection: Connection, after: int = 0, previous: str = FIRST) -> Iterator[Line]:
    """The journal in order; ``after`` and ``previous`` take it up where a reader stopped."""
    while True:
        query = select(journal).where(journal.c.seq > after).order_by(journal.c.seq).limit(_READ_AT_ONCE)
        found = connection.execute(query).all()
        for row in found:
            digest = _digest(row.seq, row.at, row.action, row.actor, row.detail, row.previous)
            sound = row.seq == after + 1 and row.previous == previous and row.hash == digest
            after, previous = row.seq, row.hash
            yield Line(row.seq, row.at, row.action, row.actor, _detail(row.detail), row.hash, sound)
        if len(found) < _READ_AT_ONCE:
            return


def _detail(text: str) -> dict[str, Any]:
    try:
        said = json.loads(text)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _digest(*said: object) -> str:
    return hashlib.sha256(json.dumps(said, ensure_ascii=True, separators=(",", ":")).encode()).hexdigest()
