"""From the journal to chunks of units: files are read as workers ask for more, so that a million of them take no more memory."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from formfill.bulk import journal as notes
from formfill.bulk.sources import Opener
from formfill.bulk.unit import Chunk, Unit, refusal
from formfill.errors import FormfillError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from formfill.bulk.journal import Journal, Row
    from formfill.bulk.settling import Settler

CHUNK: Final = 32
"""Most files of a chunk; fewer when there are few files."""
CHUNK_BYTES: Final = 8 << 20
"""Most bytes of a chunk, unless one file has more."""


class Feeder:
    """Makes chunks of the files that are to do.

    Args:
        journal: what there is to do.
        settler: told of the files that need no work.
        workers: how many share what there is.
        may_stop: raises when the batch was asked to stop.
    """

    def __init__(self, journal: Journal, settler: Settler, workers: int, may_stop: Callable[[], None]) -> None:
        self._journal, self._settler, self._workers, self._may_stop = journal, settler, workers, may_stop
        self._opener = Opener()
        self._flying: set[str] = set()

    def close(self) -> None:
        """Closes what is open."""
        self._opener.close()

    def landed(self, key: str) -> None:
        """What some bytes gave is noted."""
        self._flying.discard(key)

    def chunks(self, *, again: bool) -> Iterator[Chunk]:
        """The files to do, each content once; and ``again`` the other names of what was done."""
        most = max(1, min(CHUNK, self._journal.tally().left // (4 * self._workers)))
        units: list[Unit] = []
        weight = 0
        for row in self._journal.rows(*((notes.TWIN, notes.PENDING) if again else (notes.PENDING,))):
            self._may_stop()
            unit = self._unit(row, again=again)
            if unit is None:
                continue
            units.append(unit)
            weight += len(unit.data)
            if len(units) >= most or weight > CHUNK_BYTES:
                yield Chunk(tuple(units))
                units, weight = [], 0
        if units:
            yield Chunk(tuple(units))

    def _unit(self, row: Row, *, again: bool) -> Unit | None:
        """The unit of a file; None when it is settled without work, or waits for another of the same bytes."""
        if row.trouble is not None:
            self._settler.refuse(row, None, row.trouble, b"")
            return None
        try:
            name, data, mark = self._opener.read(row.kind, row.place, row.member)
        except FormfillError as error:
            self._settler.refuse(row, None, refusal(error), b"")
            return None
        key = hashlib.sha256(data).hexdigest()
        known = self._journal.content(key)
        if not again and (key in self._flying or known is not None):
            self._journal.change([notes.twin(row.seq, key)])
            return None
        if known is not None and known.refusal is not None:
            self._settler.refuse(row, key, known.refusal, data)
            return None
        self._flying.add(key)
        return Unit(
            key=key,
            seq=row.seq,
            name=name,
            label=row.label,
            folder=row.folder,
            data=data,
            mark=mark or row.mark,
            held=bool(row.held),
            records=known.records if known else None,
        )
