"""Is what is drawn over a box a tick? A cross, a check, a fill, a dot, a scribble; a lone stroke or a half fill is unclear. Pure.

Lines are as displayed, y downwards. Whose box a stroke belongs to is told here too: the one that its middle lies in, off-centre by
half a box at most.
"""

from __future__ import annotations

from itertools import combinations, pairwise
from math import atan2, degrees, hypot
from typing import TYPE_CHECKING, Final, NamedTuple

from formfill.model.document import Says
from formfill.model.geometry import Box
from formfill.readers._ink import Ink, Sign, marking

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Polyline = tuple[tuple[float, float], ...]
"""Points as displayed."""

FAINT: Final = 0.12
"""Tone under which nothing shows: white is 0, black and pure colours are 1."""
DARK: Final = 0.45
"""Tone from which a fill is a mark rather than a ground."""
OFF: Final = 0.62
"""Farthest that the middle of a mark lies from the middle of its box, in sides of the box."""
LARGEST: Final = 3.6
"""Times the size of its box that a mark may have."""
LEVEL: Final = 0.5
"""A segment that leaves its axis by less, in points, is level or upright."""
_GRID: Final = 24
"""Pixels of a side of the picture made of a mark."""
_LONG: Final = 4.0
"""Sides of a box that a scribble is long."""


class Path(NamedTuple):
    """A drawn path as displayed."""

    box: Box
    """Around its points."""
    lines: tuple[Polyline, ...]
    """Its subpaths; a closed one ends where it begins. Curves are given by points along them."""
    curved: bool
    fill: float
    """Tone of its fill; 0 when it has none or a white one."""
    stroke: float
    """Tone of its stroke, likewise."""
    order: int
    """Which of the page it is: later ones hide earlier ones."""
    opaque: bool = False
    """True when it is filled, whatever the colour."""
    kind: str = "strokes"
    """Kind of the evidence that it makes."""
    name: str = ""
    """What it is, when it is not drawn on the page itself."""
    colour: tuple[int, int, int] = (0, 0, 0)
    """Of its fill."""

    @property
    def level(self) -> bool:
        """True when all its sides are level or upright."""
        return not self.curved and all(
            abs(xa - xb) <= LEVEL or abs(ya - yb) <= LEVEL for line in self.lines for (xa, ya), (xb, yb) in pairwise(line)
        )

    @property
    def surface(self) -> bool:
        """True for a rectangle."""
        return self.level and len(self.lines) == 1 and 4 <= len(self.lines[0]) <= 6


def around(lines: Iterable[Polyline]) -> Box:
    """The rectangle around some points."""
    xs, ys = [x for line in lines for x, _y in line], [y for line in lines for _x, y in line]
    return Box(min(xs), min(ys), max(xs), max(ys))


def distance(mark: Box, box: Box) -> float:
    """How far the middle of a mark lies from that of a box, in sides of the box."""
    (xa, ya), (xb, yb) = mark.centre, box.centre
    return max(abs(xa - xb) / max(box.width, 1.0), abs(ya - yb) / max(box.height, 1.0))


def gap(mark: Box, box: Box) -> float:
    """How far a mark stands beside a box, in sides of the box; 0 when they touch."""
    across = max(box.x0 - mark.x1, mark.x0 - box.x1, 0.0) / max(box.width, 1.0)
    down = max(box.top - mark.bottom, mark.top - box.bottom, 0.0) / max(box.height, 1.0)
    return max(across, down)


def verdict(box: Box, paths: Sequence[Path]) -> tuple[Says, str]:
    """What the paths that belong to a box say of it, and what they are."""
    fills = [path for path in paths if path.fill > FAINT and path.surface]
    if fills and len(fills) == len(paths):
        return _filled(box, fills)
    lines = [line for path in paths for line in path.lines]
    whole = around(lines)
    wide, high = whole.width / box.width, whole.height / box.height
    if min(wide, high) >= 0.35 and max(wide, high) >= 0.42:
        found = marking(_drawn(whole, paths))
        if found is Sign.CROSS or _crosses(box, lines):
            return Says.TICKED, "cross"
        if found is Sign.CHECK or any(_is_check(box, line) for line in lines):
            return Says.TICKED, "check"
        outlined = all(path.fill <= FAINT for path in paths)
        ringed = whole.x0 <= box.x0 + 0.1 * box.width and whole.x1 >= box.x1 - 0.1 * box.width
        if found is Sign.DISC and not outlined:
            return Says.TICKED, "filled shape"
        if outlined and not (ringed and len(paths) == 1) and sum(map(_length, lines)) >= _LONG * max(box.width, box.height):
            return Says.TICKED, "scribble"
    elif min(wide, high) >= 0.2 and distance(whole, box) < 0.25 and all(path.fill >= DARK for path in paths):
        return Says.TICKED, "dot"
    count = len(lines)
    if count == 1 and paths[0].curved and lines[0][0] == lines[0][-1]:
        return Says.UNCLEAR, "circle"
    return Says.UNCLEAR, "single stroke" if count == 1 else f"{count} strokes"


def _filled(box: Box, fills: Sequence[Path]) -> tuple[Says, str]:
    tone = max(path.fill for path in fills)
    covered = 0.0
    for path in fills:
        across = min(path.box.x1, box.x1) - max(path.box.x0, box.x0)
        down = min(path.box.bottom, box.bottom) - max(path.box.top, box.top)
        covered = max(covered, max(across, 0.0) * max(down, 0.0) / (box.width * box.height))
    if tone < DARK:
        return Says.UNCLEAR, "light fill"
    if covered >= 0.62:
        return Says.TICKED, "fill"
    if covered >= 0.05 and len(fills) == 1:
        own = fills[0].box
        if distance(own, box) < 0.15 and 0.5 < own.width / max(own.height, 0.1) < 2:
            return Says.TICKED, "dot"
    return Says.UNCLEAR, "partial fill"


