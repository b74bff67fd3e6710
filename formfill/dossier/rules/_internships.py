"""The internships of a dossier: what the tableau tells and what the attestations attest; and numbers of answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from formfill.model.completed import RepeatedRow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.dossier.rules import Folder
    from formfill.model.completed import Answer

Dates = tuple[str, str]
"""First and last day, ISO 8601."""


class Internship(NamedTuple):
    """A réalisation in a company, as the tableau tells it."""

    section: str
    title: str
    period: Dates
    years: Dates
    """First and last day of the school year of its section."""


def attestations(folder: Folder) -> list[Dates]:
    """The periods that the attestations attest."""
    found = []
    for paper in folder.dossier.papers("attestation"):
        start, end = (paper.record.answer(field) for field in ("debut", "fin"))
        if start is not None and end is not None and isinstance(start.normalised, str) and isinstance(end.normalised, str):
            found.append((start.normalised, end.normalised))
    return found


def internships(folder: Folder) -> Iterator[Internship]:
    """The réalisations of both years in a company whose periods are known."""
    session = folder.candidate.session
    tableaux = folder.dossier.papers("tableau")
    answer = tableaux[0].record.answer("realisations") if len(tableaux) == 1 else None
    if session is None or answer is None or not isinstance(answer.value, tuple) or not isinstance(answer.normalised, tuple):
        return
    for row, period in zip(answer.value, answer.normalised, strict=True):
        if (
            not isinstance(row, RepeatedRow)
            or not isinstance(period, tuple)
            or row.section not in ("premiere_annee", "seconde_annee")
        ):
            continue
        start, end = period
        if isinstance(start, str) and isinstance(end, str) and start <= end:
            last = session - 1 if row.section == "premiere_annee" else session
            years = (f"{last - 1}-07-01", f"{last}-08-31")
            if meet((start, end), years):
                yield Internship(row.section, (row.intitule or "").split("\n")[0], (start, end), years)


def meet(a: Dates, b: Dates) -> bool:
    """Whether two periods have a day in common."""
    return a[0] <= b[1] and b[0] <= a[1]


def number(answer: Answer | None) -> float | None:
    """The number of an answer, None when it has none."""
    found = answer.normalised if answer is not None else None
    return found if isinstance(found, int | float) else None
