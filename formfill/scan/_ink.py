"""How much ink stands in a tick box and around it, and what that says. The figures are calibrated by ``tools/scan_report.py``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

import cv2
import numpy as np

from formfill.model.document import MarkState

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from formfill.scan._frames import Dark, Frame

FADING: Final = 0.1
"""Sure ink of a tick under which others of the same hand may be gone from a page in black and white."""
SECTORS: Final = 12
"""Parts of the ring around a box."""


PARTS: Final = 6
"""Parts of the length of a stroke."""


class Ink(NamedTuple):
    """What was measured at one box; every figure from 0 to 1."""

    inside: float
    """Mean darkness within the frame."""
    strokes: float
    """Share of the inside that is surely ink."""
    core: float
    """Darkness of the middle third."""
    ring: float
    """Share of the directions around the box in which there is ink that the blank does not print."""
    upright: float
    """The same straight above and under the box, where no label stands."""
    beside: float
    """Ink around the box that the blank does not print, in boxes."""
    far: float
    """Share of the directions around the box in which ink goes on well beyond it."""
    single: float
    """How much the ink is one straight stroke: 1 is a ruler."""
    frame: float
    """Darkness of the weakest side of the frame."""
    blur: float
    """How blurred the page is: what the sides of its boxes leave one point after they have faded by half."""
    bare: bool = False
    """Whether the page was scanned in black and white: what is a little too light is gone from it."""


class Reading(NamedTuple):
    """What the ink of a box says."""

    state: MarkState
    why: str
    """``clean``, ``strokes``, ``faint``, ``scribble``, ``through``, ``circle``, ``single``,
    ``beside``, ``no-frame``, ``broken``, ``lost``, ``unseen``."""


class Measured(Protocol):
    """A box, its ink measured and told."""

    @property
    def ink(self) -> Ink | None:
        """None when the page does not show it."""

    @property
    def reading(self) -> Reading:
        """What its ink says."""


class Thresholds(NamedTuple):
    """Where blank ends and ticked begins."""

    blank: float = 0.03
    """Most ink of a blank box."""
    blank_strokes: float = 0.012
    """Most sure ink of a blank box."""
    ticked: float = 0.08
    """Least ink of a ticked box."""
    blank_blur: float = 0.15
    """How much more ink a blank box may have where the page is blurred, for each unit of blur."""
    ticked_blur: float = 1.0
    """How much more ink a ticked box must have there."""
    full: float = 0.5
    """Ink of a box that is filled, or scribbled over."""
    ring: float = 0.6
    """Ring from which something covers the box, when it is above and under it too."""
    upright: float = 0.5
    """How much above and under."""
    dense: float = 0.8
    """Sure ink from which a box is nearly filled: a cross is not, unless the pen is thick."""
    spilt: float = 0.41
    """Ring from which what nearly fills a box is over it: the arms of a cross leave it in fewer directions."""
    around: float = 0.83
    """Ring from which something goes around a box that holds ink too: circled, or crossed out in loops."""
    trace: float = 0.3
    """Ring from which something about an empty box must be looked at."""
    beside: float = 0.06
    """Ink beside an empty box from which it may be its tick, set askew."""
    sharp: float = 0.3
    """Most blur of a page on which a circle is told from the box itself."""
    circle: float = 0.9
    """Ring from which something goes all around the box."""
    whole: float = 0.85
    """Least darkness of the sides of a blank box where the page is in black and white: where print is broken, pencil is gone."""
    far: float = 0.25
    """Ink beyond from which it is no mark of this box alone."""
    alone: float = 0.7
    """Most ink beyond a circle that is one."""
    single: float = 0.87
    """From which ink is a single stroke."""


THRESHOLDS: Final = Thresholds()
"""As calibrated."""


class Surroundings(NamedTuple):
    """What the boxes of one page have in common."""

    dark: Dark
    """The page, straightened: 0 is paper, 1 is print."""
    printed: Dark
    """The blank, a little thicker: 1 where it prints."""
    frames: tuple[Frame, ...]
    """All boxes of the page."""
    spread: NDArray[np.float32]
    """Darkness that the side of an empty box leaves around it at 0, 1, 2… points of the picture: how blurred the page is."""
    bare: bool = False
    """Whether the page was scanned in black and white."""


def spread(dark: Dark, frames: Sequence[Frame]) -> NDArray[np.float32]:
    """How far the sides of boxes run out on this page, measured outside of them, where nobody ticks."""
    reach = max((frame.side for frame in frames), default=20) // 2 + 2
    profiles = []
    for frame in frames:
        x0, y0, x1, y1 = frame.x, frame.y, frame.x + frame.side, frame.y + frame.side
        if min(x0, y0) < reach + 1 or x1 + reach + 2 >= dark.shape[1] or y1 + reach + 2 >= dark.shape[0]:
            continue
        inner = slice(x0 + 2, x1 - 1)
        upright = slice(y0 + 2, y1 - 1)
        above = dark[y0 - reach : y0 + 1, inner].mean(axis=1)[::-1]
        under = dark[y1 : y1 + reach + 1, inner].mean(axis=1)
        left = dark[upright, x0 - reach : x0 + 1].mean(axis=0)[::-1]
        right = dark[upright, x1 : x1 + reach + 1].mean(axis=0)
        profiles.append(np.minimum(np.minimum(above, under), np.minimum(left, right)))
    if not profiles:
        return np.zeros(reach + 1, np.float32)
    # it only falls: what rises again is another line
    return np.asarray(np.minimum.accumulate(np.median(np.array(profiles), axis=0)), np.float32)


def measured(page: Surroundings, moved: tuple[int, int], frame: Frame) -> Ink:
    """Measures one box.

    Args:
        page: the page.
        moved: how far the box is from where the blank has it, in points of the picture.
        frame: the box.
    """
    side, dark = frame.side, page.dark
    inset = max(3, round(0.2 * side))
    x0, y0, x1, y1 = frame.x + inset, frame.y + inset, frame.x + side - inset + 1, frame.y + side - inset + 1
    inner = np.maximum(dark[y0:y1, x0:x1] - _blur(page.spread, side, inset), 0.0)
    third = max(1, (x1 - x0) // 3)
    core = inner[third : len(inner) - third, third : len(inner) - third]
    pad = round(1.1 * side)
    left, top = max(0, frame.x - pad), max(0, frame.y - pad)
    area = dark[top : frame.y + side + pad + 1, left : frame.x + side + pad + 1]
    own = _window(page.printed, left - moved[0], top - moved[1], area.shape)
    extra = np.where(own > 0.12, 0.0, area).astype(np.float32)
    _without_others(extra, left, top, frame, page.frames)
    blur = _softness(page.spread)
    ring, upright, beside = _ring(extra, frame.x - left, frame.y - top, side, 4.0 if page.spread[2] < 0.3 else 5.0)
    return Ink(
        inside=float(inner.mean()),
        strokes=float((inner > 0.45).mean()),
        core=float(core.mean()) if core.size else 0.0,
        ring=ring,
        upright=upright,
        beside=beside,
        far=_far(extra, frame.x - left, frame.y - top, side),
        single=_single(_own_ink(area, extra, frame.x - left, frame.y - top, side), frame.x - left, frame.y - top, side),
        frame=frame.score,
        blur=blur,
        bare=page.bare,
    )


def _softness(profile: NDArray[np.float32]) -> float:
    """Darkness left by a side one point after it has faded by half: a thick side is not a blurred one."""
    half = int(np.argmax(profile < 0.5)) if bool((profile < 0.5).any()) else len(profile) - 1
    return float(profile[min(max(half, 1) + 1, len(profile) - 1)])


def _blur(profile: NDArray[np.float32], side: int, inset: int) -> Dark:
    """What the four sides of an empty box leave inside it."""
    one = np.array([profile[min(distance, len(profile) - 1)] for distance in range(side + 1)], np.float32)
    both = (one + one[::-1])[inset : side - inset + 1]
    return np.asarray(both[:, None] + both[None, :], np.float32)


def _without_others(extra: Dark, left: int, top: int, frame: Frame, frames: Sequence[Frame]) -> None:
    """Wipes what stands in and close around the other boxes: it is theirs."""
    for other in frames:
        margin = round(0.4 * other.side)
        if other is frame or abs(other.x - frame.x) > 3 * frame.side or abs(other.y - frame.y) > 3 * frame.side:
            continue
        rows = slice(max(0, other.y - top - margin), max(0, other.y - top + other.side + margin + 1))
        cols = slice(max(0, other.x - left - margin), max(0, other.x - left + other.side + margin + 1))
        extra[rows, cols] = 0.0


def _window(printed: Dark, left: int, top: int, shape: tuple[int, ...]) -> Dark:
    """A part of the blank, white beyond its edges."""
    part = np.zeros(shape, np.float32)
    x, y = max(0, -left), max(0, -top)
    own = printed[max(0, top) : max(0, top + shape[0]), max(0, left) : max(0, left + shape[1])]
    part[y : y + own.shape[0], x : x + own.shape[1]] = own
    return part


def _ring(extra: Dark, x: int, y: int, side: int, thick: float) -> tuple[float, float, float]:
    """Shares of the directions around the frame with ink, of all and of those above and under; and how much ink there is."""
    rows, cols = np.nonzero(extra > 0.4)
    cx, cy = x + side / 2, y + side / 2
    outside = np.maximum(np.abs(cols - cx), np.abs(rows - cy)) > side / 2 + thick
    close = np.maximum(np.abs(cols - cx), np.abs(rows - cy)) < side * 1.25
    rows, cols = rows[outside & close], cols[outside & close]
    if not len(rows):
        return 0.0, 0.0, 0.0
    turns = ((np.arctan2(rows - cy, cols - cx) + np.pi) / (2 * np.pi) * SECTORS).astype(int) % SECTORS
    counts = np.bincount(turns, minlength=SECTORS)
    hit = counts >= 2
    # directions 1 to 4 are above, 7 to 10 under (the angle runs from the left, over the top)
    above, under = hit[[1, 2, 3, 4]].mean(), hit[[7, 8, 9, 10]].mean()
    return float(hit.mean()), float(min(above, under)), min(1.0, len(rows) / side**2)


def _far(extra: Dark, x: int, y: int, side: int) -> float:
    """Share of the directions around the box in which ink goes on out of the reach of its own tick."""
    rows, cols = np.nonzero(extra > 0.4)
    cx, cy = x + side / 2, y + side / 2
    distance = np.maximum(np.abs(cols - cx), np.abs(rows - cy))
    beyond = (distance > 1.1 * side) & (distance < 1.6 * side)
    rows, cols = rows[beyond], cols[beyond]
    if not len(rows):
        return 0.0
    turns = ((np.arctan2(rows - cy, cols - cx) + np.pi) / (2 * np.pi) * SECTORS).astype(int) % SECTORS
    hit = np.bincount(turns, minlength=SECTORS) >= 3
    return float(hit.mean())


def _own_ink(area: Dark, extra: Dark, x: int, y: int, side: int) -> Dark:
    """What is not printed, the inside of the box as it is."""
    whole = extra.copy()
    whole[y : y + side + 1, x : x + side + 1] = area[y : y + side + 1, x : x + side + 1]
    return whole


def _single(area: Dark, x: int, y: int, side: int) -> float:
    """How much the ink in and about a box is one stroke, the sides of the box left out."""
    margin = round(0.35 * side)
    left, top = max(0, x - margin), max(0, y - margin)
    part = area[top : y + side + margin + 1, left : x + side + margin + 1] > 0.4
    fx, fy = x - left, y - top
    for near in (-1, 0, 1):
        part[[fy + near, min(fy + side + near, part.shape[0] - 1)], :] = False
        part[:, [fx + near, min(fx + side + near, part.shape[1] - 1)]] = False
    return single(part, 0.45 * side)


def single(ink: NDArray[np.bool_] | Dark, least: float = 6.0) -> float:
    """How much some ink is one straight stroke, 0 to 1.

    Cut across its length into parts, a straight stroke has its middle on one line and one width; a tick bends, a cross swells.

    Args:
        ink: where it is.
        least: how long a stroke is, in points of the picture.
    """
    rows, cols = np.nonzero(ink)
    if len(rows) < 8:
        return 0.0
    points = np.stack([rows, cols]).astype(np.float64)
    points -= points.mean(axis=1, keepdims=True)
    (short, long_side), axes = np.linalg.eigh(np.cov(points))
    if long_side < 3.0 * max(short, 0.05) or 12 * long_side < least**2:
        return 0.0
    along, across = axes[:, 1] @ points, axes[:, 0] @ points
    low, high = float(along.min()), float(along.max())
    parts = np.minimum(((along - low) / (high - low + 1e-6) * PARTS).astype(int), PARTS - 1)
    counts = np.bincount(parts, minlength=PARTS)
    middles = np.bincount(parts, weights=across, minlength=PARTS)[counts > 0] / counts[counts > 0]
    widths = [float(np.ptp(across[parts == part])) for part in range(PARTS) if counts[part] > 1]
    bend = float(np.ptp(middles)) / (high - low)
    swell = (max(widths) - float(np.median(widths))) / (high - low) if widths else 0.0
    return max(0.0, 1.0 - bend - swell)


def decided(ink: Ink, limits: Thresholds = THRESHOLDS) -> Reading:
    """What the ink says; in doubt, that it is uncertain."""
    if ink.frame < 0.22:
        return Reading(MarkState.UNCERTAIN, "no-frame")
    blank = limits.blank + limits.blank_blur * ink.blur
    ticked = limits.ticked + limits.ticked_blur * ink.blur
    if ink.far >= limits.far and ink.inside >= blank:
        return Reading(MarkState.UNCERTAIN, "through")
    if ink.inside > blank and _scribbled(ink, limits):
        return Reading(MarkState.UNCERTAIN, "scribble")
    if ink.inside <= blank and ink.strokes <= limits.blank_strokes:
        if ink.ring >= limits.trace:
            # something goes round it: whole, it is a circle
            whole = (
                ink.ring >= limits.circle
                and ink.upright >= 1
                and ink.blur <= limits.sharp
                and ink.frame >= 0.4
                and ink.far <= limits.alone
            )
            return Reading(MarkState.TICKED if whole else MarkState.UNCERTAIN, "circle")
        if ink.beside >= limits.beside:
            return Reading(MarkState.UNCERTAIN, "beside")
        if ink.bare and ink.frame < limits.whole:
            return Reading(MarkState.UNCERTAIN, "broken")
        return Reading(MarkState.BLANK, "clean")
    if ink.inside < ticked:
        return Reading(MarkState.UNCERTAIN, "faint")
    if ink.single >= limits.single:
        return Reading(MarkState.UNCERTAIN, "single")
    return Reading(MarkState.TICKED, "strokes")


def fades(boxes: Iterable[Measured]) -> bool:
    """Whether the ticks of a page in black and white may be gone from it: none is left, or some nearly went.

    A page is ticked by one hand with one pen: what became of one tick tells what may have become of others.

    Args:
        boxes: those of the page.
    """
    left = 0
    for box in boxes:
        ticked = box.reading.state is MarkState.TICKED
        if box.reading.why == "faint" or (ticked and box.reading.why == "strokes" and box.ink and box.ink.strokes < FADING):
            return True
        left += ticked
    return not left


def _scribbled(ink: Ink, limits: Thresholds) -> bool:
    """Whether the ink of a box covers it and what is around it: a tick that was taken back, most likely."""
    if ink.inside >= limits.full and ink.ring >= limits.ring and ink.upright >= limits.upright:
        return True
    return ink.ring >= limits.around or (ink.strokes >= limits.dense and ink.ring >= limits.spilt)


def thick(printed: Dark) -> Dark:
    """What a blank prints, widened by what a scanner may move it."""
    return np.asarray(cv2.dilate(printed, np.ones((5, 5), np.uint8)), np.float32)
