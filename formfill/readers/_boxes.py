"""Which of the drawn paths of a page are tick boxes? Squares however drawn, circles in pairs. Pure.

A square filled with ink is a box blackened when empty ones of its size stand on the page, else a bullet. Three squares that
touch are a comb for letters, or cells.
"""

from __future__ import annotations

from itertools import pairwise
from math import hypot
from typing import TYPE_CHECKING, Final, NamedTuple

from formfill.model.geometry import Box
from formfill.readers._strokes import DARK, FAINT, LEVEL, Path

if TYPE_CHECKING:
    from collections.abc import Sequence

SMALLEST: Final = 4.5
"""Side of the smallest tick box, in points."""
LARGEST: Final = 27.0
"""Side of the largest."""
RATIO: Final = 1.55
"""Times as wide as high, or as high as wide, at most."""
CORNERS: Final = (3, 6, 7, 8)
"""Points of a path along two sides of a box in relief, see :mod:`formfill.readers._bevels`."""
MOST: Final = 400
"""A page with more squares is a drawing."""
_SAME: Final = 2.0
"""Squares whose sides differ by less, in points, are one."""
_LIKE: Final = 0.78
"""A square in a square is the same box from this share of its side."""


class Frame(NamedTuple):
    """A drawn tick box."""

    box: Box
    detail: str
    fill: float
    """Tone of its own fill."""
    order: int
    path: Path | None = None
    """What draws it; None for four lines."""
    filler: Path | None = None
    """What fills it, where that is another path."""

    @property
    def round(self) -> bool:
        """True for a circle."""
        return self.detail == "circle"


def squarish(width: float, height: float) -> bool:
    """Tells whether a rectangle of this size may be a tick box."""
    return SMALLEST <= width <= LARGEST and SMALLEST <= height <= LARGEST and height / RATIO <= width <= height * RATIO


def frames(paths: Sequence[Path], squares: Sequence[Frame]) -> tuple[list[Frame], list[Path]]:
    """The drawn boxes of a page, and the paths that draw none.

    Args:
        paths: the small paths of the page, in drawing order.
        squares: the boxes made of four lines, as :func:`of_lines` finds them.
    """
    found: list[Frame] = list(squares)
    rest: list[Path] = []
    for path in paths:
        what = _shape(path) if squarish(path.box.width, path.box.height) else ""
        if what and (path.stroke > FAINT or path.fill > FAINT or path.opaque):
            found.append(Frame(path.box, what, 0.0 if what == "frame" else path.fill, path.order, path))
        else:
            rest.append(path)
    bands = [path for path in rest if len(path.lines) == 1 and len(path.lines[0]) in CORNERS]
    if len(bands) > 1:
        rest = _with_bevels(found, rest, [path for path in bands if squarish(path.box.width, path.box.height)])
    if len(found) > MOST:
        return [], []
    kept = _settled(found)
    drawing = {frame.path.order for frame in kept if frame.path is not None}
    # a filled square that is no box may be a mark
    rest += [
        f.path
        for f in found
        if f.path is not None and f.path.order not in drawing and (f.fill > FAINT or f.round) and not _under(f, kept)
    ]
    return kept, rest


def _with_bevels(found: list[Frame], rest: list[Path], bands: Sequence[Path]) -> list[Path]:
    """Adds the boxes in relief to those found; returns the paths that draw none."""
    from formfill.readers._bevels import bevels

    pairs = bevels(bands)
    for one, two in pairs:
        a, b = one.box, two.box
        box = Box(min(a.x0, b.x0), min(a.top, b.top), max(a.x1, b.x1), max(a.bottom, b.bottom))
        found.append(Frame(box, "bevel", 0.0, max(one.order, two.order)))
    drawing = {path.order for pair in pairs for path in pair}
    return [path for path in rest if path.order not in drawing] if pairs else rest


def _under(frame: Frame, kept: Sequence[Frame]) -> bool:
    """Tells whether a square is part of a box that was kept: the ground that a white square leaves the edge of."""
    return any(_within(other.box, frame.box) and _LIKE <= _ratio(other.box, frame.box) <= 1 / _LIKE for other in kept)


def _shape(path: Path) -> str:
    """How a path draws a box, or nothing."""
    if path.level:
        if len(path.lines) == 1 and _is_rectangle(path.lines[0]):
            return "re"
        nested = len(path.lines) == 2 and all(_is_rectangle(line) for line in path.lines)
        if nested and path.fill > FAINT:
            return "frame"
        if nested:
            return "re"
        return ""
    if path.curved and len(path.lines) == 1:
        if _is_round(path):
            return "circle"
        if min(_sides(path)) >= 0.35:
            return "rounded"
    return ""


