"""A story of a Word document (body, header, note, text box) as grids, paragraphs and marks, each with its path.

Tables become grids, nested ones grids of their own; ``_cells.py`` and ``_body.py`` tell what the marks of a row or a grid are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from formfill.model.document import Grid, TextBlock
from formfill.model.geometry import Place
from formfill.model.glyphs import BOX_GLYPHS
from formfill.readers import _wordnames as n
from formfill.readers._body import fills, mark_body
from formfill.readers._cells import DraftCell, Shelf
from formfill.readers._marks import Overlay
from formfill.readers._signs import suspect
from formfill.readers._wordblocks import blocks, cells, properties
from formfill.readers._wordfeatures import CELL_CHANGES, Features
from formfill.readers._wordruns import pieces, plain
from formfill.readers._wordsuspects import bare
from formfill.readers._wordsymbols import SHORT
from formfill.readers._wordtable import glance, walked
from formfill.readers._wordtints import fill_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.readers._marks import Piece
    from formfill.readers._wordnames import Element
    from formfill.readers._wordtable import CellHead, RowHead
    from formfill.readers._wordwalk import Walk

MAX_DEPTH: Final = 12
"""Deepest nesting of tables that is read."""
MAX_CELLS: Final = 500_000
"""Most cells that are read."""
_SHORT: Final = 80
"""A longer text is no choice that a drawing ticks."""
_NOTES: Final = frozenset((n.W + "footnote", n.W + "endnote"))
_SEPARATORS: Final = frozenset(("separator", "continuationSeparator", "continuationNotice"))
_NONE: Final = frozenset(("nil", "none"))


_NUMBERS: Final = frozenset(("PAGE", "NUMPAGES", "SECTIONPAGES"))
"""Fields that number pages: the file holds what they show."""


class TooManyCellsError(Exception):
    """The tables have more cells than :data:`MAX_CELLS`."""


class Story:
    """One reading of a document: its body first, then what stands outside."""

    def __init__(self, features: Features, walk: Walk) -> None:
        self.features = features
        self.walk = walk
        self.grids: list[Grid] = []
        self.text: list[TextBlock] = []
        self.shelf = Shelf()
        self._tables = 0
        self._cells = 0
        self._prefix = ""

    @property
    def length(self) -> int:
        """How many characters were read."""
        return sum(len(block.text.strip()) for block in self.text) + sum(
            len(cell.text.strip()) for grid in self.grids for row in grid.rows for cell in row
        )

    def read(self, body: Element) -> None:
        """Reads a story: its paragraphs and tables in order, each text box after the block that it is anchored to."""
        pending: list[tuple[list[Piece], Place]] = []
        number = 0

        def is_placeholder(sdt: Element) -> bool:
            self.walk.place = Place(path=f"{self._prefix}paragraph[{number + 1}]")
            return self.walk.control(sdt)[1]

        for number, block in enumerate(blocks(body, is_placeholder), 1):
            if block.tag == n.TBL:
                self._flush(pending)
                self._table(block, 1)
            else:
                place = Place(path=f"{self._prefix}paragraph[{number}]")
                self.walk.place = place
                if block.tag == n.P:
                    pending.append((pieces(block, self.walk), place))
                else:
                    pending.append((self.walk.control(block)[0] or [], place))
            if self.walk.text_boxes:
                self._flush(pending)
                self._text_boxes()
        self._flush(pending)

    def outside(self, root: Element, name: str, part: bytes | None = None) -> bool:
        """Reads a header, a footer, or the notes of a part; their paths begin with the part's name.

        Returns:
            True when it is one story that holds nothing but paragraphs of text.
        """
        self.features = Features(root, part)
        self.walk.looks_of(self.features)
        is_plain = self.features.plain and self.walk.lists is None and self.walk.looks is None
        if self.walk.lists is not None:
            self.features.glance_at_lists()
        notes = [child for child in root if child.tag in _NOTES]
        for story in notes or [root]:
            if story.get(n.TYPE) in _SEPARATORS:
                continue
            number = story.get(n.ID)
            self._prefix = f"{name}/" if number is None else f"{name}/note[{number}]/"
            if is_plain:
                is_plain = self._plain(story)
            else:
                self.read(story)
        return is_plain and not notes

    def _plain(self, story: Element) -> bool:
        """Reads a story that holds nothing but paragraphs of text, and fields that number pages; False when it held more."""
        printed = self.walk.printed
        pending: list[tuple[list[Piece], Place]] = []
        items: list[Piece] = []
        for node in story.iter(n.P, n.T, n.FLD_SIMPLE):
            tag = node.tag
            if tag == n.FLD_SIMPLE:
                if node.get(n.INSTR, "").strip() not in _NUMBERS:
                    self.read(story)
                    return False
            elif tag == n.P:
                items = []
                pending.append((items, Place(None, None, f"{self._prefix}paragraph[{len(pending) + 1}]")))
            elif text := node.text:
                if (len(text) > SHORT and not bare(text)) or printed(node, text) is text:
                    items.append(text)
                else:
                    self.read(story)
                    return False
        self._flush(pending)
        return True

    def _text_boxes(self) -> None:
        met, self.walk.text_boxes = self.walk.text_boxes, []
        outer = self._prefix
        if outer.count("textbox[") > MAX_DEPTH:
            raise RecursionError
        for number, (box, place) in enumerate(met, 1):
            self._prefix = f"{place.path or ''}/textbox[{number}]/"
            self.read(box)
        self._prefix = outer

    def _flush(self, pending: list[tuple[list[Piece], Place]]) -> None:
        """Shelves the paragraphs that follow each other; the neighbours of a line may show that its circles are a choice."""
        lines: list[str] | None = None
        nameless: list[tuple[int, int]] = []
        texts: list[str] = []
        for index, (items, place) in enumerate(pending):
            around = ""
            if len(pending) > 1 and any(isinstance(item, str) and suspect(item) for item in items):
                lines = lines or [plain(other) for other, _place in pending]
                around = "\n".join(lines[max(index - 1, 0) : index] + lines[index + 1 : index + 2])
            first = len(self.shelf.marks)
            paragraph = self.shelf.paragraph(items, place, around, len(self.grids))
            texts.append(paragraph.text if paragraph is not None else "")
            if paragraph is not None:
                self.text.append(paragraph)
                if paragraph.marks and not self.shelf.marks[-1].label and len(paragraph.marks) == 1:
                    nameless.append((index, first))
            if len(self.shelf.marks) == first:
                for item in items:
                    if not isinstance(item, Overlay):
                        continue
                    if not item.near and item.kind != "picture":
                        # drawn far from the paragraph that it is anchored to: it may be over any box
                        self.shelf.doubt(0, item, place)
                    elif item.is_tick and paragraph is not None and len(paragraph.text) <= _SHORT:
                        self.shelf.tell(place)
        if len(nameless) > 1:
            from formfill.readers._lone import name_lone

            name_lone(self.shelf.marks, nameless, texts)
        pending.clear()

    def _table(self, table: Element, depth: int) -> None:
        if depth > MAX_DEPTH:
            raise RecursionError
        self._tables += 1
        prefix = f"{self._prefix}table[{self._tables}]"
        slot = len(self.grids)
        self.grids.append(Grid(()))
        above: dict[int, DraftCell] = {}
        drafts: list[list[DraftCell]] = []
        headers = 0
        for head in glance(table, self.features, self.walk) or self._walked(table, prefix):
            if head.header and len(drafts) == headers:
                headers += 1
            drafts.append(self._row(head, f"{prefix}/row[{head.number}]", above, depth))
        first = len(self.shelf.marks)
        self._marks(drafts, headers)
        if self.features.any(n.TC_PR_CHANGE):
            from formfill.readers._wordformats import of_cells

            if kinds := of_cells(table):
                self.walk.formatted.setdefault(Place(path=prefix), set()).update(kinds)
        self.grids[slot] = Grid(tuple([self.shelf.row(row, r) for r, row in enumerate(drafts)]), Place(path=prefix))
        for row in drafts:
            for draft in row:
                for overlay in draft.overlays:
                    if overlay.kind != "picture" and not (overlay.near and draft.text.strip() and not any(d.boxes for d in row)):
                        self.shelf.doubt(first, overlay, draft.place)
                    elif overlay.is_tick and len(draft.text) <= _SHORT:
                        self.shelf.tell(draft.place)

    def _marks(self, drafts: list[list[DraftCell]], headers: int) -> None:
        """Tells which cells are ticked without a box."""
        if self.features.fills:
            cells = [draft for row in drafts for draft in row]
            boxed = [draft for draft in cells if len(draft.boxes) == 1 and draft.element is not None]
            for draft in boxed:
                _paint(draft)
            boxed = [draft for draft in boxed if draft.fill is not None or draft.diagonals]
            if boxed or any(not draft.text for draft in cells):
                for draft in cells:
                    _paint(draft)
                fills(drafts, headers)
            if boxed:
                from formfill.readers._tints import of_fills

                of_fills(drafts)
        mark_body(drafts, headers)

    def _walked(self, table: Element, prefix: str) -> Iterator[RowHead]:
        """The rows that are left when tracked changes are accepted, with the cells that are left."""
        features = self.features
        changed_rows, changed_cells = features.any(n.INS, n.DEL, n.HIDDEN), features.any(*CELL_CHANGES)
        for row, element in walked(table, features, self.walk):
            path = f"{prefix}/row[{row.number}]"
            if changed_rows and self._is_gone(element, path):
                continue
            if changed_cells:
                for index, head in enumerate(row.cells, 1):
                    head.cut = self._is_cut(head.element, Place(path=f"{path}/cell[{index}]"))
            yield row

    def _is_gone(self, row: Element, path: str) -> bool:
        """Notes that a row is inserted, deleted or hidden; a deleted one is not there any more (§17.13.5.12, §17.13.5.16)."""
        walk, place = self.walk, Place(path=path)
        trpr = properties(row, n.TR_PR)
        for child in trpr if trpr is not None else ():
            if child.tag in (n.INS, n.DEL):
                kind = "insertion" if child.tag == n.INS else "deletion"
                text = "\t".join("".join(t.text or "" for t in cell.iter(n.T, n.DEL_TEXT)) for cell, _control in cells(row))
                walk.changes.append((kind, text, child.get(n.AUTHOR), place))
                if kind == "deletion":
                    return True
            elif child.tag == n.HIDDEN and n.switched(child):
                walk.hidden.append("".join(t.text or "" for t in row.iter(n.T)) or path)
        return False

    def _row(self, row: RowHead, prefix: str, above: dict[int, DraftCell], depth: int) -> list[DraftCell]:
        drafts: list[DraftCell] = []
        col = row.before
        new = tuple.__new__  # what Place(…) does, at half its price
        for index, head in enumerate(row.cells, 1):
            if head.cut:
                continue
            place = new(Place, (None, None, f"{prefix}/cell[{index}]"))
            if head.plain and head.paragraphs is not None and head.boxed is None and head.around is None:
                lines = list(map("".join, head.paragraphs))  # type: ignore[arg-type]  # a plain cell holds nothing but text
                draft = DraftCell.of_lines(lines, col, head.span, place)
            else:
                draft = self._cell(head, depth, col, place)
            if head.merged == "continue" and col in above:
                # covered from above: what it holds is hidden by Word, and goes with the cell that covers it
                above[col].row_span += 1
                if draft.text.strip():
                    above[col].text += f"\n{draft.text}"
                    above[col].boxes += draft.boxes
                    self.walk.hidden.append(draft.text)
            else:
                if head.painted or row.around is not None:
                    draft.element = head.element
                drafts.append(draft)
                if head.merged == "restart":
                    above[col] = draft
                elif above:
                    above.pop(col, None)
            col += head.span
        self._cells += len(drafts)
        if self._cells > MAX_CELLS:
            raise TooManyCellsError(MAX_CELLS)
        if row.around is not None:
            self._boxed_row(drafts, row.around)
        return drafts

    def _is_cut(self, cell: Element, place: Place) -> bool:
        """Notes that a cell is inserted or deleted; a deleted one is not there any more (§17.13.5.1, §17.13.5.2)."""
        tcpr = properties(cell, n.TC_PR)
        for child in tcpr if tcpr is not None else ():
            if child.tag in CELL_CHANGES:
                kind = "insertion" if child.tag == n.W + "cellIns" else "deletion"
                text = "".join(t.text or "" for t in cell.iter(n.T, n.DEL_TEXT))
                self.walk.changes.append((kind, text, child.get(n.AUTHOR), place))
                return kind == "deletion"
        return False

    def _boxed_row(self, drafts: list[DraftCell], control: Element) -> None:
        """A row that a check box control stands around: its box is the cell of the glyph, else before the first text."""
        glyphs = [draft for draft in drafts if draft.text.strip() in BOX_GLYPHS or (not draft.text.strip() and draft.boxes)]
        target = next(iter(glyphs), None) or next((draft for draft in drafts if not draft.text.strip()), None)
        if target is None and drafts:
            target = drafts[0]
            found = self.walk.control(control)[0]
        else:
            found = self.walk.control(control, target.element if target is not None else None)[0]
        if target is not None and found:
            keep: list[Piece] = [found[0]] if target is not drafts[0] or not target.text.strip() else [found[0], f" {target.text}"]
            if target.text.strip() in BOX_GLYPHS:
                keep = [found[0]]
            made = DraftCell.of_pieces([keep], target.col, target.col_span, target.place)
            target.text, target.boxes = made.text, made.boxes

    def _cell(self, head: CellHead, depth: int, col: int, place: Place) -> DraftCell:
        """One cell; one that a content control makes a box is the box and what is typed beside it."""
        boxed = head.boxed
        if head.around is not None:
            self.walk.place = place
            boxed, is_placeholder = self.walk.control(head.around, head.element)
            boxed = [] if boxed is None and is_placeholder else boxed
        if boxed is not None:
            return DraftCell.of_pieces([boxed], col, head.span, place)
        paragraphs = head.paragraphs
        if paragraphs is not None:
            return DraftCell.of_pieces(paragraphs, col, head.span, place)
        paragraphs = []
        self.walk.place = place
        self._blocks(head.element, paragraphs, depth)
        draft = DraftCell.of_pieces(paragraphs, col, head.span, place)
        if self.walk.text_boxes:
            self._text_boxes()
        return draft

    def _blocks(self, parent: Element, found: list[list[Piece]], depth: int) -> None:
        """The paragraphs of a cell; nested tables become grids of their own, a block control that is a box one piece."""
        walk = self.walk
        for child in parent:
            tag = child.tag
            if tag == n.P:
                found.append(pieces(child, walk))
            elif tag == n.TC_PR:
                continue
            elif tag == n.SDT:
                box, is_placeholder = walk.control(child)
                if box is not None:
                    found.append(box)
                elif not is_placeholder:
                    for content in child.iterchildren(n.SDT_CONTENT):
                        self._blocks(content, found, depth)
            elif tag == n.TBL:
                # what it holds has places of its own
                place, boxes = walk.place, walk.text_boxes
                walk.text_boxes = []
                self._table(child, depth + 1)
                walk.place, walk.text_boxes = place, boxes
            elif tag in n.WRAPPERS:
                self._blocks(child, found, depth)
            elif tag == n.ALTERNATE and len(child):
                self._blocks(child[0], found, depth)
            elif tag == n.COMMENT_START:
                walk.anchors.setdefault(child.get(n.ID, ""), walk.place)


def _paint(draft: DraftCell) -> None:
    """The fill and the diagonals of a cell (§17.4.32, §17.4.73, §17.4.79), once."""
    if draft.element is None:
        return
    cell: Element = draft.element
    draft.element = None
    tcpr = properties(cell, n.TC_PR)
    if tcpr is None:
        return
    for child in tcpr:
        if child.tag == n.SHD:
            draft.fill = fill_of(child)
        elif child.tag == n.W + "tcBorders":
            for name in ("tl2br", "tr2bl"):
                border = child.find(n.W + name)
                if border is not None and border.get(n.VAL) not in _NONE:
                    draft.diagonals += 1
