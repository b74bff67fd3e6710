"""Box glyphs that no Unicode tells: symbol fonts by their codes, other fonts by the outline of the glyph. Needs PDFium's raw API.

Only fonts without words are looked at, and characters that stand for no letter. What a glyph looks like is asked once per font and
code. Ordinary text costs one question per font.
"""

from __future__ import annotations

import ctypes
import re
from typing import TYPE_CHECKING, Any, Final

import pypdfium2.raw as pdfium

from formfill.model.document import Evidence, Says
from formfill.model.glyphs import BOX_GLYPHS
from formfill.readers._ink import BOXES, TICKED, Ink, Sign, sign
from formfill.readers._pdfpaths import MOST_OBJECTS
from formfill.readers._symbols import SYMBOLS, Shape, font_key, shape_of

if TYPE_CHECKING:
    from collections.abc import Callable

Patches = dict[int, tuple[str, Evidence | None]]
"""By index in the text of the page: the character that is shown, and what it says of a box."""

MOST: Final = 400
"""Glyphs of a page that are looked at."""
_WORD: Final = re.compile(r"[^\W\d_]{2}|\d{3}")
_PLAIN: Final = frozenset(" \xa0\t\r\n•·–—-…:;,.'’\u00ad\u200b«»()/*\uf0b7\uf0a7\uf0d8") | BOX_GLYPHS
"""Characters that are what they are in any font; the private codes are Word's bullets."""
HIDDEN: Final = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ue000-\uf0a6\uf0a8-\uf0b6\uf0b8-\uf0d7\uf0d9-\uf8ff\ufffe]")
"""Characters that no font prints as letters: left by fonts that tell no Unicode, and the codes of symbol fonts, bullets aside.
PDFium turns the code 2 into U+FFFE, its mark of a cut word."""
_CUT: Final = "\ufffe"
_SCALE: Final = 36.0
"""Pixels wanted for the height of a glyph; PDFium may lose one on each side."""
_DARK: Final = 175
"""Grey under which a pixel is ink, of 255."""
_SHAPES: Final = {
    Shape.EMPTY: Says.BLANK,
    Shape.TICKED: Says.TICKED,
    Shape.RADIO: Says.BLANK,
    Shape.RADIO_ON: Says.TICKED,
    Shape.UNCLEAR: Says.UNCLEAR,
}
_SHOWN: Final = {Says.BLANK: "☐", Says.TICKED: "☒", Says.UNCLEAR: "⍰"}
_SAME: Final = frozenset("¡¢£¥§¨þýüûú")
"""Characters above 7F that come from one code only, whichever the encoding that the font was given."""
_MAC: Final = {bytes([code]).decode("mac_roman"): code for code in range(0x80, 0x100)}
_CODES: Final = (
    "2044:A4 0192:A6 2039:AC 203A:AD FB01:AE FB02:AF 2013:B1 2020:B2 2021:B3 00B7:B4 2022:B7 201A:B8 201E:B9 201D:BA 2030:BD"
    " 0060:C1 00B4:C2 02C6:C3 02DC:C4 00AF:C5 02D8:C6 02D9:C7 02DA:CA 00B8:CB 02DD:CD 02DB:CE 02C7:CF 2014:D0 0141:E8 0142:F8"
    " 0131:F5 0152:EA 0153:FA"
)
_STANDARD: Final = {chr(int(pair[:4], 16)): int(pair[5:], 16) for pair in _CODES.split(" ")}
"""Adobe's standard encoding above 7F (ISO 32000-1 annex D.2), which PDFium takes for fonts that tell no encoding."""
_RUN: Final = 4
"""Longest run of signs that are looked at one by one."""
_TICKS: Final = {Sign.CROSS: "✗", Sign.CHECK: "✓", Sign.FILLED: "■", Sign.DISC: "●"}
_TICK_SHAPES: Final = {Shape.TICK: "✓", Shape.CROSS: "✗", Shape.SQUARE: "■", Shape.DISC: "●"}


