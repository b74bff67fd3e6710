"""The characters that show a tick box. One table for reading and writing."""

from __future__ import annotations

import re
from typing import Final

from formfill.model.document import MarkState

EMPTY_BOXES: Final = frozenset("☐▢□⬜◻◽❏❐❑❒▯🗆🞎🞏🞐🞑🞒🞓🔲🔳")
"""Boxes printed empty: U+2610, U+25A2, U+25A1, U+2B1C, U+25FB, U+25FD, U+274F to U+2752, U+25AF, U+1F5C6, U+1F78E to U+1F793,
U+1F532, U+1F533."""
TICKED_BOXES: Final = frozenset("☒☑✅❎▣🗹🗵🗷⊠⌧⮽⛝🆇🅇🞔🞕◉⦿🔘")
"""Boxes printed with a mark inside: U+2612, U+2611, U+2705, U+274E, U+25A3, U+1F5F9, U+1F5F5, U+1F5F7, U+22A0, U+2327, U+2BBD,
U+26DD, U+1F187, U+1F147, U+1F794, U+1F795, and circles with a point inside, which are no bullets: U+25C9, U+29BF, U+1F518."""
TICKS: Final = frozenset("✓✔✗✘✕✖✠☓❌🗴🗶🗸√") | {"\u2a2f", "\u2573"}
"""Tick and cross glyphs without a box: a mark only where a box is expected."""
UNCLEAR_BOXES: Final = frozenset("⍰")
"""U+2370, a box with a question mark: how formfill prints a box that it could not settle."""
BOX_GLYPHS: Final = EMPTY_BOXES | TICKED_BOXES | UNCLEAR_BOXES
"""Glyphs that are a box wherever they stand."""
TYPED_TICKS: Final = frozenset("xX×")
"""Letters that people type in the place of a box."""

SHOWN: Final = {MarkState.BLANK: "☐", MarkState.TICKED: "☒", MarkState.UNCERTAIN: "⍰"}
"""How formfill shows a box: U+2610, U+2612, U+2370; each reads back as its state."""

may_hold_box: Final = re.compile("[^\\0-\u20ff]").search
"""Finds a character above U+20FF, where all box glyphs are: much faster than looking for each of them."""
_NO_BOXES: Final = dict.fromkeys(map(ord, BOX_GLYPHS))


def without_boxes(text: str) -> str:
    """The text without its box glyphs."""
    return text.translate(_NO_BOXES) if may_hold_box(text) else text
