"""Where each printed line of a blank stands on a straightened page: programs and photocopiers move lines a little, one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import cv2
import numpy as np

from formfill.scan import _blanks

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from formfill.model.geometry import Box
    from formfill.scan._blanks import Blank
    from formfill.scan._pages import Grey

COARSE: Final = 0.5
"""Scale, to the resolution of the blanks, of the first look."""
REACH: Final = (11.0, 14.0)
"""Points across and down by which a line may be off at the first look."""
FAR: Final = 60.0
"""Points down by which a line that was not found may have been pushed by what is written above it."""
FINE: Final = 4
"""Points of the picture looked at around the first finding."""
SEEN: Final = 0.45
"""Likeness from which a line is seen."""
WIDEST: Final = 170.0
"""Points of a line that are compared: its beginning."""
NARROW: Final = 9.0
"""A shorter line tells nothing."""


class Shift(NamedTuple):
    """How far a line is from where the blank has it."""

    dx: float
    """In points."""
    dy: float
    likeness: float
    """-1 to 1; below :data:`SEEN`, the shift is that of its neighbours."""


class Aligned(NamedTuple):
    """The lines of a blank on a page."""

    shifts: tuple[Shift, ...]
    """One for each line of the blank."""
    seen: float
    """Share of the printed text that was found, 0 to 1."""


def aligned(flat: Grey, blank: Blank) -> Aligned:
    """Finds the lines of a blank on a page laid as the blank lies."""
    looking = Looking(flat, blank)
    shifts: list[Shift | None] = [looking.at(_head(line.box), REACH, (0.0, 0.0)) for line in blank.lines]
    weights = [min(line.box.width, WIDEST) if _telling(line.text) else 0.0 for line in blank.lines]
    found = _consistent(blank, shifts)
    for rank, line in enumerate(blank.lines):
        if rank not in found and weights[rank]:
            near = _nearby(line.box, blank, shifts, found)
            again = looking.at(_head(line.box), (4.0, FAR), near)
            if again is not None and again.likeness > 0.6:
                shifts[rank] = again
    found = _consistent(blank, shifts, far=True)
    seen = sum(weights[rank] for rank in found) / (sum(weights) or 1.0)
    whole = []
    for rank, line in enumerate(blank.lines):
        own = shifts[rank]
        if rank in found and own is not None:
            whole.append(own)
        else:
            whole.append(Shift(*_nearby(line.box, blank, shifts, found), own.likeness if own else 0.0))
    return Aligned(tuple(whole), seen)


def shift_at(x: float, y: float, blank: Blank, lines: Aligned) -> tuple[float, float]:
    """The shift of what stands at a point, by the lines seen around it."""
    found = {rank for rank, shift in enumerate(lines.shifts) if shift.likeness >= SEEN}
    return _weighted(x, y, blank, list(lines.shifts), found)


def _telling(text: str) -> bool:
    return sum(char.isalpha() for char in text) >= 3


def _head(box: Box) -> Box:
    return box._replace(x1=min(box.x1, box.x0 + WIDEST))


class Looking:
    """A page looked at for parts of a blank."""

    def __init__(self, flat: Grey, blank: Blank) -> None:
        self._fine = (flat, blank.picture)
        self._coarse = (_half(flat), _half(blank.picture))

    def likeness(self, box: Box) -> float:
        """How alike a part of the blank and what stands about there are, -1 to 1."""
        found = self.at(box, REACH, (0.0, 0.0))
        return found.likeness if found is not None else 0.0

    def at(self, box: Box, reach: tuple[float, float], near: tuple[float, float]) -> Shift | None:
        """The shift at which a part of the blank is best seen; None for what is too small to tell."""
        if box.width < NARROW or box.height < 3:
            return None
        scale = _blanks.DPI / 72
        first = _best(*self._coarse, box, scale * COARSE, reach, near)
        if first is None:
            return None
        return _best(*self._fine, box, scale, (FINE / scale, FINE / scale), first[:2])


def _half(grey: Grey) -> Grey:
    return np.asarray(cv2.resize(grey, None, fx=COARSE, fy=COARSE, interpolation=cv2.INTER_AREA), np.uint8)


def _best(flat: Grey, printed: Grey, box: Box, scale: float, reach: tuple[float, float], near: tuple[float, float]) -> Shift | None:
    height, width = printed.shape
    x0, y0 = max(0, int((box.x0 - 1) * scale)), max(0, int((box.top - 1) * scale))
    x1, y1 = min(width, int((box.x1 + 1) * scale) + 1), min(height, int((box.bottom + 1) * scale) + 1)
    part = printed[y0:y1, x0:x1]
    if part.size == 0 or int(part.max()) - int(part.min()) < 40:
        return None
    ax, ay = round(near[0] * scale), round(near[1] * scale)
    rx, ry = max(1, round(reach[0] * scale)), max(1, round(reach[1] * scale))
    left, top = x0 + ax - rx, y0 + ay - ry
    right, bottom = x1 + ax + rx, y1 + ay + ry
    cut = flat[max(0, top) : min(height, bottom), max(0, left) : min(width, right)]
    if cut.shape[0] < part.shape[0] or cut.shape[1] < part.shape[1]:
        return None
    scores = cv2.matchTemplate(cut, part, cv2.TM_CCOEFF_NORMED)
    _low, best, _at, (bx, by) = cv2.minMaxLoc(scores)
    if not np.isfinite(best):
        return None
    return Shift((max(0, left) + bx - x0) / scale, (max(0, top) + by - y0) / scale, float(best))


def _consistent(blank: Blank, shifts: list[Shift | None], *, far: bool = False) -> set[int]:
    """The lines that are seen where their neighbours say."""
    good = [rank for rank, shift in enumerate(shifts) if shift is not None and shift.likeness >= SEEN]
    if len(good) < 3:
        return set(good)
    values = np.array([(shift.dx, shift.dy) for rank in good if (shift := shifts[rank]) is not None])
    places = np.array([blank.lines[rank].box.centre for rank in good])
    kept = set()
    for number, rank in enumerate(good):
        distance = np.abs(places[:, 1] - places[number, 1]) + 0.2 * np.abs(places[:, 0] - places[number, 0])
        near = np.argsort(distance)[1 : 1 + min(6, len(good) - 1)]
        middle = np.median(values[near], axis=0)
        if abs(values[number, 0] - middle[0]) < 4 and abs(values[number, 1] - middle[1]) < (FAR if far else 5):
            kept.add(rank)
    return kept


def _nearby(box: Box, blank: Blank, shifts: list[Shift | None] | list[Shift], found: set[int]) -> tuple[float, float]:
    x, y = box.centre
    return _weighted(x, y, blank, shifts, found)


def _weighted(x: float, y: float, blank: Blank, shifts: list[Shift | None] | list[Shift], found: set[int]) -> tuple[float, float]:
    ranks = [rank for rank in found if shifts[rank] is not None]
    if not ranks:
        return 0.0, 0.0
    places = np.array([blank.lines[rank].box.centre for rank in ranks])
    values: NDArray[np.float64] = np.array([(s.dx, s.dy) for rank in ranks if (s := shifts[rank]) is not None])
    distance = np.abs(places[:, 1] - y) * 3 + np.abs(places[:, 0] - x)
    near = np.argsort(distance)[:4]
    weights = 1.0 / (20.0 + distance[near])
    dx, dy = (values[near] * weights[:, None]).sum(axis=0) / weights.sum()
    return float(dx), float(dy)
