"""Tables under each other in one sheet, and fills that conditions give."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from formfill import readers
from formfill.source import Source
from tests.readers.workbooks import cell, conditioned, form, package, sheet

if TYPE_CHECKING:
    from formfill.model.document import Document


def read(data: bytes) -> Document:
    return readers.read(Source.of(data, "essai.xlsx"))


STACKED = {
    "A1": "Réalisations",
    "B1": "Période",
    "C1": "Gérer",
    "D1": "Répondre",
    "A2": "Site",
    "B2": "mai",
    "C2": "x",
    "A3": "Serveur",
    "D3": "x",
    "A6": "Activités",
    "B6": "Dates",
    "C6": "Développer",
    "D6": "Organiser",
    "A7": "Veille",
    "C7": "x",
    "A8": "Stage",
    "D8": "X",
}


def test_a_table_under_another_has_its_own_headings() -> None:
    document = read(package(sheet({at: cell(at, text) for at, text in STACKED.items()})))
    expected = ["Gérer | Site", "Répondre | Serveur", "Développer | Veille", "Organiser | Stage"]
    assert [(mark.state.value, mark.label) for mark in document.marks] == [("ticked", label) for label in expected]


def test_filled_headings_begin_a_table_without_an_empty_row_before() -> None:
    tight = {at.replace("6", "4") if at[1:] == "6" else at: text for at, text in STACKED.items()}
    cells = {at: cell(at, text, "yellow" if at[1:] == "4" else "plain") for at, text in tight.items()}
    assert [mark.label for mark in read(package(sheet(cells))).marks][2:] == ["Développer | Veille", "Organiser | Stage"]


def test_words_in_the_place_of_crosses_are_no_headings() -> None:
    words = {at: text for at, text in STACKED.items() if at[1:] != "6"} | {"A4": "Parc", "B4": "juin", "C4": "Oui", "D4": "Non"}
    document = read(package(sheet({at: cell(at, text) for at, text in words.items()})))
    assert [mark.label for mark in document.marks][2:] == ["Gérer | Veille", "Répondre | Stage"]


UNDECIDED = 'type="expression"'


@pytest.mark.parametrize(
    ("area", "rule", "formula", "marked"),
    [
        ("C4:E8", 'type="cellIs" operator="equal"', '"x"', 0),
        ("C4:E8", 'type="cellIs" operator="greaterThan"', "3", 0),
        ("C4:E8", UNDECIDED, "MOD(ROW(),2)=0", 0),
        ("C4:E8", UNDECIDED, 'C4="oui"', 0),
        ("C4", UNDECIDED, 'C4<>"oui"', 1),
        ("C4", 'type="cellIs" operator="notEqual"', '"oui"', 1),
        ("C4", 'type="containsText" operator="containsText" text="x"', "NOT(ISERROR(SEARCH(1,C4)))", 0),
        ("C4:E8", 'type="duplicateValues"', "", 0),
        ("A10:E12", UNDECIDED, '$G$1="oui"', 0),
    ],
)
def test_fills_under_a_condition_that_the_text_of_the_cell_decides(area: str, rule: str, formula: str, marked: int) -> None:
    document = read(conditioned(area, rule, formula))
    assert [mark.state.value for mark in document.marks] == ["blank", "blank", *["ticked"] * marked]
    assert not document.findings


def test_an_undecided_fill_over_most_of_the_table_is_reported_and_marks_nothing() -> None:
    document = read(conditioned("C4:E8", UNDECIDED, '$G4="oui"'))
    assert [mark.state.value for mark in document.marks] == ["blank", "blank"]
    assert [finding.code for finding in document.findings] == ["uncertain-mark"]


def test_a_white_fill_under_condition_is_none() -> None:
    assert not read(conditioned("C4", UNDECIDED, '$G4="oui"', fill="FFFFFFFF")).findings


def test_a_condition_in_the_extensions_of_a_sheet() -> None:
    x14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
    after = (
        f'<extLst><ext><x14:conditionalFormattings xmlns:x14="{x14}" xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">'
        '<x14:conditionalFormatting><x14:cfRule type="expression" priority="1"><xm:f>Feuil2!$A$1=1</xm:f><x14:dxf><fill>'
        '<patternFill><bgColor rgb="FFFFC000"/></patternFill></fill></x14:dxf></x14:cfRule><xm:sqref>C4</xm:sqref>'
        "</x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst>"
    )
    document = read(package(sheet(form(), after=after)))
    assert [mark.state.value for mark in document.marks] == ["blank", "blank", "uncertain"]
