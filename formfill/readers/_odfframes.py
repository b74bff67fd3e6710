"""What stands in a frame or a shape of OpenDocument: a cross over a box, a box of its own, words. Pure.

A cross in a frame may be over a box of its paragraph, or the box itself: that is known once the paragraph is read.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from formfill.model.document import Evidence, Says
from formfill.model.glyphs import EMPTY_BOXES, TICKED_BOXES, TICKS
from formfill.readers._marks import STRUCK, Overlay, glyph_evidence
from formfill.readers._odfshapes import FAR
from formfill.readers._signs import LETTERS, VARIANTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from formfill.readers._marks import Piece

FEW: Final = 3
"""Most characters of words over a box that may stand for a tick: « OK », « oui », a V."""
_CROSSES: Final = TICKS | LETTERS


class Framed(tuple[Evidence, ...]):
    """A ticked box that stands in a frame."""

    over: Overlay

    @classmethod
    def of(cls, box: Iterable[Evidence], over: Overlay) -> Framed:
        """The box, and what it is over a box that is printed under it."""
        made = cls(box)
        made.over = over
        return made


class Words(str):
    """A few words in a frame, which may be a tick."""

    __slots__ = ("over",)
    over: Overlay

    @classmethod
    def of(cls, text: str, over: Overlay) -> Words:
        """The words, and what they are over a box that is printed under them."""
        made = cls(text)
        made.over = over
        return made


def framed(inside: Sequence[Piece], over: Overlay | None) -> list[Piece]:
    """The content of a frame: a cross as what is drawn there, a lone ticked box or a few words as what may be.

    Args:
        inside: what it holds.
        over: the frame, without its content; None for one that is too large to be over a box.
    """
    boxes = [piece for piece in inside if isinstance(piece, tuple)]
    text = "".join(piece for piece in inside if isinstance(piece, str)).strip().translate(VARIANTS)
    if over is None or any(isinstance(piece, Overlay) for piece in inside):
        return list(inside)
    if not boxes and text in _CROSSES and text:
        return [replace(over, detail=f"{over.detail} « {text} »")]
    if len(boxes) == 1 and not text and all(seen.says is Says.TICKED for seen in boxes[0] if seen != STRUCK):
        shown = over if STRUCK not in boxes[0] else replace(over, below=FAR)
        return [Framed.of(boxes[0], replace(shown, detail=f"{over.detail} « {boxes[0][0].detail} »"))]
    if not boxes and len(text) == 1 and text in TICKED_BOXES and (seen := glyph_evidence(text)) is not None:
        return [Framed.of((seen,), replace(over, detail=f"{over.detail} « {text} »"))]
    if not boxes and 0 < len(text) <= FEW and not any(char in EMPTY_BOXES for char in text):
        return [Words.of("".join(piece for piece in inside if isinstance(piece, str)), replace(over, below=FAR))]
    return list(inside)


def over_a_box(words: Sequence[Piece], over: Overlay) -> tuple[list[Overlay], list[Piece]]:
    """What the words of a frame draw over a box that is printed under it, and what is left of them as words."""
    found = framed(words, over)
    drawn = [piece if isinstance(piece, Overlay) else piece.over for piece in found if isinstance(piece, (Overlay, Framed, Words))]
    return drawn, [] if any(isinstance(piece, (Overlay, Framed)) for piece in found) else list(words)


def settled(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces of a paragraph, what stands in its frames put over its empty boxes where it has some."""
    if not any(isinstance(piece, (Framed, Words)) for piece in pieces):
        return list(pieces)
    under = has_empty(pieces)
    out: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, Framed):
            if under and out and out[-1] == "\n":
                out.pop()
            out.append(piece.over if under else tuple(piece))
        elif isinstance(piece, Words):
            out += [str(piece), piece.over] if under else [str(piece)]
        else:
            out.append(piece)
    return out


def has_empty(pieces: Iterable[Piece]) -> bool:
    """Tells whether an empty box stands among pieces."""
    return any(
        not EMPTY_BOXES.isdisjoint(piece)
        if isinstance(piece, str)
        else isinstance(piece, tuple) and not isinstance(piece, Framed) and all(seen.says is Says.BLANK for seen in piece)
        for piece in pieces
    )
