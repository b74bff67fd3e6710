"""Rows of a title and several boxes with their words, one row under another without rules: « Anglais ☐ Oui ☐ Non ». Pure.

Read as running text, the last words of a row and the title of the next are one: the rows are told by their boxes, which stand one
above the other. Words belong to the box before them, unless all stand clearly nearer to the box after.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from formfill.readers._aligntiling import edges, tiling

if TYPE_CHECKING:
    from collections.abc import Sequence

    from formfill.readers._alignpieces import Level, Piece
    from formfill.readers._grid import Tiling

COLUMN: Final = 4.0
"""Boxes whose middles are nearer than this across, in points, stand in one column."""
APART: Final = 60.0
"""Rows further apart than this, in points, are of two tables."""
_CLEARLY: Final = 0.6
"""Words are clearly nearer to one box when their distance is at most this share of that to the other."""


def paired(levels: Sequence[Level]) -> list[Tiling]:
    """The tables of such rows, two rows at least."""
    found: list[Tiling] = []
    run: list[Level] = []
    for level in [*levels, None]:
        if level is not None and _is_row(level) and (not run or _like(run[-1], level)):
            run.append(level)
            continue
        if len(run) > 1 and (made := _table(run)) is not None:
            found.append(made)
        run = [level] if level is not None and _is_row(level) else []
    return found


def _is_row(level: Level) -> bool:
    """Tells whether a row is a title, then boxes that each have words after them."""
    signs = [piece.marks for piece in level.pieces]
    if any(piece.marks and piece.spot is None for piece in level.pieces) or sum(signs) < 2 or signs[0] or signs[-1]:
        return False
    return not any(a and b for a, b in pairwise(signs))


def _like(above: Level, below: Level) -> bool:
    """Tells whether two rows have their boxes one above the other, and nothing between them."""
    a, b = above.marks, below.marks
    level = len(a) == len(b) and all(abs(p.middle - q.middle) <= COLUMN for p, q in zip(a, b, strict=True))
    return level and below.top - above.bottom <= APART


def _table(rows: Sequence[Level]) -> Tiling | None:
    before = all(_nearer_before(row.pieces) for row in rows)
    count = len(rows[0].marks)
    columns: list[list[Piece]] = [[] for _ in range(count + 1)]
    for row in rows:
        column = 0
        for piece in row.pieces:
            column += piece.marks and not before
            columns[column].append(piece)
            column += piece.marks and before
    xs = edges([(min(p.x0 for p in own), max(p.x1 for p in own)) for own in columns])
    return tiling(xs, [(row.top, row.bottom) for row in rows], {}) if xs is not None else None


def _nearer_before(pieces: Sequence[Piece]) -> bool:
    """Tells whether each box stands clearly nearer to the words before it than to those after."""
    return all(
        box.x0 - left.x1 <= _CLEARLY * (right.x0 - box.x1)
        for left, box, right in zip(pieces, pieces[1:], pieces[2:], strict=False)
        if box.marks
    )
