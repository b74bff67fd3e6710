"""What stands above the headings, or beside page numbers, is nobody's answer and is kept."""

from __future__ import annotations

import pytest
from formfill import pipeline
from formfill.source import Source
from tests.grids import as_text, codes, official, states


def _comments(text: str) -> list[str]:
    record = pipeline.read(Source.of(text.encode(), "grille.txt"))
    assert set(states(record).values()) == {"blank"}
    assert codes(record) == ["blank-form"]
    return [comment.text for comment in record.comments]


@pytest.mark.parametrize(
    "above", ["Nom : Candide EXEMPLE", "B1.2 : Répondre aux incidents et aux demandes d’assistance et d’évolution"]
)
def test_a_row_of_one_cell_above_the_headings_is_a_remark(above: str) -> None:
    assert _comments(f"\t{above}\n\n{as_text(official())}") == [above]


def test_a_row_of_several_cells_above_the_headings_is_remarks() -> None:
    assert _comments(f"\tNom\n\tCandide EXEMPLE\n\n{as_text(official())}") == ["Nom", "Candide EXEMPLE"]


@pytest.mark.parametrize("printed", ["Page 1 sur 2", "page 3 / 12", "Bloc 1 : compétences et indicateurs de performance"])
def test_what_the_form_prints_is_no_remark(printed: str) -> None:
    assert _comments(f"{printed}\n\n{as_text(official())}") == []


@pytest.mark.parametrize("written", ["Page web sur le site de l’association", "Page 1 / à refaire"])
def test_words_that_look_like_a_page_number_are_a_remark(written: str) -> None:
    assert _comments(f"{written}\n\n{as_text(official())}") == [written]
