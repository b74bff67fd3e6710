"""From rules to grids: edges, then crossings, then cells, then grids. Pure functions over boxes; no PDF here.

A rule is a drawn line or a thin filled rectangle. Rules that touch belong to one table; their positions make a lattice of slots;
slots with no rule between them are one cell, so that spans need no guess. Fills and text alignment are not looked at.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from formfill.model.geometry import Box

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

THICKEST: Final = 6.0
"""Thickest rule in points, as PDFium gives the bounds of a stroke (up to twice its width)."""
SNAP: Final = 3.0
"""Rules nearer than this, in points, are one (double borders, rules drawn cell by cell): no text fits between them."""
SMALLEST_GRID: Final = 18.0
"""A closed shape smaller than this both ways, in points, is a drawn tick box or a letter, not a table."""
MOST_RULES: Final = 600
"""Rules kept in each direction, the longest: a page has at most some dozens, a hatched picture thousands."""


class Rule(NamedTuple):
    """A straight edge, horizontal or vertical."""

    at: float
    """Its y when horizontal, its x when vertical."""
    start: float
    """Where it begins along its direction."""
    end: float
    """Where it ends along its direction."""


class Slot(NamedTuple):
    """A cell found by its rules; a merged cell stands once."""

    row: int
    """First row, from 0."""
    col: int
    """First column, from 0."""
    row_span: int
    """Rows covered."""
    col_span: int
    """Columns covered."""
    box: Box
    """Rectangle between its rules."""


@dataclass(frozen=True, slots=True)
class Tiling:
    """A table as geometry."""

    xs: tuple[float, ...]
    """Column boundaries, left to right."""
    ys: tuple[float, ...]
    """Row boundaries, top to bottom."""
    slots: tuple[Slot, ...]
    """The cells, by row then column."""
    where: dict[tuple[int, int], int]
    """Index in ``slots`` of the cell that covers a row and column."""

    @property
    def box(self) -> Box:
        """The rectangle of the whole table."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def slot_at(self, x: float, y: float) -> int | None:
        """Index of the cell that holds the point; None when none does."""
        return self.where.get((bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1))


def tilings(boxes: Iterable[Box]) -> list[Tiling]:
    """The tables that the edges draw, top to bottom then left to right.

    Args:
        boxes: bounds of the strokes and thin fills of a page, in points, in any order; thick ones are ignored.
    """
    horizontal, vertical = split(boxes)
    if len(horizontal) < 2 or len(vertical) < 2:
        return []
    across, down = join(horizontal), join(vertical)
    found = []
    for rules_across, rules_down in groups(across, down):
        if _extent(rules_across) < SMALLEST_GRID and _extent(rules_down) < SMALLEST_GRID:
            continue
        tiling = tile(*close(rules_across, rules_down))
        if tiling is not None:
            found.append(tiling)
    return sorted(found, key=lambda t: (t.ys[0], t.xs[0]))


def split(boxes: Iterable[Box]) -> tuple[list[Rule], list[Rule]]:
    """The horizontal and the vertical rules among the boxes; a dot of a dotted border counts in both."""
    horizontal, vertical = [], []
    for box in boxes:
        x0, top, x1, bottom = box.x0, box.top, box.x1, box.bottom
        width, height = x1 - x0, bottom - top
        if height <= THICKEST and width >= height:
            horizontal.append(Rule((top + bottom) / 2, x0, x1))
        if width <= THICKEST and height >= width:
            vertical.append(Rule((x0 + x1) / 2, top, bottom))
    return horizontal, vertical


def join(rules: Sequence[Rule]) -> list[Rule]:
    """Rules of one line made one: snapped to a common position, then joined where they touch or nearly."""
    joined: list[Rule] = []
    ordered = sorted(rules)
    start = 0
    while start < len(ordered):
        end = start
        while end < len(ordered) and ordered[end].at - ordered[start].at <= SNAP:
            end += 1
        line = ordered[start:end]
        at = (line[0].at + line[-1].at) / 2
        line.sort(key=lambda rule: rule.start)
        left, right = line[0].start, line[0].end
        for rule in line:
            if rule.start > right + SNAP:
                joined.append(Rule(at, left, right))
                left, right = rule.start, rule.end
            elif rule.end > right:
                right = rule.end
        joined.append(Rule(at, left, right))
        start = end
    joined = [rule for rule in joined if rule.end - rule.start > THICKEST]
    if len(joined) > MOST_RULES:
        joined = sorted(sorted(joined, key=lambda rule: rule.start - rule.end)[:MOST_RULES])
    return joined


