"""Where things are on a page.

Units are PDF points (1/72 inch), the origin is the top left corner of the page as shown, y grows downwards. Readers convert on
the way in, writers on the way out; nothing in between knows another unit.
"""

from __future__ import annotations

from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle on a page, in points from the top left corner."""

    x0: float
    """Left edge."""
    top: float
    """Upper edge."""
    x1: float
    """Right edge."""
    bottom: float
    """Lower edge."""

    @property
    def width(self) -> float:
        """Horizontal extent in points."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Vertical extent in points."""
        return self.bottom - self.top

    @property
    def centre(self) -> tuple[float, float]:
        """The point (x, y) in the middle."""
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2

    def contains(self, x: float, y: float) -> bool:
        """Tells whether the point lies inside or on the edge."""
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom

    def union(self, other: Box) -> Box:
        """The smallest box that holds both."""
        return Box(min(self.x0, other.x0), min(self.top, other.top), max(self.x1, other.x1), max(self.bottom, other.bottom))


class Place(NamedTuple):
    """Where something was read: a page and a box, or a path in the file, or both."""

    page: int | None = None
    """Page number, from 1."""
    box: Box | None = None
    """Rectangle on that page."""
    path: str | None = None
    """Path in the file, counted from 1: ``table[1]/row[3]/cell[2]``, ``Feuil1!C9``, ``line[12]``."""


NOWHERE = Place()
"""The place of what was not found anywhere."""