def _length(line: Polyline) -> float:
    return sum(hypot(xb - xa, yb - ya) for (xa, ya), (xb, yb) in pairwise(line))


def _crosses(box: Box, lines: Sequence[Polyline]) -> bool:
    """Tells whether two strokes of a fair length cross each other at a fair angle."""
    side = max(box.width, box.height)
    segments = [(a, b) for line in lines for a, b in pairwise(_smooth(line, 0.08 * side)) if a != b]
    if len(segments) > 120:
        return False
    rise = sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in segments if (b[0] - a[0]) * (b[1] - a[1]) < 0)
    fall = sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in segments if (b[0] - a[0]) * (b[1] - a[1]) > 0)
    if min(rise, fall) < 0.5 * side:
        return False
    return any(_meet(p, q) for p, q in combinations(segments, 2))


def _meet(p: tuple[tuple[float, float], ...], q: tuple[tuple[float, float], ...]) -> bool:
    (ax, ay), (bx, by) = p
    (cx, cy), (dx, dy) = q
    rx, ry, sx, sy = bx - ax, by - ay, dx - cx, dy - cy
    cross = rx * sy - ry * sx
    if abs(cross) < 1e-9:
        return False
    t, u = ((cx - ax) * sy - (cy - ay) * sx) / cross, ((cx - ax) * ry - (cy - ay) * rx) / cross
    if not (0.05 < t < 0.95 and 0.05 < u < 0.95):
        return False
    angle = abs(degrees(atan2(ry, rx) - atan2(sy, sx))) % 180
    return 35 < angle < 145 and rx * ry * sx * sy < 0


def _smooth(line: Polyline, least: float) -> list[tuple[float, float]]:
    """The line without the points that lie within a distance of the last one kept."""
    kept = [line[0]]
    for point in line[1:-1]:
        if hypot(point[0] - kept[-1][0], point[1] - kept[-1][1]) >= least:
            kept.append(point)
    return [*kept, line[-1]]


def _is_check(box: Box, line: Polyline) -> bool:
    """Tells whether a stroke goes down to a foot, then up to the right and higher than it began (or the other way round)."""
    if len(line) < 3:
        return False
    if line[0][0] > line[-1][0]:
        line = line[::-1]
    foot = max(range(len(line)), key=lambda k: line[k][1])
    if not 0 < foot < len(line) - 1 or line[0] == line[-1]:
        return False
    (xa, ya), (xf, yf), (xb, yb) = line[0], line[foot], line[-1]
    side = max(box.width, box.height)
    straight = _length(line) < 1.5 * (hypot(xf - xa, yf - ya) + hypot(xb - xf, yb - yf))
    return (
        straight
        and xa < xf + 0.1 * side
        and xf < xb
        and yf - ya > 0.12 * side
        and yf - yb > 0.35 * side
        and yb < ya + 0.1 * side
        and xb - xf > 0.25 * side
    )


def _drawn(whole: Box, paths: Sequence[Path]) -> Ink:
    """The picture of some paths in the rectangle around them."""
    grid = [[False] * _GRID for _row in range(_GRID)]
    across, down = (_GRID - 1) / max(whole.width, 0.1), (_GRID - 1) / max(whole.height, 0.1)
    for path in paths:
        placed = [[((x - whole.x0) * across, (y - whole.top) * down) for x, y in line] for line in path.lines]
        if path.fill > FAINT:
            _fill(grid, placed)
        if path.stroke > FAINT or path.fill <= FAINT:
            for line in placed:
                for a, b in pairwise(line):
                    _stroke(grid, a, b)
    return grid


def _stroke(grid: Ink, a: tuple[float, float], b: tuple[float, float]) -> None:
    steps = max(1, min(round(2 * max(abs(a[0] - b[0]), abs(a[1] - b[1]))), 200))
    for step in range(steps + 1):
        x, y = a[0] + (b[0] - a[0]) * step / steps, a[1] + (b[1] - a[1]) * step / steps
        column, row = round(x), round(y)
        if 0 <= row < _GRID and 0 <= column < _GRID:
            grid[row][column] = True


def _fill(grid: Ink, lines: Sequence[Sequence[tuple[float, float]]]) -> None:
    """Fills by the even-odd rule, which is the other one too for a single outline that does not cross itself."""
    edges = [(a, b) for line in lines if len(line) > 2 for a, b in pairwise([*line, line[0]])]
    for row in range(_GRID):
        y = row + 0.001
        xs = sorted(xa + (y - ya) * (xb - xa) / (yb - ya) for (xa, ya), (xb, yb) in edges if (ya <= y) != (yb <= y))
        for left, right in zip(xs[::2], xs[1::2], strict=False):
            for column in range(max(round(left), 0), min(round(right), _GRID - 1) + 1):
                grid[row][column] = True


def path_of(
    lines: tuple[Polyline, ...],
    fill: float,
    stroke: float,
    order: int,
    *,
    curved: bool,
    opaque: bool,
    tint: tuple[int, int, int] | None = None,
) -> Path:
    """The path of some lines, with its bounds."""
    return Path(around(lines), lines, curved, fill, stroke, order, opaque, colour=tint or (0, 0, 0))


def is_stroke(path: Path) -> bool:
    """Tells whether a path is one level or upright stroke."""
    return path.level and path.stroke > FAINT and len(path.lines) == 1 and len(path.lines[0]) == 2
