"""Where the journal of a batch is, and that only one batch has it.

On a folder, it is in the folder, under a lock that the system lets go when the process ends. A URL takes neither locks nor
databases: there the journal is a copy, sent every few seconds, beside the name of who works there. What a dead batch did since its
last copy is done again, and gives the same.
"""

from __future__ import annotations

import os
import secrets
import tempfile
import time
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from formfill.bulk.destination import Folder
from formfill.bulk.journal import Journal
from formfill.bulk.lock import busy, held
from formfill.journal import STATE

if TYPE_CHECKING:
    from formfill.bulk.destination import Destination

NAME: Final = "batch.sqlite"
SENT: Final = 5.0
"""Seconds between two copies of the journal of a URL."""
OWNER: Final = f"{STATE}/owner"


class State:
    """The journal of a destination, held; a context manager.

    Raises:
        BusyOutputError: another batch works there.
        OSError: the destination cannot be written.
    """

    journal: Journal

    def __init__(self, destination: Destination) -> None:
        self._destination = destination
        self._stack = ExitStack()
        self._local: Path | None = None
        self._sent = 0.0
        self._turn = 0
        self._who = f"{os.getpid()}-{secrets.token_hex(8)}"

    def __enter__(self) -> Self:
        try:
            if isinstance(self._destination, Folder):
                folder = self._destination.root / STATE
                folder.mkdir(parents=True, exist_ok=True)
                self._stack.enter_context(held(folder / "lock"))
                self._destination.tidy()
                self._stack.callback(self._destination.tidy)
            else:
                folder = self._local = Path(self._stack.enter_context(tempfile.TemporaryDirectory(prefix="formfill-")))
                self._take()
                data = self._destination.read(f"{STATE}/{NAME}")
                if data is not None:
                    (folder / NAME).write_bytes(data)
            self.journal = self._stack.enter_context(Journal(folder / NAME))
        except BaseException:
            self._stack.close()
            raise
        return self

    def __exit__(self, *exc: object) -> None:
        self._stack.close()

    def beat(self) -> None:
        """To be called now and then: sends the journal of a URL when it is time."""
        if self._local is not None and time.monotonic() - self._sent > SENT:
            self.save()

    def save(self) -> None:
        """Sends the journal of a URL, unless another batch took the place; raises as the class does."""
        if self._local is None:
            return
        if not (self._destination.read(OWNER) or b"").startswith(self._who.encode()):
            raise busy(self._destination.where)
        self._sign()
        copy = self._local / "copy"
        self.journal.copy(copy)
        with self._destination.writing(f"{STATE}/{NAME}") as stream:
            stream.write(copy.read_bytes())
        copy.unlink()
        self._sent = time.monotonic()

    def _take(self) -> None:
        """Signs the place as ours, when whoever signed it does not sign again while we wait."""
        before = self._destination.read(OWNER)
        if before is not None:
            time.sleep(2 * SENT)
            if self._destination.read(OWNER) not in (before, None):
                raise busy(self._destination.where)
        self._sign()
        self._stack.callback(self._leave)
        self._sent = time.monotonic()

    def _sign(self) -> None:
        self._turn += 1
        with self._destination.writing(OWNER) as stream:
            stream.write(f"{self._who} {self._turn}\n".encode())

    def _leave(self) -> None:
        with suppress(OSError):
            if (self._destination.read(OWNER) or b"").startswith(self._who.encode()):
                self._destination.forget([OWNER])
