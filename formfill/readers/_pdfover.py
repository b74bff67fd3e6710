"""What is drawn over the tick boxes of a PDF page: strokes, filled shapes, pictures, annotations. Needs PDFium's raw API.

Nothing is decoded: a box with something over it is no longer surely blank. What lies over a whole line of text, or fills a cell, is
not over the box in particular and is left.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from formfill.model.document import Evidence, Says
from formfill.model.geometry import Box
from formfill.readers._pdfpaths import outlines
from formfill.readers._visual import Spot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from formfill.readers._pdfium import Page
    from formfill.readers._pdfpaths import Drawing, Shape
    from formfill.readers._sheet import Bins
    from formfill.readers._visual import Line

Polyline = tuple[tuple[float, float], ...]
"""Points as displayed."""

COVERED: Final = 0.2
"""Share of the area of a box under which something is beside it."""
WIDEST: Final = 6.0
"""What is this many times as wide or as high as a box lies over more than the box."""
FILLED: Final = 4.0
"""A filled rectangle of this many times the area of a box is the ground of its cell."""
BACKGROUND: Final = 0.5
"""A picture of more than this share of the page lies behind everything."""
_NEAR: Final = 2.0
"""A fill whose sides are this near to those of its cell, in points, is the ground of the cell."""
_LEVEL: Final = 0.5
"""A segment that leaves its axis by less, in points, is level or upright."""


class Over(NamedTuple):
    """Something drawn on a page, as displayed."""

    kind: str
    """Kind of evidence."""
    detail: str
    """What it is."""
    box: Box
    lines: tuple[Polyline, ...] = ()
    """Its strokes; none when it has a surface only."""
    limit: float = WIDEST
    """Times the size of a box beyond which its surface says nothing of the box."""
    cross: bool = False
    """It ticks a box when the box says so too."""

    def meets(self, box: Box) -> bool:
        """Tells whether it lies over a box."""
        own = self.box
        if own.x0 > box.x1 or own.x1 < box.x0 or own.top > box.bottom or own.bottom < box.top:
            return False
        if own.width <= self.limit * box.width and own.height <= self.limit * box.height and covers(own, box):
            return True
        return any(_through(a, b, box) for line in self.lines for a, b in pairwise(line))


def covers(own: Box, box: Box) -> bool:
    """Tells whether a rectangle takes up a part of a box, or reaches into its middle half."""
    across = min(own.x1, box.x1) - max(own.x0, box.x0)
    down = min(own.bottom, box.bottom) - max(own.top, box.top)
    if across < 0 or down < 0:
        return False
    return across * down >= COVERED * box.width * box.height or _in_middle(own, box)


def _in_middle(own: Box, box: Box) -> bool:
    dx, dy = box.width / 4, box.height / 4
    return own.x0 < box.x1 - dx and own.x1 > box.x0 + dx and own.top < box.bottom - dy and own.bottom > box.top + dy


def _through(a: tuple[float, float], b: tuple[float, float], box: Box) -> bool:
    """Tells whether a segment passes through the middle half of a box; a long level or upright one is a rule."""
    (xa, ya), (xb, yb) = a, b
    if abs(xa - xb) <= _LEVEL and abs(ya - yb) > WIDEST * box.height:
        return False
    if abs(ya - yb) <= _LEVEL and abs(xa - xb) > WIDEST * box.width:
        return False
    low, high = 0.0, 1.0
    dx, dy = box.width / 4, box.height / 4
    for start, end, least, most in ((xa, xb, box.x0 + dx, box.x1 - dx), (ya, yb, box.top + dy, box.bottom - dy)):
        step = end - start
        if abs(step) < 1e-9:
            if not least < start < most:
                return False
            continue
        near, far = sorted(((least - start) / step, (most - start) / step))
        low, high = max(low, near), min(high, far)
    return low <= high


def rules_over(lines: Sequence[Line], rules: Sequence[Box]) -> list[Box]:
    """The rules that pass through the middle of a box printed in some lines, the long ones aside."""
    spots = [spot.box for line in lines for spot in line.spots]
    if not spots:
        return []
    x0, x1 = min(box.x0 for box in spots), max(box.x1 for box in spots)
    y0, y1 = min(box.top for box in spots), max(box.bottom for box in spots)
    longest = WIDEST * max(max(box.width, box.height) for box in spots)
    return [
        rule
        for rule in rules
        if rule.x1 > x0
        and rule.x0 < x1
        and rule.x1 - rule.x0 <= longest
        and rule.bottom > y0
        and rule.top < y1
        and rule.bottom - rule.top <= longest
        and any(_in_middle(rule, box) for box in spots)
    ]


def mark_over(page: Page, drawn: Drawing, rules: Sequence[Box], notes: Sequence[Over], bins: Bins) -> None:
    """Adds to the boxes among the lines of a page what lies over them.

    Args:
        page: an open page.
        drawn: what is drawn on it.
        rules: those of :func:`rules_over`.
        notes: its annotations.
        bins: its lines, changed in place.
    """
    if not (rules or notes or drawn.shapes or drawn.images):
        return
    shelves = [lines for table in bins.cells for lines in table if lines]
    shelves.append(bins.loose)
    boxed = [(lines, index, line) for lines in shelves for index, line in enumerate(lines) if line.spots]
    if not boxed:
        return
    shapes = [(page.box(*shape[0]), shape) for shape in drawn.shapes]
    area = BACKGROUND * page.width * page.height
    things = [Over("picture", "image", box, limit=1e6) for box in (page.box(*image) for image in drawn.images)]
    things = [thing for thing in (*things, *notes) if thing.box.width * thing.box.height <= area or thing.lines]
    for lines, index, line in boxed:
        found = [_with_evidence(spot, rules, shapes, things, page, bins) for spot in line.spots]
        if any(new is not old for new, old in zip(found, line.spots, strict=True)):
            lines[index] = line._replace(spots=tuple(found))


def _with_evidence(
    spot: Spot, rules: Sequence[Box], shapes: Sequence[tuple[Box, Shape]], things: Sequence[Over], page: Page, bins: Bins
) -> Spot:
    box = spot.box
    field = any(item.kind == "widget" for item in spot.evidence)
    says = Says.TICKED if all(item.says is Says.TICKED for item in spot.evidence) else Says.UNCLEAR
    found = []
    if not field:
        strokes = 0
        for rule in rules:
            if _in_middle(rule, box) and rule.width <= WIDEST * box.width and rule.height <= WIDEST * box.height:
                strokes += 1
        detail = ""
        for bounds, shape in shapes:
            if bounds.x0 > box.x1 or bounds.x1 < box.x0 or bounds.top > box.bottom or bounds.bottom < box.top:
                continue
            seen = _shape(bounds, shape, box, page, bins)
            strokes += seen == "stroke"
            detail = detail or (seen if seen != "stroke" else "")
        if strokes:
            # two strokes over a ticked box may as well cross it out
            found.append(Evidence("strokes", Says.UNCLEAR, f"{strokes} path{'s'[: strokes > 1]}"))
        if detail:
            found.append(Evidence("strokes", Says.UNCLEAR, detail))
    found += [
        Evidence(thing.kind, says if thing.cross else Says.UNCLEAR, thing.detail)
        for thing in things
        if (not field or thing.kind == "annotation") and thing.meets(box)
    ]
    return Spot(box, spot.evidence + tuple(found)) if found else spot


def _shape(bounds: Box, shape: Shape, box: Box, page: Page, bins: Bins) -> str:
    """What a path that is no rule is to a box: ``stroke``, something else in words, or nothing."""
    filled, stroked, curved, subpaths = outlines(shape)
    if not (filled or stroked):
        return ""
    turned = []
    for points in subpaths:
        shown = [page.box(x, y, x, y) for x, y in points]
        turned.append([(point.x0, point.top) for point in shown])
    for line in turned:
        xs, ys = [x for x, _y in line], [y for _x, y in line]
        own = Box(min(xs), min(ys), max(xs), max(ys))
        level = not curved and all(abs(xa - xb) <= _LEVEL or abs(ya - yb) <= _LEVEL for (xa, ya), (xb, yb) in pairwise(line))
        if level and len(line) >= 4:
            # a rectangle: its surface counts, its frame does not
            if filled and covers(own, box) and not _ground(own, box, bins):
                return "filled rectangle"
        elif Over("", "", own, (tuple(line),) if stroked else ()).meets(box):
            return "filled path" if filled else "stroke"
    return ""


def _ground(own: Box, box: Box, bins: Bins) -> bool:
    """Tells whether a filled rectangle is the ground of a cell or of a line rather than something over a box."""
    if own.width * own.height > FILLED * box.width * box.height:
        return True
    at = bins.cell_at(*box.centre)
    if at is None:
        return False
    cell = bins.tables[at[0]].slots[at[1]].box
    sides = ((own.x0, cell.x0), (own.top, cell.top), (own.x1, cell.x1), (own.bottom, cell.bottom))
    return all(abs(a - b) <= _NEAR for a, b in sides)
