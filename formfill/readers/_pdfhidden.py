"""What of a mark is not to be seen: under an opaque fill drawn later, cut off by a clip, printed in white. Needs PDFium's raw API.

People take a tick back by laying a white rectangle over it. Only marks are asked about, so that a page without ticks costs nothing.
"""

from __future__ import annotations

from ctypes import c_float, c_int, c_uint, c_void_p, cast
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import pypdfium2.raw as pdfium

from formfill.model.document import Evidence, Says
from formfill.readers._pdfchars import BOX
from formfill.readers._pdfhosts import CROSSES
from formfill.readers._pdfpaths import DEEPEST, MOST_OBJECTS, STEP, outlines
from formfill.readers._strokes import FAINT
from formfill.readers._visual import Spot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from formfill.model.geometry import Box
    from formfill.readers._pdfium import Page
    from formfill.readers._pdfpaths import Drawing
    from formfill.readers._strokes import Path
    from formfill.readers._visual import Line

COVERED: Final = Evidence("covered", Says.UNCLEAR, "under an opaque fill")
"""Kind of evidence: a mark that something was drawn over."""
CLIPPED: Final = Evidence("covered", Says.UNCLEAR, "cut off by a clip")
WHITE: Final = Evidence("covered", Says.UNCLEAR, "printed in white or without ink")
_STEPS: Final = (0.2, 0.35, 0.5, 0.65, 0.8)
_SAMPLES: Final = tuple((across, down) for across in _STEPS for down in _STEPS)
"""Points of a mark that are looked at, in shares of its sides; the frame of a box drawn after its mark lies on few of them."""
_ENOUGH: Final = 10
"""So many of them hidden leave the mark in doubt."""
_SMALLEST: Final = 3.0
"""A fill less wide or less high, in points, hides no mark."""
_BAND: Final = 9
"""Most points of a band along two sides of a box."""
_NARROW: Final = 0.45
"""Share of its rectangle that such a band fills, at most."""
_OPAQUE: Final = 200
"""Least alpha of what hides, of 255."""
_fill, _stroke = c_int(), c_int()
_red, _green, _blue, _alpha = c_uint(), c_uint(), c_uint(), c_uint()
_x, _y = c_float(), c_float()
Outline = list[list[tuple[float, float]]]


class Covers:
    """The opaque fills of an open page; looked at where a mark is asked about."""

    def __init__(self, page: Page, drawn: Drawing) -> None:
        self._page, self._shapes = page, drawn.shapes
        self._boxes: list[tuple[float, float, float, float, int]] | None = None
        self._outlines: dict[int, Outline | None] = {}
        self._ranks: dict[int, int] | None = None

    def of_path(self, path: Path) -> Evidence | None:
        """What hides a path of the page; None when it shows."""
        if path.kind != "strokes" or path.order < 0:
            return None
        index = path.order // STEP
        if any(order > index for order in self._over(path.box)):
            return COVERED
        if index < len(self._shapes):
            _bounds, item, outer = self._shapes[index]
            if outer is None and self._clipped(item, path.box):
                return CLIPPED
        return None

    def of_sign(self, char: int, box: Box) -> Evidence | None:
        """What hides a character of the page, by its index; None when it shows."""
        text_page = self._page.text.handle
        if _is_white(text_page, char):
            return WHITE
        over = self._over(box)
        item = pdfium.FPDFText_GetTextObject(text_page, char) if over else None
        if item:
            if self._ranks is None:
                self._ranks = _drawing_order(self._page.handle)
            own = self._ranks.get(_address(item))
            covers = [_address(self._shapes[index][1]) for index in over]
            if own is not None and any(self._ranks.get(cover, -1) > own for cover in covers):
                return COVERED
        return None

    def opaque(self, index: int) -> bool:
        """Tells whether a shape hides what is under it."""
        return self._outline(index) is not None

    def shown(self, lines: Sequence[Line]) -> list[Line]:
        """The lines, their ticked glyphs that are not to be seen in doubt."""
        return [self._line(line) if line.spots and line.start >= 0 else line for line in lines]

    def crosses(self, cells: Sequence[Sequence[Sequence[Line]]]) -> list[tuple[Box, Evidence]]:
        """The crosses alone in the cells of some tables that are not to be seen: where, and what hides them."""
        found = []
        for table in cells:
            for lines in table:
                if len(lines) == 1 and len(lines[0].text) <= 2 and lines[0].text.strip() in CROSSES and lines[0].start >= 0:
                    line = lines[0]
                    box = self._page.text.ink_of(line.start)
                    hidden = self.of_sign(line.start, box)
                    if hidden is not None:
                        found.append((box, hidden))
        return found

    def _line(self, line: Line) -> Line:
        if not any(item.kind == "glyph" and item.says is Says.TICKED for spot in line.spots for item in spot.evidence):
            return line
        places = [(char, self._page.text.ink_of(char)) for char, _sign in self._page.text.signs(line, BOX)]
        spots = []
        for spot in line.spots:
            own = spot
            if any(item.kind == "glyph" and item.says is Says.TICKED for item in spot.evidence):
                char = next((char for char, box in places if box == spot.box), None)
                hidden = self.of_sign(char, spot.box) if char is not None else None
                own = Spot(spot.box, (*spot.evidence, hidden)) if hidden else spot
            spots.append(own)
        return line._replace(spots=tuple(spots))

    def _over(self, mark: Box) -> list[int]:
        """The opaque fills that hide a mark if they are drawn after it: ranks of shapes."""
        if self._boxes is None:
            self._boxes = []
            for index, ((left, bottom, right, top), _item, _outer) in enumerate(self._shapes):
                if right - left >= _SMALLEST and top - bottom >= _SMALLEST:
                    box = self._page.box(left, bottom, right, top)
                    self._boxes.append((box.x0, box.top, box.x1, box.bottom, index))
        x0, y0, x1, y1 = mark
        near = [index for a, b, c, d, index in self._boxes if a < x1 and c > x0 and b < y1 and d > y0]
        return [index for index in near if (lines := self._outline(index)) and _hides(lines, mark)]

    def _outline(self, index: int) -> Outline | None:
        if index not in self._outlines:
            shape = self._shapes[index]
            opaque = _is_opaque(shape[1])
            lines = [list(map(self._shown, line)) for line in outlines(shape).subpaths] if opaque else None
            self._outlines[index] = None if lines is not None and _is_band(lines) else lines
        return self._outlines[index]

    def _shown(self, point: tuple[float, float]) -> tuple[float, float]:
        box = self._page.box(*point, *point)
        return box.x0, box.top

    def _clipped(self, item: Any, box: Box) -> bool:
        """Tells whether what shows of an object is not the mark; a clip of curves counts by the rectangle around it."""
        clip = pdfium.FPDFPageObj_GetClipPath(item)
        for number in range(max(pdfium.FPDFClipPath_CountPaths(clip), 0) if clip else 0):
            points = []
            for index in range(max(pdfium.FPDFClipPath_CountPathSegments(clip, number), 0)):
                segment = pdfium.FPDFClipPath_GetPathSegment(clip, number, index)
                if segment and pdfium.FPDFPathSegment_GetPoint(segment, _x, _y):
                    points.append(self._shown((_x.value, _y.value)))
            if points:
                xs, ys = [x for x, _y in points], [y for _x, y in points]
                inside = sum(min(xs) - 1 <= x <= max(xs) + 1 and min(ys) - 1 <= y <= max(ys) + 1 for x, y in _samples(box))
                if inside <= len(_SAMPLES) - _ENOUGH:
                    return True
        return False


