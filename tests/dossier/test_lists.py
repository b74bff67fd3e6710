"""A list of candidates in any encoding, separator and layout; what its headings do not tell, a mapping does."""

from __future__ import annotations

from io import BytesIO

import pytest
from formfill.dossier import lists
from formfill.errors import FormfillError
from formfill.model.dossier import Candidate
from openpyxl import Workbook

ROWS = (
    ("Nom", "Prénom", "N° candidat", "Option"),
    ("INVENTÉE", "Zélie", "0234567890", "SLAM"),
    ("EXEMPLE", "Candide", "02 34", "SISR"),
)
PEOPLE = (Candidate("INVENTÉE Zélie", "0234567890", None, "SLAM"), Candidate("EXEMPLE Candide", "02 34", None, "SISR"))


def text(separator: str) -> str:
    return "\r\n".join(separator.join(row) for row in ROWS) + "\r\n"


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "mac_roman", "cp850"])
def test_encodings_and_separators(separator: str, encoding: str) -> None:
    assert lists.read_list(text(separator).encode(encoding), "liste.csv").candidates == PEOPLE


def test_a_workbook_whose_title_stands_above_the_headings() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Liste des candidats"])
    sheet.append([])
    for row in ROWS:
        sheet.append(list(row))
    data = BytesIO()
    book.save(data)
    assert lists.read_list(data.getvalue(), "liste.xlsx").candidates == PEOPLE


def test_quoted_cells_and_a_separator_that_excel_writes() -> None:
    data = 'sep=,\n"Nom et prénom","Session","Parcours"\n"EXEMPLE, Candide","Juin 2026","Solutions d\'infrastructure"\n'.encode()
    assert lists.read_list(data, "x.csv").candidates == (Candidate("EXEMPLE, Candide", None, 2026, "SISR"),)


def test_a_row_that_names_nobody_is_said() -> None:
    assert lists.read_list((text(";") + ";;;SLAM\r\n;;;\r\n").encode(), "x.csv").unread == (4,)


@pytest.mark.parametrize(
    ("data", "person"),
    [
        ("N° Candidat;Nom de famille;Nom d'usage;Prénom(s)\n0234;EXEMPLE;;Candide\n", Candidate("EXEMPLE Candide", "0234")),
        ("N° candidat;Nom\n0234;EXEMPLE Candide\n", Candidate("EXEMPLE Candide", "0234")),
        ("Nom et prénom\nEXEMPLE Candide\n", Candidate("EXEMPLE Candide", None)),
        ('Matricule;Nom;Prénom\n="0234";EXEMPLE;Candide\n', Candidate("EXEMPLE Candide", "0234")),
        ("Matricule;Nom;Prénom\n'0234;EXEMPLE;Candide\n", Candidate("EXEMPLE Candide", "0234")),
        ("Matricule;Nom;Prénom\n2601234501.0;EXEMPLE;Candide\n", Candidate("EXEMPLE Candide", "2601234501")),
        ('N° candidat;"Nom";Prénom\n0234;"EXEMPLE\nD\'EXEMPLE";Candide\n', Candidate("EXEMPLE D'EXEMPLE Candide", "0234")),
        ("Nom;Prénom;Option\nEXEMPLE;Candide;Option B\n", Candidate("EXEMPLE Candide", None, None, "SLAM")),
    ],
)
def test_lists_as_schools_export_them(data: str, person: Candidate) -> None:
    assert lists.read_list(data.encode(), "x.csv").candidates == (person,)


def test_a_number_that_a_spreadsheet_has_rounded_is_said_and_not_taken() -> None:
    roll = lists.read_list("N° candidat;Nom;Prénom\n2,60123E+09;EXEMPLE;Candide\n".encode(), "x.csv")
    assert roll.candidates == (Candidate("EXEMPLE Candide", None),)
    assert roll.lost == (2,)


def test_a_total_under_the_list_is_nobody() -> None:
    roll = lists.read_list("N° candidat;Nom;Prénom\n0234;EXEMPLE;Candide\nTotal : 1;;\n".encode(), "x.csv")
    assert (len(roll.candidates), roll.unread) == (1, (3,))


def test_a_mapping_is_saved_and_read_again() -> None:
    data = b"Qui;Combien;Matricule interne\nEXEMPLE Candide;3;0234567890\n"
    with pytest.raises(FormfillError, match="mapping"):
        lists.read_list(data, "x.csv")
    mapping = {"name": "Qui", "number": "Matricule interne"}
    roll = lists.read_list(data, "x.csv", mapping)
    assert roll.candidates == (Candidate("EXEMPLE Candide", "0234567890"),)
    assert lists.read_mapping(lists.mapping_text(roll.columns).encode(), "m.toml") == mapping
    for wrong in (b"[columns]\nage = 'Qui'\n", b"x", b"columns = 3", b"[columns]\n", b"\xff"):
        with pytest.raises(FormfillError):
            lists.read_mapping(wrong, "m.toml")


def test_a_mapping_that_does_not_fit_is_refused() -> None:
    with pytest.raises(FormfillError):
        lists.read_list(text(";").encode(), "x.csv", {"name": "Identité"})


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"a\nb\n"])
def test_what_is_no_list_is_refused(data: bytes) -> None:
    with pytest.raises(FormfillError):
        lists.read_list(data, "x.csv")
