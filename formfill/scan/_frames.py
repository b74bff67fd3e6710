"""The printed frame of a tick box on a page: found near its place, since printers and programs draw it a little differently."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from formfill.scan import _blanks

if TYPE_CHECKING:
    from collections.abc import Sequence

Dark = NDArray[np.float32]
"""Darkness of a picture, 0 is paper and 1 is print."""

SCALE: Final = _blanks.DPI / 72
SMALLEST: Final = 6.0
"""Side of a box, in points."""
LARGEST: Final = 13.5
REACH: Final = 5.0
"""Points by which a box may be off its place."""
FRAMED: Final = 0.4
"""Darkness of the weakest side from which a frame is one."""


class Frame(NamedTuple):
    """A square, in points of the straightened picture."""

    x: int
    """Left side."""
    y: int
    """Upper side."""
    side: int
    score: float
    """Darkness of its weakest side, 0 to 1, relative to print."""


def common_side(dark: Dark, centres: Sequence[tuple[float, float]], sides: Sequence[float]) -> int:
    """The side that the boxes of a page have, in points of the picture.

    Args:
        dark: the page.
        centres: where boxes are expected, in points of the page.
        sides: how large the blank has them, in points of the page.
    """
    usual = round(float(np.median(sides)) * SCALE)
    votes: dict[int, float] = {}
    step = max(1, len(centres) // 12)
    for centre in centres[::step]:
        found = frame_at(dark, centre, range(round(SMALLEST * SCALE), round(LARGEST * SCALE) + 1), usual)
        if found is not None and found.score >= FRAMED:
            for near, share in ((found.side, 1.0), (found.side - 1, 0.5), (found.side + 1, 0.5)):
                votes[near] = votes.get(near, 0.0) + share * found.score
    return max(votes, key=lambda side: votes[side]) if votes else usual


def frame_at(dark: Dark, centre: tuple[float, float], sides: range, usual: int) -> Frame | None:
    """The likeliest frame around a place; None off the page.

    Args:
        dark: the page.
        centre: where it is expected, in points of the page.
        sides: the sides that it may have, in points of the picture.
        usual: the side that it most likely has.
    """
    reach = round(REACH * SCALE)
    cx, cy = round(centre[0] * SCALE), round(centre[1] * SCALE)
    half = max(sides) // 2 + reach + 2
    x0, y0 = cx - half, cy - half
    cut = dark[max(0, y0) : cy + half + 1, max(0, x0) : cx + half + 1]
    if x0 < 0 or y0 < 0 or cut.shape != (2 * half + 1, 2 * half + 1):
        return None
    # a side may be a little slanted: the darker of two neighbours
    across = np.maximum(cut[:-1, :], cut[1:, :])
    down = np.maximum(cut[:, :-1], cut[:, 1:])
    rows = np.concatenate([np.zeros((across.shape[0], 1), np.float32), np.cumsum(across, axis=1)], axis=1)
    cols = np.concatenate([np.zeros((1, down.shape[1]), np.float32), np.cumsum(down, axis=0)], axis=0)
    best: Frame | None = None
    top = 0.0
    for side in sides:
        count = 2 * half - side
        if count < 2:
            continue
        runs = (rows[:, side:] - rows[:, :-side]) / side
        falls = (cols[side:, :] - cols[:-side, :]) / side
        upper, lower = runs[:count, :count], runs[side : side + count, :count]
        left, right = falls[:count, :count], falls[:count, side : side + count]
        weakest = np.minimum(np.minimum(upper, lower), np.minimum(left, right))
        y, x = np.unravel_index(int(np.argmax(_nearer(weakest, half, side))), weakest.shape)
        score = float(weakest[y, x])
        worth = score * (1 - 0.02 * abs(side - usual))
        if worth > top:
            best, top = Frame(x0 + int(x), y0 + int(y), side, score), worth
    return best


def _nearer(scores: Dark, half: int, side: int) -> Dark:
    """The scores, a little less the further from the expected place."""
    middle = half - side / 2
    offsets = np.abs(np.arange(scores.shape[0], dtype=np.float32) - middle) / half
    return np.asarray(scores * (1 - 0.15 * np.maximum(offsets[:, None], offsets[None, :])), np.float32)
