"""A document as a stream of units, one for each cell or paragraph, in reading order, with their words and their boxes. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from formfill.extract.fields._words import Found, match, words
from formfill.model.glyphs import BOX_GLYPHS, may_hold_box

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.extract.fields._words import Words
    from formfill.model.document import Cell, Document, Mark, TextBlock
    from formfill.model.geometry import Place

_OUTSIDE: Final = re.compile(r"^(?:header|footer|footnotes|endnotes)")
"""Paths of what stands outside the body of a Word document."""


class Unit:
    """One cell of a grid, or one paragraph outside grids."""

    __slots__ = ("_words", "boxes", "col", "grid", "marks", "order", "place", "row", "row_span", "span", "tail", "text")

    def __init__(self, order: int, source: Cell | TextBlock, grid: int, marks: dict[str, Mark]) -> None:
        self.order = order
        self.text = source.text
        self.place: Place = source.place
        self.grid = grid
        """Rank of its grid in the document; -1 for a paragraph."""
        self.row: int
        self.col: int
        self.row_span: int
        self.span: int
        if grid >= 0:
            self.row, self.col, self.row_span, self.span = source.row, source.col, source.row_span, source.col_span  # type: ignore[union-attr]  # in a grid it is a cell
        else:
            self.row, self.col, self.row_span, self.span = 0, 0, 1, 1
        self._words: Words | None = None
        self.marks = [marks[mark] for mark in source.marks] if source.marks else []
        self.boxes: list[tuple[int, Mark]] = []
        """Its boxes with the offset at which each stands in its text."""
        self.tail: list[Mark] = []
        """Its marks that no character of the text shows: alternatives struck out, drawings."""
        if self.marks:
            self._place_marks()

    def _place_marks(self) -> None:
        shown = [i for i, c in enumerate(self.text) if c in BOX_GLYPHS] if may_hold_box(self.text) else []
        if not shown and len(self.marks) == 1 and len(self.text.strip()) == 1:
            # a lone cross or tick in the body of a grid
            shown = [self.text.index(self.text.strip())]
        self.boxes = list(zip(shown, self.marks, strict=False))
        self.tail = self.marks[len(shown) :]

    @property
    def words(self) -> Words:
        """Its words."""
        if self._words is None:
            self._words = words(self.text)
        return self._words

    @property
    def body(self) -> bool:
        """False for headers, footers and notes."""
        return self.grid >= 0 or self.place.path is None or not _OUTSIDE.match(self.place.path)

    def line_of(self, at: int) -> int:
        """How many lines end before an offset."""
        return self.text.count("\n", 0, at)

    def covers(self, other: Unit) -> bool:
        """Whether the two cells share a column."""
        return self.col < other.col + other.span and other.col < self.col + self.span


class Stream:
    """The units of a document."""

    def __init__(self, document: Document) -> None:
        marks = {mark.id: mark for mark in document.marks}
        self.units: list[Unit] = []
        self.rows: dict[tuple[int, int], list[Unit]] = {}
        self._index: dict[str, list[tuple[Unit, int]]] = {}
        for source, grid in _sources(document):
            unit = Unit(len(self.units), source, grid, marks)
            self.units.append(unit)
            if grid >= 0:
                self.rows.setdefault((grid, unit.row), []).append(unit)

    def index(self, heads: frozenset[str]) -> None:
        """Notes where the words stand with which printed texts begin: they must be told before :meth:`find`."""
        for unit in self.units:
            texts = unit.words.texts
            if not heads.isdisjoint(texts):
                for rank, text in enumerate(texts):
                    if text in heads:
                        self._index.setdefault(text, []).append((unit, rank))

    def find(self, wanted: tuple[str, ...]) -> Iterator[tuple[Unit, Found]]:
        """Every place of a printed text, in reading order."""
        for unit, at in self._index.get(wanted[0], ()):
            seen = unit.words
            last = match(seen, at, wanted)
            if last is not None:
                yield unit, Found(at, last, seen.start(at), seen.end(last - 1))

    def row_of(self, unit: Unit) -> list[Unit]:
        """The cells of a unit's row, itself among them; a paragraph is alone."""
        return self.rows[unit.grid, unit.row] if unit.grid >= 0 else [unit]


def _sources(document: Document) -> Iterator[tuple[Cell | TextBlock, int]]:
    """Cells and paragraphs in reading order; where pages do not tell it, the grids come first."""
    grids = [
        ((grid.place.page, grid.place.box.top) if grid.place.page is not None and grid.place.box is not None else None, rank)
        for rank, grid in enumerate(document.grids)
    ]
    waiting = list(document.text)
    for at, rank in grids:
        if at is not None:
            while waiting and _before(waiting[0], at):
                yield waiting.pop(0), -1
        for row in document.grids[rank].rows:
            for cell in row:
                yield cell, rank
    for block in waiting:
        yield block, -1


def _before(block: TextBlock, at: tuple[int, float]) -> bool:
    page, box = block.place.page, block.place.box
    return page is not None and box is not None and (page, box.top) < at
