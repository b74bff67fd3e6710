"""The characters of an open PDF page: their text in bulk, where each stands, the boxes among them. Needs PDFium's raw API.

A call per character would cost more than all the rest: only the ends of lines and of words are asked for, and by bare addresses.
"""

from __future__ import annotations

import re
from collections import deque
from ctypes import PYFUNCTYPE, addressof, c_double, c_float, c_int, c_ushort, c_void_p, cast
from itertools import repeat
from math import sin
from struct import unpack_from
from typing import TYPE_CHECKING, Any, Final

import pypdfium2.raw as pdfium

from formfill.model.glyphs import BOX_GLYPHS
from formfill.readers._lines import HYPHEN
from formfill.readers._marks import glyph_evidence
from formfill.readers._visual import Spot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from formfill.model.geometry import Box
    from formfill.readers._pdfglyphs import Patches

Rect = tuple[float, float, float, float]
"""Left, bottom, right, top, in PDF page space (y upwards)."""

BOX: Final = re.compile(f"[{''.join(sorted(BOX_GLYPHS))}]")
_TURNED: Final = re.compile("([\udc00-\udfff])([\ud800-\udbff])")
"""The two halves of a character that PDFium turned round with the right-to-left text about it."""
_ODD: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\u200b\u2060\ufeff\ufb00-\ufb06\ufffe\uffff]")
_JUNK: Final = (
    dict.fromkeys([*range(9), *range(11, 32), 0x200B, 0x2060, 0xFEFF, 0xFFFF])
    | {0xFFFE: HYPHEN}
    | {0xFB00 + i: text for i, text in enumerate(("ff", "fi", "fl", "ffi", "ffl", "st", "st"))}
)
STEEP: Final = 0.7
"""Sine of the angle from which text runs up or down."""
NOTHING: Final = 0.01
"""A box less high than this, in points, shows nothing."""


