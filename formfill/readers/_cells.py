"""From pieces (text and boxes in order) to cells, marks and labels: what the readers of flowing formats share. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.model.document import Cell, Evidence, Mark, TextBlock
from formfill.model.glyphs import BOX_GLYPHS, SHOWN, TICKS, may_hold_box
from formfill.readers._binding import bind, row_title
from formfill.readers._marks import Piece, glyph_evidence, weigh

if TYPE_CHECKING:
    from collections.abc import Sequence

    from formfill.model.geometry import Place


class DraftCell:
    """A cell being read: its paragraphs, each a list of pieces."""

    __slots__ = ("boxes", "col", "col_span", "lines", "place", "row_span")

    def __init__(self, paragraphs: Sequence[Sequence[Piece]], col: int, col_span: int, place: Place) -> None:
        self.boxes: list[tuple[Evidence, ...]] = []
        self.lines: list[str] = []
        for paragraph in paragraphs:
            text, boxes = resolve(paragraph)
            self.boxes += boxes
            self.lines += text.split("\n")
        self.col, self.col_span, self.row_span, self.place = col, col_span, 1, place

    @property
    def text(self) -> str:
        """The text of the cell, without the empty lines at its ends."""
        lines = self.lines
        start, end = 0, len(lines)
        while start < end and not lines[start]:
            start += 1
        while end > start and not lines[end - 1]:
            end -= 1
        return "\n".join(lines[start:end])


def resolve(paragraph: Sequence[Piece]) -> tuple[str, list[tuple[Evidence, ...]]]:
    """The text of a paragraph with one glyph per box, and the evidence of each box in order."""
    if len(paragraph) == 1 and isinstance(paragraph[0], str) and may_hold_box(paragraph[0]) is None:
        text = paragraph[0]
        return text, []
    parts: list[str] = []
    boxes: list[tuple[Evidence, ...]] = []
    for piece in paragraph:
        if isinstance(piece, str):
            parts.append(piece)
            boxes += [_typed(char) for char in piece if char in BOX_GLYPHS]
        else:
            parts.append(SHOWN[weigh(piece)])
            boxes.append(piece)
    text = "".join(parts)
    if not boxes and text.strip() in TICKS:
        boxes.append(_typed(text.strip()))
    return text, boxes


def _typed(glyph: str) -> tuple[Evidence, ...]:
    evidence = glyph_evidence(glyph)
    return (evidence,) if evidence else ()


class Shelf:
    """Numbers the marks of a document and binds them to their labels."""

    def __init__(self) -> None:
        self.marks: list[Mark] = []

    def row(self, drafts: Sequence[DraftCell], row: int) -> tuple[Cell, ...]:
        """The cells of a row, their marks shelved."""
        texts = [draft.text for draft in drafts]
        cells = []
        for index, draft in enumerate(drafts):
            ids: tuple[str, ...] = ()
            if draft.boxes:
                title = row_title(texts, index)
                ids = self._shelve(texts[index].split("\n"), draft.boxes, title, draft.place)
            cells.append(Cell(texts[index], ids, row, draft.col, draft.row_span, draft.col_span, draft.place))
        return tuple(cells)

    def paragraph(self, paragraph: Sequence[Piece], place: Place) -> TextBlock | None:
        """A paragraph outside grids; None when it is empty."""
        text, boxes = resolve(paragraph)
        if not text.strip() and not boxes:
            return None
        return TextBlock(text, place, self._shelve(text.split("\n"), boxes, "", place) if boxes else ())

    def _shelve(self, lines: Sequence[str], boxes: Sequence[tuple[Evidence, ...]], title: str, place: Place) -> tuple[str, ...]:
        ids = []
        for label, evidence in zip(bind(lines, len(boxes), title), boxes, strict=True):
            mark = Mark(f"m{len(self.marks) + 1}", weigh(evidence), label, place, evidence)
            self.marks.append(mark)
            ids.append(mark.id)
        return tuple(ids)
