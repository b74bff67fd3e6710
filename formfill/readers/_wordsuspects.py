"""Which few characters of a Word document may be boxes in a symbol font: quick tests, the fonts are costly to look for."""

from __future__ import annotations

from string import ascii_letters
from typing import TYPE_CHECKING, Final

from formfill.model.glyphs import BOX_GLYPHS, TICKS
from formfill.readers._symbols import CODED
from formfill.readers._wordsymbols import SHORT

if TYPE_CHECKING:
    from formfill.readers._marks import Piece

bare: Final = (CODED | BOX_GLYPHS | TICKS | frozenset(" \t\n\u00a0\u2011\u00ad")).issuperset
"""Tells whether a text is but characters that are boxes in one symbol font or another, and spaces: no word, however long."""
_BEYOND: Final = frozenset(char for char in CODED if char > "\x7f") - frozenset("–—•")
"""Characters that are seldom anything else than boxes."""
_LETTERS: Final = frozenset(ascii_letters) - CODED
"""Letters that are no box in any symbol font."""


def may_be_styled(characters: str) -> bool:
    """Tells whether a few characters, one coded at least, may be boxes in the symbol font of a style: costly to look for.

    ASCII letters are worth a look when they are all boxes and no two that differ stand beside each other: others are a word, and so
    is a sign beyond them that other letters stand beside.
    """
    if not _BEYOND.isdisjoint(characters) and any(
        not _BEYOND.isdisjoint(word) and _LETTERS.isdisjoint(word) for word in characters.split()
    ):
        return True
    return bare(characters) and all(len(CODED.intersection(word)) < 2 for word in characters.split())


def may_be_symbols(out: list[Piece], start: int) -> bool:
    """Tells whether a run holds so few characters, or none but such, that a symbol font may print them as boxes."""
    length, coded = 0, False
    for piece in out[start:]:
        if isinstance(piece, str):
            length += len(piece)
            if length > SHORT and not bare(piece):
                return False
            coded = coded or not CODED.isdisjoint(piece)
    return coded and (length <= SHORT or bare("".join([piece for piece in out[start:] if isinstance(piece, str)])))
