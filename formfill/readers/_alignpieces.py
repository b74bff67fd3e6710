"""Words, boxes and crosses of a page as pieces with room around them, and the rows that they stand in. Pure.

A line of a PDF runs over all that stands level, so that the columns of a table without rules are one line: it is cut where the room
is wider than a space.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from formfill.model.glyphs import BOX_GLYPHS, TICKS, TYPED_TICKS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from formfill.model.geometry import Box
    from formfill.readers._visual import Line, Spot

_SPACE: Final = 0.5
"""Room wider than this many times the height of a line is no space."""
_LEVEL: Final = 0.5
"""Pieces that share more than this much of their height stand in one row."""
_TALL: Final = 2.0
"""A piece this many times as high as wide runs up or down."""


class Text(Protocol):
    """What tells where the characters of a line stand."""

    def places(self, line: Line) -> list[tuple[str, Box]]:
        """The characters of a line with their boxes."""
        ...


class Piece(NamedTuple):
    """A stretch of words without wide room in it, or a box."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    spot: Spot | None = None
    """The box that it is."""

    @property
    def marks(self) -> bool:
        """True for a box, and for a cross by itself."""
        return self.spot is not None or self.text in TYPED_TICKS or self.text in TICKS

    @property
    def middle(self) -> float:
        """X of its middle."""
        return (self.x0 + self.x1) / 2

    @property
    def tall(self) -> bool:
        """True for words that run up or down."""
        return self.spot is None and self.bottom - self.top > _TALL * (self.x1 - self.x0) and len(self.text) > 1


@dataclass(slots=True)
class Level:
    """Pieces that stand at one height, left to right."""

    pieces: list[Piece]

    @property
    def top(self) -> float:
        """Its upper edge."""
        return min(piece.top for piece in self.pieces)

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return max(piece.bottom for piece in self.pieces)

    @property
    def marks(self) -> list[Piece]:
        """Its boxes and crosses."""
        return [piece for piece in self.pieces if piece.marks]


def pieces(text: Text, lines: Iterable[Line]) -> list[Piece]:
    """The pieces of some lines, in no order."""
    found: list[Piece] = []
    for line in lines:
        if line.spots and len("".join(line.text.split())) == len(line.spots):
            # boxes by themselves, which may have been put on the line of their words
            found += [Piece("☐", spot.box.x0, line.top, spot.box.x1, line.bottom, spot) for spot in line.spots]
        elif line.start < 0:
            if line.text.strip():
                found.append(Piece(line.text.strip(), line.x0, line.top, line.x1, line.bottom))
        else:
            found += _of_line(text, line)
    return found


def _of_line(text: Text, line: Line) -> list[Piece]:
    found: list[Piece] = []
    spots = list(line.spots)
    wide = _SPACE * (line.bottom - line.top)
    words, x0, x1 = "", 0.0, 0.0

    def end() -> None:
        if words:
            found.append(Piece(words, x0, line.top, x1, line.bottom))

    spaced = False
    for char, box in text.places(line):
        if char.isspace():
            spaced = True
            continue
        if char in BOX_GLYPHS and spots:
            end()
            spot = spots.pop(0)
            found.append(Piece(char, spot.box.x0, line.top, spot.box.x1, line.bottom, spot))
            words = ""
        elif words and -2 * wide <= box.x0 - x1 <= wide:
            words += f" {char}" if spaced else char
            x0, x1 = min(x0, box.x0), max(x1, box.x1)
        else:
            end()
            words, x0, x1 = char, box.x0, box.x1
        spaced = False
    end()
    return found


def levels(found: Sequence[Piece]) -> list[Level]:
    """The rows of some pieces, top to bottom; words that run up or down make rows of their own."""
    rows: list[Level] = []
    for tall in (False, True):
        own: list[Level] = []
        for piece in sorted((p for p in found if p.tall is tall), key=lambda p: p.top + p.bottom):
            row = next((row for row in own[-3:] if _level(row.pieces[0], piece)), None)
            if row is None:
                own.append(Level([piece]))
            else:
                row.pieces.append(piece)
        rows += own
    for row in rows:
        row.pieces.sort(key=lambda p: p.x0)
    return sorted(rows, key=lambda row: row.bottom)


def _level(a: Piece, b: Piece) -> bool:
    shared = min(a.bottom, b.bottom) - max(a.top, b.top)
    return shared > _LEVEL * min(a.bottom - a.top, b.bottom - b.top)
