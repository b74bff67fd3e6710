"""Every rule has a case that it finds and one that it leaves alone; a secondary source never blocks; a blank breaks no rule."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import pytest
from formfill import catalogue, checks
from formfill.model.authority import Authority, Proof
from formfill.model.completed import AnswerState, RowIssue, RowProblem
from formfill.model.report import Severity
from tests.checks.completed import FORMS, ROWS, completed

if TYPE_CHECKING:
    from formfill.model.completed import CompletedForm

SISR: Final = "bts-sio-fiche-sisr"
TAB: Final = "bts-sio-tableau-synthese"
ATT: Final = "bts-sio-attestation-stage"
GRID: Final = "bts-sio-grille-bloc2-sisr"
VII6: Final = "bts-sio-fiche-appreciation"
VII3: Final = "bts-sio-expression-besoins"
VII2: Final = "bts-sio-controle-conformite"
VII7: Final = "bts-sio-environnement-technologique"


def row(rank: int, **changes: str) -> list[tuple[str, str, str, str]]:
    """The rows of the tableau, one of them changed."""
    names = ("section", "title", "period", "ticks")
    own = dict(zip(names, ROWS[rank], strict=True)) | changes
    return [*ROWS[:rank], (own["section"], own["title"], own["period"], own["ticks"]), *ROWS[rank + 1 :]]


CASES: Final[dict[str, tuple[str, dict[str, Any], dict[str, Any]]]] = {
    # code: form, what breaks it, what is near and right
    "empty-identity": (SISR, {"numero_candidat": ""}, {"numero_candidat": "2"}),
    "several-sessions": (SISR, {"facts": ("session 2026", "session 2024")}, {"facts": ("session 2026", "session 2026")}),
    "unreadable-session": (SISR, {"session": "2024-2025", "facts": ()}, {"session": "", "facts": ("session 2026",)}),
    "wrong-annexe": (SISR, {"facts": ("session 2026", "annexe 9-1-A")}, {"facts": ("session 2026", "annexe 8", "annexe VII-1-A")}),
    "wrong-epreuve": (SISR, {"session": "2024", "facts": ("epreuve E6",)}, {"session": "2024", "facts": ("epreuve E5",)}),
    "wrong-model": (SISR, {"facts": ("session 2026", "annexe VII-1-B")}, {"facts": ("session 2026", "annexe VII-1")}),
    "impossible-date": (SISR, {"date": "31/02/2025"}, {"date": "28/02/2026"}),
    "unreadable-date": (SISR, {"date": "24/2/202"}, {"date": "24/2/26"}),
    "unreadable-period": (SISR, {"periode": "2024-2025"}, {"periode": "janvier-février 2026"}),
    "period-order": (SISR, {"periode": "du 13/02/2026 au 05/01/2026"}, {"periode": "du 05/01/2026 au 05/01/2026"}),
    "date-before-period": (SISR, {"date": "04/01/2026"}, {"date": "05/01/2026"}),
    "period-outside-training": (SISR, {"periode": "du 05/01/2023 au 13/02/2023"}, {"periode": "du 01/07/2024 au 13/02/2025"}),
    "realisation-number": (SISR, {"numero_realisation": "3"}, {"numero_realisation": "n° 2/2"}),
    "empty-field": (SISR, {"lieu": ""}, {"lieu": "-"}),
    "empty-date": (SISR, {"date": ""}, {"date": "juin"}),
    "organisation-story": (SISR, {"organisation": "Il était une fois. " * 20}, {"organisation": "Fictif & Fils, " * 10}),
    "password-written": (
        SISR,
        {"acces": "Identifiant : jury, mot de passe : secret"},
        {"acces": "Le mot de passe sera donné au jury."},
    ),
    "no-exam-form": (SISR, {"forme_epreuve": ""}, {"forme_epreuve": "?ccf"}),
    "two-exam-forms": (SISR, {"forme_epreuve": "ponctuelle ccf"}, {"forme_epreuve": "ccf"}),
    "no-working-mode": (SISR, {"modalite": ""}, {"modalite": "?seul"}),
    "two-working-modes": (SISR, {"modalite": "seul equipe"}, {"modalite": "equipe"}),
    "no-competence": (SISR, {"competences": ""}, {"competences": "?B2.1"}),
    "no-option": (TAB, {"option": ""}, {"option": "?SLAM"}),
    "two-options": (TAB, {"option": "SISR SLAM"}, {"option": "SLAM"}),
    "no-portfolio-url": (TAB, {"url_portfolio": ""}, {"url_portfolio": "candide.example.org"}),
    "malformed-url": (TAB, {"url_portfolio": "htp:/candide"}, {"url_portfolio": "http://candide.example.org/a?b=1"}),
    "uncovered-competence": (TAB, {"rows": row(1, ticks="B1.1")}, {"rows": row(1, ticks="?B1.4")}),
    "row-without-competence": (TAB, {"rows": row(2, ticks="")}, {"rows": row(2, ticks="?B1.6")}),
    "row-without-title": (TAB, {"rows": row(1, title="")}, {"rows": row(1, title="Stage")}),
    "row-without-period": (TAB, {"rows": row(1, period="")}, {"rows": row(1, period="mai 2025")}),
    "row-period-format": (TAB, {"rows": row(0, period="2024-2025")}, {"rows": row(0, period="du 02/09/2024\nau 20/12/2024")}),
    "row-period-order": (TAB, {"rows": row(0, period="20/12/24 au 02/09/24")}, {"rows": row(0, period="20/12/24 au 20/12/24")}),
    "row-outside-year": (TAB, {"rows": row(1, period="05/01/26 au 13/02/26")}, {"rows": row(1, period="26/05/25 au 31/08/25")}),
    "attestation-option": (ATT, {"option": ""}, {"option": "SLAM"}),
    "not-the-model": (ATT, {"facts": ("session 2026",)}, {"facts": ("session 2025", "annexe 9")}),
    "internship-incomplete": (ATT, {"duree": ""}, {"duree": "six semaines"}),
    "internship-order": (ATT, {"fin": "05/01/2025"}, {"fin": "05/01/2026"}),
    "internship-duration": (ATT, {"duree": "12 semaines"}, {"duree": "1,5 mois"}),
    "unsigned-attestation": (ATT, {"signataire": ""}, {"signataire": "Le directeur"}),
    "signed-too-early": (ATT, {"fait_le": "12/02/2026"}, {"fait_le": "13/02/2026"}),
    "signatory-is-student": (
        ATT,
        {"nom": "FICTIVE", "prenom": "Anne", "signataire": "Anne Fictive, directrice"},
        {"prenom": "Anne"},
    ),
    "attestation-empty-field": (ATT, {"adresse": ""}, {"gratification": "0 €"}),
    "no-level": (GRID, {"niveau__B2.1.3": "aucun"}, {"niveau__B2.1.3": "non_evalue"}),
    "several-levels": (GRID, {"niveau__B2.1.3": "bonne partielle"}, {"niveau__B2.1.3": "?bonne partielle"}),
    "several-crosses": (
        "bts-ndrc-grille-e4",
        {"niveau__prospecter.1": "TI S"},
        {"niveau__prospecter.1": "TS", "niveau__prospecter.2": "aucun"},
    ),
    "note-range": (GRID, {"note": "21", "note_finale": "21"}, {"note": "20", "note_finale": "20"}),
    "unreadable-note": (GRID, {"note": "quatorze", "note_finale": "14"}, {"note": "14 / 20"}),
    "final-note": (
        GRID,
        {"penalites": "une_absente", "note_finale": "14"},
        {"penalites": "une_absente", "note": "13,5", "note_finale": "4"},
    ),
    "penalty-points": (
        GRID,
        {"penalites": "environnement", "points_environnement": "16", "note_finale": "0"},
        {"penalites": "environnement", "points_environnement": "15", "note_finale": "0"},
    ),
    "both-absences": (
        GRID,
        {"penalites": "une_absente deux_absentes", "note_finale": "0"},
        {"penalites": "deux_absentes", "note_finale": "0"},
    ),
    "appreciation-absences": (VII6, {"absences": "une_absente aucune"}, {"absences": "aucune"}),
    "appreciation-option": (VII6, {"option": "SISR SLAM"}, {"option": "SLAM"}),
    "missing-note": (VII6, {"note": ""}, {"note": "0"}),
    "note-not-rounded": (VII6, {"note": "12,5"}, {"note": "13"}),
    "low-note-without-comment": (VII6, {"appreciation": ""}, {"note": "10", "appreciation": ""}),
    "several-options": (VII2, {"option": "SISR SLAM"}, {"option": "SISR ?SLAM"}),
    "no-ground": (VII2, {"motifs": ""}, {"motifs": "?absence_dossier"}),
    "control-unsigned": (VII2, {"visa": ""}, {"visa": "X"}),
    "needs-incomplete": (VII3, {"documentation": ""}, {"documentation": "technique autre"}),
    "needs-sides": (VII3, {"option_verso": "SLAM"}, {"option_verso": ""}),
    "element-not-described": (VII7, {"sisr__sgbd__description": ""}, {"sisr__scripting__description": ""}),
}


def found(form: str, done: CompletedForm) -> dict[str, Severity]:
    return {finding.code: finding.severity for finding in checks.validate(done, catalogue.form(form)).findings}


@pytest.mark.parametrize("form", FORMS)
def test_a_form_filled_with_care_breaks_no_rule(form: str) -> None:
    assert found(form, completed(form)) == {}


@pytest.mark.parametrize("code", CASES)
def test_a_failing_case(code: str) -> None:
    form, broken, _right = CASES[code]
    done = completed(form, **broken)
    assert found(form, done).get(code) == checks.load(code).severity
    [finding, *_more] = [item for item in checks.validate(done, catalogue.form(form)).findings if item.code == code]
    assert finding.message.strip().endswith(".")
    assert finding.rule == checks.load(code).rule


@pytest.mark.parametrize("code", CASES)
def test_a_passing_case(code: str) -> None:
    form, _broken, right = CASES[code]
    assert code not in found(form, completed(form, **right))


def test_every_rule_of_the_forms_has_its_cases() -> None:
    used = {code for form in catalogue.forms() if form.layout is not None for code in form.checks}
    structure = {"blank-form", "missing-row", "missing-box", "uncertain-box", "missing-label"}
    assert used - structure == set(CASES)


def test_what_rests_on_a_secondary_source_warns_and_never_blocks() -> None:
    for check in checks.checks().values():
        if check.authority is not None:
            assert re.fullmatch(r"RG-\d\d", check.authority.rule)
            assert check.authority.source
            assert check.severity is not Severity.ERROR or check.authority.proof is Proof.OFFICIAL, check.code


@pytest.mark.parametrize("form", FORMS)
def test_a_blank_form_breaks_no_rule(form: str) -> None:
    empty = completed(form, rows=())
    blank = empty._replace(
        answers=tuple(
            answer if answer.field == "session" else answer._replace(value=None, normalised=None, state=AnswerState.EMPTY)
            for answer in empty.answers
        ),
        boxes=tuple(box._replace(state=type(box.state).BLANK) for box in empty.boxes if box.row is None),
    )
    assert found(form, blank) == {"blank-form": Severity.INFO}


def test_a_rule_holds_in_its_sessions_only() -> None:
    needs = Authority("RG-35", "annexe 7-3", Proof.SECONDARY, first=2023, last=2024)
    assert [needs.holds_in(year) for year in (2022, 2023, 2024, 2025, None)] == [False, True, True, False, True]
    assert needs.sessions == "2023–2024"
    assert "element-not-described" not in found(VII7, completed(VII7, session="2025", sisr__sgbd__description=""))


def test_an_annexe_that_is_only_deduced_for_its_session_warns() -> None:
    done = completed("bts-sio-fiche-sisr", session="2024", facts=("session 2024", "annexe VII-1-A"))
    assert found("bts-sio-fiche-sisr", done)["wrong-annexe"] is Severity.WARNING
    done = completed("bts-sio-fiche-slam", session="2025", facts=("session 2025", "annexe 7-1-B"))
    assert found("bts-sio-fiche-slam", done)["wrong-annexe"] is Severity.ERROR


def test_a_field_whose_label_is_gone_is_not_called_empty() -> None:
    done = completed(SISR, lieu="")._replace(unlabelled=("lieu",))
    assert found(SISR, done) == {"missing-label": Severity.WARNING}


def test_a_final_note_is_never_under_zero() -> None:
    assert found(GRID, completed(GRID, penalites="deux_absentes", note_finale="0")) == {}


def test_a_form_whose_official_blank_was_never_read_never_blocks() -> None:
    assert not catalogue.form(ATT).verified
    broken = completed(ATT, nom="", session="2024-2025", facts=("annexe 9",))
    assert found(ATT, broken) == {"empty-identity": Severity.WARNING, "unreadable-session": Severity.WARNING}
    # a day that no calendar has needs no text
    assert found(ATT, completed(ATT, naissance="31/02/2005"))["impossible-date"] is Severity.ERROR


def test_both_boxes_of_the_sex_are_told() -> None:
    assert found(ATT, completed(ATT, sexe="F M")) == {"attestation-empty-field": Severity.WARNING}


def test_a_row_of_levels_that_is_gone_is_reported_once() -> None:
    done = completed(GRID, niveau__B2__1="aucun")
    issue = RowIssue(RowProblem.MISSING, "niveau.B2.1", field="niveau.B2.1")
    assert "no-level" in found(GRID, done)
    assert "no-level" not in found(GRID, done._replace(rows=(issue,)))


def test_only_the_rules_of_the_form_are_imported() -> None:
    import subprocess
    import sys

    code = (
        "import sys; from formfill import catalogue, checks; from tests.checks.completed import completed\n"
        "checks.validate(completed('bts-sio-controle-conformite'), catalogue.form('bts-sio-controle-conformite'))\n"
        "print('formfill.checks.no_ground' in sys.modules, 'formfill.checks.final_note' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "False"]


def test_points_may_be_written_as_what_is_taken_away() -> None:
    taken: dict[str, Any] = {"penalites": "une_absente", "points_une_absente": "-10", "note": "14", "note_finale": "4"}
    assert found(GRID, completed(GRID, **taken)) == {}
    assert "final-note" in found(GRID, completed(GRID, **(taken | {"note_finale": "24"})))


def test_points_of_nought_are_points() -> None:
    none: dict[str, Any] = {"penalites": "environnement", "points_environnement": "0", "note": "14"}
    assert found(GRID, completed(GRID, **none, note_finale="14")) == {}
    assert "final-note" in found(GRID, completed(GRID, **none, note_finale="10"))
    assert "penalty-points" in found(GRID, completed(GRID, penalites="une_absente", points_une_absente="0", note_finale="14"))


def test_a_number_without_a_figure_is_none() -> None:
    assert found(SISR, completed(SISR, numero_candidat="en attente")) == {"empty-identity": Severity.ERROR}


def test_two_addresses_are_no_wrong_address() -> None:
    two = "https://candide.example.org et https://git.example.org/candide"
    assert "malformed-url" not in found(TAB, completed(TAB, url_portfolio=two))
