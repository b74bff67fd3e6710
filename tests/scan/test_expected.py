"""What the label before a field asks for, and whether what was read has its shape."""

from __future__ import annotations

import pytest
from formfill.model.geometry import Box
from formfill.scan import _blanks, _expected, _ocr


def written_after(name: str, label: str) -> str | None:
    """What is expected a little after a label of a blank."""
    blank = _blanks.blank(name)
    [line] = [line for line in blank.lines if line.text.strip().startswith(label)]
    at = line.box.x0 + 75 if "..." in line.text else line.box.x1 + 6
    return _expected.kind(Box(at, line.box.top - 3, at + 60, line.box.bottom + 2), blank.lines)


@pytest.mark.parametrize(
    ("name", "label", "expected"),
    [
        ("bts-sio-expression-besoins--8-SISR--1", "N° candidat", "number"),
        ("bts-sio-expression-besoins--8-SISR--1", "Date", "date"),
        ("bts-sio-grille-bloc2-sisr--7-4-A--1", "Date", "date"),
    ],
)
def test_what_a_label_asks_for(name: str, label: str, expected: str) -> None:
    found = [own for own in _blanks.index().names if own.startswith(name.rpartition("--")[0].rpartition("--")[0])]
    assert written_after(found[0], label) == expected


def test_far_from_any_label_anything_may_stand() -> None:
    lines = _blanks.blank(_blanks.index().names[0]).lines
    assert _expected.kind(Box(500, 5, 560, 12), lines) is None


@pytest.mark.parametrize("text", ["O2345678901", "0234 567 8g01", "l2", "02345"])
def test_figures_that_were_taken_for_letters(text: str) -> None:
    assert _expected.may_be_figures(text)


@pytest.mark.parametrize("text", ["MARTIN", "", "OIl", "0234X", "12 rue"])
def test_what_is_no_figures(text: str) -> None:
    assert not _expected.may_be_figures(text)


@pytest.mark.parametrize(
    ("expected", "text", "fits"),
    [
        ("number", "02345678901", True),
        ("number", "0234-567 89", True),
        ("number", "2345678901A", True),
        ("number", "MARTIN", False),
        ("number", "12, rue", False),
        ("date", "12/05/2026", True),
        ("date", "12 mai 2026", True),
        ("date", "31/02/2026", False),
        ("date", "demain", False),
        (None, "tout ce qu’on veut", True),
    ],
)
def test_the_shape_of_what_was_read(expected: str | None, text: str, fits: bool) -> None:
    assert _expected.fits(expected, text) is fits


@pytest.mark.skipif(not _ocr.available(), reason="no French data of Tesseract: apt-get install tesseract-ocr-fra")
def test_figures_alone_may_be_asked_for() -> None:
    import numpy as np
    from formfill.resources import FONTS
    from PIL import Image, ImageDraw, ImageFont

    picture = Image.new("L", (700, 90), 255)
    font = ImageFont.truetype(str(FONTS / "DejaVuSansCondensed.ttf"), 44)
    ImageDraw.Draw(picture).text((20, 15), "O23B5678S01", font=font, fill=0)
    line = np.asarray(picture, np.uint8)
    engine = _ocr._engine()
    read, _worst = _ocr._recognised(engine, line, _expected.FIGURES)
    assert read.replace(" ", "").isdigit()
    again, _worst = _ocr._recognised(engine, line)
    assert not again.isdigit()
