"""A page whose boxes are being read: what all those who look for marks over them share.

It holds what they change, the lines and the boxes, and tells where a rectangle stands among the tables and the words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from formfill.readers._ink import Sign, sign
from formfill.readers._pdfglyphs import shown_ink
from formfill.readers._pdftargets import WIDEST

if TYPE_CHECKING:
    from collections.abc import Sequence

    from formfill.model.geometry import Box
    from formfill.readers._grid import Tiling
    from formfill.readers._pdfhidden import Covers
    from formfill.readers._pdfium import Page
    from formfill.readers._pdfpaths import Drawing
    from formfill.readers._pdftargets import Over, Target
    from formfill.readers._strokes import Path
    from formfill.readers._visual import Line

FILLED: Final = 4.0
"""A filled rectangle of this many times the area of a box is the ground of its cell."""
BESIDE: Final = 0.75
"""A mark that belongs to no box leaves those unclear that are nearer than this, in sides of the box."""
_NEAR: Final = 2.0
"""A fill whose sides are this near to those of its cell, in points, is the ground of the cell."""


class Scene:
    """One page being read.

    Args:
        page: an open page.
        drawn: what is drawn on it.
        tables: its tables.
        covers: what hides marks.
        lines: its lines of text.
        notes: its annotations: surfaces, and strokes.
    """

    def __init__(
        self,
        page: Page,
        drawn: Drawing,
        tables: Sequence[Tiling],
        covers: Covers,
        lines: Sequence[Line | None],
        notes: tuple[Sequence[Over], Sequence[Path]],
    ) -> None:
        self.page, self.drawn, self.tables, self.covers, self.notes = page, drawn, tables, covers, notes
        self.lines: list[Line | None] = list(lines)
        """What is taken out of them leaves None."""
        self.targets: list[Target] = []
        """The boxes."""
        self.left: list[Path] = []
        """The small paths that draw no box."""
        self.pictures: set[Box] = set()
        """The pictures that are boxes."""

    def is_cell(self, box: Box) -> bool:
        """Tells whether a rectangle is a cell of a table."""
        for table in self.tables:
            at = table.slot_at(*box.centre)
            if at is None:
                continue
            cell = table.slots[at].box
            if len(table.slots) > 1 and abs(cell.width - box.width) <= 2 * _NEAR and abs(cell.height - box.height) <= 2 * _NEAR:
                return True
        return False

    def same_cell(self, own: Box, box: Box) -> bool:
        """Tells whether the middles of two rectangles stand in one cell, or both outside tables."""
        return all(table.slot_at(*own.centre) == table.slot_at(*box.centre) for table in self.tables)

    def on_label(self, own: Box, box: Box) -> bool:
        """Tells whether something set apart the words next to a box, on its line."""
        middle = box.centre[1]
        if not (own.top < middle < own.bottom and own.height <= WIDEST * box.height and self.same_cell(own, box)):
            return False
        reach = max(box.width, box.height)
        return -0.3 * reach < own.x0 - box.x1 <= reach or -0.3 * reach < box.x0 - own.x1 <= reach

    def sign(self, box: Box) -> Sign:
        """What a part of the page shows."""
        page = self.page
        scale = 36 / max(box.width, box.height, 1.0)
        ink = shown_ink(page.handle, (page.width, page.height), (box.x0, box.top, box.x1, box.bottom), scale)
        return sign(ink) if ink else Sign.OTHER

    def ground(self, own: Box, box: Box) -> bool:
        """Tells whether a filled rectangle is the ground of a cell or of a line rather than something over a box."""
        if own.width * own.height > FILLED * box.width * box.height:
            return True
        for table in self.tables:
            at = table.slot_at(*box.centre)
            if at is not None:
                cell = table.slots[at].box
                sides = ((own.x0, cell.x0), (own.top, cell.top), (own.x1, cell.x1), (own.bottom, cell.bottom))
                if all(abs(a - b) <= _NEAR for a, b in sides):
                    return True
        return False
