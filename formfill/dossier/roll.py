"""The dossiers against the list of candidates: who has none, and which is nobody's on the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.dossier.names import Names, same_name, words
from formfill.dossier.papers import bare_number
from formfill.language import gettext as _
from formfill.model.report import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from formfill.model.dossier import Candidate, Dossier


def against(dossiers: Iterable[Dossier], candidates: Sequence[Candidate]) -> tuple[list[Candidate], list[Finding]]:
    """The candidates of the list without a dossier, and every finding. Who stands twice in it is one candidate."""
    people = list(dict.fromkeys(dossier.candidate for dossier in dossiers))
    listed = _List(candidates)
    found: list[Finding] = []
    here: set[int] = set()
    for person in people:
        ranks = listed.ranks(person)
        if len(ranks) == 1:
            here.add(ranks[0])
            found += _differences(person, listed.people[ranks[0]])
        elif ranks:
            message = _("{candidate} : plusieurs personnes de la liste portent ce nom. Laquelle est-ce ?")
            found.append(Finding("ambiguous-grouping", Severity.ERROR, message.format(candidate=person.label)))
            here.update(ranks)
        else:
            message = _("{candidate} a remis un dossier et n’est pas dans la liste.").format(candidate=person.label)
            found.append(Finding("dossier-without-candidate", Severity.WARNING, message))
    absent = [candidate for rank, candidate in enumerate(listed.people) if rank not in here]
    for candidate in absent:
        message = _("{candidate} est dans la liste et n’a remis aucun document.").format(candidate=candidate.label)
        found.append(Finding("candidate-without-dossier", Severity.ERROR, message, "RG-30"))
    return absent, found


class _List:
    """The persons of the list, found by number and by name."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self.people: list[Candidate] = []
        self._by_number: dict[str, list[int]] = {}
        self._names = Names()
        for person in candidates:
            self._add(person)

    def _add(self, person: Candidate) -> None:
        number = bare_number(person.number or "")
        known = self._by_number.setdefault(number, []) if number else []
        # a list with a row for each épreuve names its candidates twice
        if any(words(self.people[rank].name) == words(person.name) for rank in known):
            return
        known.append(len(self.people))
        self._names.add(person.name, len(self.people))
        self.people.append(person)

    def ranks(self, person: Candidate) -> list[int]:
        """Those who may be the person: by number, else by name."""
        number = bare_number(person.number or "")
        if number is not None and number in self._by_number:
            return self._by_number[number]
        named = [rank for rank in self._names.sharing([person.name]) if same_name(person.name, self.people[rank].name)]
        return [rank for rank in named if number is None or not self.people[rank].number] or named


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
