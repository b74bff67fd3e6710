"""Where the columns and rows of a sheet stand, so that what floats over it is put on a cell. Pure.

Lengths are EMU (914,400 to the inch, ECMA-376 Part 1 §20.1.2.1). Widths are those of Excel's standard font: a guess on other fonts,
near enough to tell which cell the middle of a shape falls in.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

PIXEL: Final = 9525
POINT: Final = 12_700
DIGIT: Final = 7
"""Widest digit of Calibri 11, in pixels."""
LAST_ROW: Final = 1_048_576
LAST_COLUMN: Final = 16_384


def column_emu(width: float) -> int:
    """Width of a column given in characters (§18.3.1.13, ``width``: padding included)."""
    return int((256 * max(0.0, min(width, 255.0)) + 128 // DIGIT) / 256 * DIGIT) * PIXEL


class Rect(NamedTuple):
    """A rectangle over a sheet, from its upper left corner."""

    x0: int
    top: int
    x1: int
    bottom: int

    @property
    def centre(self) -> tuple[int, int]:
        """The point in the middle."""
        return (self.x0 + self.x1) // 2, (self.top + self.bottom) // 2

    def shared(self, other: Rect) -> float:
        """The part of this rectangle that the other covers, from 0 to 1."""
        width = min(self.x1, other.x1) - max(self.x0, other.x0)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        area = max(1, self.x1 - self.x0) * max(1, self.bottom - self.top)
        return max(0, width + (self.x1 == self.x0)) * max(0, height + (self.bottom == self.top)) / area


class Axis:
    """Columns or rows one after the other: a usual size, and the sizes of those that differ."""

    def __init__(self, usual: int, sizes: Mapping[int, int], count: int) -> None:
        self.usual, self.count, self._sizes = usual, count, sizes
        self._at = sorted(sizes)
        self._more = [0, *accumulate(sizes[index] - usual for index in self._at)]

    def start(self, index: int) -> int:
        """Where the column or row begins."""
        index = max(0, min(index, self.count))
        return index * self.usual + self._more[bisect_left(self._at, index)]

    def at(self, position: int) -> int:
        """The column or row at a position."""
        low, high = 0, self.count - 1
        while low < high:
            middle = (low + high + 1) // 2
            if self.start(middle) <= position:
                low = middle
            else:
                high = middle - 1
        return low

    def within(self, index: int, offset: int) -> int:
        """A position inside a column or row; an offset past its end stops there."""
        return min(self.start(index) + max(0, offset), self.start(index + 1))


class Plan(NamedTuple):
    """The two axes of a sheet."""

    columns: Axis
    rows: Axis

    def cell_at(self, point: tuple[int, int]) -> tuple[int, int]:
        """Row and column at a point."""
        return self.rows.at(point[1]), self.columns.at(point[0])

    def rect(self, row: int, col: int, row_span: int = 1, col_span: int = 1) -> Rect:
        """The rectangle of a cell."""
        columns, rows = self.columns, self.rows
        return Rect(columns.start(col), rows.start(row), columns.start(col + col_span), rows.start(row + row_span))
