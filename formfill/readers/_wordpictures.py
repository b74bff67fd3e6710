"""The pictures of a Word document: what the drawings of its body hold, the bytes of its media (ECMA-376 Part 1 §15.2.14, §20.2).

A document with pictures is read a second time when somebody asks where they stand: each leaves a token in the text.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final

from formfill.errors import FormfillError
from formfill.language import gettext as _
from formfill.model.picture import Picture
from formfill.model.raster import EXTENSIONS, MOST_BYTES, media_type, raster
from formfill.readers import _wordnames as n
from formfill.readers._package import Package
from formfill.readers._wordshapes import WIDEST, found_pictures

if TYPE_CHECKING:
    from formfill.readers._wordnames import Element
    from formfill.readers._wordparts import Parts
    from formfill.source import Source

MOST: Final = 500
"""Most pictures of a document that are told apart."""
_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WP: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_PIC: Final = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
_DRAWN: Final = {"chart": "chart", "relIds": "diagram", "OLEObject": "object"}
"""What a program draws, by the name of its element; Word keeps a picture of an object beside it."""


class Pictures:
    """The pictures met in the body of a document, in its order."""

    def __init__(self, package: Package, parts: Parts) -> None:
        self._package, self._parts = package, parts
        self.found: dict[str, Picture] = {}
        """Each by the token that stands for it in the text."""

    def meet(self, node: Element, place: Any) -> list[str]:
        """The tokens of what a drawing holds."""
        tokens = []
        for picture in self._of(node):
            token = f"⟦i{len(self.found) + 1}⟧"
            if len(self.found) == MOST:
                # told once for all that follow
                self.found[token] = Picture(None, 0, None, "image", 0, 0.0, 0.0, _("et les suivantes"), place)
            elif len(self.found) < MOST:
                self.found[token] = picture._replace(place=place)
                tokens.append(token)
        return tokens

    def _of(self, node: Element) -> list[Picture]:
        alt = next((own.get("descr") or own.get("title") or "" for own in node.iter(_WP + "docPr")), "")
        found = []
        for shape, width, height, inline in found_pictures(node):
            if 0 < max(width, height) <= WIDEST and not inline:
                # it may tick a box
                continue
            blip = next(shape.iter(_A + "blip"), None) if shape.tag == _PIC + "pic" else shape
            relation = blip.get(n.REL + ("embed" if shape.tag == _PIC + "pic" else "id"), "") if blip is not None else ""
            named = next((own.get("descr") or "" for own in shape.iter(_PIC + "cNvPr")), "")
            found.append(self._picture(relation, width, height, alt or named or shape.get("title", "")))
        if not found:
            for element in node.iter():
                kind = _DRAWN.get(element.tag.rpartition("}")[2]) if isinstance(element.tag, str) else None
                if kind is not None:
                    return [Picture(None, 0, None, kind, 0, 0.0, 0.0, alt)]
        return found

    def _picture(self, relation: str, width: float, height: float, alt: str) -> Picture:
        found = self._parts.relations.get(relation)
        info = self._package.names.get(found.target) if found is not None else None
        if found is None or info is None or info.file_size > MOST_BYTES:
            size = info.file_size if info is not None else 0
            kind = f"image/x-{found.target.rpartition('.')[2].lower()}" if found is not None else "linked"
            return Picture(None, 0, None, kind, size, width, height, alt)
        try:
            data = self._package.read(found.target)
        except FormfillError:
            return Picture(None, 0, None, "damaged", info.file_size, width, height, alt)
        kind, digest = media_type(data, found.target), hashlib.sha256(data).hexdigest()
        return Picture(None, 0, digest, kind, len(data), round(width, 2), round(height, 2), alt)


def contents(source: Source) -> dict[str, bytes]:
    """The bytes of each picture in a Word document that a clean form may take, by their digest."""
    package = Package(source)
    found: dict[str, bytes] = {}
    for name, info in package.names.items():
        if "/media/" in name and info.file_size <= MOST_BYTES:
            try:
                data = package.read(name)
            except FormfillError:
                continue
            kind = raster(data)
            if kind is not None and kind.type in EXTENSIONS and kind.fits:
                found[hashlib.sha256(data).hexdigest()] = data
    return found
