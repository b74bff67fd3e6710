"""Files that end, block or starve whoever reads them: what a worker does with them is what a hostile document would make it do."""

from __future__ import annotations

import os
import signal
import time
from typing import TYPE_CHECKING

from formfill.batch import OUTPUTS
from formfill.bulk import unit as real
from formfill.bulk import worker
from tests.grids import as_text, official

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from formfill.bulk.unit import Result, Unit
    from formfill.bulk.worker import Stuck

_done = real.done


def _crash() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def _hang() -> None:
    while True:
        time.sleep(1)


def _memory() -> None:
    held = [bytearray(1 << 24)]
    while True:
        held.append(bytearray(1 << 24))


def _raise() -> None:
    raise ValueError("a fault of ours")


def _exit() -> None:
    os._exit(3)


KINDS: dict[str, Callable[[], None]] = {"crash": _crash, "hang": _hang, "memory": _memory, "exception": _raise, "exit": _exit}


def done(unit: Unit, outputs: Sequence[str] = OUTPUTS) -> Result:
    """As the real one, unless the file is poison."""
    kind = unit.data.removeprefix(b"poison ").decode("latin-1").split("\n")[0]
    if kind in KINDS:
        try:
            KINDS[kind]()
        except MemoryError:
            return real.Result(unit.seq, unit.key)
    return _done(unit, outputs)


def work(units: Sequence[Unit]) -> list[Result] | Stuck:
    """What a worker does with a chunk that may hold poison."""
    real.done = done
    return worker.work(units)


def poison(path: Path, kind: str, more: str = "") -> None:
    """Writes a poison file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"poison {kind}\n{more}", "utf-8")


def forms(folder: Path, count: int, *, of: str = "grille") -> list[str]:
    """Writes so many forms, each unlike the others; returns their names."""
    folder.mkdir(parents=True, exist_ok=True)
    names = []
    for number in range(count):
        rows = official()
        rows[f"B1.{number % 6 + 1}"].box = ["☒"]
        rows["B1.1"].title.append(f"Commentaire : {of} {number}")
        names.append(f"{of}-{number:03}.txt")
        (folder / names[-1]).write_text(as_text(rows), "utf-8")
    return names
