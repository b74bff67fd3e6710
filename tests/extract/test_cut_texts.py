"""What a page does to printed texts: cut by the borders of cells, numbered by footnotes, closed by a sign before their colon."""

from __future__ import annotations

from formfill import catalogue
from formfill.extract.fields import read_layout
from formfill.model.document import Cell, Document, Grid, TextBlock
from formfill.model.geometry import Place

BLOC2 = catalogue.form("bts-sio-grille-bloc2-sisr")
E6 = catalogue.form("bts-ndrc-grille-e6")


def grid(*rows: tuple[str, ...]) -> Grid:
    return Grid(tuple(tuple(Cell(text, (), r, c, 1, 1) for c, text in enumerate(row)) for r, row in enumerate(rows)), Place(page=1))


def answers(document: Document, form: str) -> dict[str, object]:
    own = catalogue.form(form)
    assert own.layout is not None
    return {answer.field: answer.value for answer in read_layout(document, own, own.layout, score=1.0).answers}


def document(*grids: Grid, text: tuple[str, ...] = ()) -> Document:
    return Document(1, grids, (), (), tuple(TextBlock(line, Place(page=1), ()) for line in text))


def test_a_text_cut_by_borders_is_no_answer() -> None:
    cut = grid(
        ("NOTE FINALE\nNote à reporter sur la fiche d’appréciation", "14,5", "/ 20\nnne candidate"), ("", "destinée à la perso", "")
    )
    assert answers(document(cut), BLOC2.id)["note_finale"] == "14,5"


def test_a_line_that_resembles_a_piece_of_a_text_is_kept_when_the_rest_is_not_there() -> None:
    seen = grid(("NOTE FINALE", "destinée à la perso"))
    assert answers(document(seen), BLOC2.id)["note_finale"] == "destinée à la perso"


def test_a_label_that_ends_with_a_sign_before_its_colon() -> None:
    found = answers(document(text=("Date : 12/05/2026 Fiche n° : 3",)), E6.id)
    assert found["fiche_a"] == "3"
    assert "12/05/2026" in (found["date_a"], found["date_b"])
