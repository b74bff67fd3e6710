"""What runs in a worker: a chunk of units, one after the other, each within its limits; then all their files written at once.

A unit that takes too long ends the process by a signal (SIGALRM), one that crashes by its own; whoever gave the chunk finds out
which. Nothing is written before the whole chunk is done: a chunk that is given again finds nothing half done.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from formfill.bulk import unit as work_of
from formfill.bulk.destination import open_destination
from formfill.files import unwritable
from formfill.language import set_language

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from formfill.bulk.destination import Destination
    from formfill.bulk.unit import Result, Unit
    from formfill.errors import FormfillError


@dataclass(frozen=True, slots=True)
class Orders:
    """What every worker of a job is told once."""

    seconds: float
    """Of the clock, for one file."""
    megabytes: int
    """Of memory, for one file, beyond what the worker has when it starts."""
    language: str
    outputs: tuple[str, ...]
    """The formats of the clean forms."""
    write: str | None
    """The destination; None when somebody else writes."""
    give: bool
    """Whether the files made are handed back, for whoever writes or archives them."""


@dataclass(frozen=True, slots=True)
class Stuck:
    """The destination takes nothing more: no fault of a file."""

    errno: int
    where: str

    def error(self) -> FormfillError:
        """What to say of it."""
        return unwritable(Path(self.where), OSError(self.errno, ""))


_orders: Orders
_destination: Destination | None = None
_most = 0
"""Bytes of address space that this process may have while it works on a file; 0 where no limit can be set."""


def start(orders: Orders) -> None:
    """Makes a process ready."""
    global _orders, _destination, _most
    _orders = orders
    set_language(orders.language)
    _destination = open_destination(orders.write) if orders.write is not None else None
    _end_with_parent()
    _few_arenas()
    _most = _limit(orders.megabytes)
    # nothing that a library prints may reach the terminal
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    gc.set_threshold(50_000, 20, 50)


def work(units: Sequence[Unit]) -> list[Result] | Stuck:
    """Does a chunk and writes what it gives."""
    results = []
    for one in units:
        with _limited(_most):
            _alarm(_orders.seconds)
            try:
                results.append(work_of.done(one, _orders.outputs))
            finally:
                _alarm(0)
    return deliver(results, {one.seq: one.folder for one in units}, _destination, give=_orders.give)


def deliver(
    results: Sequence[Result], folders: dict[int, str], destination: Destination | None, *, give: bool
) -> list[Result] | Stuck:
    """Writes the files of results; one whose own name is in the way is refused, any other trouble stops the job.

    Args:
        results: what units gave.
        folders: the folder of each, by number.
        destination: where to; None to write nothing.
        give: whether the results keep their files.
    """
    settled = list(results)
    if destination is not None:
        made = {result.seq: (folders[result.seq], dict(result.made)) for result in results if result.records or result.refusal}
        try:
            troubles = destination.write(made)
        except OSError as error:
            return Stuck(error.errno or 0, str(error.filename or destination.where))
        for at, result in enumerate(settled):
            why = troubles.get(result.seq)
            if why is not None:
                refusal = work_of.unplaced(why)
                settled[at] = replace(result, records=(), made=(), files=(), refusal=refusal, exit_code=refusal.exit_code)
    return settled if give else [replace(result, made=()) for result in settled]


def _alarm(seconds: float) -> None:
    if hasattr(signal, "setitimer"):
        # its handler is the default one: it ends a process whatever library it is in
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _limit(megabytes: int) -> int:
    try:
        import resource
    except ImportError:
        # Windows has no such limits
        return 0
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    size = _size()
    return size + (megabytes << 20) if size else 0


@contextmanager
def _limited(most: int) -> Iterator[None]:
    """Limits the address space while a file is worked on; what writes its results is our own, and needs threads."""
    if not most:
        yield
        return
    import resource

    before = resource.getrlimit(resource.RLIMIT_AS)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (most, before[1]))
    try:
        yield
    finally:
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, before)


def _few_arenas() -> None:
    """Asks glibc for no reserve of memory for each thread, which would count as used (``mallopt(3)``, ``M_ARENA_MAX``)."""
    if sys.platform == "linux":
        import ctypes

        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).mallopt(-8, 1)


def _size() -> int:
    """The address space of this process, in bytes; 0 where the system does not say."""
    try:
        with open("/proc/self/statm", "rb") as stream:  # noqa: PTH123 – a file of the system
            return int(stream.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return 0


def _end_with_parent() -> None:
    """Asks the system to end this process when the one that started it ends (Linux; ``prctl(2)``, ``PR_SET_PDEATHSIG``)."""
    if sys.platform == "linux":
        import ctypes

        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(1, signal.SIGKILL)
