"""What was done in an output folder, so that a run takes up where the last one stopped and believes nothing but what it wrote.

One file, ``.formfill/done.json``. For each folder of results it keeps the digest of the source, of the program and definitions, and
of the results: a file that somebody edited since is done again. It reads no source and makes no result.
"""

from __future__ import annotations

import hashlib
import json
import os
from typing import TYPE_CHECKING, Final, NamedTuple

from formfill.files import sweep, write_atomically

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

STATE: Final = ".formfill"
"""Name of the folder, in the output folder, that remembers what was done."""


class Done(NamedTuple):
    """One source that was done."""

    sha256: str
    """Digest of the source."""
    stamp: str
    """Digest of the program's version, definitions and language."""
    path: str
    """Where the source was, absolute."""
    results: dict[str, str]
    """The files written, in order, and the digest of each."""


class Journal:
    """The journal of one output folder.

    Args:
        out: the output folder.
        version: the program's version, definitions and language, in words.
        resume: when false, nothing that was done before counts.

    Raises:
        OSError: the folder cannot be made or written.
    """

    def __init__(self, out: Path, version: str, *, resume: bool = True) -> None:
        self.out = out
        self.stamp = hashlib.sha256(version.encode()).hexdigest()[:16]
        self._resume = resume
        self._file = out / STATE / "done.json"
        out.mkdir(parents=True, exist_ok=True)
        (out / STATE).mkdir(exist_ok=True)
        self._done = self._load()
        for folder in (out, out / STATE, *(out / name for name in self._done)):
            sweep(folder)
        write_atomically(out / STATE / "version", version.encode())

    @property
    def file(self) -> Path:
        """The file that it is kept in."""
        return self._file

    def _load(self) -> dict[str, Done]:
        try:
            state = json.loads(self._file.read_bytes())
            return {folder: Done(*_texts(entry[:3]), _digests(entry[3])) for folder, entry in state["done"].items()}
        except (OSError, ValueError, TypeError, KeyError, AttributeError, IndexError):
            # of another version, or damaged: all is done again
            return {}

    def save(self) -> None:
        """Writes it down; raises ``OSError``."""
        write_atomically(self._file, json.dumps({"done": self._done}, indent=0).encode())

    def note(self, folder: str, sha256: str, path: Path, results: dict[str, str]) -> None:
        """Remembers what was written in a folder for a source."""
        self._done[folder] = Done(sha256, self.stamp, os.path.abspath(path), results)  # noqa: PTH100 – a link stays one

    def forget(self, folder: str) -> None:
        """Forgets what was written in a folder."""
        self._done.pop(folder, None)

    def resumable(self, folder: str, sha256: str) -> dict[str, bytes] | None:
        """The results of a source, as they were written; None when they are to be made again."""
        done = self._done.get(folder)
        if done is None or not self._resume or (done.sha256, done.stamp) != (sha256, self.stamp):
            return None
        return self._intact(folder, done)

    def earlier(self, folder: str, path: Path) -> tuple[str, ...]:
        """The names of the results of an earlier run for a path, when they are there as they were written."""
        done = self._done.get(folder)
        if done is None or done.path != os.path.abspath(path):  # noqa: PTH100 – a link stays one
            return ()
        return tuple(self._intact(folder, done) or ())

    def below(self, path: Path) -> int:
        """How many sources were done that lie under a path."""
        root = os.path.join(os.path.abspath(path), "")  # noqa: PTH100, PTH118 – a link stays one
        return sum(done.path.startswith(root) for done in self._done.values())

    def _intact(self, folder: str, done: Done) -> dict[str, bytes] | None:
        try:
            found = {name: (self.out / folder / name).read_bytes() for name in done.results}
        except OSError:
            return None
        return found if digests(found.items()) == done.results else None


def digests(files: Iterable[tuple[str, bytes]]) -> dict[str, str]:
    """The digest of each file, by name."""
    return {name: hashlib.sha256(data).hexdigest() for name, data in files}


def _texts(items: list[object]) -> tuple[str, str, str]:
    first, second, third = items
    if not (isinstance(first, str) and isinstance(second, str) and isinstance(third, str)):
        raise TypeError(items)
    return first, second, third


def _digests(item: object) -> dict[str, str]:
    if not isinstance(item, dict) or not all(isinstance(text, str) for pair in item.items() for text in pair):
        raise TypeError(item)
    return item
