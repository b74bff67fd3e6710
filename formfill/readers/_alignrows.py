"""Which lines of a table without rules are of one row, where titles run over several lines. Pure.

What tells, in this order: a rule or the edge of a band between two lines; more room between rows than between the lines of a title;
a title that goes on with a small letter. Where none tells, nothing does, and the boxes are in doubt.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

_WIDER: Final = 1.25
"""Times the distance between lines of a title that rows are apart, at least."""


_FAR: Final = 1.6
"""Lines further apart than this many times their height are of two rows, unless the second goes on with a small letter."""


class TitleLine(NamedTuple):
    """A line of a table: the words in the column of titles, and whether boxes stand level with them."""

    words: str
    top: float
    bottom: float
    boxed: bool


class Block(NamedTuple):
    """Lines that are one row."""

    first: int
    after: int
    doubt: bool = False
    """True when nothing tells which lines are the title of its boxes."""


def blocks(lines: Sequence[TitleLine], separators: Sequence[float]) -> list[Block]:
    """The rows that some lines make.

    Args:
        lines: top to bottom.
        separators: y of rules and of edges of bands that run over the whole table.
    """
    if not lines:
        return []
    steps = [b.top - a.top for a, b in pairwise(lines)]
    ruled = [any(_middle(a) < y < _middle(b) for y in separators) for a, b in pairwise(lines)]
    free = [
        step
        for step, cut, (a, b) in zip(steps, ruled, pairwise(lines), strict=True)
        if not cut and not (a.boxed and b.boxed) and step > 0
    ]
    widest = _WIDER * min(free, default=0.0)
    starts = [0]
    for index, (step, cut, (a, b)) in enumerate(zip(steps, ruled, pairwise(lines), strict=True), 1):
        if cut or (a.boxed and b.boxed) or step > widest or (step > _FAR * (a.bottom - a.top) and not _goes_on(b.words)):
            starts.append(index)
    found: list[Block] = []
    for first, after in pairwise([*starts, len(lines)]):
        if sum(line.boxed for line in lines[first:after]) > 1:
            found += _by_letters(lines, first, after)
        else:
            found.append(Block(first, after))
    return found


def _middle(line: TitleLine) -> float:
    return (line.top + line.bottom) / 2


def _by_letters(lines: Sequence[TitleLine], first: int, after: int) -> list[Block]:
    """Rows whose lines stand at even distances: a small letter goes on from the line above."""
    starts = [first, *(k for k in range(first + 1, after) if lines[k].words and not _goes_on(lines[k].words))]
    found = [Block(a, b) for a, b in pairwise([*starts, after])]
    counts = [sum(line.boxed for line in lines[block.first : block.after]) for block in found]
    if max(counts) > 1:
        starts = [first, *(k for k in range(first + 1, after) if lines[k].boxed)]
        return [Block(a, b, doubt=True) for a, b in pairwise(sorted({*starts, after}))]
    # a line without boxes may be the beginning of the title below it
    return [
        block._replace(doubt=count == 1 and number > 0 and counts[number - 1] == 0)
        for number, (block, count) in enumerate(zip(found, counts, strict=True))
    ]


def _goes_on(words: str) -> bool:
    return not words or words[0].islower() or words[0] in "),;:»"
