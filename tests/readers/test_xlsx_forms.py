"""The official tableau de synthèse, completed by invented people in every way that was met, and laid out in other ways."""

from __future__ import annotations

import io
from copy import copy
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from formfill import readers
from formfill.source import Source
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.styles import Border, PatternFill, Side
from openpyxl.styles.colors import Color
from tests.readers.workbooks import cell, form, merges, package, sheet

if TYPE_CHECKING:
    from collections.abc import Callable

    from formfill.model.document import Document
    from openpyxl.worksheet.worksheet import Worksheet

BLANKS = sorted(Path(__file__).with_name("blanks").glob("*.xlsx"))
HEADINGS = {
    "C": "Gérer le patrimoine informatique",
    "D": "Répondre aux incidents et aux demandes d’assistance et d’évolution",
    "E": "Développer la présence en ligne de l’organisation",
    "F": "Travailler en mode projet",
    "G": "Mettre à disposition des utilisateurs un service informatique",
    "H": "Organiser son développement professionnel",
}
ROWS = {
    9: "Site vitrine d’une association",
    10: "Serveur de fichiers",
    20: "Inventaire du parc\n- documentation",
    21: "Supervision",
    28: "Outil de tickets",
}
TICKED = ["C9", "D9", "H9", "D10", "C20", "E20", "F20", "G21", "C28", "D28", "E28", "F28", "G28", "H28"]
"""A row wholly ticked, a column mostly ticked among the rows in use, neighbours ticked side by side."""


def fill(color: Color) -> Callable[[Any], None]:
    def put(at: Any) -> None:
        at.fill = PatternFill("solid", fgColor=color)

    return put


def typed(sign: str | int) -> Callable[[Any], None]:
    def put(at: Any) -> None:
        at.value = sign

    return put


def crossed(at: Any) -> None:
    border = copy(at.border)
    line = Side(style="thin")
    at.border = Border(border.left, border.right, border.top, border.bottom, line, diagonalUp=True, diagonalDown=True)


def both(at: Any) -> None:
    typed("x")(at)
    fill(Color(rgb="FF92D050"))(at)


WAYS: dict[str, Callable[[Any], None]] = {
    "x": typed("x"),
    "X": typed("X"),
    "heavy tick": typed("✔"),
    "emoji": typed("✅"),
    "1": typed(1),
    "x on a fill": both,
    "theme fill": fill(Color(theme=1)),
    "tinted fill": fill(Color(theme=4, tint=0.4)),
    "yellow": fill(Color(rgb="FFFFFF00")),
    "diagonals": crossed,
}


def completed(path: Path, way: Callable[[Any], None], extra: Callable[[Worksheet], None] | None = None) -> Document:
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    page["A3"] = "NOM et prénom : MARTIN Léa"
    page["F3"] = "N° candidat : 02345678901"
    for row, title in ROWS.items():
        page.cell(row, 1, title)
        page.cell(row, 2, "du 01/09/24 au 20/12/24")
    for at in TICKED:
        way(page[at])
    if extra is not None:
        extra(page)
    stream = io.BytesIO()
    book.save(stream)
    return readers.read(Source.of(stream.getvalue(), "tableau.xlsx"))


def expected() -> list[tuple[str, str, str]]:
    found = []
    for at in TICKED:
        title = ROWS[int(at[1:])].split("\n")[0]
        found.append((at, "ticked", f"{HEADINGS[at[0]]} | {title}"))
    return found


def seen(document: Document) -> list[tuple[str, str, str]]:
    return [(str(mark.place.path).rpartition("!")[2], mark.state.value, mark.label) for mark in document.marks]


OPTIONS = [("G4", "blank", "SISR"), ("H4", "blank", "SLAM")]


@pytest.mark.parametrize("path", BLANKS, ids=lambda path: path.stem)
@pytest.mark.parametrize("way", [pytest.param(way, id=name) for name, way in WAYS.items()])
def test_each_way_to_complete_the_official_form(path: Path, way: Callable[[Any], None]) -> None:
    document = completed(path, way)
    assert seen(document) == OPTIONS + expected()
    texts = {str(c.place.path).rpartition("!")[2]: c.text for row in document.grids[0].rows for c in row}
    assert texts["A3"] == "NOM et prénom : MARTIN Léa"
    assert texts["A20"] == ROWS[20]


