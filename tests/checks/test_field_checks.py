"""The checks of forms that have fields: one case that passes, one that fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from formfill import catalogue
from formfill.checks import validate
from formfill.extract import extract
from formfill.recognise import recognise
from tests.documents import document
from tests.extract.test_fields import TITLE, fiche

if TYPE_CHECKING:
    from formfill.model.document import Document


def found(seen: Document) -> list[tuple[str, str | None, str | None]]:
    own = recognise(seen, catalogue.shelf(), name="x")
    assert own.form is not None
    report = validate(extract(seen, own.form, edition=own.edition, score=own.score), own.form)
    return [(finding.code, finding.rule, finding.field) for finding in report.findings]


RIGHT = {
    "forme": "Épreuve ponctuelle ☒ Contrôle en cours de formation ☐",
    "periode": "Période de réalisation : mars 2025 Lieu : Lille\nModalité : ☒ Seul(e) ☐ En équipe",
}


def test_a_blank_fiche_misses_no_choice() -> None:
    assert found(fiche()) == [("blank-form", None, None)]


@pytest.mark.parametrize(
    ("cell", "text", "finding"),
    [
        ("forme", "Épreuve ponctuelle ☒ Contrôle en cours de formation ☒", ("two-exam-forms", "RG-18", "forme_epreuve")),
        ("forme", "Épreuve ponctuelle ☐ Contrôle en cours de formation ☐", ("no-exam-form", "RG-18", "forme_epreuve")),
        (
            "periode",
            "Période de réalisation : Lieu :\nModalité : ☒ Seul(e) ☒ En équipe",
            ("two-working-modes", "RG-19", "modalite"),
        ),
        ("title", f"{TITLE}\nBTS SERVICES INFORMATIQUES AUX ORGANISATIONS\tSESSION 2024", ("several-sessions", "RG-09", "session")),
        ("intitule", "", ("missing-label", None, "intitule")),
    ],
)
def test_a_fiche_that_is_wrong_has_its_finding(cell: str, text: str, finding: tuple[str, str | None, str | None]) -> None:
    assert finding in found(fiche(**(RIGHT | {cell: text})))
    assert finding not in found(fiche(**RIGHT))


def test_two_levels_in_a_row_are_a_warning_and_none_an_error() -> None:
    rows = [["", "Non évalué", "Non maitrisé", "Maitrise partielle", "Bonne maitrise", "Excellente maitrise"]]
    rows += [["Analyser un besoin exprimé et son contexte juridique", "☐", "☒", "☒", "☐", "☐"]]
    rows += [["Concevoir et développer une solution applicative", "", "☐", "☐", "☐", "☐"]]
    front = [
        ["Grille d’aide à l’évaluation (option SLAM)"],
        ["Liste des pénalités retenues"],
        ["NOTE FINALE"],
        ["Niveaux de maîtrise"],
    ]
    front += [
        ["☐ Absence d’une réalisation professionnelle (10 points de pénalité)"],
        ["Noms des membres de la commission d’interrogation"],
    ]
    own = [item for item in found(document(front, rows)) if item[1] == "RG-12"]
    assert own == [("no-level", "RG-12", "niveau.B2.1"), ("several-levels", "RG-12", "niveau.B2.1.1")]
