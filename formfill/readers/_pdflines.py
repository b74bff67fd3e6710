"""The lines of text of a PDF page, in the order of its content: where each begins and ends, the boxes in it.

The box of a line is the loose one, from pen to pen, so that glyphs without outline still have a place.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import pypdfium2.raw as pdfium

from formfill.model.glyphs import BOX_GLYPHS
from formfill.readers._pdfchars import NOTHING, POINT, POINT_AT, RECT, RECT_AT, Chars, Rect, loose, origin
from formfill.readers._visual import Line

if TYPE_CHECKING:
    from collections.abc import Callable

    from formfill.readers._pdfglyphs import Patches

CUT: Final = "\ufffe"
"""How PDFium marks a word cut at the end of a line."""
_LINE: Final = re.compile("[^\r\n\ufffe]+\ufffe?")
BLANK: Final = " \t\xa0\u202f\u2003\u3000\ufffe"
"""What may end a line without showing; the mark of a cut word is no letter and has no box."""
_STACK: Final = 200
"""Most signs that stand one above the other."""


class Lines(Chars):
    """The lines of an open page."""

    def lines(self, glyphs: Callable[[str, Callable[[int], int]], Patches] | None = None) -> list[Line]:
        """The lines of text in the order of the content stream; the space at the end of a wrapped line is kept.

        Args:
            glyphs: tells what is shown otherwise than the text says; asked with the text, and what gives the index among the
                characters of the page.
        """
        self.load(glyphs)
        text = self.text
        if not text:
            return []
        raws, firsts, ends, afters = _stretches(text)
        boxed = {bisect_right(firsts, at) - 1 for at in _boxes_in(text)}
        if self.plain and self.shift is not None:
            return self._of_upright(raws, firsts, ends, afters, boxed)
        found: list[Line] = []
        for number, (first, end, after) in enumerate(zip(firsts, ends, afters, strict=True)):
            found += self._checked(self._line(first, end + 1, after, boxed=number in boxed))
        return found

    def _of_upright(self, raws: list[str], firsts: list[int], ends: list[int], afters: list[int], boxed: set[int]) -> list[Line]:
        """The lines of an upright page in two calls each: the pen at its start, the box of its last character."""
        x0, y1 = self.shift or (0.0, 0.0)
        odd, found = self.odd, []
        new = tuple.__new__  # what Line(…) does, at half its price
        places = zip(raws, firsts, afters, *self.pens(firsts), *self.places_of(ends), strict=True)
        for number, (raw, first, after, left, base, _left, top, right, bottom) in enumerate(places):
            if top - bottom < NOTHING or right < left:
                found += self._checked(self._line(first, ends[number] + 1, after, boxed=number in boxed))
                continue
            if bottom > base:
                bottom = base
            spots = self.spots_in(raw, first) if number in boxed else ()
            clean = self.clean(raw) if odd else raw
            line = new(Line, (clean, left - x0, y1 - top, right - x0, y1 - bottom, y1 - base, first, after, spots))
            if base < top and top - bottom <= right - left:
                found.append(line)
            else:
                found += self._checked(line)
        return found

    def _checked(self, line: Line) -> list[Line]:
        """The line, or what it is cut into when it is higher than wide."""
        if line.base < line.top or line.bottom - line.top > line.x1 - line.x0:
            return self._unstacked(line)
        return [line]

    def _line(self, first: int, last: int, after: int, *, boxed: bool) -> Line:
        """The line of the characters ``first`` to ``after`` of the text, of which ``last`` and the next are spaces."""
        raw = self.text[first:after]
        start, end, final = first, after, last - 1
        if self.mapped:
            start, final = self.char_of(first), self.char_of(last - 1)
            end = self.char_of(after - 1) + 1
        origin(self.address, start, POINT_AT, POINT_AT + 8)
        x, base = POINT[:]
        rects = []
        for char in (start, final):
            loose(self.address, char, RECT_AT)
            left, top, right, bottom = RECT[:]
            rects.append((left, bottom, right, top))
        left, bottom, right, top = _around(rects)
        if top - bottom < NOTHING or right - left < NOTHING:
            # a font that tells no height
            tight = [rect for rect in self.rects(start, end) if rect[3] - rect[1] > NOTHING]
            left, bottom, right, top = _around(tight) if tight else (left, bottom, right, top)
        spots = self.spots_in(raw, first) if boxed else ()
        box, pen = self.shown(left, bottom, right, top), self.shown(x, base, x, base)
        clean = self.clean(raw)
        return Line(clean, box.x0, box.top, box.x1, box.bottom, pen.bottom, start, end, spots)

    def _upright(self, raw: str, first: int, last: int, after: int, *, boxed: bool) -> Line:
        """A line as :meth:`_line` gives it, in two calls: the pen at its start, the box of its last character."""
        address = self.address
        origin(address, first, POINT_AT, POINT_AT + 8)
        loose(address, last - 1, RECT_AT)
        left, base = POINT[:]
        _x0, top, right, bottom = RECT[:]
        if top - bottom < NOTHING or right < left or not self.shift:
            return self._line(first, last, after, boxed=boxed)
        x0, y1 = self.shift
        if bottom > base:
            bottom = base
        spots = self.spots_in(raw, first) if boxed else ()
        clean = self.clean(raw)
        return Line(clean, left - x0, y1 - top, right - x0, y1 - bottom, y1 - base, first, after, spots)

    def _unstacked(self, line: Line) -> list[Line]:
        """The line, cut where it goes on above or below: PDFium takes signs that stand in a column for one vertical word."""
        if line.end - line.start < 2 or line.end - line.start > _STACK or self.is_turned(line.start):
            return [line]
        starts, last = [], None
        for char in range(line.start, line.end):
            at = self.index_of(char) if self.mapped else char
            if at < 0 or self.text[at].isspace():
                continue
            own = self.shown(*self.ink(char))
            if own.height < NOTHING:
                continue
            if last is None or min(own.bottom, last.bottom) <= max(own.top, last.top):
                starts.append(char)
            last = own
        if len(starts) < 2:
            return [line]
        boxed = bool(line.spots)
        pieces = [self.piece(a, b, boxed=boxed) for a, b in pairwise([*starts, line.end])]
        return [piece for piece in pieces if piece is not None]

    def piece(self, start: int, end: int, *, boxed: bool) -> Line | None:
        """The line of a range of characters, without the spaces that PDFium puts between objects."""
        while end > start and pdfium.FPDFText_IsGenerated(self.handle, end - 1) == 1:
            end -= 1
        if end <= start:
            return None
        first, after = (self.index_of(start), self.index_of(end - 1) + 1) if self.mapped else (start, end)
        raw = self.text[first:after]
        last = first + len(raw.rstrip(BLANK))
        if not last > first >= 0:
            return None
        return self._upright(raw, first, last, after, boxed=boxed) if self.plain else self._line(first, last, after, boxed=boxed)


def _boxes_in(text: str) -> list[int]:
    """Indexes of the box glyphs of a text, in no order: searched one by one, which is far dearer in one pattern."""
    found = []
    for glyph in BOX_GLYPHS:
        at = text.find(glyph)
        while at >= 0:
            found.append(at)
            at = text.find(glyph, at + 1)
    return found


def _stretches(text: str) -> tuple[list[str], list[int], list[int], list[int]]:
    """The lines of a text that show anything: what they hold, index of the first character, of the last that shows, and after."""
    raws, firsts, ends, afters = [], [], [], []
    if CUT in text or text.count("\r") != text.count("\n") or text.count("\r\n") != text.count("\n"):
        for match in _LINE.finditer(text):
            raw, first = match.group(), match.start()
            if wide := len(raw.rstrip(BLANK)):
                raws.append(raw)
                firsts.append(first)
                ends.append(first + wide - 1)
                afters.append(match.end())
        return raws, firsts, ends, afters
    first = 0
    for raw in text.split("\r\n"):
        after = first + len(raw)
        if wide := len(raw.rstrip(BLANK)):
            raws.append(raw)
            firsts.append(first)
            ends.append(first + wide - 1)
            afters.append(after)
        first = after + 2
    return raws, firsts, ends, afters


def _around(rects: list[Rect]) -> Rect:
    lefts, bottoms, rights, tops = zip(*rects, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)
