"""A page evenly lit: shadows, yellow paper and grey cells taken away, so that paper is white whatever the lamp."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

if TYPE_CHECKING:
    from formfill.scan._pages import Grey

SMALL: Final = 12
"""Points of a page in one point of its light."""


def even(grey: Grey, dpi: float) -> Grey:
    """The page divided by its light.

    Args:
        grey: the page.
        dpi: its resolution, dots per inch.
    """
    step = max(2, round(dpi / SMALL))
    height, width = grey.shape
    size = (max(4, width // step), max(4, height // step))
    # the lightest of each square is paper, even where a word stands in it
    blocks = cv2.resize(cv2.dilate(grey, np.ones((3, 3), np.uint8)), size, interpolation=cv2.INTER_AREA)
    light = cv2.dilate(blocks, np.ones((5, 5), np.uint8))
    light = cv2.GaussianBlur(cv2.medianBlur(light, 5), (5, 5), 0)
    whole = cv2.resize(light, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(grey, np.maximum(whole, 40), scale=252), np.uint8)
