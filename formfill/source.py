"""A file as it arrived: its name, its bytes, their digest, and its format sniffed from the bytes.

Refuses what cannot be read before any parser sees it. Never trusts the extension.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
import zlib
from contextlib import suppress
from typing import TYPE_CHECKING, Final, NamedTuple

from formfill.errors import (
    EncryptedSourceError,
    SourceTooLargeError,
    UnreachableSourceError,
    UnreadableSourceError,
    UnsupportedFormatError,
)
from formfill.files import reason, shown
from formfill.language import gettext as _

if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES: Final = 200 * 2**20
"""Largest file read, in bytes."""
MAX_TEXT_BYTES: Final = 4 * 2**20
"""Largest plain text read, in bytes: a grid is 5 kB."""


class Source(NamedTuple):
    """A file as it arrived."""

    name: str
    r"""Its file name on one line of UTF-8: bytes of another encoding are shown as ``\xe9``."""
    data: bytes
    sha256: str
    """Hexadecimal digest of ``data``."""
    format: str
    """``docx``, ``xlsx``, ``odt``, ``ods``, ``pdf``, ``txt`` or ``image``; a flat OpenDocument file is ``odt`` or ``ods`` too."""

    @classmethod
    def of(cls, data: bytes, name: str) -> Source:
        """Wraps bytes; raises a :class:`~formfill.errors.SourceError` when no reader can take them."""
        # a record is UTF-8: of a name that is not, it holds what people are shown
        name = shown(name)
        return cls(name=name, data=data, sha256=hashlib.sha256(data).hexdigest(), format=sniff(data, name))

    @classmethod
    def load(cls, path: Path) -> Source:
        """Reads a file; raises a :class:`~formfill.errors.SourceError` when it cannot be read."""
        data = cls.bytes_of(path)
        try:
            return cls.of(data, path.name)
        except UnreadableSourceError as error:
            raise type(error)(where=str(path), seen=error.seen, advice=error.advice) from error

    @staticmethod
    def bytes_of(path: Path) -> bytes:
        """The bytes of a file, whatever they are; raises a :class:`~formfill.errors.SourceError` when it cannot be read."""
        try:
            if path.is_dir():
                raise UnreadableSourceError(
                    where=str(path),
                    seen=_("c’est un dossier, un fichier est attendu."),
                    advice=_("Donnez le fichier, ou le dossier à « formfill run », qui parcourt les dossiers."),
                )
            size = path.stat().st_size
            if size > MAX_BYTES:
                raise too_large(str(path), size)
            return path.read_bytes()
        except FileNotFoundError as error:
            raise UnreachableSourceError(
                where=str(path), seen=_("ce fichier n’existe pas."), advice=_("Vérifiez le nom et le dossier.")
            ) from error
        except PermissionError as error:
            raise UnreachableSourceError(
                where=str(path),
                seen=_("la lecture de ce fichier est interdite."),
                advice=_("Demandez le droit de lecture, ou copiez le fichier dans un de vos dossiers."),
            ) from error
        except OSError as error:
            raise UnreachableSourceError(
                where=str(path),
                seen=_("le système n’a pas pu lire ce fichier ({reason}).").format(reason=reason(error)),
                advice=_("Copiez-le sur le disque de cet ordinateur et recommencez."),
            ) from error


def too_large(where: str, size: int) -> SourceTooLargeError:
    """What is said of a file over the limit."""
    return SourceTooLargeError(
        where=where,
        seen=_("le fichier pèse {size} Mo, la limite est {limit} Mo.").format(size=size >> 20, limit=MAX_BYTES >> 20),
        advice=_("Vérifiez que c’est bien le formulaire ; réduisez les images si c’est lui."),
    )


def sniff(data: bytes, name: str) -> str:
    """The format of the bytes; raises when it is none that formfill reads.

    ZIP containers are told apart by the names in their directory, PDF by ``%PDF-`` in the first 1024 bytes
    (ISO 32000-1 annex H.3, note 13), text by having no control character but tab and line ends.
    """
    if not data:
        raise UnreadableSourceError(
            where=name, seen=_("le fichier est vide (0 octet)."), advice=_("Redemandez le fichier à son auteur.")
        )
    if data[:4] == b"PK\x03\x04":
        return _sniff_zip(data, name)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise EncryptedSourceError(
                where=name,
                seen=_("le document est protégé par un mot de passe."),
                advice=_("Ouvrez-le avec son mot de passe et enregistrez-le sans protection."),
            )
        raise UnsupportedFormatError(
            where=name,
            seen=_("c’est un ancien format Word ou Excel (.doc, .xls)."),
            advice=_("Ouvrez-le et enregistrez-le au format .docx ou .xlsx."),
        )
    if data[:8] == b"\x89PNG\r\n\x1a\n" or data[:3] == b"\xff\xd8\xff" or data[:4] in (b"II*\x00", b"MM\x00*"):
        return "image"
    if data[4:8] == b"ftyp" and data[8:12] in _HEIF:
        return "image"
    flat = _FLAT.search(data, 0, 16384) if b"urn:oasis:names:tc:opendocument" in data[:4096] else None
    if flat:
        return _OPEN_DOCUMENT[flat[1]]
    if _is_text(data):
        if len(data) > MAX_TEXT_BYTES:
            raise SourceTooLargeError(
                where=name,
                seen=_("le texte pèse {size} Mo, la limite est {limit} Mo.").format(
                    size=round(len(data) / 2**20), limit=MAX_TEXT_BYTES >> 20
                ),
                advice=_("Vérifiez que c’est bien le formulaire : une grille en texte pèse moins de 100 ko."),
            )
        return "txt"
    raise UnsupportedFormatError(
        where=name,
        seen=_("ce n’est ni un document Word, ni un PDF, ni un texte."),
        advice=_("Redemandez le formulaire en .docx, en .pdf ou en .txt."),
    )


_HEIF: Final = frozenset((b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"))
"""Brands of photographs of telephones (ISO/IEC 23008-12 §10)."""
_OPEN_DOCUMENT: Final = {b"text": "odt", b"spreadsheet": "ods"}
_STORED: Final = re.compile(rb"mimetypeapplication/vnd\.oasis\.opendocument\.(text|spreadsheet)")
"""The first member of an OpenDocument package, stored: its media type (OpenDocument 1.3 Part 2 §3.3); templates have a suffix."""
_FLAT: Final = re.compile(rb"mimetype\s*=\s*[\"']application/vnd\.oasis\.opendocument\.(text|spreadsheet)")
"""``office:mimetype`` of a flat file, on its root element (Part 3 §3.1.2)."""


def _sniff_zip(data: bytes, name: str) -> str:
    if data.rfind(b"PK\x05\x06", max(0, len(data) - 66_000)) < 0:
        raise UnreadableSourceError(
            where=name,
            seen=_("le fichier est tronqué : la fin de l’archive manque."),
            advice=_("Recopiez-le ou redemandez-le à son auteur : le transfert a été interrompu."),
        )
    # before the others: their three or four letters may also stand by chance in compressed bytes
    stored = _STORED.search(data, 0, 200)
    if stored:
        return _OPEN_DOCUMENT[stored[1]]
    if b"word/" in data:
        return "docx"
    if b"xl/" in data:
        return "xlsx"
    if b"_rels/.rels" in data and (found := _sniff_relations(data)) is not None:
        return found
    raise UnsupportedFormatError(
        where=name,
        seen=_("c’est une archive ZIP, pas un document."),
        advice=_("Décompressez-la et donnez les fichiers qu’elle contient."),
    )


def _sniff_relations(data: bytes) -> str | None:
    """The format of an Office package whose parts have unusual names: that of the part its relationships call the document."""
    with suppress(zipfile.BadZipFile, zlib.error, KeyError, EOFError, OSError, NotImplementedError, RuntimeError, ValueError):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            with archive.open("_rels/.rels") as rels:
                found = re.search(rb'relationships/officeDocument"[^>]*?Target="/?([^"]+)"', rels.read(65536))
            if found is None:
                return None
            with archive.open(found[1].decode()) as part:
                head = part.read(4096)
        return "docx" if b"wordprocessingml" in head else "xlsx" if b"spreadsheetml" in head else None
    return None


_CONTROL: Final = bytes(range(1, 9)) + b"\x0b" + bytes(range(14, 32)) + b"\x7f"


def _is_text(data: bytes) -> bool:
    """Text has no NUL and next to no control characters; a stray one, pasted from elsewhere, does not make it binary."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return True
    head = data[:65536]
    return b"\x00" not in head and (len(head) - len(head.translate(None, _CONTROL))) * 200 <= len(head)
