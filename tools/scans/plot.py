"""Bars of what was read at each severity, as a PNG: read right, left to a person, read the other way."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PIL import Image, ImageDraw, ImageFont

if TYPE_CHECKING:
    from collections.abc import Sequence

FONT: Final = Path(__file__).parents[2] / "formfill" / "fonts" / "DejaVuSansCondensed.ttf"
ROW: Final = 46
LEFT: Final = 330
WIDE: Final = 560
COLOURS: Final = {"right": "#3b7d4f", "person": "#e0b040", "wrong": "#b03030"}


def plot(rows: Sequence[tuple[str, float, int, int, int]], path: Path) -> None:
    """Draws one bar for each severity.

    Args:
        rows: name, share of the pages that were told, boxes read the other way, boxes left to a person, all boxes.
        path: the PNG to write.
    """
    height = 84 + ROW * len(rows)
    picture = Image.new("RGB", (LEFT + WIDE + 130, height), "white")
    pen = ImageDraw.Draw(picture)
    font, small = ImageFont.truetype(str(FONT), 16), ImageFont.truetype(str(FONT), 14)
    pen.text((12, 10), "Boxes of scanned forms, from a clean scan to a bad fax", fill="black", font=font)
    names = (("right", "read right"), ("person", "left to a person"), ("wrong", "read the other way"))
    for rank, (key, name) in enumerate(names):
        x = LEFT + rank * 180
        pen.rectangle((x, 38, x + 14, 52), fill=COLOURS[key])
        pen.text((x + 20, 37), name, fill="black", font=small)
    for rank, (name, known, errors, uncertain, boxes) in enumerate(rows):
        y = 70 + rank * ROW
        pen.text((12, y + 5), name, fill="black", font=small)
        whole = boxes or 1
        at = float(LEFT)
        for key, count in (("right", boxes - errors - uncertain), ("person", uncertain), ("wrong", errors)):
            after = at + WIDE * count / whole
            if count:
                pen.rectangle((at, y, max(after, at + 1), y + ROW - 18), fill=COLOURS[key])
            at = after
        pen.text((LEFT + WIDE + 8, y + 5), f"{100 * known:.0f} % of pages", fill="black", font=small)
    picture.save(path, optimize=True)
