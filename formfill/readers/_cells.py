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
    """A cell being read: its text, and the evidence of each of its boxes."""

    __slots__ = ("boxes", "col", "col_span", "place", "row_span", "text")

    def __init__(self, text: str, boxes: list[tuple[Evidence, ...]], col: int, col_span: int, place: Place) -> None:
        self.text, self.boxes = text, boxes
        self.col, self.col_span, self.row_span, self.place = col, col_span, 1, place

    @classmethod
    def of_lines(cls, lines: Sequence[str], col: int, col_span: int, place: Place) -> DraftCell:
        """A cell of paragraphs of plain text."""
        text = trimmed("\n".join(lines))
        if may_hold_box(text) is None:
            return cls(text, [], col, col_span, place)
        return cls.of_pieces([[line] for line in lines], col, col_span, place)

    @classmethod
    def of_pieces(cls, paragraphs: Sequence[Sequence[Piece]], col: int, col_span: int, place: Place) -> DraftCell:
        """A cell of paragraphs that hold text and boxes."""
        resolved = [resolve(paragraph) for paragraph in paragraphs]
        text = trimmed("\n".join([text for text, _ in resolved]))
        return cls(text, [box for _, boxes in resolved for box in boxes], col, col_span, place)


def trimmed(text: str) -> str:
    """The text without the empty lines at its ends."""
    return text.strip("\n")


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
