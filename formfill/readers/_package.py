"""Opening an Office package (ECMA-376 Part 2) without trusting it: the directory is checked before anything is inflated."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING, Final

from lxml import etree

from formfill.errors import EncryptedSourceError, SourceTooLargeError, UnreadableSourceError
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

_PARSER_OPTIONS: Final = {
    "resolve_entities": False,
    "no_network": True,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


class Package:
    """A ZIP package whose directory was found reasonable.

    Raises:
        UnreadableSourceError: the ZIP is damaged.
        SourceTooLargeError: too many members, or they would inflate to too much.
        EncryptedSourceError: a member is encrypted.
    """

    def __init__(self, source: Source) -> None:
        self.name = source.name
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

    def _damaged(self, error: Exception) -> UnreadableSourceError:
        return UnreadableSourceError(
            where=self.name,
            seen=_("le fichier est endommagé ({reason}).").format(reason=str(error) or type(error).__name__),
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
            return self._zip.read(info)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
            raise self._damaged(error) from error

    def parse(self, part: str, data: bytes | None = None) -> etree._Element:
        """The root element of an XML part, read already or not; entities are never resolved and nothing is fetched."""
        data = self.read(part) if data is None else data
        try:
            root = etree.fromstring(
                data,
                etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True),
            )
        except (etree.XMLSyntaxError, ValueError) as error:
            raise self._damaged(error) from error
        return root
