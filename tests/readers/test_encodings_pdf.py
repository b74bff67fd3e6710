"""Every way a PDF shows a tick box is read: state and label."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from formfill.readers import read
from formfill.source import Source
from tests.readers import encodings_pdf as made
from tests.readers.pdf_cases import picture
from tests.readers.pdfbytes import Page, pdf, text

if TYPE_CHECKING:
    from formfill.model.document import Document

MARKS = {
    **{name: (draw, "ticked") for name, draw in made.TICKS.items()},
    **{name: (draw, "uncertain") for name, draw in made.UNCLEAR.items()},
    **{name: (draw, "blank") for name, draw in made.NOTHING.items()},
}


def document(data: bytes) -> Document:
    return read(Source.of(data, "formulaire.pdf"))


def seen(found: Document) -> list[tuple[str, str]]:
    return [(mark.label, mark.state.value) for mark in found.marks]


def expected(place: str, state: str) -> list[tuple[str, str]]:
    labels = made.PLACES[place].labels
    return list(zip(labels, ("blank", state, "blank"), strict=True))


@pytest.mark.parametrize("box", made.BOXES)
@pytest.mark.parametrize("mark", MARKS)
def test_every_box_is_read_however_it_is_drawn_and_ticked(box: str, mark: str) -> None:
    draw, state = MARKS[mark]
    assert seen(document(pdf(made.page(box, draw, "before its label")))) == expected("before its label", state)


@pytest.mark.parametrize("place", made.PLACES)
@pytest.mark.parametrize("box", ["re S, as Word", "four separate lines", "glyph"])
@pytest.mark.parametrize("mark", ["two diagonals", "a letter X", "a fill", "one diagonal", "nothing"])
def test_every_box_has_its_label_wherever_it_stands(box: str, mark: str, place: str) -> None:
    draw, state = MARKS[mark]
    assert seen(document(pdf(made.page(box, draw, place)))) == expected(place, state)


LAYERS = "/OCProperties << /OCGs [5 0 R 7 0 R] /D << /OFF [5 0 R] /Order [] >> >>"
OFF, ON = ({5 + 2 * k: f"<< /Type /OCG /Name (calque {k}) >>".encode()} for k in range(2))


@pytest.mark.parametrize("packed", [False, True])
def test_a_layer_that_is_switched_off_is_not_seen(packed: bool) -> None:
    def content(layer: str) -> list[str]:
        draw = made.BOXES["re S, as Word"](60, 700)
        inside = made.TICKS["two diagonals"](60, 700)
        words = text(75, 701, "Seul(e)")
        return [draw, words, f"/OC /{layer} BDC", inside, text(75, 640, "secret"), "EMC"]

    resources = "/Properties << /Hidden 5 0 R /Shown 7 0 R >>"
    for layer, state, words in (("Hidden", "blank", ["☐ Seul(e)"]), ("Shown", "ticked", ["☒ Seul(e)", "secret"])):
        data = pdf(made.with_resources(content(layer), resources), catalog=LAYERS, objects=OFF | ON)
        if packed:
            data = made.packed(data)
        found = document(data)
        assert seen(found) == [("Seul(e)", state)]
        assert [block.text for block in found.text] == words
        assert [finding.code for finding in found.findings] == ["hidden-content"] * (layer == "Hidden")


LABELS = [text(75, 701.5, "Seul(e)"), text(175, 701.5, "En équipe")]
TWO = [made.BOXES["re S, as Word"](60, 700), made.BOXES["re S, as Word"](160, 700)]
READ = [("Seul(e)", "ticked"), ("En équipe", "blank")]


def test_a_stray_cross_between_two_boxes_ticks_neither() -> None:
    boxes = [made.BOXES["re S, as Word"](x, 700) for x in (40, 80)]
    page = Page([text(30, 701.5, "F"), text(66, 701.5, "M"), *boxes, "1 w 53 701 m 62 709 l S 53 709 m 62 701 l S"])
    found = document(pdf(page))
    assert seen(found) == [("F", "uncertain"), ("M", "uncertain")]
    assert [mark.evidence[-1].detail for mark in found.marks] == ["stray stroke", "stray stroke"]


def test_many_boxes_and_ticks_may_be_one_path() -> None:
    boxes = "60 700 9.6 9.6 re 160 700 9.6 9.6 re 60 640 9.6 9.6 re S"
    ticks = "60 700 m 69.6 709.6 l 60 709.6 m 69.6 700 l 60 640 m 69.6 649.6 l 60 649.6 m 69.6 640 l S"
    found = document(pdf(Page([*LABELS, text(75, 641.5, "Autre"), boxes, ticks])))
    assert seen(found) == [*READ, ("Autre", "ticked")]


@pytest.mark.parametrize("nested", [False, True])
def test_boxes_in_form_xobjects_stand_where_their_matrices_put_them(nested: bool) -> None:
    content = "0 0 9.6 9.6 re S 100 0 9.6 9.6 re S 0 0 m 9.6 9.6 l S 0 9.6 m 9.6 0 l S"
    inner = made.xobject(content, "1 0 0 1 40 600")
    outer = made.xobject("q 0.5 0 0 0.5 0 0 cm /In Do Q", "2 0 0 2 0 0", "/XObject << /In 1001 0 R >>")
    objects = {1000: outer, 1001: inner} if nested else {1000: inner}
    assert seen(document(pdf(Page([*LABELS, "q 1 0 0 1 20 100 cm /Im Do Q"]), objects=objects))) == READ


ANNOTATIONS = {
    "two strokes of ink": ["/Ink /InkList [[60 700 69 709] [60 709 69 700]]"],
    "two lines": ["/Line /L [60 700 69 709]", "/Line /L [60 709 69 700]"],
    "an X": ["/FreeText /Contents (X)"],
    "a stamp": ["/Stamp"],
    "a square": ["/Square"],
    "a circle": ["/Circle"],
    "a highlight": ["/Highlight /QuadPoints [59 711 71 711 59 699 71 699]"],
    "a polygon": ["/Polygon /Vertices [60 700 69 709 69 700]"],
    "an X with a reply": ["/FreeText /Contents (X)", "/Text /Contents (vu) /IRT 12 0 R"],
}


@pytest.mark.parametrize("what", ANNOTATIONS)
def test_an_annotation_on_a_drawn_box_ticks_it(what: str) -> None:
    annots = [f"<< /Type /Annot /Rect [58 698 72 712] /Subtype {entry} >>" for entry in ANNOTATIONS[what]]
    assert seen(document(pdf(Page([*LABELS, *TWO], annots=annots)))) == READ
    hidden = [annot.replace("/Rect", "/F 2 /Rect") for annot in annots]
    assert seen(document(pdf(Page([*LABELS, *TWO], annots=hidden)))) == [("Seul(e)", "blank"), ("En équipe", "blank")]


TABLE = [
    *(f"0.5 w 50 {y} m 400 {y} l S" for y in (725, 695, 665, 635)),
    *(f"{x} 635 m {x} 725 l S" for x in (50, 260, 320, 400)),
    *(text(x, y, words) for x, y, words in ((60, 705, "Intitulé"), (270, 705, "B1.1"), (330, 705, "B1.2"))),
    *(text(60, y, words) for y, words in ((675, "Ligne A"), (645, "Ligne B"))),
]
IN_CELL = {
    "x": (text(355, 645, "x"), "ticked"),
    "a tick glyph": (text(355, 645, "✓", font="F2"), "ticked"),
    "a fill": ("0.8 g 320 635 80 30 re f 0 g", "ticked"),
    "both diagonals": ("320 635 m 400 665 l S 320 665 m 400 635 l S", "ticked"),
    "a drawn check": ("345 650 m 350 645 l 362 660 l S", "ticked"),
    "one diagonal": ("320 635 m 400 665 l S", "uncertain"),
}


@pytest.mark.parametrize("what", IN_CELL)
def test_a_ticked_cell_is_a_mark_named_by_its_column_and_its_row(what: str) -> None:
    drawn, state = IN_CELL[what]
    assert seen(document(pdf(Page([drawn, *TABLE])))) == [("B1.2 | Ligne B", state)]
    assert seen(document(pdf(Page([*TABLE])))) == []


def test_a_fill_over_two_neighbours_ticks_both_and_a_band_neither() -> None:
    both = document(pdf(Page(["0.5 0.7 1 rg 260 635 140 30 re f 0 g", *TABLE])))
    assert seen(both) == [("B1.1 | Ligne B", "ticked"), ("B1.2 | Ligne B", "ticked")]
    assert seen(document(pdf(Page(["0.5 0.7 1 rg 50 635 350 30 re f 0 g", *TABLE])))) == []


@pytest.mark.parametrize(
    ("drawn", "states"),
    [
        ("0.5 w 79 703.5 m 86 703.5 l S", ["blank", "ticked"]),
        (f"1 w {made.circle(82.5, 703.5, 7)} S", ["ticked", "blank"]),
        ("", []),
    ],
)
def test_an_alternative_struck_or_circled_is_a_choice(drawn: str, states: list[str]) -> None:
    found = document(pdf(Page([text(50, 700, "Sexe : F / M"), drawn])))
    assert seen(found) == list(zip(("F", "M"), states, strict=False))


@pytest.mark.parametrize("unicode", [True, False])
def test_a_font_without_unicode_is_read_by_its_outlines(unicode: bool) -> None:
    assert seen(document(made.subset(unicode=unicode))) == [("Seul(e)", "blank"), ("En équipe", "ticked"), ("Autre", "ticked")]


@pytest.mark.parametrize(
    ("font", "code", "state"),
    [
        *(("ZapfDingbats", code, "blank") for code in (0x6F, 0x71)),
        *(("Wingdings", code, state) for code, state in ((0x6F, "blank"), (0x78, "ticked"))),
        # Adobe's standard encoding and that of Windows have other boxes here
        ("Wingdings", 0xA8, "uncertain"),
        *(("Wingdings2", code, state) for code, state in ((0x35, "blank"), (0x52, "ticked"), (0xA3, "blank"))),
    ],
)
def test_a_symbol_font_is_read_by_its_codes(font: str, code: int, state: str) -> None:
    kind = "Type1" if font == "ZapfDingbats" else "TrueType"
    objects = {1001: f"<< /Type /Font /Subtype /{kind} /BaseFont /{font} >>".encode()}
    page = Page([f"BT /F9 12 Tf 1 0 0 1 50 700 Tm <{code:02X}> Tj ET", text(65, 700, "Choix")], fonts="/F9 1001 0 R")
    assert seen(document(pdf(page, objects=objects))) == [("Choix", state)]


@pytest.mark.parametrize(
    ("code", "described", "state"),
    [
        *((code, "/Flags 4", state) for code, state in ((0xFE, "ticked"), (0xA8, "blank"), (0xFD, "ticked"), (0x20, None))),
        # without a description PDFium takes Adobe's standard encoding, which has no þ and another sign at A4
        *((code, "", state) for code, state in ((0xFE, "uncertain"), (0xFD, "uncertain"), (0xA4, "uncertain"), (0x6F, "blank"))),
        # the codes of a Macintosh
        *((code, "/Encoding /MacRomanEncoding", state) for code, state in ((0xFE, "uncertain"), (0x6F, "blank"), (0x41, None))),
    ],
)
def test_a_symbol_font_that_is_not_embedded_is_read_by_its_codes_or_uncertain(code: int, described: str, state: str | None) -> None:
    widths = " ".join(["890"] * 224)
    font = "/Type /Font /Subtype /TrueType /BaseFont /Wingdings"
    if described:
        font += f" /FirstChar 32 /LastChar 255 /Widths [{widths}] /FontDescriptor 1002 0 R"
    font += described if "Encoding" in described else ""
    flags = "/FontBBox [0 -211 1359 899] /ItalicAngle 0 /Ascent 899 /Descent -211 /CapHeight 700 /StemV 80 /Flags 4"
    objects = {1001: f"<< {font} >>".encode(), 1002: f"<< /Type /FontDescriptor /FontName /Wingdings {flags} >>".encode()}
    page = Page([f"BT /F9 12 Tf 1 0 0 1 50 700 Tm <{code:02X}> Tj ET", text(65, 700, "Choix")], fonts="/F9 1001 0 R")
    assert seen(document(pdf(page, objects=objects))) == ([("Choix", state)] if state else [])


@pytest.mark.parametrize("turns", [0, 90, 180, 270])
@pytest.mark.parametrize("mark", ["two diagonals", "a check as a polyline", "a letter X", "one diagonal"])
def test_turning_moving_and_scaling_the_page_change_no_reading(mark: str, turns: int) -> None:
    draw, state = MARKS[mark]
    page = made.page("re S, as Word", draw, "before its label")
    matrix = {0: "1 0 0 1 0 0", 90: "0 1 -1 0 842 0", 180: "-1 0 0 -1 595 842", 270: "0 -1 1 0 0 595"}[turns]
    media = (0, 0, 595, 842) if turns % 180 == 0 else (0, 0, 842, 595)
    for change in ("1 0 0 1 0 0", "1 0 0 1 33.3 -41.7", "0.8 0 0 0.8 20 30", "1.3 0 0 1.3 0 -150"):
        changed = Page([f"{matrix} cm {change} cm", *page.content], extra=f"/Rotate {turns}", media=media)
        assert seen(document(pdf(changed))) == expected("before its label", state)


@pytest.mark.parametrize("mark", ["two diagonals", "a fill", "a letter X", "nothing"])
def test_the_order_of_the_objects_changes_no_reading(mark: str) -> None:
    draw, state = MARKS[mark]
    for place in ("before its label", "several on a line", "alone in a cell"):
        content = made.page("re S, as Word", draw, place).content
        for shift in range(0, len(content), 3):
            assert seen(document(pdf(Page(content[shift:] + content[:shift])))) == expected(place, state)


@pytest.mark.parametrize("side", [12, 24, 60])
@pytest.mark.parametrize(("what", "state"), [("empty", "blank"), ("crossed", "ticked"), ("half filled", "uncertain")])
def test_a_box_that_is_a_picture_is_read_by_its_look(what: str, state: str, side: int) -> None:
    content = [*LABELS, "q 9.6 0 0 9.6 60 700 cm /Im Do Q", TWO[1]]
    found = document(pdf(Page(content), objects={1000: picture(what, side)}))
    assert seen(found) == [("Seul(e)", state), ("En équipe", "blank")]


def test_a_small_picture_that_is_no_box_is_none() -> None:
    content = [*LABELS, "q 12 0 0 12 60 700 cm /Im Do Q", TWO[1]]
    assert seen(document(pdf(Page(content)))) == [("Seul(e) En équipe", "blank")]


def test_a_box_filled_with_a_shading_is_not_blank() -> None:
    shading = "/Coords [60 700 70 710] /Function << /FunctionType 2 /Domain [0 1] /C0 [0] /C1 [0] /N 1 >> /Extend [true true]"
    page = Page([*LABELS, *TWO, "q 60 700 9.6 9.6 re W n /S1 sh Q"])
    page.resources = f"/Shading << /S1 << /ShadingType 2 /ColorSpace /DeviceGray {shading} >> >>"
    assert seen(document(pdf(page))) == READ


def test_letters_that_stand_in_a_column_are_no_word() -> None:
    """PDFium takes signs drawn one below the other for vertical writing."""
    found = document(pdf(Page([*TABLE[:-2], text(60, 675, "A"), text(60, 645, "B"), text(282, 675, "x"), text(282, 645, "x")])))
    assert [[cell.text for cell in row] for row in found.grids[0].rows] == [
        ["Intitulé", "B1.1", "B1.2"],
        ["A", "x", ""],
        ["B", "x", ""],
    ]
    assert seen(found) == [("B1.1 | A", "ticked"), ("B1.1 | B", "ticked")]
