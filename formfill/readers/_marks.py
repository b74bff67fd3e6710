"""Is this box ticked? Weighs evidence into a state. Pure: it knows no file format and opens nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from formfill.model.document import Evidence, MarkState, Says

if TYPE_CHECKING:
    from collections.abc import Iterable

EMPTY_BOXES: Final = frozenset("☐▢□⬜◻❏❑▯")
"""Boxes printed empty: U+2610, U+25A2, U+25A1, U+2B1C, U+25FB, U+274F, U+2751, U+25AF."""
TICKED_BOXES: Final = frozenset("☒☑✅❎▣🗹🗷⊠")
"""Boxes printed with a mark inside: U+2612, U+2611, U+2705, U+274E, U+25A3, U+1F5F9, U+1F5F7, U+22A0."""
TICKS: Final = frozenset("✓✔✗✘✕✖✠")
"""Tick and cross glyphs without a box: a mark only where a box is expected."""
UNCLEAR_BOXES: Final = frozenset("⍰")
"""U+2370, a box with a question mark: how formfill prints a box that it could not settle."""
BOX_GLYPHS: Final = EMPTY_BOXES | TICKED_BOXES | UNCLEAR_BOXES
"""Glyphs that are a box wherever they stand."""


def glyph_evidence(glyph: str) -> Evidence | None:
    """What a glyph says of a box, or None when the glyph is no box and no tick."""
    if glyph in EMPTY_BOXES:
        says = Says.BLANK
    elif glyph in TICKED_BOXES or glyph in TICKS:
        says = Says.TICKED
    elif glyph in UNCLEAR_BOXES:
        says = Says.UNCLEAR
    else:
        return None
    return Evidence("glyph", says, f"U+{ord(glyph[0]):04X} {glyph}")


def weigh(evidence: Iterable[Evidence]) -> MarkState:
    """The state that the evidence allows: unanimous, or uncertain. No evidence at all is uncertain."""
    says = {item.says for item in evidence}
    if says == {Says.TICKED}:
        return MarkState.TICKED
    if says == {Says.BLANK}:
        return MarkState.BLANK
    return MarkState.UNCERTAIN
