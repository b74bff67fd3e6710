"""Where the shapes of a drawing group stand (DrawingML: ECMA-376 Part 1 §20.1.7.5, ``a:xfrm``; VML: Part 4 §19.1.2.7, ``v:group``).

A group gives its children coordinates of their own, and the rectangle of those that its frame shows; groups may hold groups.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from formfill.readers._wordnames import Element
    from formfill.readers._wordshapes import Frame

_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_PROPERTIES: Final = frozenset(("grpSpPr", "spPr"))
_NUMBER: Final = re.compile(r"(?:^|;)\s*(top|width|height)\s*:\s*(-?[\d.]+)\s*(?:;|$)")


class Space(NamedTuple):
    """The coordinates of the children of a group."""

    frame: Frame
    """Where the group stands."""
    top: float
    """The ordinate that its upper edge has, in coordinates of its children."""
    scale_x: float
    scale_y: float
    """Points in one of these units."""

    def frame_of(self, top: float, width: float, height: float) -> Frame:
        """Where a child stands, whose rectangle is given in these coordinates."""
        below = self.frame.below
        down = (top - self.top) * self.scale_y
        return self.frame._replace(
            width=abs(width * self.scale_x), height=abs(height * self.scale_y), below=None if below is None else below + down
        )


def space_of(group: Element, frame: Frame) -> Space | None:
    """The coordinates of a group that stands in a frame; None when it does not tell them."""
    if group.tag.endswith("}group"):
        origin, size = _pair(group.get("coordorigin"), (0.0, 0.0)), _pair(group.get("coordsize"), (1000.0, 1000.0))
        return _space(frame, origin[1], size)
    if group.tag.endswith("}wpc"):
        # a canvas keeps the units of the page
        return Space(frame, 0.0, 1 / 12700, 1 / 12700)
    transform = _transform(group)
    if transform is None:
        return None
    offset, extent = transform.find(_A + "chOff"), transform.find(_A + "chExt")
    if extent is None:
        offset, extent = transform.find(_A + "off"), transform.find(_A + "ext")
    if extent is None:
        return None
    top = _number(offset.get("y")) if offset is not None else 0.0
    return _space(frame, top, (_number(extent.get("cx")), _number(extent.get("cy"))))


def _space(frame: Frame, top: float, size: tuple[float, float]) -> Space | None:
    if size[0] <= 0 or size[1] <= 0:
        # a line is a group without breadth: nothing to scale
        return Space(frame, top, 1 / 12700, 1 / 12700) if max(size) > 0 else None
    return Space(frame, top, frame.width / size[0], frame.height / size[1])


def child_frame(shape: Element, space: Space) -> Frame:
    """Where a child of a group stands; where the group stands when the child does not tell."""
    transform = _transform(shape)
    if transform is not None:
        offset, extent = transform.find(_A + "off"), transform.find(_A + "ext")
        if offset is None or extent is None:
            return space.frame
        return space.frame_of(_number(offset.get("y")), _number(extent.get("cx")), _number(extent.get("cy")))
    style = shape.get("style")
    if style is None:
        ends = [_pair(shape.get(name), (0.0, 0.0)) for name in ("from", "to")]
        if not shape.tag.endswith("}line"):
            return space.frame
        (x0, y0), (x1, y1) = ends
        return space.frame_of(min(y0, y1), x1 - x0, y1 - y0)
    sizes = {name: _number(value) for name, value in _NUMBER.findall(style.replace(";", ";;"))}
    if "width" not in sizes or "height" not in sizes:
        return space.frame
    return space.frame_of(sizes.get("top", 0.0), sizes["width"], sizes["height"])


def _transform(node: Element) -> Element | None:
    for child in node:
        if isinstance(child.tag, str) and child.tag.rpartition("}")[2] in _PROPERTIES:
            return child.find(_A + "xfrm")
    return None


def _pair(text: str | None, default: tuple[float, float]) -> tuple[float, float]:
    first, comma, second = (text or "").partition(",")
    return (_number(first), _number(second)) if comma else default


def _number(text: str | None) -> float:
    try:
        value = float(text or "")
    except ValueError:
        return 0.0
    return value if abs(value) < 1e12 else 0.0
