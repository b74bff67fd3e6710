"""The text of a PDF page in bulk: taken once, cut into lines, boxes asked of the two ends of a line only. Needs PDFium's raw API.

A call per character would cost more than all the rest. The boxes of line ends are the loose ones, from pen to pen, so that glyphs
without outline still have a place.
"""

from __future__ import annotations

import re
from ctypes import PYFUNCTYPE, addressof, c_double, c_float, c_int, c_ushort, c_void_p, cast
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import pypdfium2.raw as pdfium

from formfill.model.glyphs import BOX_GLYPHS
from formfill.readers._lines import HYPHEN
from formfill.readers._marks import glyph_evidence
from formfill.readers._visual import Line, Spot

if TYPE_CHECKING:
    from collections.abc import Callable

    from formfill.model.geometry import Box
    from formfill.readers._pdfglyphs import Patches

Rect = tuple[float, float, float, float]
"""Left, bottom, right, top, in PDF page space (y upwards)."""

Cell = tuple[int, int]
"""Number of a table and of a cell in it."""

_LINE: Final = re.compile("[^\r\n\ufffe]+\ufffe?")
_BOX: Final = re.compile(f"[{''.join(sorted(BOX_GLYPHS))}]")
_TURNED: Final = re.compile("([\udc00-\udfff])([\ud800-\udbff])")
"""The two halves of a character that PDFium turned round with the right-to-left text about it."""
_ODD: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\u200b\u2060\ufeff\ufb00-\ufb06\ufffe\uffff]")
_JUNK: Final = (
    dict.fromkeys([*range(9), *range(11, 32), 0x200B, 0x2060, 0xFEFF, 0xFFFF])
    | {0xFFFE: HYPHEN}
    | {0xFB00 + i: text for i, text in enumerate(("ff", "fi", "fl", "ffi", "ffl", "st", "st"))}
)
_BLANK: Final = " \t\xa0\u202f\u2003\u3000\ufffe"
"""What may end a line without showing; the mark of a cut word is no letter and has no box."""
_STACK: Final = 200
"""Most signs that stand one above the other."""
_NOTHING: Final = 0.01
"""A box less high than this, in points, shows nothing."""


