"""Whose is each document: by number, then by name; what nothing settles is asked for and not made."""

from __future__ import annotations

from typing import Any

import pytest
from formfill.dossier import cohort
from formfill.dossier.groups import one_slip
from formfill.dossier.names import same_name
from formfill.model.dossier import Candidate, Cohort
from tests.dossier.papers import ATT, SISR, TAB, outcome


def made(*documents: tuple[str, str | None, str | None], known: list[Candidate] | None = None) -> Cohort:
    """Documents as form, name, number."""
    found = []
    for rank, (form, name, number) in enumerate(documents):
        changes: dict[str, Any] = {"nom_prenom": name or "", "numero_candidat": number or "", "intitule": f"Travail {rank}"}
        if form == ATT:
            last, _space, first = (name or "").partition(" ")
            changes = {"nom": last, "prenom": first, "debut": f"0{rank + 1}/01/2026"}
        found.append(outcome(f"{rank}.docx", form, **changes))
    return cohort(found, known)


def groups(result: Cohort) -> list[list[str]]:
    """The documents of each candidate, of all épreuves, by rank."""
    people: dict[Candidate, set[str]] = {}
    for dossier in result.dossiers:
        people.setdefault(dossier.candidate, set()).update(item.paper.source[0] for item in dossier.handed)
    return [sorted(sources) for sources in people.values()]


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("EXEMPLE Candide", "Candide Exemple", True),
        ("Inventée Zélie", "INVENTEE ZELIE", True),
        ("Jean-Pierre D’Exemple", "D'EXEMPLE Jean Pierre", True),
        ("M. EXEMPLE Candide", "EXEMPLE Candide Marie", True),
        ("EXEMPLE", "EXEMPLE Candide", False),
        ("EXEMPLE Candide", "EXEMPLE Candida", False),
        ("EXEMPLE Candide", None, False),
    ],
)
def test_names(a: str | None, b: str | None, same: bool) -> None:
    assert same_name(a, b) is same


@pytest.mark.parametrize(
    ("a", "b", "slip"),
    [("12345", "12346", True), ("12345", "1235", True), ("12345", "12354", True), ("12345", "12543", False), ("123", "124", False)],
)
def test_one_digit(a: str, b: str, slip: bool) -> None:
    assert one_slip(a, b) is slip
    assert one_slip(b, a) is slip


def test_numbers_first_then_names() -> None:
    result = made((SISR, "EXEMPLE Candide", "0234567890"), (TAB, "candide exemple", "234567890"), (ATT, "Exemple Candide", None))
    assert groups(result) == [["0", "1", "2"]]
    assert result.findings == ()


def test_one_number_and_two_persons_is_asked() -> None:
    result = made((SISR, "EXEMPLE Candide", "0234567890"), (SISR, "FICTIF Basile", "0234567890"))
    assert groups(result) == [["0"], ["1"]]
    assert [finding.code for finding in result.findings] == ["ambiguous-grouping"]


def test_a_slip_among_documents_that_agree_is_told_by_a_rule() -> None:
    result = made(
        (SISR, "EXEMPLE Candide", "0234567890"), (TAB, "EXEMPLE Candide", "0234567890"), (SISR, "FICTIF Basile", "0234567890")
    )
    assert groups(result) == [["0", "1", "2"]]
    assert [finding.code for finding in result.findings] == []
    assert "identity-differs" in {finding.code for dossier in result.dossiers for finding in dossier.findings}


def test_homonyms_are_asked_about_unless_the_list_has_both() -> None:
    documents = ((SISR, "EXEMPLE Candide", "0234567890"), (SISR, "EXEMPLE Candide", "0298765432"))
    result = made(*documents)
    assert groups(result) == [["0"], ["1"]]
    assert [finding.code for finding in result.findings] == ["ambiguous-grouping"]
    both = [Candidate("EXEMPLE Candide", "0234567890"), Candidate("EXEMPLE Candide", "0298765432")]
    assert made(*documents, known=both).findings == ()
    one = made(*documents, known=both[:1])
    assert groups(one) == [["0", "1"]]
    assert {finding.code for dossier in one.dossiers for finding in dossier.findings} >= {"number-differs"}


