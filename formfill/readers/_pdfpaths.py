"""The rules drawn on a PDF page: path objects as boxes in page space, Form XObjects included. Needs PDFium's raw API.

Only bounds are asked of a thin path; the segments of a path are walked where its bounds say nothing: a stroked frame, or many lines
or thin rectangles in one path.
"""

from __future__ import annotations

from ctypes import PYFUNCTYPE, addressof, c_float, c_int, c_uint, c_void_p, cast
from itertools import pairwise, repeat
from typing import Any, Final, NamedTuple

import pypdfium2.raw as pdfium

from formfill.readers._grid import SMALLEST_GRID, THICKEST

Matrix = tuple[float, float, float, float, float, float]
"""a, b, c, d, e, f of ISO 32000-1 §8.3.3."""

Rect = tuple[float, float, float, float]
"""Left, bottom, right, top."""
Shape = tuple[Rect, object, Matrix | None]
"""A path that is no thin rule: its bounds, PDFium's object, the matrix of the Form XObject it stands in."""

DEEPEST: Final = 8
"""Form XObjects nested deeper than this are not followed."""
MOST_OBJECTS: Final = 50_000
"""Objects of a page that are looked at."""
MOST_SEGMENTS: Final = 4_000
"""A path of more segments is a picture."""
THIN: Final = 1.3
"""A path less wide or less high, in points, is a line."""
SMALL: Final = 40.0
"""A path of this size, in points, may be a tick box or a mark over one."""
CURVE: Final = 5
"""Points that a curve is made of."""
STEP: Final = 2 * MOST_SEGMENTS
"""The order of a path is this many times its index among the shapes, so that its parts have an order of their own."""
STRAIGHT: Final = 0.5
"""A segment that leaves its axis by less, in points, is straight."""


class Drawing(NamedTuple):
    """What is drawn on a page, in PDF page space (y upwards): each box is left, bottom, right, top."""

    rules: list[tuple[float, float, float, float]]
    """Thin paths and axis-aligned strokes."""
    images: list[tuple[float, float, float, float]]
    """Images, and fills by a shading."""
    shapes: list[Shape]
    """Paths that are not thin, and small ones that may be part of a mark; good as long as the page is open."""
    parts: list[tuple[Rect, list[tuple[float, float]], object]]
    """Small subpaths of large paths, with their points and PDFium's object: some programs draw many boxes as one path."""
    paths: int
    """Number of path objects."""
    fonts: dict[int, int]
    """For each font of its text, by PDFium's address, the address of the first text object that has it; good as long as the page
    is open."""


_left, _bottom, _right, _top = c_float(), c_float(), c_float(), c_float()
_x, _y, _fill, _stroke = c_float(), c_float(), c_int(), c_int()
_red, _green, _blue, _alpha = c_uint(), c_uint(), c_uint(), c_uint()
_matrix = pdfium.FS_MATRIX()
_PATH, _IMAGE, _SHADING, _FORM, _TEXT = (
    pdfium.FPDF_PAGEOBJ_PATH,
    pdfium.FPDF_PAGEOBJ_IMAGE,
    pdfium.FPDF_PAGEOBJ_SHADING,
    pdfium.FPDF_PAGEOBJ_FORM,
    pdfium.FPDF_PAGEOBJ_TEXT,
)


# the same functions on plain addresses: they are asked of every object of a page, and making pointer objects costs more than asking
_get_object = PYFUNCTYPE(c_void_p, c_void_p, c_int)(cast(pdfium.FPDFPage_GetObject, c_void_p).value or 0)
_get_type = PYFUNCTYPE(c_int, c_void_p)(cast(pdfium.FPDFPageObj_GetType, c_void_p).value or 0)
_get_font = PYFUNCTYPE(c_void_p, c_void_p)(cast(pdfium.FPDFTextObj_GetFont, c_void_p).value or 0)
_get_bounds = PYFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, c_void_p, c_void_p)(
    cast(pdfium.FPDFPageObj_GetBounds, c_void_p).value or 0
)
_sides = (c_float * 4)()
_side_at = tuple(addressof(_sides) + 4 * index for index in range(4))


