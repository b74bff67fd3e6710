"""The tables of a PDF page that no rule draws: painted cells, boxes and crosses in columns. What finds them is loaded late."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from formfill.readers._sheet import Bins
from formfill.readers._visual import Spot

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from formfill.model.document import Evidence
    from formfill.model.geometry import Box
    from formfill.readers._grid import Tiling
    from formfill.readers._pdfium import Page
    from formfill.readers._pdfpaths import Drawing
    from formfill.readers._visual import Line

CROSSES: Final = (" X ", " x ", " X\r", " x\r", "\nX\r", "\nx\r", "✓", "✔", "✗", "✘")
"""What a text holds where crosses are typed by themselves."""


def with_fills(page: Page, drawn: Drawing, rules: Sequence[Box], tables: list[Tiling], lines: Sequence[Line]) -> list[Tiling]:
    """The tables of a page, those whose cells are painted and not ruled among them."""
    if tables:
        # what a ruled table paints is its own
        shapes = [shape for shape in drawn.shapes if not _within(page.box(*shape[0]), tables)]
        if len(shapes) < 2:
            return tables
        drawn = drawn._replace(shapes=shapes)
    from formfill.readers import _fillgrid, _pdffills

    fills = _pdffills.filled(page, drawn)
    more = _fillgrid.painted(fills, rules, tables, lines) if len(fills) > 1 else []
    return _sorted([*tables, *more]) if more else tables


def in_columns(page: Page, drawn: Drawing, rules: Sequence[Box], lines: Sequence[Line], bins: Bins) -> Bins | None:
    """The lines of a page sorted anew, with the tables that boxes and crosses in columns make; None where there are none.

    Boxes that nothing binds to their words are in doubt.

    Args:
        page: an open page.
        drawn: what is drawn on it.
        rules: its straight edges, as displayed.
        lines: its lines.
        bins: the same, sorted by the cells of its other tables.
    """
    from formfill.readers import _aligned
    from formfill.readers._pdfhosts import LONE

    loose = bins.loose
    crosses = any(LONE.search(line.text) for line in loose)
    if not crosses and not _aligned.may_align([spot.box for line in loose for spot in line.spots]):
        return None
    from formfill.readers import _pdffills

    found = _aligned.aligned(page.text, loose, [*rules, *_pdffills.filled(page, drawn)], crosses=crosses)
    if not found.tables and not found.doubts:
        return None
    sorted_ = Bins(_sorted([*bins.tables, *found.tables]))
    sorted_.fill([_doubted(line, found.doubts) for line in lines], page.text.cut)
    for table, cells in zip(sorted_.tables, sorted_.cells, strict=True):
        if any(table is made for made in found.tables) and (away := _aligned.misplaced(table, cells)):
            doubts = dict.fromkeys(away, _aligned.NO_CELL)
            for own in cells:
                own[:] = [_doubted(line, doubts) for line in own]
    return sorted_


def _within(box: Box, tables: Sequence[Tiling]) -> bool:
    """Tells whether a rectangle lies in a table."""
    for table in tables:
        x0, top, x1, bottom = table.box
        if x0 - 1 <= box.x0 and box.x1 <= x1 + 1 and top - 1 <= box.top and box.bottom <= bottom + 1:
            return True
    return False


def _sorted(tables: Sequence[Tiling]) -> list[Tiling]:
    return sorted(tables, key=lambda table: (table.ys[0], table.xs[0]))


def _doubted(line: Line, doubts: Mapping[Box, Evidence]) -> Line:
    """A line whose boxes are in doubt."""
    if not line.spots:
        return line
    return line._replace(spots=tuple(Spot(s.box, (*s.evidence, doubts[s.box])) if s.box in doubts else s for s in line.spots))
