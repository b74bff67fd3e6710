"""What does a small picture of a sign show: a box, empty or not, a cross, a check? Pure: it knows grids of ink, no file.

A sign whose code tells nothing (a subset font without Unicode, a picture laid over a box) is still told by its outline.
"""

from __future__ import annotations

from enum import Enum
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

Ink = list[list[bool]]
"""Rows from top to bottom, True where there is ink."""

SMALLEST: Final = 7
"""Pixels under which a side shows no shape."""
_RATIO: Final = 1.45
"""A box is at most this many times as high as wide, or as wide as high; what is drawn for a missing glyph is narrower."""


class Sign(Enum):
    """What is seen."""

    EMPTY = "empty box"
    CROSSED = "box with a cross"
    CHECKED = "box with a check"
    FILLED = "filled box"
    DOTTED = "box with a dot"
    UNCLEAR = "box with something inside"
    RING = "empty circle"
    POINT = "circle with a point"
    DISC = "filled circle"
    CROSS = "cross"
    CHECK = "check"
    OTHER = "other"


BOXES: Final = frozenset((Sign.EMPTY, Sign.CROSSED, Sign.CHECKED, Sign.DOTTED, Sign.UNCLEAR))
"""Signs with a square frame."""
TICKED: Final = frozenset((Sign.CROSSED, Sign.CHECKED, Sign.DOTTED))
"""Boxes that are surely ticked."""


def cropped(ink: Ink) -> Ink:
    """The smallest rectangle that holds all ink; nothing when there is none."""
    rows = [y for y, row in enumerate(ink) if any(row)]
    if not rows:
        return []
    columns = [x for x in range(len(ink[0])) if any(row[x] for row in ink)]
    return [row[columns[0] : columns[-1] + 1] for row in ink[rows[0] : rows[-1] + 1]]


def sign(ink: Ink) -> Sign:
    """What a sign is, by its outline."""
    ink = cropped(ink)
    if len(ink) < SMALLEST or len(ink[0]) < SMALLEST:
        return Sign.OTHER
    height, width = len(ink), len(ink[0])
    if not 1 / _RATIO <= width / height <= _RATIO:
        return _bare(ink)
    share = sum(map(sum, ink)) / (width * height)
    corners = _corners(ink)
    if share > 0.93 and corners == 4:
        return Sign.FILLED
    if not _framed(ink):
        if share > 0.72 and corners == 0:
            return Sign.DISC
        return _bare(ink)
    inside = _inside(ink)
    if not inside:
        return Sign.OTHER
    if corners < 3:
        return Sign.RING if _share(inside) < 0.02 else Sign.POINT if content(inside) is Sign.DOTTED else Sign.OTHER
    found = content(inside)
    return Sign.DOTTED if found is Sign.FILLED else found


def content(inside: Ink) -> Sign:
    """What stands inside a frame: the box as a sign."""
    share = _share(inside)
    if share < 0.025:
        return Sign.EMPTY
    if share > 0.85:
        return Sign.FILLED
    found = cropped(inside)
    high, wide = len(found) / len(inside), len(found[0]) / len(inside[0])
    if min(len(found), len(found[0])) < 4:
        return Sign.UNCLEAR
    if min(high, wide) > 0.45 and _crossed(found):
        return Sign.CROSSED
    if min(high, wide) > 0.35 and _checked(found):
        return Sign.CHECKED
    if _share(found) > 0.65 and 0.6 < len(found) / len(found[0]) < 1.6 and _share(found) * high * wide > 0.06 and _centred(inside):
        return Sign.DOTTED
    return Sign.UNCLEAR


def marking(ink: Ink) -> Sign:
    """What a mark without a frame is: a cross, a check, a filled shape, or something else."""
    ink = cropped(ink)
    if not ink:
        return Sign.OTHER
    found = _bare(ink)
    return Sign.DISC if found is Sign.OTHER and _share(ink) > 0.6 else found


def _bare(ink: Ink) -> Sign:
    if _crossed(ink):
        return Sign.CROSS
    return Sign.CHECK if _checked(ink) else Sign.OTHER


def _share(ink: Ink) -> float:
    return sum(map(sum, ink)) / max(len(ink) * len(ink[0]), 1) if ink else 0.0


