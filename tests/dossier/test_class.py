"""The invented class: every planted mistake is found by its code, and nothing else is reported."""

from __future__ import annotations

from functools import cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

import formfill
from formfill.dossier import cohort, lists
from formfill.model.outcome import Outcome
from formfill.reports import cohort_json
from tools.class_people import LISTED, PEOPLE, PLANTED
from tools.make_class import OUT, documents, printed

if TYPE_CHECKING:
    from formfill.model.dossier import Cohort

SHA: Final = "0" * 64


@cache
def outcomes() -> tuple[Outcome, ...]:
    found = []
    for path in sorted(OUT.glob("*/*.*")):
        record = formfill.read(path)
        found.append(Outcome(path.relative_to(OUT).as_posix(), record.source.sha256, 0, record))
    return tuple(found)


def roll() -> lists.Roll:
    return lists.read_list((OUT / "candidats.csv").read_bytes(), "candidats.csv")


def said(made: Cohort) -> set[tuple[str, str, str]]:
    """Folder, document or épreuve, and code of everything that is reported; copies of a document count once."""
    found = {
        (PurePosixPath(outcome.name).parent.name, PurePosixPath(outcome.name).stem, finding.code)
        for outcome in outcomes()
        if outcome.record is not None
        for finding in outcome.record.findings
    }
    folders = {person.number.lstrip("0"): person.folder for person in PEOPLE}
    for dossier in made.dossiers:
        folder = folders[(dossier.candidate.number or "").lstrip("0")]
        found |= {(folder, dossier.epreuve or "", finding.code) for finding in dossier.findings}
    return found


def test_each_planted_mistake_is_found_by_its_code_and_nothing_else_is_reported() -> None:
    made = cohort(outcomes())
    wanted = {
        (folder, where, code)
        for folder, places in PLANTED.items()
        for where, codes in places.items()
        if where != "class"
        for code in codes
    }
    assert said(made) == wanted
    of_the_class = sorted(code for places in PLANTED.values() for code in places.get("class", []))
    assert sorted(finding.code for finding in made.findings) == of_the_class


def test_each_mistake_is_told_once() -> None:
    for outcome in outcomes():
        codes = [(finding.code, finding.field) for finding in (outcome.record.findings if outcome.record else ())]
        assert len(codes) == len(set(codes)), outcome.name


def test_each_candidate_has_a_dossier_for_each_epreuve_of_the_session() -> None:
    made = cohort(outcomes())
    assert [(d.candidate.name, d.epreuve, d.candidate.session) for d in made.dossiers] == [
        (person.name, epreuve, person.session)
        for person in PEOPLE
        for epreuve in (("E4", "E5") if person.session == 2024 else ("E5", "E6"))
    ]
    # the option is ticked nowhere on a tableau: the fiches say it
    assert [d.candidate.option for d in made.dossiers[::2]] == [person.option for person in PEOPLE]
    missing = {(d.candidate.name, piece.id) for d in made.dossiers for piece in d.missing}
    assert missing == {("LÉGENDE Gaston", "fiche-2"), ("RÊVEUSE Karine", "tableau")}


def test_the_list_of_candidates_tells_who_is_absent_and_who_is_not_on_it() -> None:
    people = roll()
    assert people.columns == {"number": "N° candidat", "last": "Nom", "first": "Prénom", "session": "Session", "option": "Option"}
    made = cohort(outcomes(), list(people.candidates))
    told = {finding.code: finding.message for finding in made.findings if finding.code in LISTED}
    assert set(told) == set(LISTED)
    assert all(LISTED[code] in message for code, message in told.items())
    assert [candidate.name for candidate in made.absent] == [LISTED["candidate-without-dossier"]]
    assert cohort_json.summary(made)["without_dossier"][0]["number"] == "02601234599"


def test_the_class_is_what_the_tool_makes() -> None:
    made, pdfs = dict(documents()), printed()
    for name, data in made.items():
        if pdfs.get(name.removesuffix(".docx"), True):
            assert (OUT / name).read_bytes() == data, f"{name}: run « python -m tools.make_class --print »"
    kept = {name for name in made if pdfs.get(name.removesuffix(".docx"), True)} | {f"{name}.pdf" for name in pdfs}
    assert {path.relative_to(OUT).as_posix() for path in OUT.rglob("*.*") if path.is_file()} == kept
