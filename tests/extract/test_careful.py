"""What a careful person would not take for a plain answer, or would not put under another row."""

from __future__ import annotations

import pytest
from formfill import pipeline
from formfill.source import Source
from tests.grids import Row, as_text, codes, official, read, states, text_of


@pytest.mark.parametrize("box", [["X☐"], ["☐X"], ["X ☐"], ["☐", "x"], ["☐✓"], ["☐ ✔\ufe0f"]])
def test_a_cross_beside_an_empty_box_contradicts_it(box: list[str]) -> None:
    rows = official()
    rows["B1.2"].box = box
    record = read(rows)
    assert states(record)["B1.2"] == "uncertain"
    assert "uncertain-box" in codes(record)
    assert text_of(record, "commentaire.B1.2") is None


@pytest.mark.parametrize(
    "text", ["B1.1 et B1.3 vues ensemble en janvier", "B1.1 : voir aussi la fiche 3", "B1.4", "B1.3 non faite"]
)
def test_a_comment_that_begins_with_a_code_stays_under_its_row(text: str) -> None:
    rows = list(official().values())
    lines = as_text(rows).split("\n\n")
    at = next(i for i, block in enumerate(lines) if block.startswith("\tB1.3"))
    lines.insert(at, f"\t{text}\n")
    record = pipeline.read(Source.of("\n\n".join(lines).replace("\n\n\n", "\n\n").encode(), "x.txt"))
    assert text_of(record, "commentaire.B1.2") == text
    assert codes(record) == []


@pytest.mark.parametrize(
    ("heading", "state"),
    [("", "ticked"), ("Acquis", "ticked"), ("Validé", "ticked"), ("Non acquis", "uncertain"), ("En cours", "uncertain")],
)
def test_the_heading_of_the_boxes_counts(heading: str, state: str) -> None:
    rows = official()
    for row in rows.values():
        row.box = ["☒"]
    text = as_text(rows, heading=("Bloc 1 : compétences", heading, "Indicateurs de performance"))
    record = pipeline.read(Source.of(text.encode(), "x.txt"))
    assert set(states(record).values()) == {state}


def test_a_closing_row_of_several_cells_is_nobodys_comment() -> None:
    rows = [*official().values(), Row(["Signature"], [""], ["Le tuteur"])]
    record = read(rows)
    assert text_of(record, "commentaire.B1.6") is None
    assert [comment.text for comment in record.comments] == ["Signature", "Le tuteur"]


def test_a_table_that_lists_the_labels_without_their_codes_is_not_the_form() -> None:
    rows = official()
    for option, row in rows.items():
        row.title = [row.title[0].partition(" : ")[2] or row.title[0]]
        row.box = ["coché" if option == "B1.1" else "non coché"]
        row.indicators = []
    record = pipeline.read(Source.of(as_text(rows, heading=("Libellé", "État", "Page")).encode(), "x.txt"))
    assert record.form is None


def test_a_judgement_is_a_comment_not_another_wording() -> None:
    rows = official()
    rows["B1.4"].indicators[4] = "Les livrables ne sont pas conformes."
    rows["B1.1"].title[5] = "· Gérer des sauvegardes : non"
    record = read(rows)
    assert text_of(record, "commentaire.B1.4") == "Les livrables ne sont pas conformes."
    assert text_of(record, "commentaire.B1.1") == "· Gérer des sauvegardes : non"
    assert codes(record).count("missing-line") == 2


def test_a_judgement_in_a_title_leaves_the_box_uncertain() -> None:
    rows = official()
    rows["B1.1"].box = ["☒"]
    rows["B1.1"].title[0] += " – non acquis"
    assert states(read(rows))["B1.1"] == "uncertain"