@pytest.mark.parametrize(
    "extra",
    [
        pytest.param(lambda page: page.__setitem__("A6", "Mon tableau"), id="corner overwritten"),
        pytest.param(lambda page: page.__setitem__("A19", "Stage 1"), id="section renamed"),
        pytest.param(lambda page: page.__setitem__("C30", "J’ai géré le parc."), id="sentence in place of a cross"),
        pytest.param(lambda page: fill(Color(rgb="FFD9D9D9"))(page["A8"]), id="section filled"),
        pytest.param(lambda page: [fill(Color(rgb="FFD9D9D9"))(page.cell(6, col)) for col in range(1, 9)], id="headings filled"),
        pytest.param(
            lambda page: [fill(Color(rgb="FFFFFFFF"))(page.cell(r, c)) for r in (11, 12) for c in (3, 4)], id="white fills"
        ),
        pytest.param(lambda page: [fill(Color(rgb="FFDDEBF7"))(page.cell(30, col)) for col in range(1, 9)], id="row highlighted"),
        pytest.param(lambda page: page.__setitem__("K3", "Promotion 2024"), id="text beside the form"),
        pytest.param(lambda page: page.__setitem__("A36", "Signature du formateur"), id="text under the form"),
        pytest.param(lambda page: page.unmerge_cells("A19:H19"), id="section not merged"),
    ],
)
@pytest.mark.parametrize("way", ["x", "theme fill", "diagonals"])
def test_what_else_people_do_changes_no_mark(way: str, extra: Callable[[Worksheet], None]) -> None:
    assert seen(completed(BLANKS[0], WAYS[way], extra)) == OPTIONS + expected()


def test_columns_removed_and_multiplied() -> None:
    def three(page: Worksheet) -> None:
        for area in list(page.merged_cells.ranges):
            if area.min_row < 6 or area.max_col == 8:
                page.unmerge_cells(area.coord)
        page["G4"], page["H4"] = None, None
        page.delete_cols(6, 3)

    found = seen(completed(BLANKS[0], WAYS["x"], three))
    assert found == [mark for mark in expected() if mark[0][0] in "CDE"]

    cells = {
        f"A{row}": cell(f"A{row}", title) for row, title in ((1, "Option :"), (3, "Réalisations"), (5, "Site web"), (6, "Parc"))
    }
    names = [f"Activité {chr(97 + number)}" for number in range(22)]
    for number, name in enumerate(names):
        at = chr(67 + number)
        cells[f"{at}4"] = cell(f"{at}4", name)
        if number % 7 == 0:
            cells[f"{at}5"] = cell(f"{at}5", "x")
    cells["C3"] = cell("C3", "Gérer")
    cells["I3"] = cell("I3", "Répondre")
    document = readers.read(Source.of(package(sheet(cells, after=merges("A3:A4", "C3:H3", "I3:X3"))), "t.xlsx"))
    assert [mark.label for mark in document.marks] == [f"Activité {letter} | Site web" for letter in "ahov"]


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_rows_columns_and_merges_elsewhere_change_no_mark(data: st.DataObject) -> None:
    ways: list[Callable[[str], str]] = [
        lambda at: cell(at, "x"),
        lambda at: cell(at, None, "yellow"),
        lambda at: cell(at, None, "crossed"),
        lambda at: cell(at, "✔", "yellow"),
    ]
    # the last row stays blank: a column filled from top to bottom is the design of the sheet
    ticked = data.draw(st.sets(st.sampled_from([f"{col}{row}" for col in "CDE" for row in range(4, 8)]), max_size=9))
    way = data.draw(st.sampled_from(ways))
    above = data.draw(st.integers(0, 3))
    between = data.draw(st.lists(st.integers(4, 9), max_size=3))
    left = data.draw(st.integers(0, 2))
    banner = data.draw(st.booleans())
    cells: dict[str, str] = {}
    places: dict[str, str] = {}
    for at, xml in form({at: way(at) for at in sorted(ticked)}).items():
        row = int(at[1:])
        moved = f"{chr(ord(at[0]) + left)}{row + above + sum(1 for extra in between if extra <= row)}"
        cells[moved] = xml.replace(f'r="{at}"', f'r="{moved}"')
        places[at] = moved
    merged = []
    if banner and above:
        cells["A1"] = cell("A1", "Document de travail")
        merged = ["A1:H1"]
    rows = [9 + above + len(between) + 1, 9 + above + len(between) + 2]
    for row in rows:
        cells[f"A{row}"] = cell(f"A{row}", "Pied de page : note")
        merged.append(f"A{row}:{chr(69 + left)}{row}")
    found = seen(readers.read(Source.of(package(sheet(cells, after=merges(*merged))), "t.xlsx")))
    titles = {4: "Site web", 5: "Serveur", 6: "Réseau", 7: "Parc", 8: "Support"}
    headings = {"C": "Gérer le patrimoine", "D": "Répondre", "E": "Développer"}
    wanted = [
        (places[at], "ticked", f"{headings[at[0]]} | {titles[int(at[1:])]}") for at in sorted(ticked, key=lambda a: (a[1:], a[0]))
    ]
    assert found == [(places["B1"], "blank", "SISR"), (places["C1"], "blank", "SLAM"), *wanted]
