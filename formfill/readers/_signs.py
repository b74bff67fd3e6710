"""Where a typed box may be: the quick tests that spare most text the rules of ``_typed.py``. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from formfill.model.document import Says
from formfill.model.glyphs import BOX_GLYPHS, EMPTY_BOXES, TICKS, TYPED_TICKS
from formfill.readers._marks import STRUCK, Emphasised, Tinted, glyph_evidence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from formfill.model.document import Evidence
    from formfill.readers._marks import Piece

EMPTY_CIRCLES: Final = frozenset("○◯⚪⭘")
"""U+25CB, U+25EF, U+26AA, U+2B58: an empty choice, or a bullet."""
FULL_CIRCLES: Final = frozenset("●⚫⬤")
"""U+25CF, U+26AB, U+2B24: the choice made, or a bullet."""
FULL_SQUARES: Final = frozenset("■◼⬛")
"""U+25A0, U+25FC, U+2B1B: a box blackened, or a bullet."""
LETTERS: Final = TYPED_TICKS | frozenset("хХΧχ")
"""The letter x, and its look-alikes of the Cyrillic and Greek alphabets."""
VARIANTS: Final = dict.fromkeys((0xFE0E, 0xFE0F))
"""What makes of the sign before it an emoji, or none: ✔ and ✔️ are one sign."""
MARKS: Final = "xX×✓✔✗✘✕✖☓"
"""What may stand between two signs that make a box."""
SIGNS: Final = frozenset("[(|") | EMPTY_CIRCLES | FULL_CIRCLES | FULL_SQUARES | TICKS
"""What the rules of typed boxes may take for a box."""
_EMPTY: Final = "".join(sorted(EMPTY_BOXES))

suspect = re.compile(
    "[^\\0-')-Z\\\\\\]-{}-\u20ff](?:(?<=[^\\[(|])|(?<=[\\[(|])[ \u00a0\u2002_]*[xX×]?[ \u00a0\u2002_]*[\\])|])"
).search
"""Finds what may be a box glyph (all are above U+20FF), a circle or a typed box: much faster than looking for each of them."""
neighbours = re.compile(f"(?:^|\\s)[xX×][ \u00a0]*[{_EMPTY}]|[{_EMPTY}][ \u00a0]*[xX×](?=\\s|$)").search
"""Finds an X that stands beside an empty box."""
placed = re.compile("(?:^|\\n|[ \u00a0]{2,}|\t\\s*)[xX×][ \u00a0]+\\w").search
"""Finds an X that begins a line, or a part of one, as a box would."""


def with_typed_boxes(paragraphs: Sequence[Sequence[Piece]], around: str = "") -> Sequence[Sequence[Piece]]:
    """The paragraphs of a cell with a box in the place of each typed one.

    Args:
        paragraphs: the cell's, or one paragraph that stands in no cell.
        around: the text of its neighbours, when they stand in no cell: a line shows that a circle is a choice.
    """
    lines = ["".join([piece if isinstance(piece, str) else _sign(piece) for piece in paragraph]) for paragraph in paragraphs]
    text = "\n".join([*lines, around])
    if not suspect(text) or (SIGNS.isdisjoint(text) and not neighbours(text) and not placed(text)):
        return paragraphs
    from formfill.readers._typed import typed_boxes

    return typed_boxes(paragraphs, lines, text)


def _sign(piece: Piece) -> str:
    """A piece that is no text, as text: a box that is blank as an empty one."""
    if isinstance(piece, tuple):
        return "☐" if any(item.says is Says.BLANK for item in piece) else "☒"
    return ""


def like(text: str, whole: str) -> str:
    """Text cut out of a stretch, emphasised as it was."""
    return Emphasised.of(text, whole.kind, whole.detail) if isinstance(whole, Emphasised) else text


def box_in(seen: tuple[Evidence, ...], whole: Piece) -> tuple[Evidence, ...]:
    """A box cut out of a stretch, struck through, highlighted or shaded as it was."""
    if isinstance(whole, Emphasised):
        return (*seen, STRUCK) if whole.kind == STRUCK.kind else Tinted.of(seen, whole.tint)
    return seen


def split_glyphs(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces, each box glyph of the text a box of its own."""
    out: list[Piece] = []
    for piece in pieces:
        if not isinstance(piece, str) or suspect(piece) is None:
            out.append(piece)
            continue
        held = ""
        for char in piece:
            seen = glyph_evidence(char) if char in BOX_GLYPHS else None
            if seen is None:
                held += char
                continue
            if held:
                out.append(like(held, piece))
            out.append(box_in((seen,), piece))
            held = ""
        if held:
            out.append(like(held, piece))
    return out
