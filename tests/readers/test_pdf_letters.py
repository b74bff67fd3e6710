"""Letters typed over the boxes of a page by a viewer's « fill and sign »: on the box, astride, beside, under it."""

from __future__ import annotations

import pytest
from formfill.readers import read
from formfill.source import Source
from tests.readers import encodings_pdf as made
from tests.readers.pdfbytes import Page, pdf, text

BOX = made.BOXES["re S, as Word"]
ROW = [BOX(60, 700), text(75, 701.5, "Seul(e)"), BOX(160, 700), text(175, 701.5, "En équipe")]
STACK = [BOX(60, 700), text(75, 701.5, "Seul(e)"), BOX(60, 686), text(75, 687.5, "En équipe")]


def seen(*content: str, objects: dict[int, bytes] | None = None) -> list[tuple[str, str]]:
    return [(mark.label, mark.state.value) for mark in read(Source.of(pdf(Page([*content]), objects=objects), "x.pdf")).marks]


def states(first: str, second: str) -> list[tuple[str, str]]:
    return [("Seul(e)", first), ("En équipe", second)]


@pytest.mark.parametrize("size", [8, 10, 12, 14, 18, 24])
@pytest.mark.parametrize("char", ["X", "x", "×"])
def test_a_cross_of_any_size_on_a_box_ticks_it(char: str, size: int) -> None:
    wide, middle = {"X": (0.667, 0.36), "x": (0.5, 0.26), "×": (0.584, 0.25)}[char]
    cross = text(64.8 - wide * size / 2, 704.8 - middle * size, char, size=size)
    assert seen(*ROW, cross) == states("ticked", "blank")
    assert seen(cross, *ROW) == states("ticked", "blank")
    placed = text(64.8 - wide * size / 2, 704.8 - middle * size, char, size=size)
    form = {1000: made.xobject(placed, "1 0 0 1 0 0", "/Font << /F1 3 0 R >>")}
    assert seen(*ROW, "/Im Do", objects=form) == states("ticked", "blank")


@pytest.mark.parametrize("far", [-8, -6.5, 5.5, 7, 8.5, 10])
def test_a_cross_beside_a_box_leaves_it_unclear(far: float) -> None:
    assert seen(*ROW, text(61.5 + far, 701.2, "X")) == states("uncertain", "blank")


@pytest.mark.parametrize(("drop", "first", "second"), [
    (0, "ticked", "blank"),
    (3, "ticked", "blank"),
    (6, "uncertain", "uncertain"),
    (8, "uncertain", "uncertain"),
    (11, "blank", "ticked"),
    (14, "blank", "ticked"),
])  # fmt: skip
def test_a_cross_between_two_boxes_one_below_the_other_ticks_neither(drop: float, first: str, second: str) -> None:
    assert seen(*STACK, text(61.5, 701.2 - drop, "X")) == states(first, second)


def test_a_cross_astride_two_boxes_side_by_side_ticks_neither() -> None:
    found = seen(BOX(60, 700), BOX(71, 700), text(86, 701.5, "Seul(e)"), text(66.9, 701.2, "X"))
    assert [state for _label, state in found] == ["uncertain", "uncertain"]


@pytest.mark.parametrize("char", ["V", "1", "-", "o", "•", "/"])
def test_another_sign_in_a_box_leaves_it_unclear(char: str) -> None:
    assert [state for _label, state in seen(*ROW, text(62.5, 701.2, char))] == ["uncertain", "blank"]


def test_boxes_to_be_written_in_are_no_tick_boxes() -> None:
    digits = [part for k, char in enumerate("20250611") for part in (BOX(60 + 12 * k, 700), text(62 + 12 * k, 701.2, char))]
    assert seen(*digits, text(170, 701.5, "Date")) == []


def test_a_word_beside_a_box_is_a_label_whatever_its_letters() -> None:
    content = [BOX(60, 700), text(71, 701.5, "x86"), BOX(160, 700), text(171, 701.5, "Xavier ou X")]
    assert seen(*content) == [("x86", "blank"), ("Xavier ou X", "blank")]
