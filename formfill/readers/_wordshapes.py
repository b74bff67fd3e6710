"""What is drawn over the text of a Word document: DrawingML (ECMA-376 Part 1 §20.4) and VML (Part 4 §19.1) shapes, pictures, ink.

It tells the crosses, circles and small pictures that may tick a box from what cannot; where they stand on the page is not known
without laying the document out, only how far they are from the paragraph that they are anchored to.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from formfill.readers import _wordnames as n
from formfill.readers._marks import Overlay

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.readers._wordgroups import Space
    from formfill.readers._wordnames import Element

_EMU: Final = 12700.0
"""English metric units in a point (§20.1.2.1)."""
WIDEST: Final = 60.0
"""Largest cross, circle or picture that can be over a box, in points; a circle around a choice may be wider."""
_WIDEST_CIRCLE: Final = 160.0
_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WP: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_GRAPHIC_DATA: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}graphicData"
_PIC: Final = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
_V: Final = "{urn:schemas-microsoft-com:vml}"
_CROSSES: Final = frozenset(
    ("line", "lineInv", "straightConnector1", "mathMultiply", "mathPlus", "flowChartSummingJunction", "flowChartOr", "noSmoking")
)
"""Preset shapes (§20.1.10.56) that cross a box out; bent and curved connectors are told by their names."""
_CIRCLES: Final = frozenset(("ellipse", "donut", "flowChartConnector"))
_SHAPES: Final = frozenset((_A + "prstGeom", _A + "custGeom", _PIC + "pic"))
_HOLDERS: Final = frozenset(
    (
        *("anchor", "inline", "graphic", "graphicData", "wsp", "cxnSp", "wgp", "grpSp", "wpc", "spPr", "txbx"),
        *("group", "shape", "rect", "roundrect", "oval", "textbox", "Choice"),
    )
)
"""Elements of a drawing in which shapes and text boxes stand; their looks stand in others."""
_GROUPS: Final = frozenset(("wgp", "grpSp", "wpc", "group"))
"""What gives its shapes coordinates of their own."""
_GROUPED: Final = frozenset(("wsp", "cxnSp", "pic", "sp", "shape", "rect", "roundrect", "oval", "line", "polyline", "curve"))
"""What stands in these coordinates."""
_LENGTH: Final = re.compile(r"(?:^|;)\s*(width|height|margin-top)\s*:\s*(-?[\d.]+)(pt|in|cm|mm|px)?")
_UNITS: Final = {"pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "px": 0.75, "": 1.0}
_TICKS: Final = frozenset(("x", "X", "×", "✓", "✔", "✗", "✘", "✕", "✖", "☓", "❌", "√"))


class Frame(NamedTuple):
    """Where something is drawn, in points."""

    width: float
    height: float
    below: float | None
    """How far under the top of its paragraph; None when the file does not tell."""
    inline: bool
    """True when it stands in the line like a letter."""


class Drawn(NamedTuple):
    """What a drawing holds."""

    overlays: list[Overlay]
    """What may tick a box."""
    boxes: list[Element]
    """Its text boxes (``w:txbxContent``), those that hold but a cross left out."""
    pictures: int
    """How many pictures, of any size; a chart or a diagram is one."""


def drawn(node: Element) -> Drawn:
    """What stands in a ``w:drawing``, ``w:pict`` or ``w:object``."""
    found = Drawn([], [], 0)
    pictures = 0
    for shape, (width, height, below, inline) in _shapes(node, _frame(node)):
        tag = shape.tag
        if tag == n.TEXT_BOX:
            text = "".join(t.text or "" for t in shape.iter(n.T)).strip()
            if text in _TICKS and max(width, height) <= 2 * WIDEST:
                found.overlays.append(Overlay("text-box", f"text box « {text} »", below))
            else:
                found.boxes.append(shape)
        elif tag in (_PIC + "pic", _V + "imagedata"):
            pictures += 1
            if 0 < max(width, height) <= WIDEST and not inline:
                found.overlays.append(Overlay("picture", f"picture {width:.0f} × {height:.0f} pt", below))
        else:
            kind = _kind(shape)
            limit = _WIDEST_CIRCLE if kind and kind[0] == "circle" else WIDEST
            if kind is not None and max(width, height) <= limit:
                found.overlays.append(Overlay(kind[0], kind[1], below))
    return found._replace(pictures=pictures or _drawn_by_a_program(node))


def _drawn_by_a_program(node: Element) -> int:
    """One for a chart or a diagram, which is no picture in the file and one on the page."""
    data = next(node.iter(_GRAPHIC_DATA), None)
    return int(data is not None and (data.get("uri") or "").endswith(("/chart", "/diagram")))


def found_pictures(node: Element) -> Iterator[tuple[Element, float, float, bool]]:
    """The pictures of a drawing (``pic:pic``, ``v:imagedata``), their width and height in points and whether they stand in line."""
    for shape, (width, height, _below, inline) in _shapes(node, _frame(node)):
        if shape.tag in (_PIC + "pic", _V + "imagedata"):
            yield shape, width, height, inline


def _shapes(node: Element, frame: Frame, space: Space | None = None) -> Iterator[tuple[Element, Frame]]:
    """The shapes, pictures and text boxes of a drawing, and where they stand; what stands in a text box is its own story.

    Args:
        node: the drawing, or something in it.
        frame: where it stands.
        space: the coordinates of the group that holds it, None outside groups.
    """
    for child in node:
        tag = child.tag
        if tag == n.TEXT_BOX:
            yield child, frame
        elif tag == n.ALTERNATE:
            if len(child):
                yield from _shapes(child[0], frame, space)
        elif isinstance(tag, str):
            local = tag[tag.rfind("}") + 1 :]
            own, inner = frame, space
            if local in _GROUPS or (space is not None and local in _GROUPED):
                from formfill.readers._wordgroups import child_frame, space_of

                if space is not None:
                    own = child_frame(child, space)
                inner = space_of(child, own) if local in _GROUPS else None
            if tag in _SHAPES or tag.startswith(_V) or local == "contentPart":
                yield child, own
            if local in _HOLDERS:
                yield from _shapes(child, own, inner)


def _kind(shape: Element) -> tuple[str, str] | None:
    """The kind of evidence that a shape is, and what it is; None for one that ticks nothing."""
    tag = shape.tag
    local = tag.rpartition("}")[2]
    if tag == _A + "prstGeom":
        preset = shape.get("prst", "")
        if preset in _CIRCLES:
            return "circle", preset
        return ("shape", preset) if preset in _CROSSES or preset.startswith(("bentConnector", "curvedConnector")) else None
    if tag == _A + "custGeom":
        return "shape", "freehand (custGeom)"
    if local == "contentPart":
        return "shape", "ink (contentPart)"
    if local in ("line", "polyline", "curve"):
        return "shape", f"v:{local}"
    if local == "oval":
        return "circle", "v:oval"
    if local == "shape" and tag.startswith(_V):
        if shape.get("type", "").endswith("_t32"):
            return "shape", "v:shape connector"
        # a text box is a v:shape too, and a picture: those are told by what they hold
        if shape.get("path") and shape.find(_V + "textbox") is None and shape.find(_V + "imagedata") is None:
            return "shape", "v:shape freehand"
    return None


def _frame(node: Element) -> Frame:
    """Where a drawing stands."""
    for child in node:
        if child.tag in (_WP + "anchor", _WP + "inline"):
            extent = child.find(_WP + "extent")
            width, height = (_points(extent.get("cx")), _points(extent.get("cy"))) if extent is not None else (0.0, 0.0)
            vertical = child.find(_WP + "positionV")
            below: float | None = None
            if vertical is not None:
                offset = vertical.find(_WP + "posOffset")
                origin = vertical.get("relativeFrom")
                # from the page or its margin: it may be over any line
                below = _points(offset.text) if offset is not None and origin in ("paragraph", "line") else 1e6
            return Frame(width, height, below, child.tag == _WP + "inline")
        style = child.get("style")
        if style is not None and isinstance(child.tag, str) and child.tag.startswith(_V):
            sizes = {name: _float(value) * _UNITS[unit or ""] for name, value, unit in _LENGTH.findall(style)}
            inline = "position:absolute" not in style.replace(" ", "")
            below = None if inline else sizes.get("margin-top", 0.0)
            return Frame(sizes.get("width", 0.0), sizes.get("height", 0.0), below, inline)
    return Frame(0.0, 0.0, None, True)


def _points(emu: str | None) -> float:
    return _float(emu) / _EMU


def _float(text: str | None) -> float:
    try:
        value = float(text or "")
    except ValueError:
        return 0.0
    return value if abs(value) < 1e12 else 0.0
