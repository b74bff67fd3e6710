"""Boxes of a page that stand in the same columns, row under row, with no words between them. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from formfill.readers._alignpairs import COLUMN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from formfill.readers._alignpieces import Level, Piece

APART: Final = 90.0
"""Boxes further apart down the page than this, in points, are of two tables."""


@dataclass(slots=True)
class Group:
    """Rows of boxes in the same columns."""

    rows: list[int]
    """Indexes of the levels."""
    columns: list[float] = field(default_factory=list)
    """x of the middles."""
    marks: list[Piece] = field(default_factory=list)

    def add(self, index: int, marks: Sequence[Piece]) -> None:
        """Takes in a row, and its boxes."""
        self.rows.append(index)
        self.marks += marks
        self.columns += [m.middle for m in marks if all(abs(m.middle - x) > COLUMN for x in self.columns)]
        self.columns.sort()

    def column(self, x: float) -> int:
        """The column nearest to a place."""
        return min(range(len(self.columns)), key=lambda k: abs(self.columns[k] - x))

    @property
    def zone(self) -> tuple[float, float]:
        """Where its boxes begin and end across."""
        return min(m.x0 for m in self.marks), max(m.x1 for m in self.marks)


def groups(levels: Sequence[Level]) -> list[Group]:
    """The rows of boxes that stand in the same columns, with nothing between them but titles."""
    found: list[Group] = []
    current: Group | None = None
    for index, level in enumerate(levels):
        marks = level.marks
        if not any(mark.spot for mark in marks) and not (current is not None and _all_in(marks, current)):
            if current is not None and any(meets(piece, current.zone) for piece in level.pieces):
                current = None
            continue
        if not _side_by_side(level):
            current = None
            continue
        near = current is not None and level.top - levels[current.rows[-1]].bottom <= APART
        if current is not None and near and any(abs(m.middle - x) <= COLUMN for m in marks for x in current.columns):
            current.add(index, marks)
        else:
            current = Group([])
            current.add(index, marks)
            found.append(current)
    return found


def _all_in(marks: Sequence[Piece], group: Group) -> bool:
    """Tells whether some crosses stand in the columns of a group: typed in the place of a box."""
    return bool(marks) and all(abs(mark.middle - group.columns[group.column(mark.middle)]) <= COLUMN for mark in marks)


def meets(piece: Piece, zone: tuple[float, float]) -> bool:
    """Tells whether words reach between the first and the last of some columns."""
    return piece.x1 > zone[0] - 1 and piece.x0 < zone[1] + 1


def _side_by_side(level: Level) -> bool:
    """Tells whether the boxes of a row have no words between them, and are not one box before its words."""
    ranks = [k for k, piece in enumerate(level.pieces) if piece.marks]
    if ranks[-1] - ranks[0] != len(ranks) - 1:
        return False
    return len(ranks) > 1 or ranks[0] == len(level.pieces) - 1
