"""Text set in lines of a given width, with the boxes in it. Pure but for the width of words, which it is told.

All lengths are pixels.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from formfill.drawing._spots import spots

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from formfill.model.document import Mark

BOX: Final = 15
"""Side of a box."""
LINE: Final = 23
"""From one line to the next."""
_TOKENS: Final = re.compile(r"\n|[^\S\n]+|[^\s]+")
_NOT_SHOWN: Final = frozenset(("Cc", "Cf", "Cs", "Co", "Cn"))
_LONGEST_GAP: Final = 8
"""Most spaces of a gap that are shown: people draw lines with them."""


@dataclass(frozen=True, slots=True)
class Atom:
    """A word, a gap, the end of a line, or a box."""

    text: str
    width: float
    mark: Mark | None = None
    boxed: bool = False
    """True for a box, False for words that a mark is drawn around."""
    first: bool = False
    """True for the first atom of its mark: the one that its number stands beside."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its atoms from left to right."""

    atoms: tuple[Atom, ...]

    @property
    def width(self) -> float:
        """How wide it is."""
        return sum(atom.width for atom in self.atoms)


def atoms(text: str, marks: Sequence[Mark], measure: Callable[[str], float], number: float) -> list[Atom]:
    """A text cut where its lines may break.

    Args:
        text: as a reader gives it.
        marks: those that stand in it.
        measure: the width of a word.
        number: the width to keep for the number of a mark.
    """
    out: list[Atom] = []
    done = 0
    for spot in spots(text, marks):
        start = max(spot.start, done)
        out += _words(text[done:start], measure)
        if spot.boxed:
            out.append(Atom("", BOX + number, spot.mark, boxed=True, first=True))
        else:
            words = list(_words(text[start : spot.end], measure)) or [Atom("", 0)]
            last = len(words) - 1
            out += [
                Atom(word.text, word.width + (number if rank == last else 4), spot.mark, first=rank == last)
                for rank, word in enumerate(words)
            ]
        done = max(spot.end, done)
    out += _words(text[done:], measure)
    return out


def _words(text: str, measure: Callable[[str], float]) -> Iterator[Atom]:
    for token in _TOKENS.findall(shown(text)):
        if token == "\n":
            yield Atom("\n", 0)
        elif token.isspace():
            gap = min(len(token.expandtabs(4)), _LONGEST_GAP)
            yield Atom(" " * gap, gap * measure(" "))
        else:
            yield Atom(token, measure(token))


def shown(text: str) -> str:
    """The text with what draws nothing left out; half of a surrogate pair is U+FFFD."""
    if text.isascii() and text.isprintable():
        return text
    out = []
    for char in unicodedata.normalize("NFC", text):
        kind = unicodedata.category(char)
        if char in "\n\t" or kind not in _NOT_SHOWN:
            out.append(char)
        elif kind in ("Cs", "Co", "Cn"):
            out.append("\ufffd")
    return "".join(out)


def lines(parts: Sequence[Atom], width: float, measure: Callable[[str], float]) -> list[Line]:
    """The atoms in lines no wider than ``width``, but for a box; a word that is wider is cut."""
    out: list[Line] = []
    held: list[Atom] = []
    used = 0.0
    for atom in parts:
        if atom.text == "\n":
            out.append(Line(tuple(held)))
            held, used = [], 0.0
            continue
        for piece in _cut(atom, width, measure):
            if held and used + piece.width > width:
                if piece.text.isspace() and piece.mark is None:
                    continue
                out.append(Line(tuple(held)))
                held, used = [], 0.0
            held.append(piece)
            used += piece.width
    out.append(Line(tuple(held)))
    return out


def _cut(atom: Atom, width: float, measure: Callable[[str], float]) -> Iterator[Atom]:
    if atom.width <= width or len(atom.text) < 2 or atom.text.isspace():
        yield atom
        return
    step = max(int(len(atom.text) * width / atom.width), 1)
    for at in range(0, len(atom.text), step):
        text = atom.text[at : at + step]
        yield Atom(text, measure(text), atom.mark, first=atom.first and at + step >= len(atom.text))
