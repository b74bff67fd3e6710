"""From visual lines to paragraphs. Pure: it knows lines and where they stand, not the file they come from.

A printed page keeps no paragraph: where a line ends because the next word did not fit, the paragraph goes on. What tells: the
leading, a bullet, the room left, and the space that most programs print at the end of a wrapped line. Where these disagree, the
caller may be asked whether the file itself (tagged PDF) says that both lines are of one paragraph.
"""

from __future__ import annotations

import re
from itertools import pairwise, repeat
from operator import contains
from typing import TYPE_CHECKING, Final

from formfill.model.glyphs import BOX_GLYPHS
from formfill.readers._visual import Line, Paragraph

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


LEADING: Final = 1.3
"""Lines further apart than this many times the usual leading are of two paragraphs."""
FAR: Final = 2.5
"""Baselines further apart than this many times the height of the line are of two paragraphs, whatever the leading."""
SURE: Final = 1.25
"""A word fits, or does not, when its measured width is this far from the room left: widths are estimated from the line's mean."""
ENOUGH: Final = 100
"""Lines after which the habit of a program is known."""
EVEN: Final = 0.08
"""A gap is a whole number of lines to this part of a line."""
TALLEST: Final = 1000.0
"""A gap higher than this, in points, is no run of empty lines."""
FARTHEST: Final = 40.0
"""Baselines further apart, in points, tell nothing of the usual leading."""
HYPHEN: Final = "\u00ad"
"""Ends a line that was cut at a hyphen."""

BULLETS: Final = frozenset("·•▸▪◦‣∙●○■\uf0b7\uf0a7")
"""Signs that open a paragraph wherever they begin a line."""
_SHORTEST: Final = 6
"""A shorter word is not broken at the edge of a column."""
_SPACED: Final = frozenset((" ", "-", "\xa0", HYPHEN))
"""What a line ends with that is no broken word."""
_JOINTS: Final = frozenset(("", "-", "/", HYPHEN))
"""What a text ends with where no space may follow."""
_SPACES: Final = repeat(" ")
_HEAD: Final = re.compile(r"[^\W\d_]+")
_ADDRESS: Final = re.compile(r"://|\bwww\.|@")
"""Finds a web or mail address, which holds no space."""
_LISTED: Final = """
a à y ô as ai au ce de du en es et eu il je la le lu ma me ne ni on or ou où sa se si su ta te tu un va vu
ment ments tion tions sion sions ation ations ité ités tés ance ances ence ences ble bles ique iques nelle nelles onnelle onnelles
teur teurs trice trices ure ures ant ants ent aux ées iste istes isme ée és
"""
_SHORT_WORDS: Final = frozenset(_LISTED.split("\n", 2)[1].split())
"""French words of one or two letters."""
_ENDINGS: Final = frozenset(_LISTED.split("\n", 2)[2].split())
"""Endings of French words that are no words."""
_DASHES: Final = frozenset("-–—*")
_DASH: Final = re.compile(r"\s*[-–—*]\s")
_BREAK: Final = re.compile(r"[-/](?!\d|$)")
"""Signs after which a line may end inside a word: hyphen and slash, but not before a digit (UAX #14, rules LB21 and LB25)."""
_STOPS: Final = frozenset(".;:!?…,")


