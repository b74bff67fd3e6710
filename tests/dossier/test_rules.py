"""Every rule of a dossier has one case that it finds and one, near it, that it leaves alone."""

from __future__ import annotations

from typing import Any, Final

import pytest
from formfill.dossier import cohort
from formfill.dossier.rules import rules
from formfill.model.authority import Proof
from formfill.model.dossier import Place
from formfill.model.report import Severity
from tests.checks.test_rules import row
from tests.dossier.papers import ATT, SISR, SLAM, dossier

Changes = dict[str, dict[str, Any] | None]
CASES: Final[dict[str, tuple[Changes, Changes]]] = {
    # code: what breaks it, what is near and right
    "missing-document": ({"attestation_1": None, "attestation_2": None}, {}),
    "missing-fiche": ({"fiche_2": None}, {"fiche_2": {"numero_realisation": ""}}),
    "duplicate-document": (
        {"encore": {}},
        {"encore": {"form": ATT, "debut": "01/04/2026", "fin": "30/04/2026", "duree": "4 semaines"}},
    ),
    "superseded-document": ({"ancienne": {"session": "2025"}}, {"fiche_2": {"session": "2025", "intitule": "Accès distant"}}),
    "several-versions": ({"autre": {"lieu": "Roubaix"}}, {"autre": {"lieu": " Lille "}}),
    "stray-document": (
        {"troisieme": {"intitule": "Un autre travail", "numero_realisation": "3"}},
        {"fiche_2": {"numero_realisation": "3"}},
    ),
    "identity-differs": ({"fiche_2": {"nom_prenom": "EXEMPLE Candida"}}, {"fiche_2": {"nom_prenom": "Mme Candide, Marie Exemple"}}),
    "number-differs": ({"fiche_2": {"numero_candidat": "0234567891"}}, {"fiche_2": {"numero_candidat": "234 567 890"}}),
    "session-differs": ({"fiche_2": {"session": "2025"}}, {"fiche_2": {"session": ""}}),
    "option-differs": ({"tableau": {"option": "SLAM"}}, {"tableau": {"option": "?SLAM"}}),
    "centre-differs": ({"tableau": {"centre": "Lycée Imaginaire, Arras"}}, {"tableau": {"centre": "LYCÉE FICTIF"}}),
    "same-realisation-number": ({"fiche_2": {"numero_realisation": "n° 1"}}, {"fiche_2": {"numero_realisation": "2/2"}}),
    "same-realisation": ({"fiche_2": {"intitule": "SUPERVISION DU RESEAU"}}, {"fiche_2": {"intitule": "Sauvegarde"}}),
    "similar-realisations": ({"fiche_2": {"intitule": "Supervision du réseaux"}}, {"fiche_2": {"intitule": "Câblage du réseau"}}),
    "bloc-not-covered": ({"fiche_2": {"competences": "B2.1"}}, {"fiche_2": {"competences": "B2.1 ?B2.2"}}),
    "exam-forms-differ": ({"fiche_2": {"forme_epreuve": "ccf"}}, {"fiche_2": {"forme_epreuve": ""}}),
    "row-without-attestation": (
        {"tableau": {"rows": row(2, period="01/04/26 au 30/04/26")}},
        {"tableau": {"rows": row(2, period="13/02/26 au 27/02/26")}},
    ),
    "internship-not-attested": (
        {"attestation_1": None},
        {"attestation_1": None, "tableau": {"rows": row(1, section="seconde_annee")}},
    ),
    "notes-differ": ({"appreciation": {"note": "15"}}, {"grille": {"note": "13,5", "note_finale": "13,5"}}),
    "absences-differ": (
        {"appreciation": {"absences": "aucune"}},
        {"appreciation": {"absences": "aucune"}, "grille": {"penalites": "deux_absentes"}},
    ),
}


def found(changes: Changes) -> dict[str, Severity]:
    return {finding.code: finding.severity for made in cohort(dossier(**changes)).dossiers for finding in made.findings}


def test_a_dossier_made_with_care_breaks_no_rule() -> None:
    made = cohort(dossier())
    assert found({}) == {}
    assert [(d.epreuve, [item.piece.id for item in d.handed if item.piece], d.missing) for d in made.dossiers] == [
        ("E5", ["tableau", "attestation", "attestation"], ()),
        ("E6", ["fiche-1", "fiche-2", "grille", "appreciation"], ()),
    ]


@pytest.mark.parametrize("code", CASES)
def test_a_failing_case(code: str) -> None:
    broken, _right = CASES[code]
    assert found(broken).get(code) is rules()[code].severity


@pytest.mark.parametrize("code", CASES)
def test_a_passing_case(code: str) -> None:
    _broken, right = CASES[code]
    assert code not in found(right)


def test_every_rule_has_its_cases() -> None:
    assert set(rules()) == set(CASES)


def test_what_rests_on_a_secondary_source_warns_and_never_blocks() -> None:
    for rule in rules().values():
        assert rule.authority is None or rule.severity is not Severity.ERROR or rule.authority.proof is Proof.OFFICIAL, rule.code


def test_an_attestation_on_the_model_of_the_year_before_only_warns() -> None:
    assert found({"attestation_1": {"session": "2025", "debut": "26/05/2025", "fin": "04/07/2025"}}) == {
        "session-differs": Severity.WARNING
    }


def test_an_attestation_of_the_other_option_only_warns() -> None:
    assert found({"attestation_2": {"option": "SLAM"}}) == {"option-differs": Severity.WARNING}


def test_a_document_that_is_superseded_is_compared_with_nothing() -> None:
    assert found({"ancienne": {"session": "2025", "nom_prenom": "EXEMPLE Candida"}}) == {"superseded-document": Severity.WARNING}


def test_a_fiche_of_the_other_option_is_told_once() -> None:
    assert found({"fiche_2": {"form": SLAM, "numero_realisation": "2", "intitule": "Accès distant"}}) == {
        "option-differs": Severity.ERROR
    }


def test_an_epreuve_that_nobody_handed_anything_in_for_is_not_asked_for() -> None:
    fiches = [
        item for item in dossier() if item.record is not None and item.record.form is not None and item.record.form.id == SISR
    ]
    assert [made.epreuve for made in cohort(fiches).dossiers] == ["E6"]
    assert cohort([]).dossiers == ()


def test_a_third_fiche_is_another_version_of_the_one_whose_number_it_bears() -> None:
    third = {"intitule": "Supervision du réseau local", "lieu": "Roubaix", "competences": "B2.1 B2.2 B2.3"}
    [_b1, b2] = cohort(dossier(autre=third)).dossiers
    assert {(item.paper.source, item.place) for item in b2.handed if item.piece is not None and item.piece.id == "fiche-1"} == {
        ("fiche_1.docx", Place.VERSION),
        ("autre.docx", Place.VERSION),
    }
    assert found({"autre": third}) == {"several-versions": Severity.WARNING}
    # nothing tells which version counts: nothing is told of what the two fiches say together
    assert "bloc-not-covered" not in found({"autre": {**third, "competences": ""}, "fiche_2": {"competences": "B2.1"}})


def test_a_fiche_of_an_older_session_on_another_title_is_superseded() -> None:
    older = {"session": "2025", "intitule": "Supervision réseau v1"}
    assert found({"ancienne": older}) == {"superseded-document": Severity.WARNING}
