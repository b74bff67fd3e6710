"""Draws the tables, the text and the boxes of a document with Pillow. All lengths are pixels."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from PIL import Image, ImageDraw, ImageFont

from formfill.drawing._lines import BOX, LINE, Atom, Line, atoms, lines
from formfill.drawing._tables import PAD, laid_out
from formfill.language import gettext as _
from formfill.model.document import Grid, MarkState
from formfill.resources import FONTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from formfill.model.document import Document, Mark, TextBlock

WIDTH: Final = 1160
"""Width of the text; a table of many columns may be wider."""
LEGEND: Final = 520
"""Width of the list of the boxes."""
MARGIN: Final = 30
HIGHEST: Final = 30_000
"""Highest picture: what is lower is not drawn, and the picture says so."""
PAPER, INK, RULE, ALARM = "#ffffff", "#1f2328", "#2563eb", "#b42318"
COLOURS: Final = {MarkState.TICKED: "#1a7f37", MarkState.BLANK: "#6e7781", MarkState.UNCERTAIN: "#d97706"}
"""Ticked green, blank grey, uncertain orange, as on the pages of a PDF."""
_SIZE, _SMALL = 17, 11
_GAP, _LEGEND_GAP = 14.0, 2.0
"""Between two blocks, and between two lines of the list."""


@dataclass(slots=True)
class _Block:
    """A table, a paragraph, or a line of the list, its origin at its upper left corner."""

    width: float
    height: float
    lines: list[tuple[float, float, Line]] = field(default_factory=list)
    """Left and top of each line."""
    frames: list[tuple[float, float, float, float]] = field(default_factory=list)
    """Left, top, right and bottom of each cell."""


class Painter:
    """Draws one document."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._marks = {mark.id: mark for mark in document.marks}
        self._font = ImageFont.truetype(FONTS / "DejaVuSansCondensed.ttf", _SIZE)
        self._small = ImageFont.truetype(FONTS / "DejaVuSansCondensed.ttf", _SMALL)
        self._measure = lru_cache(maxsize=50_000)(self._font.getlength)

    def picture(self) -> bytes:
        """The whole document as a PNG."""
        blocks = [self._table(part) if isinstance(part, Grid) else self._text(part) for part in _in_order(self._document)]
        legend = [self._label(mark) for mark in self._document.marks]
        width = max([float(WIDTH), *(block.width for block in blocks)])
        height = round(max(_height(blocks, _GAP), _height(legend, _LEGEND_GAP)) + 2 * MARGIN)
        right = LEGEND + MARGIN if legend else 0
        image = Image.new("RGB", (round(width) + 2 * MARGIN + right, min(height, HIGHEST)), PAPER)
        pen = ImageDraw.Draw(image)
        self._draw(pen, blocks, MARGIN, _GAP)
        self._draw(pen, legend, width + 2 * MARGIN, _LEGEND_GAP)
        if height > HIGHEST:
            pen.rectangle((0, HIGHEST - 2 * LINE, image.width, HIGHEST), fill=ALARM)
            sentence = _("La suite du document n’est pas dessinée : l’image serait trop haute.")
            pen.text((MARGIN, HIGHEST - 1.5 * LINE), sentence, PAPER, self._font)
        out = io.BytesIO()
        image.save(out, "PNG")
        return out.getvalue()

    def _table(self, grid: Grid) -> _Block:
        cells, width, height = laid_out(grid, WIDTH, lambda cell: self._atoms(cell.text, cell.marks), self._measure)
        title = atoms(grid.place.path or "", (), self._measure, 0)
        made = _Block(width, LINE + height, [(0, 0, Line(tuple(title)))])
        for cell in cells:
            made.frames.append((cell.left, LINE + cell.top, cell.right, LINE + cell.bottom))
            made.lines += [(cell.left + PAD, LINE + cell.top + PAD + LINE * rank, line) for rank, line in enumerate(cell.lines)]
        return made

    def _text(self, block: TextBlock) -> _Block:
        return self._paragraph(self._atoms(block.text, block.marks), WIDTH)

    def _label(self, mark: Mark) -> _Block:
        """A line of the list: the box, its number, its label."""
        box = Atom("", BOX + self._number(mark), mark, boxed=True, first=True)
        return self._paragraph([box, *atoms(f"  {mark.label}", (), self._measure, 0)], LEGEND)

    def _paragraph(self, parts: Sequence[Atom], width: float) -> _Block:
        text = lines(parts, width, self._measure)
        return _Block(width, len(text) * LINE, [(0, LINE * rank, line) for rank, line in enumerate(text)])

    def _atoms(self, text: str, ids: Sequence[str]) -> list[Atom]:
        marks = [self._marks[name] for name in ids]
        return atoms(text, marks, self._measure, max(map(self._number, marks), default=0.0))

    def _number(self, mark: Mark) -> float:
        """The width of the number of a mark."""
        return self._small.getlength(mark.id) + 4

    def _draw(self, pen: ImageDraw.ImageDraw, blocks: Sequence[_Block], left: float, gap: float) -> None:
        top = float(MARGIN)
        for block in blocks:
            for x0, y0, x1, y1 in block.frames:
                if top + y0 < HIGHEST:
                    pen.rectangle((left + x0, top + y0, left + x1, top + y1), outline=RULE)
            for x, y, line in block.lines:
                if top + y < HIGHEST:
                    self._line(pen, line, left + x, top + y)
            top += block.height + gap

    def _line(self, pen: ImageDraw.ImageDraw, line: Line, x: float, y: float) -> None:
        for atom in line.atoms:
            if atom.boxed and atom.mark is not None:
                self._box(pen, atom.mark.state, x, y + (LINE - BOX) / 2)
                pen.text((x + BOX + 2, y + 1), atom.mark.id, COLOURS[atom.mark.state], self._small)
            else:
                pen.text((x, y + 1), atom.text, INK, self._font)
                if atom.mark is not None:
                    self._around(pen, atom, atom.mark, x, y)
            x += atom.width

    def _box(self, pen: ImageDraw.ImageDraw, state: MarkState, x: float, y: float) -> None:
        colour = COLOURS[state]
        pen.rectangle((x, y, x + BOX - 1, y + BOX - 1), outline=colour, width=2)
        if state is MarkState.TICKED:
            pen.line((x + 3, y + 3, x + BOX - 4, y + BOX - 4), colour, 2)
            pen.line((x + BOX - 4, y + 3, x + 3, y + BOX - 4), colour, 2)
        elif state is MarkState.UNCERTAIN:
            pen.text((x + BOX / 2, y + BOX / 2), "?", colour, self._small, anchor="mm", stroke_width=0.4)

    def _around(self, pen: ImageDraw.ImageDraw, atom: Atom, mark: Mark, x: float, y: float) -> None:
        """A frame around words that are a choice without a box, or around a cross alone in its cell."""
        colour = COLOURS[mark.state]
        end = x + self._measure(atom.text)
        pen.rectangle((x - 2, y, end + 1, y + LINE - 2), outline=colour, width=2)
        if atom.first:
            pen.text((end + 4, y + 1), mark.id, colour, self._small)


def _height(blocks: Sequence[_Block], gap: float) -> float:
    return sum(block.height + gap for block in blocks)


def _in_order(document: Document) -> Iterator[Grid | TextBlock]:
    """The tables and the paragraphs in reading order."""
    done = 0
    for block in document.text:
        yield from document.grids[done : block.grids]
        done = max(done, block.grids)
        yield block
    yield from document.grids[done:]
