"""Workers that may die: each has a pool of its own, so that none can hold what another waits for.

A chunk comes back with its results, or dead with the reason, or lost when it was not the chunk's fault. The library's own limits of
time follow the clock of the wall, which may be set back; a chunk is timed here.
"""

from __future__ import annotations

import multiprocessing
import queue
import signal
import time
from dataclasses import dataclass, field
from threading import Thread
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeAlias

from pebble import ProcessExpired, ProcessPool

from formfill.bulk import worker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from formfill.bulk.unit import Chunk, Result, Unit
    from formfill.bulk.worker import Orders, Stuck

    Work = Callable[[Sequence[Unit]], "list[Result] | Stuck"]

QUEUED: Final = 2
"""Chunks given to a worker: the second is there when the first is done."""
RENEWED: Final = 200
"""Chunks after which a worker is replaced, whatever a library keeps of them."""
SPARE: Final = 120.0
"""Seconds of a chunk beside the limits of its files: a worker that starts, a destination that is slow."""


@dataclass(frozen=True, slots=True)
class Dead:
    """A chunk that ended its worker."""

    how: str
    """The signal, by its name, or the exit code."""
    late: bool = False
    """Whether it was out of time."""


@dataclass(frozen=True, slots=True)
class Lost:
    """A chunk whose worker ended without its fault."""


Answer: TypeAlias = "list[Result] | Stuck | Dead | Lost"
"""What becomes of a chunk."""


@dataclass(slots=True, eq=False)
class _Slot:
    pool: ProcessPool
    chunks: list[tuple[Any, Chunk]] = field(default_factory=list)
    since: float = 0.0
    """When its first chunk became the first."""


class Workers(Protocol):
    """Whoever does chunks: the processes of this machine, or those of a cluster."""

    @property
    def room(self) -> bool:
        """Whether a worker may be given more."""

    @property
    def busy(self) -> bool:
        """Whether anything is being done."""

    def submit(self, chunk: Chunk) -> None:
        """Gives a chunk to the worker that has the least to do."""

    def answers(self, seconds: float) -> Iterator[tuple[Chunk, Answer]]:
        """What came to an end; waits so many seconds for the first."""

    def close(self) -> None:
        """Ends every worker, whatever it does."""


class Pool:
    """Supervised workers.

    Args:
        workers: how many.
        orders: what they are told.
        work: what they do with a chunk; a function of a module, that processes can find.
    """

    def __init__(self, workers: int, orders: Orders, work: Work = worker.work) -> None:
        self._orders = orders
        self._work = work
        methods = multiprocessing.get_all_start_methods()
        # a process of its own starts the workers: this one has threads, and a copy of it could not be trusted
        self._context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
        if "forkserver" in methods:
            self._context.set_forkserver_preload(["formfill.bulk.worker"])
            _start_server()
        self._ended: queue.SimpleQueue[tuple[_Slot, Any]] = queue.SimpleQueue()
        self._dropped: list[Chunk] = []
        self._slots = [_Slot(self._pool()) for _number in range(workers)]

    def _pool(self) -> ProcessPool:
        return ProcessPool(
            max_workers=1, max_tasks=RENEWED, initializer=worker.start, initargs=(self._orders,), context=self._context
        )

    @property
    def room(self) -> bool:
        """Whether a worker may be given more."""
        return any(len(slot.chunks) < QUEUED for slot in self._slots)

    @property
    def busy(self) -> bool:
        """Whether anything is being done."""
        return bool(self._dropped) or any(slot.chunks for slot in self._slots)

    def submit(self, chunk: Chunk) -> None:
        """Gives a chunk to the worker that has the least to do."""
        slot = min(self._slots, key=lambda one: len(one.chunks))
        if not slot.chunks:
            slot.since = time.monotonic()
        try:
            future = slot.pool.schedule(self._work, args=(chunk.units,))
        except RuntimeError:
            # its worker died while it had nothing to do
            self._dropped += self._replace(slot)
            slot.since = time.monotonic()
            future = slot.pool.schedule(self._work, args=(chunk.units,))
        slot.chunks.append((future, chunk))
        future.add_done_callback(lambda ended: self._ended.put((slot, ended)))

    def answers(self, seconds: float) -> Iterator[tuple[Chunk, Answer]]:
        """What came to an end; waits so many seconds for the first."""
        dropped, self._dropped = self._dropped, []
        yield from ((chunk, Lost()) for chunk in dropped)
        yield from self._overdue()
        try:
            slot, ended = self._ended.get(timeout=seconds)
            while True:
                yield from self._answer(slot, ended)
                slot, ended = self._ended.get_nowait()
        except queue.Empty:
            return

    def _answer(self, slot: _Slot, ended: Any) -> Iterator[tuple[Chunk, Answer]]:
        chunk = next((chunk for future, chunk in slot.chunks if future is ended), None)
        if chunk is None:
            # of a pool that was replaced
            return
        error = None if ended.cancelled() else ended.exception()
        slot.chunks = [(future, other) for future, other in slot.chunks if future is not ended]
        slot.since = time.monotonic()
        if error is None and not ended.cancelled():
            yield chunk, ended.result()
            return
        rest = self._replace(slot)
        if isinstance(error, ProcessExpired):
            yield chunk, _death(error.exitcode)
        elif isinstance(error, RuntimeError) or error is None or type(error).__name__ == "BrokenProcessPool":
            yield chunk, Lost()
        else:
            yield chunk, Dead(type(error).__name__)
        yield from ((other, Lost()) for other in rest)

    def _overdue(self) -> Iterator[tuple[Chunk, Dead | Lost]]:
        for slot in self._slots:
            if not slot.chunks:
                continue
            if not slot.pool.active:
                # it broke before it took them
                yield from ((chunk, Lost()) for chunk in self._replace(slot))
                continue
            first = slot.chunks[0][1]
            if time.monotonic() - slot.since > len(first.units) * self._orders.seconds + SPARE:
                first, *rest = self._replace(slot)
                yield first, Dead("", late=True)
                yield from ((other, Lost()) for other in rest)

    def _replace(self, slot: _Slot) -> list[Chunk]:
        """Another pool in a slot; returns the chunks that were in it."""
        chunks = [chunk for _future, chunk in slot.chunks]
        Thread(target=_end, args=(slot.pool,), daemon=True).start()
        slot.pool, slot.chunks, slot.since = self._pool(), [], time.monotonic()
        return chunks

    def close(self) -> None:
        """Ends every worker, whatever it does."""
        ends = [Thread(target=_end, args=(slot.pool,), daemon=True) for slot in self._slots]
        for one in ends:
            one.start()
        for one in ends:
            one.join(timeout=8)


def _start_server() -> None:
    """Starts the process that starts workers, deaf to Ctrl-C as its children then are: it is this process that ends them."""
    from multiprocessing import forkserver

    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end(pool: ProcessPool) -> None:
    pool.stop()  # type: ignore[no-untyped-call]  # pebble names no types here
    pool.join()


def _death(code: int) -> Dead:
    if code >= 0:
        return Dead(f"code {code}")
    try:
        found = signal.Signals(-code)
    except ValueError:
        return Dead(f"signal {-code}")
    return Dead(found.name, late=found.name == "SIGALRM")
