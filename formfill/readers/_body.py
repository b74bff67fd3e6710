"""The body of a grid: cells that are ticked without a box, and the headings that name them. Pure.

A cell that holds only a cross, a tick, a drawing, a fill set apart from its column's, or both diagonals is a mark labelled
« heading | title » (contract §3). An empty cell is none.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from formfill.model.document import Evidence, Says
from formfill.model.glyphs import BOX_GLYPHS, TICKS, TYPED_TICKS, without_boxes
from formfill.readers._marks import glyph_evidence
from formfill.readers._typed import EMPTY_CIRCLES, FULL_CIRCLES, FULL_SQUARES
from formfill.text import squeeze

if TYPE_CHECKING:
    from collections.abc import Sequence

    from formfill.readers._cells import DraftCell

_CROSSES: Final = TYPED_TICKS | TICKS | EMPTY_CIRCLES | FULL_CIRCLES | FULL_SQUARES
_SHORT: Final = 2
"""A title or a heading has at least so many characters: « x » names nothing."""


def mark_body(rows: Sequence[Sequence[DraftCell]], headers: int = 0) -> None:
    """Gives the cells of a grid that are ticked without a box their evidence, and each cell of a matrix its label.

    Args:
        rows: the cells of each row.
        headers: how many rows repeat on each page (``w:tblHeader``); 0 when none says so.
    """
    if len(rows) < 1:
        return
    crossed = [[cell for cell in row if _is_cross(cell)] for row in rows]
    headings = headers or _heading_rows(rows, crossed)
    for r, row in enumerate(rows):
        for cell in crossed[r]:
            if (r or headings == 0 or len(row) > 1) and _named(cell, row, rows[:headings] if r >= headings else ()):
                cell.boxes = [_cross(cell)]
        alone = [cell for cell in row if cell.boxes and _is_alone(cell)]
        for cell in alone:
            label = _label(cell, row, rows[:headings] if r >= headings else ())
            if label and (len(alone) > 1 or _is_cross(cell) or not cell.text):
                cell.label = label


def fills(rows: Sequence[Sequence[DraftCell]], headers: int = 0) -> None:
    """Gives the empty cells that are filled apart from their column, or crossed by diagonals, their evidence."""
    first = headers or 1
    columns: dict[int, Counter[str | None]] = {}
    for row in rows[first:]:
        for cell in row:
            columns.setdefault(cell.col, Counter())[cell.fill] += 1
    for row in rows[first:]:
        band = Counter(cell.fill for cell in row)
        for cell in row:
            if cell.text.strip() or cell.boxes or not _named(cell, row, rows[:first]):
                continue
            if cell.diagonals:
                says = Says.TICKED if cell.diagonals == 2 else Says.UNCLEAR
                cell.boxes = [(Evidence("diagonals", says, f"{cell.diagonals} of 2"),)]
            elif cell.fill is not None:
                column = columns[cell.col]
                # a band of colour over the row is its look; so is a colour that most of the column has
                if column[cell.fill] * 2 <= column.total() and band[cell.fill] * 2 <= len(row) and row[0].fill != cell.fill:
                    cell.boxes = [(Evidence("fill", Says.TICKED, f"w:fill={cell.fill}"),)]


def _is_cross(cell: DraftCell) -> bool:
    text = cell.text.strip()
    return text in _CROSSES if text else bool(cell.overlays) and not cell.boxes


def _is_alone(cell: DraftCell) -> bool:
    text = cell.text.strip()
    return len(cell.boxes) == 1 and (not text or text in BOX_GLYPHS or text in _CROSSES)


def _cross(cell: DraftCell) -> tuple[Evidence, ...]:
    text = cell.text.strip()
    if not text:
        drawings, cell.overlays = cell.overlays, []
        return tuple(Evidence(o.kind, Says.TICKED if o.near else Says.UNCLEAR, o.detail) for o in drawings)
    if text in EMPTY_CIRCLES:
        return (Evidence("glyph", Says.BLANK, f"U+{ord(text):04X} {text}"),)
    kind = "typed" if text in TYPED_TICKS else "glyph"
    seen = glyph_evidence(text)
    return (seen,) if seen is not None else (Evidence(kind, Says.TICKED, f"U+{ord(text):04X} {text}"),)


def _heading_rows(rows: Sequence[Sequence[DraftCell]], crossed: Sequence[Sequence[DraftCell]]) -> int:
    """How many rows stand above the first with a cell that is but a box or a cross."""
    for r, row in enumerate(rows):
        if crossed[r] or any(cell.boxes and _is_alone(cell) for cell in row):
            return r
    return 1


def _named(cell: DraftCell, row: Sequence[DraftCell], headings: Sequence[Sequence[DraftCell]]) -> bool:
    return max(len(_title(cell, row)), len(_heading(cell, headings))) >= _SHORT


def _label(cell: DraftCell, row: Sequence[DraftCell], headings: Sequence[Sequence[DraftCell]]) -> str:
    return " | ".join(part for part in (_heading(cell, headings), _title(cell, row)) if part)


def _title(own: DraftCell, row: Sequence[DraftCell]) -> str:
    """The first line of the first cell of the row that holds words; of the first after other boxes, in grids side by side."""
    title = ""
    boxes = False
    for cell in row:
        if cell is own:
            if title:
                break
        elif cell.boxes and _is_alone(cell):
            boxes = bool(title)
        elif not _is_cross(cell) and (not title or boxes):
            for line in cell.text.split("\n"):
                if words := squeeze(without_boxes(line)):
                    title, boxes = words, False
                    break
    return title


def _heading(own: DraftCell, headings: Sequence[Sequence[DraftCell]]) -> str:
    """The heading of a cell's column: the nearest that is as narrow as the cell, else the lowest that covers it."""
    lowest = ""
    for row in headings:
        for cell in row:
            if cell.col <= own.col < cell.col + cell.col_span and (text := squeeze(without_boxes(cell.text))):
                if cell.col_span <= own.col_span:
                    return text
                lowest = text
    return lowest
