"""On the page, a box stands where a person takes it for its own label's, not for that of the next cell."""

from __future__ import annotations

import io

import formfill
import pdfplumber
import pytest
from tests.samples import ROOT

SHEETS = ["bts-sio-fiche-sisr/legacy-fields", "bts-sio-fiche-slam/legacy-fields"]


@pytest.mark.parametrize("sample", [name for name in SHEETS if (ROOT / name).is_dir()])
def test_a_box_sent_right_by_a_tab_stops_before_the_next_cell(sample: str) -> None:
    record = formfill.read(ROOT / sample / "source.docx")
    with pdfplumber.open(io.BytesIO(formfill.render(record, "pdf"))) as document:
        words = document.pages[0].extract_words(keep_blank_chars=False)
    at = next(k for k, word in enumerate(words) if word["text"] == "ponctuelle")
    label, box, following = words[at : at + 3]
    assert (box["text"] in "☐☒", following["text"]) == (True, "Contrôle")
    assert following["x0"] - box["x1"] > 10
    assert box["x0"] > label["x1"]
