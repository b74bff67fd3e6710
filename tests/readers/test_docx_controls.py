"""Content controls of which the file says two things: filled placeholders, texts bound to other data."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from formfill import readers
from formfill.source import Source
from tests.readers.packages import W_ONLY, cell, control, package, paragraph, relationships, run, table

if TYPE_CHECKING:
    from collections.abc import Callable

    from formfill.model.document import Document

Parts = dict[str, str | bytes]
PROMPT = "Cliquez ou appuyez ici pour entrer du texte."
STYLED = '<w:rStyle w:val="{}"/>'.format
KEPT = "<w:text/><w:showingPlcHdr/>"
PART = '<w:placeholder><w:docPart w:val="DefaultPlaceholder_1"/></w:placeholder><w:text/><w:showingPlcHdr/>'
_NAME = '<w:name w:val="DefaultPlaceholder_1"/>'
_GLOSSARY = f"<w:glossaryDocument {W_ONLY}><w:docParts><w:docPart><w:docPartPr>{_NAME}</w:docPartPr>"
GLOSSARY: Parts = {
    "word/_rels/document.xml.rels": relationships(("rId8", "glossaryDocument", "glossary/document.xml")),
    "word/glossary/document.xml": _GLOSSARY
    + f"<w:docPartBody>{paragraph('Le nom du serveur')}</w:docPartBody></w:docPart></w:docParts></w:glossaryDocument>",
}
STYLES: Parts = {
    "word/styles.xml": f"<w:styles {W_ONLY}>"
    '<w:style w:type="character" w:styleId="Invite"><w:name w:val="Placeholder Text"/></w:style>'
    '<w:style w:type="character" w:styleId="Gras"><w:name w:val="Strong"/></w:style></w:styles>'
}


def read(body: str, parts: Parts | None = None) -> Document:
    return readers.read(Source.of(package(body, parts), "essai.docx"))


def text(document: Document) -> str:
    return "".join(
        [block.text for block in document.text] + [one.text for grid in document.grids for row in grid.rows for one in row]
    )


def codes(document: Document) -> list[str]:
    return [finding.code for finding in document.findings]


def in_line(properties: str, content: str) -> str:
    return paragraph("Nom : ", control(properties, content))


def in_cell(properties: str, content: str) -> str:
    return table(cell("Nom : ") + cell(paragraph(control(properties, content))))


def around_paragraph(properties: str, content: str) -> str:
    return paragraph("Nom : ") + control(properties, paragraph(content))


def around_cell(properties: str, content: str) -> str:
    return table(cell("Nom : ") + control(properties, cell(paragraph(content))))


def paragraph_of_cell(properties: str, content: str) -> str:
    return table(cell("Nom : ") + cell(control(properties, paragraph(content))))


everywhere = pytest.mark.parametrize("around", [in_line, in_cell, around_paragraph, around_cell, paragraph_of_cell])


@everywhere
@pytest.mark.parametrize(
    ("content", "parts"),
    [
        (run("Camille Exemple"), {}),
        (run("Camille Exemple"), STYLES),
        (run("Camille Exemple", STYLED("Gras")), STYLES),
        (run("Camille", STYLED("Textedelespacerserv")) + run(" Exemple"), {}),
    ],
)
def test_a_placeholder_that_was_filled_is_read_and_told(around: Callable[[str, str], str], content: str, parts: Parts) -> None:
    document = read(around(KEPT, content), parts)
    assert text(document) == "Nom : Camille Exemple"
    assert codes(document) == ["placeholder-filled"]
    assert "Camille Exemple" in document.findings[0].message
    assert document.findings[0].place.path is not None


@everywhere
@pytest.mark.parametrize(
    ("content", "parts"),
    [
        (run(PROMPT), {}),
        (run("Choisissez un élément."), {}),
        (run("Le nom", STYLED("PlaceholderText")), {}),
        (run("Le nom", STYLED("Textedelespacerserv")) + run(" du serveur", STYLED("Textedelespacerserv")), {}),
        (run("Le nom", STYLED("Invite")), STYLES),
        (run("…………"), {}),
        (run("\u2002" * 5), {}),
        (run(""), {}),
        (run("[Nom]"), {}),
    ],
)
def test_a_placeholder_that_nobody_filled_is_empty(around: Callable[[str, str], str], content: str, parts: Parts) -> None:
    document = read(around(KEPT, content), parts)
    assert text(document) == "Nom : "
    assert document.findings == ()


@everywhere
def test_a_placeholder_is_compared_with_its_building_block(around: Callable[[str, str], str]) -> None:
    assert text(read(around(PART, run("Le nom") + run(" du serveur")), GLOSSARY)) == "Nom : "
    document = read(around(PART, run("Apache", STYLED("PlaceholderText")) + run(" 2")), GLOSSARY)
    assert (text(document), codes(document)) == ("Nom : Apache 2", ["placeholder-filled"])


BOUND = '<w:dataBinding w:prefixMappings="xmlns:f=\'urn:f\'" w:xpath="/f:fiche[1]/f:nom[1]" w:storeItemID="{AAAA-1}"/>'


def data(value: str) -> Parts:
    return {
        "customXml/item1.xml": f'<fiche xmlns="urn:f"><nom>{value}</nom></fiche>',
        "customXml/itemProps1.xml": (
            '<ds:datastoreItem ds:itemID="{AAAA-1}" xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"/>'
        ),
    }


LIST = (
    '<w:dropDownList><w:listItem w:displayText="Débutant" w:value="1"/>'
    '<w:listItem w:displayText="Expert" w:value="2"/></w:dropDownList>'
)


@everywhere
@pytest.mark.parametrize(
    ("properties", "shown", "bound"),
    [
        ("<w:text/>", "Camille Exemple", "Dominique Essai"),
        ("<w:text/>", "Camille Exemple", ""),
        (KEPT, PROMPT, "Dominique Essai"),
        (LIST, "Débutant", "2"),
        ('<w:date w:fullDate="2026-01-05T00:00:00Z"/>', "05/01/2026", "2026-02-05T00:00:00Z"),
    ],
)
def test_a_control_that_shows_another_text_than_its_data_is_told(
    around: Callable[[str, str], str], properties: str, shown: str, bound: str
) -> None:
    document = read(around(properties + BOUND, run(shown)), data(bound))
    assert text(document) == "Nom : " + ("" if "showing" in properties else shown)
    assert codes(document) == ["bound-text-differs"]
    if properties == "<w:text/>":
        assert f"« {shown} »" in document.findings[0].message
        assert f"« {bound} »" in document.findings[0].message


@everywhere
@pytest.mark.parametrize(
    ("properties", "shown", "bound"),
    [
        ("<w:text/>", "Camille Exemple", "Camille\n Exemple "),
        (KEPT, PROMPT, ""),
        (LIST, "Expert", "2"),
        ('<w:date w:fullDate="2026-01-05T00:00:00Z"/>', "5 janvier 2026", "2026-01-05"),
        ("<w:picture/>", "Une image", "AAAA"),
        ("<w:text/>", "Camille", None),
    ],
)
def test_a_control_that_shows_its_data_is_no_news(
    around: Callable[[str, str], str], properties: str, shown: str, bound: str | None
) -> None:
    assert codes(read(around(properties + BOUND, run(shown)), {} if bound is None else data(bound))) == []
