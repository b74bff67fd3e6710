"""Boxes made with the border of characters (``w:bdr``, ECMA-376 Part 1 §17.3.2.4): a space, an X or a tick bordered by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from formfill.model.document import Evidence, Says
from formfill.model.glyphs import TICKS, TYPED_TICKS
from formfill.readers import _wordnames as n

if TYPE_CHECKING:
    from collections.abc import Sequence

    from formfill.readers._marks import Piece
    from formfill.readers._wordnames import Element

_NONE: Final = frozenset(("nil", "none"))
_SPACES: Final = " \u00a0\u2002\u2003\u2007\u2009\u202f"
_WIDEST: Final = 4


def bordered(run: Element, pieces: Sequence[Piece]) -> Sequence[Piece]:
    """What a run with a border prints: a box, when it holds but spaces and one sign, and no neighbour goes on with the border."""
    text = "".join(piece for piece in pieces if isinstance(piece, str))
    sign = text.strip(_SPACES)
    if not text or len(text) > _WIDEST or (sign and sign not in TICKS | TYPED_TICKS) or any(isinstance(p, tuple) for p in pieces):
        return pieces
    if not _has_border(run) or _has_border(run.getprevious()) or _has_border(run.getnext()):
        return pieces
    return [(Evidence("typed-box", Says.TICKED if sign else Says.BLANK, f"w:bdr around « {text} »"),)]


def _has_border(run: Element | None) -> bool:
    border = run.find(f"{n.R_PR}/{n.BDR}") if run is not None and run.tag == n.R else None
    return border is not None and border.get(n.VAL) not in _NONE
