"""Tables without rules whose cells are ticked by a typed cross: each cross stands under a heading, beside a title. Pure.

The headings make the columns. A table of which one line does not fit them is none.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from formfill.readers._alignrows import TitleLine, blocks
from formfill.readers._aligntiling import edges, tiling

if TYPE_CHECKING:
    from collections.abc import Sequence

    from formfill.readers._alignpieces import Level, Piece
    from formfill.readers._grid import Tiling

ROOM: Final = 3.5
"""Rows of a table are no further apart than this many times their height."""
_LEFT: Final = 4.0
"""Titles that begin nearer than this to each other, in points, are of one column."""


class _Heads(NamedTuple):
    """A row of headings."""

    level: int
    columns: tuple[Piece, ...]
    """Those that crosses may stand under."""
    title: float
    """x where titles begin."""


def crossed(levels: Sequence[Level], separators: Sequence[float]) -> list[Tiling]:
    """The tables that typed crosses stand in, top to bottom.

    Args:
        levels: the rows of pieces of a page outside its other tables.
        separators: y of its rules and of the edges of its bands.
    """
    found: list[Tiling] = []
    after = 0
    for index, level in enumerate(levels):
        if index < after or not _is_crossed(level):
            continue
        heads = _heads(levels, index, after)
        if heads is None:
            continue
        last = index
        while last + 1 < len(levels) and _fits(levels[last + 1], heads) and _near(levels[last], levels[last + 1]):
            last += 1
        made = _table(levels, heads, last, separators)
        if made is not None:
            found.append(made)
            after = last + 1
    return found


def _is_crossed(level: Level) -> bool:
    """Tells whether a row is a title, then crosses typed by themselves."""
    marks = level.marks
    return bool(marks) and not level.pieces[0].marks and all(mark.spot is None for mark in marks)


def _near(a: Level, b: Level) -> bool:
    return b.top - a.bottom <= ROOM * (b.pieces[0].bottom - b.pieces[0].top)


def _heads(levels: Sequence[Level], index: int, least: int) -> _Heads | None:
    """The headings over a row with crosses: the highest row that has words over each of them, with only rows of theirs between."""
    own = levels[index]
    title = own.pieces[0].x0
    best: _Heads | None = None
    for at in range(index - 1, least - 1, -1):
        level = levels[at]
        if not _near(level, levels[at + 1]) or (level.marks and any(mark.spot for mark in level.marks)):
            break
        columns = tuple(piece for piece in level.pieces if piece.x0 > title + _LEFT and not piece.marks)
        heads = _Heads(at, columns, title)
        if len(columns) > 1 and all(_column(mark, columns) is not None for mark in own.marks):
            between = levels[at + 1 : index + 1]
            if not all(_fits(row, heads) for row in between):
                break
            best = heads
        elif level.pieces[0].x0 < title - _LEFT or level.pieces[0].x1 > min(mark.x0 for mark in own.marks):
            break
    return best


def _column(piece: Piece, columns: Sequence[Piece]) -> int | None:
    """The heading that a piece stands under: the one that it shares its width with, or whose middle is nearer by far."""
    shared = [k for k, head in enumerate(columns) if piece.x0 < head.x1 + 1 and piece.x1 > head.x0 - 1]
    if len(shared) == 1:
        return shared[0]
    if shared:
        return None
    far = sorted((abs(piece.middle - head.middle), k) for k, head in enumerate(columns))
    pitch = min((b.middle - a.middle for a, b in pairwise(columns)), default=0.0)
    return far[0][1] if far[0][0] < 0.4 * pitch else None


def _fits(level: Level, heads: _Heads) -> bool:
    """Tells whether each piece of a row is a title, or stands under one heading."""
    first = level.pieces[0]
    if first.x0 < heads.title - _LEFT or any(mark.spot for mark in level.marks):
        return False
    for piece in level.pieces:
        title = piece.x1 < heads.columns[0].x0 - 1 and not piece.marks
        if not title and _column(piece, heads.columns) is None:
            return False
    return True


def _table(levels: Sequence[Level], heads: _Heads, last: int, separators: Sequence[float]) -> Tiling | None:
    body = list(range(heads.level + 1, last + 1))
    sides = [[piece] for piece in heads.columns]
    titles = [piece for piece in levels[heads.level].pieces if piece not in heads.columns]
    for index in body:
        for piece in levels[index].pieces:
            column = None if piece.x1 < heads.columns[0].x0 - 1 and not piece.marks else _column(piece, heads.columns)
            (titles if column is None else sides[column]).append(piece)
    xs = edges([(min(p.x0 for p in own), max(p.x1 for p in own)) for own in (titles, *sides)])
    if xs is None:
        return None
    lines = []
    for index in body:
        level = levels[index]
        words = level.pieces[0].text if level.pieces[0].x0 < heads.columns[0].x0 - 1 else ""
        lines.append(TitleLine(words, level.top, level.bottom, bool(level.marks)))
    rows = [[heads.level], *(body[block.first : block.after] for block in blocks(lines, separators))]
    spread = [(min(levels[k].top for k in row), max(levels[k].bottom for k in row)) for row in rows]
    return tiling(xs, spread, {})
