"""The tick boxes of a page and the surfaces laid on it: what lies over what. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from formfill.model.document import Says
from formfill.readers._strokes import LEVEL, OFF, distance

if TYPE_CHECKING:
    from collections.abc import Sequence

    from formfill.model.document import Evidence
    from formfill.model.geometry import Box
    from formfill.readers._strokes import Path

COVERED: Final = 0.2
"""Share of the area of a box under which something is beside it."""
WIDEST: Final = 6.0
"""What is this many times as wide or as high as a box lies over more than the box."""
TIGHT: Final = 2.4
"""Times the size of a box that an annotation or a picture laid over the box alone may have."""


class Over(NamedTuple):
    """A surface laid on a page, as displayed: a picture, an annotation."""

    kind: str
    """Kind of evidence."""
    detail: str
    """What it is."""
    box: Box
    limit: float = WIDEST
    """Times the size of a box beyond which its surface says nothing of the box."""
    says: Says = Says.UNCLEAR
    """What it says of the box that it is laid on, and on it alone."""

    def meets(self, box: Box) -> bool:
        """Tells whether it lies over a box."""
        own = self.box
        return own.width <= self.limit * box.width and own.height <= self.limit * box.height and covers(own, box)

    def tight(self, box: Box) -> bool:
        """Tells whether it lies on a box and on nothing else."""
        own = self.box
        return own.width <= TIGHT * box.width and own.height <= TIGHT * box.height and distance(own, box) <= OFF


@dataclass(slots=True)
class Target:
    """A tick box of the page."""

    box: Box
    base: tuple[Evidence, ...]
    line: int = -1
    """Index of the line it is printed in; -1 for a drawn one."""
    spot: int = -1
    """Which of the boxes of its line."""
    paths: list[Path] = field(default_factory=list)
    """The strokes that belong to it."""
    more: list[Evidence] = field(default_factory=list)
    own: Path | None = None
    """The path that draws it, when its fill is what ticks it."""
    letters: list[tuple[int, Box]] = field(default_factory=list)
    """The crosses typed over it: index on the page, and where."""
    stray: int = 0
    """Strokes beside it that belong to no box."""

    @property
    def is_field(self) -> bool:
        """True for a form field."""
        return any(item.kind == "widget" for item in self.base)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """All that is known of it."""
        return self.base + tuple(self.more)


def covers(own: Box, box: Box) -> bool:
    """Tells whether a rectangle takes up a part of a box, or reaches into its middle half."""
    across = min(own.x1, box.x1) - max(own.x0, box.x0)
    down = min(own.bottom, box.bottom) - max(own.top, box.top)
    if across < 0 or down < 0:
        return False
    return across * down >= COVERED * box.width * box.height or in_middle(own, box)


def in_middle(own: Box, box: Box) -> bool:
    """Tells whether a rectangle reaches into the middle half of a box."""
    dx, dy = box.width / 4, box.height / 4
    return own.x0 < box.x1 - dx and own.x1 > box.x0 + dx and own.top < box.bottom - dy and own.bottom > box.top + dy


def through(a: tuple[float, float], b: tuple[float, float], box: Box, edge: float = 0.25) -> bool:
    """Tells whether a segment passes through the middle half of a box; a long level or upright one is a rule.

    Args:
        a: its beginning.
        b: its end.
        box: the box.
        edge: share of the sides of the box that is no middle.
    """
    (xa, ya), (xb, yb) = a, b
    if abs(xa - xb) <= LEVEL and abs(ya - yb) > WIDEST * box.height:
        return False
    if abs(ya - yb) <= LEVEL and abs(xa - xb) > WIDEST * box.width:
        return False
    low, high = 0.0, 1.0
    dx, dy = edge * box.width, edge * box.height
    for start, end, least, most in ((xa, xb, box.x0 + dx, box.x1 - dx), (ya, yb, box.top + dy, box.bottom - dy)):
        step = end - start
        if abs(step) < 1e-9:
            if not least < start < most:
                return False
            continue
        near, far = sorted(((least - start) / step, (most - start) / step))
        low, high = max(low, near), min(high, far)
    return low <= high


def thin(rules: Sequence[Box], spots: Sequence[Box]) -> list[Box]:
    """The short lines that may strike through a box."""
    if not spots:
        return []
    x0, x1 = min(box.x0 for box in spots), max(box.x1 for box in spots)
    longest = WIDEST * max(max(box.width, box.height) for box in spots)
    return [
        rule
        for rule in rules
        if rule.x1 > x0
        and rule.x0 < x1
        and rule.x1 - rule.x0 <= longest
        and rule.bottom - rule.top <= longest
        and any(in_middle(rule, box) for box in spots)
    ]
