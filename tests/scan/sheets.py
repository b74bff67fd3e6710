"""Scanned pages made for the tests: official blanks, filled in by invented hands, scanned and worn."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final, NamedTuple

import cv2
import numpy as np
from formfill.scan import _blanks
from PIL import Image
from tools.scans.hands import Canvas, Hand, Style, mark, scrawl
from tools.scans.worn import MODERATE, SEVERITIES, Grey, Wear, worn

if TYPE_CHECKING:
    from collections.abc import Sequence

DPI: Final = 300
SCALE: Final = DPI / 72
WEAR: Final = SEVERITIES[MODERATE][1]
PEN: Final = Hand(width=1.2, dark=0.9, grain=0.0, shake=0.25, reach=1.05, aim=0.05, tick=Style.CROSS)
FICHE: Final = "bts-sio-fiche-sisr--VII-1--1"


class Sheet(NamedTuple):
    """A scanned page and what was drawn in its boxes."""

    grey: Grey
    styles: tuple[Style, ...]


def sheet(
    name: str = FICHE,
    ticks: Sequence[Style] = (),
    *,
    wear: Wear = WEAR,
    seed: int = 8,
    scrawls: Sequence[tuple[float, float, float, float]] = (),
    typed: Sequence[tuple[float, float, str]] = (),
) -> Sheet:
    """One page: the ticks of its boxes over and over, what is written by hand, what is typed and where."""
    rng = np.random.default_rng(seed)
    blank = _blanks.blank(name)
    large = cv2.resize(blank.picture, None, fx=DPI / _blanks.DPI, fy=DPI / _blanks.DPI, interpolation=cv2.INTER_CUBIC)
    dark: Canvas = np.ascontiguousarray((255 - large.astype(np.float32)) / 255)
    if typed:
        dark = _typed(dark, typed)
    spots = [spot for line in blank.lines for spot in line.spots]
    styles = tuple(ticks[rank % len(ticks)] if ticks else Style.NONE for rank in range(len(spots)))
    for spot, style in zip(spots, styles, strict=True):
        mark(dark, (spot.x0 * SCALE, spot.top * SCALE, spot.x1 * SCALE, spot.bottom * SCALE), style, PEN, SCALE, rng)
    for x0, y0, x1, y1 in scrawls:
        scrawl(dark, (x0 * SCALE, y0 * SCALE, x1 * SCALE, y1 * SCALE), PEN, SCALE, rng)
    return Sheet(worn(dark, DPI, wear, rng), styles)


def _typed(dark: Canvas, typed: Sequence[tuple[float, float, str]]) -> Canvas:
    from formfill.resources import FONTS
    from PIL import ImageDraw, ImageFont

    picture = Image.fromarray(np.asarray(255 - 255 * np.clip(dark, 0, 1), np.uint8))
    pen = ImageDraw.Draw(picture)
    font = ImageFont.truetype(str(FONTS / "DejaVuSansCondensed.ttf"), 44)
    for x, y, text in typed:
        pen.text((x * SCALE, y * SCALE), text, font=font, fill=0)
    return np.ascontiguousarray((255 - np.asarray(picture, np.float32)) / 255)


def saved(*pages: Grey, to: str = "PNG", dpi: float = 200) -> bytes:
    """Pages as a picture file, or as a PDF that holds nothing but pictures."""
    out = io.BytesIO()
    first, *others = [Image.fromarray(page) for page in pages]
    more = {"save_all": True, "append_images": others} if to in ("TIFF", "PDF") else {}
    told = {"resolution": dpi} if to == "PDF" else {} if to == "HEIF" else {"dpi": (dpi, dpi)}
    first.save(out, to, **more, **told)
    return out.getvalue()
