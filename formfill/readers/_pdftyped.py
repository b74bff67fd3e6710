"""Boxes typed in a PDF: ``[x]``, ``( )``, ``|x|``, ``● Seul ○ En équipe``, an X beside a box, by the rules of Word. Pure.

A page tells neither paragraphs nor lists before it is read: a sign is judged with the lines of its cell that begin or end where its
own line does, so that the bullets of a nested list (● above ○, further right) are no choice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from formfill.model.geometry import Box
from formfill.model.glyphs import BOX_GLYPHS, SHOWN
from formfill.readers._marks import weigh
from formfill.readers._signs import SIGNS, neighbours, placed, suspect, with_typed_boxes
from formfill.readers._visual import Line, Spot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from formfill.model.document import Evidence
    from formfill.readers._marks import Piece
    from formfill.readers._sheet import Bins

_ALIGNED: Final = 3.0
"""Lines that begin or end this near to each other, in points, are of one list."""
_FAR: Final = 4.0
"""Lines outside tables that are farther apart than this, in lines, tell nothing of each other."""


class Text(Protocol):
    """What tells where the characters of a line stand."""

    def places(self, line: Line) -> list[tuple[str, Box]]:
        """The characters of a line with their boxes."""
        ...


def typed_boxes(text: Text, whole: str, bins: Bins) -> None:
    """Puts a box in the place of each typed one.

    Args:
        text: tells where the characters of the page stand.
        whole: the characters of the page.
        bins: the lines of the page in their cells, in reading order; changed in place.
    """
    found = suspect(whole) is not None and not SIGNS.isdisjoint(whole)
    if not found and not ("x" in whole or "X" in whole or "×" in whole):
        return
    for cells in bins.cells:
        for lines in cells:
            if lines and (found or any(line.spots for line in lines)):
                _of_cell(text, lines, loose=False)
    for group in bins.groups:
        if found or any(line.spots for line in group.lines):
            _of_cell(text, group.lines, loose=True)


def _of_cell(text: Text, lines: list[Line], *, loose: bool) -> None:
    seen = tuple(lines)
    for index, line in enumerate(seen):
        words = line.text
        if (SIGNS.isdisjoint(words) or not suspect(words)) and not (line.spots and neighbours(words)) and not placed(words):
            continue
        pieces = _pieces(line)
        if pieces is None:
            continue
        around = "\n".join(other.text for other in seen if other is not line and _kin(line, other, loose=loose))
        made = with_typed_boxes([pieces], around)[0]
        if made is not pieces and any(isinstance(piece, tuple) and not _is_old(piece, line) for piece in made):
            lines[index] = _line(text, line, made)


def _kin(line: Line, other: Line, *, loose: bool) -> bool:
    """Tells whether two lines may be alternatives of one choice."""
    if loose and abs(line.base - other.base) > _FAR * (line.bottom - line.top):
        return False
    return abs(line.x0 - other.x0) <= _ALIGNED or abs(line.x1 - other.x1) <= _ALIGNED or abs(line.base - other.base) <= _ALIGNED


def _pieces(line: Line) -> list[Piece] | None:
    """A line as text and boxes; None when it does not say which glyph is which box."""
    pieces: list[Piece] = []
    spots = iter(line.spots)
    start = 0
    for at, char in enumerate(line.text):
        if char not in BOX_GLYPHS:
            continue
        spot = next(spots, None)
        if spot is None:
            return None
        if at > start:
            pieces.append(line.text[start:at])
        pieces.append(spot.evidence)
        start = at + 1
    if start < len(line.text):
        pieces.append(line.text[start:])
    return pieces if next(spots, None) is None else None


def _is_old(piece: tuple[Evidence, ...], line: Line) -> bool:
    return any(piece is spot.evidence for spot in line.spots)


def _line(text: Text, line: Line, pieces: Sequence[Piece]) -> Line:
    """The line with its typed boxes as boxes, each where it is typed."""
    places = text.places(line) if line.start >= 0 else []
    raw = "".join(char for char, _box in places).replace("\u00a0", " ")
    words: list[str] = []
    spots: list[Spot] = []
    old, glyphs = list(line.spots), [char for char in line.text if char in BOX_GLYPHS]
    at = 0
    for piece in pieces:
        if not isinstance(piece, tuple):
            words.append(str(piece))
            sign = words[-1].strip().replace("\u00a0", " ")
            at = max(raw.find(sign, at), at) + len(sign) if sign in raw[at:] else at
            continue
        if old and piece[0] is old[0].evidence[0]:
            spot, glyph = old.pop(0), glyphs.pop(0)
            words.append(glyph if piece is spot.evidence else SHOWN[weigh(piece)])
            spots.append(Spot(spot.box, piece))
            continue
        words.append(SHOWN[weigh(piece)])
        sign = piece[0].detail if piece[0].kind == "typed-box" else piece[0].detail[-1:]
        first = raw.find(sign, at)
        if first >= 0:
            at = first + len(sign)
            spots.append(Spot(_around([box for _char, box in places[first:at]]), piece))
        else:
            spots.append(Spot(_guess(line, sign), piece))
    return line._replace(text="".join(words), spots=tuple(spots))


def _around(boxes: Sequence[Box]) -> Box:
    boxes = [box for box in boxes if box.width > 0] or list(boxes)
    return Box(min(b.x0 for b in boxes), min(b.top for b in boxes), max(b.x1 for b in boxes), max(b.bottom for b in boxes))


def _guess(line: Line, sign: str) -> Box:
    """About where a sign stands in a line whose characters are not to be had."""
    step = (line.x1 - line.x0) / max(len(line.text), 1)
    at = max(line.text.replace("\u00a0", " ").find(sign), 0)
    return Box(line.x0 + at * step, line.top, line.x0 + (at + len(sign)) * step, line.bottom)
