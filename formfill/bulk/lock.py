"""One job at a time on one destination."""

from __future__ import annotations

import errno
import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from formfill.errors import BusyOutputError
from formfill.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Holds a lock file; the system lets it go when the process ends, however it ends.

    Raises:
        BusyOutputError: another process holds it.
        OSError: it cannot be made.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        try:
            _take(handle)
        except OSError as error:
            if error.errno not in (errno.EACCES, errno.EAGAIN, errno.EDEADLK):
                raise
            who = ""
            with suppress(OSError):
                who = os.read(handle, 32).decode("ascii", "replace").strip()
            raise busy(str(path.parent.parent), who) from error
        os.ftruncate(handle, 0)
        os.write(handle, f"{os.getpid()}\n".encode())
        yield
    finally:
        os.close(handle)


def busy(where: str, who: str = "") -> BusyOutputError:
    """What to say when another batch works at a place; ``who`` is its process."""
    return BusyOutputError(
        where=where,
        seen=_("une autre exécution ({who}) y travaille déjà.").format(who=_("processus {pid}").format(pid=who or "?")),
        advice=_("Attendez qu’elle finisse, arrêtez-la, ou choisissez une autre destination : rien n’a été touché."),
    )


def _take(handle: int) -> None:
    if os.name == "nt":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]  # Windows alone has it
        return
    import fcntl

    # of the process: a child does not inherit it, so that no orphan keeps a destination
    fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
