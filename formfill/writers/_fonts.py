"""What the bundled fonts can show, known from their ``cmap`` tables. It draws nothing and knows no output format.

A PDF/A must hold a glyph and a meaning for each character, so a character that no bundled font has, or that has no meaning of
its own (control, private use, half of a surrogate pair), cannot be printed. It is shown as U+FFFD and told to the caller.
"""

from __future__ import annotations

import struct
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Final

from formfill.resources import FONTS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FONT_DIR: Final = FONTS
"""The folder of the bundled fonts, the only ones that writers may use."""
SUBSTITUTE: Final = "\ufffd"
"""What stands for a character that cannot be shown: the replacement character, a question mark in a lozenge."""

TEXT_FONTS: Final = ("LiberationSans-Regular.ttf", "DejaVuSansCondensed.ttf", "DejaVuSansMono.ttf")
"""The fonts that text is set in, first choice first; the bold and oblique ones are for our own words only."""

_LINE_ENDS: Final = dict.fromkeys(map(ord, "\r\x0b\x0c\x85\u2028\u2029"), "\n")
# one glyph that every reader gives back as its letters: U+FB00 to U+FB06
_LIGATURES: Final = {0xFB00 + i: letters for i, letters in enumerate(("ff", "fi", "fl", "ffi", "ffl", "st", "st"))}
_DRAWN_ALIKE: Final = {**_LINE_ENDS, **_LIGATURES, ord("\t"): "\u2003"}
_DRAWS_NOTHING: Final = frozenset(
    map(
        chr,
        (
            0x34F,
            0x115F,
            0x1160,
            0x17B4,
            0x17B5,
            0x3164,
            0xFFA0,
            *range(0x180B, 0x1810),
            *range(0xFE00, 0xFE10),
            *range(0xE0000, 0xE1000),
        ),
    )
)
"""Default-ignorable characters that are no format characters (Unicode, ``DerivedCoreProperties``): fillers, variation selectors."""
_DRAWN_CF: Final = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd")
# Cc control, Cf format, Cs surrogate, Co private use, Cn unassigned
_NEVER_SHOWN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
# typst keeps the object replacement character for its own use and draws nothing
_RESERVED: Final = frozenset({0xFFFC})


def printable(text: str) -> tuple[str, tuple[str, ...]]:
    r"""The text as a page can show it, and the characters that it cannot show, each once, in order.

    Composed (NFC); every line end is ``\n``; a tab is an em space; a Latin ligature is its letters. Characters that draw nothing
    (zero-width spaces and joiners, soft hyphens, variation selectors, direction marks and overrides) are left out: an override
    could make the page say something else than what is written. A character that cannot be shown is U+FFFD.
    ``printable(printable(t)[0])`` changes nothing more.
    """
    drawn = "".join(c for c in text.replace("\r\n", "\n").translate(_DRAWN_ALIKE) if not _draws_nothing(c))
    shown = unicodedata.normalize("NFC", drawn)
    missing = tuple(dict.fromkeys(c for c in shown if c != "\n" and not _can_show(c)))
    if missing:
        shown = shown.translate(dict.fromkeys(map(ord, missing), SUBSTITUTE))
    return shown, missing


def _draws_nothing(character: str) -> bool:
    if character.isascii():
        return False
    return character in _DRAWS_NOTHING or (unicodedata.category(character) == "Cf" and character not in _DRAWN_CF)


def code_point(character: str) -> str:
    """The name of a character for people: ``U+1F600``."""
    return f"U+{ord(character):04X}"


def _can_show(character: str) -> bool:
    return (character.isascii() and character.isprintable()) or ord(character) in _coverage()


@cache
def _coverage() -> frozenset[int]:
    """The code points that the text fonts have and that a page may carry."""
    covered = frozenset().union(*(_code_points(FONT_DIR / name) for name in TEXT_FONTS))
    return frozenset(point for point in covered - _RESERVED if unicodedata.category(chr(point)) not in _NEVER_SHOWN)


def _code_points(path: Path) -> frozenset[int]:
    """The code points that a TrueType font maps to a glyph (ISO/IEC 14496-22, ``cmap``: Unicode formats 4 and 12)."""
    data = path.read_bytes()
    tables = struct.unpack_from(">H", data, 4)[0]
    start = next(
        offset
        for tag, _sum, offset, _size in (struct.unpack_from(">4sIII", data, 12 + 16 * i) for i in range(tables))
        if tag == b"cmap"
    )
    found: set[int] = set()
    for i in range(struct.unpack_from(">H", data, start + 2)[0]):
        platform, encoding, offset = struct.unpack_from(">HHI", data, start + 4 + 8 * i)
        if platform == 0 or (platform, encoding) in {(3, 1), (3, 10)}:
            found.update(_subtable(data, start + offset))
    return frozenset(found)


def _subtable(data: bytes, at: int) -> Iterator[int]:
    (table_format,) = struct.unpack_from(">H", data, at)
    if table_format == 4:
        yield from _format_4(data, at)
    elif table_format == 12:
        for i in range(struct.unpack_from(">I", data, at + 12)[0]):
            first, last, glyph = struct.unpack_from(">III", data, at + 16 + 12 * i)
            yield from range(first if glyph else first + 1, last + 1)


def _format_4(data: bytes, at: int) -> Iterator[int]:
    """Segments of 16-bit code points; a glyph is the code plus a delta, or stands in an array that the range offset leads to."""
    count = struct.unpack_from(">H", data, at + 6)[0] // 2
    ends, starts, deltas, offsets = (
        struct.unpack_from(f">{count}H", data, at + 14 + 2 * count * i + (2 if i else 0)) for i in range(4)
    )
    base = at + 16 + 6 * count
    for i, (first, last, delta, offset) in enumerate(zip(starts, ends, deltas, offsets, strict=True)):
        for point in range(first, min(last, 0xFFFE) + 1):
            glyph = (
                struct.unpack_from(">H", data, base + 2 * i + offset + 2 * (point - first))[0]
                if offset
                else (point + delta) & 0xFFFF
            )
            if glyph:
                yield point