class Glyphs:
    """What the fonts of some open pages print; one object for pages that are open together.

    Args:
        document: PDFium's document.
    """

    def __init__(self, document: Any) -> None:
        self._document = document
        self._keys: dict[int, str | None] = {}
        self._names: dict[int, str] = {}
        self._seen: dict[tuple[int, str], tuple[str, Evidence | None] | None] = {}

    def odd(self, text_page: Any, fonts: dict[int, int]) -> dict[int, str]:
        """The fonts of a page without words, by address, each with the key of its table of symbols or nothing.

        Args:
            text_page: PDFium's text page.
            fonts: see :class:`~formfill.readers._pdfpaths.Drawing`.
        """
        found = {}
        for font, item in fonts.items():
            if font not in self._keys:
                self._keys[font] = self._key(text_page, font, item)
            key = self._keys[font]
            if key is not None:
                found[font] = key
        return found

    def _key(self, text_page: Any, font: int, item: int) -> str | None:
        """None for a font of words."""
        text = _text(item, text_page)
        if _WORD.search(text) and not HIDDEN.search(text):
            name = self._name(font)
            return font_key(name) if "ding" in name.casefold() else None
        if text and _PLAIN.issuperset(text) and self._name(font):
            return None
        return font_key(self._name(font)) or ""

    def _name(self, font: int) -> str:
        if font not in self._names:
            buffer = ctypes.create_string_buffer(128)
            handle = ctypes.cast(font, pdfium.FPDF_FONT)
            size = pdfium.FPDFFont_GetBaseFontName(handle, buffer, 128)
            name = buffer.raw[: max(size - 1, 0)].decode("utf-8", "replace") if size <= 128 else ""
            self._names[font] = name.partition("+")[2] or name
        return self._names[font]

    def patches(self, page: Any, text_page: Any, text: str, fonts: dict[int, str], char_at: Callable[[int], int]) -> Patches:
        """The characters of a page that show a box or a tick without saying so.

        Args:
            page: PDFium's page.
            text_page: its text page.
            text: the text, as PDFium gives it.
            fonts: those of :meth:`odd`.
            char_at: index among the characters of the page of a character of the text.
        """
        found: Patches = {}
        looked = 0
        for index, char in _suspects(text, hidden_only=not fonts):
            at = char_at(index)
            item = pdfium.FPDFText_GetTextObject(text_page, at) if at >= 0 else None
            if not item:
                continue
            if char == _CUT and pdfium.FPDFText_HasUnicodeMapError(text_page, at) != 1:
                continue
            font = ctypes.cast(pdfium.FPDFTextObj_GetFont(item), ctypes.c_void_p).value or 0
            if font not in fonts and not HIDDEN.match(char):
                continue
            if (font, char) not in self._seen:
                looked += 1
                if looked > MOST:
                    break
                self._seen[font, char] = self._look(page, text_page, item, at, font, char, fonts.get(font) or "")
            seen = self._seen[font, char]
            if seen is not None:
                found[index] = seen
        return found

    def _look(
        self, page: Any, text_page: Any, item: Any, at: int, font: int, char: str, key: str
    ) -> tuple[str, Evidence | None] | None:
        key = key or font_key(self._name(font)) or ""
        code = f"{self._name(font) or 'Type3'} 0x{ord(char):02X}"
        shape = self._shape(font, key, char)
        unmapped = pdfium.FPDFText_HasUnicodeMapError(text_page, at) == 1 or HIDDEN.match(char) is not None
        run = len(_text(ctypes.cast(item, ctypes.c_void_p).value or 0, text_page).strip())
        ink = picture(self._document, page, item, _sides(text_page, at) if run > 1 else None) if run <= _RUN else None
        looks = sign(ink) if ink else Sign.OTHER
        seen = Says.BLANK if looks is Sign.EMPTY else Says.TICKED if looks in TICKED else Says.UNCLEAR if looks in BOXES else None
        told = _SHAPES.get(shape) if shape else None
        if told is not None and self._embedded(font) and seen is None and looks not in (Sign.OTHER, Sign.RING, Sign.POINT):
            # the font says one thing and shows another
            return _SHOWN[Says.UNCLEAR], Evidence("glyph", Says.UNCLEAR, f"{code}, {shape and shape.value}, outline: {looks.value}")
        if told is not None and seen is not None and told != seen and self._embedded(font):
            # the drawing is what people see; a check in a shadowed box may look like anything
            return _SHOWN[Says.UNCLEAR], Evidence("glyph", Says.UNCLEAR, f"{code}, {shape and shape.value}, outline: {looks.value}")
        if told is not None:
            return _SHOWN[told], Evidence("glyph", told, f"{code} {shape and shape.value}")
        if seen is not None:
            return _SHOWN[seen], Evidence("glyph", seen, f"{code}, outline: {looks.value}")
        if shape in _TICK_SHAPES:
            return _TICK_SHAPES[shape], None
        if unmapped and looks in _TICKS:
            return _TICKS[looks], None
        return None

    def _embedded(self, font: int) -> bool:
        return bool(pdfium.FPDFFont_GetIsEmbedded(ctypes.cast(font, pdfium.FPDF_FONT)) == 1)

    def _shape(self, font: int, key: str, char: str) -> Shape | None:
        """What the table of a symbol font says of a character, where the character tells the code of the font."""
        if not (key in SYMBOLS or key.startswith("segoe")):
            return None
        if char == "\u00a4" and not self._embedded(font):
            # the code A4 of Windows, or A8 of Adobe's standard encoding
            return Shape.UNCLEAR
        if 0x80 <= ord(char) < 0xE000 and (self._embedded(font) or char not in _SAME):
            return None if self._embedded(font) else _foreign(key, char)
        return shape_of(key, ord(char))

    def lost(self, page: Any, text_page: Any, fonts: dict[int, str]) -> list[tuple[float, float, float, float]]:
        """Where a symbol font prints what PDFium leaves out of the text: fonts that are not embedded and tell no width.

        Args:
            page: PDFium's page.
            text_page: its text page.
            fonts: those of :meth:`odd`.

        Returns:
            Left, bottom, right and top of a sign there, in page space.
        """
        wanted = {font for font, key in fonts.items() if "ding" in key and not self._embedded(font) and _loses(font)}
        found = []
        for index in range(min(pdfium.FPDFPage_CountObjects(page), MOST_OBJECTS) if wanted else 0):
            item = pdfium.FPDFPage_GetObject(page, index)
            font = ctypes.cast(pdfium.FPDFTextObj_GetFont(item), ctypes.c_void_p).value
            if font in wanted and not _text(ctypes.cast(item, ctypes.c_void_p).value or 0, text_page):
                matrix, size = pdfium.FS_MATRIX(), ctypes.c_float()
                if pdfium.FPDFPageObj_GetMatrix(item, matrix) and pdfium.FPDFTextObj_GetFontSize(item, size):
                    side = 0.8 * size.value * max(abs(matrix.a), abs(matrix.b))
                    found.append((matrix.e, matrix.f, matrix.e + side, matrix.f + side))
        return found