def _address(item: Any) -> int:
    return cast(item, c_void_p).value or 0


def _samples(box: Box) -> list[tuple[float, float]]:
    return [(box.x0 + a * box.width, box.top + b * box.height) for a, b in _SAMPLES]


def _is_band(lines: Outline) -> bool:
    """Tells whether an outline is a band along two sides of a box, as boxes in relief have: it hides nothing."""
    if len(lines) != 1 or not 6 <= len(lines[0]) <= _BAND:
        return False
    xs, ys = [x for x, _y in lines[0]], [y for _x, y in lines[0]]
    area = abs(sum(xa * yb - xb * ya for (xa, ya), (xb, yb) in pairwise([*lines[0], lines[0][0]]))) / 2
    return area < _NARROW * (max(xs) - min(xs)) * (max(ys) - min(ys))


def _hides(lines: Outline, mark: Box) -> bool:
    return sum(_inside(lines, x, y) for x, y in _samples(mark)) >= _ENOUGH


def _inside(lines: Outline, x: float, y: float) -> bool:
    """Tells whether a point lies inside an outline, by the even-odd rule."""
    odd = False
    for line in lines:
        for (xa, ya), (xb, yb) in pairwise([*line, line[0]]):
            if (ya <= y) != (yb <= y) and x < xa + (y - ya) * (xb - xa) / (yb - ya):
                odd = not odd
    return odd


def _is_opaque(item: Any) -> bool:
    """Tells whether an object hides what is under it: neither a highlighter's colour nor a veil."""
    if not pdfium.FPDFPath_GetDrawMode(item, _fill, _stroke) or not _fill.value or pdfium.FPDFPageObj_HasTransparency(item):
        return False
    return not pdfium.FPDFPageObj_GetFillColor(item, _red, _green, _blue, _alpha) or _alpha.value >= _OPAQUE


def _is_white(text_page: Any, char: int) -> bool:
    item = pdfium.FPDFText_GetTextObject(text_page, char)
    if item and pdfium.FPDFTextObj_GetTextRenderMode(item) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE:
        return True
    if not pdfium.FPDFText_GetFillColor(text_page, char, _red, _green, _blue, _alpha):
        return False
    return (255 - min(_red.value, _green.value, _blue.value)) * _alpha.value / 65025 <= FAINT


def _drawing_order(page: Any) -> dict[int, int]:
    """When each object of the page is drawn, by its address; those of Form XObjects too."""
    ranks: dict[int, int] = {}
    for index in range(min(pdfium.FPDFPage_CountObjects(page), MOST_OBJECTS)):
        _rank(pdfium.FPDFPage_GetObject(page, index), ranks, 0)
    return ranks


def _rank(item: Any, ranks: dict[int, int], depth: int) -> None:
    ranks[_address(item)] = len(ranks)
    if depth < DEEPEST and pdfium.FPDFPageObj_GetType(item) == pdfium.FPDF_PAGEOBJ_FORM:
        for index in range(min(pdfium.FPDFFormObj_CountObjects(item), MOST_OBJECTS)):
            _rank(pdfium.FPDFFormObj_GetObject(item, index), ranks, depth + 1)
