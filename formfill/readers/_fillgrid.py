"""From filled rectangles to grids: cells painted side by side, with no rule between them. Pure functions over boxes.

The sides of the rectangles are taken for rules, so that spans need no guess. Where every other row is painted, the rows between are
cells too. Bands over the whole row, highlighted words, bars of a chart make no table: cells stand in two rows and two columns at
least, and hold words.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Final

from formfill.model.geometry import Box
from formfill.readers._grid import SNAP, tilings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from formfill.readers._grid import Tiling
    from formfill.readers._visual import Line

_TALLER: Final = 4.0
"""A row that is not painted is at most this many times as high as those beside it."""
_LEAST: Final = 3
"""Fewest cells with words."""


def painted(fills: Sequence[Box], rules: Sequence[Box], known: Sequence[Tiling], lines: Sequence[Line]) -> list[Tiling]:
    """The tables that fills draw, top to bottom.

    Args:
        fills: the filled rectangles of a page, as displayed, in points.
        rules: its straight edges.
        known: the tables that rules draw: what lies in them, or under them, is theirs.
        lines: its lines of text.
    """
    free = [fill for fill in fills if not any(_shares(fill, table.box) for table in known)]
    if len(free) < 2:
        return []
    between = _between(free)
    edges = [edge for fill in (*free, *between) for edge in _sides(fill)]
    edges += [rule for rule in rules if not any(_holds(table.box, rule) for table in known)]
    found = [table for table in tilings(edges) if len(table.xs) > 2 and len(table.ys) > 2]
    if found and between:
        edges += [edge for table in found for row in _outer(table, free, lines) for edge in row]
        found = [table for table in tilings(edges) if len(table.xs) > 2 and len(table.ys) > 2]
    return [table for table in found if not any(_shares(table.box, other.box) for other in known) and _worded(table, lines)]


def _shares(fill: Box, table: Box) -> bool:
    """Tells whether the middle of either lies in the other."""
    return table.contains(*fill.centre) or fill.contains(*table.centre)


def _holds(table: Box, rule: Box) -> bool:
    x, y = rule.centre
    return table.x0 - SNAP <= x <= table.x1 + SNAP and table.top - SNAP <= y <= table.bottom + SNAP


def _sides(box: Box) -> tuple[Box, Box, Box, Box]:
    x0, top, x1, bottom = box
    return Box(x0, top, x1, top), Box(x0, bottom, x1, bottom), Box(x0, top, x0, bottom), Box(x1, top, x1, bottom)


def _between(fills: Sequence[Box]) -> list[Box]:
    """The cells that are not painted: between one that is and the next below it, of the same width."""
    found = []
    columns: dict[tuple[int, int], list[Box]] = {}
    for fill in sorted(fills):
        key = next((key for key in columns if abs(key[0] - fill.x0) <= SNAP and abs(key[1] - fill.x1) <= SNAP), None)
        columns.setdefault(key or (round(fill.x0), round(fill.x1)), []).append(fill)
    for column in columns.values():
        column.sort(key=lambda box: box.top)
        for above, below in pairwise(column):
            gap = below.top - above.bottom
            if SNAP < gap <= _TALLER * max(above.height, below.height):
                found.append(Box(above.x0, above.bottom, above.x1, below.top))
    return found


def _outer(table: Tiling, fills: Sequence[Box], lines: Sequence[Line]) -> list[tuple[Box, ...]]:
    """The first and the last row of a table of which every other row is painted: words where it would go on, as in its rows."""
    high = median(b - a for a, b in pairwise(table.ys))
    found: list[tuple[Box, ...]] = []
    for top, last in ((table.ys[-1], (table.ys[-2], table.ys[-1])), (table.ys[0] - high, (table.ys[0], table.ys[1]))):
        bottom = top + high
        if not any(abs(fill.top - last[0]) <= SNAP and abs(fill.bottom - last[1]) <= SNAP for fill in fills):
            continue
        words = [line for line in lines if top < (line.top + line.bottom) / 2 < bottom]
        columns = {bisect_right(table.xs, x) for line in words for x in (line.x0 + 0.5, line.x1 - 0.5)}
        if words and (len(columns) > 1 or _is_title(words[0], table, lines)) and all(_fits(line, table) for line in words):
            found.append(tuple(side for a, b in pairwise(table.xs) for side in _sides(Box(a, top, b, bottom))))
    return found


def _is_title(line: Line, table: Tiling, lines: Sequence[Line]) -> bool:
    """Tells whether a line is in the first column, and begins where the lines of the table do."""
    starts = [other.x0 for other in lines if table.box.contains(other.x0 + 1, (other.top + other.bottom) / 2)]
    return line.x1 < table.xs[1] and any(abs(line.x0 - x0) < 1 for x0 in starts)


def _fits(line: Line, table: Tiling) -> bool:
    """Tells whether a line stands within the sides of a table."""
    return table.xs[0] - SNAP <= line.x0 and line.x1 <= table.xs[-1] + SNAP


def _worded(table: Tiling, lines: Sequence[Line]) -> bool:
    """Tells whether the cells of a table hold words, in two rows and two columns."""
    x0, top, x1, bottom = table.box
    slots = {
        at
        for line in lines
        if line.bottom > top and line.top < bottom and line.x1 > x0 and line.x0 < x1
        for x in (line.x0 + 0.5, line.x1 - 0.5)
        if (at := table.slot_at(x, (line.top + line.bottom) / 2)) is not None
    }
    cells = [table.slots[at] for at in slots]
    return len(cells) >= _LEAST and len({cell.row for cell in cells}) > 1 and len({cell.col for cell in cells}) > 1
