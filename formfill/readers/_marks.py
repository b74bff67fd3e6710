"""Is this box ticked? Weighs evidence into a state. Pure: it knows no file format and opens nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.model.document import Evidence, MarkState, Says
from formfill.model.glyphs import EMPTY_BOXES, TICKED_BOXES, TICKS, UNCLEAR_BOXES

if TYPE_CHECKING:
    from collections.abc import Iterable

Piece = str | tuple[Evidence, ...]
"""A stretch of text, or a box with its evidence."""


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