class PageText:
    """The text of an open page.

    Args:
        handle: PDFium's text page, which the caller closes.
        shown: a rectangle of page space as displayed.
        shift: x and y of the page's upper left corner in page space when it is upright; None when it is turned.
    """

    def __init__(self, handle: Any, shown: Callable[[float, float, float, float], Box], shift: tuple[float, float] | None) -> None:
        self._handle, self._shown, self._shift = handle, shown, shift
        self._address = cast(handle, c_void_p).value
        self._mapped = self._odd = self._plain = self._paired = False
        self._all = ""
        self._patched: Patches = {}

    def lines(self, glyphs: Callable[[str, Callable[[int], int]], Patches] | None = None) -> list[Line]:
        """The lines of text in the order of the content stream; the space at the end of a wrapped line is kept.

        Args:
            glyphs: tells what is shown otherwise than the text says; asked with the text, and what gives the index among the
                characters of the page.
        """
        count = pdfium.FPDFText_CountChars(self._handle)
        if count <= 0:
            return []
        if len(_reused.buffer) < 2 * count + 2:
            _reused.buffer = (c_ushort * (4 * count + 2))()
        got = pdfium.FPDFText_GetText(self._handle, 0, count, _reused.buffer)
        units = memoryview(_reused.buffer)[: max(got - 1, 0)]
        text = units.tobytes().decode("utf-16-le", "replace")
        self._paired = len(text) != len(units) or "\ufffd" in text
        if self._paired:
            # PDFium counts a character beyond U+FFFF twice: kept as its two surrogates, so that indexes are PDFium's
            text = "".join(map(chr, units.cast("B").cast("H")))
        if len(text) < count:
            text = self._whole(text, count)
        self._all = text
        self._mapped = len(text) != count
        self._odd = _ODD.search(text) is not None
        if glyphs is not None:
            self._patched = glyphs(text, self._char if self._mapped else _same)
            if self._patched:
                chars = list(text)
                for index, (char, _evidence) in self._patched.items():
                    chars[index] = char
                self._all = text = "".join(chars)
        at = [match.start() for match in _BOX.finditer(text)] if not BOX_GLYPHS.isdisjoint(text) else []
        at.append(len(text) + 1)
        following = iter(at)
        next_box = next(following)
        self._plain = self._shift is not None and not self._mapped
        shift, address, odd = self._shift if self._plain else None, self._address, self._odd or self._paired
        x0, y1 = shift or (0.0, 0.0)
        found: list[Line] = []
        add = found.append
        for match in _LINE.finditer(text):
            first, after = match.span()
            raw = match.group()
            last = first + len(raw.rstrip(_BLANK))
            while next_box < first:
                next_box = next(following)
            if last <= first:
                continue
            boxed = next_box < after
            if shift is None:
                line = self._line(first, last, after, boxed=boxed)
            else:
                # a line of an upright page in two calls: the pen at its start, the box of its last character
                _origin(address, first, _point_at, _point_at + 8)
                _loose(address, last - 1, _rect_at)
                left, base = _point
                _x0, top, right, bottom = _rect
                if top - bottom < _NOTHING or right < left:
                    line = self._line(first, last, after, boxed=boxed)
                else:
                    if bottom > base:
                        bottom = base
                    spots = self._spots(raw, first) if boxed else ()
                    clean = self._clean(raw) if odd else raw
                    line = Line(clean, left - x0, y1 - top, right - x0, y1 - bottom, y1 - base, first, after, spots)
                    if base < top and top - bottom <= right - left:
                        add(line)
                        continue
            if line.base < line.top or line.bottom - line.top > line.x1 - line.x0:
                found += self._unstacked(line)
            else:
                add(line)
        return found

    def _unstacked(self, line: Line) -> list[Line]:
        """The line, cut where it goes on above or below: PDFium takes signs that stand in a column for one vertical word."""
        if line.end - line.start < 2 or line.end - line.start > _STACK:
            return [line]
        starts, last = [], None
        for char in range(line.start, line.end):
            at = self._index(char) if self._mapped else char
            if at < 0 or self._all[at].isspace():
                continue
            own = self._shown(*self._ink(char))
            if own.height < _NOTHING:
                continue
            if last is None or min(own.bottom, last.bottom) <= max(own.top, last.top) - 2 * max(own.height, last.height) / 3:
                starts.append(char)
            last = own
        if len(starts) < 2:
            return [line]
        boxed = bool(line.spots)
        pieces = [self._piece(a, b, boxed=boxed) for a, b in pairwise([*starts, line.end])]
        return [piece for piece in pieces if piece is not None]

    def _whole(self, text: str, count: int) -> str:
        """The text with the characters that PDFium leaves out of it: those of fonts that tell no Unicode."""
        found, missing = [], 0
        for char in range(count):
            at = self._index(char)
            if at < 0:
                missing += 1
                found.append(chr(pdfium.FPDFText_GetUnicode(self._handle, char) % 0x20))
            elif at < len(text):
                found.append(text[at])
        return "".join(found) if len(text) + missing == len(found) == count else text

    def _clean(self, raw: str) -> str:
        """A stretch of the text without what PDFium puts in it, characters beyond U+FFFF whole again."""
        if self._paired:
            raw = _TURNED.sub(r"\2\1", raw).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        return raw.translate(_JUNK) if self._odd else raw

    def _upright(self, raw: str, first: int, last: int, after: int, *, boxed: bool) -> Line:
        """A line as :meth:`_line` gives it, in two calls: the pen at its start, the box of its last character."""
        address = self._address
        _origin(address, first, _point_at, _point_at + 8)
        _loose(address, last - 1, _rect_at)
        left, base = _point[:]
        _x0, top, right, bottom = _rect[:]
        if top - bottom < _NOTHING or right < left or not self._shift:
            return self._line(first, last, after, boxed=boxed)
        x0, y1 = self._shift
        if bottom > base:
            bottom = base
        spots = self._spots(raw, first) if boxed else ()
        clean = self._clean(raw)
        return Line(clean, left - x0, y1 - top, right - x0, y1 - bottom, y1 - base, first, after, spots)

    def _line(self, first: int, last: int, after: int, *, boxed: bool) -> Line:
        """The line of the characters ``first`` to ``after`` of the text, of which ``last`` and the next are spaces."""
        raw = self._all[first:after]
        start, end, final = first, after, last - 1
        if self._mapped:
            start, final = self._char(first), self._char(last - 1)
            end = self._char(after - 1) + 1
        _origin(self._address, start, _point_at, _point_at + 8)
        x, base = _point[:]
        rects = []
        for char in (start, final):
            _loose(self._address, char, _rect_at)
            left, top, right, bottom = _rect[:]
            rects.append((left, bottom, right, top))
        left, bottom, right, top = _around(rects)
        if top - bottom < _NOTHING or right - left < _NOTHING:
            # a font that tells no height
            tight = [rect for rect in self._rects(start, end) if rect[3] - rect[1] > _NOTHING]
            left, bottom, right, top = _around(tight) if tight else (left, bottom, right, top)
        spots = self._spots(raw, first) if boxed else ()
        box, pen = self._shown(left, bottom, right, top), self._shown(x, base, x, base)
        clean = self._clean(raw)
        return Line(clean, box.x0, box.top, box.x1, box.bottom, pen.bottom, start, end, spots)

    def _rects(self, start: int, end: int) -> list[Rect]:
        """One box for each text object of the range that shows anything."""
        text, get, rects = self._handle, pdfium.FPDFText_GetRect, []
        for index in range(pdfium.FPDFText_CountRects(text, start, end - start)):
            get(text, index, _a, _b, _c, _d)
            rects.append((_a.value, _d.value, _c.value, _b.value))
        return rects

    def _spots(self, raw: str, first: int) -> tuple[Spot, ...]:
        spots = []
        for match in _BOX.finditer(raw):
            at = first + match.start()
            evidence = (self._patched[at][1] if at in self._patched else None) or glyph_evidence(match.group())
            if evidence is not None:
                spots.append(Spot(self._shown(*self._ink(self._char(at) if self._mapped else at)), (evidence,)))
        return tuple(spots)

    def _ink(self, char: int) -> Rect:
        """The box of a character, or that of its font where the glyph itself is not to be had."""
        pdfium.FPDFText_GetCharBox(self._handle, char, _a, _b, _c, _d)
        if _d.value - _c.value > _NOTHING:
            return _a.value, _c.value, _b.value, _d.value
        _loose(self._address, char, _rect_at)
        left, top, right, bottom = _rect[:]
        return left, bottom, right, top

    def _char(self, at: int) -> int:
        """Index among the characters of the page of a character of the text, which leaves some out."""
        return int(pdfium.FPDFText_GetCharIndexFromTextIndex(self._handle, at))

    def _index(self, char: int) -> int:
        """Index in the text of a character of the page."""
        return int(pdfium.FPDFText_GetTextIndexFromCharIndex(self._handle, char))

    def cut(self, line: Line, cell_at: Callable[[float, float], Cell | None]) -> list[tuple[Line, Cell | None]]:
        """The pieces of a line that runs over several cells, each with its cell.

        It is cut before the words that stand in another cell; where a word itself runs over a rule, character by character.
        What runs over the border of the table belongs to the cell it comes from.

        Args:
            line: a line of this page.
            cell_at: the cell that holds a point.
        """
        if self._plain:
            found = self._pieces(line, self._starts_of_words(line, cell_at))
            if all(cell_at(piece.x1 - 0.5, (piece.top + piece.bottom) / 2) in (cell, None) for piece, cell in found):
                return found
        return self._pieces(line, self._starts_of_cells(line, cell_at))

    def _pieces(self, line: Line, starts: list[tuple[int, Cell | None]]) -> list[tuple[Line, Cell | None]]:
        found = []
        for number, (first, cell) in enumerate(starts, 1):
            after = starts[number][0] if number < len(starts) else line.end
            piece = self._piece(first, after, boxed=bool(line.spots))
            if piece is not None:
                found.append((_with_spots(piece, line), cell))
        return found

    def _starts_of_words(self, line: Line, cell_at: Callable[[float, float], Cell | None]) -> list[tuple[int, Cell | None]]:
        """Index of the first character in each cell, asked of the first character of each word."""
        shift = (self._shift[0] if self._shift else 0.0) - 0.5
        middle = (line.top + line.bottom) / 2
        starts: list[tuple[int, Cell | None]] = []
        here: Cell | None = None
        at, text, end, address = line.start, self._all, line.end, self._address
        x_at, y_at, find = _point_at, _point_at + 8, text.find
        while 0 <= at < end:
            if text[at] != " ":
                _origin(address, at, x_at, y_at)
                cell = cell_at(_point[0] - shift, middle)
                if here is None:
                    starts[:] = [(starts[0][0] if starts else at, cell)]
                    here = cell
                elif cell is not None and cell != here:
                    starts.append((at, cell))
                    here = cell
                at = find(" ", at, end)
            at += 1 if at >= 0 else 0
        return starts

    def _starts_of_cells(self, line: Line, cell_at: Callable[[float, float], Cell | None]) -> list[tuple[int, Cell | None]]:
        """Index of the first character in each cell, asked character by character."""
        starts: list[tuple[int, Cell | None]] = []
        for index in range(line.start, line.end):
            box = self._shown(*self._ink(index))
            at = self._index(index) if self._mapped else index
            if box.width < _NOTHING or at < 0 or self._all[at].isspace():
                continue
            cell = cell_at(*box.centre)
            if not starts:
                starts.append((line.start, cell))
            elif starts[-1][1] is None:
                starts[-1] = (starts[-1][0], cell)
            elif cell is not None and cell != starts[-1][1]:
                starts.append((index, cell))
        return starts

    def _piece(self, start: int, end: int, *, boxed: bool) -> Line | None:
        """The line of a range of characters, without the spaces that PDFium puts between objects."""
        while end > start and pdfium.FPDFText_IsGenerated(self._handle, end - 1) == 1:
            end -= 1
        if end <= start:
            return None
        first, after = (self._index(start), self._index(end - 1) + 1) if self._mapped else (start, end)
        raw = self._all[first:after]
        last = first + len(raw.rstrip(_BLANK))
        if not last > first >= 0:
            return None
        return self._upright(raw, first, last, after, boxed=boxed) if self._plain else self._line(first, last, after, boxed=boxed)

    def inside(self, line: Line, box: Box) -> list[tuple[int, str]]:
        """The characters of a line whose middle lies in a box, each with its index on the page."""
        found = []
        for index in range(line.start, line.end):
            at = self._index(index) if self._mapped else index
            if at < 0 or self._all[at].isspace():
                continue
            own = self._shown(*self._ink(index))
            if own.width > _NOTHING and box.contains(*own.centre):
                found.append((index, self._all[at]))
        return found

    def without(self, line: Line, first: int, after: int) -> tuple[Line | None, Line | None]:
        """The two pieces of a line before and after some of its characters."""
        boxed = bool(line.spots)
        while after < line.end and self._all[self._index(after) if self._mapped else after].isspace():
            after += 1
        left, right = self._piece(line.start, first, boxed=boxed), self._piece(after, line.end, boxed=boxed)
        return left and _with_spots(left, line), right and _with_spots(right, line)

    def parted(self, line: Line, x: float) -> tuple[Line | None, Line | None]:
        """The two pieces of a line on the left and on the right of a place; a line without characters is not parted."""
        if line.start < 0:
            return None, None
        for index in range(line.start, line.end):
            at = self._index(index) if self._mapped else index
            if at < 0 or self._all[at].isspace():
                continue
            own = self._shown(*self._ink(index))
            if own.width > _NOTHING and own.centre[0] > x:
                return self.without(line, index, index)
        return line, None

    def signs(self, line: Line, pattern: re.Pattern[str]) -> list[tuple[int, str]]:
        """What a pattern of one character finds in a line, with its index on the page."""
        first, after = (self._index(line.start), self._index(line.end - 1) + 1) if self._mapped else (line.start, line.end)
        if not 0 <= first < after:
            return []
        found = pattern.finditer(self._all, first, after)
        return [(self._char(match.start()) if self._mapped else match.start(), match.group()) for match in found]

    def places(self, line: Line) -> list[tuple[str, Box]]:
        """The characters of a line with their boxes."""
        found = []
        for char in range(line.start, line.end):
            at = self._index(char) if self._mapped else char
            if 0 <= at < len(self._all):
                found.append((self._all[at], self._shown(*self._ink(char))))
        return found

    def ink_of(self, char: int) -> Box:
        """The box of a character, by its index on the page."""
        return self._shown(*self._ink(char))

    def invisible(self, line: Line) -> bool:
        """Tells whether the text of a line is drawn without ink, as a text recogniser lays it over a scan."""
        item = pdfium.FPDFText_GetTextObject(self._handle, line.start) if line.start >= 0 else None
        return bool(item) and pdfium.FPDFTextObj_GetTextRenderMode(item) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE


