"""What was read, drawn over the picture of a page: cells, boxes with their states, and beside the page their labels. Pillow.

A label stands in the margin at the height of its box, in the colour of its state, with the number that stands at the box; where the
boxes are many, the labels stand in several columns. All lengths are pixels.
"""

from __future__ import annotations

import io
import itertools
from typing import TYPE_CHECKING, Final, NamedTuple

from PIL import Image, ImageDraw, ImageFont

from formfill.model.document import MarkState
from formfill.resources import FONTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from formfill.model.document import Document, Mark
    from formfill.model.geometry import Box

CELL: Final = "#2563eb"
"""Cells blue."""
COLOURS: Final = {MarkState.TICKED: "#1a7f37", MarkState.BLANK: "#6e7781", MarkState.UNCERTAIN: "#d97706"}
"""Ticked green, blank grey, uncertain orange."""
_PALE: Final = {MarkState.TICKED: "#a7d8b5", MarkState.BLANK: "#d5d9dd", MarkState.UNCERTAIN: "#f6d3a2"}
"""The lines that lead from the height of a box to its label."""
_SIGN: Final = {MarkState.TICKED: "☒", MarkState.BLANK: "☐", MarkState.UNCERTAIN: "?"}
_SIZE, _SMALL, _LINE = 12, 10, 15
WIDE: Final = 430
"""Width of a column of labels."""
_GAP: Final = 30
"""Between the page and the labels: room for the leaders."""
_LEAST: Final = 240.0
"""Least height of a column."""


class _Entry(NamedTuple):
    """A label in the margin."""

    mark: Mark
    box: Box
    """The mark, in pixels."""
    text: str


def over_page(page: Image.Image, document: Document, number: int, scale: float) -> Image.Image:
    """The picture of a page with what was read on it.

    Args:
        page: the page as printed.
        document: what was read.
        number: of the page, from 1.
        scale: pixels of a point.
    """
    page = page.convert("RGB")
    pen = ImageDraw.Draw(page)
    for grid in document.grids:
        for cell in itertools.chain.from_iterable(grid.rows):
            if cell.place.page == number and cell.place.box is not None:
                pen.rectangle(_pixels(cell.place.box, scale), outline=CELL, width=1)
    font = ImageFont.truetype(FONTS / "DejaVuSansCondensed.ttf", _SIZE)
    entries = []
    for mark in document.marks:
        if mark.place.page == number and mark.place.box is not None:
            box = _pixels(mark.place.box, scale)
            pen.rectangle(box, outline=COLOURS[mark.state], width=2)
            entries.append(_Entry(mark, box, _fitted(f"{mark.id} {_SIGN[mark.state]} {mark.label}", font)))
    return _with_labels(page, sorted(entries, key=lambda entry: (entry.box.top, entry.box.x0)), font) if entries else page


def _with_labels(page: Image.Image, entries: Sequence[_Entry], font: ImageFont.FreeTypeFont) -> Image.Image:
    rows = max(int(max(page.height, _LEAST) // _LINE), 1)
    columns = -(-len(entries) // rows)
    whole = Image.new("RGB", (page.width + _GAP + columns * WIDE, max(page.height, round(_LEAST))), "white")
    whole.paste(page, (0, 0))
    pen = ImageDraw.Draw(whole)
    # neighbours go to the columns in turn, so that each label stays near its box
    for column in range(columns):
        own = entries[column::columns]
        left = page.width + _GAP + column * WIDE
        for entry, top in zip(own, _tops([entry.box.centre[1] - _LINE / 2 for entry in own], whole.height), strict=True):
            middle = top + _LINE / 2
            if column == 0:
                pen.line((page.width, entry.box.centre[1], left - 3, middle), _PALE[entry.mark.state], 1)
            pen.text((left, top), entry.text, COLOURS[entry.mark.state], font)
    small = font.font_variant(size=_SMALL)
    for entry in entries:
        _numbered(whole, entry, small)
    return whole


def _numbered(whole: Image.Image, entry: _Entry, font: ImageFont.FreeTypeFont) -> None:
    """The number of a mark: in the corner of a cell, above a small box, on a veil that what is printed shows through."""
    wide = round(font.getlength(entry.mark.id)) + 2
    x, y = round(entry.box.x0), round(entry.box.top)
    x, y = (x + 3, y + 2) if entry.box.width > 2 * wide else (x, max(y - _SMALL, 0))
    spot = (x - 1, y, x - 1 + wide, y + _SMALL)
    part = whole.crop(spot)
    whole.paste(Image.blend(part, Image.new("RGB", part.size, "white"), 0.65), spot[:2])
    ImageDraw.Draw(whole).text((x, y - 1), entry.mark.id, COLOURS[entry.mark.state], font)


def _tops(wanted: Sequence[float], height: float) -> list[float]:
    """Where lines of text stand so that none lies over another, each as near as may be to where it is wanted."""
    tops: list[float] = []
    for want in wanted:
        tops.append(max(want, tops[-1] + _LINE if tops else 0.0))
    limit = height - _LINE
    for index in range(len(tops) - 1, -1, -1):
        tops[index] = min(tops[index], limit)
        limit = tops[index] - _LINE
    return tops


def _fitted(text: str, font: ImageFont.FreeTypeFont) -> str:
    """The text, its middle left out where it is wider than a column."""
    text = " ".join(text.split())
    if font.getlength(text) <= WIDE - 8:
        return text
    keep = len(text) - 1
    while keep > 8 and font.getlength(_without_middle(text, keep)) > WIDE - 8:
        keep -= 1
    return _without_middle(text, keep)


def _without_middle(text: str, keep: int) -> str:
    head = -(-2 * keep // 3)
    return f"{text[:head]}…{text[len(text) - (keep - head) :]}"


def one_below_the_other(pictures: Sequence[Image.Image]) -> bytes:
    """Some pictures as one PNG."""
    width, height = max(p.width for p in pictures), sum(p.height for p in pictures)
    whole = Image.new("RGB", (width, height), "white")
    y = 0
    for picture in pictures:
        whole.paste(picture, (0, y))
        y += picture.height
    out = io.BytesIO()
    whole.save(out, "PNG")
    return out.getvalue()


def _pixels(box: Box, scale: float) -> Box:
    return box._replace(x0=box.x0 * scale, top=box.top * scale, x1=box.x1 * scale, bottom=box.bottom * scale)
