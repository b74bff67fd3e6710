"""Where the files of a batch come from: folders, files, patterns, ZIP archives, URLs, lists. All of it flows, nothing is held.

A place says where one file is; :class:`Opener` gives its bytes. A file that cannot be had is a place too, with its reason.
"""

from __future__ import annotations

import glob
import os
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from formfill.batch import IGNORED, Item, finds
from formfill.bulk import remote
from formfill.bulk.place import FILE, MEMBER, URL, Place, mark_of
from formfill.bulk.remote import local
from formfill.bulk.unit import refusal
from formfill.bulk.zipped import Zip
from formfill.errors import FormfillError, UnreachableSourceError
from formfill.files import shown
from formfill.language import gettext as _
from formfill.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_BLOCK: Final = 1 << 16
LONGEST: Final = 1 << 16
"""Most bytes of a name in a list."""


def places(given: Iterable[str], out: Path | None, ignored: Callable[[str], None]) -> Iterator[Place]:
    """Every file under paths, patterns and URLs, in order.

    Args:
        given: what the user gave.
        out: a folder that is no source: that of the results.
        ignored: told of each file that is no document.
    """
    for text in given:
        if remote.is_url(text):
            yield from _under_url(text, ignored)
            continue
        path = Path(local(text))
        if glob.has_magic(str(path)) and not os.path.lexists(path):
            yield from _matching(str(path), out, ignored)
        else:
            yield from _under(path, out, ignored)


def _matching(pattern: str, out: Path | None, ignored: Callable[[str], None]) -> Iterator[Place]:
    found = False
    for name in glob.iglob(pattern, recursive=True):  # noqa: PTH207 – a pattern may be absolute
        found = True
        path = Path(name)
        # « ** » gives the files of a folder too
        if not path.is_dir() or "**" not in pattern:
            yield from _under(path, out, ignored)
    if not found:
        error = UnreachableSourceError(
            where=shown(pattern), seen=_("aucun fichier ne répond à ce motif."), advice=_("Vérifiez le nom et le dossier.")
        )
        yield Place(FILE, os.fsencode(pattern), shown(Path(pattern).name), trouble=refusal(error))


def _under(given: Path, out: Path | None, ignored: Callable[[str], None]) -> Iterator[Place]:
    for path, name, kind in finds(given, out):
        if path.suffix.lower() == ".zip" and kind in (None, IGNORED) and path.is_file():
            yield from Zip(path).places(name)
        elif kind is IGNORED:
            ignored(shown(str(path)))
        else:
            yield from _file(path, name, kind if isinstance(kind, OSError) else None)


def _file(path: Path, name: str, trouble: OSError | None) -> Iterator[Place]:
    place = os.path.abspath(path)  # noqa: PTH100 – a link stays one
    if trouble is None:
        yield Place(FILE, os.fsencode(place), name, mark=mark_of(path))
        return
    try:
        Item(path, name, name, trouble).source()
    except FormfillError as error:
        yield Place(FILE, os.fsencode(place), name, trouble=refusal(error))


def _under_url(url: str, ignored: Callable[[str], None]) -> Iterator[Place]:
    """What lies at a URL: one file, the files of a folder, or those that answer to a pattern."""
    try:
        for address, name, mark in remote.listed(url):
            last = name.rpartition("/")[2]
            if last.startswith((".", "~$")):
                continue
            if not Path(last).suffix:
                ignored(shown(address))
                continue
            yield Place(URL, address.encode("utf-8", "surrogateescape"), shown(name), mark=mark)
    except FormfillError as error:
        yield Place(URL, url.encode("utf-8", "surrogateescape"), shown(url.rpartition("/")[2] or url), trouble=refusal(error))


def names(stream: BinaryIO) -> Iterator[str]:
    """The names in a list, one a line, or ended by NUL characters when it has any; empty ones are passed over."""
    rest = stream.read(_BLOCK)
    end = b"\0" if b"\0" in rest else b"\n"
    block = rest
    rest = b""
    while block:
        *whole, rest = (rest + block).split(end)
        yield from _decoded(whole, end)
        if len(rest) > LONGEST:
            # no list of names: what it is is said when it is looked for
            yield from _decoded([rest[:LONGEST]], end)
            return
        block = stream.read(_BLOCK)
    yield from _decoded([rest], end)


def _decoded(found: Iterable[bytes], end: bytes) -> Iterator[str]:
    for name in found:
        text = os.fsdecode(name if end == b"\0" else name.removesuffix(b"\r"))
        if text.strip():
            yield text


class Opener:
    """Gives the bytes of places, one after the other; keeps the last archive open."""

    def __init__(self) -> None:
        self._zip: Zip | None = None

    def read(self, kind: str, place: bytes, member: int) -> tuple[str, bytes, str]:
        """The file name, the bytes and the mark of a place; raises a :class:`~formfill.errors.SourceError`."""
        if kind == URL:
            url = place.decode("utf-8", "surrogateescape")
            return url.rpartition("/")[2], remote.fetched(url), ""
        path = Path(os.fsdecode(place))
        if kind == MEMBER:
            if self._zip is None or self._zip.path != path:
                self.close()
                self._zip = Zip(path)
            name, data = self._zip.read(member)
            return name, data, mark_of(path)
        # before the bytes are read: what changes meanwhile is another file
        mark = mark_of(path)
        return path.name, Source.bytes_of(path), mark

    def close(self) -> None:
        """Closes the archive."""
        if self._zip is not None:
            self._zip.close()
            self._zip = None
