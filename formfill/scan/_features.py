"""Keypoints of a page, in points, and their descriptors (ORB: Rublee and others, ICCV 2011)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import cv2
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from formfill.scan._pages import Grey, Points

DPI: Final = 90
"""Resolution at which keypoints are looked for: enough for the words of a form, and quick."""
SHEET: Final = 842.0
"""The long side of an A4 page, in points: how large a page is taken to be when nothing says it."""


def described(grey: Grey, most: int, dpi: float) -> tuple[Points, Grey]:
    """The strongest keypoints of a picture, spread over it.

    Args:
        grey: the picture.
        most: keypoints at most.
        dpi: its resolution.

    Returns:
        Where they are, in points of the picture, shape (n, 2), and their descriptors, shape (n, 32).
    """
    scale = DPI / dpi
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else grey
    if scale >= 1:
        scale = 1.0
    small = cv2.GaussianBlur(small, (3, 3), 0)
    # OpenCV 5 still has it; its stubs name the class only
    orb = cv2.ORB.create(nfeatures=4 * most, scaleFactor=1.3, nlevels=4, fastThreshold=12, patchSize=41, edgeThreshold=24)
    chosen = _spread(orb.detect(small, None), small.shape, most)
    # OpenCV's stubs promise descriptors; without keypoints there are none
    found: tuple[Any, Any] = orb.compute(small, chosen)
    if found[1] is None:
        return np.zeros((0, 2), np.float32), np.zeros((0, 32), np.uint8)
    points = np.array([key.pt for key in found[0]], np.float32) * np.float32(72.0 / (dpi * scale))
    return np.asarray(points, np.float32), np.asarray(found[1], np.uint8)


def _spread(found: Sequence[cv2.KeyPoint], shape: tuple[int, ...], most: int) -> list[cv2.KeyPoint]:
    """The strongest keypoints of each part of the page in turn, so that a dense paragraph is not all there is."""
    rows, cols = 12, 9
    parts: dict[tuple[int, int], list[cv2.KeyPoint]] = {}
    for key in sorted(found, key=lambda key: -key.response):
        at = (int(key.pt[1] * rows / shape[0]), int(key.pt[0] * cols / shape[1]))
        parts.setdefault(at, []).append(key)
    ranked = [(rank, -key.response, index, key) for part in parts.values() for index, (rank, key) in enumerate(enumerate(part))]
    ranked.sort(key=lambda item: item[:2])
    return [item[3] for item in ranked[:most]]
