"""What the pages have of the look of their blanks that no text tells: headings printed upwards, frames to write in."""

from __future__ import annotations

import io
from itertools import pairwise

import formfill
import pdfplumber
import pytest
from formfill import catalogue
from tests.writers.test_forms import filled


def first_page(form: str, edition: str) -> pdfplumber.page.Page:
    return pdfplumber.open(io.BytesIO(formfill.render(filled(catalogue.form(form), edition), "pdf"))).pages[0]


@pytest.mark.parametrize("edition", ["6-1", "8-1", "VI"])
def test_periods_and_activities_of_a_tableau_are_printed_upwards_and_apart(edition: str) -> None:
    page = first_page("bts-sio-tableau-synthese", edition)
    turned = [char for char in page.chars if abs(char["matrix"][1]) > abs(char["matrix"][0])]
    # in the order of the page: a line goes on upwards, at one distance from the left
    lines: dict[float, str] = {}
    for char in turned:
        at = round(char["x0"], 1)
        lines[at] = lines.get(at, "") + char["text"]
    text = "".join("".join(line.split()) for line in lines.values())
    assert "Période(souslaformeduJJ/MM/AAauJJ/MM/AA)" in text
    assert "Gérerdessauvegardes" in text
    places = sorted(at for at, line in lines.items() if line.strip())
    # signs of a line stand within a point; lines over each other would stand closer than they are high
    assert min(b - a for a, b in pairwise(places) if b - a > 1) > 4
    # the corner is crossed by its diagonal
    assert any(min(line["width"], line["height"]) > 100 for line in page.lines)


@pytest.mark.parametrize("form", ["bts-ndrc-grille-e4", "bts-ndrc-grille-e6"])
def test_the_note_has_its_frame(form: str) -> None:
    page = first_page(form, "2025")
    note = next(word for word in page.extract_words() if word["text"] == "NOTE")
    frames = [rect for rect in page.rects if 60 < rect["width"] < 80 and 28 < rect["height"] < 40]
    assert [abs(frame["top"] - note["top"]) < 20 and frame["x0"] > note["x1"] for frame in frames] == [True]
