"""A table from the columns and the rows that its pieces of text stand in. Pure."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from formfill.model.geometry import Box
from formfill.readers._grid import Slot, Tiling

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_MARGIN: Final = 3.0
"""A column is at least this wider than its words, in points, where there is room: its words end where its longest line does."""
_OVER: Final = 0.5
"""Columns that overlap by more, in points, cannot be told apart."""

Extent = tuple[float, float]
"""Where something begins and ends."""


def edges(sides: Sequence[Extent]) -> list[float] | None:
    """The edges of columns whose words begin and end at some places; None where they overlap."""
    if any(b[0] < a[1] - _OVER for a, b in pairwise(sides)):
        return None
    inner = [a[1] + min(_MARGIN, (b[0] - a[1]) / 2) for a, b in pairwise(sides)]
    return [sides[0][0] - _MARGIN, *inner, sides[-1][1] + _MARGIN]


def tiling(xs: Sequence[float], rows: Sequence[Extent], spans: Mapping[tuple[int, int], int]) -> Tiling:
    """The table.

    Args:
        xs: the edges of its columns.
        rows: the upper and the lower edge of the words of each row.
        spans: how many columns a cell covers, by row and column, where it is more than one.
    """
    ys = [rows[0][0] - 2, *((a[1] + b[0]) / 2 for a, b in pairwise(rows)), rows[-1][1] + 2]
    slots: list[Slot] = []
    where: dict[tuple[int, int], int] = {}
    for row in range(len(rows)):
        col = 0
        while col < len(xs) - 1:
            span = min(spans.get((row, col), 1), len(xs) - 1 - col)
            where.update(dict.fromkeys(((row, c) for c in range(col, col + span)), len(slots)))
            slots.append(Slot(row, col, 1, span, Box(xs[col], ys[row], xs[col + span], ys[row + 1])))
            col += span
    return Tiling(tuple(xs), tuple(ys), tuple(slots), where)
