"""Documents written as literals: rows of cells, each box a glyph in the text, as any reader would give them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from formfill.model.document import Cell, Document, Evidence, Grid, Mark, MarkState, Says, TextBlock
from formfill.model.geometry import Place

if TYPE_CHECKING:
    from collections.abc import Sequence

STATES: Final = {"☐": MarkState.BLANK, "▢": MarkState.BLANK, "☒": MarkState.TICKED, "⍰": MarkState.UNCERTAIN}
_SAYS: Final = {MarkState.BLANK: Says.BLANK, MarkState.TICKED: Says.TICKED, MarkState.UNCERTAIN: Says.UNCLEAR}


def document(*tables: Sequence[Sequence[str | tuple[str, int]]], text: Sequence[str] = ()) -> Document:
    """A document of tables, then paragraphs; a cell is its text, or its text and how many columns it spans."""
    marks: list[Mark] = []

    def marked(content: str, place: Place) -> tuple[str, ...]:
        found = []
        for char in content:
            if char in STATES:
                state = STATES[char]
                label = content.partition(char)[2].strip().partition(" ")[0]
                marks.append(Mark(f"m{len(marks) + 1}", state, label, place, (Evidence("glyph", _SAYS[state], char),)))
                found.append(marks[-1].id)
        return tuple(found)

    grids = []
    for number, table in enumerate(tables, 1):
        rows = []
        for r, row in enumerate(table):
            cells: list[Cell] = []
            col = 0
            for item in row:
                content, span = item if isinstance(item, tuple) else (item, 1)
                place = Place(path=f"table[{number}]/row[{r + 1}]/cell[{len(cells) + 1}]")
                cells.append(Cell(content, marked(content, place), r, col, col_span=span, place=place))
                col += span
            rows.append(tuple(cells))
        grids.append(Grid(tuple(rows)))
    places = [Place(path=f"paragraph[{i}]") for i in range(1, len(text) + 1)]
    blocks = tuple(TextBlock(content, place, marked(content, place)) for content, place in zip(text, places, strict=True))
    return Document(pages=None, grids=tuple(grids), marks=tuple(marks), text=blocks)
