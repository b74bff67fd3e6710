"""Chunks go to workers and come back: done, dead, lost, or out of memory; what died with others is tried again alone."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final

from formfill.bulk.pool import Dead, Lost
from formfill.bulk.unit import Chunk, Result, dead, hungry, late
from formfill.bulk.worker import Stuck
from formfill.errors import UnwritableOutputError
from formfill.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from formfill.bulk.feeding import Feeder
    from formfill.bulk.options import Options
    from formfill.bulk.pool import Answer, Workers
    from formfill.bulk.settling import Settler
    from formfill.bulk.unit import Refusal, Unit

TRIES: Final = {"SIGKILL": 3, "SIGTERM": 3}
"""How many times a file alone may end its worker; one that somebody else killed is not the file's fault. Else 2."""
LOSSES: Final = 30
"""Workers in a row that end with nothing done, before the machine is said to be the cause."""
WAITED: Final = 0.2
"""Seconds between two looks at whether the batch was asked to stop."""


class Flow:
    """Keeps workers busy.

    Args:
        feeder: gives chunks.
        settler: takes what became of them.
        workers: starts the workers, when there is something to do.
        options: the limits of a file.
        may_stop: raises when the batch was asked to stop.
    """

    def __init__(
        self, feeder: Feeder, settler: Settler, workers: Callable[[], Workers], options: Options, may_stop: Callable[[], None]
    ) -> None:
        self._feeder, self._settler, self._start, self._options, self._may_stop = feeder, settler, workers, options, may_stop
        self._workers: Workers | None = None
        self._again: deque[Chunk] = deque()
        self._losses = 0

    def run(self) -> None:
        """Does all that is to do: first every content once, then its other names."""
        for again in (False, True):
            self._through(self._feeder.chunks(again=again))

    def close(self) -> None:
        """Ends the workers, whatever they do."""
        if self._workers is not None:
            self._workers.close()
            self._workers = None

    def _through(self, feeding: Iterator[Chunk]) -> None:
        more = True
        while True:
            while (self._again or more) and (self._workers is None or self._workers.room):
                chunk = self._again.popleft() if self._again else next(feeding, None)
                if chunk is None:
                    more = False
                    break
                if self._workers is None:
                    self._workers = self._start()
                self._workers.submit(chunk)
            if self._workers is None or not self._workers.busy:
                if not self._again and not more:
                    return
                continue
            for chunk, answer in self._workers.answers(WAITED):
                self._take(chunk, answer)
            self._may_stop()

    def _take(self, chunk: Chunk, answer: Answer) -> None:
        if isinstance(answer, Stuck):
            raise answer.error()
        if isinstance(answer, Lost):
            self._losses += 1
            if self._losses > LOSSES:
                raise UnwritableOutputError(
                    where=_("processus de travail"),
                    seen=_("ils s’arrêtent sans rien faire."),
                    advice=_("Fermez d’autres programmes ou augmentez --memory, puis reprenez avec --resume."),
                )
            self._again.append(chunk)
            return
        self._losses = 0
        if isinstance(answer, Dead):
            self._died(chunk, answer)
        else:
            self._done(chunk, answer)

    def _died(self, chunk: Chunk, how: Dead) -> None:
        if len(chunk.units) > 1:
            # which of them it was, each alone will tell
            self._again.extend(Chunk((unit,)) for unit in chunk.units)
            return
        [unit] = chunk.units
        chunk.tries += 1
        if chunk.tries < (1 if how.late else TRIES.get(how.how, 2)):
            self._again.append(chunk)
            return
        self._note([(unit, _refused(unit, late(self._options.seconds) if how.late else dead(how.how)))])

    def _done(self, chunk: Chunk, results: Sequence[Result]) -> None:
        by_seq = {unit.seq: unit for unit in chunk.units}
        noted = []
        for result in results:
            unit = by_seq[result.seq]
            if result.records or result.refusal is not None:
                noted.append((unit, result))
            elif len(chunk.units) > 1 or chunk.tries == 0:
                # memory ran short: alone, it may pass
                self._again.append(Chunk((unit,), tries=chunk.tries + (len(chunk.units) == 1)))
            else:
                noted.append((unit, _refused(unit, hungry(self._options.megabytes))))
        if noted:
            self._note(noted)

    def _note(self, noted: Sequence[tuple[Unit, Result]]) -> None:
        self._settler.note(noted)
        for unit, _result in noted:
            self._feeder.landed(unit.key)


def _refused(unit: Unit, why: Refusal) -> Result:
    return Result(unit.seq, unit.key, exit_code=why.exit_code, refusal=why)
