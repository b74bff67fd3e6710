"""Pages of official blanks, printed by LibreOffice at 300 dots per inch and filled in by invented hands."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import cv2
import numpy as np
import pypdfium2 as pdfium
from formfill.scan import _blanks
from tools.make_blanks import printed
from tools.scans.hands import TICKS, TRICKS, Canvas, Hand, Style, hand, mark, scrawl

if TYPE_CHECKING:
    from collections.abc import Iterator

DPI: Final = 300
SCALE: Final = DPI / 72
TICKED: Final = 0.4
"""Share of the boxes that are ticked."""
OTHER: Final = 0.06
"""Share of the ticks of a person that are drawn in another way than most."""


class Filled(NamedTuple):
    """A page, and what was done to each of its boxes."""

    name: str
    dark: Canvas
    styles: tuple[Style, ...]
    """For each box of the blank, in the order of its lines."""
    who: Hand


class Stock:
    """The printed pages of all blanks."""

    def __init__(self) -> None:
        self.pages: dict[str, Canvas] = {}
        with tempfile.TemporaryDirectory() as folder:
            for path in printed(Path(folder)):
                document = pdfium.PdfDocument(path.read_bytes())
                for number in range(len(document)):
                    name = f"{path.stem}--{number + 1}"
                    if name in _blanks.index().names:
                        grey = document[number].render(scale=SCALE, grayscale=True).to_numpy()
                        self.pages[name] = (255 - grey.astype(np.float32)) / 255
                document.close()

    def boxed(self) -> list[str]:
        """The pages with tick boxes."""
        return [name for name in self.pages if any(line.spots for line in _blanks.blank(name).lines)]

    def filled(self, name: str, rng: np.random.Generator, *, tricks: bool = False) -> Filled:
        """One page filled in by one person.

        Args:
            name: the page.
            rng: chance.
            tricks: whether what is no clear tick is among the ticks: single strokes, corrections, hatching, stamps.
        """
        dark = self.pages[name].copy()
        who = hand(rng)
        spots = [spot for line in _blanks.blank(name).lines for spot in line.spots]
        squares = rng.random() < 0.5
        styles: list[Style] = []
        for spot in spots:
            box = (spot.x0 * SCALE, spot.top * SCALE, spot.x1 * SCALE, spot.bottom * SCALE)
            if squares:
                box = _square(dark, box, rng)
            style = _style(who, rng)
            if tricks and style is not Style.NONE and rng.random() < 0.5:
                style = TRICKS[rng.choice(len(TRICKS), p=(0.5, 0.4, 0.06, 0.04))]
            styles.append(style)
            mark(dark, box, style, who, SCALE, rng)
        if rng.random() < 0.7:
            _written(dark, name, who, rng)
        return Filled(name, dark, tuple(styles), who)

    def all(self, rng: np.random.Generator, *, tricks: bool = False) -> Iterator[Filled]:
        """Every page that has boxes, each by another hand."""
        for name in self.boxed():
            yield self.filled(name, rng, tricks=tricks)


def _style(who: Hand, rng: np.random.Generator) -> Style:
    if rng.random() >= TICKED:
        return Style.NONE
    return who.tick if rng.random() >= OTHER else TICKS[rng.integers(len(TICKS))]


def _square(dark: Canvas, box: tuple[float, float, float, float], rng: np.random.Generator) -> tuple[float, float, float, float]:
    """The printed box made a square of Word's: a little larger, of another thickness."""
    x0, y0, x1, y1 = box
    cx, cy = (x0 + x1) / 2, (y0 + y1) / 2
    half = min(max(x1 - x0, y1 - y0) / 2 * 1.25, rng.uniform(9.0, 10.3) * SCALE / 2)
    wipe = round(max(half, (x1 - x0) / 2 + 2)) + 1
    dark[round(cy) - wipe : round(cy) + wipe + 1, round(cx) - wipe : round(cx) + wipe + 1] = 0
    corners = (round(cx - half), round(cy - half)), (round(cx + half), round(cy + half))
    cv2.rectangle(dark, *corners, float(rng.uniform(0.75, 1.0)), int(rng.integers(2, 5)))
    return cx - half, cy - half, cx + half, cy + half


def _written(dark: Canvas, name: str, who: Hand, rng: np.random.Generator) -> None:
    """Something written by hand at the right of some labels that end with a colon."""
    blank = _blanks.blank(name)
    for line in blank.lines:
        if line.text.rstrip().endswith(":") and not line.spots and rng.random() < 0.5:
            room = min(line.box.x1 + rng.uniform(60, 140), blank.width - 60)
            if room - line.box.x1 > 30:
                scrawl(
                    dark, ((line.box.x1 + 4) * SCALE, line.box.top * SCALE, room * SCALE, line.box.bottom * SCALE), who, SCALE, rng
                )
