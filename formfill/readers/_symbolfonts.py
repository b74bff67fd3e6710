"""What the characters of symbol fonts mean where a form uses them as boxes. One table, pure.

Codes are those of the fonts (``F0`` private use area, or the letter of the same low byte). Sources: the Unicode mappings of
Wingdings, Wingdings 2 and Webdings (L2/11-196), of ITC Zapf Dingbats (Unicode 1.1), and the official blanks, whose evaluation
grids print Wingdings 2 0x35 as their box. OpenSymbol and StarSymbol keep the codes of Wingdings in what LibreOffice converted.
A code that is not listed, or one of another font (U+F0B7 in Arial), is no box.
"""

from __future__ import annotations

from typing import Final

_EMPTY, _TICKED = "☐", "☒"
_WINGDINGS: Final = {
    **dict.fromkeys((0x6F, 0x70, 0x71, 0x72, 0xA1, 0xA2, 0xA8), _EMPTY),
    **dict.fromkeys((0x78, 0xA4, 0xA5, 0xFD, 0xFE), _TICKED),
    0xFB: "✗",
    0xFC: "✓",
}
_WINGDINGS_2: Final = {
    **dict.fromkeys((0x35, 0xA3), _EMPTY),
    **dict.fromkeys((0x51, 0x52, 0x53, 0x54), _TICKED),
    0x4F: "✗",
    0x50: "✓",
}
_WEBDINGS: Final = {0x63: _EMPTY, 0x61: "✔", 0x72: "✖"}
_ZAPF: Final = {**dict.fromkeys((0x6F, 0x70, 0x71, 0x72), _EMPTY), 0x33: "✓", 0x34: "✔", 0x35: "✕", 0x36: "✖", 0x37: "✗", 0x38: "✘"}
_FONTS: Final = {
    "wingdings": _WINGDINGS,
    "opensymbol": {code: sign for code, sign in _WINGDINGS.items() if code > 0x7F},
    "starsymbol": {code: sign for code, sign in _WINGDINGS.items() if code > 0x7F},
    "wingdings 2": _WINGDINGS_2,
    "wingdings 3": {},
    "webdings": _WEBDINGS,
    "symbol": {},
    "zapfdingbats": _ZAPF,
    "zapf dingbats": _ZAPF,
    "itc zapf dingbats": _ZAPF,
}
_UNICODE_TOO: Final = frozenset(("opensymbol", "starsymbol"))
"""Fonts whose characters below U+0100 are letters like in any other."""


def symbol_font(family: str) -> str | None:
    """The name under which :func:`meaning` knows a font family, or None when it is no symbol font."""
    name = family.partition(";")[0].partition(",")[0].strip(" '\"").casefold()
    return name if name in _FONTS else None


def meaning(char: str, font: str) -> str | None:
    """☐, ☒ or a tick: what a character shows in a symbol font, or None when that is neither a box nor a tick.

    Args:
        char: the character as stored: U+F020 to U+F0FF, or the letter of the same low byte.
        font: the font, as :func:`symbol_font` gives it.
    """
    code = ord(char)
    if code >= 0xF000:
        code = code - 0xF000 if code <= 0xF0FF else 0
    elif font in _UNICODE_TOO:
        return None
    return _FONTS[font].get(code) if code <= 0xFF else None
