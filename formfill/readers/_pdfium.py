"""A thin layer over PDFium's raw API: opens a PDF, gives each page's lines of text with their boxes, closes everything.

Text is taken once per page and cut into lines; a box is asked per line, never per character (that costs more than all the rest).
Coordinates leave this module in points from the top left corner of the page as displayed: crop box and rotation are undone here.
PDFium is not thread-safe: one process, one reading at a time.
"""

from __future__ import annotations

import re
from ctypes import byref, c_double, c_ushort
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Self

import pypdfium2.raw as pdfium

from formfill.errors import EncryptedSourceError, SourceTooLargeError, UnreadableSourceError
from formfill.language import gettext as _
from formfill.model.geometry import Box
from formfill.model.glyphs import BOX_GLYPHS
from formfill.readers._lines import HYPHEN, Line, Spot
from formfill.readers._marks import glyph_evidence
from formfill.readers._pdftags import Tags

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from formfill.source import Source

MAX_PAGES: Final = 500
"""Most pages of a PDF that is read."""
TAIL: Final = 4096
"""The end mark of a whole PDF stands in its last bytes; Acrobat asks for 1024 (ISO 32000-1 annex H.3, note 18)."""
PADDED: Final = 2**20
"""Most bytes of empty padding after the end mark (copies from tape and some mail gateways add it)."""
_NOTHING: Final = 0.01
"""A box less high than this, in points, shows nothing."""
_LONGEST: Final = 400
"""Characters of a line whose boxes are asked one by one, where that must be."""
_BELOW: Final = 4.0
"""How far below its own ink the baseline of a bullet or a dash may be, in points."""
_LINE: Final = re.compile("[^\r\n\ufffe]+\ufffe?")
_BOX: Final = re.compile(f"[{''.join(sorted(BOX_GLYPHS))}]")
_ODD: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\u200b\u2060\ufeff\ufb00-\ufb06\ufffe\uffff]")
_JUNK: Final = (
    dict.fromkeys([*range(9), *range(11, 32), 0x200B, 0x2060, 0xFEFF, 0xFFFF])
    | {0xFFFE: HYPHEN}
    | {0xFB00 + i: text for i, text in enumerate(("ff", "fi", "fl", "ffi", "ffl", "st", "st"))}
)


