"""Tables without rules and without fills: boxes that stand in columns, under headings, beside titles. Pure.

Only boxes and lone crosses make such a table: two columns of words alone stay words. Boxes that have their words beside them, as in
« ☐ Seul ☐ En équipe », are no columns.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from formfill.model.document import Evidence, Says
from formfill.readers._aligncrosses import crossed
from formfill.readers._aligngroups import APART, groups
from formfill.readers._alignmatrix import Aligned, Matrix
from formfill.readers._alignpairs import COLUMN, paired
from formfill.readers._alignpieces import levels, pieces

if TYPE_CHECKING:
    from collections.abc import Sequence

    from formfill.model.geometry import Box
    from formfill.readers._alignpieces import Text
    from formfill.readers._grid import Tiling
    from formfill.readers._visual import Line

MOST: Final = 400
"""A page with more boxes is no form."""
NO_CELL: Final = Evidence("alignment", Says.UNCLEAR, "its line runs over several rows")


def aligned(text: Text, lines: Sequence[Line], separators: Sequence[Box], *, crosses: bool = False) -> Aligned:
    """The tables that boxes in columns make.

    Args:
        text: tells where the characters stand.
        lines: the lines of a page outside its other tables, boxes among them.
        separators: rules and bands of the page, as displayed.
        crosses: True when a cross may be typed by itself among the words.
    """
    boxes = [spot.box for line in lines for spot in line.spots]
    if len(boxes) > MOST:
        return Aligned([], {})
    top, bottom = 0.0, float("inf")
    if boxes and not crosses:
        top, bottom = min(box.top for box in boxes) - APART, max(box.bottom for box in boxes) + APART
    found = levels(pieces(text, (line for line in lines if line.bottom > top and line.top < bottom)))
    tables = paired(found)
    if crosses:
        tables += crossed(found, [y for box in separators for y in (box.top, box.bottom)])
    doubts: dict[Box, Evidence] = {}
    for group in groups(found):
        made = Matrix(found, group, separators).made()
        tables += made.tables
        doubts |= made.doubts
    return Aligned(tables, doubts)


def misplaced(table: Tiling, cells: Sequence[Sequence[Line]]) -> list[Box]:
    """The boxes that were put in another cell of a table than the one they stand in, or two in one: a line of two rows."""
    found = []
    for slot, lines in zip(table.slots, cells, strict=True):
        boxes = [spot.box for line in lines for spot in line.spots]
        found += boxes if len(boxes) > 1 else [box for box in boxes if not slot.box.contains(*box.centre)]
    return found


def may_align(boxes: Sequence[Box]) -> bool:
    """Tells whether two boxes stand one above the other, or side by side."""
    across = sorted((box.x0 + box.x1) / 2 for box in boxes)
    down = sorted((box.top + box.bottom) / 2 for box in boxes)
    return any(b - a <= COLUMN for values in (across, down) for a, b in pairwise(values))
