"""From pieces (text and boxes in order) to cells, marks and labels: what the readers of flowing formats share. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.model.document import Cell, Evidence, Mark, MarkState, Says, TextBlock
from formfill.model.glyphs import BOX_GLYPHS, SHOWN, TICKS
from formfill.readers._binding import bind, row_title
from formfill.readers._marks import Emphasised, Overlay, Piece, Tinted, glyph_evidence, weigh
from formfill.readers._signs import split_glyphs, suspect, with_typed_boxes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from formfill.model.geometry import Place
    from formfill.readers._choices import Choice
    from formfill.readers._marks import Tint


class DraftCell:
    """A cell being read: its text, and the evidence of each of its boxes."""

    label: str | None = None
    """The label of its boxes, when the grid around it tells it."""
    choices: Sequence[Choice] = ()
    """Choices shown without a box."""
    overlays: Sequence[Overlay] = ()
    """Drawings that none of its boxes takes."""
    unplaced: bool = False
    """True when a drawing may cover one box or another."""
    fill: str | None = None
    """The colour that fills it, None for none or white."""
    diagonals: int = 0
    """How many of its diagonals are drawn."""
    element: object = None
    """What it was read from."""
    row_span: int = 1
    tint: Tint | None = None
    """How all its words are highlighted or shaded."""

    def __init__(self, text: str, boxes: list[tuple[Evidence, ...]], col: int, col_span: int, place: Place) -> None:
        self.text, self.boxes, self.col, self.col_span, self.place = text, boxes, col, col_span, place

    @classmethod
    def of_lines(cls, lines: Sequence[str], col: int, col_span: int, place: Place) -> DraftCell:
        """A cell of paragraphs of plain text."""
        text = "\n".join(lines).strip("\n")
        if suspect(text) is None:
            return cls(text, [], col, col_span, place)
        return cls.of_pieces([[line] for line in lines], col, col_span, place)

    @classmethod
    def of_pieces(cls, paragraphs: Sequence[Sequence[Piece]], col: int, col_span: int, place: Place) -> DraftCell:
        """A cell of paragraphs that hold text and boxes."""
        if len(paragraphs) == 1 and len(paragraphs[0]) == 1 and isinstance(box := paragraphs[0][0], tuple):
            return cls(SHOWN[weigh(box)], [box], col, col_span, place)
        content = _Content(paragraphs)
        if len(content.paragraphs) == 1:
            text, boxes = resolve(content.paragraphs[0])
        else:
            resolved = [resolve(paragraph) for paragraph in content.paragraphs]
            text, boxes = "\n".join([text for text, _ in resolved]), [box for _, boxes in resolved for box in boxes]
        made = cls(trimmed(text), boxes, col, col_span, place)
        if content.choices or content.overlays or content.unplaced:
            made.choices, made.overlays, made.unplaced = content.choices, content.overlays, content.unplaced
        if content.tint is not None:
            made.tint = content.tint
        return made


class _Content:
    """Paragraphs with their typed boxes found, their drawings settled and their choices told."""

    __slots__ = ("choices", "overlays", "paragraphs", "tint", "unplaced")

    paragraphs: Sequence[Sequence[Piece]]

    def __init__(self, paragraphs: Sequence[Sequence[Piece]], around: str = "") -> None:
        self.paragraphs = paragraphs
        self.choices: list[Choice] = []
        self.overlays: list[Overlay] = []
        self.unplaced = False
        self.tint: Tint | None = None
        if len(paragraphs) == 1 and len(paragraphs[0]) == 1 and isinstance(paragraphs[0][0], tuple):
            return
        kinds: set[type] = set()
        for paragraph in paragraphs:
            kinds.update(map(type, paragraph))
        if str in kinds or Emphasised in kinds:
            self.paragraphs = with_typed_boxes(paragraphs, around)
        if Overlay in kinds:
            from formfill.readers._overlays import settle

            self.paragraphs, self.overlays, self.unplaced, self.choices = settle(self.paragraphs)
        if Emphasised in kinds:
            from formfill.readers._choices import choices
            from formfill.readers._tints import of_labels, tint_of

            self.paragraphs = of_labels([split_glyphs(paragraph) for paragraph in self.paragraphs])
            self.choices += choices(self.paragraphs)
            self.tint = tint_of([piece for paragraph in self.paragraphs for piece in paragraph])


def trimmed(text: str) -> str:
    """The text without the empty lines at its ends."""
    return text.strip("\n")


def resolve(paragraph: Sequence[Piece]) -> tuple[str, list[tuple[Evidence, ...]]]:
    """The text of a paragraph with one glyph per box, and the evidence of each box in order."""
    if len(paragraph) == 1 and isinstance(paragraph[0], str) and suspect(paragraph[0]) is None:
        return str(paragraph[0]), []
    parts: list[str] = []
    boxes: list[tuple[Evidence, ...]] = []
    for piece in paragraph:
        if isinstance(piece, str):
            parts.append(piece)
            if not BOX_GLYPHS.isdisjoint(piece):
                boxes += [_typed(char) for char in piece if char in BOX_GLYPHS]
        elif isinstance(piece, tuple):
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
        self.tints: dict[int, Tint] = {}
        """The marks whose box or words are highlighted or shaded, by number from 0."""
        self.tinted: dict[Place, Tint] = {}
        """The cells all words of which are."""
        self.unplaced: list[Place] = []
        """Where drawings stand that may cover one box or another."""

    def row(self, drafts: Sequence[DraftCell], row: int) -> tuple[Cell, ...]:
        """The cells of a row, their marks shelved."""
        texts = [draft.text for draft in drafts]
        cells = []
        new = tuple.__new__  # what Cell(…) does, at half its price
        for index, draft in enumerate(drafts):
            ids: tuple[str, ...] = ()
            if draft.boxes:
                if draft.label is not None:
                    ids = tuple(self._add(draft.label, evidence, draft.place) for evidence in draft.boxes)
                else:
                    title = row_title(texts, index)
                    ids = self._shelve(texts[index].split("\n"), draft.boxes, title, draft.place)
            if draft.choices:
                ids += tuple(self._add(choice.label, choice.evidence, draft.place) for choice in draft.choices)
            if draft.unplaced:
                self.unplaced.append(draft.place)
            if draft.tint is not None:
                self.tinted[draft.place] = draft.tint
            cells.append(new(Cell, (texts[index], ids, row, draft.col, draft.row_span, draft.col_span, draft.place, False)))
        return tuple(cells)

    def paragraph(self, paragraph: Sequence[Piece], place: Place, around: str = "", grids: int = 0) -> TextBlock | None:
        """A paragraph outside grids; None when it is empty.

        Args:
            paragraph: its pieces.
            place: where it stands.
            around: the text of its neighbours, which may show that a circle is a choice.
            grids: how many grids begin before it.
        """
        content = _Content([paragraph], around)
        text, boxes = resolve(content.paragraphs[0])
        if content.unplaced:
            self.unplaced.append(place)
        if not text.strip() and not boxes:
            return None
        ids = self._shelve(text.split("\n"), boxes, "", place) if boxes else ()
        ids += tuple(self._add(choice.label, choice.evidence, place) for choice in content.choices)
        return TextBlock(text, place, ids, grids)

    def tell(self, place: Place) -> None:
        """Notes that a drawing there may tick something."""
        if place not in self.unplaced:
            self.unplaced.append(place)

    def doubt(self, first: int, overlay: Overlay, place: Place) -> None:
        """Makes the blank marks shelved since ``first`` uncertain: a drawing may cover any of them."""
        evidence = Evidence(overlay.kind, Says.UNCLEAR, overlay.detail)
        for index, mark in enumerate(self.marks[first:], first):
            if mark.state is MarkState.BLANK:
                seen = (*mark.evidence, evidence)
                self.marks[index] = mark._replace(state=weigh(seen), evidence=seen)
                self.tell(place)

    def _shelve(self, lines: Sequence[str], boxes: Sequence[tuple[Evidence, ...]], title: str, place: Place) -> tuple[str, ...]:
        labels = bind(lines, len(boxes), title)
        return tuple([self._add(label, evidence, place) for label, evidence in zip(labels, boxes, strict=True)])

    def _add(self, label: str, evidence: tuple[Evidence, ...], place: Place) -> str:
        if type(evidence) is Tinted:
            self.tints[len(self.marks)] = evidence.tint
            evidence = tuple(evidence)
        name = f"m{len(self.marks) + 1}"
        self.marks.append(Mark(name, weigh(evidence), label, place, evidence))
        return name
