"""Word documents (ECMA-376, .docx): one pass over the parts that matter, without python-docx.

It reads tables, paragraphs, content controls, legacy form fields, glyphs, comments and tracked changes, and hands back the
record that formfill attached to a form of its own. It renders nothing: a DOCX has no pages until it is printed.
"""

from __future__ import annotations

import base64
import binascii
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Final

from formfill.errors import UnreadableSourceError
from formfill.language import gettext as _
from formfill.model.document import Annotation, AnnotationKind, Attachment, Cell, Document, Grid, TextBlock
from formfill.model.geometry import NOWHERE, Place
from formfill.model.report import Finding, Severity
from formfill.readers import _wordml as wml
from formfill.readers._cells import DraftCell, Shelf
from formfill.readers._package import Package

if TYPE_CHECKING:
    from formfill.readers._marks import Piece
    from formfill.source import Source

DOCUMENT: Final = "word/document.xml"
COMMENTS: Final = "word/comments.xml"
RECORD_NAMESPACE: Final = b"urn:formfill:record:1"
"""Namespace of the custom XML part in which formfill attaches the record (base64 of its JSON)."""
MAX_DEPTH: Final = 12
"""Deepest nesting of tables that is read."""


class DocxReader:
    """Reads Word documents."""

    formats: frozenset[str] = frozenset({"docx"})

    def read(self, source: Source) -> Document:
        """What stands in the document."""
        package = Package(source)
        data = package.read(DOCUMENT)
        body = package.parse(DOCUMENT, data).find(wml.W + "body")
        if body is None:
            raise UnreadableSourceError(
                where=source.name,
                seen=_("le document Word n’a pas de corps."),
                advice=_("Ouvrez-le dans Word et enregistrez-le de nouveau, ou redemandez-le à son auteur."),
            )
        story = _Story(wml.careful_tags(data))
        try:
            story.read(body)
        except RecursionError as error:
            raise UnreadableSourceError(
                where=source.name,
                seen=_("des éléments sont imbriqués trop profondément."),
                advice=_("Ce n’est sans doute pas un formulaire ; redemandez le fichier à son auteur."),
            ) from error
        annotations, findings = story.reported()
        if COMMENTS in package.names:
            annotations += _comments(package)
        return Document(
            pages=None,
            grids=tuple(story.grids),
            marks=tuple(story.shelf.marks),
            annotations=tuple(annotations),
            text=tuple(story.text),
            attachments=tuple(_attachments(package)),
            findings=tuple(findings),
        )


