"""What a person wrote on a page: the ink that its blank does not print, in groups about a line of text each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import cv2
import numpy as np

from formfill.model.document import MarkState
from formfill.model.geometry import Box
from formfill.scan import _align, _frames
from formfill.scan._ink import THRESHOLDS, single

if TYPE_CHECKING:
    from formfill.scan._frames import Dark
    from formfill.scan._look import Looked
    from formfill.scan._pages import Grey

SCALE: Final = _frames.SCALE
RULE: Final = 29.0
"""Points from which a straight run is a rule of the form."""
APART: Final = 9.0
"""Points between two words of one group."""
SPECK: Final = 3
"""Points of the picture under which something is dirt, both ways."""
LEAST: Final = 5.0
"""Height in points of the smallest group, and a little more than its width."""
LARGEST: Final = 30.0
"""Points of the largest tick in a cell."""
SMALLEST: Final = 3.5
PRINT: Final = 0.8
"""Share of a stroke that lies where the blank prints, from which it is print."""
FREE: Final = 0.4
"""Share under which it is not, though it touches a dotted line."""
MOST: Final = 150
"""Groups on a page; more is no writing."""


class Group(NamedTuple):
    """Something written."""

    box: Box
    """In points of the blank."""
    mask: Grey
    """255 where its ink is, over its box at the resolution of the blanks."""
    share: float
    """Darkness of its ink, 0 to 1."""
    cut: bool
    """Whether it runs into something printed, so that a part of it may be missing."""


def written(page: Looked, dark: Dark) -> list[Group]:
    """The groups of ink on a page that its blank does not print and that are no tick, in reading order.

    Args:
        page: the page.
        dark: how dark it is.
    """
    ink = (dark > 0.35).astype(np.uint8)
    rules = _rules(ink)
    ink[rules > 0] = 0
    for line in page.boxes:
        for seen in line:
            _wipe(ink, seen.box, 0.45 * seen.box.width)
    ink, cut = _unprinted(ink, _printed(page))
    if not ink.any():
        return []
    # most pages are written on here and there: the rest is not looked through
    left0, top0, wide, high = cv2.boundingRect(ink)
    part0 = np.s_[top0 : top0 + high, left0 : left0 + wide]
    ink, cut, dark, rules = ink[part0], cut[part0], dark[part0], rules[part0]
    joined = cv2.dilate(ink, np.ones((3, round(APART * SCALE)), np.uint8))
    joined[rules > 0] = 0
    count, labels, stats, _centres = cv2.connectedComponentsWithStats(joined, connectivity=4)
    groups = []
    for number in range(1, count):
        x, y, w, h = (int(value) for value in stats[number][:4])
        own = ((labels[y : y + h, x : x + w] == number) & (ink[y : y + h, x : x + w] > 0)).astype(np.uint8) * 255
        rows, cols = np.nonzero(own)
        if len(rows) < 20:
            continue
        top, bottom, left, right = int(rows.min()), int(rows.max()) + 1, int(cols.min()), int(cols.max()) + 1
        if bottom - top < LEAST * SCALE and right - left < 1.5 * LEAST * SCALE:
            continue
        part = own[top:bottom, left:right]
        area = dark[y + top : y + bottom, x + left : x + right]
        across, down = left0 + x, top0 + y
        box = Box((across + left) / SCALE, (down + top) / SCALE, (across + right) / SCALE, (down + bottom) / SCALE)
        flat = box.height < 0.5 * LEAST and box.width > 2 * LEAST
        upright = box.width < 1.3 * LEAST and box.height > 5 * LEAST
        if flat or upright:
            # what is left of a rule, or a crease
            continue
        touched = bool(cut[y + top : y + bottom, x + left : x + right][part > 0].any())
        groups.append(Group(box, part, float(area[part > 0].mean()), touched))
    groups.sort(key=lambda group: (round(group.box.bottom / 6), group.box.x0))
    return groups[:MOST]


def mark(group: Group) -> MarkState | None:
    """What a group says where a tick is expected: a cross, a tick, a full spot; uncertain when it is one stroke or covers much."""
    box = group.box
    if max(box.width, box.height) > LARGEST or max(box.width, box.height) < SMALLEST:
        return None
    if single((group.mask > 0).astype(np.float32)) >= THRESHOLDS.single:
        return MarkState.UNCERTAIN
    return MarkState.TICKED


def _rules(ink: Grey) -> Grey:
    """The long straight runs, a little thicker."""
    length = round(RULE * SCALE)
    flat = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    upright = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((length, 1), np.uint8))
    return np.asarray(cv2.dilate(cv2.bitwise_or(flat, upright), np.ones((5, 5), np.uint8)), np.uint8)


def _unprinted(ink: Grey, printed: Grey) -> tuple[Grey, Grey]:
    """The ink that no blank prints, each stroke whole; and what of it was cut where it runs into print."""
    count, labels, stats, _centres = cv2.connectedComponentsWithStats(ink, connectivity=8)
    under = np.bincount(labels[printed > 0], minlength=count)
    height, width = ink.shape
    x, y, w, h, area = stats.T
    speck = ((w <= SPECK) & (h <= SPECK)) | (area < 6) | (w > 0.8 * width) | (h > 0.3 * height)
    # the edge of the sheet
    edge = (x <= 1) | (y <= 1) | (x + w >= width - 1) | (y + h >= height - 1)
    share = under / np.maximum(area, 1)
    kept = np.select([speck | edge | (share > PRINT), share < FREE], [0, 1], 2).astype(np.uint8)
    kept[0] = 0
    of = kept[labels]
    of[(of == 2) & (printed > 0)] = 0
    return np.asarray((of > 0).astype(np.uint8)), np.asarray((of == 2).astype(np.uint8))


def _printed(page: Looked) -> Grey:
    """Where the blank prints, each line moved to where the page has it, a little thicker."""
    own = (page.blank.picture < 200).astype(np.uint8)
    height, width = own.shape
    # what is no line of text (a heading on its side, a frame) stays where it is
    moved = own.copy()
    for line in page.blank.lines:
        x0, y0 = max(0, int(line.box.x0 * SCALE)), max(0, int(line.box.top * SCALE))
        moved[y0 : int(line.box.bottom * SCALE) + 1, x0 : int(line.box.x1 * SCALE) + 1] = 0
    for line, shift in zip(page.blank.lines, page.lines.shifts, strict=True):
        dx, dy = shift.dx, shift.dy
        if shift.likeness < _align.SEEN:
            dx, dy = _align.shift_at(*line.box.centre, page.blank, page.lines)
        x0, y0 = max(0, int((line.box.x0 - 1.5) * SCALE)), max(0, int((line.box.top - 1.5) * SCALE))
        x1, y1 = min(width, int((line.box.x1 + 1.5) * SCALE)), min(height, int((line.box.bottom + 1.5) * SCALE))
        part = own[y0:y1, x0:x1]
        ax, ay = x0 + round(dx * SCALE), y0 + round(dy * SCALE)
        if ax < 0 or ay < 0 or ax + part.shape[1] > width or ay + part.shape[0] > height:
            continue
        place = moved[ay : ay + part.shape[0], ax : ax + part.shape[1]]
        np.maximum(place, part, out=place)
    return np.asarray(cv2.dilate(moved, np.ones((7, 7), np.uint8)), np.uint8)


def _wipe(ink: Grey, box: Box, margin: float) -> None:
    x0, y0 = max(0, int((box.x0 - margin) * SCALE)), max(0, int((box.top - margin) * SCALE))
    ink[y0 : int((box.bottom + margin) * SCALE) + 1, x0 : int((box.x1 + margin) * SCALE) + 1] = 0
