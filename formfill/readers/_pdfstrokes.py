"""The paths of a PDF page as displayed: the small ones, which may be boxes and marks, and what is drawn in its tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from formfill.model.document import Says
from formfill.readers._pdfcells import Fill, Inked
from formfill.readers._pdfhidden import COVERED
from formfill.readers._pdfpaths import SMALL, STEP, colour, outlines, tones
from formfill.readers._strokes import FAINT, path_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from formfill.readers._grid import Tiling
    from formfill.readers._pdfhidden import Covers
    from formfill.readers._pdfium import Page
    from formfill.readers._pdfpaths import Drawing, Shape
    from formfill.readers._pdftargets import Over
    from formfill.readers._strokes import Path, Polyline

MOST: Final = 4_000
"""Small paths of a page that are looked at; a page with more is a drawing."""


def small_paths(page: Page, drawn: Drawing) -> list[Path]:
    """The small paths of the page, as displayed."""
    found = []
    shapes = [(k, s) for k, s in enumerate(drawn.shapes) if s[0][2] - s[0][0] < SMALL and s[0][3] - s[0][1] < SMALL]
    if len(shapes) + len(drawn.parts) > MOST:
        return []
    for index, shape in shapes:
        filled, _stroked, curved, subpaths = outlines(shape)
        lines = tuple(_shown(page, points) for points in subpaths if len(points) > 1)
        if lines:
            fill, stroke = tones(shape[1])
            tint = colour(shape[1]) if filled else None
            found.append(path_of(lines, fill, stroke, index * STEP, curved=curved, opaque=filled, tint=tint))
    whole = {id(shape[1]): index for index, shape in enumerate(drawn.shapes)} if drawn.parts else {}
    for rank, (_rect, points, item) in enumerate(drawn.parts, 1):
        fill, stroke = tones(item)
        order = whole[id(item)] * STEP + rank % STEP
        found.append(path_of((_shown(page, points),), fill, stroke, order, curved=False, opaque=fill > 0))
    return found


def _shown(page: Page, points: Sequence[tuple[float, float]]) -> Polyline:
    boxes = [page.box(x, y, x, y) for x, y in points]
    return tuple((box.x0, box.top) for box in boxes)


def stretches(page: Page, shape: Shape) -> list[Polyline]:
    """The strokes of a large path that may run through a box: no frame, and no part small enough to be looked at by itself."""
    _filled, stroked, curved, subpaths = outlines(shape)
    if not stroked or tones(shape[1])[1] <= FAINT:
        return []
    found = []
    for points in subpaths:
        stretch = _shown(page, points)
        if len(stretch) < 2:
            continue
        path = path_of((stretch,), 0, 1, 0, curved=False, opaque=False)
        part = len(subpaths) > 1 and max(path.box.width, path.box.height) < SMALL
        if not part and (curved or len(stretch) < 4 or not path.level):
            found.append(stretch)
    return found


def inked(
    page: Page,
    drawn: Drawing,
    left: Sequence[Path],
    notes: tuple[Sequence[Over], Sequence[Path]],
    tables: Sequence[Tiling],
    covers: Covers,
) -> Inked:
    """What is drawn in the tables of a page outside its boxes.

    Args:
        page: an open page.
        drawn: what is drawn on it.
        left: the small paths that belong to no box.
        notes: its annotations.
        tables: its tables.
        covers: what hides marks.
    """
    fills: list[Fill] = []
    paths = [path for path in left if not path.level]
    fills += [Fill(path.box, path.colour, path.fill, path.order) for path in left if path.opaque and path.surface]
    if len(drawn.shapes) <= MOST:
        for order, shape in enumerate(drawn.shapes):
            (x0, y0, x1, y1), item, _outer = shape
            if x1 - x0 < SMALL and y1 - y0 < SMALL:
                continue
            bounds = page.box(x0, y0, x1, y1)
            if not any(table.box.contains(*bounds.centre) for table in tables):
                continue
            fill, stroke = tones(item)
            if fill > 0 or (stroke <= FAINT and covers.opaque(order)):
                fills.append(Fill(bounds, colour(item), fill, order * STEP))
            elif stroke > FAINT and any(slot.box.contains(*bounds.centre) for table in tables for slot in table.slots):
                found = _large_path(page, shape, stroke, order * STEP)
                if found is not None and not found.level:
                    paths.append(found)
    letters = [
        (over.box, over.detail)
        for over in notes[0]
        if over.kind == "annotation" and over.says is Says.TICKED and "Text" in over.detail
    ]
    fills.sort(key=lambda fill: fill.order)
    paths = [path._replace(kind=COVERED.kind) if covers.of_path(path) else path for path in paths]
    return Inked(fills, paths, letters, [])


def _large_path(page: Page, shape: Shape, stroke: float, order: int) -> Path | None:
    _filled, _stroked, curved, subpaths = outlines(shape)
    lines = tuple(_shown(page, points) for points in subpaths if len(points) > 1)
    return path_of(lines, 0.0, stroke, order, curved=curved, opaque=False) if lines else None
