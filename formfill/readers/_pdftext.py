"""The text of a PDF page as the rest of the reading asks for it: its lines, cut where cells, boxes and marks need it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pypdfium2.raw as pdfium

from formfill.readers._pdfchars import NOTHING
from formfill.readers._pdflines import Lines

if TYPE_CHECKING:
    from collections.abc import Callable

    from formfill.model.geometry import Box
    from formfill.readers._visual import Line

Cell = tuple[int, int]
"""Number of a table and of a cell in it."""

_WORD: Final = re.compile("[^ ]+")


class PageText(Lines):
    """The text of an open page."""

    def cut(self, line: Line, cell_at: Callable[[float, float], Cell | None]) -> list[tuple[Line, Cell | None]]:
        """The pieces of a line that runs over several cells, each with its cell.

        It is cut before the words that stand in another cell; where a word itself runs over a rule, character by character.
        What runs over the border of the table belongs to the cell it comes from.

        Args:
            line: a line of this page.
            cell_at: the cell that holds a point.
        """
        if self.plain:
            found = self._pieces(line, self._starts_of_words(line, cell_at))
            if all(cell_at(piece.x1 - 0.5, (piece.top + piece.bottom) / 2) in (cell, None) for piece, cell in found):
                return found
        return self._pieces(line, self._starts_of_cells(line, cell_at))

    def _pieces(self, line: Line, starts: list[tuple[int, Cell | None]]) -> list[tuple[Line, Cell | None]]:
        found = []
        for number, (first, cell) in enumerate(starts, 1):
            after = starts[number][0] if number < len(starts) else line.end
            piece = self.piece(first, after, boxed=bool(line.spots))
            if piece is not None:
                found.append((_with_spots(piece, line), cell))
        return found

    def _starts_of_words(self, line: Line, cell_at: Callable[[float, float], Cell | None]) -> list[tuple[int, Cell | None]]:
        """Index of the first character in each cell, asked of the first character of each word."""
        shift = (self.shift[0] if self.shift else 0.0) - 0.5
        middle = (line.top + line.bottom) / 2
        starts: list[tuple[int, Cell | None]] = []
        here: Cell | None = None
        words = [match.start() for match in _WORD.finditer(self.text, line.start, line.end)] if line.start >= 0 else []
        for at, x in zip(words, self.pens(words)[0], strict=True):
            cell = cell_at(x - shift, middle)
            if here is None:
                starts[:] = [(starts[0][0] if starts else at, cell)]
                here = cell
            elif cell is not None and cell != here:
                starts.append((at, cell))
                here = cell
        return starts

    def _starts_of_cells(self, line: Line, cell_at: Callable[[float, float], Cell | None]) -> list[tuple[int, Cell | None]]:
        """Index of the first character in each cell, asked character by character."""
        starts: list[tuple[int, Cell | None]] = []
        for index in range(line.start, line.end):
            box = self.shown(*self.ink(index))
            at = self.index_of(index) if self.mapped else index
            if box.width < NOTHING or at < 0 or self.text[at].isspace():
                continue
            cell = cell_at(*box.centre)
            if not starts:
                starts.append((line.start, cell))
            elif starts[-1][1] is None:
                starts[-1] = (starts[-1][0], cell)
            elif cell is not None and cell != starts[-1][1]:
                starts.append((index, cell))
        return starts

    def inside(self, line: Line, box: Box) -> list[tuple[int, str]]:
        """The characters of a line whose middle lies in a box, each with its index on the page."""
        found = []
        for index in range(line.start, line.end):
            at = self.index_of(index) if self.mapped else index
            if at < 0 or self.text[at].isspace():
                continue
            own = self.shown(*self.ink(index))
            if own.width > NOTHING and box.contains(*own.centre):
                found.append((index, self.text[at]))
        return found

    def without(self, line: Line, first: int, after: int) -> tuple[Line | None, Line | None]:
        """The two pieces of a line before and after some of its characters."""
        boxed = bool(line.spots)
        while after < line.end and self.text[self.index_of(after) if self.mapped else after].isspace():
            after += 1
        left, right = self.piece(line.start, first, boxed=boxed), self.piece(after, line.end, boxed=boxed)
        return left and _with_spots(left, line), right and _with_spots(right, line)

    def parted(self, line: Line, x: float) -> tuple[Line | None, Line | None]:
        """The two pieces of a line on the left and on the right of a place; a line without characters is not parted."""
        if line.start < 0:
            return None, None
        for index in range(line.start, line.end):
            at = self.index_of(index) if self.mapped else index
            if at < 0 or self.text[at].isspace():
                continue
            own = self.shown(*self.ink(index))
            if own.width > NOTHING and own.centre[0] > x:
                return self.without(line, index, index)
        return line, None

    def signs(self, line: Line, pattern: re.Pattern[str]) -> list[tuple[int, str]]:
        """What a pattern of one character finds in a line, with its index on the page."""
        first, after = (self.index_of(line.start), self.index_of(line.end - 1) + 1) if self.mapped else (line.start, line.end)
        if not 0 <= first < after:
            return []
        found = pattern.finditer(self.text, first, after)
        return [(self.char_of(match.start()) if self.mapped else match.start(), match.group()) for match in found]

    def places(self, line: Line) -> list[tuple[str, Box]]:
        """The characters of a line with their boxes."""
        found = []
        for char in range(line.start, line.end):
            at = self.index_of(char) if self.mapped else char
            if 0 <= at < len(self.text):
                found.append((self.text[at], self.shown(*self.ink(char))))
        return found

    def ink_of(self, char: int) -> Box:
        """The box of a character, by its index on the page."""
        return self.shown(*self.ink(char))

    def invisible(self, line: Line) -> bool:
        """Tells whether the text of a line is drawn without ink, as a text recogniser lays it over a scan."""
        item = pdfium.FPDFText_GetTextObject(self.handle, line.start) if line.start >= 0 else None
        return bool(item) and pdfium.FPDFTextObj_GetTextRenderMode(item) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE


def _with_spots(piece: Line, line: Line) -> Line:
    """A piece of a line with the boxes as the line has them: what lies over them may be known already."""
    if not piece.spots:
        return piece
    known = {spot.box: spot for spot in line.spots}
    return piece._replace(spots=tuple(known.get(spot.box, spot) for spot in piece.spots))
