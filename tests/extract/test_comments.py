"""What is nobody's label is the row's comment, as written and in order."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.grids import Row, codes, official, read, states, text_of


def test_comments_of_every_cell_are_kept_in_order() -> None:
    rows = official()
    rows["B1.1"].title.append("Inventaire fait avec M. Exemple")
    rows["B1.1"].box.append("le 12/03")
    rows["B1.1"].indicators += ["", "Deux lignes,", "", "puis une autre."]
    assert text_of(read(rows), "commentaire.B1.1") == "Inventaire fait avec M. Exemple\nle 12/03\nDeux lignes,\n\npuis une autre."


def test_a_spanning_row_is_the_comment_of_the_row_above() -> None:
    rows = list(official().values())
    rows[2:2] = [Row(["Commentaire", "Bravo pour la sauvegarde."], [], [])]
    record = read(list(rows))
    assert text_of(record, "commentaire.B1.1") == "Commentaire\nBravo pour la sauvegarde."


def test_a_comment_keeps_its_bullets_and_its_spaces() -> None:
    rows = official()
    rows["B1.6"].indicators.append("-  veille  RSS ;")
    assert text_of(read(rows), "commentaire.B1.6") == "-  veille  RSS ;"


def test_a_glyph_in_the_middle_of_a_comment_is_text_not_the_box() -> None:
    rows = official()
    rows["B1.6"].indicators.append("La case ☒ de mon collègue n’est pas la mienne.")
    record = read(rows)
    assert states(record)["B1.6"] == "blank"
    assert text_of(record, "commentaire.B1.6") == "La case ☒ de mon collègue n’est pas la mienne."


def test_a_tick_typed_at_the_title_contradicts_the_box() -> None:
    rows = official()
    rows["B1.6"].title[0] = "☒ " + rows["B1.6"].title[0]
    assert states(read(rows))["B1.6"] == "uncertain"


@pytest.mark.parametrize("letter", ["x", "X", "×"])
def test_a_letter_typed_in_the_place_of_the_box_ticks_it(letter: str) -> None:
    rows = official()
    rows["B1.6"].box = [letter]
    assert states(read(rows))["B1.6"] == "ticked"


def test_a_word_in_the_place_of_the_box_does_not() -> None:
    rows = official()
    rows["B1.6"].box = ["oui"]
    record = read(rows)
    assert states(record)["B1.6"] == "uncertain"
    assert "missing-box" in codes(record)
    assert text_of(record, "commentaire.B1.6") == "oui"


@settings(max_examples=40, derandomize=True)
@given(st.integers(0, 10_000))
def test_wrapping_the_labels_changes_nothing(seed: int) -> None:
    """A label cut over several lines, as PDFs have them, is still that label."""
    chance = random.Random(seed)
    rows = official()
    for row in rows.values():
        for lines in (row.title, row.indicators):
            wrapped: list[str] = []
            for line in lines:
                words = line.split(" ")
                cut = chance.randrange(1, len(words)) if len(words) > 3 and chance.random() < 0.4 else len(words)
                wrapped += [" ".join(words[:cut]), *([" ".join(words[cut:])] if cut < len(words) else [])]
            lines[:] = wrapped
    assert codes(read(rows)) == ["blank-form"]


def test_labels_run_together_are_told_apart() -> None:
    rows = official()
    activities = rows["B1.1"].title[1:]
    rows["B1.1"].title[1:] = [" ".join(activities)]
    assert codes(read(rows)) == ["blank-form"]


@settings(max_examples=60, derandomize=True)
@given(st.permutations(range(7)), st.lists(st.sampled_from(["☐", "☒", "⍰"]), min_size=7, max_size=7))
def test_any_order_of_rows_gives_the_same_boxes(order: list[int], glyphs: list[str]) -> None:
    rows = official()
    for row, glyph in zip(rows.values(), glyphs, strict=True):
        row.box = [glyph]
    listed = list(rows.values())
    expected = dict(zip(rows, ({"☐": "blank", "☒": "ticked", "⍰": "uncertain"}[glyph] for glyph in glyphs), strict=True))
    assert states(read([listed[i] for i in order])) == expected
