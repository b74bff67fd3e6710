"""Tables that run over several pages: parts joined, repeated header rows dropped, split rows made one. Pure.

A program that prints a table over a page break draws each part as a table of its own. Nothing in the file says which rows were
cut, so a cut is believed only on signs: an empty first cell, a sentence that goes on, boxes that complete each other.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Protocol

from formfill.model.glyphs import BOX_GLYPHS
from formfill.readers._grid import SNAP
from formfill.readers._lines import BULLETS, glue
from formfill.readers._visual import Paragraph, Spot
from formfill.text import squeeze

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from formfill.model.geometry import Box, Place

MOST_HEADERS: Final = 4
"""Most rows of a repeated header."""


@dataclass(slots=True)
class Draft:
    """A cell being read."""

    row: int
    col: int
    row_span: int
    col_span: int
    place: Place
    paragraphs: list[Paragraph]
    right: float
    """x where the text of its column ends, in points."""
    spots: list[tuple[int, Spot]] = field(default_factory=list)
    """Its boxes in reading order, each with its page."""
    continues: bool = False
    label: str | None = None
    """What its only box is called, when the table around it tells."""

    @property
    def text(self) -> str:
        """Its text as written."""
        if len(self.paragraphs) == 1:
            return self.paragraphs[0].text
        return "\n".join([paragraph.text for paragraph in self.paragraphs])


@dataclass(slots=True)
class Part:
    """A table, or the part of one that stands on one page."""

    page: int
    box: Box
    xs: tuple[float, ...]
    rows: list[list[Draft]]
    heads: list[tuple[int, int]] = field(default_factory=list)
    """Where repeated header rows were dropped: before which row, and how many."""


class Flow(Protocol):
    """Tells whether the last paragraph of a cell goes on in a cell of the next page."""

    def goes_on(self, above: Draft, below: Draft) -> bool:
        """Most likely it does."""
        ...

    def surely(self, above: Draft, below: Draft) -> bool:
        """It does, so that both cells are one."""
        ...


def joined(parts: Sequence[Part], apart: Callable[[Part, Part], bool], flow: Flow) -> list[Part]:
    """The tables, parts that continue on the next page joined to the first.

    Args:
        parts: in reading order.
        apart: tells whether something stands between the two parts.
        flow: tells whether a text goes on over the page break.
    """
    whole: list[Part] = []
    tail: Part | None = None
    titles = _titles(parts)
    for part in parts:
        if (
            tail is not None
            and part.page == tail.page + 1
            and same_columns(tail.xs, part.xs)
            and not (titles.get(part.page) == _says(part) and _says(whole[-1]) != _says(part))
            and not apart(tail, part)
        ):
            append(whole[-1], part.rows, flow)
        else:
            whole.append(Part(part.page, part.box, part.xs, list(part.rows)))
        tail = part
    return whole


def _titles(parts: Sequence[Part]) -> dict[int, str]:
    """For each page, what its first table begins with, where another page begins so too: a title, which goes on from nothing."""
    firsts: dict[int, str] = {}
    for part in parts:
        firsts.setdefault(part.page, _says(part))
    begins = list(firsts.values())
    return {page: text for page, text in firsts.items() if text and begins.count(text) > 1}


def _says(part: Part) -> str:
    """The text of the first row of a table."""
    return squeeze(" ".join(cell.text for cell in part.rows[0])) if part.rows else ""


def same_columns(a: Sequence[float], b: Sequence[float]) -> bool:
    """Tells whether two parts have the same column boundaries, wherever each stands across its page."""
    if len(a) != len(b):
        return False
    return all(abs((p - a[0]) - (q - b[0])) <= SNAP for p, q in zip(a, b, strict=True))


def append(table: Part, rows: list[list[Draft]], flow: Flow) -> None:
    """Adds the rows of the next page to a table."""
    again = repeated(table.rows, rows)
    rows = rows[again:]
    if again:
        table.heads.append((len(table.rows), again))
    if rows and table.rows and is_cut(table.rows, rows[0], flow):
        _merge(table.rows[-1], rows[0], flow)
        rows = rows[1:]
    for number, row in enumerate(rows, len(table.rows)):
        for cell in row:
            cell.row = number
    table.rows += rows


def repeated(head: Sequence[Sequence[Draft]], rows: Sequence[Sequence[Draft]]) -> int:
    """How many of the first rows are the header of the table again: same cells, same text, no box.

    A row further down that says the same as the one on the first page is dropped only where it belongs to the header by its cells.
    """
    count = 0
    for first, again in zip(head[: _header(head)], rows, strict=False):
        if any(cell.spots for cell in again) or not any(cell.text for cell in again) or not _alike(first, again):
            break
        count += 1
    # a header stands over something: a page of nothing else is the rest of a text whose lines are all alike
    if not count or count >= len(rows):
        return 0
    # and says what no row under it says
    return 0 if any(_alike(head[0], row) for row in (*head[1:], *rows[1:])) else count


def _header(rows: Sequence[Sequence[Draft]]) -> int:
    """How many rows may be the header of a table: the first, and those below that it is tied to by a merged cell."""
    count, below = 1, 0
    for row in rows[: MOST_HEADERS - 1]:
        below = max([below, *(cell.row + cell.row_span for cell in row)])
        if below <= count and all(cell.col_span == 1 for cell in row):
            break
        count += 1
    return count


def _alike(one: Sequence[Draft], other: Sequence[Draft]) -> bool:
    return _shape(one) == _shape(other) and all(squeeze(a.text) == squeeze(b.text) for a, b in zip(one, other, strict=True))


def is_cut(rows: Sequence[Sequence[Draft]], below: Sequence[Draft], flow: Flow) -> bool:
    """Tells whether the row ``below`` is the rest of the last of ``rows``."""
    above = rows[-1]
    if not above or _shape(above) != _shape(below) or not any(cell.paragraphs for cell in below):
        return False
    pairs = list(zip(above, below, strict=True))
    if any(_only_boxes(a) and _only_boxes(b) for a, b in pairs):
        return False
    if above[0].paragraphs and not below[0].paragraphs:
        return True
    if any(a.paragraphs and b.paragraphs and flow.surely(a, b) for a, b in pairs):
        return True
    # a column where every other row has its box, and these two have one between them
    for index, (a, b) in enumerate(pairs):
        others = [row[index] for row in rows[:-1] if _shape(row) == _shape(above)]
        boxed = sum(1 for cell in others if _only_boxes(cell))
        if boxed and _only_boxes(a) != _only_boxes(b) and not (a.paragraphs and b.paragraphs):
            started = [cell for cell in below if cell.paragraphs and not _only_boxes(cell)]
            if all(cell.paragraphs[0].text[:1] in BULLETS or cell is not below[0] for cell in started):
                return True
    return False


def _merge(above: list[Draft], below: list[Draft], flow: Flow) -> None:
    for a, b in zip(above, below, strict=True):
        a.continues = True
        if a.paragraphs and b.paragraphs and flow.goes_on(a, b):
            last, first = a.paragraphs[-1], b.paragraphs[0]
            a.paragraphs[-1] = Paragraph(glue(last.text, first.text), last.lines + first.lines)
            a.paragraphs += b.paragraphs[1:]
        else:
            a.paragraphs += b.paragraphs
        a.spots += b.spots
        a.right = b.right


def _shape(row: Sequence[Draft]) -> list[tuple[int, int]]:
    return [(cell.col, cell.col_span) for cell in row]


def _only_boxes(cell: Draft) -> bool:
    return bool(cell.spots) and all(char in BOX_GLYPHS or char.isspace() for char in cell.text)
