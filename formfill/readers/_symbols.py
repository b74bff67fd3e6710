"""The symbol fonts: what each code prints, as far as tick boxes go. Data only.

Codes are those of the font, 0x20 to 0xFF; in a file they also stand as U+F020 to U+F0FF. Source: UTC document L2/12-368 (the
Unicode equivalents of Wingdings, Wingdings 2, Wingdings 3 and Webdings), the Unicode mapping files ``VENDORS/APPLE/SYMBOL.TXT``
and ``VENDORS/ADOBE/zdingbat.txt``, the icon lists of Segoe MDL2 Assets and Segoe UI Symbol, the caption buttons of Windows that
Marlett draws (Microsoft). OpenSymbol and StarSymbol keep the codes of Wingdings in what LibreOffice converted.

What a code is not listed for is no mark: bullets (F0B7, F0A7, F0D8), arrows (F0E0, F0F0), stars, hands. Wingdings 3 holds arrows
only. A tick without a box (``TICK``) is a mark only where a box is expected, as in the other readers.
"""

from __future__ import annotations

from enum import Enum
from functools import lru_cache
from typing import Final

from formfill.model.document import Says


class Shape(Enum):
    """What a symbol prints; the value is the character that stands for it in text."""

    EMPTY = "☐"
    """An empty box."""
    TICKED = "☒"
    """A box with a mark inside."""
    RADIO = "○"
    """An empty circle, the box of a choice."""
    RADIO_ON = "◉"
    """A circle with a point inside."""
    UNCLEAR = "⍰"
    """A box printed in a third state."""
    TICK = "✓"
    """A tick without a box."""
    CROSS = "✗"
    """A cross without a box."""
    SQUARE = "■"
    """A filled square: a bullet, or a choice among empty ones."""
    DISC = "●"
    """A filled circle, likewise."""
    CIRCLE = "❍"
    """A shaded circle: a bullet."""


_TABLE: Final[dict[str, dict[Shape, str]]] = {
    "marlett": {Shape.TICK: "61 62", Shape.CROSS: "72", Shape.SQUARE: "67", Shape.DISC: "69 6E"},
    "wingdings": {
        # 6F white square, 70 bold, 71 and 72 shadowed, A8 medium, 78 the box with an X in it
        Shape.EMPTY: "6F 70 71 72 A8",
        Shape.TICKED: "78 FD FE",
        Shape.RADIO: "A1 A2 A3",
        Shape.RADIO_ON: "A4 A5",
        Shape.TICK: "FC",
        Shape.CROSS: "FB",
        Shape.SQUARE: "6E",
        Shape.DISC: "6C",
        Shape.CIRCLE: "6D",
    },
    "wingdings 2": {
        # 2A and 35 print an empty frame (a note, a screen): 35 is the box of the official evaluation grids
        Shape.EMPTY: "2A 35 A3 A4 A5 A6",
        Shape.TICKED: "51 52 53 54 55 56 A7 A8 A9",
        Shape.RADIO: "99 9A 9B 9C",
        Shape.RADIO_ON: "9D 9E",
        Shape.TICK: "50",
        Shape.CROSS: "4F CD CE CF D0 D1 D2 D3",
        Shape.SQUARE: "9F A0 A1 A2",
        Shape.DISC: "95 96 97 98",
    },
    "wingdings 3": {},
    "webdings": {Shape.EMPTY: "63", Shape.TICK: "61", Shape.CROSS: "72", Shape.SQUARE: "67", Shape.DISC: "6E"},
    # B4 is the sign of multiplication
    "symbol": {Shape.TICK: "D6", Shape.CROSS: "B4"},
    "zapfdingbats": {
        Shape.EMPTY: "6F 70 71 72",
        Shape.TICK: "33 34",
        Shape.CROSS: "35 36 37 38",
        Shape.SQUARE: "6E",
        Shape.DISC: "6C",
        Shape.CIRCLE: "6D",
    },
}
_PRIVATE: Final[dict[int, Shape]] = {
    # Segoe UI Symbol and Segoe MDL2 Assets, in their own private-use codes
    **dict.fromkeys((0xE003, 0xE739), Shape.EMPTY),
    **dict.fromkeys((0xE005, 0xE0A2, 0xE73A, 0xE73D), Shape.TICKED),
    **dict.fromkeys((0xE002, 0xE004, 0xE73B, 0xE73C), Shape.UNCLEAR),
    **dict.fromkeys((0xE001, 0xE0E7, 0xE10B, 0xE73E), Shape.TICK),
    **dict.fromkeys((0xE10A, 0xE711), Shape.CROSS),
    0xECCA: Shape.RADIO,
    0xECCB: Shape.RADIO_ON,
}
SYMBOLS: Final[dict[str, dict[int, Shape]]] = {
    font: {int(code, 16): shape for shape, codes in shapes.items() for code in codes.split()} for font, shapes in _TABLE.items()
}
"""By font (:func:`font_key`) and code; a font that is not a key prints letters."""
_UNICODE_TOO: Final = frozenset(("opensymbol", "starsymbol"))
"""Fonts of Wingdings' codes in the private use area, whose other characters are those of Unicode."""
for _font in _UNICODE_TOO:
    SYMBOLS[_font] = {code: shape for code, shape in SYMBOLS["wingdings"].items() if code > 0x7F}
_ALIASES: Final = {
    "itc zapf dingbats": "zapfdingbats",
    "zapf dingbats": "zapfdingbats",
    "dingbats": "zapfdingbats",
    "wingdings2": "wingdings 2",
    "wingdings3": "wingdings 3",
    "symbolmt": "symbol",
    "wingdings-regular": "wingdings",
}
_SEGOE: Final = frozenset(("segoe ui symbol", "segoe ui emoji", "segoe mdl2 assets", "segoe fluent icons"))
_CP1252: Final = {
    ord(bytes([code]).decode("cp1252")): code for code in range(0x80, 0xA0) if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
"""A symbol font typed on a keyboard: – in Wingdings is the code 0x96."""
CODED: Final = frozenset(
    {chr(code) for codes in SYMBOLS.values() for code in codes}
    | {chr(0xF000 + code) for codes in SYMBOLS.values() for code in codes}
    | {
        char
        for char, code in ((chr(char), code) for char, code in _CP1252.items())
        if any(code in codes for codes in SYMBOLS.values())
    }
    | set(map(chr, _PRIVATE))
) - {"\u00a0"}
"""Every character that is more than a letter in one of the fonts; not the no-break space, which is a space in all of them."""


SAYS: Final = {
    Shape.EMPTY: Says.BLANK,
    Shape.RADIO: Says.BLANK,
    Shape.TICKED: Says.TICKED,
    Shape.RADIO_ON: Says.TICKED,
    Shape.UNCLEAR: Says.UNCLEAR,
}
"""What the shapes that are boxes wherever they stand say."""


@lru_cache(maxsize=1024)
def font_key(font: str | None) -> str | None:
    """The table that a font name asks for; None for a font of letters."""
    if not font:
        return None
    name = " ".join(font.casefold().replace("_", " ").split())
    name = _ALIASES.get(name, name)
    return name if name in SYMBOLS or name in _SEGOE else None


def shape_of(font: str | None, code: int) -> Shape | None:
    """What a code prints in a font (:func:`font_key`), as far as the tables know; None for all else."""
    if font is None:
        return None
    if font in _SEGOE:
        return _PRIVATE.get(code)
    if 0xF020 <= code <= 0xF0FF:
        code -= 0xF000
    elif font in _UNICODE_TOO:
        return None
    return SYMBOLS[font].get(_CP1252.get(code, code))
