"""What floats over a sheet: shapes, text boxes, lines, ink, pictures (ECMA-376 Part 1 §20.5), each with its rectangle.

The picture of a form control is left to :mod:`formfill.readers._sheetcontrols`. It reads no picture.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from formfill.readers._sheetml import S, flag, local, whole
from formfill.readers._sheetplan import Rect
from formfill.readers._sheetstyles import A
from formfill.readers._sheettexts import shape_text, sign_rect

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from formfill.readers._sheetml import Book, Element, Run
    from formfill.readers._sheetmodel import Cells
    from formfill.readers._sheetplan import Plan

_ANCHORS: Final = frozenset(("twoCellAnchor", "oneCellAnchor", "absoluteAnchor"))
_CROSSES: Final = frozenset(("mathMultiply", "flowChartSummingJunction", "noSmoking", "mathPlus", "plus", "chartX"))
"""Preset shapes that are a cross (§20.1.10.55)."""
_LINES: Final = ("line", "straightConnector", "bentConnector", "curvedConnector")
_ROUND: Final = frozenset(("ellipse", "donut", "flowChartConnector"))
_BOXES: Final = frozenset(("rect", "roundRect", "frame", "bevel", "flowChartProcess", "flowChartAlternateProcess"))
PAGE: Final = 1_800_000
"""Side of the smallest picture that may be a page pasted as an image, 5 cm, in EMU: logos are smaller."""
_DEEPEST: Final = 12
"""Deepest nesting of groups that is read."""


class Drawn(NamedTuple):
    """One thing over the sheet."""

    kind: str
    """``cross``, ``line``, ``freehand``, ``round``, ``box``, ``shape``, ``picture``, ``text``, or ``lost`` for a control without
    its state."""
    detail: str
    """What it is, in the words of the file."""
    rect: Rect
    text: str = ""
    filled: bool = True
    lines: int = 1
    """How many strokes, for a group of lines."""
    runs: tuple[Run, ...] = ()
    """The text in its stretches, each struck through or not."""
    sign: Rect | None = None
    """Where its text stands, as far as it is one sign."""


def drawings(book: Book, part: str, plan: Plan, controls: Collection[str] = ()) -> list[Drawn]:
    """What a drawing part holds, in the order of the file.

    Args:
        book: the workbook.
        part: the part.
        plan: of the sheet.
        controls: the ids of the controls of the sheet, whose shapes are left to them.
    """
    found: list[Drawn] = []
    for anchor in _shown(book.parse(part)):
        if local(anchor) in _ANCHORS:
            rect = anchor_rect(anchor, plan)
            if rect is not None:
                for item in _shown(anchor):
                    found += _things(item, rect, 0, controls)
    return found


def pictures_in_cells(cells: Cells) -> list[Drawn]:
    """The pictures that were placed in cells, not over them."""
    return [Drawn("picture", "picture in the cell", cells.plan.rect(row, col)) for row, col in cells.pictures]


def behind(root: Element) -> list[int]:
    """The pictures behind the cells and the embedded objects of a worksheet (§18.3.1.60, §18.3.1.67), each as large as a page."""
    return [PAGE for name in ("picture", "oleObjects") for _item in root.iter(S + name)]


def _shown(parent: Element) -> Iterator[Element]:
    """The children, of ``mc:AlternateContent`` the first choice only (ECMA-376 Part 3 §10.2.1): the same thing counts once."""
    for child in parent:
        if local(child) == "AlternateContent":
            if len(child):
                yield from _shown(child[0])
        elif isinstance(child.tag, str):
            yield child


def anchor_rect(anchor: Element, plan: Plan) -> Rect | None:
    """The rectangle of an anchor, or of the anchor of a control (§20.5.2.1, §20.5.2.24, §20.5.2.33)."""
    parts = {local(child): child for child in anchor}
    start = _marker(parts.get("from"), plan) or _point(parts.get("pos"), "x", "y")
    if start is None:
        return None
    end = _marker(parts.get("to"), plan)
    if end is None:
        size = _point(parts.get("ext"), "cx", "cy") or (0, 0)
        end = start[0] + size[0], start[1] + size[1]
    return Rect(start[0], start[1], max(start[0], end[0]), max(start[1], end[1]))


def _marker(marker: Element | None, plan: Plan) -> tuple[int, int] | None:
    if marker is None:
        return None
    at = {local(child): whole((child.text or "").strip()) for child in marker}
    return plan.columns.within(at.get("col", 0), at.get("colOff", 0)), plan.rows.within(at.get("row", 0), at.get("rowOff", 0))


def _point(element: Element | None, x: str, y: str) -> tuple[int, int] | None:
    return None if element is None else (whole(element.get(x)), whole(element.get(y)))


def _things(item: Element, rect: Rect, depth: int, controls: Collection[str]) -> list[Drawn]:
    name = local(item)
    if depth > _DEEPEST or _hidden(item):
        return []
    if name == "sp":
        return _shape(item, rect, controls)
    if name == "cxnSp":
        return [Drawn("line", "connector", rect)]
    if name == "pic":
        return [Drawn("picture", "picture", rect)]
    if name == "contentPart":
        return [Drawn("freehand", "ink", rect)]
    if name == "grpSp":
        return _group(item, rect, depth, controls)
    return []


def stands_for_control(shape: Element) -> str:
    """The id of the control that a shape stands for, as LibreOffice writes it: « 0 » for one of which it wrote no more; else empty.

    It is a shape for programs that know controls (``Requires="a14"``) that does not say which control it pictures.
    """
    choice = next((above for above in shape.iterancestors() if local(above) == "Choice"), None)
    if choice is None or choice.get("Requires") != "a14" or any(local(child) == "compatExt" for child in shape.iter()):
        return ""
    return next((child.get("id") or "" for child in shape.iter() if local(child) == "cNvPr"), "")


def _hidden(item: Element) -> bool:
    """Tells whether a thing is not shown, or is the picture of a form control (``a14:compatExt``)."""
    for part in item:
        if local(part).startswith("nv"):
            return any(
                (local(child) == "cNvPr" and flag(child, "hidden"))
                or (local(child) == "compatExt" and child.get("spid") is not None)
                for child in part.iter()
            )
    return False


def _shape(item: Element, rect: Rect, controls: Collection[str]) -> list[Drawn]:
    parts = {local(child): child for child in item}
    properties = parts.get("spPr")
    runs = shape_text(parts["txBody"]) if "txBody" in parts else ()
    text = "".join(run.text for run in runs)
    control = stands_for_control(item)
    if control and (control == "0" or control in controls):
        return [Drawn("lost", text.strip(), rect, text, runs=runs)] if control == "0" else []
    if text.strip():
        where = sign_rect(parts["txBody"], rect)
        return [Drawn("text", f"text box « {text.strip()[:40]} »", rect, text, runs=runs, sign=where)]
    preset, kind = "", "freehand"
    filled = True
    for child in properties if properties is not None else ():
        name = local(child)
        if name == "blipFill":
            return [Drawn("picture", "shape filled with a picture", rect)]
        if name == "prstGeom":
            preset = child.get("prst") or "rect"
        elif name == "noFill":
            filled = False
    if preset:
        round_or_box = "round" if preset in _ROUND else "box" if preset in _BOXES else "shape"
        kind = "cross" if preset in _CROSSES else "line" if preset.startswith(_LINES) else round_or_box
    elif properties is None or properties.find(A + "custGeom") is None:
        kind, preset = "box", "rect"
    return [Drawn(kind, f"shape {preset}" if preset else "freehand shape", rect, "", filled)]


def _group(item: Element, rect: Rect, depth: int, controls: Collection[str]) -> list[Drawn]:
    """The things of a group, put where the group puts them (§20.1.7.5); lines of one group are the strokes of one sign."""
    frame = next((child for child in item.iter(A + "xfrm")), None)
    inner = {local(child): child for child in frame} if frame is not None else {}
    off, size = _point(inner.get("chOff"), "x", "y") or (0, 0), _point(inner.get("chExt"), "cx", "cy") or (0, 0)
    found: list[Drawn] = []
    for child in _shown(item):
        place = rect
        own = next((part for part in child.iter(A + "xfrm")), None)
        at = {local(part): part for part in own} if own is not None else {}
        start, extent = _point(at.get("off"), "x", "y"), _point(at.get("ext"), "cx", "cy")
        if start and extent and size[0] > 0 and size[1] > 0:
            across, down = (rect.x1 - rect.x0) / size[0], (rect.bottom - rect.top) / size[1]
            x0, top = rect.x0 + int((start[0] - off[0]) * across), rect.top + int((start[1] - off[1]) * down)
            place = Rect(x0, top, x0 + int(extent[0] * across), top + int(extent[1] * down))
        found += _things(child, place, depth + 1, controls)
    if len(found) > 1 and all(thing.kind == "line" for thing in found):
        return [Drawn("line", f"{len(found)} lines", rect, lines=len(found))]
    return found


def drawing_text(body: Element) -> str:
    """The text of a shape (§20.1.2.2.40), one line per paragraph."""
    return "\n".join("".join(t.text or "" for t in paragraph.iter(A + "t")) for paragraph in body.iter(A + "p"))
