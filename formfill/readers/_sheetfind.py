"""Finds the boxes and the crosses in the cells of a sheet, before anything that floats over them is looked at. Pure."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from formfill.model.document import Evidence, Says
from formfill.readers import _sheetchoices as choices
from formfill.readers import _sheetconditions as conditions
from formfill.readers._sheetboxes import find_boxes, show_symbols, typed_in_place
from formfill.readers._sheetmodel import Tick
from formfill.readers._sheetstruck import strike_alternatives
from formfill.readers._sheettable import find_table, loose_crosses, tick_body

if TYPE_CHECKING:
    from formfill.readers._sheetmodel import Cells, SheetCell
    from formfill.readers._sheettable import Table


def find_ticks(cells: Cells, filling: list[conditions.Rule]) -> tuple[Table | None, list[tuple[conditions.Rule, bool]]]:
    """Finds the boxes and crosses of the cells; gives the table of the sheet, and the conditional fills that nobody can tell."""
    rows: defaultdict[int, list[SheetCell]] = defaultdict(list)
    struck = conditions.strike(cells, filling) if filling else {}
    for cell in cells.cells.values():
        if cell.text:
            show_symbols(cell)
            find_boxes(cell)
            rows[cell.row].append(cell)
    for row in rows.values():
        row.sort(key=lambda cell: cell.col)
    table = find_table(cells)
    for number, row in rows.items():
        if table is None or number < table.top:
            typed_in_place(row, choices.neighbours(row, rows))
    for cell in cells.cells.values():
        if cell.checked is not None:
            says = Says.TICKED if cell.checked else Says.BLANK
            label = table.label(cell.row, cell.col) if table is not None and table.holds(cell.row, cell.col) else None
            cell.ticks = [Tick([Evidence("control", says, f"cell check box {cell.checked}")], label)]
            cell.text = "☒" if cell.checked else "☐"
    undecided: list[tuple[conditions.Rule, bool]] = []
    if table is not None:
        undecided = list(conditions.apply(cells, table, filling)) if filling else []
        tick_body(cells, table)
        for rule, doubtful in undecided:
            if doubtful:
                conditions.doubt(cells, table, rule)
    loose_crosses(cells, table)
    # a word struck in a title or a heading is a correction
    strike_alternatives(
        cell for cell in cells.cells.values() if table is None or cell.row < table.top or table.holds(cell.row, cell.col)
    )
    conditions.doubt_struck(cells, struck)
    return table, [*undecided, *((rule, True) for rule in dict.fromkeys(struck.values()))]
