"""A batch from end to end: files are listed in the journal, done in chunks by workers, each noted once its results are safe.

The order of what is made durable is the whole point: files of the results, then the archive, then the journal. What stops anywhere
before the journal is done again, and gives the same.
"""

from __future__ import annotations

import hashlib
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from formfill import catalogue
from formfill._version import __version__
from formfill.bulk import journal as notes
from formfill.bulk import reports, worker
from formfill.bulk.destination import open_destination
from formfill.bulk.feeding import Feeder
from formfill.bulk.flow import Flow
from formfill.bulk.keeping import Keeper
from formfill.bulk.options import Interrupted, Options
from formfill.bulk.pool import Pool
from formfill.bulk.settling import Settler
from formfill.bulk.state import State
from formfill.bulk.worker import Orders
from formfill.errors import UnwritableOutputError
from formfill.files import unwritable
from formfill.language import gettext as _
from formfill.language import language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from formfill.bulk.destination import Destination
    from formfill.bulk.journal import Journal
    from formfill.bulk.place import Place
    from formfill.bulk.pool import Work, Workers

LISTED: Final = 1000
"""Files listed in one transaction."""


class Job:
    """One batch on one destination; a context manager.

    Args:
        out: the destination: a folder or an fsspec URL.
        options: how it is done.
        resume: whether what was done before counts.
        tell: told of each event, a mapping with the key ``event``: ``listing``, ``start``, ``file``, ``end``.
        work: what a worker does with a chunk.

    Raises:
        FormfillError: the destination, the archive or the journal refused; here and in every method.
    """

    journal: Journal
    destination: Destination

    def __init__(
        self,
        out: str,
        options: Options | None = None,
        *,
        resume: bool = False,
        tell: Callable[[Mapping[str, object]], None] = lambda _event: None,
        work: Work = worker.work,
    ) -> None:
        self.out, self.options, self.resume = out, options or Options(), resume
        self.stopping = 0
        """The number of the signal that asks to stop; a handler sets it."""
        self._say, self._work = tell, work
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        try:
            self.destination = open_destination(self.out)
            self._state = self._stack.enter_context(State(self.destination))
            self.journal = self._state.journal
            keeper = Keeper(self.options.archive, self.options.contents, self.options.session)
            self._keeper = self._stack.enter_context(keeper)
            self._settler = Settler(self.journal, self.destination, keeper, self._tell)
            self._feeder = Feeder(self.journal, self._settler, self.options.workers, self._may_stop)
            self._stack.callback(self._feeder.close)
            self._flow = Flow(self._feeder, self._settler, self._workers, self.options, self._may_stop)
            self._stack.callback(self._flow.close)
        except OSError as error:
            self._stack.close()
            raise unwritable(Path(self.out), error) from error
        except BaseException:
            self._stack.close()
            raise
        return self

    def __exit__(self, *exc: object) -> None:
        self._stack.close()

    def run(self, places: Iterable[Place] | None, *, adding: bool = False) -> int:
        """Lists, does and reports; returns the exit code.

        Args:
            places: the files; None to go on with those of the last run.
            adding: whether the files of the last run are still there, besides.

        Raises:
            Interrupted: it was asked to stop.
        """
        try:
            self.begin(places, adding=adding)
            self._flow.run()
        except Interrupted:
            # the workers first: nothing is written once the journal is left
            self._flow.close()
            self._save()
            raise
        return self.report()

    def begin(self, places: Iterable[Place] | None, *, adding: bool = False) -> None:
        """Begins, and lists the files; those that are listed already stay so when files are added."""
        asked = "+".join((*self.options.outputs, self.options.archive or "", self.options.session or ""))
        words = f"{__version__}/{catalogue.definitions_digest()}/{language()}/{asked}"
        stamp = hashlib.sha256(words.encode()).hexdigest()[:16]
        if not self.resume:
            self._settler.release()
        limits = f"{self.options.seconds:g}/{self.options.megabytes}"
        self.journal.begin(
            stamp, limits, fresh=not self.resume, sources=places is not None and not (adding and self.journal.get("run"))
        )
        if places is not None:
            self._list(places)
            self.journal.listed()
        elif not self.journal.get("listed"):
            raise UnwritableOutputError(
                where=str(self.journal.path),
                seen=_("la liste des fichiers n’y est pas entière."),
                advice=_("Redonnez les fichiers ou les dossiers avec --resume."),
            )
        self._check()
        tally = self.journal.tally()
        self._tell({"event": "start", "total": tally.total, "done": tally.done, "refused": tally.refused})

    def _list(self, places: Iterable[Place]) -> None:
        """Lists files in the journal, some at a time."""
        some: list[Place] = []
        found = 0
        for place in places:
            self._may_stop()
            some.append(place)
            if len(some) == LISTED:
                self.journal.list(some)
                found += len(some)
                self._tell({"event": "listing", "found": found})
                some.clear()
        self.journal.list(some)

    def _check(self) -> None:
        """Puts back to do what is noted as done, and is no longer there."""
        gone: list[tuple[str, tuple[object, ...]]] = []
        for row in self.journal.rows(notes.DONE):
            self._may_stop()
            files = self.journal.files(row.sha256 or "")
            if files is None or not all(self.destination.has(f"{row.folder}/{name}") for own in files for name in own):
                gone.append(notes.anew(row.seq))
        if gone:
            self.journal.change(gone)

    def report(self) -> int:
        """Writes the reports; returns the exit code."""
        try:
            index = reports.write(self.journal, self.destination)
        except OSError as error:
            raise unwritable(Path(self.out), error) from error
        self._save()
        tally, worst = self.journal.tally(), self.journal.worst()
        self._tell(
            {
                "event": "end",
                "total": tally.total,
                "done": tally.done,
                "refused": tally.refused,
                "exit_code": worst,
                "report": index,
            }
        )
        return worst

    def _save(self) -> None:
        try:
            self._state.save()
        except OSError as error:
            raise unwritable(Path(self.out), error) from error

    def _tell(self, event: Mapping[str, object]) -> None:
        self._say(event)

    def _may_stop(self) -> None:
        """Called all the time: between two files, and while workers work."""
        if self.stopping:
            raise Interrupted(self.stopping)
        try:
            self._state.beat()
        except OSError as error:
            raise unwritable(Path(self.out), error) from error

    def _workers(self) -> Workers:
        shared = self.destination.shared
        orders = Orders(
            seconds=self.options.seconds,
            megabytes=self.options.megabytes,
            language=language(),
            outputs=self.options.outputs,
            write=self.destination.where if shared else None,
            give=not shared or self._keeper.wanted,
        )
        return Pool(self.options.workers, orders, self._work)
