"""What people settle about a record: a decision beside what was read, a litigation hold. Neither changes what was read."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import insert, update

from formfill.archive import journal
from formfill.archive.show import row_of
from formfill.archive.tables import decision, hold
from formfill.files import shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from formfill.archive.database import Archive


class Decision(NamedTuple):
    """What a reviewer settled about one answer or one box."""

    field: str
    value: str | list[str] | None
    """The answer, or the state of the box."""
    reason: str
    by: str
    """Whoever decided, as the review page knows them."""
    option: str | None = None
    row: int | None = None


def decide(archive: Archive, wanted: str, decision_: Decision) -> None:
    """Notes a decision about the last version of a record."""
    with archive.begin() as connection:
        row = row_of(connection, wanted)
        said = decision_._asdict() | {"value": json.dumps(decision_.value), "reason": shown(decision_.reason)}
        said["by"] = shown(decision_.by)
        said |= {"record": row.key, "number": row.version, "made": journal.now()}
        connection.execute(insert(decision), said)
        journal.append(connection, archive.actor, "decide", [{"id": row.id, "digest": decision_digest(said)}])


def decision_digest(row: Mapping[str, Any]) -> str:
    """The sha256 of a decision: what the journal says of it."""
    said = [row[column] for column in ("number", "field", "option", "row", "value", "reason", "by", "made")]
    return hashlib.sha256(json.dumps(said, ensure_ascii=True).encode()).hexdigest()


def place_hold(archive: Archive, wanted: Sequence[str], reason: str) -> list[str]:
    """Holds records: nothing of them is eliminated until the hold is lifted. Returns their identifiers."""
    with archive.begin() as connection:
        rows = [row_of(connection, one) for one in wanted]
        at = journal.now()
        connection.execute(insert(hold), [{"record": row.key, "reason": shown(reason), "placed": at} for row in rows])
        journal.append(connection, archive.actor, "hold", [{"id": row.id} for row in rows])
    return [row.id for row in rows]


def lift_hold(archive: Archive, wanted: Sequence[str]) -> list[str]:
    """Lifts every hold of records. Returns the identifiers of those that had one."""
    lifted = []
    with archive.begin() as connection:
        for one in wanted:
            row = row_of(connection, one)
            query = update(hold).where(hold.c.record == row.key, hold.c.lifted.is_(None)).values(lifted=journal.now())
            if connection.execute(query).rowcount:
                lifted.append(row.id)
        journal.append(connection, archive.actor, "lift", [{"id": one} for one in lifted])
    return lifted
