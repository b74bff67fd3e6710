"""Boxes made with letters, brackets and circles: ``[x]``, ``| |``, ``( )``, ``● Seul ○ En équipe``, an X typed beside a box. Pure.

A glyph that is a box wherever it stands is not looked at here (:mod:`formfill.model.glyphs`); these signs are boxes only where
what stands around them shows that a choice is meant, and are text or bullets elsewhere.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from formfill.model.document import Evidence, Says
from formfill.model.glyphs import EMPTY_BOXES, TICKS, TYPED_TICKS
from formfill.readers._marks import STRUCK, Emphasised, glyph_evidence
from formfill.readers._signs import (
    EMPTY_CIRCLES,
    FULL_CIRCLES,
    FULL_SQUARES,
    MARKS,
    box_in,
    like,
    neighbours,
    placed,
    split_glyphs,
    suspect,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from formfill.readers._marks import Piece

_CIRCLES: Final = EMPTY_CIRCLES | FULL_CIRCLES


def brackets(signs: str) -> re.Pattern[str]:
    """What finds the boxes typed with two signs, ``[x]``, ``| |``, ``( )``, empty or with one of these signs in them."""
    return re.compile(
        rf"\[[ \u00a0\u2002_]*(?P<square>[{signs}]?)[ \u00a0\u2002_]*\]"
        rf"|\|(?=[ \u00a0\u2002{signs}])[ \u00a0\u2002]*(?P<bar>[{signs}]?)[ \u00a0\u2002]*\|"
        rf"|(?<!\w)\((?=[ \u00a0\u2002{signs}])[ \u00a0\u2002]*(?P<round>[{signs}]?)[ \u00a0\u2002]*\)(?!\w)"
    )


_BRACKETS: Final = brackets(MARKS)
_TICK: Final = re.compile(rf"(?:^|[ \u00a0]{{2,}}|\t\s*)([{''.join(sorted(TICKS))}](?=[ \u00a0]*\w)|[xX×](?=[ \u00a0]+\w))")
_BEFORE: Final = re.compile(r"(?:^|(?<=\s))([xX×])[ \u00a0]*$")
_AFTER: Final = re.compile(r"^[ \u00a0]*([xX×])(?=\s|$)")
_WORD: Final = re.compile(r"\w")


def typed_boxes(paragraphs: Sequence[Sequence[Piece]], lines: Sequence[str], text: str) -> list[list[Piece]]:
    """The paragraphs of a cell with a box in the place of each typed one.

    Args:
        paragraphs: the cell's, or one paragraph that stands in no cell.
        lines: their text, a box glyph for each box.
        text: that of the cell, and of the neighbours of a paragraph: a line shows that a circle is a choice.
    """
    joined = [_joined(paragraph) for paragraph in paragraphs]
    has_round = "(" in text and len([1 for found in _BRACKETS.finditer(text) if found["round"] is not None]) > 1
    empty_boxes = not EMPTY_BOXES.isdisjoint(text)
    kinds = (not EMPTY_CIRCLES.isdisjoint(text)) + (not FULL_CIRCLES.isdisjoint(text))
    result = []
    for paragraph, line in zip(joined, lines, strict=True):
        in_line = sum(map(line.count, _CIRCLES)) if kinds == 1 else 0
        rules = _Rules(
            circles=kinds == 2 or (in_line > 1 and not EMPTY_CIRCLES.isdisjoint(line)),
            squares=empty_boxes,
            rounds=has_round,
        )
        pieces = [
            box_in(piece, part) if isinstance(piece, tuple) and isinstance(part, Emphasised) else piece
            for index, part in enumerate(paragraph)
            for piece in rules.split(part, first=index == 0)
        ]
        result.append(_beside(pieces) if neighbours(line) else pieces)
    return result


def _joined(paragraph: Sequence[Piece]) -> list[Piece]:
    """The pieces, text in as few pieces as possible: a sign may be split over runs."""
    out: list[Piece] = []
    for piece in paragraph:
        if type(piece) is str and out and type(out[-1]) is str:
            out[-1] += piece
        else:
            out.append(piece)
    return out


class _Rules:
    """What the surroundings of a line show its signs to be."""

    def __init__(self, *, circles: bool, squares: bool, rounds: bool) -> None:
        self._rounds = rounds
        self._ticks = squares
        self._empty = EMPTY_CIRCLES if circles else frozenset[str]()
        self._full = (FULL_CIRCLES if circles else frozenset()) | (FULL_SQUARES if squares else frozenset())

    def split(self, piece: Piece, *, first: bool) -> list[Piece]:
        """A stretch of text as text and boxes."""
        if not isinstance(piece, str) or not (suspect(piece) or (self._ticks and placed(piece))):
            return [piece]
        if self._ticks and (tick := _TICK.search(piece)) is not None and (first or self._parted(piece, tick)):
            # a tick in the place of a box whose neighbours are still boxes
            seen = glyph_evidence(tick[1]) or Evidence("typed", Says.TICKED, f"U+{ord(tick[1]):04X} {tick[1]}")
            before, after = like(piece[: tick.start(1)], piece), like(piece[tick.end(1) :], piece)
            parts = [*self.split(before, first=first), (seen,), *self.split(after, first=False)]
            return [part for part in parts if part]
        out: list[Piece] = []
        done = 0
        for found in _BRACKETS.finditer(piece):
            if found["round"] is not None and not self._rounds and piece[: found.start()].strip() and piece[found.end() :].strip():
                # in the middle of a sentence a lone (x) is a letter
                continue
            out += [*self._signs(piece[done : found.start()], piece), (_typed(found),)]
            done = found.end()
        return [*out, *self._signs(piece[done:], piece)]

    @staticmethod
    def _parted(piece: str, tick: re.Match[str]) -> bool:
        """Tells whether words or wide spaces part a tick from the box before it; an X beside a box says something of that box."""
        return tick.start(1) > 0 if tick[1] in TICKS else bool(piece[: tick.start(1)].strip())

    def _signs(self, text: str, whole: str) -> list[Piece]:
        out: list[Piece] = []
        held = ""
        for char in text:
            if char in self._empty or char in self._full:
                says = Says.BLANK if char in self._empty else Says.TICKED
                out += (
                    [like(held, whole), (Evidence("glyph", says, f"U+{ord(char):04X} {char}"),)]
                    if held
                    else [(Evidence("glyph", says, f"U+{ord(char):04X} {char}"),)]
                )
                held = ""
            else:
                held += char
        if held:
            out.append(like(held, whole))
        return out


def _typed(found: re.Match[str]) -> Evidence:
    mark = found["square"] or found["bar"] or found["round"]
    return Evidence("typed-box", Says.TICKED if mark else Says.BLANK, found.group().replace("\u00a0", " "))


def _beside(pieces: list[Piece]) -> list[Piece]:
    """An X typed beside an empty box says something of it: two pieces of evidence, that a person must settle."""
    out = split_glyphs(pieces)
    for index, piece in enumerate(out):
        if not isinstance(piece, tuple) or any(item.says is not Says.BLANK for item in piece):
            continue
        before = out[index - 1] if index else ""
        after = out[index + 1] if index + 1 < len(out) else ""
        if isinstance(before, str) and (found := _BEFORE.search(before)) and (index < 2 or _WORD.search(before[: found.start(1)])):
            out[index - 1] = like(before[: found.start(1)], before)
            out[index] = (*piece, _cross(found[1], "before the box"))
        elif (
            isinstance(after, str)
            and (found := _AFTER.search(after))
            and (_WORD.search(after[found.end() :]) or (isinstance(before, str) and _WORD.search(before)))
        ):
            out[index + 1] = like(after[found.end(1) :], after)
            out[index] = (*piece, _cross(found[1], "after the box"))
    return out


def _cross(letter: str, where: str) -> Evidence:
    return Evidence("typed", Says.TICKED, f"{letter} {where}")


def struck_boxes(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces of a stretch that is struck through, each of its boxes in doubt."""
    return [(*piece, STRUCK) if isinstance(piece, tuple) and STRUCK not in piece else piece for piece in split_glyphs(pieces)]


def lone_struck(text: Emphasised) -> list[Piece]:
    """A paragraph that is one struck stretch: a tick or a cross that somebody took back is a box in doubt."""
    sign = text.strip()
    if text.kind != STRUCK.kind or not sign or sign not in TICKS | TYPED_TICKS:
        return [text]
    seen = glyph_evidence(sign) or Evidence("typed", Says.TICKED, f"U+{ord(sign):04X} {sign}")
    return [(seen, STRUCK)]
