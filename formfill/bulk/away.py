"""Putting originals away once they are done, so that nothing is lost or done twice wherever it stops.

What is about to move is noted in the journal before it moves, and its new place after; what was between the two is settled the next
time. No file is ever written over: a name that is taken gets a number.
"""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from formfill.batch import candidates
from formfill.bulk import journal as notes
from formfill.files import unwritable

if TYPE_CHECKING:
    from formfill.bulk.journal import Journal

_UNLINKED: Final = frozenset((errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EACCES))
"""What systems say that have no hard links."""


class Away:
    """Puts the files of a folder away.

    Args:
        journal: the journal of their batch.
        folder: the folder.
    """

    def __init__(self, journal: Journal, folder: Path) -> None:
        self._journal, self._folder = journal, folder

    def became(self, path: Path) -> str | None:
        """``done`` or ``refused``; None while it is not settled, or when its bytes could not be had.

        An archive of several files is done when one of them is.
        """
        states = []
        for state, refusal in self._journal.states(_place(path)):
            if state not in (notes.DONE, notes.REFUSED) or (refusal is not None and refusal.unreached):
                return None
            states.append(state)
        if not states:
            return None
        return "done" if notes.DONE in states else "refused"

    def put(self, path: Path, folder: Path) -> Path:
        """Moves a file to a folder, under its path in the watched folder; returns where it is now.

        Raises:
            UnwritableOutputError: it cannot be moved.
        """
        try:
            name = path.relative_to(self._folder)
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            to = next(one for one in map((folder / name).with_name, _names(name.name)) if not os.path.lexists(one))
            self._journal.change([self._journal.moving(_place(path), json.dumps([os.fsdecode(_place(path)), str(to)]))])
            _moved(path, to)
        except OSError as error:
            raise unwritable(folder, error) from error
        self._journal.change(self._journal.moved(_place(path), _place(to)))
        return to

    def recover(self) -> None:
        """Settles the moves that were begun and not noted as done."""
        for text in self._journal.moves():
            source, to = map(Path, json.loads(text))
            if os.path.lexists(to):
                if os.path.lexists(source) and source.samefile(to):
                    source.unlink()
                self._journal.change(self._journal.moved(_place(source), _place(to)))
            else:
                # it did not begin: the file is put away in its turn
                self._journal.change(self._journal.moved(_place(source), _place(source)))


def _names(name: str) -> list[str]:
    """The name, then with a number before its extension."""
    stem, dot, end = name.rpartition(".")
    made = candidates(stem if dot and stem else name)
    return [f"{next(made)}{dot}{end}" if dot and stem else next(made) for _number in range(10_000)]


def _moved(path: Path, to: Path) -> None:
    """Moves a file within a file system, never over another one."""
    try:
        os.link(path, to, follow_symlinks=False)
    except OSError as error:
        if error.errno not in _UNLINKED:
            raise
        path.rename(to)
        return
    path.unlink()


def _place(path: Path) -> bytes:
    return os.fsencode(os.path.abspath(path))  # noqa: PTH100 – a link stays one
