"""Stretches of text on a page, and their reading order: pieces of one visual line joined. Pure.

It knows lines and where they stand, not the file they come from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from formfill.model.geometry import Box

if TYPE_CHECKING:
    from formfill.model.document import Evidence


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