def _loses(font: int) -> bool:
    """Tells whether PDFium has no character for þ in a font; where it has one, all that it leaves out of the text are spaces."""
    widths = []
    for code in (0xFE, 0xF020):
        width = ctypes.c_float()
        pdfium.FPDFFont_GetGlyphWidth(ctypes.cast(font, pdfium.FPDF_FONT), code, 12.0, width)
        widths.append(width.value)
    # the same width for any code: the font tells none
    return not widths[0] or bool(widths[1])


def _foreign(key: str, char: str) -> Shape | None:
    """What a character says that comes of another encoding than that of Windows; unclear where its codes print other things."""
    codes = [code for code in (_STANDARD.get(char), _MAC.get(char)) if code is not None]
    if char.encode("cp1252", "ignore") or not codes:
        return None
    shapes = {shape_of(key, code) for code in codes}
    return shapes.pop() if len(shapes) == 1 else Shape.UNCLEAR


def _suspects(text: str, *, hidden_only: bool) -> list[tuple[int, str]]:
    if hidden_only:
        return [(match.start(), match.group()) for match in HIDDEN.finditer(text)]
    return [(index, char) for index, char in enumerate(text) if char not in _PLAIN]


def _text(item: int, text_page: Any) -> str:
    handle = ctypes.cast(item, pdfium.FPDF_PAGEOBJECT)
    buffer = (ctypes.c_ushort * 200)()
    size = pdfium.FPDFTextObj_GetText(handle, text_page, buffer, 400)
    return bytes(buffer)[: max(min(size, 400) - 2, 0)].decode("utf-16-le", "replace")


