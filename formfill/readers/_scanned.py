"""Pages that are pictures, as sheets: what :mod:`formfill.scan` tells of them, in the words that the pages of a PDF have.

The libraries that it needs are an extra: without them such a page is reported, with what installs them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from ctypes import byref, c_float, c_uint, string_at
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

from formfill.language import gettext as _
from formfill.model.document import Cell, Document, Evidence, MarkState, Says, Unread
from formfill.model.geometry import Place
from formfill.model.glyphs import BOX_GLYPHS, SHOWN, TYPED_TICKS
from formfill.model.report import Finding, Severity
from formfill.readers._grid import tilings
from formfill.readers._lines import Habit
from formfill.readers._sheet import Bins, Sheet, draft
from formfill.readers._visual import Line, Spot

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from formfill.model.document import Grid
    from formfill.model.geometry import Box
    from formfill.readers._grid import Tiling
    from formfill.readers._pdfium import Page as PdfPage
    from formfill.scan import Page, PagePicture, Piece, Tick, Written

INSTALL: Final = 'pip install "formfill[scan]"'
"""What installs the libraries."""
TESSERACT: Final = "apt-get install tesseract-ocr-fra"
"""What installs the French data of Tesseract."""
LINE: Final = 0.45
"""Share of its height by which something written may be off the line that it goes on."""
NARROW: Final = 66.0
"""Points: an empty cell no wider may hold a cross."""
ALIKE: Final = 4
"""Cells side by side that are as wide: a grid of crosses."""
OBJECTS: Final = 2_000
"""Objects of a page that are looked at for pictures."""
DRAWN: Final = 200.0
"""Resolution of a page that holds no picture: its text is drawn as outlines."""
COARSEST: Final = 72.0
FINEST: Final = 300.0


class Scans:
    """The pages of one file that are pictures."""

    def __init__(self) -> None:
        self.pages: dict[int, Page] = {}
        self.unread: list[Unread] = []

    def look(self, pictures: Sequence[PagePicture], findings: list[Finding]) -> dict[int, Sheet]:
        """The sheets of the pages that are of a known form, by their numbers; says what the others are."""
        from formfill import scan

        sheets: dict[int, Sheet] = {}
        for picture, page in zip(pictures, scan.seen(list(pictures)), strict=True):
            number = picture.number
            if page is None:
                findings.append(unknown_page(number))
                continue
            self.pages[number] = page
            findings.append(_told(number, page))
            if page.bare and any(piece.ticks for piece in page.pieces):
                findings.append(_black_and_white(number))
            if not page.readable and page.written:
                findings.append(_no_ocr(number))
            sheets[number] = self._sheet(number, page)
        return sheets

    def placed(self, document: Document) -> Document:
        """The document with the places of these pages as they came, and what could not be read on them."""
        if not self.pages:
            return document
        place = self._place
        return document._replace(
            grids=tuple([_moved_grid(grid, place) for grid in document.grids]),
            marks=tuple([mark._replace(place=place(mark.place)) for mark in document.marks]),
            text=tuple([block._replace(place=place(block.place)) for block in document.text]),
            unread=tuple(self.unread),
        )

    def _place(self, place: Place) -> Place:
        page = self.pages.get(place.page or 0)
        return place if page is None or place.box is None else place._replace(box=page.place(place.box))

    def _sheet(self, number: int, page: Page) -> Sheet:
        sheet = Sheet(number, page.height)
        tables = tilings(page.rules)
        bins = Bins(tables)
        lines = [_line(piece) for piece in page.pieces]
        for item in page.written:
            cross = _cross(item, lines, tables)
            if cross is None:
                _add(lines, self._text(number, item, page), item.box, tables)
            else:
                lines.append(cross)
        bins.fill(lines, _uncut)
        habit = Habit()
        bins.settle(habit, shuffled=True)
        habit.settle()
        draft(sheet, bins, habit, lambda _a, _b: None)
        return sheet

    def _text(self, number: int, item: Written, page: Page) -> str:
        """What is shown of something written: its text when it was read for certain, else with a sign that says it was not."""
        if item.sure:
            return item.text
        token = f"⟦?{len(self.unread) + 1}⟧"
        place = Place(page=number, box=page.place(item.box))
        self.unread.append(Unread(token, item.text or None, place, _evidence(item)))
        return f"{item.text} {token}".lstrip()


def available() -> bool:
    """Whether the libraries for scans are installed."""
    if find_spec("cv2") is None or find_spec("numpy") is None:
        return False
    try:
        import formfill.scan
    except ImportError:
        # installed, and not to be loaded: a library of the system is missing, or the memory that it wants
        return False
    return bool(formfill.scan)


def of_page(document: Any, page: PdfPage) -> PagePicture | None:
    """The picture of a page of a PDF, at the resolution that it was scanned at; None when it is too large to be one.

    A page whose picture has more points than :data:`~formfill.scan._pages.MAX_PIXELS` is not decoded.
    """
    import pypdfium2.raw as pdfium

    from formfill import scan

    finest = 0.0
    count = pdfium.FPDFPage_CountObjects(page.handle)
    wide, high = c_uint(), c_uint()
    for index in range(min(count, OBJECTS)):
        item = pdfium.FPDFPage_GetObject(page.handle, index)
        if pdfium.FPDFPageObj_GetType(item) != pdfium.FPDF_PAGEOBJ_IMAGE:
            continue
        if not pdfium.FPDFImageObj_GetImagePixelSize(item, byref(wide), byref(high)):
            continue
        if wide.value * high.value > scan.MAX_PIXELS:
            return None
        left, bottom, right, top = c_float(), c_float(), c_float(), c_float()
        if pdfium.FPDFPageObj_GetBounds(item, byref(left), byref(bottom), byref(right), byref(top)):
            side = max(right.value - left.value, top.value - bottom.value)
            if side > 0:
                finest = max(finest, max(wide.value, high.value) * 72 / side)
    dpi = min(max(finest or DRAWN, COARSEST), FINEST)
    width, height = max(1, round(page.width * dpi / 72)), max(1, round(page.height * dpi / 72))
    if width * height > scan.MAX_PIXELS:
        return None
    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_Gray, None, 0)
    if not bitmap:
        return None
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
        pdfium.FPDF_RenderPageBitmap(bitmap, page.handle, 0, 0, width, height, 0, pdfium.FPDF_ANNOT | pdfium.FPDF_GRAYSCALE)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        data = string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * height)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    return scan.page(page.number, scan.grey(data, height, stride, width), dpi)


def within(
    sheets: list[Sheet], pictures: Sequence[PagePicture], findings: list[Finding], whole: Callable[[], Document]
) -> Document:
    """A document some of whose pages are pictures: their sheets are put in the place of the empty ones.

    Args:
        sheets: those of all pages, in order.
        pictures: the pages that are pictures.
        findings: what was found, added to.
        whole: what makes the document of the sheets.
    """
    scans = Scans()
    told = scans.look(pictures, findings)
    sheets[:] = [told.get(sheet.number, sheet) for sheet in sheets]
    return scans.placed(whole())


def unread_page(number: int) -> Finding:
    """Says that a page is a picture, and what would read it."""
    message = _("La page {page} est une image : elle n’a pas été lue. Installez la lecture des scans par « {command} ».")
    return Finding("image-page", Severity.ERROR, message.format(page=number, command=INSTALL), place=Place(page=number))


def unknown_page(number: int) -> Finding:
    """Says that a page is a picture of no known form."""
    message = _(
        "La page {page} est une image, et n’est la page d’aucun formulaire connu : elle n’a pas été lue. "
        "Demandez le fichier d’origine, ou numérisez-la de nouveau, entière et à 200 points par pouce."
    )
    return Finding("image-page", Severity.ERROR, message.format(page=number), place=Place(page=number))


def _told(number: int, page: Page) -> Finding:
    message = _("La page {page} est un scan, reconnu comme la page {own} de « {form} » ({score} % de ce qu’elle imprime).")
    text = message.format(page=number, own=page.page, form=page.form, score=round(100 * page.score))
    return Finding("scanned-page", Severity.INFO, text, place=Place(page=number))


def _black_and_white(number: int) -> Finding:
    message = _(
        "La page {page} a été numérisée en noir et blanc : une coche légère, au crayon, peut en avoir disparu. "
        "Comparez ses cases vides avec le papier, ou numérisez-la de nouveau en niveaux de gris."
    )
    return Finding("black-and-white-scan", Severity.WARNING, message.format(page=number), place=Place(page=number))


def _no_ocr(number: int) -> Finding:
    message = _(
        "Ce qui est écrit sur la page {page} n’a pas été lu : il manque la reconnaissance de texte. Installez-la par « {command} »."
    )
    return Finding(
        "no-text-recognition", Severity.WARNING, message.format(page=number, command=TESSERACT), place=Place(page=number)
    )


def _line(piece: Piece) -> Line:
    """A printed line, its boxes shown as they were seen."""
    spots = tuple([Spot(tick.box, _ink(tick)) for tick in piece.ticks])
    text = piece.text
    if spots:
        states = iter([tick.state for tick in piece.ticks])
        text = "".join(SHOWN[next(states, MarkState.UNCERTAIN)] if char in BOX_GLYPHS else char for char in text)
    box = piece.box
    return Line(text, box.x0, box.top, box.x1, box.bottom, piece.base, spots=spots)


_SAYS: Final = {MarkState.TICKED: Says.TICKED, MarkState.BLANK: Says.BLANK, MarkState.UNCERTAIN: Says.UNCLEAR}


def _ink(tick: Tick) -> tuple[Evidence, ...]:
    says = _SAYS[tick.state]
    figures = _("encre {inside} dedans, {around} autour").format(
        inside=f"{tick.inside:.2f}".replace(".", ","), around=f"{tick.around:.2f}".replace(".", ",")
    )
    return (Evidence("ink", says, f"{_why(tick.why)} ({figures})"), Evidence("crop", says, tick.crop))


def _why(why: str) -> str:
    """What the ink of a box looks like."""
    match why:
        case "clean":
            return _("rien dans la case")
        case "strokes":
            return _("des traits dans la case")
        case "circle":
            return _("un trait autour de la case")
        case "faint":
            return _("une trace trop faible")
        case "scribble":
            return _("la case est gribouillée")
        case "through":
            return _("ce qui couvre la case la dépasse")
        case "single":
            return _("un seul trait")
        case "beside":
            return _("rien dans la case, mais quelque chose à côté")
        case "broken":
            return _("l’impression est trop pâle pour qu’un trait léger s’y voie")
        case "lost":
            return _("rien dans la case, mais la page est en noir et blanc et les coches y manquent ou s’y effacent")
        case "no-frame":
            return _("le cadre de la case ne se voit pas")
    return _("la case n’est pas sur la page")


def _evidence(item: Written) -> tuple[Evidence, ...]:
    if item.text:
        detail = _("lu « {text} », sûr à {confidence} %").format(text=item.text, confidence=item.confidence)
        return (Evidence("ocr", Says.UNCLEAR, detail), Evidence("crop", Says.UNCLEAR, item.crop))
    return (Evidence("handwriting", Says.UNCLEAR, _("écrit à la main, ou illisible")), Evidence("crop", Says.UNCLEAR, item.crop))


def _cross(item: Written, lines: Sequence[Line], tables: Sequence[Tiling]) -> Line | None:
    """Something compact in a narrow cell where nothing is printed, as a tick."""
    x, y = item.box.centre
    at = _cell_at(tables, x, y)
    if item.mark is None or at is None:
        return None
    table = tables[at[0]]
    slot = table.slots[at[1]].box
    row = table.slots[at[1]].row
    alike = [other for other in table.slots if other.row == row and abs(other.box.width - slot.width) < 2]
    if slot.width > NARROW or slot.height > NARROW or len(alike) < ALIKE:
        return None
    if item.sure and item.text not in TYPED_TICKS:
        return None
    if any(_cell_at(tables, line.x0 + 0.5, (line.top + line.bottom) / 2) == at for line in lines):
        return None
    says = _SAYS[item.mark]
    spot = Spot(item.box, (Evidence("ink", says, _("des traits dans la cellule")), Evidence("crop", says, item.crop)))
    box = item.box
    return Line(SHOWN[item.mark], box.x0, box.top, box.x1, box.bottom, box.bottom, spots=(spot,))


_LEADERS: Final = re.compile(r"[.…_]{3,}|\s{2,}")


def _add(lines: list[Line], text: str, box: Box, tables: Sequence[Tiling]) -> None:
    """Puts something written among the printed lines: into the one that it goes on, else as a line of its own."""
    middle = (box.top + box.bottom) / 2
    cell = _cell_at(tables, box.x0 + 0.5, middle)
    for rank, line in enumerate(lines):
        if line.x1 <= box.x0 or not line.text or line.spots:
            continue
        high = line.bottom - line.top
        if not (line.top - LINE * high <= middle <= line.bottom + LINE * high) or line.x0 >= box.x1:
            continue
        if _cell_at(tables, line.x0 + 0.5, (line.top + line.bottom) / 2) != cell:
            continue
        # over the dots of a printed line: in their place, where they stand along it
        at = round(len(line.text) * (box.x0 - line.x0) / max(line.x1 - line.x0, 1.0))
        at = _near_gap(line.text, at)
        lines[rank] = line._replace(text=f"{line.text[:at]} {text} {line.text[at:]}")
        return
    lines.append(Line(text, box.x0, box.top, box.x1, box.bottom, box.bottom))


def _near_gap(text: str, at: int) -> int:
    """The place among dots or spaces that is nearest to a place."""
    gaps = [min(max(at, match.start()), match.end()) for match in _LEADERS.finditer(text)] or [
        place for place, char in enumerate(text) if char == " "
    ]
    return min([*gaps, len(text)], key=lambda place: abs(place - at))


def _cell_at(tables: Sequence[Tiling], x: float, y: float) -> tuple[int, int] | None:
    for number, table in enumerate(tables):
        if table.ys[0] <= y <= table.ys[-1] and table.xs[0] <= x <= table.xs[-1]:
            slot = table.where.get((bisect_right(table.ys, y) - 1, bisect_right(table.xs, x) - 1))
            if slot is not None:
                return number, slot
    return None


def _uncut(line: Line, cell_at: Callable[[float, float], tuple[int, int] | None]) -> list[tuple[Line, tuple[int, int] | None]]:
    """A line whole in the cell where it begins: the blanks are cut at their cells already."""
    return [(line, cell_at(line.x0 + 0.5, (line.top + line.bottom) / 2))]


def _moved_grid(grid: Grid, place: Callable[[Place], Place]) -> Grid:
    def moved(cell: Cell) -> Cell:
        return cell._replace(place=place(cell.place))

    return grid._replace(rows=tuple([tuple(map(moved, row)) for row in grid.rows]), place=place(grid.place))


__all__ = ["Scans", "available", "unknown_page", "unread_page"]
