"""Which box does a drawing tick? As far as a file without pages tells. Pure.

A drawing on the line of the only box of a paragraph is over that box. Where there are several, or where the drawing is anchored
to another paragraph, nothing tells: the boxes that it may cover are uncertain, and a finding says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from formfill.model.document import Evidence, Says
from formfill.readers._choices import Choice, circled
from formfill.readers._marks import Overlay
from formfill.readers._signs import split_glyphs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from formfill.readers._marks import Piece


class Settled(NamedTuple):
    """Paragraphs whose drawings were given to their boxes."""

    paragraphs: list[list[Piece]]
    loose: list[Overlay]
    """Drawings that no box of these paragraphs takes."""
    unplaced: bool
    """True when a drawing may cover one box or another."""
    choices: list[Choice]
    """The alternatives of a line without boxes that a circle is drawn on."""


def settle(paragraphs: Sequence[Sequence[Piece]]) -> Settled:
    """Gives each drawing of a cell, or of a paragraph outside cells, to the box it is drawn over."""
    result: list[list[Piece]] = []
    loose: list[Overlay] = []
    found: list[Choice] = []
    unplaced = False
    for paragraph in paragraphs:
        overlays = [piece for piece in paragraph if isinstance(piece, Overlay)]
        pieces = split_glyphs([piece for piece in paragraph if not isinstance(piece, Overlay)])
        boxes = [index for index, piece in enumerate(pieces) if isinstance(piece, tuple)]
        for overlay in overlays:
            if not overlay.near or not boxes:
                loose.append(overlay)
            elif len(boxes) == 1:
                _add(pieces, boxes[0], overlay, Says.TICKED)
            else:
                unplaced = True
                for index in boxes:
                    _add(pieces, index, overlay, Says.UNCLEAR)
        if not boxes and overlays and (alternatives := circled(pieces, overlays)):
            found += alternatives
            loose = [overlay for overlay in loose if overlay not in overlays or overlay.kind != "circle"]
        result.append(pieces)
    if loose and any(isinstance(piece, tuple) for paragraph in result for piece in paragraph):
        unplaced = True
        for pieces in result:
            for index, piece in enumerate(pieces):
                if isinstance(piece, tuple):
                    for overlay in loose:
                        _add(pieces, index, overlay, Says.UNCLEAR)
        loose = []
    return Settled(result, loose, unplaced, found)


def _add(pieces: list[Piece], index: int, overlay: Overlay, says: Says) -> None:
    box = pieces[index]
    if isinstance(box, tuple):
        pieces[index] = (*box, Evidence(overlay.kind, says, overlay.detail))
