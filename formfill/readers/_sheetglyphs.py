"""What people type in a cell for a cross or a box: signs, brackets, letters of symbol fonts. Pure.

It adds to :mod:`formfill.model.glyphs` what is a mark only in the cell of a grid, or beside a box: squares and discs are bullets
elsewhere, an x is a letter.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from formfill.model.document import Evidence, Says
from formfill.model.glyphs import BOX_GLYPHS, EMPTY_BOXES, TICKS
from formfill.readers._marks import glyph_evidence
from formfill.readers._signs import FULL_CIRCLES, FULL_SQUARES, LETTERS
from formfill.readers._symbols import font_key, shape_of
from formfill.readers._typed import brackets

if TYPE_CHECKING:
    from formfill.readers._sheetml import Run

CROSSES: Final = TICKS | frozenset("🗙")
"""Ticks and crosses: those of every reader, then U+1F5D9."""
FILLED: Final = FULL_SQUARES | FULL_CIRCLES | frozenset("◾▪")
"""Squares and discs blackened: those of every reader, then U+25FE, U+25AA."""
_TYPED: Final = "".join(sorted(CROSSES | FILLED | LETTERS))
_NOTHING: Final = dict.fromkeys(map(ord, " \t\n\u00a0\u202f\u2002\u2003\u200b\u200c\u200d\u2060\ufeff\ufe0e\ufe0f"))
_FEW_LETTERS: Final = re.compile(f"[{''.join(sorted(LETTERS))}]{{1,3}}")
BRACKETS: Final = brackets(_TYPED)
"""A box typed with two signs: ``[x]``, ``| |``, ``( )``."""
LEADING: Final = re.compile(rf"^[ \t\u00a0]*(?P<sign>[{_TYPED}])\ufe0f?(?=[ \t\u00a0]+\S)")
"""A sign in the place of a box before its label: ``X SISR``."""
TRAILING: Final = re.compile(rf"(?<=\S)[ \t\u00a0]+(?P<sign>[{_TYPED}])\ufe0f?[ \t\u00a0]*$")
"""A sign in the place of a box after its label: ``SISR X``."""
STANDING: Final = re.compile(rf"(?<!\S)(?P<sign>[{_TYPED}])\ufe0f?(?=[ \t\u00a0]+\S)")
"""A sign in the place of a box, in a line that has others."""


def symbols(text: str, font: str) -> str:
    """The text of a symbol font as the glyphs that it prints; any other text as it is."""
    key = font_key(font)
    if key is None:
        return text
    return "".join(char if (shape := shape_of(key, ord(char))) is None else shape.value for char in text)


def printed(text: str, runs: tuple[Run, ...], font: str) -> str:
    """The text of a cell as printed: letters of symbol fonts are what they show."""
    if runs:
        return "".join(symbols(run.text, run.font or font) for run in runs)
    return symbols(text, font)


def sign_evidence(sign: str, says: Says = Says.TICKED) -> Evidence:
    """What a sign typed in the place of a box says; ``says`` for a sign that the tables do not know."""
    kind = "typed" if sign in LETTERS else "glyph"
    return glyph_evidence(sign) or Evidence(kind, says, f"U+{ord(sign):04X} {sign}")


def bracket_evidence(found: re.Match[str]) -> Evidence:
    """What a box made of brackets says."""
    inside = found["square"] or found["bar"] or found["round"]
    return Evidence("typed", Says.TICKED if inside else Says.BLANK, found.group().replace("\u00a0", " "))


@lru_cache(maxsize=8192)
def lone(text: str) -> Evidence | None:
    """What a cell says that holds one sign and nothing else; None when it holds more, or nothing."""
    if not text or len(text) > 30:
        return None
    bare = text.translate(_NOTHING)
    if len(bare) == 1:
        if bare in BOX_GLYPHS or bare in CROSSES or bare in FILLED or bare in LETTERS:
            return sign_evidence(bare)
        return None
    if _FEW_LETTERS.fullmatch(bare):
        return Evidence("typed", Says.TICKED, bare)
    found = BRACKETS.fullmatch(text.strip())
    return bracket_evidence(found) if found else None


EMPTY: Final = "".join(sorted(EMPTY_BOXES))
BESIDE: Final = re.compile(
    rf"(?<!\S)(?P<before>[{''.join(sorted(LETTERS))}])[ \u00a0]?(?P<box>[{EMPTY}])"
    rf"|(?P<box2>[{EMPTY}])[ \u00a0]?(?P<after>[{''.join(sorted(LETTERS))}])(?!\S)"
)
"""An X typed beside an empty box."""
suspect = re.compile(rf"[\u2100-\U0010ffff]|[\[(|][ \u00a0\u2002_]*[{_TYPED}]?[ \u00a0\u2002_]*[\])|]").search
"""Finds what may be a box in a text."""
