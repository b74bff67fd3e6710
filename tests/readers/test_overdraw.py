"""The picture of a PDF page with what was read on it: cells, boxes, states, and beside the page the label of each box."""

from __future__ import annotations

import io
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from formfill import pipeline
from formfill.model.document import MarkState
from formfill.readers import _overdraw, read
from formfill.source import Source
from PIL import Image, ImageColor
from tests.readers.pdfbytes import Page, pdf, table, text

if TYPE_CHECKING:
    from formfill.model.document import Document

STATES = {"☐": MarkState.BLANK, "☒": MarkState.TICKED, "⍰": MarkState.UNCERTAIN}


def made(signs: str, step: float = 30) -> Source:
    ys = [780 - step * k for k in range(len(signs) + 1)]
    content = table([50.0, 250, 290], ys)
    for sign, y in zip(signs, ys, strict=False):
        content += [text(55, y - 12, f"Ligne {y:.0f}"), text(260, y - 12, sign, font="F2", size=8)]
    return Source.of(pdf(Page(content)), "x.pdf")


def drawn(source: Source) -> tuple[Image.Image, Document]:
    document = read(source)
    return Image.open(io.BytesIO(pipeline.draw(source, document))).convert("RGB"), document


def near(picture: Image.Image, box: tuple[int, int, int, int], colour: str) -> int:
    """How many pixels of a part have a colour."""
    counted = picture.crop(box).getcolors(1 << 24) or []
    return sum(count for count, pixel in counted if pixel == ImageColor.getrgb(colour))


@pytest.mark.parametrize("sign", STATES)
def test_each_box_has_its_label_in_the_margin_at_its_height(sign: str) -> None:
    picture, document = drawn(made(sign))
    [mark] = document.marks
    assert mark.state is STATES[sign]
    box = mark.place.box
    assert box is not None
    width = round(595 * 100 / 72)
    top = round((box.centre[1] - 6) * 100 / 72)
    margin = (width + _overdraw._GAP, top, picture.width, top + 20)
    assert near(picture, margin, _overdraw.COLOURS[mark.state]) > 2
    assert near(picture, margin, "#ffffff") < (margin[2] - margin[0]) * 20 - 100
    # nothing else stands in the margin
    rest = (width + _overdraw._GAP, top + 40, picture.width, picture.height)
    assert near(picture, rest, "#ffffff") == (rest[2] - rest[0]) * (rest[3] - rest[1])
    # the cells are outlined
    assert near(picture, (0, 0, width, picture.height), _overdraw.CELL) > 200


def test_many_boxes_have_each_their_label() -> None:
    picture, document = drawn(made("☐☒" * 60, 6))
    assert len(document.marks) == 120
    assert picture.width == round(595 * 100 / 72) + 1 + _overdraw._GAP + 2 * _overdraw.WIDE


def test_labels_never_lie_over_one_another() -> None:
    tops = _overdraw._tops([10.0, 12, 14, 500, 990, 995, 999], 1000)
    assert all(b - a >= _overdraw._LINE for a, b in pairwise(tops))
    assert tops[0] == 10
    assert tops[-1] <= 1000 - _overdraw._LINE


def test_a_page_without_boxes_has_no_margin() -> None:
    picture, _document = drawn(Source.of(pdf(Page([text(50, 700, "Rien")])), "x.pdf"))
    assert picture.width == pytest.approx(595 * 100 / 72, abs=2)