def drawing(page: Any, *, layered: bool = False) -> Drawing:
    """What is drawn on a loaded page; ``layered`` when objects of it may have been left out."""
    found = Drawing([], [], [], [], 0, {})
    fonts = found.fonts
    address = cast(page, c_void_p).value
    paths = 0
    rules = found.rules
    pointers = list(map(_get_object, repeat(address), range(min(pdfium.FPDFPage_CountObjects(page), MOST_OBJECTS))))
    if layered:
        pointers = [pointer for pointer in pointers if _is_active(cast(pointer, pdfium.FPDF_PAGEOBJECT))]
    # only text has a font: for most objects of a page this is the one thing asked
    of_text = list(map(_get_font, pointers))
    for pointer, font in zip(pointers, of_text, strict=True):
        if font:
            if font not in fonts:
                fonts[font] = pointer
            continue
        what = _get_type(pointer)
        if what == _PATH:
            paths += 1
            if _get_bounds(pointer, *_side_at):
                left, bottom, right, top = _sides
                if right - left <= THIN or top - bottom <= THIN:
                    rules.append((left, bottom, right, top))
                    continue
            _path(cast(pointer, pdfium.FPDF_PAGEOBJECT), None, found)
        elif what in (_IMAGE, _SHADING):
            found.images.append(_bounds(cast(pointer, pdfium.FPDF_PAGEOBJECT), None))
        elif what == _FORM:
            paths += _form(cast(pointer, pdfium.FPDF_PAGEOBJECT), None, found, 1)
    return found._replace(paths=paths)


def _is_active(item: object) -> bool:
    """Tells whether an object is shown: those of hidden layers were switched off."""
    return not pdfium.FPDFPageObj_GetIsActive(item, _fill) or bool(_fill.value)


def _form(form: object, outer: Matrix | None, found: Drawing, depth: int) -> int:
    if depth > DEEPEST:
        return 0
    matrix = _times(_own_matrix(form), outer)
    paths = 0
    for index in range(min(pdfium.FPDFFormObj_CountObjects(form), MOST_OBJECTS)):
        item = pdfium.FPDFFormObj_GetObject(form, index)
        if not _is_active(item):
            continue
        what = pdfium.FPDFPageObj_GetType(item)
        if what == _TEXT:
            pointer = cast(item, c_void_p).value or 0
            found.fonts.setdefault(_get_font(pointer), pointer)
        elif what == _PATH:
            paths += 1
            _path(item, matrix, found)
        elif what in (_IMAGE, _SHADING):
            found.images.append(_bounds(item, matrix))
        elif what == _FORM:
            paths += _form(item, matrix, found, depth + 1)
    return paths


def _path(item: object, outer: Matrix | None, found: Drawing) -> None:
    rules = found.rules
    box = _bounds(item, outer)
    width, height = box[2] - box[0], box[3] - box[1]
    if width <= THICKEST or height <= THICKEST:
        rules.append(box)
        if width > THIN and height > THIN and width + height < 2 * SMALL:
            found.shapes.append((box, item, outer))
        return
    found.shapes.append((box, item, outer))
    if width < SMALLEST_GRID and height < SMALLEST_GRID:
        return
    pdfium.FPDFPath_GetDrawMode(item, _fill, _stroke)
    count = pdfium.FPDFPath_CountSegments(item)
    if count > MOST_SEGMENTS or not (_stroke.value or (_fill.value and count > 5)):
        return
    matrix = _times(_own_matrix(item), outer)
    for points in _subpaths(item, count, matrix):
        if count > 3 and len(points) > 1:
            xs, ys = [x for x, _y in points], [y for _x, y in points]
            part = (min(xs), min(ys), max(xs), max(ys))
            if THIN < part[2] - part[0] < SMALL and THIN < part[3] - part[1] < SMALL:
                found.parts.append((part, points, item))
        if _stroke.value:
            _straight(points, rules)
        elif len(points) >= 4:
            xs, ys = [x for x, _y in points], [y for _x, y in points]
            part = (min(xs), min(ys), max(xs), max(ys))
            if part[2] - part[0] <= THICKEST or part[3] - part[1] <= THICKEST:
                rules.append(part)


def _straight(points: list[tuple[float, float]], rules: list[tuple[float, float, float, float]]) -> None:
    for (xa, ya), (xb, yb) in pairwise(points):
        if abs(xa - xb) <= STRAIGHT or abs(ya - yb) <= STRAIGHT:
            rules.append((min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)))


