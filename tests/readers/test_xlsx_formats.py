"""Number formats that hide or draw, and controls of sheets that are no boxes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from formfill import readers
from formfill.readers._sheetformats import displayed, displayed_text
from formfill.source import Source
from tests.readers.encodings_xlsx import activexes, control, morph
from tests.readers.workbooks import formatted

if TYPE_CHECKING:
    from formfill.model.document import Document


def read(data: bytes) -> Document:
    return readers.read(Source.of(data, "essai.xlsx"))


def told(document: Document) -> list[tuple[str, str | None]]:
    return [(finding.code, finding.place.path) for finding in document.findings]


@pytest.mark.parametrize(
    ("code", "value", "hidden"),
    [
        (";;;", "x", True),
        (";;;", 1, True),
        (";;;", -1, True),
        (";;;", 0, True),
        (";;;@", "x", False),
        (";;;@", 1, True),
        (";;", "x", False),
        ("0;;", 1, False),
        ("0;-0;;@", 0, True),
        ("[Red];[Red];[Red];", "x", True),
        ("[=1]General;;;@", 1, False),
        ('"a;b"', 1, False),
        ("0;0", 1, False),
    ],
)
def test_what_a_format_masks_is_read_and_told(code: str, value: str | int, hidden: bool) -> None:
    document = read(formatted(code, value))
    assert told(document) == ([("hidden-content", "Feuil1!C4")] if hidden else [])
    shown = next(cell.text for row in document.grids[0].rows for cell in row if cell.place.path == "Feuil1!C4")
    assert shown if hidden else shown == str(value).replace("1", "a;b" if code == '"a;b"' else "1")


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        ("1", '[=1]"Oui";"Non"', "Oui"),
        ("0", '[=1]"Oui";"Non"', "Non"),
        ("5", '[<1]"peu";[<10]"assez";"trop"', "assez"),
        ("50", '[<1]"peu";[<10]"assez";"trop"', "trop"),
        ("-3", "0;[Red]-0", "-3"),
        ("3", "General;General", "3"),
        ("7", "[$-40C]", "7"),
    ],
)
def test_sections_of_a_format(value: str, code: str, shown: str) -> None:
    assert displayed(value, code) == shown


def test_a_text_in_its_format() -> None:
    assert displayed_text("Oui", '0;0;0;"☒ "@') == "☒ Oui"
    assert displayed_text("Oui", '0;0;0;"caché"') == "Oui"
    assert displayed_text("Oui", "0") == "Oui"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (activexes(("8BD21D10", {"Value": "Camille"}, None, "C4")), "Camille"),
        (activexes(("8BD21D30", {}, morph("M"), "C4")), "M"),
        (control('objectType="Drop" sel="2" fmlaRange="$A$4:$A$6"'), "Serveur"),
    ],
)
def test_what_is_entered_in_a_control_is_text_where_it_lies(data: bytes, text: str) -> None:
    document = read(data)
    assert [(block.text, block.place.path) for block in document.text] == [(text, "Feuil1!C4")]
    assert told(document) == []


@pytest.mark.parametrize(
    "data",
    [
        activexes(("8BD21D20", {}, None, "C4")),
        activexes(("12345678", {"Value": "1"}, None, "C4")),
        control('objectType="Drop" sel="2" fmlaRange="Listes!$A$4:$A$6"'),
        control('objectType="List" multiSel="1" fmlaRange="$A$4:$A$6"'),
    ],
)
def test_a_control_that_is_not_read_is_told(data: bytes) -> None:
    assert told(read(data)) == [("unread-content", "Feuil1!C4")]


@pytest.mark.parametrize("properties", ['objectType="Drop" fmlaRange="$A$4:$A$6"', 'objectType="Button"', 'objectType="Label"'])
def test_a_control_that_nobody_filled_is_no_news(properties: str) -> None:
    assert told(read(control(properties))) == []
