"""Tracked changes of format: told where they touch what makes a mark, read as accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from formfill import readers
from formfill.source import Source
from tests.readers.packages import W_ONLY, cell, checkbox, fonts, item, numbering, package, paragraph, run, table

if TYPE_CHECKING:
    from formfill.model.document import Document


def read(body: str) -> Document:
    lists = {"word/numbering.xml": numbering(("\uf0a8", "Wingdings"), ("\uf0b7", "Symbol"))}
    return readers.read(Source.of(package(body, dict(lists)), "essai.docx"))


def was(old: str) -> str:
    return f'<w:rPrChange w:id="1" w:author="E"><w:rPr>{old}</w:rPr></w:rPrChange>'


def old_paragraph(old: str) -> str:
    return f'<w:pPrChange w:id="1" w:author="E"><w:pPr>{old}</w:pPr></w:pPrChange>'


STRIKE, PEN, LIST = (
    "<w:strike/>",
    '<w:highlight w:val="yellow"/>',
    '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{}"/></w:numPr>'.format,
)
GREY = '<w:shd w:val="clear" w:fill="D9D9D9"/>'
NEW_LIST = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{}"/><w:ins w:id="3" w:author="E"/></w:numPr>'.format


def properties(inside: str, *content: str) -> str:
    return paragraph(*content).replace("<w:p>", f"<w:p><w:pPr>{inside}</w:pPr>")


@pytest.mark.parametrize("in_table", [False, True])
@pytest.mark.parametrize(
    ("body", "state", "what"),
    [
        (paragraph(run("☒", STRIKE + was("")), " Seul(e)"), "uncertain", "barré"),
        (paragraph(run("☒", was(STRIKE)), " Seul(e)"), "ticked", "barré"),
        (paragraph(run("☐", PEN + was("")), " Seul(e)"), "uncertain", "surlignage"),
        (paragraph(run("☐", was(PEN)), " Seul(e)"), "blank", "surlignage"),
        (paragraph(run("þ", fonts("Wingdings") + was("")), " Seul(e)"), "ticked", "police"),
        (paragraph(run("☒", fonts("Arial") + was(fonts("Wingdings"))), " Seul(e)"), "ticked", "police"),
        (paragraph(checkbox("1", "", content=run("☒", was(STRIKE))), " Seul(e)"), "ticked", "barré"),
        (paragraph(checkbox("1", "", content=run("☒", STRIKE + was(""))), " Seul(e)"), "uncertain", "barré"),
        (properties(GREY + old_paragraph(""), "☐ Seul(e)"), "uncertain", "fond"),
        (properties(LIST(1) + old_paragraph(""), "Seul(e)"), "blank", "puce"),
        (properties(LIST(1) + old_paragraph(LIST(2)), "Seul(e)"), "blank", "puce"),
        (properties(old_paragraph(LIST(1)), "☒ Seul(e)"), "ticked", "puce"),
        (properties(NEW_LIST(1), "Seul(e)"), "blank", "puce"),
        (
            item(1, "Seul(e)").replace("</w:numPr>", '<w:numberingChange w:id="2" w:original="x"/></w:numPr>'),
            "blank",
            "puce",
        ),
        (
            item(2, "☒ Seul(e)").replace("</w:numPr>", '<w:numberingChange w:id="2" w:original="\uf0a8"/></w:numPr>'),
            "ticked",
            "puce",
        ),
    ],
)
def test_a_change_of_what_makes_a_mark_is_told(body: str, state: str, what: str, in_table: bool) -> None:
    document = read(table(cell("Avis") + cell(body)) if in_table else body)
    assert [(mark.state.value, mark.label) for mark in document.marks] == [(state, "Seul(e)")]
    [finding] = [finding for finding in document.findings if finding.code == "tracked-change"]
    assert what in finding.message
    assert finding.place.path == ("table[1]/row[1]/cell[2]" if in_table else "paragraph[1]")


@pytest.mark.parametrize(
    "body",
    [
        paragraph(run("☒ Seul(e)", "<w:b/>" + was(""))),
        paragraph(run("☒ Seul(e)", PEN + was(PEN))),
        paragraph(run("☒ Seul(e)", fonts("Arial") + was(fonts("Calibri")))),
        properties('<w:jc w:val="left"/>' + old_paragraph(""), "☒ Seul(e)"),
        properties(LIST(2) + old_paragraph(""), "☒ Seul(e)"),
        properties(NEW_LIST(2), "☒ Seul(e)"),
        item(2, "☒ Seul(e)").replace("</w:numPr>", '<w:numberingChange w:id="2" w:original="%1:1:0:."/></w:numPr>'),
    ],
)
def test_other_changes_of_format_are_no_news(body: str) -> None:
    document = read(body)
    assert [mark.state.value for mark in document.marks] == ["ticked"]
    assert document.findings == ()


def test_one_finding_for_each_place() -> None:
    document = read(paragraph(run("☒", was(STRIKE)), run(" Seul(e)", PEN + was(""))) + paragraph(run("x", was(STRIKE))))
    assert [(finding.code, finding.place.path) for finding in document.findings] == [
        ("tracked-change", "paragraph[1]"),
        ("tracked-change", "paragraph[2]"),
    ]


def changed_cell(now: str, old: str) -> str:
    change = f'<w:tcPrChange w:id="1" w:author="E"><w:tcPr>{old}</w:tcPr></w:tcPrChange>'
    return table(cell("Réalisation") + cell("B1.1"), cell("Site") + cell("", properties=now + change), cell("Parc") + cell(""))


DIAGONALS = '<w:tcBorders><w:tl2br w:val="single"/><w:tr2bl w:val="single"/></w:tcBorders>'


@pytest.mark.parametrize(
    ("now", "old", "states", "what"),
    [
        (GREY, "", ["ticked"], "fond"),
        ("", GREY, [], "fond"),
        (DIAGONALS, "", ["ticked"], "diagonale"),
        (DIAGONALS, DIAGONALS, ["ticked"], None),
        ('<w:vAlign w:val="center"/>', "", [], None),
    ],
)
def test_a_cell_filled_or_crossed_by_a_tracked_change_is_told(now: str, old: str, states: list[str], what: str | None) -> None:
    document = read(changed_cell(now, old))
    assert [mark.state.value for mark in document.marks] == states
    told = [finding for finding in document.findings if finding.code == "tracked-change"]
    assert [finding.place.path for finding in told] == (["table[1]"] if what else [])
    assert all(what in finding.message for finding in told if what)


def test_a_style_that_strikes_and_hidden_text_are_told() -> None:
    style = f'<w:styles {W_ONLY}><w:style w:type="character" w:styleId="Barre"><w:rPr><w:strike/></w:rPr></w:style></w:styles>'
    named = '<w:rStyle w:val="Barre"/>'
    body = paragraph(run("☒", named + was("")), " Seul(e)") + paragraph(run("Oui", "<w:vanish/>" + was("")))
    document = readers.read(Source.of(package(body, {"word/styles.xml": style}), "essai.docx"))
    told = [finding.message for finding in document.findings if finding.code == "tracked-change"]
    assert ["barré" in told[0], "masqué" in told[1]] == [True, True]
