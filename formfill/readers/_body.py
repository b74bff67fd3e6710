"""The body of a grid: cells that are ticked without a box, and the headings that name them. Pure.

A cell that holds only a cross, a tick, a drawing, a fill set apart from its column's, or both diagonals is a mark labelled
« heading | title » (contract §3). An empty cell is none.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from formfill.model.document import Evidence, Says
from formfill.model.glyphs import BOX_GLYPHS, TICKS, without_boxes
from formfill.readers._marks import glyph_evidence
from formfill.readers._signs import EMPTY_CIRCLES, FULL_CIRCLES, FULL_SQUARES, LETTERS, VARIANTS
from formfill.text import squeeze

if TYPE_CHECKING:
    from collections.abc import Sequence

    from formfill.readers._cells import DraftCell

_CROSSES: Final = LETTERS | TICKS | EMPTY_CIRCLES | FULL_CIRCLES | FULL_SQUARES
PATTERN: Final = "pattern "
"""Begins the fill of a cell that is hatched or dotted: whoever drew it may have ticked it, or struck it out."""
_LONG: Final = 40
"""No cross stands among so many characters, spaces counted."""
_SHORT: Final = 2
"""A title or a heading has at least so many characters: « x » names nothing."""


def mark_body(rows: Sequence[Sequence[DraftCell]], headers: int = 0) -> None:
    """Gives the cells of a grid that are ticked without a box their evidence, and each cell of a matrix its label.

    Args:
        rows: the cells of each row.
        headers: how many rows repeat on each page (``w:tblHeader``); 0 when none says so.
    """
    crossed = [[cell for cell in row if len(cell.text) <= _LONG and _is_cross(cell)] for row in rows]
    alone = [[cell for cell in row if cell.boxes and _is_alone(cell)] for row in rows]
    if not any(crossed) and not any(alone):
        return
    first = headers or next((r for r in range(len(rows)) if crossed[r] or alone[r]), 1)
    headings = _Headings(rows[:first])
    for r, row in enumerate(rows):
        if not crossed[r] and (not alone[r] or (len(alone[r]) == 1 and alone[r][0].text.strip() in BOX_GLYPHS)):
            # a row with one box needs no heading: its title names it
            continue
        titles = _titles(row)
        for cell in crossed[r]:
            heading = headings.of(cell) if r >= first else ""
            if max(len(titles[cell.col]), len(heading)) >= _SHORT:
                cell.boxes = [_cross(cell)]
                alone[r].append(cell)
        following = _following(row) if len(alone[r]) > 1 and not crossed[r] else {}
        for cell in alone[r]:
            heading = headings.of(cell) if r >= first else ""
            if not heading and cell.col in following:
                cell.label = following[cell.col]
                continue
            label = " | ".join(part for part in (heading, titles[cell.col]) if part)
            if label and (len(alone[r]) > 1 or not cell.text or _sign(cell) in _CROSSES):
                cell.label = label


def fills(rows: Sequence[Sequence[DraftCell]], headers: int = 0) -> None:
    """Gives the empty cells that are filled apart from their column, or crossed by diagonals, their evidence."""
    first = headers or 1
    headings = _Headings(rows[:first])
    columns: dict[int, Counter[str | None]] = {}
    for row in rows[first:]:
        for cell in row:
            columns.setdefault(cell.col, Counter())[cell.fill] += 1
    for row in rows[first:]:
        if all(cell.fill is None and not cell.diagonals for cell in row):
            continue
        band = Counter(cell.fill for cell in row)
        titles = _titles(row)
        for cell in row:
            if cell.text.strip() or cell.boxes or max(len(titles[cell.col]), len(headings.of(cell))) < _SHORT:
                continue
            if cell.diagonals:
                says = Says.TICKED if cell.diagonals == 2 else Says.UNCLEAR
                cell.boxes = [(Evidence("diagonals", says, f"{cell.diagonals} of 2"),)]
            elif cell.fill is not None:
                column = columns[cell.col]
                # a band of colour over the row is its look; so is a colour that most of the column has
                if column[cell.fill] * 2 <= column.total() and band[cell.fill] * 2 <= len(row) and row[0].fill != cell.fill:
                    says = Says.UNCLEAR if cell.fill.startswith(PATTERN) else Says.TICKED
                    cell.boxes = [(Evidence("fill", says, f"w:fill={cell.fill}"),)]


def _sign(cell: DraftCell) -> str:
    """The text of a cell, as a sign: ✔ and its emoji ✔️ are one."""
    return cell.text.strip().translate(VARIANTS)


def _is_cross(cell: DraftCell) -> bool:
    text = cell.text.strip() if cell.text.isascii() else _sign(cell)
    return text in _CROSSES if text else bool(cell.overlays) and not cell.boxes


def _is_alone(cell: DraftCell) -> bool:
    text = _sign(cell)
    return len(cell.boxes) == 1 and (not text or text in BOX_GLYPHS or text in _CROSSES)


def _cross(cell: DraftCell) -> tuple[Evidence, ...]:
    text = _sign(cell)
    if not text:
        drawings, cell.overlays = cell.overlays, []
        return tuple(Evidence(o.kind, Says.TICKED if o.near else Says.UNCLEAR, o.detail) for o in drawings)
    if text in EMPTY_CIRCLES:
        return (Evidence("glyph", Says.BLANK, f"U+{ord(text):04X} {text}"),)
    kind = "typed" if text in LETTERS else "glyph"
    seen = glyph_evidence(text)
    return (seen,) if seen is not None else (Evidence(kind, Says.TICKED, f"U+{ord(text):04X} {text}"),)


def _following(row: Sequence[DraftCell]) -> dict[int, str]:
    """The words after each box of a row that reads « ☒ | Seul(e) | ☐ | En équipe », by column; none for any other row."""
    found: dict[int, str] = {}
    box: DraftCell | None = None
    for cell in row:
        if cell.boxes and _is_alone(cell):
            if box is not None:
                return {}
            box = cell
        elif box is not None:
            words = _first_line(cell.text)
            if not words:
                return {}
            found[box.col] = words
            box = None
    return found if box is None else {}


def _titles(row: Sequence[DraftCell]) -> dict[int, str]:
    """The title of each cell, by its column: the first line of the first cell of the row that holds words.

    After boxes, the next cell that holds words begins another grid beside the first, and names the boxes that follow it.
    """
    named: dict[int, str] = {}
    title = ""
    boxes = False
    before: list[int] = []
    for cell in row:
        if cell.boxes and _is_alone(cell):
            boxes = bool(title)
        elif (len(cell.text) > _LONG or not _is_cross(cell)) and (not title or boxes):
            words = _first_line(cell.text)
            if words:
                if not title:
                    named.update(dict.fromkeys(before, words))
                title, boxes = words, False
        named[cell.col] = title
        before.append(cell.col)
    return named


def _first_line(text: str) -> str:
    for line in text.split("\n"):
        if words := squeeze(without_boxes(line)):
            return words
    return ""


class _Headings:
    """The headings of a grid's columns."""

    def __init__(self, rows: Sequence[Sequence[DraftCell]]) -> None:
        self._rows = rows
        self._known: dict[tuple[int, int], str] = {}

    def of(self, own: DraftCell) -> str:
        """The heading of a cell's column: the first that is as narrow as the cell, else the lowest that covers it."""
        key = (own.col, own.col_span)
        if key not in self._known:
            self._known[key] = self._find(own)
        return self._known[key]

    def _find(self, own: DraftCell) -> str:
        lowest = ""
        for row in self._rows:
            for cell in row:
                if cell.col <= own.col < cell.col + cell.col_span and (text := squeeze(without_boxes(cell.text))):
                    if cell.col_span <= own.col_span:
                        return text
                    lowest = text
        return lowest
