"""Where the bytes are: one file for each content, named by its SHA-512, in a folder or at an fsspec URL.

A content is there whole or not at all: it is written aside, made durable, then renamed. It knows neither records nor the
database, and removes nothing by itself.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import uuid
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

from formfill.errors import AlteredContentError, UnreachableArchiveError
from formfill.files import make_all_durable, make_durable, reason
from formfill.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ASIDE: Final = ".tmp"
"""End of the names of files that are being written."""
_DIGEST: Final = re.compile("[0-9a-f]{128}")


def digest(data: bytes) -> str:
    """The SHA-512 of bytes, in hexadecimal."""
    return hashlib.sha512(data).hexdigest()


class Contents(Protocol):
    """A store of contents."""

    where: str
    """The folder or the URL, for messages."""

    def put(self, items: Sequence[tuple[str, bytes]]) -> None:
        """Keeps contents under their digests; a content that is there and sound is left as it is."""

    def get(self, sha512: str) -> bytes:
        """The bytes of a content; raises :class:`~formfill.errors.AlteredContentError` when they are gone or no longer its own."""

    def listed(self) -> Iterator[tuple[str, bool]]:
        """Every file: its digest and True, or its path and False for what was being written or is none of ours."""

    def has(self, name: str) -> bool:
        """Whether something that :meth:`listed` named is still there."""

    def remove(self, name: str) -> None:
        """Removes a content by its digest, or a file that :meth:`listed` named; nothing when it is not there."""


def open_contents(where: str) -> Contents:
    """The store at a folder or at an fsspec URL (``s3://…``, ``memory://…``)."""
    return RemoteContents(where) if "://" in where else FolderContents(Path(where))


def _gone(where: str, sha512: str, error: Exception | None = None) -> AlteredContentError:
    why = reason(error) if isinstance(error, OSError) else _("ce fichier ou ce dossier n’existe pas")
    return AlteredContentError(
        where=f"{where} ({sha512[:16]}…)",
        seen=_("ce contenu archivé ne peut pas être lu ({reason}).").format(reason=why),
        advice=_("Lancez « formfill archive verify » ; remettez le fichier d’une sauvegarde, ou archivez de nouveau l’original."),
    )


def _checked(where: str, sha512: str, data: bytes) -> bytes:
    if digest(data) != sha512:
        raise AlteredContentError(
            where=f"{where} ({sha512[:16]}…)",
            seen=_("les octets gardés ne sont plus ceux qui ont été archivés."),
            advice=_(
                "Lancez « formfill archive verify » ; remettez le fichier d’une sauvegarde, ou archivez de nouveau l’original."
            ),
        )
    return data


class FolderContents:
    """Contents in a folder of this machine: ``ab/<sha512>``, read-only files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.where = str(folder)

    def _path(self, sha512: str) -> Path:
        return self.folder / sha512[:2] / sha512

    def put(self, items: Sequence[tuple[str, bytes]]) -> None:
        """Writes what is missing or no longer sound, step by step for all: written, durable, renamed, folders durable."""
        moves: list[tuple[Path, Path]] = []
        try:
            touched: set[Path] = set()
            for sha512, data in items:
                path = self._path(sha512)
                if self._sound(path, data):
                    continue
                if not path.parent.is_dir():
                    path.parent.mkdir(parents=True, exist_ok=True)
                    touched |= {self.folder.parent, self.folder}
                moves.append((path.with_name(f"{sha512}.{uuid.uuid4().hex}{ASIDE}"), path))
                moves[-1][0].write_bytes(data)
                touched.add(path.parent)
            make_all_durable([aside for aside, _path in moves], os.O_RDWR)
            for aside, path in moves:
                aside.chmod(stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH)
                aside.replace(path)
            make_all_durable(list(touched))
        except OSError as error:
            raise UnreachableArchiveError(
                where=self.where,
                seen=_("impossible d’écrire ici ({reason}).").format(reason=reason(error)),
                advice=_("Libérez de la place ou vérifiez vos droits ; rien n’a été archivé à moitié."),
            ) from error
        finally:
            for aside, _path in moves:
                with suppress(OSError):
                    aside.unlink(missing_ok=True)

    @staticmethod
    def _sound(path: Path, data: bytes) -> bool:
        try:
            return path.stat().st_size == len(data) and path.read_bytes() == data
        except OSError:
            return False

    def get(self, sha512: str) -> bytes:
        """Reads and checks a content."""
        try:
            data = self._path(sha512).read_bytes()
        except OSError as error:
            raise _gone(self.where, sha512, error) from error
        return _checked(self.where, sha512, data)

    def listed(self) -> Iterator[tuple[str, bool]]:
        """Every file under the folder."""
        for here, folders, names in os.walk(self.folder):
            folders.sort()
            for name in sorted(names):
                ours = _DIGEST.fullmatch(name) is not None and self._path(name).parent == Path(here)
                yield (name, True) if ours else (str(Path(here, name)), False)

    def has(self, name: str) -> bool:
        """Whether a content, or a file of the folder, is there."""
        return self._named(name).exists()

    def _named(self, name: str) -> Path:
        return self._path(name) if _DIGEST.fullmatch(name) else Path(name)

    def remove(self, name: str) -> None:
        """Unlinks a content, or a file of the folder."""
        path = self._named(name)
        try:
            path.unlink(missing_ok=True)
            make_durable(path.parent)
        except FileNotFoundError:
            return
        except OSError as error:
            raise UnreachableArchiveError(
                where=str(path),
                seen=_("ce fichier ne peut pas être effacé ({reason}).").format(reason=reason(error)),
                advice=_("Vérifiez vos droits, puis « formfill archive verify --repair »."),
            ) from error


class RemoteContents:
    """Contents at an fsspec URL. Object stores show a content when it is whole; elsewhere it is moved into place."""

    def __init__(self, url: str) -> None:
        import fsspec

        self.where = url
        try:
            self._system: Any
            self._system, root = fsspec.core.url_to_fs(url)
        except (ImportError, ValueError, OSError) as error:
            raise UnreachableArchiveError(
                where=url,
                seen=_("cet emplacement ne peut pas être ouvert ({reason}).").format(reason=error),
                advice=_("Vérifiez l’adresse ; certains emplacements demandent un paquet de plus (s3fs, webdav4)."),
            ) from error
        self._root = root.rstrip("/")

    def _path(self, sha512: str) -> str:
        return f"{self._root}/{sha512[:2]}/{sha512}"

    def put(self, items: Sequence[tuple[str, bytes]]) -> None:
        """Sends what is missing or of another size."""
        try:
            for sha512, data in items:
                path = self._path(sha512)
                if self._system.exists(path) and self._system.cat_file(path) == data:
                    continue
                self._system.makedirs(path.rpartition("/")[0], exist_ok=True)
                aside = f"{path}.{uuid.uuid4().hex}{ASIDE}"
                self._system.pipe_file(aside, data)
                self._system.mv(aside, path)
        except OSError as error:
            raise UnreachableArchiveError(
                where=self.where,
                seen=_("impossible d’écrire ici ({reason}).").format(reason=reason(error)),
                advice=_("Libérez de la place ou vérifiez vos droits ; rien n’a été archivé à moitié."),
            ) from error

    def get(self, sha512: str) -> bytes:
        """Fetches and checks a content."""
        try:
            data: bytes = self._system.cat_file(self._path(sha512))
        except OSError as error:
            raise _gone(self.where, sha512, error) from error
        return _checked(self.where, sha512, data)

    def listed(self) -> Iterator[tuple[str, bool]]:
        """Every file under the URL."""
        if not self._system.exists(self._root):
            return
        self._system.invalidate_cache()
        for path in sorted(self._system.find(self._root)):
            name = path.rpartition("/")[2]
            yield (name, True) if _DIGEST.fullmatch(name) and self._path(name).endswith(path.lstrip("/")) else (path, False)

    def has(self, name: str) -> bool:
        """Whether a content, or a file under the URL, is there."""
        return bool(self._system.exists(self._named(name)))

    def _named(self, name: str) -> str:
        return self._path(name) if _DIGEST.fullmatch(name) else name

    def remove(self, name: str) -> None:
        """Removes a content, or a file under the URL."""
        with suppress(FileNotFoundError):
            self._system.rm_file(self._named(name))
