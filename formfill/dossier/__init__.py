"""Records become dossiers, and dossiers a class: whose is each document, what is missing, what two documents say differently.

    Records ──papers──▶ groups ──complete──▶ Dossiers ──judge──▶ Cohort

It opens no file, and does not guess: a document that may be two candidates' is asked about and given to neither.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.dossier.complete import complete, perhaps
from formfill.dossier.definitions import definition
from formfill.dossier.groups import group
from formfill.dossier.names import near_name, same_name
from formfill.dossier.papers import bare_number, candidate, name_of, number_of, papers
from formfill.dossier.roll import against
from formfill.dossier.rules import Folder, judge
from formfill.errors import SeveralCandidatesError
from formfill.language import gettext as _
from formfill.model.dossier import Cohort, Dossier, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from formfill.model.dossier import Candidate, Paper
    from formfill.model.outcome import Outcome
    from formfill.model.record import Record

__all__ = ["cohort", "one_candidate"]


def cohort(outcomes: Iterable[Outcome], candidates: Sequence[Candidate] | None = None) -> Cohort:
    """The dossiers of the files that were read.

    An épreuve is looked at when somebody handed in something for it: fiches alone are no reason to ask for tableaux.

    Args:
        outcomes: what became of each file; those that gave no record of a piece are left aside.
        candidates: the list of the session; None when there is none.
    """
    known = definition()
    handed = papers(outcomes, known.forms())
    numbers = {number for person in candidates or () if (number := bare_number(person.number or ""))}
    several = {form for a in known.epreuves for piece in a.pieces if piece.several for form in piece.forms}
    grouped = group(handed, numbers, several)
    asked = [a for a in known.epreuves if any(paper.form in piece.forms for paper in handed for piece in a.pieces)]

    def dossiers(who: Candidate, own: Sequence[Paper]) -> list[Dossier]:
        return [complete(who, known.epreuve(a.bloc, who.session, who.option), a, own) for a in asked or known.epreuves]

    loose = tuple(grouped.unassigned)
    made = [dossier for own in grouped.groups for dossier in _judged(dossiers(candidate(own), own), own, loose)]
    if candidates is None:
        return Cohort(tuple(made), tuple(grouped.findings), loose)
    absent, findings = against(made, candidates)
    owed = tuple(_owed(dossier) for who in absent for dossier in dossiers(who, ()))
    return Cohort(tuple(made), (*grouped.findings, *findings), loose, tuple(absent), owed)


def one_candidate(records: Sequence[Record]) -> None:
    """Makes sure that records are of one candidate, as far as they name one.

    Raises:
        SeveralCandidatesError: two of them have other numbers, or other names, beyond accents, order, case and slips.
    """
    for at, record in enumerate(records):
        for other in records[:at]:
            names, numbers = ([ask(one) for one in (other, record)] for ask in (name_of, number_of))
            apart = None not in names and not (same_name(*names) or near_name(*names))
            if apart or (None not in numbers and numbers[0] != numbers[1]):
                who = [" ".join(word for word in pair if word) for pair in zip(names, numbers, strict=True)]
                raise SeveralCandidatesError(
                    where=record.source.name,
                    seen=_("ces enregistrements sont de plusieurs candidats ({who}).").format(who=" ; ".join(who)),
                    advice=_("Donnez ceux d’un seul candidat."),
                )


def _owed(dossier: Dossier) -> Dossier:
    """The dossier of somebody who handed in nothing, with what that breaks."""
    return dossier._replace(findings=judge(Folder(dossier.candidate, (), dossier), first=False))


def _judged(dossiers: Sequence[Dossier], own: Sequence[Paper], loose: tuple[Paper, ...]) -> list[Dossier]:
    """The dossiers of one candidate with their findings; ``loose`` are the documents of nobody."""
    left_out = {
        id(item.paper) for dossier in dossiers for item in dossier.handed if item.place in (Place.DUPLICATE, Place.SUPERSEDED)
    }
    counted = tuple(paper for paper in own if id(paper) not in left_out)
    who = candidate(counted)
    whole = [dossier._replace(candidate=who, perhaps=perhaps(dossier.missing, who, loose)) for dossier in dossiers]
    return [dossier._replace(findings=judge(Folder(who, counted, dossier), first=rank == 0)) for rank, dossier in enumerate(whole)]
