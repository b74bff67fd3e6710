"""A sheet being read: its cells, and the boxes found in them before they are marks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from formfill.readers._sheetml import column_name
from formfill.readers._sheetplan import LAST_COLUMN, LAST_ROW, Axis, Plan
from formfill.readers._sheetstyles import PLAIN

if TYPE_CHECKING:
    from formfill.model.document import Evidence
    from formfill.readers._sheetml import Element, Run
    from formfill.readers._sheetstyles import Look


@dataclass(slots=True)
class Tick:
    """A box of a cell, before it is a mark."""

    evidence: list[Evidence]
    label: str | None = None
    """None when its text tells."""
    printed: bool = False
    """An empty box stands in the text, for something to be put on it."""


@dataclass(slots=True)
class SheetCell:
    """A cell being read."""

    row: int
    col: int
    text: str = ""
    look: Look = PLAIN
    runs: tuple[Run, ...] = ()
    number: bool = False
    """A plain number: no text, no date."""
    checked: bool | None = None
    """State of a check box that the cell itself is."""
    row_span: int = 1
    col_span: int = 1
    ticks: list[Tick] = field(default_factory=list)
    """Its boxes, in reading order, one box glyph of the text each."""

    @property
    def name(self) -> str:
        """Its reference: ``C9``."""
        return f"{column_name(self.col)}{self.row + 1}"


@dataclass(slots=True)
class Cells:
    """What one worksheet holds."""

    cells: dict[tuple[int, int], SheetCell] = field(default_factory=dict)
    """By row and column; a cell that neither holds nor shows anything may be absent."""
    rows: int = 0
    """Rows in use."""
    columns: int = 0
    """Columns in use."""
    covered: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    """Positions under a merged cell, and the position of that cell."""
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    buried: list[str] = field(default_factory=list)
    """Cells under a merged one that hold text nobody sees."""
    pictures: list[tuple[int, int]] = field(default_factory=list)
    """Cells that hold a picture."""
    plan: Plan = field(default_factory=lambda: Plan(Axis(1, {}, LAST_COLUMN), Axis(1, {}, LAST_ROW)))
    rest: Element | None = None
    """The worksheet element without its rows."""
    values: dict[tuple[int, int], str] = field(default_factory=dict)
    """Booleans and whole numbers as stored, for the controls that are linked to them."""

    def at(self, row: int, col: int) -> SheetCell | None:
        """The cell shown at a position: its own, or the merged one over it."""
        return self.cells.get(self.covered.get((row, col), (row, col)))

    def blank(self, row: int, col: int) -> SheetCell:
        """An empty cell of that position, which is not the sheet's."""
        return SheetCell(row, col)

    def make(self, row: int, col: int) -> SheetCell:
        """The cell shown at a position, made when there is none."""
        at = self.covered.get((row, col), (row, col))
        if at not in self.cells:
            self.cells[at] = SheetCell(*at)
            self.rows, self.columns = max(self.rows, at[0] + 1), max(self.columns, at[1] + 1)
        return self.cells[at]
