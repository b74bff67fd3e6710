"""Boxes typed in a PDF: ``[x]``, ``( )``, ``|x|``, ``● Seul ○ En équipe``, an X beside a box, by the rules of Word. Pure.

A page tells neither paragraphs nor lists before it is read: a sign is judged with the lines of its cell that begin or end where its
own line does, so that the bullets of a nested list (● above ○, further right) are no choice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from formfill.model.geometry import Box
from formfill.model.glyphs import BOX_GLYPHS, EMPTY_BOXES, SHOWN
from formfill.readers._marks import weigh
from formfill.readers._signs import MARKS, SIGNS, neighbours, placed, suspect, with_typed_boxes
from formfill.readers._visual import Line, Spot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from formfill.model.document import Evidence
    from formfill.readers._marks import Piece
    from formfill.readers._sheet import Bins

_SINGLE: Final = sorted(SIGNS - {"("})
_IN_ROUND: Final = frozenset(" \u00a0\u2002" + MARKS)
_BESIDE: Final = frozenset(" \u00a0\t\r\n") | EMPTY_BOXES
"""What stands beside an X that is a sign of its own."""
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
    signs, letters = _has_sign(whole), _has_letter(whole)
    if not (signs or letters):
        return
    for cells in bins.cells:
        for lines in cells:
            if lines:
                _of_cell(text, lines, signs, letters, loose=False)
    for group in bins.groups:
        _of_cell(text, group.lines, signs, letters, loose=True)


def _has_sign(whole: str) -> bool:
    """Tells whether a page may have a typed box; finding single characters costs much less than a pattern."""
    if any(sign in whole for sign in _SINGLE):
        return True
    at = whole.find("(")
    while at >= 0:
        if whole[at + 1 : at + 2] in _IN_ROUND:
            return True
        at = whole.find("(", at + 1)
    return False


def _has_letter(whole: str) -> bool:
    """Tells whether an X stands by itself on a page."""
    for letter in "xX×":
        at = whole.find(letter)
        while at >= 0:
            if (not at or whole[at - 1] in _BESIDE) and (whole[at + 1 : at + 2] or " ") in _BESIDE:
                return True
            at = whole.find(letter, at + 1)
    return False


def _of_cell(text: Text, lines: list[Line], signs: bool, letters: bool, *, loose: bool) -> None:
    seen = tuple(lines)
    for index, line in enumerate(seen):
        words = line.text
        typed = signs and suspect(words) and not SIGNS.isdisjoint(words)
        if not typed and not (letters and ((line.spots and neighbours(words)) or placed(words))):
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
