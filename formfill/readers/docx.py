"""Word documents (ECMA-376, .docx): one pass over the parts that matter, without python-docx.

It reads tables, paragraphs, content controls, legacy form fields, glyphs, comments and tracked changes, and hands back the
record that formfill attached to a form of its own. It renders nothing: a DOCX has no pages until it is printed.
"""

from __future__ import annotations

import base64
import binascii
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
RECORD_NAMESPACE: Final = "urn:formfill:record:1"
"""Namespace of the custom XML part in which formfill attaches the record (base64 of its JSON)."""
MAX_DEPTH: Final = 12
"""Deepest nesting of tables that is read."""


class DocxReader:
    """Reads Word documents."""

    formats: frozenset[str] = frozenset({"docx"})

    def read(self, source: Source) -> Document:
        """What stands in the document."""
        package = Package(source)
        body = package.parse(DOCUMENT).find(wml.W + "body")
        if body is None:
            raise UnreadableSourceError(
                where=source.name,
                seen=_("le document Word n’a pas de corps."),
                advice=_("Ouvrez-le dans Word et enregistrez-le de nouveau, ou redemandez-le à son auteur."),
            )
        story = _Story()
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

    def __init__(self) -> None:
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
        open_cells: dict[int, tuple[DraftCell, int]] = {}
        drafts: list[list[DraftCell]] = []
        for r, row in enumerate(wml.children(table, wml.TR)):
            drafts.append(self._row(row, f"{prefix}/row[{r + 1}]", open_cells, depth))
        rows = [self.shelf.row(cells, r) for r, cells in enumerate(drafts)]
        self.grids[slot] = Grid(tuple(rows), Place(path=prefix))

    def _row(self, row: wml.Element, prefix: str, above: dict[int, tuple[DraftCell, int]], depth: int) -> list[DraftCell]:
        cells: list[DraftCell] = []
        col = 0
        properties = wml.properties(row, wml.TR_PR)
        if properties is not None:
            before = properties.find(wml.GRID_BEFORE)
            col = _number(before, 0) if before is not None else 0
        for index, (cell, control) in enumerate(wml.cells(row), 1):
            span, merged = 1, None
            properties = wml.properties(cell, wml.TC_PR)
            if properties is not None:
                for node in properties:
                    if node.tag == wml.GRID_SPAN:
                        span = max(_number(node, 1), 1)
                    elif node.tag == wml.V_MERGE:
                        merged = node.get(wml.VAL, "continue")
            if merged == "continue" and col in above:
                # covered from above: its text, if any, is hidden by Word and stays with the cell that covers it
                above[col][0].row_span += 1
            else:
                draft = DraftCell(self._paragraphs(cell, control, depth), col, span, Place(path=f"{prefix}/cell[{index}]"))
                cells.append(draft)
                if merged == "restart":
                    above[col] = (draft, span)
                else:
                    above.pop(col, None)
            col += span
        return cells

    def _paragraphs(self, cell: wml.Element, control: wml.Element | None, depth: int) -> list[list[Piece]]:
        if control is not None:
            checkbox = control.find(wml.SDT_CHECKBOX)
            if checkbox is not None:
                return [[wml.checkbox_evidence(checkbox, cell)]]
        found = wml.plain_paragraphs(cell)
        if found is None:
            found = []
            self._blocks(cell, found, depth)
        return found

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
                checkbox = child.find(wml.SDT_CHECKBOX)
                if checkbox is not None:
                    found.append([wml.checkbox_evidence(checkbox, child.find(wml.SDT_CONTENT))])
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


def _number(node: wml.Element, default: int) -> int:
    value = node.get(wml.VAL, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 5 else default


def _comments(package: Package) -> list[Annotation]:
    found = []
    for comment in package.parse(COMMENTS).iter(wml.W + "comment"):
        text = "\n".join(wml.plain(wml.pieces(p, wml.Seen())) for p in comment.iter(wml.P))
        place = Place(path=f"comment[{comment.get(wml.W + 'id', '')}]")
        found.append(Annotation(AnnotationKind.WORD_COMMENT, text, comment.get(wml.W + "author"), place))
    return found


def _attachments(package: Package) -> list[Attachment]:
    """The records that formfill attached to a form of its own."""
    found = []
    for name in package.names:
        if name.startswith("customXml/item") and not name.startswith("customXml/itemProps"):
            data = package.read(name)
            if RECORD_NAMESPACE.encode() not in data[:500]:
                continue
            try:
                found.append(Attachment("record.json", base64.b64decode(package.parse(name, data).text or "", validate=True)))
            except binascii.Error:
                continue
    return found


READER = DocxReader()
