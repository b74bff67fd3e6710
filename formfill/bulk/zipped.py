"""The files in a ZIP archive, read one by one and never unpacked: a name in it can lead nowhere, a bomb fills nothing.

The limits: so many members, so many bytes for one (those of any file), and no archive within an archive.
"""

from __future__ import annotations

import hashlib
import os
import zipfile
import zlib
from typing import TYPE_CHECKING, Final

from formfill.bulk.place import MEMBER, Place, mark_of
from formfill.bulk.unit import refusal
from formfill.errors import EncryptedSourceError, FormfillError, SourceTooLargeError, UnreachableSourceError, UnreadableSourceError
from formfill.faults import fault
from formfill.files import reason, shown
from formfill.language import gettext as _
from formfill.source import MAX_BYTES, too_large

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MEMBERS: Final = 200_000
"""Most members of an archive: its directory is held."""
DIRECTORY: Final = 64 << 20
"""Most bytes of that directory."""
_METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2})
"""Methods whose memory does not depend on what the archive says."""
_LONGEST: Final = 120
"""Most bytes of a folder or file name taken as it is."""
_RESERVED: Final = frozenset('<>:"|?*')
_FAULTS: Final = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, LookupError, MemoryError)


class Zip:
    """A ZIP archive; opened when it is needed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._opened: zipfile.ZipFile | None = None
        self._members: list[zipfile.ZipInfo] = []

    def places(self, name: str) -> Iterator[Place]:
        """Its files, under the name of the archive; one place with the trouble when it cannot be read."""
        place = os.fsencode(os.path.abspath(self.path))  # noqa: PTH100 – a link stays one
        mark = mark_of(self.path)
        try:
            members = self._directory()
        except FormfillError as error:
            yield Place(MEMBER, place, name, trouble=refusal(error))
            return
        try:
            for number, info in enumerate(members):
                last = info.filename.rpartition("/")[2]
                if not info.is_dir() and not last.startswith((".", "~$")) and not info.filename.startswith("__MACOSX/"):
                    yield Place(MEMBER, place, f"{name}/{safe(info.filename)}", number, mark)
        finally:
            self.close()

    def read(self, number: int) -> tuple[str, bytes]:
        """The file name and the bytes of a member; raises a :class:`~formfill.errors.SourceError`."""
        members = self._directory()
        if number not in range(len(members)):
            raise self._broken(_("elle a changé pendant la lecture."))
        info = members[number]
        name = safe(info.filename)
        if info.flag_bits & 1:
            raise EncryptedSourceError(
                where=name,
                seen=_("le document est protégé par un mot de passe."),
                advice=_("Décompressez l’archive avec son mot de passe et donnez les fichiers qu’elle contient."),
            )
        assert self._opened is not None
        try:
            if info.file_size > MAX_BYTES:
                raise too_large(name, info.file_size)
            if info.compress_type not in _METHODS:
                raise self._broken(_("elle est compressée par une méthode rare"))
            with self._opened.open(info) as stream:
                # what the directory says of the size may be false
                data = stream.read(MAX_BYTES + 1)
        except _FAULTS as error:
            raise self._broken(fault(error, name)) from error
        except OSError as error:
            raise self._away(error) from error
        if len(data) > MAX_BYTES:
            raise too_large(name, len(data))
        return name.rpartition("/")[2], data

    def close(self) -> None:
        """Closes the archive."""
        if self._opened is not None:
            self._opened.close()
            self._opened, self._members = None, []

    def _directory(self) -> list[zipfile.ZipInfo]:
        if self._opened is None:
            try:
                if _directory_size(self.path) > DIRECTORY:
                    raise self._crowded()
                self._opened = zipfile.ZipFile(self.path)
            except _FAULTS as error:
                raise self._broken(fault(error)) from error
            except OSError as error:
                raise self._away(error) from error
            self._members = self._opened.infolist()
            if len(self._members) > MEMBERS:
                self.close()
                raise self._crowded()
        return self._members

    def _crowded(self) -> SourceTooLargeError:
        return SourceTooLargeError(
            where=shown(str(self.path)),
            seen=_("l’archive contient trop de fichiers, la limite est {limit}.").format(limit=MEMBERS),
            advice=_("Décompressez-la et donnez le dossier."),
        )

    def _broken(self, why: str) -> UnreadableSourceError:
        return UnreadableSourceError(
            where=shown(str(self.path)),
            seen=_("cette archive ZIP ne peut pas être lue : {reason}.").format(reason=why.rstrip(".")),
            advice=_("Redemandez-la à son auteur, ou décompressez-la et donnez le dossier."),
        )

    def _away(self, error: OSError) -> UnreachableSourceError:
        return UnreachableSourceError(
            where=shown(str(self.path)),
            seen=_("le système n’a pas pu lire ce fichier ({reason}).").format(reason=reason(error)),
            advice=_("Copiez-le sur le disque de cet ordinateur et recommencez."),
        )


def _directory_size(path: Path) -> int:
    """What the end of an archive says of the size of its directory (APPNOTE 4.3.14, 4.3.16), before it is held; 0 when nothing."""
    with path.open("rb") as stream:
        stream.seek(0, os.SEEK_END)
        stream.seek(max(0, stream.tell() - 66_000))
        tail = stream.read()
    at = tail.rfind(b"PK\x05\x06")
    size = int.from_bytes(tail[at + 12 : at + 16], "little") if at >= 0 else 0
    large = tail.rfind(b"PK\x06\x06")
    return max(size if size != 0xFFFFFFFF else 0, int.from_bytes(tail[large + 40 : large + 48], "little") if large >= 0 else 0)


def safe(name: str) -> str:
    """The name of a member as a path that leads under any folder: no root, no ``..``, no name that a system refuses."""
    kept = [_part(part) for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    return "/".join(kept) or "_"


def _part(part: str) -> str:
    clean = "".join("_" if char in _RESERVED else char for char in shown(part)).rstrip(". ") or "_"
    raw = clean.encode()
    if len(raw) <= _LONGEST:
        return clean
    stem, dot, end = clean.rpartition(".")
    tail = f"~{hashlib.sha256(raw).hexdigest()[:8]}" + (f".{end}" if dot and len(end) < 9 else "")
    return (stem or clean).encode()[: _LONGEST - len(tail.encode())].decode("utf-8", "ignore") + tail
