"""What an OpenDocument file leaves in doubt and is told: struck text, buttons on together, filled placeholders, pasted images."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from formfill import readers
from formfill.source import Source
from tests.readers.encodings_odf import ENCODINGS, LINE, PEN
from tests.readers.odfpackages import cell, cell_style, ods, odt, paragraph, row, span, table, text_style

if TYPE_CHECKING:
    from formfill.model.document import Document


def codes(document: Document) -> list[str]:
    return [finding.code for finding in document.findings]


def read(data: bytes) -> Document:
    return readers.read(Source.of(data, "essai"))


def test_option_buttons_that_are_on_together_are_named() -> None:
    [finding] = read(ENCODINGS["radio-control-two-on"].build(0)).findings
    assert (finding.code, finding.severity) == ("uncertain-mark", "warning")
    assert "« Déployer un service », « Autre 1 »" in finding.message
    assert read(ENCODINGS["radio-control-two-groups"].build(0)).findings == ()


def test_struck_text_is_kept_and_told() -> None:
    styles = text_style("S", LINE)
    document = read(odt(paragraph("Nom : ", span("S", "Dupont"), " Martin"), styles))
    assert [(f.code, f.severity, f.place.path) for f in document.findings] == [("struck-text", "warning", "paragraph[1]")]
    assert document.text[0].text == "Nom : Dupont Martin"
    assert read(odt(paragraph("Oui / ", span("S", "Non")), styles)).findings == ()
    assert [f.code for f in read(ods(table(row("Nom", cell(paragraph(span("S", "Dupont")))), row("b", "c")), styles)).findings] == [
        "struck-text"
    ]


def test_a_form_highlighted_as_a_whole_is_blank() -> None:
    styles = text_style("H", PEN) + cell_style("C", PEN)
    every = "".join(paragraph(span("H", f"☐ {label}")) for label in "ABC")
    filled = table(*(row(cell("☐", style="C"), cell(label, style="C")) for label in "ABC"))
    for data in (odt(every, styles), odt(filled, styles), ods(filled, styles)):
        assert {mark.state for mark in read(data).marks} == {"blank"}


def test_comments_that_are_settled_and_their_answers() -> None:
    def note(text: str, attributes: str) -> str:
        return f"<office:annotation {attributes}>{paragraph(text)}</office:annotation>"

    body = paragraph(
        "Vu",
        note("Pourquoi ?", 'office:name="n1" loext:resolved="true"'),
        note("Parce que.", 'office:name="n2" loext:parent-name="n1"'),
    )
    document = read(odt(body))
    assert [(n.text, n.answers, n.resolved) for n in document.annotations] == [
        ("Pourquoi ?", None, True),
        ("Parce que.", 0, False),
    ]
    assert codes(document) == ["comment-resolved"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Martin Léa", "Nom : Martin Léa"),
        ("Cliquez ici pour saisir du texte", "Nom : "),
        ("Click or tap here to enter text.", "Nom : "),
        ("……………", "Nom : "),
        (span("Placeholder_20_Text", "Votre nom"), "Nom : "),
    ],
)
def test_a_placeholder_that_somebody_filled_is_read_and_told(text: str, shown: str) -> None:
    control = f'<loext:content-control loext:showing-place-holder="true">{text}</loext:content-control>'
    document = read(odt(paragraph("Nom : ", control)))
    assert document.text[0].text == shown
    assert codes(document) == (["placeholder-filled"] if shown != "Nom : " else [])


@pytest.mark.parametrize(("style", "expected"), [("S", ["struck-text", "tracked-change"]), ("W", ["tracked-change"]), ("B", [])])
def test_a_tracked_format_that_makes_a_mark_is_told(style: str, expected: list[str]) -> None:
    styles = text_style("S", LINE) + text_style("W", 'style:font-name="Wingdings"') + text_style("B", 'fo:font-weight="bold"')
    change = (
        '<text:tracked-changes><text:changed-region text:id="f"><text:format-change><office:change-info/></text:format-change>'
        "</text:changed-region></text:tracked-changes>"
    )
    body = paragraph("Vu : ", '<text:change-start text:change-id="f"/>', span(style, "þ"), '<text:change-end text:change-id="f"/>')
    assert codes(read(odt(change + body, styles))) == expected


def test_a_sheet_that_is_only_an_image_is_no_blank_form() -> None:
    scan = '<draw:frame svg:width="17cm" svg:height="24cm"><draw:image/></draw:frame>'
    logo = scan.replace("17cm", "2cm").replace("24cm", "1cm")
    over = f'<table:table table:name="Scan"><table:shapes>{scan}</table:shapes></table:table>'
    assert codes(read(ods(over))) == ["image-page"]
    assert codes(read(ods(table(row(cell(scan)))))) == ["image-page"]
    assert codes(read(ods(table(row("Nom", "Martin")) + over))) == ["image-page"]
    assert codes(read(ods(table(row("Nom", "Martin")) + over.replace(scan, logo)))) == ["picture-left-out"]
    assert codes(read(ods(table(row("Nom", cell(scan)))))) == ["picture-left-out"]
