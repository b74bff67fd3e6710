"""The dossiers against the list of candidates: who has none, and which is nobody's on the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.dossier.papers import bare_number, same_name
from formfill.language import gettext as _
from formfill.model.report import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from formfill.model.dossier import Candidate, Dossier


def against(dossiers: Iterable[Dossier], candidates: Sequence[Candidate]) -> tuple[list[Candidate], list[Finding]]:
    """The candidates of the list without a dossier, and every finding."""
    people = list(dict.fromkeys(dossier.candidate for dossier in dossiers))
    found: list[Finding] = []
    here: set[int] = set()
    for person in people:
        ranks = _on_the_list(person, candidates)
        if len(ranks) == 1:
            here.add(ranks[0])
            found += _differences(person, candidates[ranks[0]])
        elif ranks:
            message = _("{candidate} : plusieurs personnes de la liste portent ce nom. Laquelle est-ce ?")
            found.append(Finding("ambiguous-grouping", Severity.ERROR, message.format(candidate=person.label)))
            here.update(ranks)
        else:
            message = _("{candidate} a remis un dossier et n’est pas dans la liste.").format(candidate=person.label)
            found.append(Finding("dossier-without-candidate", Severity.WARNING, message))
    absent = [candidate for rank, candidate in enumerate(candidates) if rank not in here]
    for candidate in absent:
        message = _("{candidate} est dans la liste et n’a remis aucun document.").format(candidate=candidate.label)
        found.append(Finding("candidate-without-dossier", Severity.ERROR, message, "RG-30"))
    return absent, found


def _on_the_list(person: Candidate, candidates: Sequence[Candidate]) -> list[int]:
    """Ranks of the candidates of the list who may be the person: by number, else by name."""
    number = bare_number(person.number or "")
    by_number = [rank for rank, other in enumerate(candidates) if number and bare_number(other.number or "") == number]
    if by_number:
        return by_number
    named = [rank for rank, other in enumerate(candidates) if same_name(person.name, other.name)]
    return [rank for rank in named if number is None or not candidates[rank].number] or named


def _differences(person: Candidate, listed: Candidate) -> Iterator[Finding]:
    """What the documents say otherwise than the list."""
    pairs: list[tuple[str, str | int | None, str | int | None]] = []
    if person.name and listed.name and not same_name(person.name, listed.name):
        pairs.append((_("nom"), person.name, listed.name))
    if person.number and listed.number and bare_number(person.number) != bare_number(listed.number):
        pairs.append((_("n°"), person.number, listed.number))
    if person.session and listed.session and person.session != listed.session:
        pairs.append((_("session"), person.session, listed.session))
    if person.option and listed.option and person.option != listed.option:
        pairs.append((_("option"), person.option, listed.option))
    for what, said, wanted in pairs:
        message = _("{candidate}, {what} : les documents disent « {said} », la liste « {listed} ».")
        message = message.format(candidate=person.label, what=what, said=said, listed=wanted)
        yield Finding("list-differs", Severity.ERROR, message, "RG-08")
