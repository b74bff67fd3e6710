"""What fills and strokes say in an OpenDocument sheet, by the rules of workbooks: choices that are set apart, boxes in doubt. Pure.

The cells are given to the rules of Excel's reader as cells of their own, and what these find is put back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from formfill.model.document import Says
from formfill.model.glyphs import BOX_GLYPHS
from formfill.readers import _sheetchoices as choices
from formfill.readers._choices import Choice
from formfill.readers._sheetmodel import Cells, Tick
from formfill.readers._sheetmodel import SheetCell as Proxy
from formfill.readers._sheetstyles import Look
from formfill.readers._sheettable import beside, find_table
from formfill.readers._sheettints import doubt_filled

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from formfill.model.document import Evidence
    from formfill.readers._odfcrosses import SheetCell

_WIDEST: Final = 64
"""Columns of a merged cell that are looked at."""
Found = dict[int, tuple[tuple["Evidence", ...], str]]
"""The crosses of a row: by the index of their cell, evidence and label."""


def settle(rows: Sequence[tuple[int, list[SheetCell]]], found: Sequence[Found], is_struck: Callable[[SheetCell], bool]) -> None:
    """Gives boxes and choices what the fill of their cell, or of their label, says of them.

    Args:
        rows: the cells of each row, and its rank in the sheet.
        found: the crosses of each.
        is_struck: tells whether all that a cell holds is struck through.
    """
    if not any(cell.fill.colour or cell.fill.diagonals or is_struck(cell) for _rank, row in rows for cell in row):
        return
    cells = Cells()
    proxies: list[tuple[SheetCell, Proxy, Found, int]] = []
    for (rank, row), crosses in zip(rows, found, strict=True):
        for index, cell in enumerate(row):
            draft = cell.draft
            look = Look(cell.fill.colour, False, cell.fill.diagonals, struck=is_struck(cell), shows=bool(cell.fill.colour))
            proxy = Proxy(rank, draft.col, draft.text, look, row_span=draft.row_span, col_span=draft.col_span)
            if not draft.text and not draft.boxes and index not in crosses and look.fill is None:
                continue
            cells.cells[rank, draft.col] = proxy
            for col in range(draft.col + 1, draft.col + min(draft.col_span, _WIDEST)):
                cells.covered[rank, col] = (rank, draft.col)
            cells.rows, cells.columns = max(cells.rows, rank + 1), max(cells.columns, draft.col + draft.col_span)
            boxes = [crosses[index][0]] if index in crosses else draft.boxes
            label = crosses[index][1] if index in crosses else None
            proxy.ticks = [Tick(list(box), label, printed=all(seen.says is Says.BLANK for seen in box)) for box in boxes]
            proxies.append((cell, proxy, crosses, index))
    table = find_table(cells)
    _name_lone(cells, [proxy for _cell, proxy, _crosses, _index in proxies])
    choices.settle(choices.alternatives(cells, table), {})
    doubt_filled(cells, table)
    for cell, proxy, crosses, index in proxies:
        if index in crosses:
            crosses[index] = tuple(proxy.ticks[0].evidence), crosses[index][1]
        elif cell.draft.boxes:
            cell.draft.boxes = [tuple(tick.evidence) for tick in proxy.ticks]
        elif proxy.ticks and not cell.draft.choices:
            cell.draft.choices = [Choice(tick.label or "", tuple(tick.evidence)) for tick in proxy.ticks]


def _name_lone(cells: Cells, proxies: Sequence[Proxy]) -> None:
    """Names the boxes that stand alone in a cell outside the table by the words beside them."""
    rows: dict[int, list[Proxy]] = {}
    for proxy in proxies:
        if len(proxy.ticks) == 1 and proxy.ticks[0].label is None and proxy.text.strip() in BOX_GLYPHS:
            rows.setdefault(proxy.row, []).append(proxy)
    for row in rows.values():
        # the first of the row tells whether labels stand before their boxes
        before = bool(beside(cells, row[0], before=True))
        for proxy in row:
            label = beside(cells, proxy, before=before) or beside(cells, proxy, before=not before)
            proxy.ticks[0].label = label or None
