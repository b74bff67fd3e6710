"""A table of boxes in columns, without rules: its headings, its titles, its cells. Pure.

Where nothing tells which title or which heading is a box's own, it is in doubt.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from formfill.model.document import Evidence, Says
from formfill.readers._aligngroups import meets
from formfill.readers._alignpairs import COLUMN
from formfill.readers._alignrows import TitleLine, blocks
from formfill.readers._aligntiling import edges, tiling

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from formfill.model.geometry import Box
    from formfill.readers._aligngroups import Group
    from formfill.readers._alignpieces import Level, Piece
    from formfill.readers._grid import Tiling

ABOVE: Final = 2.5
"""A heading, or the first line of a title, is no further from what it names than this many times its height."""
HIGHEST: Final = 14.0
"""Words that run up are as near to what they name as words of this height, in points."""
MOST_HEADS: Final = 6
"""Most lines of the headings."""
NO_HEADING: Final = Evidence("alignment", Says.UNCLEAR, "no heading above its column")
NO_TITLE: Final = Evidence("alignment", Says.UNCLEAR, "no rule tells which line is its title")
TWO_HEADINGS: Final = Evidence("alignment", Says.UNCLEAR, "words above and below")


class Aligned(NamedTuple):
    """What the boxes of a page that stand in columns make."""

    tables: list[Tiling]
    doubts: dict[Box, Evidence]
    """The boxes whose words are not told."""


class Matrix:
    """A group of rows on its way to a table."""

    def __init__(self, found: Sequence[Level], group: Group, separators: Sequence[Box]) -> None:
        self._levels, self._group = found, group
        self._zone = group.zone
        self._separators = separators
        first, last = group.rows[0], group.rows[-1]
        self._body = list(range(first, last + 1))
        self._heads: list[int] = []
        self._single = len(group.columns) == 1

    def made(self) -> Aligned:
        """The table, and what is not told of it."""
        group = self._group
        self._find_heads()
        several = len(group.rows) > 1
        if not self._heads:
            return self._below() if not several and not self._single else self._without_heads()
        if self._single and not several:
            return Aligned([], {})
        if not several and not self._one_each(self._heads[-1]):
            return Aligned([], {})
        if not several and not self._titled() and self._one_each(group.rows[-1] + 1):
            return self._doubting(group.marks, TWO_HEADINGS)
        self._find_foot()
        return self._tiled()

    def _doubting(self, marks: Iterable[Piece], why: Evidence) -> Aligned:
        return Aligned([], {mark.spot.box: why for mark in marks if mark.spot is not None})

    def _without_heads(self) -> Aligned:
        if self._single:
            if len(self._body) == len(self._group.rows):
                return Aligned([], {})
            self._find_foot()
            return self._tiled()
        return self._doubting(self._group.marks, NO_HEADING)

    def _below(self) -> Aligned:
        """One row of boxes over their words."""
        under = self._group.rows[-1] + 1
        if self._titled() or not self._one_each(under):
            return Aligned([], {})
        self._body.append(under)
        return self._tiled(one_row=True)

    def _titled(self) -> bool:
        return any(not piece.marks for row in self._group.rows for piece in self._levels[row].pieces)

    def _one_each(self, index: int) -> bool:
        """Tells whether a line next to the row of boxes has a piece of words for each of them, and is as near as headings are."""
        rows = self._group.rows
        if not 0 <= index < len(self._levels):
            return False
        level = self._levels[index]
        room = level.top - self._levels[rows[-1]].bottom if index > rows[-1] else self._levels[rows[0]].top - level.bottom
        own = [piece for piece in level.pieces if meets(piece, self._zone)]
        if room > ABOVE * (level.bottom - level.top) or any(piece.marks for piece in level.pieces):
            return False
        return sorted(self._group.column(piece.middle) for piece in own) == list(range(len(self._group.columns)))

    # ------------------------------------------------------------------------------------------------------ its rows

    def _find_heads(self) -> None:
        """Finds the headings, and the titles that begin above the first row of boxes."""
        index, near = self._body[0] - 1, self._levels[self._body[0]].top
        before: list[int] = []
        while index >= 0 and len(self._heads) < MOST_HEADS:
            level = self._levels[index]
            high = min(min(piece.bottom - piece.top for piece in level.pieces), HIGHEST)
            if near - level.bottom > ABOVE * high or level.marks or self._runs_over(level):
                break
            if any(self._over_columns(piece) for piece in level.pieces):
                self._heads.insert(0, index)
            elif self._heads:
                break
            else:
                before.insert(0, index)
            near, index = level.top, index - 1
        self._body = [*before, *self._body] if self._heads else self._body

    def _over_columns(self, piece: Piece) -> bool:
        left, right = self._zone
        reach = self._reach()
        return piece.x1 > left - reach and piece.x0 < right + reach and not self._beyond(piece)

    def _reach(self) -> float:
        """How far beside its box a heading may stand: half the distance between columns."""
        columns = self._group.columns
        return min((b - a for a, b in pairwise(columns)), default=60.0) / 2

    def _beyond(self, piece: Piece) -> bool:
        """Tells whether words are the heading of titles or remarks rather than of boxes."""
        return any(abs(piece.x0 - other.x0) <= COLUMN for other in self._words()) and not any(
            piece.x0 - 1 <= x <= piece.x1 + 1 for x in self._group.columns
        )

    def _words(self) -> list[Piece]:
        return [piece for row in self._group.rows for piece in self._levels[row].pieces if not piece.marks]

    def _runs_over(self, level: Level) -> bool:
        """Tells whether a line runs from the titles over the boxes: a text, and no heading."""
        ends = [piece.x1 for piece in self._words() if piece.x1 <= self._zone[0] + 1]
        starts = [piece.x0 for piece in self._words() if piece.x1 <= self._zone[0] + 1]
        return bool(ends) and any(piece.x0 <= max(starts) + COLUMN and piece.x1 > self._group.columns[0] for piece in level.pieces)

    def _find_foot(self) -> None:
        """Finds the lines on which the last title goes on."""
        index, last = self._body[-1] + 1, self._levels[self._body[-1]]
        words = [piece for piece in last.pieces if not piece.marks]
        while index < len(self._levels) and words:
            level = self._levels[index]
            room = level.top - last.top
            go_on = all(piece.text[:1].islower() and piece.x1 <= self._zone[0] + 1 for piece in level.pieces)
            if level.marks or not go_on or room > ABOVE * (last.bottom - last.top) or self._cut(last, level):
                break
            self._body.append(index)
            last, index = level, index + 1

    def _cut(self, a: Level, b: Level) -> bool:
        return any((a.top + a.bottom) / 2 < y < (b.top + b.bottom) / 2 for y in self._rules())

    def _rules(self) -> list[float]:
        """Y of the rules and bands that run over the whole table."""
        left, right = min(p.x0 for p in self._words()) if self._words() else self._zone[0], self._group.columns[-1]
        return [y for box in self._separators if box.x0 <= left + COLUMN and box.x1 >= right for y in (box.top, box.bottom)]

    # ------------------------------------------------------------------------------------------------------ its cells

    def _tiled(self, *, one_row: bool = False) -> Aligned:
        """The cells; doubts instead when columns cannot be told apart."""
        columns = self._columns()
        if columns is None:
            return self._doubting(self._group.marks, NO_HEADING)
        xs, first = columns
        heads = [[index] for index in self._heads if self._spans(index)]
        plain = [index for index in self._heads if not self._spans(index)]
        heads += [plain] if plain else []
        heads.sort()
        doubts: dict[Box, Evidence] = {}
        rows = list(heads)
        if one_row:
            rows.append(list(self._body))
        else:
            lines = [self._title_line(index) for index in self._body]
            for block in blocks(lines, self._rules()):
                own = self._body[block.first : block.after]
                rows.append(own)
                if block.doubt:
                    doubts |= self._doubting((m for index in own for m in self._levels[index].marks), NO_TITLE).doubts
        if len(self._group.columns) > 1 and self._heads:
            named = {self._group.column(p.middle) for i in self._heads for p in self._levels[i].pieces if self._over_columns(p)}
            spanned = {k for i in self._heads for p in self._levels[i].pieces for k in self._under(p)}
            doubts |= self._doubting(
                (m for m in self._group.marks if self._group.column(m.middle) not in named | spanned), NO_HEADING
            ).doubts
        return Aligned([self._cells(xs, first, rows)], doubts)

    def _title_line(self, index: int) -> TitleLine:
        level = self._levels[index]
        left = [piece for piece in level.pieces if not piece.marks and piece.x1 <= self._zone[0] + 1]
        words = left or [piece for piece in level.pieces if not piece.marks]
        return TitleLine(words[0].text if words else "", level.top, level.bottom, bool(level.marks))

    def _under(self, piece: Piece) -> list[int]:
        """The columns whose boxes stand under some words."""
        return [k for k, x in enumerate(self._group.columns) if piece.x0 - 1 <= x <= piece.x1 + 1]

    def _spans(self, index: int) -> bool:
        return any(len(self._under(piece)) > 1 for piece in self._levels[index].pieces)

    def _columns(self) -> tuple[list[float], int] | None:
        """The edges of the columns, and which is the first of boxes; None where they overlap."""
        group = self._group
        count = len(group.columns)
        extents: list[list[Piece]] = [[] for _ in range(count + 2)]
        for index in (*self._heads, *self._body):
            for piece in self._levels[index].pieces:
                if not piece.marks and len(self._under(piece)) > 1:
                    continue
                extents[self._column_of(piece)].append(piece)
        used = [k for k, own in enumerate(extents) if own]
        xs = edges([(min(p.x0 for p in extents[k]), max(p.x1 for p in extents[k])) for k in used])
        return (xs, used.index(1)) if xs is not None else None

    def _column_of(self, piece: Piece) -> int:
        """0 for titles, then the columns of boxes, then remarks."""
        group = self._group
        left, right = self._zone
        if piece.marks or self._under(piece):
            return 1 + group.column(piece.middle if piece.marks else group.columns[self._under(piece)[0]])
        reach = self._reach()
        if piece.middle < left - reach or (piece.x1 <= left and self._beyond(piece)):
            return 0
        if piece.middle > right + reach or (piece.x0 >= right and self._beyond(piece)):
            return len(group.columns) + 1
        return 1 + group.column(piece.middle)

    def _cells(self, xs: list[float], first: int, rows: Sequence[Sequence[int]]) -> Tiling:
        spans = {
            (r, first + under[0]): len(under)
            for r, row in enumerate(rows)
            for index in row
            if index in self._heads and len(row) == 1
            for piece in self._levels[index].pieces
            if len(under := self._under(piece)) > 1
        }
        spread = [(min(self._levels[k].top for k in row), max(self._levels[k].bottom for k in row)) for row in rows]
        return tiling(xs, spread, spans)
