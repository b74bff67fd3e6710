"""The crosses of a sheet: cells of its body that hold only a cross, a fill apart from their column's, or diagonals. Pure.

What an empty cell means is the form's to say: it is no mark here.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from formfill.model.document import Evidence, Says
from formfill.model.glyphs import BOX_GLYPHS, without_boxes
from formfill.readers._sheetglyphs import lone
from formfill.readers._sheetmodel import SheetCell as Proxy
from formfill.readers._sheettable import ones
from formfill.text import squeeze

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from formfill.readers._cells import DraftCell
    from formfill.readers._odfstyles import Fill

_NUMBER: Final = re.compile(r"[\d\s.,%€]+")


class SheetCell(NamedTuple):
    """A cell of a sheet, with what its text does not tell."""

    draft: DraftCell
    fill: Fill


Row = list[SheetCell]


class Crosses:
    """Finds the crosses of a sheet once all its rows are known."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._header, self._headings = _header(rows)
        self._ground = self._grounds(rows[self._header + 1 :])
        self._ones = _ones(rows[self._header + 1 :]) if self._header >= 0 else {}

    def _grounds(self, body: Sequence[Row]) -> dict[int, str | None]:
        """The fill of each column: none when one of its cells has none, else the commonest."""
        found: dict[int, Counter[str | None]] = {}
        for row in body:
            for cell in row:
                if cell.draft.col_span == 1 and cell.draft.row_span == 1:
                    found.setdefault(cell.draft.col, Counter())[cell.fill.colour] += 1
        return {col: None if None in counted else counted.most_common(1)[0][0] for col, counted in found.items()}

    def of_row(self, rank: int, row: Row) -> Iterator[tuple[int, tuple[Evidence, ...], str]]:
        """The crosses of the row of that rank: index of the cell, evidence, label ``heading | title``."""
        if self._header < 0 or rank <= self._header:
            return
        # the first cell with words; a cross has none, so that it is never its own title
        title = next((cell for cell in row if _says(cell)), None)
        for index, cell in enumerate(row):
            text = cell.draft.text.strip()
            seen = lone(text) or self._ones.get(id(cell))
            if len(cell.draft.boxes) == 1 and (seen is not None or text in BOX_GLYPHS):
                evidence: tuple[Evidence, ...] = cell.draft.boxes[0]
            elif not text or (seen is not None and not cell.draft.boxes):
                evidence = () if seen is None else (seen,)
            else:
                continue
            evidence += self._drawn(cell, title)
            if evidence:
                words = (self._headings.get(cell.draft.col, ""), _first_line(title.draft.text) if title is not None else "")
                yield index, evidence, " | ".join(word for word in words if word)

    def _drawn(self, cell: SheetCell, title: SheetCell | None) -> tuple[Evidence, ...]:
        found: tuple[Evidence, ...] = ()
        for over in cell.draft.overlays:
            # what a picture shows nobody reads; what covers two cells ticks one of them
            sure = over.near and over.kind != "picture"
            found += (Evidence(over.kind, Says.TICKED if sure else Says.UNCLEAR, over.detail),)
        colour = cell.fill.colour
        # a band of colour over the whole row is the sheet's look, not a tick
        if colour is not None and colour != self._ground.get(cell.draft.col) and (title is None or colour != title.fill.colour):
            found += (Evidence("shading", Says.TICKED, f"fo:background-color={colour}"),)
        if cell.fill.diagonals:
            says = Says.TICKED if cell.fill.diagonals == 2 else Says.UNCLEAR
            found += (Evidence("diagonals", says, f"{cell.fill.diagonals} style:diagonal"),)
        return found


def _ones(body: Sequence[Row]) -> dict[int, Evidence]:
    """The figures 1 that stand for crosses, by the identity of their cell."""
    if not any(cell.draft.text.strip() == "1" for row in body for cell in row):
        return {}
    columns: dict[int, list[Proxy]] = {}
    crosses: dict[int, Evidence] = {}
    cells: dict[int, SheetCell] = {}
    for rank, row in enumerate(body):
        for cell in row:
            proxy = Proxy(rank, cell.draft.col, cell.draft.text, number=_NUMBER.fullmatch(cell.draft.text.strip()) is not None)
            columns.setdefault(proxy.col, []).append(proxy)
            cells[id(proxy)] = cell
            if (seen := lone(proxy.text)) is not None:
                crosses[id(proxy)] = seen
    return {id(cells[number]): seen for number, seen in ones(columns, crosses, len(body)).items()}


def _says(cell: SheetCell) -> bool:
    """Whether a cell holds words."""
    text = cell.draft.text.strip()
    return bool(text) and lone(text) is None and bool(squeeze(without_boxes(text)))


def _first_line(text: str) -> str:
    return next((line for part in text.split("\n") if (line := squeeze(without_boxes(part)))), "")


def _header(rows: Sequence[Row]) -> tuple[int, dict[int, str]]:
    """Rank of the row of headings, and the heading of each column: the first row that has the most words, at least two."""
    best, header = 1, -1
    for rank, row in enumerate(rows):
        worded = sum(_says(cell) for cell in row)
        if worded > best:
            best, header = worded, rank
    if header < 0:
        return -1, {}
    headings: dict[int, str] = {}
    for cell in rows[header]:
        for col in range(cell.draft.col, cell.draft.col + cell.draft.col_span):
            headings[col] = squeeze(cell.draft.text)
    return header, headings
