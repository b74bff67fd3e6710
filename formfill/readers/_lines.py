"""From visual lines to paragraphs. Pure: it knows lines and where they stand, not the file they come from.

A printed page keeps no paragraph: where a line ends because the next word did not fit, the paragraph goes on. What tells: the
leading, a bullet, the room left, and the space that most programs print at the end of a wrapped line. Where these disagree, the
caller may be asked whether the file itself (tagged PDF) says that both lines are of one paragraph.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from formfill.model.geometry import Box
from formfill.model.glyphs import BOX_GLYPHS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from formfill.model.document import Evidence

LEADING: Final = 1.3
"""Lines further apart than this many times the usual leading are of two paragraphs."""
SURE: Final = 1.25
"""A word fits, or does not, when its measured width is this far from the room left: widths are estimated from the line's mean."""
ENOUGH: Final = 100
"""Lines after which the habit of a program is known."""
FARTHEST: Final = 40.0
"""Baselines further apart, in points, tell nothing of the usual leading."""
HYPHEN: Final = "\u00ad"
"""Ends a line that was cut at a hyphen."""

BULLETS: Final = frozenset("·•▸▪◦‣∙●○■\uf0b7\uf0a7")
"""Signs that open a paragraph wherever they begin a line."""
_DASHES: Final = frozenset("-–—*")
_DASH: Final = re.compile(r"\s*[-–—*]\s")
_STOPS: Final = frozenset(".;:!?…,")


class Spot(NamedTuple):
    """A tick box on the page, before it has a label."""

    box: Box
    evidence: tuple[Evidence, ...]


class Line(NamedTuple):
    """A stretch of text on one baseline."""

    text: str
    """As printed; a trailing space is kept, it tells a wrapped line."""
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    """y of the baseline."""
    start: int = -1
    """Index of its first character on the page; -1 when it has none."""
    end: int = -1
    """Index after its last character."""
    spots: tuple[Spot, ...] = ()
    """The boxes in it, left to right, one box glyph of the text each."""


class Paragraph(NamedTuple):
    """Lines joined, as one line of text."""

    text: str
    lines: tuple[Line, ...]

    @property
    def box(self) -> Box:
        """The rectangle around its lines."""
        lines = self.lines
        return Box(
            min(line.x0 for line in lines),
            min(line.top for line in lines),
            max(line.x1 for line in lines),
            max(line.bottom for line in lines),
        )


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
            step = round(2 * (b.base - a.base)) / 2
            if 0 < step < FARTHEST:
                steps[step] = steps.get(step, 0) + 1
            if a.text[-1:] == HYPHEN:
                self._hyphens += 1
            elif b.text[:1].islower() and room(a, b, right) < 1 / SURE:
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


def ordered(lines: list[Line], *, shuffled: bool = True) -> list[Line]:
    """The lines in reading order, pieces of one visual line joined.

    Args:
        lines: in the order of the file, which is nearly always the reading order.
        shuffled: False to keep the order of the file where it jumps back up the page, as from column to column.
    """
    result: list[Line] = []
    for line in lines:
        if result:
            last = result[-1]
            if line.base > last.base and 2 * line.top >= last.top + last.bottom:
                result.append(line)
                continue
            if beside(last, line):
                result[-1] = _merge(last, line) if line.x0 >= last.x0 else _merge(line, last)
                continue
            if shuffled and line.base < last.base:
                return _sorted(lines)
        result.append(line)
    return result


def beside(a: Line, b: Line) -> bool:
    """Tells whether two pieces of text stand on one visual line."""
    overlap = min(a.bottom, b.bottom) - max(a.top, b.top)
    return overlap > 0.5 * min(a.bottom - a.top, b.bottom - b.top) and (b.x0 >= a.x1 - 1 or b.x1 <= a.x0 + 1)


def _sorted(lines: list[Line]) -> list[Line]:
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.top + line.bottom):
        for row in rows[-2:]:
            if all(beside(other, line) for other in row):
                row.append(line)
                break
        else:
            rows.append([line])
    result = []
    for row in rows:
        row.sort(key=lambda line: line.x0)
        merged = row[0]
        for line in row[1:]:
            merged = _merge(merged, line)
        result.append(merged)
    return result


def _merge(a: Line, b: Line) -> Line:
    gap = b.x0 - a.x1
    glue = "" if a.text[-1:] == " " or b.text[:1] == " " or gap < 0.12 * max(a.bottom - a.top, b.bottom - b.top) else " "
    return Line(
        a.text + glue + b.text,
        a.x0,
        min(a.top, b.top),
        max(a.x1, b.x1),
        max(a.bottom, b.bottom),
        max(a.base, b.base),
        a.start if a.start >= 0 else b.start,
        max(a.end, b.end),
        a.spots + b.spots,
    )


def room(a: Line, b: Line, right: float) -> float:
    """Room left on line ``a``, in units of what the first word of line ``b`` and a space need."""
    text = b.text
    word = text.find(" ", 1)
    if word < 0:
        word = len(text)
    for sign in "-/":
        at = text.find(sign, 1, word)
        if at > 0:
            word = at + 1
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
        return [_paragraph([line], habit) for line in lines]
    steps = [b.base - a.base for a, b in pairwise(lines)]
    leading = leading or habit.leading
    usual = min(steps)
    if usual <= 0.5 * leading:
        usual = min((step for step in steps if step > 0.5 * leading), default=leading)
    if leading and usual > LEADING * leading:
        usual = leading
    widest = LEADING * usual
    result: list[Paragraph] = []
    current = [lines[0]]
    for a, b, step in zip(lines, lines[1:], steps, strict=False):
        if step > widest:
            result.append(_paragraph(current, habit))
            empty = step / usual if usual else 1.0
            result += [Paragraph("", (b,))] * (round(empty) - 1 if abs(empty - round(empty)) < 0.06 else 0)
            current = [b]
        elif breaks(a, b, right, habit, same_block):
            result.append(_paragraph(current, habit))
            current = [b]
        else:
            current.append(b)
    result.append(_paragraph(current, habit))
    return result


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
    if habit.told:
        if spaced and start.islower():
            return False
        if not spaced and right - a.x1 > _space(a):
            return True
    left = room(a, b, right)
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


def _paragraph(lines: list[Line], habit: Habit) -> Paragraph:
    if len(lines) == 1:
        return Paragraph(lines[0].text.strip().rstrip(HYPHEN), tuple(lines))
    text = lines[0].text.strip()
    for line in lines[1:]:
        text = glue(text, line.text.strip(), hyphenated=habit.hyphenates)
    return Paragraph(text, tuple(lines))


def glue(text: str, more: str, *, hyphenated: bool = False) -> str:
    """A paragraph and its next line as one: a space between, none after a hyphen, which stays unless the program put it there."""
    if text[-1:] == HYPHEN:
        return text[:-1] + ("" if hyphenated else "-") + more
    if not text or not more or (text[-1] in "-/" and text[-2:-1].isalnum() and more[0].isalnum()):
        return text + more
    return f"{text} {more}"
