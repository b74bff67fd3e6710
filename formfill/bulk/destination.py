"""Where the results of a batch go: a folder, or an fsspec URL. A file is there whole or not at all, and survives a power cut."""

from __future__ import annotations

import errno
import os
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final, Protocol

from formfill.batch import PART, clear
from formfill.bulk import remote
from formfill.files import TEMPORARY, aside, make_all_durable, make_durable, reason
from formfill.journal import STATE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

OWN: Final = frozenset(
    getattr(errno, name)
    for name in ("ENAMETOOLONG", "ENOTDIR", "EISDIR", "EEXIST", "EINVAL", "EILSEQ", "ELOOP", "ENOTEMPTY")
    if hasattr(errno, name)
)
"""Troubles of one name; every other is one of the whole destination."""
RECORD: Final = "record.json"


class Destination(Protocol):
    """A place for results; every name is relative to it, with ``/``."""

    where: str
    """The folder or the URL, for messages."""
    shared: bool
    """Whether other processes see what is written here."""

    def write(self, made: Mapping[int, tuple[str, Mapping[str, bytes]]]) -> dict[int, str]:
        """Writes the files of several folders, takes away those that former results left there; durable when it returns.

        Args:
            made: for each number, its folder, and the bytes of each file under it.

        Returns:
            The reason of each number whose own name could not be written; nothing of it was.

        Raises:
            OSError: the destination takes nothing.
        """

    @contextmanager
    def writing(self, name: str) -> Iterator[BinaryIO]:
        """A stream that becomes a file when all went well; raises ``OSError``."""

    def forget(self, names: Sequence[str]) -> None:
        """Removes files, those that are there, and the folders that are empty then; raises ``OSError``."""

    def has(self, name: str) -> bool:
        """Whether a file is there."""

    def read(self, name: str) -> bytes | None:
        """The bytes of a file; None when it is not there."""


def open_destination(where: str) -> Destination:
    """The destination at a folder or a URL."""
    return Remote(where) if remote.is_url(where) else Folder(Path(remote.local(where)))