class Habit:
    """What the program that printed the pages does at line ends, learnt from the lines themselves."""

    __slots__ = (
        "_ends",
        "_ends_spaced",
        "_hyphens",
        "_lines",
        "_steps",
        "_wraps",
        "_wraps_spaced",
        "hyphenates",
        "leading",
        "spaced",
        "told",
    )

    def __init__(self) -> None:
        self._wraps = self._wraps_spaced = self._ends = self._ends_spaced = self._lines = self._hyphens = 0
        self._steps: dict[float, int] = {}
        self.leading = 0.0
        """Most common distance between baselines, in points; 0 until one was seen."""
        self.spaced = False
        """True when wrapped lines keep their space."""
        self.told = False
        """True when a space at the end of a line tells that it wraps: wrapped lines have it, last lines of paragraphs do not
        (Word prints the paragraph mark as a space too)."""
        self.hyphenates = False
        """True when so many lines end with a hyphen that the program must put them there."""

    @property
    def known(self) -> bool:
        """True when more lines would tell nothing new."""
        return self._lines > ENOUGH

    def learn(self, lines: Sequence[Line], right: float) -> None:
        """Looks at the lines of a cell: those that surely wrap, and the last, which surely ends a paragraph."""
        self._lines += len(lines)
        steps = self._steps
        for a, b in pairwise(lines):
            step = b.base - a.base
            if 0.25 < step < FARTHEST:
                step = round(2 * step) / 2
                steps[step] = steps.get(step, 0) + 1
            if a.text[-1:] == HYPHEN:
                self._hyphens += 1
            elif b.text[:1].islower() and room(a, b, right) < 1 / SURE and (a.text[-1:] == " " or right - a.x1 > _blank(a)):
                # where a line is full, a space that hangs over its end is not printed
                self._wraps += 1
                self._wraps_spaced += a.text[-1:] == " "
        if lines and len(lines[-1].text) > 1:
            self._ends += 1
            self._ends_spaced += lines[-1].text[-1:] == " "

    def settle(self) -> None:
        """Draws the conclusions, once the lines of a page were looked at."""
        if self._steps:
            self.leading = max(self._steps, key=lambda step: (self._steps[step], -step))
        self.spaced = self._wraps >= 2 and self._wraps_spaced >= 0.7 * self._wraps
        self.told = self.spaced and 2 * self._ends_spaced < self._ends
        self.hyphenates = 12 * self._hyphens > self._lines


def room(a: Line, b: Line, right: float) -> float:
    """Room left on line ``a``, in units of what the first word of line ``b`` and a space need."""
    text = b.text
    word = text.find(" ", 1)
    if word < 0:
        word = len(text)
    if "-" in text or "/" in text:
        cut = _BREAK.search(text, 1, word)
        if cut is not None:
            word = cut.end()
    needed = (b.x1 - b.x0) / max(len(text), 1) * (word + 0.6)
    return (right - a.x1) / needed if needed > 0 else 2.0


def paragraphs(
    lines: Sequence[Line], right: float, habit: Habit, same_block: Callable[[Line, Line], bool | None], leading: float = 0.0
) -> list[Paragraph]:
    """The paragraphs of a cell.

    Args:
        lines: its visual lines in reading order.
        right: x where the text of the column ends, in points.
        habit: what the printing program does at line ends.
        same_block: asked only when the signs disagree; None when the file does not tell.
        leading: usual distance between baselines, in points, where it is not that of the document.
    """
    if len(lines) < 2:
        return [_paragraph([line], habit, right) for line in lines]
    steps = [b.base - a.base for a, b in pairwise(lines)]
    leading = leading or habit.leading
    usual = min(steps)
    if usual <= 0.5 * leading:
        usual = min((step for step in steps if step > 0.5 * leading), default=leading)
    if leading and usual > LEADING * leading:
        usual = leading
    widest = LEADING * usual
    ends, told = [], habit.told
    for index, (step, (a, b)) in enumerate(zip(steps, pairwise(lines), strict=True)):
        if step <= widest and step <= FAR * (a.bottom - a.top):
            # most lines, where the space tells, need no call
            if told and a.text[-1:] == " " and b.text[:1].islower():
                continue
            if not breaks(a, b, right, habit, same_block):
                continue
        ends.append(index)
    between = min((steps[index] for index in ends), default=usual) if len(ends) > 1 else usual
    result: list[Paragraph] = []
    start = 0
    for index in ends:
        result.append(_paragraph(lines[start : index + 1], habit, right))
        start = index + 1
        result += [Paragraph("", (lines[start],))] * _empty(steps[index], usual, between)
    result.append(_paragraph(lines[start:], habit, right))
    return result


def _empty(step: float, usual: float, between: float) -> int:
    """How many empty lines a step between two paragraphs holds: each as high as a line, or as a line and the space around it."""
    if not (usual > 1 and between > 1 and LEADING * between < step < TALLEST):
        return 0
    for height in (usual, between):
        count = (step - between) / height
        if round(count) and abs(count - round(count)) < EVEN:
            return round(count)
    return 0


