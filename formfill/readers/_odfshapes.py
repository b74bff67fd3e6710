"""Shapes drawn over the text of an OpenDocument file: lines, ellipses, custom shapes, small pictures (1.3 Part 3 §10.3, §10.6).

It tells the crosses and circles that may tick a box from what cannot. How far a shape stands under its paragraph is known, not
where the box is: ``_overlays.py`` gives it to a box as far as that tells.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from formfill.readers._marks import Overlay
from formfill.readers._odfml import DRAW, STYLE, SVG, TEXT

if TYPE_CHECKING:
    from formfill.readers._odfml import Element
    from formfill.readers._odfstyles import Styles

WIDEST: Final = 60.0
"""Largest cross or picture that can be over a box, in points; a circle around a choice may be wider."""
_WIDEST_CIRCLE: Final = 160.0
_CROSSES: Final = frozenset(DRAW + name for name in ("line", "connector", "polyline", "polygon", "path", "measure"))
_CIRCLES: Final = frozenset((DRAW + "ellipse", DRAW + "circle"))
_CUSTOM_CROSSES: Final = re.compile(
    "mathmultiply|mathplus|summing-?junction|flowchart-?or$|forbidden|nosmoking|mso-spt100$|non-primitive"
)
"""Types of custom shapes that cross a box out, or are drawn by hand (§19.224, ``draw:type``), as LibreOffice names them."""
_CUSTOM_CIRCLES: Final = re.compile("ellipse|^ring$|donut|flowchart-?connector")
_LENGTH: Final = re.compile(r"(-?[\d.]+)(pt|cm|mm|in|px|pc)?")
_UNITS: Final = {"pt": 1.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "in": 72.0, "px": 0.75, "pc": 12.0, "": 1.0}
FAR: Final = 1e6
"""So far under its paragraph that it may be over any line: it stands on the page, or on several cells."""


def overlay(node: Element, styles: Styles) -> Overlay | None:
    """What a frame or a shape is over the text here; None when it ticks nothing."""
    named = _kind(node)
    if named is None:
        return None
    kind, detail = named
    width, height = size(node)
    if max(width, height) > (_WIDEST_CIRCLE if kind == "circle" else WIDEST):
        return None
    return Overlay(kind, detail, _below(node, styles))


def frame_over(node: Element, styles: Styles) -> Overlay | None:
    """A frame or a shape that holds text, as what its text is over the text here; None for one too large, or of no size."""
    return Overlay("text-box", "text box", _below(node, styles)) if 0 < max(size(node)) <= WIDEST else None


def _kind(node: Element) -> tuple[str, str] | None:
    tag = node.tag
    name = "draw:" + tag.rpartition("}")[2]
    if tag in _CROSSES:
        return "shape", name
    if tag in _CIRCLES:
        return "circle", name
    if tag == DRAW + "custom-shape":
        geometry = node.find(DRAW + "enhanced-geometry")
        shape = geometry.get(DRAW + "type", "") if geometry is not None else ""
        if _CUSTOM_CROSSES.search(shape.lower()):
            return "shape", f"{name} {shape}"
        return ("circle", f"{name} {shape}") if _CUSTOM_CIRCLES.search(shape.lower()) else None
    picture = tag == DRAW + "frame" and node.find(DRAW + "image") is not None and node.get(TEXT + "anchor-type") != "as-char"
    if picture and any(size(node)):
        return "picture", "draw:image {:.0f} × {:.0f} pt".format(*size(node))
    return None


def size(node: Element) -> tuple[float, float]:
    """Width and height in points; those of a line are how far its ends are apart."""
    x1, x2 = node.get(SVG + "x1"), node.get(SVG + "x2")
    if x1 is not None and x2 is not None:
        return abs(_points(x2) - _points(x1)), abs(_points(node.get(SVG + "y2")) - _points(node.get(SVG + "y1")))
    return _points(node.get(SVG + "width")), _points(node.get(SVG + "height"))


def _below(node: Element, styles: Styles) -> float | None:
    """How far under the top of its paragraph it stands, in points; None when the file does not tell."""
    anchor = node.get(TEXT + "anchor-type")
    if anchor == "page":
        return FAR
    if anchor not in ("paragraph", "char"):
        return None
    looks = styles.graphic(node.get(DRAW + "style-name"))
    if looks.get(STYLE + "vertical-rel", "paragraph").startswith(("page", "frame")):
        return FAR
    if looks.get(STYLE + "vertical-pos", "from-top") in ("top", "middle"):
        return 0.0
    tops = [_points(value) for name in ("y", "y1", "y2") if (value := node.get(SVG + name)) is not None]
    return min(tops) if tops else None


def _points(length: str | None) -> float:
    found = _LENGTH.fullmatch(length or "")
    if found is None:
        return 0.0
    try:
        return float(found[1]) * _UNITS[found[2] or ""]
    except ValueError:
        return 0.0
