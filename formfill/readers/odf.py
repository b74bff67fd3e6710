"""OpenDocument texts and sheets (OpenDocument 1.3, .odt, .ods, .fodt, .fods), as LibreOffice and Word write them.

A text is read here, a sheet by ``_odfsheet.py``. Macros, settings, thumbnails, links and embedded objects are never opened. It
renders nothing: a text has no pages until it is printed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from formfill.errors import UnreadableSourceError
from formfill.language import gettext as _
from formfill.model.document import Cell, Document, Evidence, Grid, TextBlock
from formfill.model.geometry import Place
from formfill.model.glyphs import BOX_GLYPHS
from formfill.model.report import Finding, Severity
from formfill.readers import _odfml as odf
from formfill.readers._body import fills, mark_body
from formfill.readers._cells import DraftCell, Shelf
from formfill.readers._leftout import left_out
from formfill.readers._lone import name_lone
from formfill.readers._marks import Overlay, glyph_evidence
from formfill.readers._odfboxes import Controls
from formfill.readers._odfchanges import changes_of_text, formats_of_text
from formfill.readers._odffile import open_source, pages
from formfill.readers._odfnews import news
from formfill.readers._odfsheet import read_sheets
from formfill.readers._odfstyles import Styles
from formfill.readers._odftable import Budget, cell_style, cells, rows, spans
from formfill.readers._odftext import Inside, symbols
from formfill.readers._tints import of_fills, settle

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from formfill.readers._marks import Piece
    from formfill.readers._odffile import Opened
    from formfill.source import Source

MAX_DEPTH: Final = 12
"""Deepest nesting of tables that is read."""
_PAGE_NUMBER: Final = re.compile(r"[-–( ]*(?:page)?\s*\d*\s*(?:(?:/|sur|de|of)\s*\d+)?[-–) ]*", re.IGNORECASE)
_LIST_PARTS: Final = frozenset((odf.TEXT + "list-item", odf.TEXT + "list-header"))
_HEADER_ROWS: Final = odf.TABLE + "table-header-rows"
_SKIPPED: Final = frozenset(
    (*(odf.TEXT + name for name in ("tracked-changes", "sequence-decls", "variable-decls")), odf.OFFICE + "forms", odf.ANNOTATION)
)


class OdfReader:
    """Reads OpenDocument texts and sheets."""

    formats: frozenset[str] = frozenset({"odt", "ods"})

    def read(self, source: Source) -> Document:
        """What stands in the document."""
        opened = open_source(source)
        try:
            return read_sheets(opened, source.name) if source.format == "ods" else _Story(opened, source.name).document()
        except RecursionError as error:
            raise UnreadableSourceError(
                where=source.name,
                seen=_("des éléments sont imbriqués trop profondément."),
                advice=_("Ce n’est sans doute pas un formulaire ; redemandez le fichier à son auteur."),
            ) from error


class _Story:
    """One reading of a text."""

    def __init__(self, opened: Opened, name: str) -> None:
        self.opened = opened
        self.styles = Styles(opened.content, opened.styles)
        self.seen = odf.Seen()
        self.inside = Inside(self.styles, Controls(opened.body), self.seen)
        self.grids: list[Grid] = []
        self.text: list[TextBlock] = []
        self.shelf = Shelf()
        self.far: list[tuple[Overlay, Place]] = []
        """Drawings that may be over any box, and where they are anchored."""
        self.budget = Budget(name)
        self._tables = 0

    def document(self) -> Document:
        """Everything that stands in the text: its body, its notes, then the headers and footers."""
        self.seen.changes += changes_of_text(self.opened.body)
        self.seen.formats = formats_of_text(self.opened.body)
        self._read(self.opened.body, "paragraph")
        for number, note in enumerate(self.seen.notes, 1):
            self._read(note, f"note[{number}]/paragraph")
        known: set[str] = set()
        for number, part in enumerate(pages(self.opened.styles), 1):
            # a page style often repeats the header of another
            text = odf.plain_text(part)
            if text not in known:
                known.add(text)
                self._read(part, f"header[{number}]/paragraph")
        for drawing, place in self.far:
            self.shelf.doubt(0, drawing, place)
        if self.shelf.tints or self.shelf.tinted:
            settle(self.shelf, self.grids, self.text)
        findings = [
            *self.seen.findings(
                _("Le document a {count} modification(s) suivie(s) non acceptée(s) ; elles sont lues comme acceptées."),
                _("Le document contient du texte masqué, qui a été lu : « {text} »."),
            ),
            *self._pictures(),
            *news(self.seen, self.shelf, self.inside.controls),
        ]
        return Document(
            pages=None,
            grids=tuple(self.grids),
            marks=tuple(self.shelf.marks),
            annotations=self.seen.notes_and_changes(),
            text=tuple(self.text),
            findings=tuple(findings),
        )

    def _pictures(self) -> Iterator[Finding]:
        """A form pasted as a picture is no blank form."""
        written = self.text or any(cell.text.strip() or cell.marks for grid in self.grids for row in grid.rows for cell in row)
        if self.seen.pictures and not written:
            message = _("Le document n’est qu’une image : elle n’a pas été lue. Demandez le fichier d’origine.")
            yield Finding("image-page", Severity.ERROR, message)
        elif self.seen.pictures:
            yield left_out(self.seen.pictures)

    def _read(self, parent: odf.Element, path: str) -> None:
        texts: list[str] = []
        nameless: list[tuple[int, int]] = []
        for number, (block, lead) in enumerate(self._blocks(parent), 1):
            if block.tag == odf.TBL:
                name_lone(self.shelf.marks, nameless, texts)
                texts, nameless = [], []
                self._table(block, 1)
                continue
            if path.startswith("header") and _is_page_number(block):
                continue
            place = self.seen.place = Place(path=f"{path}[{number}]")
            items = [*lead, *self.inside.pieces(block)]
            first = len(self.shelf.marks)
            paragraph = self.shelf.paragraph(items, place, grids=len(self.grids))
            if paragraph is not None:
                self.text.append(paragraph)
                if len(paragraph.marks) == 1 and not self.shelf.marks[-1].label:
                    nameless.append((len(texts), first))
            texts.append(paragraph.text if paragraph is not None else "")
            if len(self.shelf.marks) == first:
                for item in items:
                    # drawn far from the paragraph that it is anchored to: it may be over any box
                    if isinstance(item, Overlay) and not item.near and item.kind != "picture":
                        self.far.append((item, place))
            self._framed(1)
        name_lone(self.shelf.marks, nameless, texts)

    def _framed(self, depth: int) -> None:
        """The tables of the text boxes that were just met."""
        waiting, self.seen.tables = self.seen.tables, []
        for table in waiting:
            self._table(table, depth)

    def _blocks(self, parent: odf.Element, lead: Sequence[Piece] = ()) -> Iterator[tuple[odf.Element, Sequence[Piece]]]:
        """The paragraphs, tables and frames of a story in order, each paragraph with the box that its list puts before it."""
        for child in parent:
            tag = child.tag
            if tag in odf.PARAGRAPHS:
                yield child, lead
                lead = ()
            elif tag == odf.TBL or tag.startswith(odf.DRAW):
                yield child, ()
            elif tag == odf.LIST:
                yield from self._list(child, None, 1)
            elif tag == odf.ANNOTATION:
                self.seen.annotated(child)
            elif tag not in _SKIPPED:
                if tag == odf.SECTION and self._is_hidden(child):
                    self.seen.hidden.append(odf.plain_text(child))
                yield from self._blocks(child)

    def _is_hidden(self, section: odf.Element) -> bool:
        """Whether a section is hidden, always or for now (§19.803, §19.827)."""
        display = section.get(odf.TEXT + "display")
        return bool(display == "none" or (display == "condition" and section.get(odf.TEXT + "is-hidden") == "true"))

    def _list(self, node: odf.Element, outer: str | None, level: int) -> Iterator[tuple[odf.Element, Sequence[Piece]]]:
        """The paragraphs of a list; its style is its own, else that of the list around it, else its paragraphs' (§19.915)."""
        style = node.get(odf.STYLE_NAME) or outer
        for item in node:
            if item.tag not in _LIST_PARTS:
                continue
            lead: Sequence[Piece] = ()
            for child in item:
                if child.tag == odf.LIST:
                    yield from self._list(child, style, level + 1)
                elif child.tag in odf.PARAGRAPHS:
                    first = child is item[0] and item.tag.endswith("list-item")
                    lead = self._bullet(style or self.styles.list_of(child.get(odf.STYLE_NAME)), level) if first else ()
                    yield child, lead
                elif child.tag == odf.TBL or child.tag.startswith(odf.DRAW):
                    yield child, ()

    def _bullet(self, style: str | None, level: int) -> Sequence[Piece]:
        """The box that a list prints before its items; nothing for a bullet that is no box."""
        char, font = self.styles.bullet(style, level)
        if font and len(char) == 1:
            box = next((piece for piece in symbols(char, font) if isinstance(piece, tuple)), None)
        else:
            glyph = glyph_evidence(char) if char in BOX_GLYPHS else None
            box = (glyph,) if glyph is not None else None
        if box is None:
            return ()
        return tuple(Evidence("list-bullet", item.says, item.detail) for item in box), " "

    def _table(self, table: odf.Element, depth: int) -> None:
        if depth > MAX_DEPTH:
            raise RecursionError
        self._tables += 1
        prefix = f"table[{self._tables}]"
        slot = len(self.grids)
        self.grids.append(Grid(()))
        drafts: list[list[DraftCell]] = []
        headers = 0
        for row in rows(table):
            if row.element.getparent().tag == _HEADER_ROWS:
                headers += row.repeated
            self.budget.need(row.repeated * sum(cell.repeated for cell in cells(row.element)))
            for _copy in range(row.repeated):
                drafts.append(self._row(row.element, f"{prefix}/row[{len(drafts) + 1}]", depth))
                if row.hidden:
                    self.seen.hidden.append(odf.plain_text(row.element))
        first = len(self.shelf.marks)
        if any(draft.fill or draft.diagonals for drafted in drafts for draft in drafted):
            fills(drafts, headers)
            of_fills(drafts)
        mark_body(drafts, headers)
        shelved: list[tuple[Cell, ...]] = [self.shelf.row(drafted, r) for r, drafted in enumerate(drafts)]
        self.grids[slot] = Grid(tuple(shelved), Place(path=prefix))
        for drafted in drafts:
            for draft in drafted:
                for drawing in draft.overlays:
                    if drawing.kind != "picture" and not (
                        drawing.near and draft.text.strip() and not any(d.boxes for d in drafted)
                    ):
                        self.shelf.doubt(first, drawing, draft.place)

    def _row(self, row: odf.Element, prefix: str, depth: int) -> list[DraftCell]:
        drafts: list[DraftCell] = []
        self.budget.take(1)
        for cell in cells(row):
            self.budget.take(cell.repeated)
            # what a merged cell covers is not shown, and LibreOffice leaves it empty
            for col in range(cell.col, cell.col + cell.repeated) if not cell.covered else ():
                place = self.seen.place = Place(path=f"{prefix}/cell[{col + 1}]")
                row_span, col_span = spans(cell.element)
                draft = DraftCell.of_pieces(self._paragraphs(cell.element, depth), col, col_span, place)
                draft.row_span = row_span
                draft.fill, draft.diagonals = self.styles.fill(cell_style(cell.element, row, None))
                # so that a long text repeated counts as what it takes
                self.budget.take(len(draft.text) // 50)
                drafts.append(draft)
        return drafts

    def _paragraphs(self, cell: odf.Element, depth: int) -> list[list[Piece]]:
        """The paragraphs of a cell; nested tables become grids of their own."""
        found: list[list[Piece]] = []
        for block, lead in self._blocks(cell):
            if block.tag == odf.TBL:
                self._table(block, depth + 1)
            else:
                found.append([*lead, *self.inside.pieces(block)])
                self._framed(depth + 1)
        return found


def _is_page_number(paragraph: odf.Element) -> bool:
    """Whether a header or a footer says nothing but which page it stands on."""
    if next(paragraph.iter(odf.TEXT + "page-number", odf.TEXT + "page-count"), None) is None:
        return False
    return _PAGE_NUMBER.fullmatch(odf.plain_text(paragraph)) is not None


READER = OdfReader()
