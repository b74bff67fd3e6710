"""The filled rectangles of a PDF page that may be cells: coloured, or white over a colour. Needs PDFium's raw API."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from formfill.readers._pdfpaths import outlines, tones
from formfill.readers._strokes import LEVEL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from formfill.model.geometry import Box
    from formfill.readers._pdfium import Page
    from formfill.readers._pdfpaths import Drawing

SMALLEST: Final = 8.0
"""A cell is at least this wide and high, in points."""
MOST: Final = 2_000
"""A page with more is a picture."""
_SHOWS: Final = 0.02
"""Least tone of a fill that is told from paper: cells are often a very light grey."""
_PAGE: Final = 0.6
"""A fill over more than this share of the page is its ground."""


def filled(page: Page, drawn: Drawing) -> list[Box]:
    """The filled rectangles that show, as displayed, in drawing order."""
    shapes = [s for s in drawn.shapes if s[0][2] - s[0][0] >= SMALLEST and s[0][3] - s[0][1] >= SMALLEST]
    if len(shapes) > MOST:
        return []
    found: list[Box] = []
    most = _PAGE * page.width * page.height
    grounds: list[Box] = []
    for shape in shapes:
        fill, _stroke = tones(shape[1])
        detail = outlines(shape)
        if not detail.filled or detail.curved:
            continue
        for points in detail.subpaths[:MOST]:
            if not _is_level(points):
                continue
            xs, ys = [x for x, _y in points], [y for _x, y in points]
            box = page.box(min(xs), min(ys), max(xs), max(ys))
            if box.width < SMALLEST or box.height < SMALLEST:
                continue
            if fill >= _SHOWS:
                grounds.append(box)
                if box.width * box.height < most:
                    found.append(box)
            elif any(_on(box, ground) for ground in grounds):
                found.append(box)
    return found


def _is_level(points: Sequence[tuple[float, float]]) -> bool:
    """Tells whether an outline is a rectangle, however often its corners are named."""
    if not 4 <= len(points) <= 9:
        return False
    if any(abs(xa - xb) > LEVEL and abs(ya - yb) > LEVEL for (xa, ya), (xb, yb) in pairwise(points)):
        return False
    xs, ys = [x for x, _y in points], [y for _x, y in points]
    return all(min(x - min(xs), max(xs) - x) <= LEVEL and min(y - min(ys), max(ys) - y) <= LEVEL for x, y in points)


def _on(box: Box, ground: Box) -> bool:
    """Tells whether a rectangle lies on a larger one."""
    inside = ground.x0 - 1 <= box.x0 and box.x1 <= ground.x1 + 1 and ground.top - 1 <= box.top and box.bottom <= ground.bottom + 1
    return inside and box.width * box.height < 0.95 * ground.width * ground.height
