"""Is this box ticked? Weighs evidence into a state. Pure: it knows no file format and opens nothing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from formfill.model.document import Evidence, MarkState, Says
from formfill.model.glyphs import EMPTY_BOXES, TICKED_BOXES, TICKS, UNCLEAR_BOXES

if TYPE_CHECKING:
    from collections.abc import Iterable

PRINTED: Final = frozenset(("glyph", "symbol", "list-bullet", "typed-box", "drawn-box"))
"""Evidence that a box is printed there: such a box keeps no state, and what is drawn over it ticks it."""
DRAWN_OVER: Final = frozenset(("shape", "circle", "picture", "text-box", "strokes", "annotation", "typed-over"))
"""Evidence of something drawn over a box."""


STRUCK: Final = Evidence("strikethrough", Says.UNCLEAR, "struck through")
"""A box that somebody struck through: taken back, or crossed to tick it; nothing tells."""


class Emphasised(str):
    """A stretch of text that is struck through, highlighted or shaded."""

    __slots__ = ("detail", "kind")
    kind: str
    """``strikethrough``, ``highlight`` or ``shading``."""
    detail: str
    """In the words of the file format: ``w:highlight=yellow``."""

    @classmethod
    def of(cls, text: str, kind: str, detail: str = "") -> Emphasised:
        """The text with its emphasis."""
        made = cls(text)
        made.kind, made.detail = kind, detail
        return made

    @property
    def tint(self) -> Tint:
        """Its emphasis without the text."""
        return Tint(self.kind, self.detail)


class Tint(NamedTuple):
    """A highlight or a shading, in a colour."""

    kind: str
    """``highlight`` or ``shading``."""
    detail: str


class Tinted(tuple[Evidence, ...]):
    """The evidence of a box that is highlighted or shaded, or whose words are."""

    tint: Tint

    @classmethod
    def of(cls, box: Iterable[Evidence], tint: Tint) -> Tinted:
        """The box with its tint."""
        made = cls(box)
        made.tint = tint
        return made


def more(box: tuple[Evidence, ...], seen: Evidence) -> tuple[Evidence, ...]:
    """The evidence of a box with one piece more; its tint stays."""
    return Tinted.of((*box, seen), box.tint) if isinstance(box, Tinted) else (*box, seen)


@dataclass(frozen=True, slots=True)
class Overlay:
    """Something drawn over the text, anchored here: a cross, a circle, a picture, a text box that holds an X."""

    kind: str
    """Its kind of evidence, one of :data:`DRAWN_OVER`."""
    detail: str
    """What it is, in the words of the file format."""
    below: float | None = None
    """How far under the top of its paragraph it is drawn, in points; None when the file does not tell."""

    @property
    def near(self) -> bool:
        """Tells whether it is drawn on the line that it is anchored to, as far as the file tells."""
        return self.below is None or -14.0 <= self.below <= 16.0

    @property
    def is_tick(self) -> bool:
        """Tells whether it ticks or circles something even where no box is known: other shapes may be mere ornaments."""
        return self.near and (self.kind in ("text-box", "circle") or self.detail == "mathMultiply")


Piece = str | tuple[Evidence, ...] | Overlay
"""A stretch of text, a box with its evidence, or what is drawn over the text here."""


@lru_cache(256)
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
    """The state that the evidence allows: unanimous, or uncertain. No evidence at all is uncertain.

    A box printed empty and something drawn over it do not disagree: that is how a printed box is ticked.
    """
    evidence = tuple(evidence)
    if not evidence:
        return MarkState.UNCERTAIN
    first = evidence[0].says
    for item in evidence:
        if item.says is not first or first is Says.UNCLEAR:
            break
    else:
        return MarkState.TICKED if first is Says.TICKED else MarkState.BLANK
    if any(item.says is Says.UNCLEAR for item in evidence):
        return MarkState.UNCERTAIN
    if all(item.kind in (PRINTED if item.says is Says.BLANK else DRAWN_OVER) for item in evidence):
        return MarkState.TICKED
    return MarkState.UNCERTAIN
