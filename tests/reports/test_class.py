"""The workbook and the dashboard of the invented class: they say what the dossiers say, and ask nothing of the network."""

from __future__ import annotations

import re
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from formfill import catalogue
from formfill.dossier import cohort
from formfill.model.dossier import Candidate
from formfill.reports.class_page import class_html
from formfill.reports.class_workbook import class_xlsx
from lxml import html
from openpyxl import load_workbook
from tests.dossier.papers import dossier
from tests.dossier.test_class import outcomes, roll
from tools.make_class import OUT

if TYPE_CHECKING:
    import pytest
    from formfill.model.dossier import Cohort

FORMS = {form.id: form for form in catalogue.forms()}


@cache
def made() -> Cohort:
    return cohort(outcomes(), list(roll().candidates))


def found(text: str, path: str) -> list[Any]:
    """What an XPath finds in a page."""
    listed = html.fromstring(text).xpath(path)
    assert isinstance(listed, list)
    return listed


@cache
def sheets() -> dict[str, list[list[object]]]:
    book = load_workbook(BytesIO(class_xlsx(outcomes(), made(), FORMS)))
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book.worksheets}


@cache
def page() -> str:
    return class_html(outcomes(), made(), FORMS, beside=OUT).decode()


def test_the_workbook_has_a_sheet_per_view() -> None:
    assert list(sheets()) == ["Dossiers", "À faire", "Constats", "Compétences", "Fichiers"]


def test_the_matrix_says_what_is_missing() -> None:
    rows = {row[0]: row for row in sheets()["Dossiers"]}
    assert rows["EXEMPLE Candide"][4:9] == ["✓ présent", "✓ présent (2)", "✓ présent", "✓ présent", "✓ complet"]
    assert rows["LÉGENDE Gaston"][7:9] == ["✗ manquant", "✗ incomplet"]
    assert rows["ABSENTE Lise"][4:9] == [*["✗ manquant"] * 4, "✗ incomplet"]
    assert len(rows) == 1 + 13


def test_what_is_to_do_names_the_rule() -> None:
    told = {(row[0], row[3], row[4]) for row in sheets()["À faire"]}
    assert ("LÉGENDE Gaston (02401234508)", "Pièce manquante : Fiche descriptive de la réalisation n° 2.", "RG-15") in told
    assert ("ABSENTE Lise (02601234599)", "Aucun document remis.", "RG-30") in told
    assert not [row for row in told if row[0] == "EXEMPLE Candide (02601234501)"]


def test_every_finding_is_in_the_workbook() -> None:
    listed = [row[6] for row in sheets()["Constats"][1:]]
    of_files = [f.code for o in outcomes() if o.record is not None for f in o.record.findings]
    of_dossiers = [f.code for d in made().dossiers for f in d.findings]
    assert sorted(map(str, listed)) == sorted([*of_files, *of_dossiers, *(f.code for f in made().findings)])


def test_compétences_that_nothing_covers_are_zeros() -> None:
    [head, *rows] = sheets()["Compétences"]
    [mirage] = [row for row in rows if str(row[0]).startswith("MIRAGE")]
    zeros = [str(title).partition("\n")[0] for title, value in zip(head, mirage, strict=True) if value == "0"]
    assert zeros == ["B1.5"]


def test_the_page_asks_nothing_of_the_network() -> None:
    assert not found(page(), "//link|//img|//iframe|//script[@src]")
    assert "default-src 'none'" in found(page(), "//meta[@http-equiv]/@content")[0]
    targets = found(page(), "//a/@href")
    assert not [target for target in targets if re.match(r"[a-z]+:|/", target)]
    assert {target[1:] for target in targets if target.startswith("#")} <= set(found(page(), "//@id"))


def test_the_page_links_to_the_files_that_are_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(OUT)
    text = class_html(outcomes(), made(), FORMS, beside=Path("11-songe")).decode()
    targets = [unquote(target) for target in found(text, "//a/@href") if not target.startswith("#")]
    assert "../01-exemple/tableau.xlsx" in targets
    assert all((OUT / "11-songe" / target).exists() for target in targets)


def test_the_page_has_the_matrix() -> None:
    rows = {row.xpath("string(th/a)"): row.get("data-status") for row in found(page(), "//table//tr[@data-status]")}
    assert len(rows) == 13
    assert {name for name, state in rows.items() if state == "good"} == {"EXEMPLE Candide", "INVENTÉE Zélie", "SONGE Jules"}
    assert {name for name, state in rows.items() if state == "missing"} == {"LÉGENDE Gaston", "RÊVEUSE Karine", "ABSENTE Lise"}


def test_what_people_wrote_is_text() -> None:
    people = dossier(fiche_1={"nom_prenom": "<b>EXEMPLE</b> Candide\x07", "lieu": "=cmd()"})
    text = class_html(people, cohort(people), FORMS, beside=OUT).decode()
    assert "<b>EXEMPLE" not in text
    book = load_workbook(BytesIO(class_xlsx(people, cohort(people, [Candidate("=1+1", None)]), FORMS)))
    assert all(cell.data_type != "f" for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)


def test_the_same_class_gives_the_same_bytes() -> None:
    assert class_xlsx(outcomes(), made(), FORMS) == class_xlsx(outcomes(), made(), FORMS)
    assert class_html(outcomes(), made(), FORMS, beside=OUT).decode() == page()