def breaks(a: Line, b: Line, right: float, habit: Habit, same_block: Callable[[Line, Line], bool | None]) -> bool:
    """Tells whether a paragraph ends between two lines of usual leading."""
    end, start = a.text[-1:], b.text[:1]
    if end == HYPHEN:
        return False
    if start == " ":
        start = b.text.lstrip()[:1]
    if start in BULLETS or start in BOX_GLYPHS:
        return True
    if start in _DASHES and _DASH.match(b.text) and a.text.rstrip()[-1:] in _STOPS:
        return True
    spaced = end == " "
    if not spaced and "/" in a.text and start.isalnum() and " " not in a.text.strip() and right - a.x1 < 4 * _space(a):
        # an address, cut anywhere
        return False
    if habit.told:
        if spaced and start.islower():
            return False
        if not spaced and right - a.x1 > _space(a):
            return True
    left = room(a, b, right)
    if left > SURE and " " not in b.text and len(b.text) >= _SHORTEST and right - b.x1 < 1.6 * (b.x1 - b.x0) / len(b.text):
        # a word that has a line of its own and fills it may go on in the next: it is longer than it looks
        left = 1.0
    if left > SURE:
        # the word had room: a paragraph ends, unless the space says that the line wraps; then the file is asked
        return not (spaced and habit.told) or not same_block(a, b)
    if habit.told and spaced:
        return False
    if left < 1 / SURE and start.islower():
        return False
    same = same_block(a, b)
    if same is not None:
        return not same
    return not start.islower() and a.text.rstrip()[-1:] in _STOPS


def _space(line: Line) -> float:
    """Width of a space of the line, and a little more."""
    return 0.75 * (line.x1 - line.x0) / max(len(line.text), 1)


def _blank(line: Line) -> float:
    """Width of a space in most fonts."""
    return 0.3 * (line.bottom - line.top)


def _paragraph(lines: Sequence[Line], habit: Habit, right: float) -> Paragraph:
    if len(lines) == 1:
        return Paragraph(lines[0].text.strip().rstrip(HYPHEN), tuple(lines))
    texts = [line.text.strip() for line in lines]
    above = texts[:-1]
    if texts[-1] and all(map(contains, above, _SPACES)) and _JOINTS.isdisjoint([text[-1] for text in above]):
        return Paragraph(" ".join(texts), tuple(lines))
    text = texts[0]
    for a, b in pairwise(lines):
        more = b.text.strip()
        if a.text[-1:] not in _SPACED and " " not in a.text.strip() and _broken(a, b, right, habit, text.rsplit(" ", 1)[-1]):
            text += more
        elif text[-1:] in _JOINTS or not more:
            text = glue(text, more, hyphenated=habit.hyphenates)
        else:
            text += " " + more
    return Paragraph(text, tuple(lines))


def _broken(a: Line, b: Line, right: float, habit: Habit, whole: str) -> bool:
    """Tells whether a word too long for its column goes on in the next line: it has a line of its own, and fills it.

    Where a space would have been printed after a whole word, its absence tells. Where there was no room for one, what follows must
    look like no word of its own: a sign, a part of an address, an ending. ``whole`` is the word with what was joined to it.
    """
    word, more = a.text, b.text
    if more[:1] in (" ", "") or " " in word.strip() or len(word) < _SHORTEST:
        return False
    width = (a.x1 - a.x0) / len(word)
    address = _ADDRESS.search(whole) is not None
    if right - a.x1 > (4 if address else 1.6) * width:
        return False
    if address:
        return True
    if habit.spaced and right - a.x1 > 1.25 * _blank(a):
        return True
    head = _HEAD.match(more)
    piece = head.group() if head else ""
    if not piece:
        return more[0] in ".,;:)/»" and word[-1].isalnum()
    return piece in _ENDINGS or (len(piece) <= 2 and piece.isalpha() and piece not in _SHORT_WORDS)


def glue(text: str, more: str, *, hyphenated: bool = False) -> str:
    """A paragraph and its next line as one: a space between, none after a hyphen, which stays unless the program put it there."""
    if text[-1:] == HYPHEN:
        return text[:-1] + ("" if hyphenated else "-") + more
    if not text or not more or (text[-1] in "-/" and text[-2:-1].isalnum() and more[0].isalnum()):
        return text + more
    return f"{text} {more}"
