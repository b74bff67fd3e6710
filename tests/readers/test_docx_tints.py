"""An empty box that is set apart by a colour is in doubt; one of a form that is coloured throughout is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from formfill import pipeline, readers
from formfill.source import Source
from tests.grids import FORM, codes, states
from tests.readers.encodings_docx_tints import PEN, SHADE, in_shade
from tests.readers.packages import cell, checkbox, package, paragraph, run, table

if TYPE_CHECKING:
    from formfill.model.document import Document


def read(body: str) -> Document:
    return readers.read(Source.of(package(body), "essai.docx"))


def seen(body: str) -> dict[str, str]:
    return {mark.label: mark.state.value for mark in read(body).marks}


GREY = '<w:shd w:val="clear" w:color="auto" w:fill="D9D9D9"/>'
BLANK = {"Oui": "blank", "Non": "blank"}
DOUBT = {"Oui": "uncertain", "Non": "blank"}


@pytest.mark.parametrize(
    "body",
    [
        paragraph(run("☐ Oui", PEN), " ☐ Non"),
        paragraph("☐ ", run("Oui", PEN), " ☐ Non"),
        paragraph("Avis : ☐ ", run("Oui", PEN), run("\t☐ Non")),
        paragraph(run("Oui", PEN), " ☐ Non ☐"),
        paragraph("Avis : ", run("Oui", PEN), " ☐ Non ☐"),
        paragraph(checkbox("0", "", content=run("☐", SHADE)), " Oui ", checkbox("0", "☐"), " Non"),
        table(cell("Avis") + cell(paragraph(run("☐ Oui", PEN)), "☐ Non")),
        table(cell("Avis") + cell(in_shade(paragraph("☐ Oui")), "☐ Non")),
        table(cell("☐ Oui", properties=GREY) + cell("☐ Non") + cell("")),
        table(cell(paragraph(run("Oui", PEN))) + cell("☐"), cell("Non") + cell("☐")),
        paragraph(run("☐ Oui", PEN)) + paragraph("☐ Non"),
        paragraph(run("☐ Oui", PEN)) + paragraph(run("☐ Non", '<w:highlight w:val="none"/>')),
    ],
)
def test_one_of_two_set_apart_is_in_doubt(body: str) -> None:
    document = read(body)
    assert {mark.label: mark.state.value for mark in document.marks} == DOUBT
    [doubted] = [mark for mark in document.marks if mark.state == "uncertain"]
    assert {item.kind for item in doubted.evidence} & {"highlight", "shading", "fill"}


@pytest.mark.parametrize(
    "body",
    [
        paragraph(run("☐ Oui ☐ Non", PEN)),
        paragraph(run("Avis : ", PEN), "☐ Oui ☐ Non"),
        paragraph(run("☐ ", PEN), "Oui ", run("☐ ", PEN), "Non"),
        in_shade(paragraph("☐ Oui ☐ Non")),
        paragraph(run("☐ Oui", PEN)) + paragraph(run("☐ Non", PEN)),
        table(cell("Avis", properties=GREY) + cell("☐ Oui", properties=GREY) + cell("☐ Non", properties=GREY)),
        table(cell("Oui", properties=GREY) + cell("☐"), cell("Non", properties=GREY) + cell("☐")),
        table(cell("Oui") + cell("☐", properties=GREY), cell("Non") + cell("☐", properties=GREY)),
        table(
            cell("Titre", properties=GREY) + cell("Avis", properties=GREY),
            cell("Oui") + cell("☐", properties=GREY),
            cell("Non") + cell("☐"),
        ),
        table(cell("Oui", properties=GREY) + cell("☐", properties=GREY), cell("Non") + cell("☐")),
        table(cell(paragraph(run("Oui", SHADE))) + cell("☐"), cell(paragraph(run("Non", SHADE))) + cell("☐")),
        paragraph(run("☐", '<w:highlight w:val="white"/>'), " Oui ☐ Non"),
        paragraph(run("☐", '<w:shd w:val="clear" w:color="auto" w:fill="auto"/>'), " Oui ☐ Non"),
        paragraph("☐ O", run("u", PEN), "i ☐ Non"),
    ],
)
def test_boxes_that_all_look_alike_are_blank(body: str) -> None:
    assert seen(body) == BLANK


def test_a_ticked_box_may_be_highlighted() -> None:
    assert seen(paragraph(run("☒ Oui", PEN), " ☐ Non")) == {"Oui": "ticked", "Non": "blank"}


def test_highlighted_boxes_are_no_choice_beside_themselves() -> None:
    assert seen(paragraph("☐ Oui\t", run("☐ Non", PEN))) == {"Oui": "blank", "Non": "uncertain"}


def test_every_box_of_a_question_highlighted_and_no_other() -> None:
    body = table(cell("Compétences") + cell(*(paragraph(run(f"☐ {label}", PEN)) for label in ("A1", "A2", "A3"))))
    assert seen(body + paragraph("☐ Autre")) == {"A1": "uncertain", "A2": "uncertain", "A3": "uncertain", "Autre": "blank"}


def test_the_form_says_why_a_box_is_in_doubt() -> None:
    assert FORM.grid is not None
    rows = [cell("Bloc 1 : compétences") + cell("") + cell("Indicateurs de performance")]
    for row in FORM.grid.rows:
        box = paragraph(run("☐", PEN)) if row.option == "B1.2" else "☐"
        lines = [[line.printed for line in column] for column in row.lines]
        rows.append(cell(row.title, *lines[0]) + cell(box) + cell(*lines[2]))
    record = pipeline.read(Source.of(package(table(*rows)), "grille.docx"))
    assert states(record) == {row.option: "uncertain" if row.option == "B1.2" else "blank" for row in FORM.grid.rows}
    assert "uncertain-box" in codes(record)
    [finding] = [finding for finding in record.findings if finding.code == "uncertain-box"]
    assert "surlign" in finding.message
