"""A drop folder: what people put there is read once it is whole, then put away. Polling, for shares tell nobody of their changes.

A file is whole when two looks find it the same. It stays where it is until its results are safe; then it goes to « faits », or to
« refusés » once it has stayed unchanged for a while: a copy that had only paused is read again. What ends at any moment goes on
the next time.
"""

from __future__ import annotations

import os
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from formfill.batch import IGNORED, finds
from formfill.bulk import sources
from formfill.bulk.away import Away
from formfill.bulk.job import Job
from formfill.bulk.place import URL, mark_of
from formfill.errors import BusyOutputError, UnwritableOutputError
from formfill.files import reason, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from formfill.bulk.options import Options
    from formfill.bulk.place import Place

DONE, REFUSED = "faits", "refusés"
"""The folders, in the drop folder, where files are put away."""
PATIENCE: Final = 60.0
"""Seconds for which a refused file must stay unchanged before it is put away: its copy may have paused."""
AGAIN: Final = 12
"""Looks after which a file that could not be reached is tried again."""


class _Seen(NamedTuple):
    """A file at one look."""

    mark: str
    since: float
    """When it was first seen as it is; of the monotonic clock."""


class Watch:
    """Watches one folder.

    Args:
        folder: the drop folder.
        out: the destination of the results.
        options: how each round is done.
        tell: told of each event of a round, and of ``away`` (a file is put away), ``waiting`` (something must be mended first),
            ``ignored``.
        patience: seconds before a refused file is put away.
    """

    def __init__(
        self,
        folder: Path,
        out: str,
        options: Options,
        tell: Callable[[Mapping[str, object]], None] = lambda _event: None,
        patience: float = PATIENCE,
    ) -> None:
        self.folder, self.out, self.options, self.patience = folder, out, options, patience
        self.stopping = 0
        """The number of the signal that asks to stop; a handler sets it."""
        self.code = 0
        """The worst exit code so far."""
        self._tell = tell
        self._job: Job | None = None
        self._seen: dict[Path, _Seen] = {}
        self._given: dict[Path, str] = {}
        """The mark of each file that a round has settled, and that is not put away yet."""
        self._unreached: dict[Path, int] = {}
        self._named: set[str] = set()
        self._trouble = ""
        self._recovered = False

    def stop(self, number: int) -> None:
        """Asks to stop, by a signal of this number."""
        self.stopping = number
        if self._job is not None:
            self._job.stopping = number

    def run(self, every: float, *, once: bool = False) -> None:
        """Watches until it is asked to stop.

        Args:
            every: seconds between two looks.
            once: whether to end when nothing is left to do.

        Raises:
            Interrupted: it was asked to stop while it worked.
        """
        while not self.stopping:
            busy = self._turn()
            if once and not busy:
                return
            self._wait(every)

    def _turn(self) -> bool:
        """One look and what it asks for; False when nothing is left to do."""
        try:
            new, left = self._look()
            due = [path for path, mark in self._given.items() if self._may_go(path, mark)]
            if new or due or not self._recovered:
                self._round(new)
            self._trouble = ""
            return left or bool(self._given)
        except OSError as error:
            self._waiting(f"{shown(str(self.folder))} : {reason(error)}")
        except (UnwritableOutputError, BusyOutputError) as error:
            self._waiting(str(error))
        return True

    def _waiting(self, why: str) -> None:
        """Says once what must be mended before anything goes on."""
        if why != self._trouble:
            self._trouble = why
            self._tell({"event": "waiting", "message": why})

    def _stuck(self, path: Path, why: str) -> None:
        """Says once that a file cannot be put away."""
        if str(path) not in self._named:
            self._named.add(str(path))
            self._tell({"event": "waiting", "message": why})

    def _look(self) -> tuple[list[Path], bool]:
        """The files that are whole and not done yet; and whether some are not whole."""
        now, found, new = time.monotonic(), {}, []
        left = False
        for path in self._files():
            mark = mark_of(path)
            before = self._seen.get(path)
            same = before is not None and before.mark == mark
            found[path] = before if same and before is not None else _Seen(mark, now)
            if not same or not mark:
                left = True
            elif self._given.get(path) != mark and self._is_due(path):
                new.append(path)
                left = True
        self._seen = found
        self._given = {path: mark for path, mark in self._given.items() if path in found}
        self._unreached = {path: count for path, count in self._unreached.items() if path in found}
        return new, left

    def _files(self) -> Iterator[Path]:
        if not self.folder.is_dir():
            raise FileNotFoundError(2, "", str(self.folder))
        own = Path(self.out) if "://" not in self.out else None
        for path, name, kind in finds(self.folder, own):
            if name.partition("/")[0] in (DONE, REFUSED):
                continue
            if isinstance(kind, OSError):
                raise kind
            if kind is IGNORED and path.suffix.lower() != ".zip":
                if name not in self._named:
                    self._named.add(name)
                    self._tell({"event": "ignored", "name": shown(str(path))})
                continue
            yield path

    def _is_due(self, path: Path) -> bool:
        """A file that could not be reached is tried again after some looks."""
        count = self._unreached.get(path)
        if count is None:
            return True
        self._unreached[path] = count - 1
        return count <= 0

    def _may_go(self, path: Path, mark: str) -> bool:
        seen = self._seen.get(path)
        return seen is not None and seen.mark == mark and time.monotonic() - seen.since >= self.patience

    def _round(self, new: list[Path]) -> None:
        """Reads new files, then puts away what is safe."""
        with Job(self.out, self.options, resume=True, tell=self._of_job) as job:
            self._job = job
            if self.stopping:
                job.stopping = self.stopping
            try:
                away = Away(job.journal, self.folder)
                away.recover()
                self._recovered = True
                if new:
                    marks = {path: self._seen[path].mark for path in new}
                    places = sources.places(map(str, new), None, lambda _name: None)
                    self.code = max(self.code, job.run((self._labelled(place) for place in places), adding=True))
                    self._given |= marks
                for path, mark in list(self._given.items()):
                    try:
                        self._put_away(away, path, mark)
                    except UnwritableOutputError as error:
                        # it stays where it is, and is tried again; the others go
                        self._stuck(path, str(error))
            finally:
                self._job = None

    def _labelled(self, place: Place) -> Place:
        """A place named by its path under the watched folder."""
        if place.kind == URL:
            return place
        inside = Path(os.fsdecode(place.place)).relative_to(os.path.abspath(self.folder)).parent  # noqa: PTH100 – a link stays one
        return replace(place, label=f"{shown(inside.as_posix())}/{place.label}") if inside.parts else place

    def _put_away(self, away: Away, path: Path, mark: str) -> None:
        became = away.became(path)
        if became is None:
            # its bytes could not be had: the share may come back
            self._unreached[path] = AGAIN
            self._given.pop(path, None)
            return
        self._unreached.pop(path, None)
        if became == "refused" and not self._may_go(path, mark):
            return
        if mark_of(path) != mark:
            # another file under the same name: it will be read in its turn
            self._given.pop(path, None)
            return
        to = away.put(path, self.folder / (REFUSED if became == "refused" else DONE))
        self._given.pop(path, None)
        self._tell({"event": "away", "name": shown(str(path)), "to": shown(str(to)), "refused": became == "refused"})

    def _of_job(self, event: Mapping[str, object]) -> None:
        if event["event"] == "file":
            self._tell(event)

    def _wait(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while not self.stopping and (left := end - time.monotonic()) > 0:
            with suppress(InterruptedError):
                time.sleep(min(left, 0.2))