def _some(ink: Ink, x0: float, y0: float, x1: float, y1: float) -> bool:
    """Tells whether there is ink in a part of the picture, in shares of its sides."""
    height, width = len(ink), len(ink[0])
    rows = range(int(y0 * height), max(int(y1 * height), int(y0 * height) + 1))
    columns = range(int(x0 * width), max(int(x1 * width), int(x0 * width) + 1))
    return any(ink[min(y, height - 1)][min(x, width - 1)] for y in rows for x in columns)


def _corners(ink: Ink) -> int:
    near, far = 0.12, 0.88
    return sum((_some(ink, 0, 0, near, near), _some(ink, far, 0, 1, near), _some(ink, 0, far, near, 1), _some(ink, far, far, 1, 1)))


def _sides(ink: Ink) -> list[list[Sequence[bool]]]:
    """The lines that lead inwards from each of the four sides: from above, from below, from the left, from the right."""
    down = list(zip(*ink, strict=True))
    return [list(down), [line[::-1] for line in down], list(ink), [line[::-1] for line in ink]]


def _framed(ink: Ink) -> bool:
    for number, side in enumerate(_sides(ink)):
        depth = max(2, round(0.17 * (len(ink) if number < 2 else len(ink[0]))))
        margin = round(0.15 * len(side))
        middle = side[margin : len(side) - margin]
        if sum(any(line[:depth]) for line in middle) < 0.9 * len(middle):
            return False
    return True


def _inside(ink: Ink) -> Ink:
    """The picture within its frame."""
    cuts = []
    for number, side in enumerate(_sides(ink)):
        most = round(0.34 * (len(ink) if number < 2 else len(ink[0])))
        depths = []
        for share in (0.22, 0.3, 0.4, 0.5, 0.6, 0.7, 0.78):
            line = side[int(share * len(side))]
            k = next((k for k in range(most) if line[k]), 0)
            while k < most and line[k]:
                k += 1
            depths.append(k)
        # what touches the frame makes some of them deeper
        cuts.append(sorted(depths)[2] + 1)
    top, bottom, left, right = cuts
    rows = ink[top : len(ink) - bottom]
    return [row[left : len(row) - right] for row in rows] if rows and len(ink[0]) - left - right >= 3 and len(rows) >= 3 else []


def _crossed(ink: Ink) -> bool:
    """Tells whether both diagonals are inked and the four sides between them are not."""
    steps = [k / 16 for k in range(1, 16)]
    for flip in (False, True):
        hits = 0
        for at in steps:
            x = 1 - at if flip else at
            hits += _some(ink, max(x - 0.09, 0), max(at - 0.09, 0), min(x + 0.09, 1), min(at + 0.09, 1))
        if hits < 14:
            return False
    gaps = ((0.42, 0, 0.58, 0.14), (0.42, 0.86, 0.58, 1), (0, 0.42, 0.14, 0.58), (0.86, 0.42, 1, 0.58))
    return sum(not _some(ink, *gap) for gap in gaps) >= 3


def _checked(ink: Ink) -> bool:
    """Tells whether a stroke goes down to the foot, then up to the right and higher."""
    height, width = len(ink), len(ink[0])
    lowest = [next((y for y in range(height - 1, -1, -1) if ink[y][x]), -1) for x in range(width)]
    if min(lowest) < 0:
        return False
    foot = max(range(width), key=lambda x: lowest[x])
    if not 0.08 * width <= foot <= 0.65 * width:
        return False
    after = lowest[foot:]
    before = lowest[: foot + 1]
    rises = all(b <= a + max(1, 0.08 * height) for a, b in pairwise(after))
    falls = all(b >= a - max(1, 0.08 * height) for a, b in pairwise(before))
    ends = lowest[-1] < 0.35 * height and lowest[0] < 0.85 * height and lowest[-1] <= lowest[0]
    # above the foot there is nothing but the stroke itself
    free = not _some(ink, 0.0, 0.0, 0.3, 0.12)
    return rises and falls and ends and free


def _centred(inside: Ink) -> bool:
    height, width = len(inside), len(inside[0])
    rows = [y for y, row in enumerate(inside) if any(row)]
    columns = [x for x in range(width) if any(row[x] for row in inside)]
    y, x = (rows[0] + rows[-1]) / 2 / (height - 1), (columns[0] + columns[-1]) / 2 / (width - 1)
    return abs(y - 0.5) < 0.2 and abs(x - 0.5) < 0.2
