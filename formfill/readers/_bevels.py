"""Tick boxes in relief: two strokes or two filled bands, each along two sides of a square, one light and one dark. Pure.

So Acrobat draws the borders « Beveled » and « Inset » (ISO 32000-1 table 166), browsers and Java their buttons. Either by itself is
no box; of the two, one may be white.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Final

from formfill.readers._strokes import FAINT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from formfill.model.geometry import Box
    from formfill.readers._strokes import Path

_THICK: Final = 0.25
"""Share of its side that a band is wide, at most."""
_SAME: Final = 2.0
"""Sides that differ by less, in points, are one."""

Corner = tuple[bool, bool]
"""Right rather than left, and bottom rather than top."""


def bevels(paths: Sequence[Path]) -> list[tuple[Path, Path]]:
    """The pairs of paths that draw a box together.

    Args:
        paths: small paths, each a stroke of three points or a band of six, in drawing order.
    """
    known = [(path, open_) for path in paths if (open_ := _open_corner(path)) is not None]
    pairs: list[tuple[Path, Path]] = []
    used: set[int] = set()
    for index, (path, (right, low)) in enumerate(known):
        if index in used:
            continue
        for other, (twin, corner) in enumerate(known[index + 1 :], index + 1):
            opposite = corner == (not right, not low) and other not in used
            if opposite and _near(path.box, twin.box) and max(_tone(path), _tone(twin)) > FAINT:
                pairs.append((path, twin))
                used.update((index, other))
                break
    return pairs


def _tone(path: Path) -> float:
    return max(path.fill, path.stroke)


def _near(a: Box, b: Box) -> bool:
    return all(abs(p - q) <= _SAME for p, q in zip(a, b, strict=True))


def _open_corner(path: Path) -> Corner | None:
    """The corner of its rectangle that a path along two sides leaves open; None for any other path."""
    if path.curved:
        return None
    box, points = path.box, path.lines[0]
    wide, high = _THICK * box.width, _THICK * box.height
    open_: list[Corner] = []
    for right, low in product((False, True), repeat=2):
        x, y = box.x1 if right else box.x0, box.bottom if low else box.top
        if not any(abs(px - x) <= wide and abs(py - y) <= high for px, py in points):
            open_.append((right, low))
    if len(open_) != 1:
        return None
    [(right, low)] = open_
    x, y = box.x0 if right else box.x1, box.top if low else box.bottom
    # the sides that meet in the corner across
    return open_[0] if all(abs(px - x) <= wide or abs(py - y) <= high for px, py in points) else None
