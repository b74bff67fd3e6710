"""A row of one cell headed « Commentaire » is what a person wrote, even where it looks like a label of the form."""

from __future__ import annotations

import pytest
from formfill import pipeline
from formfill.source import Source
from tests.grids import as_text, codes, official, states, text_of


def _with_comment(comment: str, label: str = "Commentaire") -> str:
    text = as_text(official())
    return text.replace("\n\tB1.2 : ", f"\n\t{label}\n{comment}\n\n\tB1.2 : ")


@pytest.mark.parametrize(
    "comment",
    [
        "Gérer des sauvegardes",
        "· Gérer des sauvegardes\nBien.",
        "B1.2 : Répondre aux incidents et aux demandes d’assistance et d’évolution",
        "Répondre aux incidents et aux demandes d’assistance et d’évolution",
        "Planifier les activités",
        "Commentaire",
        "Commentaire\nde B1.1",
        "\n\nBien.\n\nTrès bien.",
        "☒ Travailler en mode projet",
    ],
)
@pytest.mark.parametrize("label", ["Commentaire", "COMMENTAIRE :"])
def test_it_is_kept_whole(comment: str, label: str) -> None:
    record = pipeline.read(Source.of(_with_comment(comment, label).encode(), "grille.txt"))
    assert text_of(record, "commentaire.B1.1") == comment
    assert set(states(record).values()) == {"blank"}
    assert codes(record) == []


def test_a_label_without_a_comment_is_no_comment() -> None:
    record = pipeline.read(Source.of(_with_comment("  ").encode(), "grille.txt"))
    assert text_of(record, "commentaire.B1.1") is None
    assert codes(record) == ["blank-form"]


@pytest.mark.parametrize("beside", ["☐ vu", "vu ☐", "☐\nvu"])
def test_a_word_beside_the_box_is_the_comment_without_the_box(beside: str) -> None:
    rows = official()
    rows["B1.3"].box = beside.split("\n")
    record = pipeline.read(Source.of(as_text(rows).encode(), "grille.txt"))
    assert text_of(record, "commentaire.B1.3") == "vu"
    assert states(record)["B1.3"] == "blank"
