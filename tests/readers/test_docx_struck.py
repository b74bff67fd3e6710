"""What somebody struck through in a Word document: a box in doubt, a text that is said to be struck."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from formfill import pipeline
from formfill.source import Source
from tests.grids import FORM, codes, states, text_of
from tests.readers.packages import NAMESPACES, W_ONLY, cell, checkbox, legacy, package, paragraph, run, table

if TYPE_CHECKING:
    from collections.abc import Callable

    from formfill.model.document import Document
    from formfill.model.record import Record

STRIKES = pytest.mark.parametrize("strike", ["<w:strike/>", '<w:dstrike w:val="1"/>', '<w:strike w:val="true"/>'])


def grid(box: str, *, title: str = "", comment: str = "") -> Record:
    """The grid in Word, all boxes blank but that of B1.2, which holds the given XML; more lines in that row."""
    assert FORM.grid is not None
    rows = [cell("Bloc 1 : compétences") + cell("") + cell("Indicateurs de performance")]
    for row in FORM.grid.rows:
        own = row.option == "B1.2"
        lines = [[line.printed for line in column] for column in row.lines]
        rows.append(
            cell(*([title] if own and title else [row.title]), *lines[0])
            + cell(box if own else "☐")
            + cell(*lines[2], *([comment] if own and comment else []))
        )
    return pipeline.read(Source.of(package(table(*rows)), "grille.docx"))


def seen(body: str) -> Document:
    return pipeline.inspect(Source.of(package(body), "x.docx"))


@STRIKES
@pytest.mark.parametrize("sign", ["☒", "☐", "☑", "✔", "X", "x", "×"])
def test_a_struck_box_is_uncertain_and_says_why(sign: str, strike: str) -> None:
    record = grid(paragraph(run(sign, strike)))
    assert states(record) == {row.option: "uncertain" if row.option == "B1.2" else "blank" for row in FORM.grid.rows}  # type: ignore[union-attr]
    [box] = [box for box in record.boxes if box.option == "B1.2"]
    assert [item.kind for item in box.evidence][-1] == "strikethrough"
    [finding] = [finding for finding in record.findings if finding.code == "uncertain-box"]
    assert "le signe barré ne dit rien de clair" in finding.message
    assert "struck-text" not in codes(record)


def test_other_boxes_that_are_struck() -> None:
    symbol = '<w:sym w:font="Wingdings" w:char="F0FE"/>'
    for box in (
        paragraph(f"<w:r><w:rPr><w:strike/></w:rPr>{symbol}</w:r>"),
        paragraph(checkbox("1", "☒", content=run("☒", "<w:strike/>"))),
        paragraph(checkbox("1", "", content=f"<w:r><w:rPr><w:strike/></w:rPr>{symbol}</w:r>")),
        paragraph(legacy("<w:checked/>").replace("<w:r><w:fldChar", "<w:r><w:rPr><w:strike/></w:rPr><w:fldChar", 1)),
        checkbox("1", "☒", content=f"<w:p>{run('☒', '<w:strike/>')}</w:p>"),
    ):
        assert states(grid(box))["B1.2"] == "uncertain"


def test_what_is_not_struck_stays_as_it_is() -> None:
    off = '<w:strike w:val="0"/>'
    for box in (
        paragraph(run("☒", off)),
        paragraph(run("☒", '<w:highlight w:val="yellow"/>')),
        paragraph(checkbox("1", "☒", content=run("☒", off))),
        "<w:p><w:pPr><w:rPr><w:strike/></w:rPr></w:pPr>" + run("☒") + "</w:p>",
    ):
        record = grid(box, comment=paragraph(run("Vu.", off)))
        assert states(record)["B1.2"] == "ticked"
        assert codes(record) == []


@STRIKES
def test_a_struck_comment_is_kept_and_told(strike: str) -> None:
    record = grid("☒", comment=paragraph(run("Très "), run("bon ", strike), run("travail.", strike)))
    assert text_of(record, "commentaire.B1.2") == "Très bon travail."
    [finding] = record.findings
    assert (finding.code, finding.severity) == ("struck-text", "warning")
    assert "« bon travail. »" in finding.message
    assert finding.place.path == "table[1]/row[4]/cell[3]"
    assert states(record)["B1.2"] == "ticked"


def test_a_struck_title_is_told() -> None:
    assert FORM.grid is not None
    title = next(row.title for row in FORM.grid.rows if row.option == "B1.2")
    record = grid("☒", title=paragraph(run(title, "<w:strike/>")))
    assert codes(record) == ["struck-text"]
    assert states(record)["B1.2"] == "ticked"


def test_struck_alternatives_are_choices_and_no_news() -> None:
    document = seen(paragraph(run("SISR / "), run("SLAM", "<w:strike/>")))
    assert [(mark.label, mark.state) for mark in document.marks] == [("SISR", "ticked"), ("SLAM", "blank")]
    assert document.findings == ()


def test_a_struck_cross_in_the_body_of_a_grid_is_in_doubt() -> None:
    rows = (cell("Réalisation") + cell("B1.1") + cell("B1.2"), cell("Site") + cell(paragraph(run("X", "<w:strike/>"))) + cell("X"))
    marks = seen(table(*rows)).marks
    assert {mark.label: mark.state.value for mark in marks} == {"B1.1 | Site": "uncertain", "B1.2 | Site": "ticked"}


def test_text_struck_in_a_header_is_told() -> None:
    header = f"<w:hdr {NAMESPACES}>{paragraph(run('Session 2025', '<w:strike/>'))}</w:hdr>"
    body = paragraph("Bonjour.") + '<w:sectPr><w:headerReference r:id="rId1"/></w:sectPr>'
    document = pipeline.inspect(Source.of(package(body, {"word/header1.xml": header}), "x.docx"))
    assert [finding.code for finding in document.findings] == ["struck-text"]


def style(name: str, look: str, kind: str = "character", based: str = "") -> str:
    on = f'<w:basedOn w:val="{based}"/>' if based else ""
    return f'<w:style w:type="{kind}" w:styleId="{name}">{on}<w:rPr>{look}</w:rPr></w:style>'


STYLES = {
    "word/styles.xml": f"<w:styles {W_ONLY}>"
    + style("Barre", "<w:strike/>")
    + style("Fille", "", based="Barre")
    + style("Doublement", "<w:dstrike/>")
    + style("Rendu", '<w:strike w:val="0"/>', based="Barre")
    + style("Annule", "<w:strike/>", "paragraph")
    + "</w:styles>"
}


def in_style(name: str, *content: str) -> str:
    return paragraph(*content).replace("<w:p>", f'<w:p><w:pPr><w:pStyle w:val="{name}"/></w:pPr>')


def by_style(body: str) -> Document:
    return pipeline.inspect(Source.of(package(body, dict(STYLES)), "x.docx"))


@pytest.mark.parametrize("around", [str, lambda body: table(cell("Avis") + f"<w:tc><w:tcPr/>{body}</w:tc>")])
@pytest.mark.parametrize(
    "box",
    [
        *(paragraph(run("☒", f'<w:rStyle w:val="{name}"/>'), " Seul(e)") for name in ("Barre", "Fille", "Doublement")),
        in_style("Annule", "☒ Seul(e)"),
        paragraph(checkbox("1", "", content=run("☒", '<w:rStyle w:val="Barre"/>')), " Seul(e)"),
        in_style("Annule", legacy("<w:checked/>"), " Seul(e)"),
    ],
)
def test_a_style_strikes_as_a_run_does(box: str, around: Callable[[str], str]) -> None:
    [mark] = by_style(around(box)).marks
    assert (mark.state.value, mark.label) == ("uncertain", "Seul(e)")
    assert mark.evidence[-1].kind == "strikethrough"


@pytest.mark.parametrize(
    "box",
    [
        paragraph(run("☒", '<w:rStyle w:val="Rendu"/>'), " Seul(e)"),
        paragraph(run("☒", '<w:rStyle w:val="Barre"/><w:strike w:val="0"/>'), " Seul(e)"),
        # a toggle property set twice is off (§17.7.3)
        in_style("Annule", run("☒ Seul(e)", '<w:rStyle w:val="Barre"/>')),
        paragraph(run("☒", '<w:rStyle w:val="Inconnu"/>'), " Seul(e)"),
    ],
)
def test_a_style_that_strikes_nothing_in_the_end(box: str) -> None:
    document = by_style(box)
    assert [(mark.state.value, mark.label) for mark in document.marks] == [("ticked", "Seul(e)")]
    assert document.findings == ()


def test_alternatives_struck_by_a_style_are_a_choice() -> None:
    document = by_style(paragraph("Oui / ", run("Non", '<w:rStyle w:val="Barre"/>')))
    assert [(mark.label, mark.state.value) for mark in document.marks] == [("Oui", "ticked"), ("Non", "blank")]


def test_text_that_a_style_strikes_is_told() -> None:
    assert [finding.code for finding in by_style(in_style("Annule", "Rendu le 3 juin.")).findings] == ["struck-text"]
