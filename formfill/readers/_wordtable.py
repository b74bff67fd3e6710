"""The rows and cells of a Word table, and what its cells hold (ECMA-376 Part 1 §17.4).

Most tables are read at a glance: one pass in which lxml shows only the few elements that matter. A cell that holds anything else
says so, and is walked with care; so is a whole table whose rows or cells stand in something unusual.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from formfill.readers import _wordnames as n
from formfill.readers._wordblocks import cells, properties, rows
from formfill.readers._wordcontrols import control_of
from formfill.readers._wordfeatures import CELL_CHANGES
from formfill.readers._wordsuspects import bare
from formfill.readers._wordsymbols import SHORT, sym_piece
from formfill.readers._wordtints import fill_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.readers._marks import Piece
    from formfill.readers._wordfeatures import Features
    from formfill.readers._wordfields import Fields
    from formfill.readers._wordnames import Element
    from formfill.readers._wordwalk import Walk

_PAINT: Final = frozenset((n.SHD, n.TL2BR, n.TR2BL))
_OUTER: Final = frozenset((n.TBL, n.TR, n.TR_PR))


class CellHead:
    """How a cell stands in its table, and what it holds when that can be told at a glance."""

    # defaults of the class: most cells need none of their own
    around: Element | None = None
    """The content control that stands around it."""
    boxed: list[Piece] | None = None
    """The box that a content control makes of it, and what is typed beside; empty for a placeholder."""
    cut = False
    """Whether a tracked change deletes it."""
    span = 1
    """Columns covered (``w:gridSpan``)."""
    merged: str | None = None
    """``restart`` or ``continue`` (``w:vMerge``), None for a cell that is not merged downwards."""
    painted = False
    """Whether its properties name a fill or a diagonal."""
    plain = True
    """Whether its paragraphs hold nothing but text."""
    paragraphs: list[list[Piece]] | None
    """What its paragraphs hold; None when the cell must be walked with care."""

    def __init__(self, element: Element) -> None:
        self.element = element
        self.paragraphs = []


class RowHead:
    """A row: its cells, and how it stands in its table."""

    __slots__ = ("around", "before", "cells", "header", "number")

    def __init__(self, number: int) -> None:
        self.number = number
        """From 1, among the rows that the file holds."""
        self.cells: list[CellHead] = []
        self.around: Element | None = None
        """The check box control that stands around it."""
        self.before = 0
        """Columns left free before its first cell (``w:gridBefore``)."""
        self.header = False
        """Whether it repeats on each page."""


def glance(table: Element, features: Features, walk: Walk) -> list[RowHead] | None:
    """The rows of a table in one pass; None when it must be walked with care. A cell gives one row of one cell."""
    if walk.looks is not None:
        return None
    reading = _Glance(table, walk)
    return reading.rows if reading.read(features.glanced) else None


def walked(table: Element, features: Features, walk: Walk) -> Iterator[tuple[RowHead, Element]]:
    """The rows of a table with their elements, through every wrapper; their cells are read at a glance where they can be."""
    for number, (element, around) in enumerate(rows(table), 1):
        row = RowHead(number)
        row.around = around
        found = properties(element, n.TR_PR)
        for child in found if found is not None else ():
            if child.tag == n.GRID_BEFORE:
                row.before = n.number(child, 0)
            elif child.tag == n.TBL_HEADER:
                row.header = n.switched(child)
        for cell, control in cells(element):
            seen = glance(cell, features, walk)
            head = seen[0].cells[0] if seen else _head(cell)
            head.around = control
            row.cells.append(head)
        yield row, element


def _head(cell: Element) -> CellHead:
    """How a cell that must be walked with care stands in its table."""
    head = CellHead(cell)
    head.paragraphs = None
    found = properties(cell, n.TC_PR)
    for child in found if found is not None else ():
        if child.tag == n.GRID_SPAN:
            head.span = max(n.number(child, 1), 1)
        elif child.tag == n.V_MERGE:
            head.merged = child.get(n.VAL, "continue")
        elif child.tag in _PAINT or child.tag == n.TC_BORDERS:
            head.painted = True
    return head


class _Glance:
    """One pass over a table, or over a cell."""

    __slots__ = ("boxed", "cell", "fields", "paragraph", "rows", "skipped", "table", "walk")

    def __init__(self, table: Element, walk: Walk) -> None:
        self.table, self.walk = table, walk
        self.rows: list[RowHead] = [RowHead(1)] if table.tag == n.TC else []
        self.cell: CellHead | None = None
        self.paragraph: list[Piece] | None = None
        """The paragraph being read; None outside cells, and in a cell that must be walked with care."""
        self.fields: Fields | None = None
        self.skipped: Element | None = None
        """The content control whose content is not read."""
        self.boxed: tuple[Element, list[Piece]] | None = None
        """The next cell, and what a content control makes of it."""

    def read(self, tags: tuple[str, ...]) -> bool:
        """Fills :attr:`rows`; False when the table must be walked with care."""
        found, printed = self.rows, self.walk.printed
        text_tag, paragraph_tag, cell_tag, row_tag, short = n.T, n.P, n.TC, n.TR, SHORT
        paragraph: list[Piece] | None = None
        cell: CellHead | None = None
        skipped: Element | None = None
        for node in self.table.iter(*tags):
            if skipped is not None:
                if _is_inside(node, skipped):
                    continue
                self.skipped = skipped = None
            tag = node.tag
            if tag == text_tag:
                if paragraph is None or cell is None or not (text := node.text):
                    continue
                if len(text) > short and not bare(text):
                    paragraph.append(text)
                elif (shown := printed(node, text)) is None:
                    cell.paragraphs = paragraph = None
                elif isinstance(shown, str):
                    paragraph.append(shown)
                else:
                    paragraph += shown
                    cell.plain = False
            elif tag == paragraph_tag:
                if cell is not None and cell.paragraphs is not None:
                    paragraph = []
                    cell.paragraphs.append(paragraph)
                    if self.fields is not None:
                        self.fields = None
            elif tag == cell_tag:
                if not found:
                    return False
                cell = CellHead(node)
                paragraph = None
                found[-1].cells.append(cell)
                if self.boxed is not None and node is self.boxed[0]:
                    cell.boxed, cell.paragraphs = self.boxed[1], None
            elif tag == row_tag:
                found.append(RowHead(len(found) + 1))
                cell = paragraph = None
            else:
                self.cell, self.paragraph = cell, paragraph
                if not self._other(tag, node):
                    return False
                paragraph, skipped = self.paragraph, self.skipped
        return True

    def _other(self, tag: str, node: Element) -> bool:
        """What is neither text nor layout; False when the whole table must be walked with care."""
        cell = self.cell
        if tag == n.SDT:
            return self._control(node)
        if tag == n.TC_PR_CHANGE or tag == n.TR_PR_CHANGE:
            # what the properties were before a tracked change
            self.skipped = node
            return True
        if cell is None:
            return self._of_row(tag, node)
        if tag == n.GRID_SPAN:
            cell.span = max(n.number(node, 1), 1)
        elif tag == n.V_MERGE:
            cell.merged = node.get(n.VAL, "continue")
        elif tag in _PAINT:
            holder = node.getparent().tag
            if holder == n.R_PR or (holder == n.P_PR and node.tag == n.SHD and fill_of(node) is not None):
                self._leave(cell)
            elif not cell.paragraphs:
                # the properties of a cell come before its paragraphs (§17.4.65)
                cell.painted = True
        elif tag in n.CHARS:
            self._char(tag, node)
        elif tag == n.FLD_CHAR or tag == n.SYM:
            if self.paragraph is not None:
                cell.plain = False
                self._in_run(tag, node, self.paragraph)
        elif tag == n.TBL or tag in CELL_CHANGES or node.getparent().tag in _OUTER:
            return False
        else:
            self._leave(cell)
        return True

    def _of_row(self, tag: str, node: Element) -> bool:
        """What stands before the cells of a row, or of a table."""
        if tag == n.GRID_BEFORE:
            self.rows[-1].before = n.number(node, 0)
        elif tag == n.TBL_HEADER:
            self.rows[-1].header = n.switched(node)
        else:
            return tag in _PAINT or node is self.table
        return True

    def _leave(self, cell: CellHead) -> None:
        """The cell must be walked with care."""
        cell.paragraphs = self.paragraph = None

    def _char(self, tag: str, node: Element) -> None:
        # a w:tab is a character in a run and a tab stop elsewhere; page and column breaks are layout
        paragraph = self.paragraph
        if paragraph is None or node.getparent().tag != n.R:
            return
        if tag != n.BR or node.get(n.TYPE) in (None, "textWrapping"):
            paragraph.append(n.CHARS[tag])

    def _in_run(self, tag: str, node: Element, paragraph: list[Piece]) -> None:
        if tag == n.SYM:
            if (piece := sym_piece(node)) is not None:
                paragraph.append(piece)
            return
        if self.fields is None:
            from formfill.readers._wordfields import Fields

            self.fields = Fields()
        self.fields.meet(node, paragraph)

    def _control(self, node: Element) -> bool:
        """A content control: a box, a placeholder that nobody wrote, or nothing but what it holds."""
        cell = self.cell
        box, is_placeholder, doubtful = control_of(node, self.walk.bound)
        if doubtful or (self.walk.formats and next(node.iter(n.R_PR_CHANGE), None) is not None):
            if cell is None or next(node.iter(n.TC), None) is not None:
                return False
            self._leave(cell)
            return True
        if box is None and not is_placeholder:
            return True
        # what stands in a paragraph holds no cell of this table
        held = next(node.iter(n.TC), None) if node.getparent().tag != n.P else None
        if held is not None:
            if node.getparent().tag != n.TR or len(held.getparent()) != 1:
                return False
            self.boxed = held, box or []
            return True
        if cell is None:
            return False
        if cell.paragraphs is not None:
            if box is not None:
                cell.plain = False
                if self.paragraph is not None and node.getparent().tag == n.P:
                    self.paragraph += box
                elif node.getparent() is cell.element:
                    cell.paragraphs.append(box)
                else:
                    self._leave(cell)
            self.skipped = node
        return True


def _is_inside(node: Element, outer: Element) -> bool:
    """Tells whether an element stands in another one."""
    stop = outer.getparent()
    at = node.getparent()
    while at is not None and at is not stop:
        if at is outer:
            return True
        at = at.getparent()
    return False
