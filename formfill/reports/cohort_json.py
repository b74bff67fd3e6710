"""A class as JSON: one object for each dossier, and what concerns more than one (contract §5). Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from formfill.model.codec import finding_to_dict
from formfill.model.dossier import Place

if TYPE_CHECKING:
    from formfill.model.dossier import Candidate, Cohort, Dossier, Handed, Piece


def dossiers(cohort: Cohort) -> list[dict[str, Any]]:
    """The dossiers, one for each candidate and épreuve."""
    return [_dossier(dossier) for dossier in cohort.dossiers]


def summary(cohort: Cohort) -> dict[str, Any]:
    """What concerns the whole class."""
    people = list(dict.fromkeys(dossier.candidate for dossier in cohort.dossiers))
    incomplete = {dossier.candidate for dossier in cohort.dossiers if dossier.missing}
    return {
        "candidates": len(people),
        "complete": len(people) - len(incomplete),
        "incomplete": len(incomplete),
        "without_dossier": [_candidate(candidate) for candidate in cohort.absent],
        "unassigned": [paper.source for paper in cohort.unassigned],
        "findings": [finding_to_dict(finding) for finding in cohort.findings],
    }


def _dossier(dossier: Dossier) -> dict[str, Any]:
    return {
        "candidate": _candidate(dossier.candidate),
        "epreuve": dossier.epreuve,
        "bloc": dossier.bloc,
        "present": [_handed(item) for item in dossier.handed if item.place in (Place.PRESENT, Place.VERSION)],
        "missing": [_missing(dossier, piece) for piece in dossier.missing],
        "others": [_handed(item) for item in dossier.handed if item.place not in (Place.PRESENT, Place.VERSION)],
        "findings": [finding_to_dict(finding) for finding in dossier.findings],
    }


def _missing(dossier: Dossier, piece: Piece) -> dict[str, Any]:
    entry: dict[str, Any] = {"piece": piece.id, "label": piece.label}
    perhaps = [paper.source for paper in dossier.may_be(piece)]
    return {**entry, "perhaps": perhaps} if perhaps else entry


def _candidate(candidate: Candidate) -> dict[str, Any]:
    return {"name": candidate.name, "number": candidate.number, "session": candidate.session, "option": candidate.option}


def _handed(item: Handed) -> dict[str, Any]:
    piece = item.piece.id if item.piece is not None else None
    part = item.paper.record.source.part
    entry = {"piece": piece, "state": item.place.value, "source": item.paper.source, "form": item.paper.form}
    return entry if part is None else {**entry, "part": part.index}
