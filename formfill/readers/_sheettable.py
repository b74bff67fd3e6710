"""The table of a sheet: its headings, and the cells of its body that are ticked by a cross, a fill or diagonals. Pure.

A fill is a mark when it is set apart: from the other cells of its column, and from the title of its row. Fills that a whole
column, a whole row or every second row has are the sheet's design.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from formfill.model.document import Evidence, Says
from formfill.model.glyphs import BOX_GLYPHS, EMPTY_BOXES
from formfill.readers._marks import STRUCK
from formfill.readers._sheetglyphs import lone
from formfill.readers._sheetmodel import Tick
from formfill.readers._sheetstruck import struck
from formfill.text import squeeze

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.readers._sheetmodel import Cells, SheetCell

_LETTER: Final = re.compile(r"[^\W\d_]")
_TALLEST: Final = 4
"""Most rows that a heading spans; a banner down the side is none."""
_MOST: Final = 0.75
"""Part of the columns that a row of headings names."""
_LONGEST: Final = 60
"""Longest heading of a table that stands under another, in characters."""
_USUAL: Final = 0.6
"""Part of a column's cells that must have a fill for it to be the column's."""
_BARE: Final = 0.1
"""Part of a column's cells without fill from which no fill is the column's."""


class Table(NamedTuple):
    """Where the table of a sheet is."""

    top: int
    """First row of headings."""
    body: int
    """First row under the headings."""
    headings: dict[int, str]
    """Heading of each column of the body."""
    titles: dict[int, str]
    """Title of each row of the body that has one."""
    title_column: int
    """The column of the titles: the first."""
    later: tuple[tuple[int, dict[int, str]], ...] = ()
    """The rows further down that hold headings of their own, and these: tables that stand under the first."""

    def headings_of(self, row: int) -> dict[int, str]:
        """The headings above a row of the body."""
        found = self.headings
        for start, headings in self.later:
            if row < start:
                break
            found = headings
        return found

    def label(self, row: int, col: int) -> str:
        """``heading | title`` of a cell of the body; what there is of both."""
        return " | ".join(part for part in (self.headings_of(row).get(col, ""), self.titles.get(row, "")) if part)

    def holds(self, row: int, col: int) -> bool:
        """Tells whether a position is in the body, beside the titles."""
        if row < self.body or col == self.title_column:
            return False
        return col in self.headings_of(row) and all(row != start for start, _headings in self.later)


def find_table(cells: Cells) -> Table | None:
    """The table of the sheet; None when no row looks like headings.

    The headings are the first row with about as many short-spanned texts as the fullest one; a text with a colon is a field to
    fill in, one with a box is a choice.
    """
    rows: defaultdict[int, list[SheetCell]] = defaultdict(list)
    weight: defaultdict[int, float] = defaultdict(float)
    for cell in cells.cells.values():
        rows[cell.row].append(cell)
        if _wordy(cell):
            weight[cell.row] += 0.25 if ":" in cell.text else 1
    most = max(weight.values(), default=0)
    if most < 2:
        return None
    top = min(row for row, found in weight.items() if found >= 0.75 * most and found >= 2)
    named = [cell for cell in rows[top] if cell.text.strip() and not cell.ticks]
    # headings that begin above: a corner merged over two rows, beside names that are merged over their columns
    named += [cell for row in range(max(0, top - 3), top) for cell in rows[row] if cell.row + cell.row_span > top and _wordy(cell)]
    body = max([top + 1, *(cell.row + cell.row_span for cell in named if cell.row_span <= _TALLEST)])
    headings: dict[int, str] = {}
    for row in range(top, body):
        for cell in sorted(rows[row] if row > top else named, key=lambda cell: cell.col):
            for col in range(cell.col, cell.col + cell.col_span) if cell.text.strip() else ():
                if col not in headings or (cell.col_span == 1 and _spans(named, col)):
                    headings[col] = squeeze(cell.text)
    if body >= cells.rows or len(headings) < 2:
        return None
    titles = _titles(cells, body, min(headings))
    first = min([min(headings), *(col for col, _line in titles.values())])
    named_titles = {row: line for row, (_col, line) in titles.items()}
    return Table(top, body, headings, named_titles, first, tuple(_later(rows, body, headings)))


def _later(rows: dict[int, list[SheetCell]], body: int, headings: dict[int, str]) -> Iterator[tuple[int, dict[int, str]]]:
    """The rows of headings of the tables under the first.

    Such a row has short words in most columns, and stands under an empty row, or is filled from side to side: a person who writes
    words in the place of crosses fills neither.
    """
    said = {row for row, found in rows.items() if any(cell.text.strip() for cell in found)}
    for row in sorted(said):
        found = [cell for cell in rows[row] if cell.text.strip()]
        if row <= body or len(found) < max(3, _MOST * len(headings)) or not all(_wordy(cell) for cell in found):
            continue
        if any(len(cell.text) > _LONGEST or ":" in cell.text or cell.row_span > _TALLEST for cell in found):
            continue
        if row - 1 not in said or all(cell.look.fill for cell in found):
            yield row, {col: squeeze(cell.text) for cell in found for col in range(cell.col, cell.col + cell.col_span)}


def _wordy(cell: SheetCell) -> bool:
    """Tells whether the cell holds words: no figure, no lone sign, no box."""
    return not cell.number and not cell.ticks and bool(_LETTER.search(cell.text)) and lone(cell.text) is None


def _spans(named: list[SheetCell], col: int) -> bool:
    """Tells whether the heading of a column is one that it shares with others."""
    return any(cell.col <= col < cell.col + cell.col_span for cell in named if cell.col_span > 1)


def _titles(cells: Cells, body: int, first: int) -> dict[int, tuple[int, str]]:
    """The column and text of the title of each row: the first line of its first cell that holds words, left of the ticks."""
    found: dict[int, tuple[int, str]] = {}
    for cell in cells.cells.values():
        if cell.col > first + 1 or cell.row + cell.row_span <= body or not _wordy(cell):
            continue
        line = next(filter(None, map(squeeze, cell.text.split("\n"))), "")
        for row in range(max(cell.row, body), min(cell.row + cell.row_span, cells.rows)):
            if row not in found or cell.col < found[row][0]:
                found[row] = cell.col, line
    return found


def tick_body(cells: Cells, table: Table) -> None:
    """Gives the cells of the body that are ticked their evidence."""
    body: defaultdict[int, list[SheetCell]] = defaultdict(list)
    for cell in cells.cells.values():
        if table.holds(cell.row, cell.col) and cell.row < cells.rows and cell.checked is None:
            body[cell.col].append(cell)
    crosses = {id(cell): seen for column in body.values() for cell in column if (seen := lone(cell.text)) is not None}
    crosses.update(ones(body, crosses, cells.rows - table.body))
    marked = {col: [cell for cell in column if id(cell) in crosses or not cell.text.strip()] for col, column in body.items()}
    fills = _Fills(cells, table, body, marked)
    for col, column in body.items():
        said = sum(1 for cell in column if cell.text.strip() and id(cell) not in crosses and not cell.ticks)
        told = [cell for cell in column if id(cell) in crosses]
        drawn = [cell for cell in marked[col] if fills.apart(cell) or cell.look.diagonals == 2]
        half = [cell for cell in marked[col] if cell.look.diagonals == 1]
        shows = not said or said <= len({id(cell) for cell in [*told, *drawn]})
        for cell in marked[col]:
            evidence = [crosses[id(cell)]] if id(cell) in crosses else []
            if shows or evidence:
                evidence += fills.evidence(cell)
                if cell.look.diagonals == 2:
                    evidence.append(Evidence("diagonals", Says.TICKED, "diagonalUp diagonalDown"))
                elif cell.look.diagonals == 1 and len(half) * 2 <= max(2, len(marked[col])) and not evidence:
                    evidence.append(Evidence("diagonals", Says.UNCLEAR, "a single diagonal"))
            if id(cell) in crosses and any(struck(cell)):
                evidence.append(STRUCK)
            if evidence:
                printed = all(item.says is Says.BLANK for item in evidence)
                cell.ticks = [Tick(evidence, table.label(cell.row, cell.col), printed=printed)]


def ones(body: dict[int, list[SheetCell]], crosses: dict[int, Evidence], rows: int) -> dict[int, Evidence]:
    """The figures 1 that stand for crosses: in columns that hold nothing else but crosses, where figures are not the rule."""
    numeric = [
        col for col, column in body.items() if any(cell.number and cell.text.strip() not in {"", "1"} for cell in column)
    ]  # fmt: skip
    found: dict[int, Evidence] = {}
    columns = 0
    for column in body.values():
        said = [cell for cell in column if cell.text.strip()]
        ones = [cell for cell in said if cell.text.strip() == "1"]
        others = sum(1 for cell in said if id(cell) in crosses)
        if ones and len(ones) + others == len(said) and (others or len(said) < rows):
            columns += 1
            found.update((id(cell), Evidence("typed", Says.TICKED, "U+0031 1")) for cell in ones)
    return found if columns > len(numeric) else {}


class _Fills:
    """Which fills of the body are set apart."""

    def __init__(self, cells: Cells, table: Table, body: dict[int, list[SheetCell]], marked: dict[int, list[SheetCell]]) -> None:
        self._titles = {
            row: cell.look.fill
            for row in {cell.row for column in marked.values() for cell in column if cell.look.fill}
            if (cell := cells.at(row, table.title_column)) is not None
        }
        used = {cell.row for cell in cells.cells.values() if table.body <= cell.row < cells.rows}
        bare = {
            col: sum(1 for row in used if (row, col) not in cells.covered)
            - sum(1 for cell in body[col] if cell.look.fill or cell.text)
            for col in marked
        }
        self._usual: dict[int, str | None] = {}
        for col, column in marked.items():
            fills = Counter(cell.look.fill for cell in column if cell.look.fill)
            if fills:
                filled, (fill, most) = fills.total(), fills.most_common(1)[0]
                none = bare[col]
                design = none < _BARE * (filled + none) and most >= _USUAL * filled and (filled > 2 or not any(bare.values()))
                self._usual[col] = fill if design else None
        self._bands = _bands(table, marked)

    def apart(self, cell: SheetCell) -> bool:
        """Tells whether the cell has a fill that its column, its row and its band have not."""
        fill = cell.look.fill
        return bool(fill) and fill not in {self._usual.get(cell.col), self._titles.get(cell.row)} and cell.row not in self._bands

    def evidence(self, cell: SheetCell) -> list[Evidence]:
        """What the fill of the cell says."""
        if not self.apart(cell):
            return []
        says = Says.UNCLEAR if cell.look.hatched and not cell.text.strip() else Says.TICKED
        return [] if cell.look.hatched and cell.text.strip() else [Evidence("shading", says, f"fill {cell.look.fill}")]


def _bands(table: Table, marked: dict[int, list[SheetCell]]) -> set[int]:
    """The rows of zebra stripes: every second row filled from side to side with one colour, at least three of them."""
    fills: defaultdict[int, list[str | None]] = defaultdict(list)
    for column in marked.values():
        for cell in column:
            fills[cell.row].append(cell.look.fill)
    striped = sorted(row for row, found in fills.items() if len(set(found)) == 1 and found[0] and len(found) > 1)
    others = [row for row, found in fills.items() if any(found) and row not in striped]
    steps = {b - a for a, b in pairwise(striped)}
    return set(striped) if len(striped) > 2 and steps == {2} and not others else set()


def loose_crosses(cells: Cells, table: Table | None) -> None:
    """The cells outside the body that hold one sign: marks labelled by the text beside them."""
    rows: defaultdict[int, list[tuple[SheetCell, Evidence]]] = defaultdict(list)
    for cell in sorted(cells.cells.values(), key=lambda cell: (cell.row, cell.col)):
        if not cell.text or cell.ticks or (table is not None and cell.row >= table.top):
            continue
        seen = lone(cell.text)
        if seen is not None:
            rows[cell.row].append((cell, seen))
    for found in rows.values():
        # the first of the row tells whether labels stand before their boxes
        before = bool(beside(cells, found[0][0], before=True))
        for cell, seen in found:
            label = beside(cells, cell, before=before) or beside(cells, cell, before=not before) or _question(cells, cell)
            if label or cell.text.strip() in BOX_GLYPHS:
                crossed_out = any(struck(cell))
                printed = cell.text.strip() in EMPTY_BOXES and not crossed_out
                cell.ticks = [Tick([seen, STRUCK] if crossed_out else [seen], label, printed=printed)]


def _question(cells: Cells, cell: SheetCell) -> str:
    """The question before a cell whose own words were overwritten by a cross."""
    other = cells.at(cell.row, cell.col - 1)
    return squeeze(other.text) if other is not None and other.text.rstrip().endswith(":") else ""


def beside(cells: Cells, cell: SheetCell, *, before: bool) -> str:
    """The text of the cell before or after another, unless it is a question (« Option : ») or has boxes of its own."""
    other = cells.at(cell.row, cell.col - 1 if before else cell.col + cell.col_span)
    if other is None or other.ticks or not _LETTER.search(other.text) or other.text.rstrip().endswith(":"):
        return ""
    return squeeze(other.text)
