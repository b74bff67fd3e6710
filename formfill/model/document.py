"""What a reader saw, before anyone knows which form it is.

A reader fills these types with what stands in the file and decides nothing about forms. Text is kept as written.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from formfill.model.geometry import NOWHERE, Place

if TYPE_CHECKING:
    from collections.abc import Callable

    from formfill.model.picture import Picture
    from formfill.model.report import Finding


class MarkState(StrEnum):
    """The three states of a tick box. Nothing is guessed: evidence that disagrees makes ``UNCERTAIN``."""

    TICKED = "ticked"
    BLANK = "blank"
    UNCERTAIN = "uncertain"


class Says(StrEnum):
    """What one piece of evidence says of a box."""

    TICKED = "ticked"
    BLANK = "blank"
    UNCLEAR = "unclear"


class Evidence(NamedTuple):
    """One reason to believe that a box is ticked or not."""

    kind: str
    """What was looked at: ``glyph``, ``w14:checked``, ``widget``, ``drawn-box``, ``strokes``…"""
    says: Says
    """What it says."""
    detail: str
    """What was seen, in the words of the file format."""


class Mark(NamedTuple):
    """A tick box, or a choice shown in another way."""

    id: str
    """Unique in its document: ``m1``, ``m2``… in reading order."""
    state: MarkState
    """Weighed from the evidence by ``readers/_marks.py``."""
    label: str
    """The text the box belongs to, one line."""
    place: Place
    """Where the box stands."""
    evidence: tuple[Evidence, ...]
    """Every reason, in the order met; never empty."""


class Cell(NamedTuple):
    """One cell of a grid; a merged cell stands once, at its upper left corner."""

    text: str
    """The text as written, paragraphs joined by ``\\n``. Each mark stands in it as one character: its own glyph where it has one,
    else ☐, ☒ or ⍰ by its state, so that the n-th box glyph of the text is the n-th mark of the cell."""
    marks: tuple[str, ...]
    """Ids of the marks in the cell, in reading order."""
    row: int
    """First row, from 0."""
    col: int
    """First column, from 0."""
    row_span: int = 1
    """Rows covered."""
    col_span: int = 1
    """Columns covered."""
    place: Place = NOWHERE
    """Where the cell stands."""
    continues: bool = False
    """True when the cell was split over two pages and this is both parts joined."""


class Grid(NamedTuple):
    """A table: rows of cells, rows that continue on the next page joined, repeated header rows dropped."""

    rows: tuple[tuple[Cell, ...], ...]
    """The cells of each row, left to right; cells covered from above or the left are absent."""
    place: Place = NOWHERE
    """Where the table stands (its first page)."""
    heads: tuple[tuple[int, int], ...] = ()
    """Where repeated header rows were dropped: before which row, and how many of the first rows stood there again."""


class AnnotationKind(StrEnum):
    """What a person added over the form."""

    WORD_COMMENT = "word-comment"
    INSERTION = "insertion"
    DELETION = "deletion"
    FREETEXT = "freetext"
    INK = "ink"
    HIGHLIGHT = "highlight"
    STAMP = "stamp"
    TEXT = "text"


class Annotation(NamedTuple):
    """A margin comment, a tracked change, a note of a PDF viewer."""

    kind: AnnotationKind
    text: str
    """Its text as written; empty for ink."""
    author: str | None
    place: Place
    answers: int | None = None
    """The comment that it answers, by its number from 0 among the document's annotations; None for none."""
    resolved: bool = False
    """True for a comment whose thread somebody marked as settled."""


class TextBlock(NamedTuple):
    """A paragraph that stands in no grid."""

    text: str
    place: Place
    marks: tuple[str, ...] = ()
    """Ids of the marks in the paragraph, in reading order."""
    grids: int = 0
    """How many of the document's grids begin before it, in reading order; the place tells it where there are pages."""


class Attachment(NamedTuple):
    """A file carried inside the document."""

    name: str
    content: bytes | Callable[[], bytes]
    """Its bytes, or what takes them out of the document when they are asked for: few readings need them."""

    @property
    def data(self) -> bytes:
        """Its bytes."""
        return self.content if isinstance(self.content, bytes) else self.content()


class Unread(NamedTuple):
    """Something that a person wrote on paper and that was not read for certain."""

    token: str
    """What stands for it in the texts of its document: ``⟦?1⟧``."""
    text: str | None
    """What it may say; None when nothing tells, as with handwriting."""
    place: Place
    evidence: tuple[Evidence, ...]
    """Why it is not certain, and its picture."""


class Document(NamedTuple):
    """Everything a reader saw in one source."""

    pages: int | None
    """Number of pages where the format has pages, else None."""
    grids: tuple[Grid, ...] = ()
    """In reading order."""
    marks: tuple[Mark, ...] = ()
    """Every mark of the document, in reading order."""
    annotations: tuple[Annotation, ...] = ()
    text: tuple[TextBlock, ...] = ()
    """The paragraphs outside grids, in reading order."""
    attachments: tuple[Attachment, ...] = ()
    findings: tuple[Finding, ...] = ()
    """What the reader must report whatever the form is: hidden content, tracked changes, pages without text."""
    unread: tuple[Unread, ...] = ()
    """What was written on scanned pages and not read for certain."""
    pictured: Callable[[], tuple[Document, dict[str, Picture]]] | None = None
    """Reads the document again with a token in its texts for each picture, and tells the picture of each token; None without."""