def groups(across: Sequence[Rule], down: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """The rules sorted by the table they belong to: rules that touch or cross are of one table."""
    parent = list(range(len(across) + len(down)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for j, (x, top, bottom) in enumerate(down, len(across)):
        low, high = bisect_left(across, (top - SNAP,)), bisect_right(across, (bottom + SNAP, float("inf")))
        for i in range(low, high):
            rule = across[i]
            if rule.start - SNAP <= x <= rule.end + SNAP:
                parent[root(i)] = root(j)
    found: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, rule in enumerate(across):
        found.setdefault(root(i), ([], []))[0].append(rule)
    for j, rule in enumerate(down, len(across)):
        found.setdefault(root(j), ([], []))[1].append(rule)
    return [group for group in found.values() if group[0] and group[1]]


def close(across: list[Rule], down: list[Rule]) -> tuple[list[Rule], list[Rule]]:
    """The rules of a table with its missing outer sides: no rule at a page break, or a table drawn without side borders."""
    return _caps(across, down), _caps(down, across)


def _caps(along: list[Rule], sides: list[Rule]) -> list[Rule]:
    """Adds a rule where the first and the last of ``sides`` run together past the first or the last of ``along``."""
    if len(sides) < 2:
        return along
    first, last = min(sides), max(sides)
    capped = list(along)
    starts, ends = (first.start, last.start), (first.end, last.end)
    if abs(starts[0] - starts[1]) <= SNAP and max(starts) < min(rule.at for rule in along) - SNAP:
        capped.append(Rule(min(starts), first.at, last.at))
    if abs(ends[0] - ends[1]) <= SNAP and min(ends) > max(rule.at for rule in along) + SNAP:
        capped.append(Rule(max(ends), first.at, last.at))
    return capped


def tile(across: Sequence[Rule], down: Sequence[Rule]) -> Tiling | None:
    """The cells between the rules of one table; None when the rules close nothing."""
    ys, xs = _positions(across), _positions(down)
    rows, cols = len(ys) - 1, len(xs) - 1
    if rows < 1 or cols < 1:
        return None
    floor = _walls(across, ys, xs)
    side = _walls(down, xs, ys)
    regions = _regions(rows, cols, floor, side)
    rectangles = [rectangle for region in regions for rectangle in _rectangles(region)]
    if not rectangles:
        return None
    used_y = sorted({y for r0, _c0, r1, _c1 in rectangles for y in (r0, r1)})
    used_x = sorted({x for _r0, c0, _r1, c1 in rectangles for x in (c0, c1)})
    row_of, col_of = {y: i for i, y in enumerate(used_y)}, {x: i for i, x in enumerate(used_x)}
    slots = []
    for r0, c0, r1, c1 in rectangles:
        row, col = row_of[r0], col_of[c0]
        slots.append(Slot(row, col, row_of[r1] - row, col_of[c1] - col, Box(xs[c0], ys[r0], xs[c1], ys[r1])))
    slots.sort(key=lambda slot: (slot.row, slot.col))
    where = {
        (row, col): index
        for index, slot in enumerate(slots)
        for row in range(slot.row, slot.row + slot.row_span)
        for col in range(slot.col, slot.col + slot.col_span)
    }
    return Tiling(tuple(xs[x] for x in used_x), tuple(ys[y] for y in used_y), tuple(slots), where)


def _positions(rules: Sequence[Rule]) -> list[float]:
    positions: list[float] = []
    for rule in sorted(rules):
        if not positions or rule.at - positions[-1] > SNAP:
            positions.append(rule.at)
    return positions


def _walls(rules: Sequence[Rule], lines: Sequence[float], marks: Sequence[float]) -> list[list[bool]]:
    """For each line, which of the intervals between two marks a rule covers from end to end."""
    walls = [[False] * (len(marks) - 1) for _ in lines]
    for at, start, end in rules:
        wall = walls[bisect_right(lines, at) - 1]
        for k in range(bisect_left(marks, start - SNAP), bisect_right(marks, end + SNAP) - 1):
            wall[k] = True
    return walls


def _regions(rows: int, cols: int, floor: list[list[bool]], side: list[list[bool]]) -> list[set[tuple[int, int]]]:
    """Sets of slots with no wall between them and walls all around; what is open to the outside is no cell."""
    seen = [[False] * cols for _ in range(rows)]
    found = []
    for row in range(rows):
        for col in range(cols):
            if seen[row][col]:
                continue
            seen[row][col] = True
            if floor[row][col] and floor[row + 1][col] and side[col][row] and side[col + 1][row]:
                found.append({(row, col)})
                continue
            region, todo, closed = {(row, col)}, [(row, col)], True
            while todo:
                r, c = todo.pop()
                for wall, r2, c2 in (
                    (floor[r][c], r - 1, c),
                    (floor[r + 1][c], r + 1, c),
                    (side[c][r], r, c - 1),
                    (side[c + 1][r], r, c + 1),
                ):
                    if wall:
                        continue
                    if not (0 <= r2 < rows and 0 <= c2 < cols):
                        closed = False
                    elif not seen[r2][c2]:
                        seen[r2][c2] = True
                        region.add((r2, c2))
                        todo.append((r2, c2))
            if closed:
                found.append(region)
    return found


def _rectangles(region: set[tuple[int, int]]) -> list[tuple[int, int, int, int]]:
    """The region as rectangles (first row, first column, row after, column after): one, unless its shape is none."""
    if len(region) == 1:
        ((row, col),) = region
        return [(row, col, row + 1, col + 1)]
    r0, c0 = min(r for r, _c in region), min(c for _r, c in region)
    r1, c1 = max(r for r, _c in region) + 1, max(c for _r, c in region) + 1
    if len(region) == (r1 - r0) * (c1 - c0):
        return [(r0, c0, r1, c1)]
    found = []
    left = set(region)
    while left:
        row, col = min(left)
        after = col
        while (row, after) in left:
            after += 1
        below = row
        while all((below, c) in left for c in range(col, after)):
            left -= {(below, c) for c in range(col, after)}
            below += 1
        found.append((row, col, below, after))
    return found


def _extent(rules: Sequence[Rule]) -> float:
    return max(rule.end for rule in rules) - min(rule.start for rule in rules)
