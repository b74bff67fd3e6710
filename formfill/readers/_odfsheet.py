"""OpenDocument sheets (1.3 Part 3 §9): one grid per sheet, cells as displayed, and the crosses of its body.

Cells beyond the last one that holds something are not read, however often the file repeats them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from formfill.language import gettext as _
from formfill.model.document import Cell, Document, Grid, Mark, TextBlock
from formfill.model.geometry import Place
from formfill.model.glyphs import BOX_GLYPHS, SHOWN
from formfill.model.report import Finding, Severity
from formfill.readers import _odfml as odf
from formfill.readers._cells import DraftCell, Shelf
from formfill.readers._leftout import left_out
from formfill.readers._marks import Overlay, weigh
from formfill.readers._odfboxes import Controls
from formfill.readers._odfchanges import changes_of_sheets
from formfill.readers._odfchoices import Found, settle
from formfill.readers._odfcrosses import Crosses, SheetCell
from formfill.readers._odfframes import has_empty, over_a_box
from formfill.readers._odfnews import news
from formfill.readers._odfshapes import FAR, size
from formfill.readers._odfstyles import Styles
from formfill.readers._odftable import MAX_COLUMNS, Budget, Slot, cell_style, cells, columns, rows, spans
from formfill.readers._odftext import Inside
from formfill.readers._sheetml import column_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from formfill.readers._marks import Piece
    from formfill.readers._odffile import Opened
    from formfill.readers._odftable import Row

PAGE: Final = 142.0
"""Side of the smallest picture that may be a page pasted as an image, 5 cm, in points."""
MAX_BLANK: Final = 200
"""Most empty rows alike that are shown; more of them are passed over."""
_OVER: Final = Overlay("text-box", "text box")
_VALUES: Final = tuple(odf.OFFICE + name for name in ("string-value", "date-value", "time-value", "boolean-value", "value"))


def read_sheets(opened: Opened, name: str) -> Document:
    """What stands in a spreadsheet."""
    book = _Book(opened, name)
    for table in opened.body.iterchildren(odf.TBL):
        book.sheet(table)
    book.seen.changes += changes_of_sheets(opened.body)
    findings = book.seen.findings(
        _("Le classeur a {count} modification(s) suivie(s) non acceptée(s) ; elles sont lues comme acceptées."),
        _("Le classeur a des lignes, des colonnes ou des feuilles masquées, qui ont été lues : {text}."),
    )
    return Document(
        pages=None,
        grids=tuple(book.grids),
        marks=tuple(book.shelf.marks),
        annotations=book.seen.notes_and_changes(),
        text=tuple(book.text),
        findings=(*findings, *book.images(), *book.findings, *news(book.seen, book.shelf, book.inside.controls)),
    )


class _Book:
    """One reading of a spreadsheet."""

    def __init__(self, opened: Opened, name: str) -> None:
        self.styles = Styles(opened.content, opened.styles)
        self.seen = odf.Seen()
        self.inside = Inside(self.styles, Controls(opened.body), self.seen)
        self.shelf = Shelf()
        self.budget = Budget(name)
        self.grids: list[Grid] = []
        self.text: list[TextBlock] = []
        self.findings: list[Finding] = []
        self.written = False
        """Some sheet holds text, or a box."""
        self._pictures = 0
        """How many pictures the sheets read so far hold."""
        self._images: list[tuple[str, bool]] = []
        """The sheets that hold only pictures, and whether one is as large as a page."""

    def sheet(self, table: odf.Element) -> None:
        """Reads one sheet."""
        name, texts = table.get(odf.TABLE + "name", ""), len(self.text)
        drafted = self._drafted(table, name)
        crosses = Crosses([row for _rank, row in drafted])
        shelved: list[tuple[Cell, ...]] = []
        first, pictures = len(self.shelf.marks), self._pictures
        every: list[Found] = [
            {index: (evidence, label) for index, evidence, label in crosses.of_row(order, row)}
            for order, (_rank, row) in enumerate(drafted)
        ]
        settle(drafted, every, self._is_struck)
        for (rank, row), found in zip(drafted, every, strict=True):
            for index, (evidence, _label) in found.items():
                draft = row[index].draft
                draft.boxes, draft.overlays = [], []
                draft.text = draft.text or SHOWN[weigh(evidence)]
            done = list(self.shelf.row([cell.draft for cell in row], rank))
            for index, (evidence, label) in found.items():
                mark = Mark(f"m{len(self.shelf.marks) + 1}", weigh(evidence), label, done[index].place, evidence)
                self.shelf.marks.append(mark)
                done[index] = _marked(done[index], mark)
            shelved.append(tuple(done))
            for cell in row:
                self._stray(cell.draft.overlays, cell.draft.place)
        self.grids.append(Grid(tuple(shelved), Place(path=name)))
        if drafted and not self.styles.shown(table.get(odf.CELL_STYLE)):
            self.seen.hidden.append(name)
        for shapes in table.iterchildren(odf.TABLE + "shapes"):
            for number, shape in enumerate(shapes, 1):
                place = self.seen.place = Place(path=f"{name}.shape[{number}]")
                items = self.inside.pieces(shape)
                block = self.shelf.paragraph(items, place)
                if block is not None:
                    self.text.append(block)
                self._stray([item for item in items if isinstance(item, Overlay)], place, first)
        if any(cell.text.strip() or cell.marks for row in shelved for cell in row) or len(self.text) > texts:
            self.written = True
        elif self.seen.pictures > pictures:
            self._images.append((name, self._is_page(table)))
        self._pictures = self.seen.pictures

    def images(self) -> Iterator[Finding]:
        """The sheets that are only an image: nothing was read there, and they are not blank."""
        message = _("La feuille « {name} » n’est qu’une image : rien ne peut y être lu. Donnez l’image ou le PDF numérisé.")
        told = [name for name, large in self._images if large or not self.written]
        for name in told:
            yield Finding("image-page", Severity.ERROR, message.format(name=name), place=Place(path=name))
        if not told and self.seen.pictures:
            yield left_out(self.seen.pictures)

    @staticmethod
    def _is_page(table: odf.Element) -> bool:
        """Whether a picture of the sheet may be a page pasted as an image: logos are smaller, and some say no size."""
        frames = [image.getparent() for image in table.iter(odf.DRAW + "image")]
        return any(min(size(frame)) >= PAGE for frame in frames)

    def _is_struck(self, cell: SheetCell) -> bool:
        """Whether all that a cell holds is struck through."""
        struck = self.seen.struck.get(cell.draft.place, "")
        return bool(struck.strip()) and struck.split() == cell.draft.text.split()

    def _stray(self, drawings: Sequence[Overlay], place: Place, first: int | None = None) -> None:
        """A drawing over no box of its cell; over the sheet (``first``: its first mark) it may tick any blank box of the sheet."""
        for drawing in drawings:
            if drawing.kind == "picture":
                continue
            if first is not None and len(self.shelf.marks) > first:
                self.shelf.doubt(first, drawing, place)
            else:
                message = _("Une croix dessinée ({detail}) n’est sur aucune case.").format(detail=drawing.detail)
                self.findings.append(Finding("stray-mark", Severity.WARNING, message, place=place))

    def _drafted(self, table: odf.Element, name: str) -> list[tuple[int, list[SheetCell]]]:
        """The rows up to the last one that holds something, each with its rank in the sheet."""
        found = list(rows(table))
        last_row, last_col = _used(found)
        across = columns(table)
        styles = {col: c.style for c in across for col in range(c.first, min(c.first + c.repeated, last_col + 1))}
        hidden = {col for c in across if c.hidden for col in range(c.first, min(c.first + c.repeated, last_col + 1))}
        drafted: list[tuple[int, list[SheetCell]]] = []
        rank = 0
        for row in found[: last_row + 1]:
            slots = [slot for slot in cells(row.element) if slot.col <= last_col]
            blank = not any(map(_holds, slots))
            if not blank:
                self.budget.need(row.repeated * sum(min(slot.repeated, last_col + 1 - slot.col) for slot in slots))
            for copy in range(row.repeated):
                if blank and copy >= MAX_BLANK:
                    break
                drafted.append((rank + copy, self._row(row.element, slots, name, rank + copy, styles, last_col)))
            if row.hidden and not blank:
                self.seen.hidden.append(f"{name}.{rank + 1}")
            rank += row.repeated
        for col in sorted(hidden):
            if any(cell.draft.col == col and cell.draft.text for _rank, row in drafted for cell in row):
                self.seen.hidden.append(f"{name}.{column_name(col)}")
        return drafted

    def _row(
        self, row: odf.Element, slots: list[Slot], name: str, rank: int, styles: dict[int, str | None], last_col: int
    ) -> list[SheetCell]:
        found: list[SheetCell] = []
        self.budget.take(1)
        for slot in slots:
            columns_read = range(slot.col, min(slot.col + slot.repeated, last_col + 1))
            if slot.covered:
                if _holds(slot):
                    self.seen.hidden.append(f"{name}.{column_name(slot.col)}{rank + 1}")
                continue
            self.budget.take(len(columns_read))
            for col in columns_read:
                place = self.seen.place = Place(path=f"{name}.{column_name(col)}{rank + 1}")
                style = cell_style(slot.element, row, styles.get(col))
                row_span, col_span = spans(slot.element)
                draft = DraftCell.of_pieces(self._paragraphs(slot.element, style), col, col_span, place)
                draft.row_span = row_span
                self.budget.take(len(draft.text) // 50)
                found.append(SheetCell(draft, self.styles.fill(style)))
        return found

    def _paragraphs(self, cell: odf.Element, style: str | None) -> list[list[Piece]]:
        """The lines of a cell: its paragraphs, then its form controls and what its shapes say."""
        if not len(cell):
            value = next((found for at in _VALUES if (found := cell.get(at))), None)
            return [[value]] if value else []
        base = self.styles.look("table-cell", style)
        lines: list[list[Piece]] = []
        shapes: list[tuple[list[Piece], Overlay]] = []
        for child in cell:
            if child.tag == odf.ANNOTATION:
                self.seen.annotated(child)
            elif child.tag in odf.PARAGRAPHS:
                lines.append(self.inside.pieces(child, base))
            elif child.tag.startswith(odf.DRAW):
                shown = self.inside.pieces(child)
                over = _OVER
                end = child.get(odf.TABLE + "end-cell-address", "").rpartition(".")[2]
                if end and end != (self.seen.place.path or "").rpartition(".")[2]:
                    # it goes on over another cell (§19.627)
                    shown = [replace(piece, below=FAR) if isinstance(piece, Overlay) else piece for piece in shown]
                    over = replace(_OVER, below=FAR)
                if shown:
                    shapes.append((shown, over))
        for shape, over in shapes:
            drawings = [piece for piece in shape if isinstance(piece, Overlay)]
            words: list[Piece] = [piece for piece in shape if not isinstance(piece, Overlay)]
            if words and not drawings and any(map(has_empty, lines)):
                # alone in its frame it is what it is; here it stands over a box
                drawings, words = over_a_box(words, over)
            if drawings:
                # over its cell: on the line of its box, if it has one
                at = next((line for line in lines if any(_is_box(piece) for piece in line)), None)
                if at is None:
                    at = lines[0] if lines else []
                    lines = lines or [at]
                at += drawings
            if words:
                lines.append(words)
        return lines


def _is_box(piece: Piece) -> bool:
    return isinstance(piece, tuple) or (isinstance(piece, str) and any(char in BOX_GLYPHS for char in piece))


def _holds(slot: Slot) -> bool:
    """Whether a cell holds something."""
    node = slot.element
    return any(child.text or len(child) or child.tag.startswith(odf.DRAW) for child in node) or any(node.get(at) for at in _VALUES)


def _used(found: list[Row]) -> tuple[int, int]:
    """The last row element and the last column that hold something; -1 without any."""
    last_row = last_col = -1
    for number, row in enumerate(found):
        for slot in cells(row.element):
            if _holds(slot):
                last_row = number
                last_col = max(last_col, slot.col + slot.repeated - 1, slot.col + spans(slot.element)[1] - 1)
    return last_row, min(last_col, MAX_COLUMNS - 1)


def _marked(cell: Cell, mark: Mark) -> Cell:
    return Cell(cell.text, (mark.id,), cell.row, cell.col, cell.row_span, cell.col_span, cell.place)