def tones(item: object) -> tuple[float, float]:
    """How strongly a path is filled and stroked, from 0 (white, or not at all) to 1 (black, or a pure colour)."""
    if not pdfium.FPDFPath_GetDrawMode(item, _fill, _stroke):
        return 0.0, 0.0
    fill, stroke = _fill.value, _stroke.value
    return (
        _tone(item, pdfium.FPDFPageObj_GetFillColor) if fill else 0.0,
        _tone(item, pdfium.FPDFPageObj_GetStrokeColor) if stroke else 0.0,
    )


def _tone(item: object, ask: Any) -> float:
    if not ask(item, _red, _green, _blue, _alpha):
        return 1.0
    return (255 - min(_red.value, _green.value, _blue.value)) * _alpha.value / 65025


def colour(item: object) -> tuple[int, int, int]:
    """The colour that a path is filled with; black when PDFium does not tell."""
    if not pdfium.FPDFPageObj_GetFillColor(item, _red, _green, _blue, _alpha):
        return (0, 0, 0)
    return _red.value, _green.value, _blue.value


class Outlines(NamedTuple):
    """A path in detail."""

    filled: bool
    stroked: bool
    curved: bool
    """It has curves, given by points along them."""
    subpaths: list[list[tuple[float, float]]]
    """Points in page space."""


def outlines(shape: Shape) -> Outlines:
    """The detail of a path of an open page."""
    _box, item, outer = shape
    pdfium.FPDFPath_GetDrawMode(item, _fill, _stroke)
    count = min(pdfium.FPDFPath_CountSegments(item), MOST_SEGMENTS)
    subpaths = _subpaths(item, count, _times(_own_matrix(item), outer), curves=True)
    kinds = (pdfium.FPDFPathSegment_GetType(pdfium.FPDFPath_GetPathSegment(item, index)) for index in range(count))
    return Outlines(bool(_fill.value), bool(_stroke.value), pdfium.FPDF_SEGMENT_BEZIERTO in kinds, subpaths)


def _subpaths(item: object, count: int, matrix: Matrix, *, curves: bool = False) -> list[list[tuple[float, float]]]:
    """The straight subpaths as points in page space; a curve leaves a jump that is no straight segment, or points along it."""
    a, b, c, d, e, f = matrix
    subpaths: list[list[tuple[float, float]]] = []
    points: list[tuple[float, float]] = []
    controls: list[tuple[float, float]] = []
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(item, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if not pdfium.FPDFPathSegment_GetPoint(segment, _x, _y):
            continue
        x, y = _x.value, _y.value
        point = (a * x + c * y + e, b * x + d * y + f)
        if kind == pdfium.FPDF_SEGMENT_BEZIERTO and curves and points:
            controls.append(point)
            if len(controls) == 3:
                points += _along(points[-1], *controls)
                controls = []
        elif kind != pdfium.FPDF_SEGMENT_LINETO or not points:
            points = [point]
            subpaths.append(points)
        else:
            points.append(point)
        if pdfium.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    return subpaths


def _along(
    p: tuple[float, float], q: tuple[float, float], r: tuple[float, float], s: tuple[float, float]
) -> list[tuple[float, float]]:
    """Points along a cubic Bézier curve, its start left out."""
    found = []
    for step in range(1, CURVE + 1):
        t = step / CURVE
        u = 1 - t
        w = (u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t)
        found.append((w[0] * p[0] + w[1] * q[0] + w[2] * r[0] + w[3] * s[0], w[0] * p[1] + w[1] * q[1] + w[2] * r[1] + w[3] * s[1]))
    return found


def _bounds(item: object, outer: Matrix | None) -> tuple[float, float, float, float]:
    if not pdfium.FPDFPageObj_GetBounds(item, _left, _bottom, _right, _top):
        return (0.0, 0.0, 0.0, 0.0)
    box = (_left.value, _bottom.value, _right.value, _top.value)
    if outer is None:
        return box
    a, b, c, d, e, f = outer
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (box[0], box[2]) for y in (box[1], box[3])]
    xs, ys = [x for x, _y in corners], [y for _x, y in corners]
    return (min(xs), min(ys), max(xs), max(ys))


def _own_matrix(item: object) -> Matrix:
    if not pdfium.FPDFPageObj_GetMatrix(item, _matrix):
        return (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    return (_matrix.a, _matrix.b, _matrix.c, _matrix.d, _matrix.e, _matrix.f)


def _times(first: Matrix, then: Matrix | None) -> Matrix:
    """The matrix that applies ``first``, then ``then``."""
    if then is None:
        return first
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)
