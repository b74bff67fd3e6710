"""Annotations on a box, beside it, astride two, on its label and far from it; over the alternatives of a choice without boxes."""

from __future__ import annotations

import pytest
from formfill.readers import read
from formfill.source import Source
from tests.readers import encodings_pdf as made
from tests.readers.pdfbytes import Page, pdf, text

BOX = made.BOXES["re S, as Word"]
ROW = [BOX(60, 700), text(75, 701.5, "Seul(e)"), BOX(160, 700), text(175, 701.5, "En équipe")]
QUADS = "/QuadPoints [{a} 711 {b} 711 {a} 699 {b} 699]"
KINDS = {
    "Ink": ("/InkList [[{a} 700 {b} 709] [{a} 709 {b} 700]]", "ticked"),
    "PolyLine": ("/Vertices [{a} 705 {m} 700 {b} 712]", "ticked"),
    "Line": ("/L [{a} 700 {b} 709]", "uncertain"),
    "FreeText": ("/Contents (X)", "ticked"),
    "FreeText /Q 1": ("/Contents (oui)", "uncertain"),
    "Stamp": ("/Name /Approved", "ticked"),
    "Square": ("", "ticked"),
    "Circle": ("", "ticked"),
    "Polygon": ("/Vertices [{a} 700 {b} 709 {b} 700]", "ticked"),
    "Highlight": (QUADS, "ticked"),
    "StrikeOut": (QUADS, "uncertain"),
    "Underline": (QUADS, "uncertain"),
    "Squiggly": (QUADS, "uncertain"),
    "Caret": ("", "uncertain"),
    "Text": ("/Name /Check", "ticked"),
}
"""What an annotation tells, and the state of a box that it is laid on."""
PLACES = {
    "on it": (59, 71, None, "blank"),
    "beside it": (44, 56, "uncertain", "blank"),
    "half a box off, and more": (66, 78, "uncertain", "blank"),
    "on its label": (74, 110, "uncertain", "blank"),
    "far from it": (300, 312, "blank", "blank"),
}
"""Left and right; the states of both boxes, None where it ticks."""


def annotation(kind: str, left: float, right: float, more: str = "") -> str:
    told = KINDS[kind][0].format(a=left, b=right, m=(2 * left + right) / 3)
    return f"<< /Type /Annot /Rect [{left} 698 {right} 712] /Subtype /{kind} {told} {more} >>"


def states(*annots: str, content: list[str] | None = None) -> list[str]:
    found = read(Source.of(pdf(Page(content or ROW, annots=list(annots))), "x.pdf"))
    return [mark.state.value for mark in found.marks]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("place", PLACES)
def test_an_annotation_says_what_it_is_laid_on(kind: str, place: str) -> None:
    left, right, first, second = PLACES[place]
    expected = [first or KINDS[kind][1], second]
    assert states(annotation(kind, left, right)) == expected
    hidden = annotation(kind, left, right, "/F 2")
    assert states(hidden) == ["blank", "blank"]


@pytest.mark.parametrize("kind", ["FreeText", "Stamp", "Circle", "Highlight"])
def test_an_annotation_astride_two_boxes_ticks_neither(kind: str) -> None:
    content = [BOX(60, 700), BOX(71, 700), text(86, 701.5, "Seul(e)")]
    assert states(annotation(kind, 64, 76.6), content=content) == ["uncertain", "uncertain"]


@pytest.mark.parametrize("reply", ["/Text /Contents (d'accord)", "/FreeText /Contents (X)", "/Text /Name /Check"])
def test_a_reply_is_no_mark_of_its_own(reply: str) -> None:
    first = annotation("FreeText", 300, 312)
    later = f"<< /Type /Annot /Rect [59 698 71 712] /IRT 12 0 R /Subtype {reply} >>"
    assert states(first, later) == ["blank", "blank"]
    assert states(annotation("FreeText", 59, 71), later) == ["ticked", "blank"]


CHOICE = [text(50, 700, "Travail : seul / en équipe")]
SET_APART = {
    "Highlight": (QUADS, ["ticked", "blank"]),
    "Circle": ("", ["ticked", "blank"]),
    "Square": ("", ["ticked", "blank"]),
    "StrikeOut": (QUADS, ["blank", "ticked"]),
    "Ink": ("/InkList [[{a} 704 {m} 712 {b} 711 {b} 704 {b} 698 {m} 696 {a} 699 {a} 704]]", ["ticked", "blank"]),
    "Polygon": ("/Vertices [{a} 704 {m} 712 {b} 711 {b} 704 {b} 698 {m} 696 {a} 699]", ["ticked", "blank"]),
}


@pytest.mark.parametrize("kind", SET_APART)
def test_an_alternative_set_apart_by_an_annotation_is_a_choice(kind: str) -> None:
    told, expected = SET_APART[kind]

    def laid(left: float, right: float) -> str:
        entries = told.format(a=left, b=right, m=(left + right) / 2)
        return f"<< /Type /Annot /Rect [{left} 697 {right} 712] /Subtype /{kind} {entries} >>"

    # « seul » stands from 87 to 105, « en équipe » from 114 to 161
    assert states(laid(85, 107), content=CHOICE) == expected
    assert states(laid(112, 163), content=CHOICE) == expected[::-1]
    # under the line, and over both of them, it says nothing
    assert states(laid(85, 163), content=CHOICE) == []
    assert states(laid(285, 307), content=CHOICE) == []


def test_rings_of_one_size_around_alternatives_are_no_boxes() -> None:
    lines = [text(50, 700, "Sexe : F / M"), text(50, 660, "Groupe : A / B")]
    rings = [f"1 w {made.circle(x, y, 7)} S" for x, y in ((82.5, 703.5), (95.7, 663.5))]
    found = read(Source.of(pdf(Page([*lines, *rings])), "x.pdf"))
    seen = [(mark.label, mark.state.value) for mark in found.marks]
    assert seen == [("F", "ticked"), ("M", "blank"), ("A", "ticked"), ("B", "blank")]