def _with_spots(piece: Line, line: Line) -> Line:
    """A piece of a line with the boxes as the line has them: what lies over them may be known already."""
    if not piece.spots:
        return piece
    known = {spot.box: spot for spot in line.spots}
    return piece._replace(spots=tuple(known.get(spot.box, spot) for spot in piece.spots))


def _same(at: int) -> int:
    return at


def _around(rects: list[Rect]) -> Rect:
    lefts, bottoms, rights, tops = zip(*rects, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


class _Reused:
    """The one buffer that the text of every page is read into."""

    __slots__ = ("buffer",)

    def __init__(self) -> None:
        self.buffer = (c_ushort * 16384)()


_reused = _Reused()
_a, _b, _c, _d = (c_double() for _i in range(4))
_rect = (c_float * 4)()
_rect_at: Final = addressof(_rect)
_point = (c_double * 2)()
_point_at: Final = addressof(_point)
# the same functions on plain addresses, half as dear: they are asked of each line
_origin = PYFUNCTYPE(c_int, c_void_p, c_int, c_void_p, c_void_p)(cast(pdfium.FPDFText_GetCharOrigin, c_void_p).value or 0)
_loose = PYFUNCTYPE(c_int, c_void_p, c_int, c_void_p)(cast(pdfium.FPDFText_GetLooseCharBox, c_void_p).value or 0)