def alone(text_page: Any, char: int) -> bool:
    """Tells whether a character is all that its text object prints."""
    item = pdfium.FPDFText_GetTextObject(text_page, char)
    return bool(item) and len(_text(ctypes.cast(item, ctypes.c_void_p).value or 0, text_page).strip()) == 1


def _sides(text_page: Any, at: int) -> tuple[float, float]:
    """Left and right of a character, in page space."""
    left, right, bottom, top = (ctypes.c_double() for _side in range(4))
    pdfium.FPDFText_GetCharBox(text_page, at, left, right, bottom, top)
    return left.value, right.value


def picture(document: Any, page: Any, item: Any, part: tuple[float, float] | None = None) -> Ink | None:
    """The ink of a page object by itself, or of its part between two x of page space; None when PDFium does not draw it."""
    left, bottom, right, top = (ctypes.c_float() for _side in range(4))
    if not pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top):
        return None
    height = max(top.value - bottom.value, right.value - left.value)
    if not 0.5 < height < 400:
        return None
    scale = _SCALE / (height if part is None else max(top.value - bottom.value, 0.5))
    bitmap = pdfium.FPDFTextObj_GetRenderedBitmap(document, page, item, scale)
    ink = _alpha(bitmap) if bitmap else None
    if not ink or part is None:
        return ink
    first, after = (round((x - left.value) * scale) for x in part)
    return [row[max(first, 0) : max(after, 0)] for row in ink] if max(first, 0) < min(after, len(ink[0])) else None


def _alpha(bitmap: Any) -> Ink:
    """What is opaque in a bitmap of four bytes a pixel."""
    try:
        width, height = pdfium.FPDFBitmap_GetWidth(bitmap), pdfium.FPDFBitmap_GetHeight(bitmap)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        if stride < 4 * width:
            return []
        data = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * height)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    return [[value > 96 for value in data[y * stride + 3 : y * stride + 4 * width : 4]] for y in range(height)]


def shown_ink(page: Any, size: tuple[float, float], box: tuple[float, float, float, float], scale: float) -> Ink:
    """The ink of a part of a page as displayed, everything drawn there together; empty when the part is too large.

    Args:
        page: PDFium's page.
        size: width and height of the page as displayed, in points.
        box: left, top, right, bottom of the part, in points from the upper left corner as displayed.
        scale: pixels per point.
    """
    x0, y0, x1, y1 = box
    columns, rows = round((x1 - x0) * scale), round((y1 - y0) * scale)
    if not (0 < columns < 600 and 0 < rows < 600):
        return []
    bitmap = pdfium.FPDFBitmap_CreateEx(columns, rows, pdfium.FPDFBitmap_Gray, None, 0)
    if not bitmap:
        return []
    pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, columns, rows, 0xFFFFFFFF)
    width, height = round(size[0] * scale), round(size[1] * scale)
    pdfium.FPDF_RenderPageBitmap(bitmap, page, round(-x0 * scale), round(-y0 * scale), width, height, 0, pdfium.FPDF_ANNOT)
    stride = pdfium.FPDFBitmap_GetStride(bitmap)
    data = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * rows)
    pdfium.FPDFBitmap_Destroy(bitmap)
    return [[value < _DARK for value in data[y * stride : y * stride + columns]] for y in range(rows)]
