"""Boxes and crosses among the lines of a page: between which words a box belongs, which lines are a cross."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from formfill.model.glyphs import BOX_GLYPHS, TICKS, TYPED_TICKS
from formfill.readers._visual import beside

if TYPE_CHECKING:
    from collections.abc import Sequence

    from formfill.readers._grid import Tiling
    from formfill.readers._pdfium import Page
    from formfill.readers._visual import Line

_FARTHEST: Final = 300.0
"""A text farther from a box than this, in points, is not on its line."""

CROSSES: Final = TYPED_TICKS | TICKS
LONE: Final = re.compile(f"(?<![^\\s{''.join(BOX_GLYPHS)}])[{''.join(CROSSES)}](?![^\\s{''.join(BOX_GLYPHS)}])")
"""Finds a cross among the words of a line."""


def hosted(page: Page, lines: list[Line], tables: Sequence[Tiling]) -> list[Line]:
    """The lines, each box that was printed apart from its words put back among them: forms are filled in after they are made."""
    lone = [
        line
        for index, line in enumerate(lines)
        if line.spots
        and len("".join(line.text.split())) == len(line.spots)
        and not (index and _worded(lines[index - 1]) and beside(lines[index - 1], line))
        and not (index + 1 < len(lines) and _worded(lines[index + 1]) and beside(line, lines[index + 1]))
        and not any(table.box.contains(*line.spots[0].box.centre) for table in tables)
    ]
    if not lone:
        return lines
    rest: list[Line | None] = [line for line in lines if not any(line is other for other in lone)]
    for line in lone:
        signs = "".join(line.text.split())
        for sign_, spot in zip(signs, line.spots, strict=True):
            own = line._replace(text=sign_, x0=spot.box.x0, x1=spot.box.x1, spots=(spot,))
            insert(page, rest, own if len(line.spots) > 1 else line)
    return [line for line in rest if line is not None]


def _worded(line: Line) -> bool:
    """Tells whether a line holds more than boxes."""
    return len("".join(line.text.split())) > len(line.spots)


def insert(page: Page, lines: list[Line | None], own: Line) -> None:
    """Puts a box among the lines, where it stands between the words of one of them."""
    box = own.spots[0].box
    host, best = -1, 0.0
    for index, line in enumerate(lines):
        if line is None:
            continue
        overlap = min(line.bottom, box.bottom) - max(line.top, box.top)
        if overlap < 0.35 * min(box.height, line.bottom - line.top):
            continue
        far = max(line.x0 - box.x1, box.x0 - line.x1, 0.0)
        score = 1000 - far + overlap / 100
        if far < _FARTHEST and score > best:
            host, best = index, score
    line = lines[host] if host >= 0 else None
    if line is None:
        at = next((k for k, other in enumerate(lines) if other is not None and other.top > own.bottom), len(lines))
        lines.insert(at, own)
        return
    left, right = page.text.parted(line, box.centre[0]) if line.x0 < box.x0 + 1 and line.x1 > box.x1 - 1 else (None, None)
    if left is None and right is None:
        left, right = (line, None) if line.x0 < box.x0 else (None, line)
    x0 = max(box.x0, left.x1) if left else box.x0
    x1 = min(box.x1, right.x0) if right else box.x1
    x0, x1 = (x0, x1) if x1 > x0 else (box.centre[0] - 0.05, box.centre[0] + 0.05)
    middle = own._replace(x0=x0, top=line.top, x1=x1, bottom=line.bottom, base=line.base)
    lines[host : host + 1] = [piece for piece in (left, middle, right) if piece is not None]


def typed(lines: Sequence[Line]) -> list[int]:
    """The lines that are a cross and nothing else."""
    return [
        index
        for index, line in enumerate(lines)
        if (len(line.text) <= 3 and line.text.strip() in CROSSES) or (line.spots and LONE.search(line.text))
    ]
