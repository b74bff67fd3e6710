"""Which text a box belongs to, by where it stands in its line."""

from __future__ import annotations

import pytest
from formfill.readers._binding import bind


@pytest.mark.parametrize(
    ("line", "labels"),
    [
        ("Sexe : F ☐ M ☐", ["F", "M"]),
        ("Né(e) le 01/02/2006   Sexe\u00a0: F ☒   M ☐", ["F", "M"]),
        ("Option : SISR ☐ SLAM ☐", ["SISR", "SLAM"]),
        ("Modalité : ☐ Seul(e) ☒ En équipe", ["Seul(e)", "En équipe"]),
        (
            "B1.1 : Gérer le patrimoine ☐ B1.2 : Répondre aux incidents ☒",
            ["B1.1 : Gérer le patrimoine", "B1.2 : Répondre aux incidents"],
        ),
        ("Épreuve ponctuelle ☐", ["Épreuve ponctuelle"]),
        ("B1.1 : Gérer le patrimoine ☐", ["B1.1 : Gérer le patrimoine"]),
        ("Assurer ☒ la maintenance", ["Assurer la maintenance"]),
        ("Avis : ☐ favorable", ["favorable"]),
    ],
)
def test_labels_of_a_line(line: str, labels: list[str]) -> None:
    assert bind([line], len(labels), "") == labels


@pytest.mark.parametrize(
    ("lines", "labels"),
    [
        (["☐", "Oui", "☒", "Non"], ["Oui", "Non"]),
        (["Oui", "☐", "Non", "☒"], ["Oui", "Non"]),
        (["Modalité :", "☐", "Seul(e)", "☒", "En équipe"], ["Seul(e)", "En équipe"]),
        (["Modalité :", "Seul(e)", "☐", "En équipe", "☒"], ["Seul(e)", "En équipe"]),
        (["", "☐", "", "Oui", "☒", "Non", ""], ["Oui", "Non"]),
        (["☐", "Oui,", "toujours", "☒", "Non"], ["Oui, toujours", "Non"]),
        (["☐", "Oui", "☒", "Non", "Une remarque"], ["Oui", "Non"]),
        (["Titre", "Oui", "☐", "Non", "☒"], ["Oui", "Non"]),
        (["☐ Oui", "☒", "Non"], ["Oui", "Non"]),
        (["☐", "Oui", "☒ Non"], ["Oui", "Non"]),
        (["Oui ☐", "Non", "☒"], ["Oui", "Non"]),
        (["☐", "Oui", "Avis :", "☒", "Non"], ["Oui", "Non"]),
        # nothing tells which words are whose
        (["Oui", "☐", "Non", "☒", "Peut-être"], ["Oui Non Peut-être"] * 2),
        (["☐", "☒", "Oui", "Non"], ["Oui Non"] * 2),
        (["☐", "☒"], ["Titre de la ligne"] * 2),
    ],
)
def test_labels_of_boxes_alone_on_their_lines(lines: list[str], labels: list[str]) -> None:
    assert bind(lines, len(labels), "Titre de la ligne") == labels