def test_a_document_without_a_number_that_may_be_two_persons_is_given_to_neither() -> None:
    result = made((SISR, "EXEMPLE Candide", "0234567890"), (SISR, "EXEMPLE Candide", "0298765432"), (SISR, "EXEMPLE Candide", None))
    assert [paper.source for paper in result.unassigned] == ["2.docx"]
    assert [finding.code for finding in result.findings] == ["ambiguous-grouping", "ambiguous-grouping"]
    near = made((SISR, "EXEMPLE Candide", "0234567890"), (SISR, "EXEMPLE Candida", None))
    assert [paper.source for paper in near.unassigned] == ["1.docx"]


def test_a_document_of_nobody_is_said() -> None:
    result = made((SISR, "EXEMPLE Candide", "0234567890"), (SISR, None, None))
    assert [finding.code for finding in result.findings] == ["unassigned-document"]
    assert groups(result) == [["0"]]


def test_an_attestation_alone_makes_nobody_a_candidate() -> None:
    result = made((SISR, "EXEMPLE Candide", "0234567890"), (ATT, "FICTIVE Anne", None))
    assert [finding.code for finding in result.findings] == ["unassigned-document"]
    assert groups(made((ATT, "FICTIVE Anne", None))) == [["0"]]


def test_against_the_list() -> None:
    listed = [Candidate("EXEMPLE Candide", "0234567890", 2026, "SLAM"), Candidate("ABSENTE Lise", "0211111111")]
    result = made((SISR, "EXEMPLE Candide", "0234567890"), (SISR, "FICTIF Basile", "0222222222"), known=listed)
    assert {finding.code for finding in result.findings} == {
        "list-differs",
        "dossier-without-candidate",
        "candidate-without-dossier",
    }
    assert [candidate.name for candidate in result.absent] == ["ABSENTE Lise"]
    # the documents have no number: the name is enough, as nobody else bears it
    assert made((SISR, "exemple candide", None), known=listed[:1]).absent == ()


def test_who_stands_twice_in_the_list_is_one_candidate() -> None:
    listed = [Candidate("EXEMPLE Candide", "0234567890", option="SISR"), Candidate("Candide Exemple", "234567890")]
    assert made((SISR, "EXEMPLE Candide", "0234567890"), known=listed).findings == ()
    assert len(made((SISR, "FICTIF Basile", "0222222222"), known=listed).absent) == 1


def test_numbers_are_told_as_they_are_written() -> None:
    result = made((SISR, "EXEMPLE Candide", "0234567890"), (SISR, "EXEMPLE Candide", "0298765432"), (SISR, "EXEMPLE Candide", None))
    assert "(0234567890, 0298765432)" in result.findings[0].message
    assert "EXEMPLE Candide (0234567890)" in result.findings[1].message


def test_words_beside_a_number_are_no_part_of_it() -> None:
    assert groups(made((SISR, "EXEMPLE Candide", "0234567890"), (SISR, "FICTIF Anne", "N° 0234567890 (SISR)"))) == [["0"], ["1"]]
    assert groups(made((SISR, "EXEMPLE Candide", "0234567890"), (TAB, "EXEMPLE Candide", "N° 0234567890"))) == [["0", "1"]]


def test_each_name_is_compared_only_with_those_that_share_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[str | None, str | None]] = []

    def counted(a: str | None, b: str | None) -> bool:
        seen.append((a, b))
        return same_name(a, b)

    monkeypatch.setattr("formfill.dossier.groups.same_name", counted)
    people = [(form, f"NOM{n} Prenom{n}", f"02{n:04}") for n in range(60) for form in (SISR, TAB)]
    attested = [(ATT, f"NOM{n} Prenom{n}", None) for n in range(60)]
    made(*people, *attested)
    assert len(seen) < 10 * 60


def test_a_missing_piece_that_a_document_of_nobody_may_be_is_said_so() -> None:
    result = made((SISR, "EXEMPLE Candide", "0234567890"), (SISR, None, None))
    [missing] = [finding for dossier in result.dossiers for finding in dossier.findings if finding.code == "missing-fiche"]
    assert "« 1.docx »" in missing.message
    other = made((SISR, "EXEMPLE Candide", "0234567890"), (ATT, "FICTIVE Anne", None))
    [missing] = [finding for dossier in other.dossiers for finding in dossier.findings if finding.code == "missing-fiche"]
    assert "docx" not in missing.message


def test_what_concerns_a_class_names_the_folder_of_a_file() -> None:
    changes = {"nom_prenom": "", "numero_candidat": ""}
    result = cohort([outcome("classe/01-exemple/fiche-1.docx", SISR), outcome("classe/02-fictif/fiche-1.docx", SISR, **changes)])
    assert "« 02-fictif/fiche-1.docx »" in result.findings[0].message
