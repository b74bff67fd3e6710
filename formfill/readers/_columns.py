"""Columns of text side by side, with no rule between them: read one after the other, never line by line across. Pure.

Two columns are told from the rows of a table without rules by the order of the file, and by their baselines: rows are printed one
after the other and their lines stand at one height. Where neither tells, the lines are left as they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from formfill.readers._visual import Line

GUTTER: Final = 9.0
"""Narrowest room between two columns, in points: wider than any space."""
LEAST: Final = 3
"""Fewest lines of a column."""
LEVEL: Final = 0.7
"""Baselines nearer than this, in points, are one."""
ROWS: Final = 0.5
"""Share of the lines of the shorter column that stand level with one of the other from which they may be rows."""
ALL_ROWS: Final = 0.8
"""The same for all lines, where the file prints one column after the other."""
FAR: Final = 2.5
"""A line further from its column than this many times its height is of another text."""


class Group(NamedTuple):
    """Lines that are read together."""

    lines: list[Line]
    after: float = 0.0
    """They are read after what stands above this y."""
    column: bool = False
    """They are a column, whose text ends where its longest line does."""


def columns(lines: list[Line]) -> list[Group]:
    """The lines of a page in groups to be read one after the other; one group where no columns stand side by side."""
    if len(lines) < 2 * LEAST:
        return [Group(lines)]
    ranked = sorted(lines, key=lambda line: line.top)
    found = _find(ranked, {id(line): rank for rank, line in enumerate(lines)})
    if found is None:
        return [Group(lines)]
    sides = {*map(id, found.left), *map(id, found.right)}
    top = min(line.top for line in (*found.left, *found.right))
    rest = [line for line in lines if id(line) not in sides]
    above, below = [line for line in rest if line.top < top], [line for line in rest if line.top >= top]
    left, right = Group(list(found.left), column=True), Group(list(found.right), found.left[-1].top, column=True)
    return [group for group in (Group(above), left, right, *(columns(below) if below else ())) if group.lines]


class _Pair(NamedTuple):
    left: Sequence[Line]
    right: Sequence[Line]


def _find(ranked: Sequence[Line], order: Mapping[int, int]) -> _Pair | None:
    """The first two columns that stand side by side."""
    for at, line in enumerate(ranked):
        for other in ranked[at + 1 :]:
            if other.top >= line.bottom:
                break
            a, b = (line, other) if line.x0 < other.x0 else (other, line)
            if b.x0 - a.x1 >= GUTTER:
                pair = _grown(ranked, at, (a.x1, b.x0), order)
                if pair is not None:
                    return pair
                break
    return None


def _grown(ranked: Sequence[Line], at: int, gutter: tuple[float, float], order: Mapping[int, int]) -> _Pair | None:
    """The columns on both sides of a gutter, from a line down to the first that crosses it, and what they have above."""
    left, right = gutter
    sides: tuple[list[Line], list[Line]] = ([], [])
    for line in ranked[at:]:
        side = _side(line, left, right)
        if side is None or (sides[side] and line.top - sides[side][-1].bottom > FAR * (line.bottom - line.top)):
            break
        sides[side].append(line)
        left, right = (max(left, line.x1), right) if side == 0 else (left, min(right, line.x0))
    if min(map(len, sides)) < LEAST or not _apart(*sides, order):
        return None
    for line in reversed(ranked[:at]):
        side = _side(line, left, right)
        if side is None or sides[side][0].top - line.bottom > FAR * (line.bottom - line.top):
            break
        sides[side].insert(0, line)
    return _Pair(*sides)


def _side(line: Line, left: float, right: float) -> int | None:
    """0 for a line on the left of a gutter, 1 for one on its right, None for one that leaves no room for it."""
    if line.x1 <= right - GUTTER and line.x0 < left:
        return 0
    if line.x0 >= left + GUTTER and line.x1 > right:
        return 1
    return None


def _apart(left: Sequence[Line], right: Sequence[Line], order: Mapping[int, int]) -> bool:
    """Whether two columns are read apart: where they stand side by side, their lines are not level as rows are."""
    top, bottom = max(left[0].top, right[0].top), min(left[-1].bottom, right[-1].bottom)
    beside = [[line for line in side if line.bottom > top and line.top < bottom] for side in (left, right)]
    few, many = sorted(beside, key=len)
    if len(few) < 2:
        return False
    level = sum(any(abs(line.base - other.base) < LEVEL for other in many) for line in few)
    ranks = [[order[id(line)] for line in side] for side in (left, right)]
    if max(ranks[0]) < min(ranks[1]) or max(ranks[1]) < min(ranks[0]):
        return level < ALL_ROWS * len(many)
    return level < ROWS * len(few)
