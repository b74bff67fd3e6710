"""Pictures in a Word document: a part for each, its relationship, and the drawing that shows it in its line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from lxml import etree

from formfill.model.raster import EXTENSIONS, raster
from formfill.writers._docx_template import CONTENT_TYPES, OFFICE, RELATIONSHIPS, parse
from formfill.writers._word_text import FORBIDDEN, attribute
from formfill.writers._zip import deflated

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from formfill.model.picture import Picture
    from formfill.writers._zip import Member

WIDEST: Final = 480.0
"""Points of the widest picture that a field of the official pages takes."""
TALLEST: Final = 640.0
LINE: Final = 12.0
"""Points of a line of text."""
_EMU: Final = 12700
"""English metric units in a point (ECMA-376 Part 1 §20.1.2.1)."""
_FIRST: Final = 20_000
"""Identifier of the first drawing, beyond those of the blanks."""
# §20.4.2.8: an inline drawing, and §20.2.2.6: its picture
_DRAWING: Final = (
    '<w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" distT="0" distB="0"'
    ' distL="0" distR="0"><wp:extent cx="{cx}" cy="{cy}"/><wp:docPr id="{id}" name="Image {rank}" descr="{alt}"/>'
    '<wp:cNvGraphicFramePr/><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData'
    ' uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr><pic:cNvPr id="{id}" name="Image {rank}"/>'
    "<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip"
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:embed="{relation}"/><a:stretch><a:fillRect/>'
    '</a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm><a:prstGeom prst="rect">'
    "<a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
)


class Placed(NamedTuple):
    """A picture ready to be put in its line."""

    line: int
    drawing: bytes
    lines: int
    """Lines of text that it takes the place of."""


def placed(pictures: Iterable[Picture], given: Mapping[str, bytes]) -> dict[str, list[Placed]]:
    """The drawings of each field, those whose bytes are given."""
    found: dict[str, list[Placed]] = {}
    for rank, picture in enumerate(pictures, 1):
        if picture.field is not None and picture.sha256 is not None and picture.sha256 in given:
            width, height = size(picture, given[picture.sha256])
            drawing = _DRAWING.format(
                cx=round(width * _EMU),
                cy=round(height * _EMU),
                id=_FIRST + rank,
                rank=rank,
                alt=attribute(FORBIDDEN.sub("", picture.alt)).decode(),
                relation=_relation(picture.sha256),
            )
            found.setdefault(picture.field, []).append(Placed(picture.line, drawing.encode(), 1 + int(height / LINE)))
    return found


def size(picture: Picture, data: bytes) -> tuple[float, float]:
    """The width and height of a picture in points: as its author placed it, no larger than a field of the page."""
    width, height = picture.width, picture.height
    kind = raster(data)
    if (width <= 0 or height <= 0) and kind is not None:
        width, height = kind.points
    scale = min(1.0, WIDEST / max(width, 1.0), TALLEST / max(height, 1.0))
    return max(width * scale, 1.0), max(height * scale, 1.0)


def members(given: Mapping[str, bytes]) -> list[Member]:
    """A part for each picture."""
    return [deflated(f"word/{_target(digest, data)}", data) for digest, data in given.items()]


def with_pictures(fresh: dict[str, bytes], given: Mapping[str, bytes], names: Sequence[str]) -> dict[str, bytes]:
    """The members of a package, with the types and the relationships of its pictures.

    Args:
        fresh: the members that are written anew.
        given: the bytes of the pictures, by their digest.
        names: the members for the types of contents and for the relationships of the document.
    """
    types, rels = (parse(fresh[name]) for name in names)
    known = {item.get("Extension", "").lower() for item in types.iter(CONTENT_TYPES + "Default")}
    for digest, data in given.items():
        etree.SubElement(
            rels, RELATIONSHIPS + "Relationship", Id=_relation(digest), Type=f"{OFFICE}/image", Target=_target(digest, data)
        )
        kind = raster(data)
        if kind is not None and (ending := EXTENSIONS[kind.type]) not in known:
            known.add(ending)
            types.insert(0, types.makeelement(CONTENT_TYPES + "Default", Extension=ending, ContentType=kind.type))
    made = (etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True) for root in (types, rels))
    return fresh | dict(zip(names, made, strict=True))


def _relation(digest: str) -> str:
    return f"rIdPicture{digest[:16]}"


def _target(digest: str, data: bytes) -> str:
    kind = raster(data)
    return f"media/{digest[:32]}.{EXTENSIONS[kind.type] if kind is not None else 'bin'}"