class _Story:
    """One reading of a document body."""

    def __init__(self, careful: tuple[str, ...]) -> None:
        self.careful = careful
        self.grids: list[Grid] = []
        self.text: list[TextBlock] = []
        self.shelf = Shelf()
        self.seen = wml.Seen()
        self._tables = 0

    def read(self, body: wml.Element) -> None:
        for number, block in enumerate(wml.blocks(body, self.seen), 1):
            if block.tag == wml.TBL:
                self._table(block, 1)
            else:
                paragraph = self.shelf.paragraph(wml.pieces(block, self.seen), Place(path=f"paragraph[{number}]"))
                if paragraph is not None:
                    self.text.append(paragraph)

    def _table(self, table: wml.Element, depth: int) -> None:
        if depth > MAX_DEPTH:
            raise RecursionError
        self._tables += 1
        prefix = f"table[{self._tables}]"
        slot = len(self.grids)
        self.grids.append(Grid(()))
        rows: list[tuple[Cell, ...]] = []
        open_cells: dict[int, DraftCell] = {}
        drafts: list[list[DraftCell]] = []
        for r, row in enumerate(wml.children(table, wml.TR)):
            drafts.append(self._row(row, f"{prefix}/row[{r + 1}]", open_cells, depth))
        rows = [self.shelf.row(cells, r) for r, cells in enumerate(drafts)]
        self.grids[slot] = Grid(tuple(rows), Place(path=prefix))

    def _row(self, row: wml.Element, prefix: str, above: dict[int, DraftCell], depth: int) -> list[DraftCell]:
        cells: list[DraftCell] = []
        col = 0
        properties = wml.properties(row, wml.TR_PR)
        if properties is not None:
            before = properties.find(wml.GRID_BEFORE)
            col = wml.number(before, 0) if before is not None else 0
        for index, (cell, control) in enumerate(wml.cells(row), 1):
            head = wml.CellHead(cell, self.careful)
            if head.merged == "continue" and col in above:
                # covered from above: its text, if any, is hidden by Word and stays with the cell that covers it
                above[col].row_span += 1
            else:
                draft = self._cell(cell, control, head, depth, col, Place(path=f"{prefix}/cell[{index}]"))
                cells.append(draft)
                if head.merged == "restart":
                    above[col] = draft
                else:
                    above.pop(col, None)
            col += head.span
        return cells

    def _cell(
        self, cell: wml.Element, control: wml.Element | None, head: wml.CellHead, depth: int, col: int, place: Place
    ) -> DraftCell:
        """One cell; one that a content control makes a box is nothing else than the box."""
        box = wml.control_evidence(control, cell) if control is not None else None
        if box is not None:
            return DraftCell.of_pieces([[box]], col, head.span, place)
        if head.lines is not None:
            return DraftCell.of_lines(head.lines, col, head.span, place)
        paragraphs: list[list[Piece]] = []
        self._blocks(cell, paragraphs, depth)
        return DraftCell.of_pieces(paragraphs, col, head.span, place)

    def _blocks(self, parent: wml.Element, found: list[list[Piece]], depth: int) -> None:
        """The paragraphs of a cell; nested tables become grids of their own, a block control that is a box one piece."""
        seen = self.seen
        for child in parent:
            tag = child.tag
            if tag == wml.P:
                found.append(wml.pieces(child, seen))
            elif tag == wml.TC_PR:
                continue
            elif tag == wml.SDT:
                box = wml.control_evidence(child)
                if box is not None:
                    found.append([box])
                else:
                    content = wml.shown_content(child)
                    if content is not None:
                        self._blocks(content, found, depth)
            elif tag == wml.TBL:
                self._table(child, depth + 1)
            elif tag in wml.WRAPPERS:
                self._blocks(child, found, depth)
            elif tag == wml.ALTERNATE and len(child):
                self._blocks(child[0], found, depth)

    def reported(self) -> tuple[list[Annotation], list[Finding]]:
        annotations = [Annotation(AnnotationKind(kind), text, author, NOWHERE) for kind, text, author in self.seen.changes]
        findings = []
        if annotations:
            findings.append(
                Finding(
                    "tracked-change",
                    Severity.INFO,
                    _("Le document a {count} modification(s) suivie(s) non acceptée(s) ; elles sont lues comme acceptées.").format(
                        count=len(annotations)
                    ),
                )
            )
        hidden = [text for text in self.seen.hidden if text.strip()]
        if hidden:
            findings.append(
                Finding(
                    "hidden-content",
                    Severity.WARNING,
                    _("Le document contient du texte masqué, qui a été lu : « {text} ».").format(text=" ".join(hidden)[:200]),
                )
            )
        return annotations, findings


def _comments(package: Package) -> list[Annotation]:
    found = []
    for comment in package.parse(COMMENTS).iter(wml.W + "comment"):
        text = "\n".join(wml.plain(wml.pieces(p, wml.Seen())) for p in comment.iter(wml.P))
        place = Place(path=f"comment[{comment.get(wml.W + 'id', '')}]")
        found.append(Annotation(AnnotationKind.WORD_COMMENT, text, comment.get(wml.W + "author"), place))
    return found


def _attachments(package: Package) -> list[Attachment]:
    """The custom XML parts, one of which is the record that formfill attaches; none is opened before it is asked for."""
    parts = (name for name in package.names if name.startswith("customXml/item") and not name.startswith("customXml/itemProps"))
    return [Attachment("record.json", partial(_record, package, name)) for name in parts]


def _record(package: Package, name: str) -> bytes:
    """The record in a custom XML part; empty when the part is not ours.

    Our part is one element of base64, which holds no ``<`` nor ``>``: its text is cut out without a parser, and anything else
    that bears our namespace fails to decode.
    """
    data = package.read(name)
    if RECORD_NAMESPACE in data[:500]:
        with suppress(binascii.Error):
            return base64.b64decode(data[: data.rfind(b"</")].rpartition(b">")[2], validate=True)
    return b""


READER = DocxReader()