def _is_rectangle(line: Sequence[tuple[float, float]]) -> bool:
    """Tells whether a level line goes once around: four sides, whether or not it is closed."""
    points = [line[0]]
    for point in line[1:]:
        if max(abs(point[0] - points[-1][0]), abs(point[1] - points[-1][1])) > LEVEL:
            points.append(point)
    if len(points) == 5 and max(abs(points[0][0] - points[4][0]), abs(points[0][1] - points[4][1])) <= 2 * LEVEL:
        points.pop()
    if len(points) != 4:
        return False
    xs, ys = sorted(x for x, _y in points), sorted(y for _x, y in points)
    return xs[1] - xs[0] <= 1 and xs[3] - xs[2] <= 1 and ys[1] - ys[0] <= 1 and ys[3] - ys[2] <= 1 and xs[3] - xs[0] > 2


def _sides(path: Path) -> tuple[float, float, float, float]:
    """How much of each side of its rectangle a path runs along, from 0 to 1."""
    box = path.box
    left = top = right = bottom = 0.0
    for (xa, ya), (xb, yb) in pairwise(path.lines[0]):
        if abs(xa - xb) <= LEVEL and abs(ya - yb) > 1:
            if abs(xa - box.x0) <= LEVEL:
                left += abs(ya - yb)
            elif abs(xa - box.x1) <= LEVEL:
                right += abs(ya - yb)
        if abs(ya - yb) <= LEVEL and abs(xa - xb) > 1:
            if abs(ya - box.top) <= LEVEL:
                top += abs(xa - xb)
            elif abs(ya - box.bottom) <= LEVEL:
                bottom += abs(xa - xb)
    return left / box.height, top / box.width, right / box.height, bottom / box.width


def _is_round(path: Path) -> bool:
    line, box = path.lines[0], path.box
    if len(line) < 8 or abs(line[0][0] - line[-1][0]) > 1 or abs(line[0][1] - line[-1][1]) > 1:
        return False
    if not 0.8 < box.width / box.height < 1.25:
        return False
    (cx, cy), radius = box.centre, (box.width + box.height) / 4
    far: list[float] = [hypot(x - cx, y - cy) / radius for x, y in line]
    return min(far) > 0.9 and max(far) < 1.1


def of_lines(rules: Sequence[Box]) -> tuple[list[Frame], set[int]]:
    """Boxes of four separate lines that touch no other line, and the rules that draw them."""
    across = [k for k, rule in enumerate(rules) if SMALLEST <= rule.width <= LARGEST + 2 and rule.height <= 2]
    if len(across) < 2 or len(across) > MOST:
        return [], set()
    down = [k for k, rule in enumerate(rules) if SMALLEST <= rule.height <= LARGEST + 2 and rule.width <= 2]
    if len(down) < 2 or len(down) > MOST:
        return [], set()
    across.sort(key=lambda k: (rules[k].x0, rules[k].top))
    result: list[Frame] = []
    used: set[int] = set()
    for index, i in enumerate(across):
        top = rules[i]
        for j in across[index + 1 :]:
            other = rules[j]
            if other.x0 - top.x0 > _SAME:
                break
            high, low = min(top.top, other.top), max(top.bottom, other.bottom)
            if abs(other.x1 - top.x1) > _SAME or not squarish(top.width, low - high):
                continue
            box = Box(min(top.x0, other.x0), high, max(top.x1, other.x1), low)
            sides = [k for k in down if abs(rules[k].top - box.top) <= _SAME and abs(rules[k].bottom - box.bottom) <= _SAME]
            left = [k for k in sides if abs(rules[k].x0 - box.x0) <= _SAME]
            right = [k for k in sides if abs(rules[k].x1 - box.x1) <= _SAME]
            own = {i, j, *left, *right}
            if left and right and not any(_extends(rules[k], box) for k in (*across, *down) if k not in own):
                used |= own
                middles = [rules[k] for k in own]
                inner = Box(
                    max(m.x0 for m in middles if m.height > m.width and m.x0 < box.centre[0]),
                    max(m.top for m in middles if m.width > m.height and m.top < box.centre[1]),
                    min(m.x1 for m in middles if m.height > m.width and m.x1 > box.centre[0]),
                    min(m.bottom for m in middles if m.width > m.height and m.bottom > box.centre[1]),
                )
                result.append(Frame(inner if squarish(inner.width, inner.height) else box, "four lines", 0.0, -1))
    return result, used


