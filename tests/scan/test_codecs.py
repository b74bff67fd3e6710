"""The picture of a scanned page is the same, and says the same, however a scanner encoded it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import formfill
import numpy as np
import pytest
from formfill.model.document import MarkState
from formfill.model.geometry import Box
from formfill.readers import _scanned
from formfill.readers._pdfium import Pdf
from formfill.scan import _ink, _look
from formfill.source import Source
from tests.scan.codecs import BITONAL, CODECS, in_pdf
from tests.scan.sheets import FICHE, Sheet, sheet
from tools.scans.hands import Style

if TYPE_CHECKING:
    from formfill.scan import PagePicture

ROUGH = ("Flate, 4 bits", "JPEG 2000, colour, with losses", "Flate, CMYK")
"""Codecs of few bits, with losses, or of inks that each program mixes in its way."""
BOX = Box(0, 0, 8, 8)
CROSSED = [MarkState.TICKED, MarkState.BLANK] * 3 + [MarkState.TICKED]


@lru_cache
def scanned() -> Sheet:
    return sheet(FICHE, (Style.CROSS, Style.NONE))


def picture(data: bytes) -> PagePicture:
    with Pdf(Source.of(data, "scan.pdf")) as pdf:
        # a page is open until the next ones are asked for
        [found] = [_scanned.of_page(pdf.handle, page) for pages in pdf.batches(1) for page in pages]
    assert found is not None
    return found


@pytest.mark.parametrize("codec", CODECS)
def test_the_ticks_of_a_page_in_every_codec(codec: str) -> None:
    found = formfill.read(in_pdf(scanned().grey, codec, 200), "scan.pdf")
    assert [box.state for box in found.boxes] == CROSSED
    assert found.form is not None
    assert found.form.id == "bts-sio-fiche-sisr"
    # what a scan in black and white may have lost is told
    assert ("black-and-white-scan" in {finding.code for finding in found.findings}) is (codec in BITONAL)


@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize("dpi", [100, 200, 300])
def test_a_page_has_the_points_of_its_picture(codec: str, dpi: int) -> None:
    grey = scanned().grey[200:700, 100:900]
    found = picture(in_pdf(grey, codec, dpi))
    assert found.dpi == pytest.approx(dpi, rel=0.01)
    assert found.grey.shape == grey.shape
    expected = np.where(grey > 150, 255, 0) if codec in BITONAL else grey
    apart = np.abs(found.grey.astype(int) - expected)
    # few bits and losses move every point a little
    assert float(apart.mean()) < (24 if "palette" in codec else 9 if codec in ROUGH else 3)


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_page_is_read_as_it_is_shown(rotate: int) -> None:
    turned = np.ascontiguousarray(np.rot90(scanned().grey, rotate // 90))
    found = formfill.read(in_pdf(turned, "JPEG, grey", 200, rotate=rotate), "scan.pdf")
    assert [box.state for box in found.boxes] == CROSSED


@pytest.mark.parametrize("codec", ["JPEG, grey", "fax (CCITT G4)", "JBIG2"])
def test_a_picture_cut_into_strips_is_one_page(codec: str) -> None:
    found = formfill.read(in_pdf(scanned().grey, codec, 200, strips=7), "scan.pdf")
    assert [box.state for box in found.boxes] == CROSSED


@pytest.mark.parametrize("codec", CODECS)
def test_a_page_without_a_tick_is_not_believed_in_black_and_white(codec: str) -> None:
    found = formfill.read(in_pdf(sheet(FICHE).grey, codec, 200), "scan.pdf")
    assert {box.state for box in found.boxes} == {MarkState.UNCERTAIN if codec in BITONAL else MarkState.BLANK}


@pytest.mark.parametrize(
    ("ticks", "fades"),
    [
        ([], True),
        ([("strokes", 0.5)], False),
        ([("strokes", 0.5), ("strokes", 0.05)], True),
        ([("strokes", 0.5), ("faint", 0.02)], True),
        ([("circle", 0.0)], False),
    ],
)
def test_what_became_of_one_tick_tells_of_the_others(ticks: list[tuple[str, float]], fades: bool) -> None:
    ink = _ink.Ink(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, bare=True)
    boxes = [_look.BoxSeen(BOX, ink, _ink.Reading(MarkState.BLANK, "clean"))]
    for why, strokes in ticks:
        state = MarkState.UNCERTAIN if why == "faint" else MarkState.TICKED
        boxes.append(_look.BoxSeen(BOX, ink._replace(strokes=strokes), _ink.Reading(state, why)))
    assert _ink.fades(boxes) is fades


def test_a_page_at_six_hundred_dots_is_read_at_three_hundred() -> None:
    grey = np.kron(scanned().grey[:900, :900], np.ones((3, 3), np.uint8))
    found = picture(in_pdf(grey, "fax (CCITT G4)", 600))
    assert found.dpi == 300
    assert found.grey.shape == (1350, 1350)
