"""Opening an Office package (ECMA-376 Part 2) without trusting it: the directory is checked before anything is inflated."""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING, Final, NamedTuple

from lxml import etree

from formfill.errors import EncryptedSourceError, SourceTooLargeError, UnreadableSourceError
from formfill.faults import fault
from formfill.language import gettext as _

if TYPE_CHECKING:
    from formfill.source import Source

MAX_ENTRIES: Final = 10_000
"""Most members of a package."""
MAX_INFLATED: Final = 256 * 2**20
"""Most bytes that all members may inflate to."""
MAX_PART: Final = 64 * 2**20
"""Most bytes that one part read by formfill may inflate to."""
MAX_RATIO: Final = 200
"""Largest inflation of a part over 1 MiB; text compresses about 10 times."""

_RELATION: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_PARSER: Final = etree.XMLParser(
    resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, collect_ids=False
)
_STRICT: Final = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL: Final = (
    # Strict names (ISO/IEC 29500-1) and those of Transitional documents, which differ in nothing else that is read here
    (b"wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (b"drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
    (b"drawingml/wordprocessingDrawing", b"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
    (b"drawingml/spreadsheetDrawing", b"http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"),
    (b"drawingml/picture", b"http://schemas.openxmlformats.org/drawingml/2006/picture"),
    (b"officeDocument/relationships", b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    (b"officeDocument/customXml", b"http://schemas.openxmlformats.org/officeDocument/2006/customXml"),
)
_FORBIDDEN: Final = (
    "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|&#(?:0*(?:[0-8]|1[1249]|1[5-8]|2\\d|3[01])|[xX]0*(?:[0-8bBcCeEfF]|1[0-9a-fA-F]));"
)
"""Characters that XML 1.0 forbids (§2.2), plain or as references."""


class Relation(NamedTuple):
    """A relationship of a part to another one of the package (ECMA-376 Part 2 §9.3)."""

    kind: str
    """The last part of its type: ``comments``, ``header``, ``image``."""
    target: str
    """The name of the other part."""


class Package:
    """A ZIP package whose directory was found reasonable.

    Raises:
        UnreadableSourceError: the ZIP is damaged.
        SourceTooLargeError: too many members, or they would inflate to too much.
        EncryptedSourceError: a member is encrypted.
    """

    def __init__(self, source: Source) -> None:
        self.name = source.name
        self._data = source.data
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(source.data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, OverflowError) as error:
            raise self._damaged(error) from error
        infos = self._zip.infolist()
        total = 0
        for info in infos:
            total += info.file_size
            if info.flag_bits & 1:
                raise EncryptedSourceError(
                    where=source.name,
                    seen=_("une partie du fichier est chiffrée."),
                    advice=_("Enregistrez-le sans mot de passe et recommencez."),
                )
        if len(infos) > MAX_ENTRIES or total > MAX_INFLATED:
            raise SourceTooLargeError(
                where=source.name,
                seen=_("décompressé, il ferait {count} parties et {size} Mo.").format(count=len(infos), size=total >> 20),
                advice=_("Ce n’est sans doute pas un formulaire ; redemandez le fichier à son auteur."),
            )
        self.names = self._zip.NameToInfo
        self.repaired: list[str] = []
        """Parts that were damaged and read all the same: without characters that XML forbids, under a name that is no part name,
        the last of several of one name."""
        if len(infos) != len(self.names):
            self.repaired += sorted({info.filename for info in infos if self.names[info.filename] is not info})

    def _damaged(self, error: Exception, part: str | None = None) -> UnreadableSourceError:
        return UnreadableSourceError(
            where=self.name,
            seen=_("le fichier est endommagé ({reason}).").format(reason=fault(error, part)),
            advice=_("Redemandez-le à son auteur, ou ouvrez-le dans Word et enregistrez-le de nouveau."),
        )

    def read(self, part: str) -> bytes:
        """The bytes of a part; raises when it is missing, damaged or too large."""
        info = self.names.get(part)
        if info is None:
            raise UnreadableSourceError(
                where=self.name,
                seen=_("la partie « {part} » manque dans le fichier.").format(part=part),
                advice=_("Ouvrez-le dans Word et enregistrez-le de nouveau, ou redemandez-le à son auteur."),
            )
        size = info.file_size
        if size > MAX_PART or (size > 2**20 and size > MAX_RATIO * max(info.compress_size, 1)):
            raise SourceTooLargeError(
                where=self.name,
                seen=_("la partie « {part} » ferait {size} Mo une fois décompressée.").format(part=part, size=size >> 20),
                advice=_("Ce n’est sans doute pas un formulaire ; redemandez le fichier à son auteur."),
            )
        try:
            return self._inflated(info)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
            raise self._damaged(error) from error

    def _inflated(self, info: zipfile.ZipInfo) -> bytes:
        """The bytes of a member, inflated in one call; unusual members are left to :mod:`zipfile`.

        APPNOTE §4.3.7: the local header is 30 bytes, then a name and an extra field of the lengths that it gives.
        """
        at = info.header_offset
        if info.compress_type != zipfile.ZIP_DEFLATED or self._data[at : at + 4] != b"PK\x03\x04":
            return self._zip.read(info)
        name, extra = struct.unpack_from("<HH", self._data, at + 26)
        start = at + 30 + name + extra
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        data = inflater.decompress(self._data[start : start + info.compress_size], info.file_size + 1)
        if len(data) != info.file_size or zlib.crc32(data) != info.CRC:
            raise zipfile.BadZipFile(f"Bad CRC-32 for file {info.filename!r}")
        return data

    def parse(self, part: str, data: bytes | None = None) -> etree._Element:
        """The root element of an XML part, read already or not; entities are never resolved and nothing is fetched.

        Names of Strict documents are made those of Transitional ones. Characters that XML forbids are left out, as Word does,
        and the part is noted in :attr:`repaired`; any other mistake is an error.
        """
        data = self.read(part) if data is None else data
        if _STRICT in data:
            for strict, transitional in _TRANSITIONAL:
                data = data.replace(_STRICT + strict, transitional)
        try:
            return _parsed(data)
        except (etree.XMLSyntaxError, ValueError) as error:
            cleaned = _cleaned(data)
            if cleaned is None:
                raise self._damaged(error, part) from error
            try:
                root = _parsed(cleaned)
            except (etree.XMLSyntaxError, ValueError):
                raise self._damaged(error, part) from error
            self.repaired.append(part)
            return root

    def relations(self, part: str) -> dict[str, Relation]:
        """The relationships of a part (of the package itself for the empty name) by id; those that lead outside are left out."""
        folder, name = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        from urllib.parse import unquote

        found: dict[str, Relation] = {}
        if rels not in self.names:
            return found
        for node in self.parse(rels).iter(_RELATION):
            target = unquote(node.get("Target", ""))
            if node.get("TargetMode") != "External" and target:
                path = posixpath.normpath(target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target))
                relation = Relation(node.get("Type", "").rpartition("/")[2], path)
                if path in self.names and found.setdefault(node.get("Id", ""), relation) != relation and rels not in self.repaired:
                    # the same id twice: the first counts
                    self.repaired.append(rels)
        return found

    def main(self, usual: str) -> str:
        """The name of the package's main part: the usual one, or the one that its relationships name."""
        if usual in self.names:
            return usual
        for relation in self.relations("").values():
            if relation.kind == "officeDocument":
                return relation.target
        named = {_part_name(name): info for name, info in self.names.items()}
        if usual in named:
            # names with backslashes, a leading slash or other capitals: no part names (ECMA-376 Part 2 §6.2.2), but plain
            self.repaired += [name for name in self.names if _part_name(name) == usual]
            self.names = named
        return usual


def _part_name(name: str) -> str:
    """A member's name as the part name that was meant."""
    plain = name.replace("\\", "/").lstrip("/")
    head, slash, rest = plain.partition("/")
    return f"{head.casefold()}/{rest[:1].casefold()}{rest[1:]}" if head.casefold() in ("word", "xl") and slash else plain


def _parsed(data: bytes) -> etree._Element:
    return etree.fromstring(data, _PARSER)


def _cleaned(data: bytes) -> bytes | None:
    """The part without the characters that XML forbids; None when there are none, or when it is in no Unicode encoding."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return None
    text = data.decode("utf-8", errors="replace")
    cleaned = re.sub(_FORBIDDEN, "", text).encode()
    return cleaned if cleaned != data else None