class Pdf:
    """An open PDF; a context manager."""

    def __init__(self, source: Source) -> None:
        self.source = source
        if b"%%EOF" not in source.data[-PADDED:].rstrip(b"\0\r\n\t ")[-TAIL:]:
            raise _damaged(source, _("le PDF est tronqué : sa fin manque."))
        self.handle = pdfium.FPDF_LoadMemDocument64(source.data, len(source.data), None)
        if not self.handle:
            if pdfium.FPDF_GetLastError() in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
                raise EncryptedSourceError(
                    where=source.name,
                    seen=_("le PDF est protégé par un mot de passe."),
                    advice=_("Ouvrez-le avec son mot de passe et enregistrez-en une copie sans protection."),
                )
            raise _damaged(source, _("le PDF est endommagé : sa structure est illisible."))
        self.pages: int = pdfium.FPDF_GetPageCount(self.handle)
        self.tagged = bool(pdfium.FPDFCatalog_IsTagged(self.handle))
        if not 0 < self.pages <= MAX_PAGES:
            self.__exit__()
            if not self.pages:
                raise _damaged(source, _("le PDF n’a aucune page."))
            raise SourceTooLargeError(
                where=source.name,
                seen=_("le PDF a {count} pages, la limite est {limit}.").format(count=self.pages, limit=MAX_PAGES),
                advice=_("Séparez le formulaire du reste et donnez-le seul."),
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        if self.handle:
            pdfium.FPDF_CloseDocument(self.handle)
            self.handle = None

    def each_page(self) -> Iterator[Page]:
        """The pages in order, each closed before the next is opened."""
        for index in range(self.pages):
            page = Page(self, index)
            try:
                yield page
            finally:
                page.close()


def _damaged(source: Source, seen: str) -> UnreadableSourceError:
    return UnreadableSourceError(
        where=source.name, seen=seen, advice=_("Redemandez le fichier à son auteur, ou imprimez-le de nouveau en PDF.")
    )


class Page:
    """An open page."""

    def __init__(self, pdf: Pdf, index: int) -> None:
        self.number = index + 1
        self.handle = pdfium.FPDF_LoadPage(pdf.handle, index)
        self._text = None
        if not self.handle:
            raise _damaged(pdf.source, _("la page {page} est endommagée.").format(page=self.number))
        frame = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(self.handle, byref(frame))
        self._frame = (frame.left, frame.bottom, frame.right, frame.top)
        self._turns: int = pdfium.FPDFPage_GetRotation(self.handle)
        sides = (frame.right - frame.left, frame.top - frame.bottom)
        self.width, self.height = sides if self._turns % 2 == 0 else sides[::-1]
        self._text = pdfium.FPDFText_LoadPage(self.handle)
        self._tags: Tags | None = Tags(self.handle, self._text) if pdf.tagged else None
        self._mapped = self._odd = self._flat = False
        self._all = ""

    def close(self) -> None:
        """Gives the page back to PDFium."""
        if self._text:
            pdfium.FPDFText_ClosePage(self._text)
            self._text = None
        if self.handle:
            pdfium.FPDF_ClosePage(self.handle)
            self.handle = None

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A rectangle of PDF page space as displayed."""
        x0, y0, x1, y1 = self._frame
        if self._turns == 0:
            return Box(left - x0, y1 - top, right - x0, y1 - bottom)
        if self._turns == 1:
            return Box(bottom - y0, left - x0, top - y0, right - x0)
        if self._turns == 2:
            return Box(x1 - right, bottom - y0, x1 - left, top - y0)
        return Box(y1 - top, x1 - right, y1 - bottom, x1 - left)

    def same_block(self, a: Line, b: Line) -> bool | None:
        """Tells whether the file says that two lines are of one paragraph; None when it is not tagged."""
        if self._tags is None or a.end < 0 or b.start < 0:
            return None
        return self._tags.same_block(a.end - 1, b.start)

    def invisible(self, line: Line) -> bool:
        """Tells whether the text of a line is drawn without ink, as a text recogniser lays it over a scan."""
        item = pdfium.FPDFText_GetTextObject(self._text, line.start) if line.start >= 0 else None
        return bool(item) and pdfium.FPDFTextObj_GetTextRenderMode(item) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE

    def lines(self) -> list[Line]:
        """The lines of text in the order of the content stream; invisible ends of lines kept as trailing spaces."""
        count = pdfium.FPDFText_CountChars(self._text)
        if count <= 0:
            return []
        if len(_reused.buffer) < 2 * count + 2:
            _reused.buffer = (c_ushort * (4 * count + 2))()
        got = pdfium.FPDFText_GetText(self._text, 0, count, _reused.buffer)
        text = self._all = memoryview(_reused.buffer)[: max(got - 1, 0)].tobytes().decode("utf-16-le", "replace")
        self._mapped = len(text) != count
        self._odd = _ODD.search(text) is not None
        boxed = not BOX_GLYPHS.isdisjoint(text)
        spans = [match.span() for match in _LINE.finditer(text)]
        lines = None if self._mapped or self._odd or self._turns else self._in_bulk(spans, count, boxed=boxed)
        if lines is None:
            lines = [line for first, after in spans if (line := self._line(first, after, boxed=boxed)) is not None]
        return lines

    def _in_bulk(self, spans: list[tuple[int, int]], count: int, *, boxed: bool) -> list[Line] | None:
        """The lines of an upright page, by the boxes of its text objects in order; None where these do not follow the lines.

        A box is the first of a line when the line's first character stands in it: asked so, a line costs two calls.
        """
        handle, text, rect, origin = self._text, self._all, pdfium.FPDFText_GetRect, pdfium.FPDFText_GetCharOrigin
        x0, _y0, _x1, y1 = self._frame
        total, index = pdfium.FPDFText_CountRects(handle, 0, count), 0
        left = top = right = bottom = 0.0
        if total:
            rect(handle, 0, _a, _b, _c, _d)
            left, top, right, bottom = _a.value, _b.value, _c.value, _d.value
        found: list[Line] = []
        for first, after in spans:
            raw = text[first:after]
            if raw.isspace():
                continue
            origin(handle, first, _x, _y)
            x, y = _x.value, _y.value
            height = top - bottom
            while found and index < total and not (left - height <= x <= right and bottom - _BELOW <= y <= top):
                # not this line's: one more object of the line before
                last = found[-1]
                if not (y1 - bottom > last.top and y1 - top < last.bottom):
                    return None
                found[-1] = last._replace(
                    x0=min(last.x0, left - x0),
                    top=min(last.top, y1 - top),
                    x1=max(last.x1, right - x0),
                    bottom=max(last.bottom, y1 - bottom),
                )
                index += 1
                rect(handle, index, _a, _b, _c, _d)
                left, top, right, bottom = _a.value, _b.value, _c.value, _d.value
                height = top - bottom
            if index >= total or not (left - height <= x <= right and bottom - _BELOW <= y <= top):
                return None
            spots: tuple[Spot, ...] = ()
            if boxed and _BOX.search(raw):
                spots = self._spots(raw, first)
                if self._flat:
                    return None
            found.append(Line(raw, left - x0, y1 - top, right - x0, y1 - bottom, y1 - y, first, after, spots))
            index += 1
            if index < total:
                rect(handle, index, _a, _b, _c, _d)
                left, top, right, bottom = _a.value, _b.value, _c.value, _d.value
        return found if index >= total else None

    def _line(self, first: int, after: int, *, boxed: bool) -> Line | None:
        """The line of the characters ``first`` to ``after`` of the text; None when nothing shows."""
        raw = self._all[first:after]
        if raw.isspace():
            return None
        text = self._text
        start, end = (self._char(first), self._char(after - 1) + 1) if self._mapped else (first, after)
        boxes = self._rects(start, end)
        spots = self._spots(raw, first) if boxed and _BOX.search(raw) else ()
        if self._flat or not boxes:
            # a font that is not in the file: its glyphs have no box of their own
            boxes += [self._ink(char) for char in range(start, min(end, start + _LONGEST))]
        boxes = [box for box in boxes if box[3] - box[1] > _NOTHING]
        if not boxes:
            return None
        left, bottom, right, top = boxes[0]
        for box in boxes[1:]:
            left, bottom, right, top = min(left, box[0]), min(bottom, box[1]), max(right, box[2]), max(top, box[3])
        pdfium.FPDFText_GetCharOrigin(text, start, _x, _y)
        clean = raw.translate(_JUNK) if self._odd else raw
        if self._turns == 0:
            x0, _y0, _x1, y1 = self._frame
            return Line(clean, left - x0, y1 - top, right - x0, y1 - bottom, y1 - _y.value, start, end, spots)
        shown, base = self.box(left, bottom, right, top), self.box(_x.value, _y.value, _x.value, _y.value)
        return Line(clean, shown.x0, shown.top, shown.x1, shown.bottom, base.top, start, end, spots)

    def _rects(self, start: int, end: int) -> list[tuple[float, float, float, float]]:
        """One box (left, bottom, right, top) for each text object of the range that shows anything."""
        text, get, rects = self._text, pdfium.FPDFText_GetRect, []
        for index in range(pdfium.FPDFText_CountRects(text, start, end - start)):
            get(text, index, _a, _b, _c, _d)
            rects.append((_a.value, _d.value, _c.value, _b.value))
        return rects

    def _spots(self, raw: str, first: int) -> tuple[Spot, ...]:
        spots = []
        for match in _BOX.finditer(raw):
            at = first + match.start()
            evidence = glyph_evidence(match.group())
            if evidence is not None:
                spots.append(Spot(self.box(*self._ink(self._char(at) if self._mapped else at)), (evidence,)))
        return tuple(spots)

    def _ink(self, char: int) -> tuple[float, float, float, float]:
        """The box of a character: left, bottom, right, top; that of its font where the glyph itself is not to be had."""
        pdfium.FPDFText_GetCharBox(self._text, char, _a, _b, _c, _d)
        if _d.value - _c.value > _NOTHING:
            return _a.value, _c.value, _b.value, _d.value
        self._flat = True
        pdfium.FPDFText_GetLooseCharBox(self._text, char, _rect)
        return _rect.left, _rect.bottom, _rect.right, _rect.top

    def _char(self, at: int) -> int:
        """Index among the characters of the page of a character of the text, which leaves some out."""
        return int(pdfium.FPDFText_GetCharIndexFromTextIndex(self._text, at))

    def cut(self, line: Line, cell_at: Callable[[float, float], object]) -> list[Line]:
        """The pieces of a line that runs over several cells, cut between text objects, inside one where it must be.

        Args:
            line: a line of this page.
            cell_at: what tells the cell of a point apart from the others.
        """
        rects = self._rects(line.start, line.end)
        cells = [self._cells(box, cell_at) for box in rects]
        if self._flat or any(first != last for first, last in cells):
            bounds = self._bounds_of_cells(line, cell_at)
        else:
            turns = [index for index in range(1, len(cells)) if cells[index][0] != cells[index - 1][0]]
            bounds = [line.start, *(self._object_start(line, index) for index in turns), line.end]
        return [piece for first, after in pairwise(bounds) if (piece := self._piece(first, after, boxed=bool(line.spots)))]

    def _cells(self, rect: tuple[float, float, float, float], cell_at: Callable[[float, float], object]) -> tuple[object, object]:
        """The cells of the two ends of a text object, a little inside it."""
        box = self.box(*rect)
        inset, middle = min(0.5, box.width / 2), (box.top + box.bottom) / 2
        first = cell_at(box.x0 + inset, middle)
        return first, first if box.width < 1 else cell_at(box.x1 - inset, middle)

    def _object_start(self, line: Line, index: int) -> int:
        """Index of the first character of the text object of that number in the line."""
        low, high = line.start, line.end
        while low < high:
            middle = (low + high) // 2
            if pdfium.FPDFText_CountRects(self._text, line.start, middle + 1 - line.start) > index:
                high = middle
            else:
                low = middle + 1
        return low

    def _bounds_of_cells(self, line: Line, cell_at: Callable[[float, float], object]) -> list[int]:
        bounds, owner = [line.start], None
        for index in range(line.start, line.end):
            box = self.box(*self._ink(index))
            if box.width < _NOTHING or self._all[index if not self._mapped else self._index(index)].isspace():
                continue
            cell = cell_at(*box.centre)
            if owner is not None and cell != owner:
                bounds.append(index)
            owner = cell
        return [*bounds, line.end]

    def _piece(self, first: int, after: int, *, boxed: bool) -> Line | None:
        """The line of a range of characters, without the spaces that PDFium puts between objects."""
        while after > first and pdfium.FPDFText_IsGenerated(self._text, after - 1) == 1:
            after -= 1
        if after <= first:
            return None
        if self._mapped:
            first, after = self._index(first), self._index(after - 1) + 1
        return self._line(first, after, boxed=boxed) if first >= 0 else None

    def _index(self, char: int) -> int:
        """Index in the text of a character of the page."""
        return int(pdfium.FPDFText_GetTextIndexFromCharIndex(self._text, char))


class _Reused:
    """The one buffer that the text of every page is read into."""

    __slots__ = ("buffer",)

    def __init__(self) -> None:
        self.buffer = (c_ushort * 16384)()


_reused = _Reused()
_rect = pdfium.FS_RECTF()
_a, _b, _c, _d, _x, _y = (c_double() for _i in range(6))