class Chars:
    """The characters of an open page.

    Args:
        handle: PDFium's text page, which the caller closes.
        shown: a rectangle of page space as displayed.
        shift: x and y of the page's upper left corner in page space when it is upright; None when it is turned.
    """

    def __init__(self, handle: Any, shown: Callable[[float, float, float, float], Box], shift: tuple[float, float] | None) -> None:
        self.handle, self.shown, self.shift = handle, shown, shift
        self.address = cast(handle, c_void_p).value
        self.text = ""
        """The text of the page, one character for each of PDFium's unless ``mapped``."""
        self.mapped = False
        """True when PDFium leaves characters out of the text: indexes differ."""
        self.plain = False
        """True when the page is upright and indexes do not differ."""
        self.odd = False
        """True when the text holds what PDFium puts in it, or what it cannot hold."""
        self._paired = False
        self.patched: Patches = {}

    def load(self, glyphs: Callable[[str, Callable[[int], int]], Patches] | None) -> None:
        """Reads the text of the page.

        Args:
            glyphs: tells what is shown otherwise than the text says; asked with the text, and what gives the index among the
                characters of the page.
        """
        count = pdfium.FPDFText_CountChars(self.handle)
        if count <= 0:
            return
        if len(_reused.buffer) < 2 * count + 2:
            _reused.buffer = (c_ushort * (4 * count + 2))()
        got = pdfium.FPDFText_GetText(self.handle, 0, count, _reused.buffer)
        units = memoryview(_reused.buffer)[: max(got - 1, 0)]
        text = units.tobytes().decode("utf-16-le", "replace")
        self._paired = len(text) != len(units) or "\ufffd" in text
        if self._paired:
            # PDFium counts a character beyond U+FFFF twice: kept as its two surrogates, so that indexes are PDFium's
            text = "".join(map(chr, units.cast("B").cast("H")))
        if len(text) < count:
            text = self._whole(text, count)
        self.text = text
        self.mapped = len(text) != count
        self.plain = self.shift is not None and not self.mapped
        self.odd = self._paired or _ODD.search(text) is not None
        if glyphs is not None:
            self.patched = glyphs(text, self.char_of if self.mapped else _same)
            if self.patched:
                chars = list(text)
                for index, (char, _evidence) in self.patched.items():
                    chars[index] = char
                self.text = "".join(chars)

    def _whole(self, text: str, count: int) -> str:
        """The text with the characters that PDFium leaves out of it: those of fonts that tell no Unicode."""
        found, missing = [], 0
        for char in range(count):
            at = self.index_of(char)
            if at < 0:
                missing += 1
                found.append(chr(pdfium.FPDFText_GetUnicode(self.handle, char) % 0x20))
            elif at < len(text):
                found.append(text[at])
        return "".join(found) if len(text) + missing == len(found) == count else text

    def clean(self, raw: str) -> str:
        """A stretch of the text without what PDFium puts in it, characters beyond U+FFFF whole again."""
        if self._paired:
            raw = _TURNED.sub(r"\2\1", raw).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        return raw.translate(_JUNK) if self.odd else raw

    def spots_in(self, raw: str, first: int) -> tuple[Spot, ...]:
        spots = []
        for match in BOX.finditer(raw):
            at = first + match.start()
            evidence = (self.patched[at][1] if at in self.patched else None) or glyph_evidence(match.group())
            if evidence is not None:
                spots.append(Spot(self.shown(*self.ink(self.char_of(at) if self.mapped else at)), (evidence,)))
        return tuple(spots)

    def ink(self, char: int) -> Rect:
        """The box of a character, or that of its font where the glyph itself is not to be had."""
        pdfium.FPDFText_GetCharBox(self.handle, char, _a, _b, _c, _d)
        if _d.value - _c.value > NOTHING:
            return _a.value, _c.value, _b.value, _d.value
        loose(self.address, char, RECT_AT)
        left, top, right, bottom = RECT[:]
        return left, bottom, right, top

    def rects(self, start: int, end: int) -> list[Rect]:
        """One box for each text object of the range that shows anything."""
        text, get, rects = self.handle, pdfium.FPDFText_GetRect, []
        for index in range(pdfium.FPDFText_CountRects(text, start, end - start)):
            get(text, index, _a, _b, _c, _d)
            rects.append((_a.value, _d.value, _c.value, _b.value))
        return rects

    def pens(self, chars: Sequence[int]) -> tuple[list[float], list[float]]:
        """x, and y, of the pen before each of some characters, in page space."""
        count = len(chars)
        if 2 * count > len(_reused.points):
            _reused.points = (c_double * (4 * count))()
        at = addressof(_reused.points)
        _all(map(origin, repeat(self.address), chars, range(at, at + 16 * count, 16), range(at + 8, at + 8 + 16 * count, 16)))
        flat = list(unpack_from(f"{2 * count}d", _reused.points))
        return flat[::2], flat[1::2]

    def places_of(self, chars: Sequence[int]) -> tuple[list[float], list[float], list[float], list[float]]:
        """Left, top, right and bottom of the loose boxes of some characters, in page space."""
        count = len(chars)
        if 4 * count > len(_reused.boxes):
            _reused.boxes = (c_float * (8 * count))()
        at = addressof(_reused.boxes)
        _all(map(loose, repeat(self.address), chars, range(at, at + 16 * count, 16)))
        flat = list(unpack_from(f"{4 * count}f", _reused.boxes))
        return flat[::4], flat[1::4], flat[2::4], flat[3::4]

    def is_turned(self, char: int) -> bool:
        """Whether a character stands on its side on an upright page: text that runs up or down."""
        return self.shift is not None and abs(sin(pdfium.FPDFText_GetCharAngle(self.handle, char))) > STEEP

    def char_of(self, at: int) -> int:
        """Index among the characters of the page of a character of the text, which leaves some out."""
        return int(pdfium.FPDFText_GetCharIndexFromTextIndex(self.handle, at))

    def index_of(self, char: int) -> int:
        """Index in the text of a character of the page."""
        return int(pdfium.FPDFText_GetTextIndexFromCharIndex(self.handle, char))


def _same(at: int) -> int:
    return at


def _all(calls: Iterable[int]) -> None:
    """Makes the calls."""
    deque(calls, maxlen=0)


class _Reused:
    """The buffers that the text and the places of every page are read into."""

    __slots__ = ("boxes", "buffer", "points")

    def __init__(self) -> None:
        self.buffer = (c_ushort * 16384)()
        self.points = (c_double * 1024)()
        self.boxes = (c_float * 2048)()


_reused = _Reused()
_a, _b, _c, _d = (c_double() for _i in range(4))
RECT = (c_float * 4)()
"""Receives left, top, right, bottom of a box, at ``RECT_AT``."""
RECT_AT: Final = addressof(RECT)
POINT = (c_double * 2)()
"""Receives x and y of a pen, at ``POINT_AT``."""
POINT_AT: Final = addressof(POINT)
# the same functions on plain addresses, half as dear: they are asked of each line
origin = PYFUNCTYPE(c_int, c_void_p, c_int, c_void_p, c_void_p)(cast(pdfium.FPDFText_GetCharOrigin, c_void_p).value or 0)
loose = PYFUNCTYPE(c_int, c_void_p, c_int, c_void_p)(cast(pdfium.FPDFText_GetLooseCharBox, c_void_p).value or 0)
