"""Empty boxes of a sheet whose cell is filled or crossed, or whose label is: ticked that way, or so drawn by who made it. Pure.

Nothing tells which: such a box is in doubt, unless its row, its column or the sheet looks alike. Boxes that are ticked stay so.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from formfill.model.document import Evidence, MarkState, Says
from formfill.readers._marks import weigh
from formfill.text import squeeze

if TYPE_CHECKING:
    from collections.abc import Sequence

    from formfill.readers._sheetmodel import Cells, SheetCell
    from formfill.readers._sheettable import Table

_STRIPES: Final = 4
"""Fewest boxes one under the other that a pattern of every second row is seen in."""


class _Unit(NamedTuple):
    """A cell with boxes, and the cell of its label, when that is another."""

    cell: SheetCell
    label: SheetCell | None

    @property
    def look(self) -> tuple[str | None, int]:
        return self.cell.look.fill, self.cell.look.diagonals

    @property
    def label_fill(self) -> str | None:
        return self.label.look.fill if self.label is not None else None

    @property
    def is_empty(self) -> bool:
        return len(self.cell.ticks) == 1 and weigh(self.cell.ticks[0].evidence) is MarkState.BLANK


def doubt_filled(cells: Cells, table: Table | None) -> None:
    """Makes the empty boxes in doubt that a fill or a diagonal sets apart from their neighbours."""
    boxed = [cell for cell in cells.cells.values() if cell.ticks]
    if not any(_Unit(cell, None).is_empty for cell in boxed):
        return
    by_row: defaultdict[int, list[SheetCell]] = defaultdict(list)
    for cell in boxed:
        by_row[cell.row].append(cell)
    units = [_Unit(cell, _label(cells, table, cell, alone=len(by_row[cell.row]) == 1)) for cell in boxed]
    rows: defaultdict[int, list[_Unit]] = defaultdict(list)
    columns: defaultdict[int, list[_Unit]] = defaultdict(list)
    for unit in units:
        rows[unit.cell.row].append(unit)
        columns[unit.cell.col].append(unit)
    surroundings = _Surroundings(cells, set(rows))
    for unit in units:
        if unit.is_empty:
            around = [other for other in (*rows[unit.cell.row], *columns[unit.cell.col]) if other is not unit]
            seen = _of_cell(unit, around, rows, columns, surroundings) or _of_label(unit, around, rows, columns)
            unit.cell.ticks[0].evidence += seen
            unit.cell.ticks[0].printed &= not seen


def _label(cells: Cells, table: Table | None, cell: SheetCell, *, alone: bool) -> SheetCell | None:
    """The cell that holds the label of a lone box: beside it, or the title of its row when the row has no other box."""
    told = cell.ticks[0].label
    if len(cell.ticks) != 1 or told is None:
        return None
    for col in (cell.col - 1, cell.col + cell.col_span):
        other = cells.at(cell.row, col) if col >= 0 else None
        if other is not None and other.text and squeeze(other.text) == told:
            return other
    return cells.at(cell.row, table.title_column) if alone and table is not None and table.holds(cell.row, cell.col) else None


class _Surroundings:
    """The looks of the rows of a sheet."""

    def __init__(self, cells: Cells, boxed_rows: set[int]) -> None:
        self._rows: defaultdict[int, list[str | None]] = defaultdict(list)
        self.elsewhere: set[str | None] = set()
        """Fills of the rows that have no box."""
        for cell in cells.cells.values():
            if cell.text.strip() or cell.look.fill:
                self._rows[cell.row].append(cell.look.fill)
            if cell.row not in boxed_rows:
                self.elsewhere.add(cell.look.fill)

    def is_band(self, row: int, fill: str | None) -> bool:
        """Tells whether a row is of that colour: all of it where a row without boxes is too, else most of at least three cells."""
        found = self._rows[row]
        same = found.count(fill)
        return (len(found) > 2 and same * 2 > len(found)) or (same == len(found) and fill in self.elsewhere)


def _of_cell(
    unit: _Unit,
    around: Sequence[_Unit],
    rows: dict[int, list[_Unit]],
    columns: dict[int, list[_Unit]],
    surroundings: _Surroundings,
) -> list[Evidence]:
    fill, diagonals = unit.look
    if fill is None and not diagonals:
        return []
    row, column = rows[unit.cell.row], columns[unit.cell.col]
    if (len(row) > 1 and all(other.look == unit.look for other in row)) or _usual([other.look == unit.look for other in column]):
        return []
    if not diagonals:
        if any(_coloured([other.cell.look.fill for other in line], fill) for line in (row, column)):
            return []
        if surroundings.is_band(unit.cell.row, fill) or (not around and fill in surroundings.elsewhere):
            return []
    seen = [Evidence("shading", Says.UNCLEAR, f"fill {fill}")] if fill is not None else []
    return [*seen, Evidence("diagonals", Says.UNCLEAR, f"{diagonals} of 2")] if diagonals else seen


def _of_label(
    unit: _Unit, around: Sequence[_Unit], rows: dict[int, list[_Unit]], columns: dict[int, list[_Unit]]
) -> list[Evidence]:
    fill = unit.label_fill
    named = [other for other in around if other.label is not None]
    if fill is None or not named or (unit.cell.look.fill == fill and not unit.cell.look.diagonals):
        return []
    for line in (rows[unit.cell.row], columns[unit.cell.col]):
        fills = [other.label_fill for other in line if other.label is not None]
        if _usual([other == fill for other in fills]) or _coloured(fills, fill):
            return []
    return [Evidence("shading", Says.UNCLEAR, f"label, fill {fill}")]


def _coloured(fills: Sequence[str | None], own: str | None) -> bool:
    """Tells whether cells have each its colour, or their group's: what a person fills is set apart from all the others."""
    return len(fills) > 2 and None not in fills and (fills.count(own) > 1 or len(set(fills)) == len(fills))


def _usual(same: Sequence[bool]) -> bool:
    """Tells whether most of a column looks alike, or every second one."""
    striped = len(same) >= _STRIPES and all(a != b for a, b in pairwise(same))
    return striped or (len(same) > 1 and sum(same) * 2 > len(same))
