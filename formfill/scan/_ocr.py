"""Printed text read by Tesseract, a line at a time, with what it is sure of; handwriting is told apart and not guessed."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import cv2
import numpy as np

from formfill.scan import _blanks, _expected

if TYPE_CHECKING:
    from formfill.scan._look import Looked
    from formfill.scan._pages import PagePicture
    from formfill.scan._writing import Group

DPI: Final = 300
"""Resolution at which lines are read."""
PLACES: Final = ("/usr/share/tesseract-ocr/5/tessdata", "/usr/share/tesseract-ocr/4.00/tessdata", "/usr/share/tessdata")
"""Where systems keep language data; ``TESSDATA_PREFIX`` goes first."""
LEGIBLE: Final = 62
"""Confidence of the worst word, 0 to 100, from which a line is printed text that can be shown to a person."""
SURE: Final = 88
"""Confidence of the worst word from which a line is read for certain."""
TALLEST: Final = 26.0
"""Points: a higher group is no line of print."""
EVEN: Final = 0.62
"""Share of the letters of a printed line that stand on its baseline."""


class Text(NamedTuple):
    """What a group says."""

    text: str
    sure: bool
    """Whether every word was read for certain."""
    confidence: int
    """Of the worst word, 0 to 100."""


def read(picture: PagePicture, page: Looked, group: Group) -> Text | None:
    """The text of a group; None when it is handwriting, or nothing that can be read.

    Args:
        picture: the page as it came: finer than it is looked at.
        page: what was told of it.
        group: what is written.
    """
    engine = _engine()
    if engine is None or group.box.height > TALLEST or not _even(group):
        return None
    line = _line(picture, page, group)
    try:
        text, worst = _recognised(engine, line)
        expected = _expected.kind(group.box, page.blank.lines)
        if expected == "number" and worst < SURE and _expected.may_be_figures(text):
            figures, certain = _recognised(engine, line, _expected.FIGURES)
            if certain >= worst and _expected.same_length(text, figures):
                text, worst = figures, certain
    except RuntimeError:
        return None
    if not any(char.isalnum() for char in text) or worst < LEGIBLE:
        return None
    return Text(text, worst >= SURE and not group.cut and _expected.fits(expected, text), worst)


def _recognised(engine: Any, line: np.ndarray[Any, np.dtype[np.uint8]], characters: str = "") -> tuple[str, int]:
    """The text of a line and the confidence of its worst word; of these characters only, where some are given."""
    if characters:
        engine.SetVariable("tessedit_char_whitelist", characters)
    try:
        engine.SetImageBytes(line.tobytes(), line.shape[1], line.shape[0], 1, line.shape[1])
        engine.SetSourceResolution(DPI)
        text = " ".join(engine.GetUTF8Text().split())
        return text, min((int(value) for value in engine.AllWordConfidences()), default=0)
    finally:
        if characters:
            engine.SetVariable("tessedit_char_whitelist", "")


def available() -> bool:
    """Whether printed text can be read on this machine."""
    return _engine() is not None


def _even(group: Group) -> bool:
    """Whether the letters stand on one line and are of even heights, as print does and no hand."""
    count, _labels, stats, _centres = cv2.connectedComponentsWithStats(group.mask, connectivity=8)
    tall = max(4, round(0.3 * group.mask.shape[0]))
    parts = [stats[number] for number in range(1, count) if stats[number][3] >= tall]
    if not parts:
        return False
    bottoms = np.array([part[1] + part[3] for part in parts], np.float64)
    if len(parts) < 3:
        return True
    # a scan is never quite straight: the line on which most stand
    middles = np.array([part[0] + part[2] / 2 for part in parts], np.float64)
    slope = 0.0
    if np.ptp(middles) > 40:
        slope = float(np.clip(np.polyfit(middles, bottoms, 1)[0], -0.02, 0.02))
    feet = bottoms - slope * middles
    height = float(np.median([part[3] for part in parts]))
    on_line = np.abs(feet - np.median(feet)) <= max(1.0, 0.09 * height)
    return float(on_line.mean()) >= EVEN


def _line(picture: PagePicture, page: Looked, group: Group) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """The group alone on white, straight, at :data:`DPI`."""
    scale = DPI / 72
    margin = 4.0
    box = group.box
    width, height = round((box.width + 2 * margin) * scale), round((box.height + 2 * margin) * scale)
    shift = np.array([(scale, 0, -(box.x0 - margin) * scale), (0, scale, -(box.top - margin) * scale), (0, 0, 1)])
    matrix = shift @ page.found.matrix @ np.diag([72 / picture.dpi, 72 / picture.dpi, 1.0])
    crop = cv2.warpPerspective(picture.grey, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=255)
    own = cv2.dilate(group.mask, np.ones((5, 5), np.uint8))
    mask = np.zeros((height, width), np.uint8)
    x, y = round(margin * scale), round(margin * scale)
    # the ink is widened by two points of its picture, and so is its frame
    wide = cv2.copyMakeBorder(group.mask, 3, 3, 3, 3, cv2.BORDER_CONSTANT, value=0)
    own = cv2.dilate(wide, np.ones((7, 7), np.uint8))
    ratio = DPI / _blanks.DPI
    own = cv2.resize(own, None, fx=ratio, fy=ratio, interpolation=cv2.INTER_NEAREST)
    left, top = x - round(3 * ratio), y - round(3 * ratio)
    part = own[max(0, -top) : height - top, max(0, -left) : width - left]
    mask[max(0, top) : max(0, top) + part.shape[0], max(0, left) : max(0, left) + part.shape[1]] = part
    paper = int(np.percentile(crop, 95))
    return np.asarray(np.where(mask > 0, crop, paper), np.uint8)


@lru_cache(maxsize=1)
def _engine() -> Any:
    """Tesseract with the French data; None when either is missing. Kept: it takes a tenth of a second to start."""
    # its threads cost more than they bring on a line
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    try:
        import tesserocr
    except ImportError:
        return None
    own = os.environ.get("TESSDATA_PREFIX")
    for place in ((own,) if own else ()) + PLACES:
        if (Path(place) / "fra.traineddata").is_file():
            return tesserocr.PyTessBaseAPI(path=place, lang="fra", psm=tesserocr.PSM.SINGLE_LINE)
    return None
