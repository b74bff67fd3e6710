"""Text-born PDF: grids from the drawn rules, cells, tick boxes as glyphs or form fields, paragraphs, annotations, attached files.

Each page is opened once; rules make tables, lines of text fall into their cells, lines become paragraphs; then tables that run over
pages are joined, marks numbered and bound to their labels. It reads no picture: such a page is reported, never read as blank.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from formfill.language import gettext as _
from formfill.model.document import Attachment, Cell, Document, Evidence, Grid, Mark, Says, TextBlock
from formfill.model.geometry import Place
from formfill.model.report import Finding, Severity
from formfill.readers._binding import bind, row_title
from formfill.readers._boxes import of_lines
from formfill.readers._grid import tilings
from formfill.readers._gridjoin import Draft, Part, joined
from formfill.readers._lines import Habit, breaks
from formfill.readers._marks import weigh
from formfill.readers._pdfactive import active_content
from formfill.readers._pdfannots import Fields, Written, attachments
from formfill.readers._pdfannots import over as laid_over
from formfill.readers._pdfborderless import CROSSES, in_columns, with_fills
from formfill.readers._pdfcells import crosses
from formfill.readers._pdfchoices import chosen, named
from formfill.readers._pdfglyphs import Glyphs
from formfill.readers._pdfhidden import Covers
from formfill.readers._pdfium import Batch, Page, Pdf
from formfill.readers._pdfover import with_boxes
from formfill.readers._pdfpaths import SMALL, Drawing, drawing
from formfill.readers._pdfstrokes import inked
from formfill.readers._pdftyped import typed_boxes
from formfill.readers._sheet import Bins, Loose, Sheet, draft, overlay
from formfill.readers._visual import Line, Spot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from formfill.scan import PagePicture
    from formfill.source import Source

BATCH: Final = 8
"""Pages open at a time."""
MARGIN: Final = 0.1
"""Share of the page, at its top and its bottom, where a text between two parts of a table is a running head."""
FEW_EDGES: Final = 3
"""Tables of one or two columns have the same edges without being the same table."""
SLACK: Final = 24.0
"""Room, in points, that a row needs beside its height."""
PICTURE: Final = 0.5
"""An image over more than this share of a page with hardly any text is the page itself."""
FEW_CHARACTERS: Final = 80
"""Fewer characters beside a full-page image are a stamp of the scanner."""
OUTLINES: Final = 40
"""A page without text but with this many drawn paths has its text as outlines."""


class PdfReader:
    """Reads PDF files that carry their text."""

    formats: frozenset[str] = frozenset({"pdf"})

    def read(self, source: Source) -> Document:
        """What stands in the PDF."""
        habit = Habit()
        findings: list[Finding] = []
        sheets: list[Sheet] = []
        scanned: list[PagePicture] = []
        with Pdf(source) as pdf:
            fields = Fields(pdf)
            try:
                for pages in pdf.batches(BATCH):
                    sheets += _sheets(pdf.handle, pages, fields, habit, findings, scanned)
                findings += fields.findings()
            finally:
                fields.close()
            attached = attachments(pdf)
        findings += active_content(source.data)
        if scanned:
            from formfill.readers import _scanned

            return _scanned.within(sheets, scanned, findings, lambda: whole(sheets, habit, findings, attached))
        return whole(sheets, habit, findings, attached)


def whole(sheets: Sequence[Sheet], habit: Habit, findings: Sequence[Finding], attached: tuple[Attachment, ...]) -> Document:
    """The document that some sheets make, tables that run over pages joined."""
    parts = [part for sheet in sheets for part in sheet.parts]
    return _document(sheets, joined(parts, _Between(sheets), _PageFlow(habit)), findings, attached)


READER = PdfReader()


def _sheets(
    document: Any, pages: Batch, fields: Fields, habit: Habit, findings: list[Finding], scanned: list[PagePicture]
) -> list[Sheet]:
    """The drafts of some pages, step by step over all of them: what one page tells of the printing program serves the others.

    Pages that are pictures are put with ``scanned`` where they can be read.
    """
    sheets, filled = [], []
    glyphs = Glyphs(document)
    for page in pages:
        sheet, drawn = Sheet(page.number, page.height), drawing(page.handle, layered=bool(page.hidden))
        lines = page.text.lines(page.glyphs(glyphs, drawn.fonts))
        sheets.append(sheet)
        if _is_picture(page, drawn, lines):
            _picture(document, page, findings, scanned)
        if page.hidden:
            findings.append(_hidden_layer(page.number))
        spots, written, sheet.annotations, notes = laid_over(page, fields)
        spots += [Spot(box, (_LOST,)) for box in page.lost]
        rules = [page.box(*rule) for rule in drawn.rules]
        squares, used = of_lines(rules) if len(rules) > 3 else ([], set())
        rules = [rule for index, rule in enumerate(rules) if index not in used] if used else rules
        tables = tilings(rules)
        if len(drawn.shapes) > 2 and sum([box[2] - box[0] > SMALL for box, _item, _outer in drawn.shapes]) > 1:
            tables = with_fills(page, drawn, rules, tables, lines)
        lines = overlay(lines, spots) if spots else lines
        if written:
            lines = lines + _typed_in(written)
        before = len(lines)
        covers = Covers(page, drawn)
        lines, left = with_boxes(page, drawn, (squares, rules), notes, tables, lines, covers)
        if tables:
            sheet.inked = inked(page, drawn, left, notes, tables, covers)
        if rules or left or notes[0]:
            over = [(_KINDS[note.detail], note.box) for note in notes[0] if note.detail in _KINDS]
            sheet.choices = chosen(page.text, lines, rules, left, over)
        bins = Bins(tables)
        bins.fill(lines, page.text.cut)
        if bins.loose and (any(line.spots for line in bins.loose) or any(sign in page.text.text for sign in CROSSES)):
            more = in_columns(page, drawn, rules, lines, bins)
            if more is not None:
                bins = more
                sheet.inked = inked(page, drawn, left, notes, bins.tables, covers) if bins.tables else None
        bins.settle(habit, shuffled=bool(spots or written) or len(lines) != before)
        if sheet.inked is not None:
            sheet.inked.hidden.extend(covers.crosses(bins.cells))
        typed_boxes(page.text, page.text.text, bins)
        filled.append(bins)
    habit.settle()
    for page, sheet, bins in zip(pages.opened, sheets, filled, strict=True):
        draft(sheet, bins, habit, page.same_block)
    return sheets


_LOST: Final = Evidence("glyph", Says.UNCLEAR, "a symbol font that is not embedded, its code not told")
_KINDS: Final = {
    "Highlight": "highlight",
    "StrikeOut": "strikethrough",
    "Circle": "circle",
    "Square": "circle",
    "Polygon": "circle",
}
"""How an annotation sets words apart."""


def _typed_in(written: Sequence[Written]) -> list[Line]:
    """The values of text fields as lines of text, spread over their fields."""
    lines = []
    for text, box in written:
        parts = text.split("\n")
        step = box.height / len(parts)
        for number, part in enumerate(parts):
            top = box.top + number * step
            if part.strip():
                # about as wide as it is printed: what stands under it is no part of it
                wide = min(box.width, 0.5 * min(step, 12) * len(part))
                lines.append(Line(part, box.x0, top, box.x0 + wide, top + step, top + 0.8 * step))
    return lines


def _hidden_layer(number: int) -> Finding:
    message = _("Des calques de la page {page} sont masqués : ce qu’ils portent ne se voit pas et n’a pas été lu.")
    return Finding("hidden-content", Severity.WARNING, message.format(page=number), place=Place(page=number))


def _picture(document: Any, page: Page, findings: list[Finding], scanned: list[PagePicture]) -> None:
    """Keeps the picture of a page for those who read scans, or says that it is not read."""
    from formfill.readers import _scanned

    picture = _scanned.of_page(document, page) if _scanned.available() else None
    if picture is None:
        findings.append(_scanned.unread_page(page.number))
    else:
        scanned.append(picture)


def _is_picture(page: Page, drawn: Drawing, lines: Sequence[Line]) -> bool:
    """Tells whether the page is an image, or its text drawn as outlines."""
    if not drawn.images and not drawn.paths:
        return False
    characters = sum(len(line.text) for line in lines)
    if not characters:
        return bool(drawn.images) or drawn.paths > OUTLINES
    area = page.width * page.height
    covers = any((right - left) * (top - bottom) > PICTURE * area for left, bottom, right, top in drawn.images)
    return covers and (characters < FEW_CHARACTERS or page.text.invisible(lines[0]))


class _Between:
    """Tells whether something parts two tables on consecutive pages.

    It is a text between them, running heads aside, or, for tables that any other looks like, so much room below the first that the
    second would have begun there.
    """

    def __init__(self, sheets: Sequence[Sheet]) -> None:
        self._sheets = {sheet.number: sheet for sheet in sheets}

    def __call__(self, above: Part, below: Part) -> bool:
        first, second = self._sheets[above.page], self._sheets[below.page]
        if len(below.xs) <= FEW_EDGES and _fits(below, (1 - MARGIN) * first.height - above.box.bottom):
            return True
        feet = [item for item in first.loose if item.box.top >= above.box.bottom - 1 and not _running(item, first, second)]
        heads = [item for item in second.loose if item.box.bottom <= below.box.top + 1 and not _running(item, second, first)]
        return bool(feet or heads)


def _fits(part: Part, room: float) -> bool:
    """Whether the first row of a table needs less than some room."""
    boxes = [cell.place.box for cell in part.rows[0] if cell.place.box is not None] if part.rows else []
    return bool(boxes) and max(box.height for box in boxes) + SLACK < room


def _running(item: Loose, sheet: Sheet, other: Sheet) -> bool:
    if item.box.bottom < MARGIN * sheet.height or item.box.top > (1 - MARGIN) * sheet.height:
        return True
    text = _without_digits(item.paragraph.text)
    return any(abs(item.box.top - twin.box.top) < 3 and text == _without_digits(twin.paragraph.text) for twin in other.loose)


def _without_digits(text: str) -> str:
    return "".join(char for char in text if not char.isdigit())


class _PageFlow:
    """Whether a paragraph goes on over a page break, by what the printing program does at line ends."""

    def __init__(self, habit: Habit) -> None:
        self._habit = habit

    def goes_on(self, above: Draft, below: Draft) -> bool:
        """Most likely it does."""
        a, b = above.paragraphs[-1].lines[-1], below.paragraphs[0].lines[0]
        return not a.spots and not breaks(a, b, above.right, self._habit, lambda _a, _b: None)

    def surely(self, above: Draft, below: Draft) -> bool:
        """It does, so that both cells are one."""
        a, b = above.paragraphs[-1].lines[-1], below.paragraphs[0].lines[0]
        told = self._habit.told and a.text[-1:] == " "
        return (told or b.text.lstrip()[:1].islower()) and self.goes_on(above, below)


class _Marks:
    """Numbers the marks of a document in reading order."""

    def __init__(self) -> None:
        self.all: list[Mark] = []

    def shelve(self, spots: Sequence[tuple[int, Spot]], labels: Sequence[str]) -> tuple[str, ...]:
        """Gives each box its id and its label; returns the ids."""
        ids = []
        for (page, spot), label in zip(spots, labels, strict=True):
            mark = Mark(f"m{len(self.all) + 1}", weigh(spot.evidence), label, Place(page=page, box=spot.box), spot.evidence)
            self.all.append(mark)
            ids.append(mark.id)
        return tuple(ids)

    def chosen(self, sheets: Sequence[Sheet]) -> None:
        """Adds the choices shown without a box."""
        for sheet in sheets:
            for choice, box in sheet.choices:
                place = Place(page=sheet.number, box=box)
                self.all.append(Mark(f"m{len(self.all) + 1}", weigh(choice.evidence), choice.label, place, choice.evidence))


def _document(
    sheets: Sequence[Sheet], tables: Sequence[Part], findings: Sequence[Finding], attached: tuple[Attachment, ...]
) -> Document:
    items: list[tuple[int, float, Part | Loose]] = [(table.page, table.box.top, table) for table in tables]
    items += [(sheet.number, item.at, item) for sheet in sheets for item in sheet.loose]
    items.sort(key=lambda item: item[:2])
    drawn = {sheet.number: sheet.inked for sheet in sheets if sheet.inked is not None}
    for table in tables:
        crosses(table, drawn)
        if any(len([1 for cell in row if cell.spots]) > 1 for row in table.rows):
            _named(table)
    marks = _Marks()
    grids: list[Grid] = []
    blocks: list[TextBlock] = []
    for page, _top, item in items:
        if isinstance(item, Part):
            grids.append(Grid(tuple(_row(row, marks) for row in item.rows), Place(page=page, box=item.box), tuple(item.heads)))
        else:
            blocks.append(_block(item, page, marks))
    count = len(marks.all)
    marks.chosen(sheets)
    if len(marks.all) > count:
        grids, blocks = named(grids, blocks, marks.all[count:])
    annotations = tuple(annotation for sheet in sheets for annotation in sheet.annotations)
    return Document(len(sheets), tuple(grids), tuple(marks.all), annotations, tuple(blocks), attached, tuple(findings))


def _named(table: Part) -> None:
    """Names the boxes that stand alone in their cells, several in a row."""
    from formfill.readers import _pdfmatrix

    _pdfmatrix.name(table.rows)


def _row(row: Sequence[Draft], marks: _Marks) -> tuple[Cell, ...]:
    texts = [seen.text for seen in row]
    cells = []
    new = tuple.__new__  # what Cell(…) does, at half its price
    for index, (seen, text) in enumerate(zip(row, texts, strict=True)):
        ids: tuple[str, ...] = ()
        if seen.spots:
            labels = bind(text.split("\n"), len(seen.spots), row_title(texts, index)) if seen.label is None else [seen.label]
            ids = marks.shelve(seen.spots, labels)
        cells.append(new(Cell, (text, ids, seen.row, seen.col, seen.row_span, seen.col_span, seen.place, seen.continues)))
    return tuple(cells)


def _block(item: Loose, page: int, marks: _Marks) -> TextBlock:
    spots = [(page, spot) for line in item.paragraph.lines for spot in line.spots]
    text = item.paragraph.text
    ids = marks.shelve(spots, bind([text], len(spots), "")) if spots else ()
    return TextBlock(text, Place(page=page, box=item.box), ids)
