"""The workbook of a run, read back with another library: text stays text, and every line is there."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import formfill.reports.workbook as workbook
import pytest
from formfill.language import set_language
from formfill.model.outcome import Outcome
from formfill.reports._words import state_word, visible_name
from formfill.reports.workbook import MAX_CELL, report_xlsx
from openpyxl import load_workbook
from tests.reports.report_cases import (
    CLEAN,
    DOUBTFUL,
    FINDINGS,
    FORMS,
    FORMULA,
    HOSTILE_NAME,
    HOSTILE_TEXT,
    LONG,
    NOTES,
    OUTCOMES,
    SHA,
    record,
    written_files,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from openpyxl.worksheet.worksheet import Worksheet


@pytest.fixture(autouse=True)
def french() -> Iterator[None]:
    set_language("fr")
    yield
    set_language("fr")


def sheets(outcomes: Sequence[Outcome] = OUTCOMES) -> dict[str, Worksheet]:
    book = load_workbook(BytesIO(report_xlsx(outcomes, FORMS)))
    return {sheet.title: sheet for sheet in book.worksheets}


def lines(sheet: Worksheet) -> list[tuple[Any, ...]]:
    return list(sheet.iter_rows(min_row=2, values_only=True))


def column(sheet: Worksheet, title: str) -> list[Any]:
    heads = [cell.value for cell in sheet[1]]
    return [row[heads.index(title)] for row in lines(sheet)]


def test_the_sheets_and_their_headers() -> None:
    assert {title: [c.value for c in sheet[1]] for title, sheet in sheets().items()} == {
        "Fichiers": [
            "Fichier",
            "État",
            "Formulaire",
            "Édition",
            "Cases cochées",
            "Cases non cochées",
            "Cases incertaines",
            "Erreurs",
            "Avertissements",
            "Informations",
            "Message",
            "Empreinte SHA-256",
        ],
        "Cases": ["Fichier", "Rubrique", "Ligne", "Case", "Libellé", "État", "Page", "Ce qui a été vu"],
        "Commentaires": ["Fichier", "Nature", "Rubrique", "Texte", "Auteur", "Lieu"],
        "Constats": ["Fichier", "Gravité", "Constat", "Code", "Règle", "Rubrique", "Référence", "Page", "Lieu"],
    }


def test_one_line_per_file() -> None:
    title = "Bloc 1 <compétences>"
    assert lines(sheets()["Fichiers"]) == [
        ("01 propre.txt", "lu", title, "activites", 2, 1, 0, 0, 0, 0, None, SHA),
        (HOSTILE_NAME, "lu, à vérifier", title, "activites", 1, 1, 1, 1, 1, 1, None, SHA),
        ("note.docx", "formulaire inconnu", None, None, 0, 0, 0, 1, 0, 0, None, SHA),
        ("ancien.doc", "refusé", *[None] * 8, "ancien.doc : c’est un ancien format <Word>. [unsupported-format]", None),
    ]


def test_one_line_per_box() -> None:
    expected = [
        (visible_name(o.name), b.option, b.label, state_word(b.state), b.place.page)
        for o in OUTCOMES
        for b in (o.record.boxes if o.record else ())
    ]
    assert [(r[0], r[3], r[4], r[5], r[6]) for r in lines(sheets()["Cases"])] == expected


def test_comments_and_answers_are_text_as_written() -> None:
    rows = lines(sheets()["Commentaires"])
    hostile = HOSTILE_TEXT.replace("\x07", "␇").replace("\x00", "␀").replace("\ud800", "\ufffd")
    assert [row[2] for row in rows] == [
        "commentaire.transversale",
        "commentaire.B1.1",
        "commentaire.B1.2",
        "numero_candidat",
        None,
        "B1.1",
    ]
    assert [rows[i][3] for i in (0, 1, 3, 4, 5)] == [FORMULA, hostile, "02345678901", *(note.text for note in NOTES)]
    assert rows[4][1:5:3] == ("commentaire Word", "Relecteur & fils")


def test_findings_have_severity_rule_and_reference() -> None:
    rows = lines(sheets([DOUBTFUL])["Constats"])
    assert [row[1] for row in rows] == ["erreur", "avertissement", "information"]
    warning = FINDINGS[1]
    assert rows[1][2:7] == (warning.message, "typo", "RG-07", "competences", "B1.1 <b>")
    assert rows[0][8] == "feuille « Feuil1 », cellule C9"


def test_what_people_wrote_is_never_a_number_nor_a_formula() -> None:
    for sheet in sheets().values():
        for row in sheet.iter_rows(min_row=2):
            for cell in row:
                assert cell.data_type in "sn"
                if cell.data_type == "n" and cell.value is not None:
                    assert str(sheet.cell(1, cell.column).value).startswith(("Cases", "Err", "Avert", "Info", "Page"))
                if cell.data_type == "s":
                    assert cell.number_format == "@"
    with zipfile.ZipFile(BytesIO(report_xlsx(OUTCOMES, FORMS))) as package:
        for name in package.namelist():
            if "worksheets/sheet" in name and name.endswith(".xml"):
                assert b"<f>" not in package.read(name)


def test_a_text_too_long_is_cut_and_says_so() -> None:
    for text, units in ((LONG, 1), ("😀" * 20_000, 2)):
        [shown] = column(sheets([Outcome("a", None, 0, record("a", "bbb", {"B1.1": text}))])["Commentaires"], "Texte")
        kept, mention = shown.split(" […] ")
        assert text.startswith(kept)
        assert MAX_CELL - units < len(shown.encode("utf-16-le")) // 2 <= MAX_CELL
        assert f"{len(text)} caractères" in mention
        assert "record.json" in mention


def test_a_text_that_just_fits_is_whole() -> None:
    text = "x" * MAX_CELL
    [shown] = column(sheets([Outcome("a", None, 0, record("a", "bbb", {"B1.1": text}))])["Commentaires"], "Texte")
    assert shown == text


def test_each_file_opens_its_pdf_by_a_relative_link() -> None:
    cells = [row[0] for row in sheets()["Fichiers"].iter_rows(min_row=2)]
    targets = [cell.hyperlink.target if cell.hyperlink else None for cell in cells]
    assert [unquote(t) if t else t for t in targets] == [
        "01 propre.txt/form.pdf",
        f"{HOSTILE_NAME}/form.pdf",
        "note.docx/record.json",
        None,
    ]
    for target in targets:
        assert target is None or not re.search(r"""[\s#<>"'\\]|%(?![0-9A-F]{2})|^[/a-z]+:""", target)


@pytest.mark.parametrize("name", ["a%20b", "50%.docx", "c:windows", "a\\b", "#1", "é à.docx", "../x"])
def test_odd_names_link_to_themselves(name: str) -> None:
    sheet = sheets([Outcome(name, None, 0, record("a", "bbb"), files=written_files(name))])["Fichiers"]
    link = sheet["A2"].hyperlink
    assert link is not None
    assert unquote(link.target or "") == f"{name}/form.pdf"


def test_a_link_too_long_is_left_out_not_the_file() -> None:
    name = "d/" * 1500 + "a.docx"
    sheet = sheets([Outcome(name, None, 0, record("a", "bbb"), files=written_files(name))])["Fichiers"]
    assert sheet["A2"].value == name
    assert sheet["A2"].hyperlink is None


def test_a_list_too_long_is_cut_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MAX_ROWS", 4)
    rows = lines(sheets([CLEAN, CLEAN])["Cases"])
    assert len(rows) == 4
    assert rows[3][0] == "Liste coupée ici : 6 lignes en tout, elles sont dans records.jsonl."


def test_each_sheet_is_a_native_table_with_a_frozen_header_ready_to_print() -> None:
    for sheet in sheets().values():
        [table] = sheet.tables.values()
        assert table.ref.startswith("A1:")
        assert table.autoFilter is not None
        assert sheet.freeze_panes == "B2"
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.print_title_rows == "$1:$1"
    assert [next(iter(s.tables)) for s in sheets().values()] == [
        "formfill_files",
        "formfill_boxes",
        "formfill_comments",
        "formfill_findings",
    ]


def test_states_and_severities_are_coloured() -> None:
    found = {
        rule.formula[0]
        for sheet in sheets().values()
        for area in sheet.conditional_formatting
        for rule in area.rules
        if rule.operator == "equal"
    }
    assert {'"coché"', '"incertain"', '"erreur"', '"avertissement"', '"information"', '"refusé"', '"lu"'} <= found
    assert '"non coché"' not in found


def test_the_bytes_are_the_same_and_name_no_one() -> None:
    first = report_xlsx(OUTCOMES, FORMS)
    assert first == report_xlsx(OUTCOMES, FORMS)
    properties = load_workbook(BytesIO(first)).properties
    assert properties.title == "Relevé des formulaires"
    assert not properties.creator
    assert not properties.lastModifiedBy
    with zipfile.ZipFile(BytesIO(first)) as package:
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_an_empty_run_gives_an_empty_workbook() -> None:
    for sheet in sheets([]).values():
        assert lines(sheet) == []
        assert re.fullmatch("A1:[A-Z]2", next(iter(sheet.tables.values())).ref)