class Folder:
    """A folder of this machine, or of a share that it has."""

    shared = True

    def __init__(self, root: Path) -> None:
        self.root = root
        self.where = str(root)
        self._asides = root / STATE / "aside"

    def tidy(self) -> None:
        """Takes away the temporary files of batches that ended; only for who holds the lock of the folder. Raises nothing."""
        with suppress(OSError), os.scandir(self._asides) as found:
            for entry in found:
                with suppress(OSError):
                    Path(entry.path).unlink()
        with suppress(OSError):
            self._asides.rmdir()

    @contextmanager
    def _aside(self) -> Iterator[tuple[BinaryIO, Path]]:
        """A temporary file: all of them are in one folder, where what a killed process left is found."""
        self._asides.mkdir(parents=True, exist_ok=True)
        with aside(self._asides) as pair:
            yield pair

    def write(self, made: Mapping[int, tuple[str, Mapping[str, bytes]]]) -> dict[int, str]:
        """Step by step for all: written aside, made durable, renamed, folders made durable."""
        troubles: dict[int, str] = {}
        moves: list[tuple[int, Path, Path]] = []
        touched: set[Path] = set()
        try:
            for number, (folder, files) in made.items():
                try:
                    moves += [(number, *move) for move in self._prepared(self.root / folder, files, touched)]
                except OSError as error:
                    if error.errno not in OWN:
                        raise
                    troubles[number] = reason(error)
            make_all_durable([temporary for _number, temporary, _path in moves], os.O_RDWR)
            for number, temporary, path in moves:
                try:
                    temporary.replace(path)
                except OSError as error:
                    if error.errno not in OWN:
                        raise
                    troubles[number] = reason(error)
            make_all_durable(sorted(touched))
        finally:
            for _number, temporary, _path in moves:
                with suppress(OSError):
                    temporary.unlink(missing_ok=True)
        return troubles

    def _prepared(self, folder: Path, files: Mapping[str, bytes], touched: set[Path]) -> list[tuple[Path, Path]]:
        there = folder.is_dir()
        if there:
            clear(folder, files)
        moves: list[tuple[Path, Path]] = []
        try:
            for name, data in files.items():
                path = folder / name
                if not path.parent.is_dir():
                    path.parent.mkdir(parents=True, exist_ok=True)
                    touched |= {parent for parent in path.parents if self.root in (parent, *parent.parents)}
                if path.is_dir():
                    raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
                with self._aside() as (stream, temporary):
                    moves.append((temporary, path))
                    stream.write(data)
                touched.add(path.parent)
        except OSError:
            for temporary, _path in moves:
                temporary.unlink(missing_ok=True)
            raise
        return moves

    @contextmanager
    def writing(self, name: str) -> Iterator[BinaryIO]:
        """A temporary file beside it, durable, then renamed."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with self._aside() as (stream, temporary):
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
            stream.close()
            temporary.replace(path)
        make_durable(path.parent)

    def forget(self, names: Sequence[str]) -> None:
        """A folder goes when nothing is left in it."""
        for name in names:
            path = self.root / name
            with suppress(FileNotFoundError, NotADirectoryError):
                path.unlink()
            for parent in path.parents:
                if parent == self.root:
                    break
                try:
                    parent.rmdir()
                except OSError:
                    break

    def has(self, name: str) -> bool:
        """Whether a file is there."""
        return (self.root / name).is_file()

    def read(self, name: str) -> bytes | None:
        """The bytes of a file."""
        try:
            return (self.root / name).read_bytes()
        except FileNotFoundError:
            return None


class Remote:
    """An fsspec URL: an object store shows an object when it is whole; elsewhere files are moved into place."""

    def __init__(self, url: str) -> None:
        self.where = url
        self._system: Any
        self._system, root = remote.system(url)
        self._root = root.rstrip("/")
        # the memory of this process is that of no other
        self.shared = not url.startswith("memory:")

    def write(self, made: Mapping[int, tuple[str, Mapping[str, bytes]]]) -> dict[int, str]:
        """Sends every file, the record of each form last."""
        with remote.as_os_errors(self.where):
            for folder, files in made.values():
                self._clear(folder, files)
                for name, data in files.items():
                    self._send(f"{folder}/{name}", data)
        return {}

    def _clear(self, folder: str, files: Mapping[str, bytes]) -> None:
        try:
            found = self._system.find(f"{self._root}/{folder}")
        except FileNotFoundError:
            return
        for path in found:
            name = path.lstrip("/").removeprefix(f"{self._root}/{folder}/".lstrip("/"))
            last = name.rpartition("/")[2]
            ours = name.startswith(PART) or "/" not in name
            if ours and name not in files and (last == RECORD or last.startswith("form.")):
                self._system.rm_file(path)

    def _send(self, name: str, data: bytes) -> None:
        path = f"{self._root}/{name}"
        self._system.makedirs(path.rpartition("/")[0], exist_ok=True)
        if remote.whole(self._system):
            self._system.pipe_file(path, data)
            return
        temporary = f"{path}{TEMPORARY}"
        self._system.pipe_file(temporary, data)
        self._system.mv(temporary, path)

    @contextmanager
    def writing(self, name: str) -> Iterator[BinaryIO]:
        """Written on this machine first, then sent."""
        import tempfile

        with tempfile.TemporaryFile() as stream:
            yield stream
            stream.seek(0)
            path = f"{self._root}/{name}"
            with remote.as_os_errors(self.where):
                self._system.makedirs(path.rpartition("/")[0], exist_ok=True)
                temporary = path if remote.whole(self._system) else f"{path}{TEMPORARY}"
                with self._system.open(temporary, "wb") as there:
                    while block := stream.read(1 << 20):
                        there.write(block)
                if temporary != path:
                    self._system.mv(temporary, path)

    def forget(self, names: Sequence[str]) -> None:
        """Stores have no folders; elsewhere an empty one stays."""
        with remote.as_os_errors(self.where):
            for name in names:
                with suppress(FileNotFoundError):
                    self._system.rm_file(f"{self._root}/{name}")

    def has(self, name: str) -> bool:
        """Whether a file is there."""
        with remote.as_os_errors(self.where):
            return bool(self._system.exists(f"{self._root}/{name}"))

    def read(self, name: str) -> bytes | None:
        """The bytes of a file."""
        with remote.as_os_errors(self.where):
            try:
                data: bytes = self._system.cat_file(f"{self._root}/{name}")
            except FileNotFoundError:
                return None
            return data