def _extends(rule: Box, box: Box) -> bool:
    """Tells whether a short rule goes on from a side of a square."""
    if rule.width > rule.height:
        level = min(abs(rule.top - box.top), abs(rule.bottom - box.bottom)) <= _SAME
        return level and (abs(rule.x1 - box.x0) <= _SAME or abs(rule.x0 - box.x1) <= _SAME)
    upright = min(abs(rule.x0 - box.x0), abs(rule.x1 - box.x1)) <= _SAME
    return upright and (abs(rule.bottom - box.top) <= _SAME or abs(rule.top - box.bottom) <= _SAME)


def _settled(found: list[Frame]) -> list[Frame]:
    """Squares in squares made one, bullets and combs left out."""
    found = sorted(_with_grounds(found), key=lambda frame: (-frame.box.width * frame.box.height, frame.order))
    kept: list[Frame] = []
    for frame in found:
        outer = next((k for k, other in enumerate(kept) if _within(frame.box, other.box)), None)
        if outer is None:
            kept.append(frame)
            continue
        other = kept[outer]
        if _ratio(frame.box, other.box) >= _LIKE:
            # a frame drawn as one path is open in the middle
            seen = frame.order >= other.order or other.path is None or not other.path.opaque or other.detail == "frame"
            if frame.fill > FAINT and seen:
                kept[outer] = other._replace(fill=frame.fill, filler=frame.path)
        elif frame.fill <= FAINT and not frame.round:
            # a frame about a box
            kept[outer] = frame
    kept = _not_combs(kept)
    empty = [frame.box for frame in kept if frame.fill < DARK and not frame.round]
    rings = [frame.box for frame in kept if frame.round]
    return [
        frame
        for frame in kept
        if (
            sum(alike(frame.box, box) for box in rings) > 1
            if frame.round
            else frame.fill < DARK
            or (frame.path is not None and frame.path.stroke > FAINT)
            or any(alike(frame.box, b) for b in empty)
        )
    ]


def _with_grounds(found: Sequence[Frame]) -> list[Frame]:
    """The squares that show: a white one over a black one is a frame, a white one by itself is nothing."""
    kept: list[Frame] = []
    for frame in sorted(found, key=lambda frame: frame.order):
        path = frame.path
        if path is None or path.stroke > FAINT or path.fill > FAINT:
            kept.append(frame)
            continue
        for k in range(len(kept) - 1, -1, -1):
            under = kept[k]
            if under.fill >= DARK and _within(frame.box, under.box) and _ratio(frame.box, under.box) >= 0.6:
                kept[k] = under._replace(fill=0.0, detail="square over a square", order=frame.order)
                break
    return kept


def _ratio(inner: Box, outer: Box) -> float:
    return min(inner.width / outer.width, inner.height / outer.height)


def _within(inner: Box, outer: Box) -> bool:
    return (
        inner.x0 >= outer.x0 - _SAME
        and inner.x1 <= outer.x1 + _SAME
        and inner.top >= outer.top - _SAME
        and inner.bottom <= outer.bottom + _SAME
    )


def alike(a: Box, b: Box) -> bool:
    """Tells whether two boxes are of one size."""
    return abs(a.width - b.width) <= 0.2 * a.width + 0.5 and abs(a.height - b.height) <= 0.2 * a.height + 0.5


def _not_combs(kept: list[Frame]) -> list[Frame]:
    """The frames without those that touch two others, or touch one that does."""
    touching: dict[int, list[int]] = {index: [] for index in range(len(kept))}
    order = sorted(range(len(kept)), key=lambda index: kept[index].box.x0)
    for at, i in enumerate(order):
        a = kept[i].box
        for j in order[at + 1 :]:
            b = kept[j].box
            if b.x0 > a.x1 + 1.5:
                break
            beside = abs(b.x0 - a.x1) <= 1.5 and min(a.bottom, b.bottom) - max(a.top, b.top) > 0.7 * a.height
            under = min(abs(b.top - a.bottom), abs(a.top - b.bottom)) <= 1.5 and min(a.x1, b.x1) - max(a.x0, b.x0) > 0.7 * a.width
            if beside or under:
                touching[i].append(j)
                touching[j].append(i)
    comb = {i for i, near in touching.items() if len(near) > 1}
    comb |= {j for i in comb for j in touching[i]}
    return [frame for index, frame in enumerate(kept) if index not in comb]
