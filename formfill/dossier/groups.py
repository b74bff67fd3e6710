"""Whose is each document: by the candidate's number, then by name. What nothing settles is asked for, never made.

Documents of one number are one candidate's unless their names say two persons. Documents without a number go to the one candidate
of that name. Two numbers that differ by one digit under one name are one candidate's, and a rule says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from formfill.dossier.names import Names, near_name, same_name
from formfill.dossier.papers import written_number
from formfill.language import gettext as _
from formfill.model.report import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from formfill.model.dossier import Paper

Group = list["Paper"]


class Grouping(NamedTuple):
    """The documents of each candidate."""

    groups: list[Group]
    unassigned: list[Paper]
    findings: list[Finding]


def group(papers: Sequence[Paper], known: Collection[str] = (), several: Collection[str] = ()) -> Grouping:
    """The documents by candidate, in the order of the first of each.

    Args:
        papers: every document.
        known: numbers of the list of candidates, for comparison; empty when there is no list.
        several: forms of which a candidate has several, written by others: alone, such a document makes nobody a candidate.
    """
    made = Grouping([], [], [])
    numbered: dict[str, Group] = {}
    for paper in papers:
        if paper.number is not None:
            numbered.setdefault(paper.number, []).append(paper)
    for number, own in numbered.items():
        made.groups.extend(_by_name(number, own, papers, made))
    _join(made, known)
    names = _names_of(made.groups)
    for paper in papers:
        if paper.number is None:
            _by_name_alone(paper, made, names)
    _lonely(made, several)
    order = {id(paper): rank for rank, paper in enumerate(papers)}
    made.groups.sort(key=lambda own: min(order[id(paper)] for paper in own))
    return made


def _by_name(number: str, own: Group, papers: Sequence[Paper], made: Grouping) -> list[Group]:
    """The documents of one number: one group, unless their names say several persons."""
    clusters: list[Group] = []
    nameless: Group = []
    for paper in own:
        if paper.name is None:
            nameless.append(paper)
            continue
        home = next((c for c in clusters if any(_alike(paper, other) for other in c)), None)
        if home is None:
            clusters.append([paper])
        else:
            home.append(paper)
    if len(clusters) < 2:
        return [own]
    clusters.sort(key=len, reverse=True)
    main, *others = clusters
    elsewhere = [paper for paper in papers if paper.number != number]
    if len(main) > len(others[0]) and not any(_alike(a, b) for c in others for a in c for b in elsewhere):
        # one slip among documents that agree: a rule says so
        return [own]
    message = _("Le n° {number} est sur les documents de plusieurs personnes : {names}. À qui sont-ils ?")
    made.findings.append(_ask(message.format(number=written_number(own[0]), names=_names([c[0] for c in clusters]))))
    made.unassigned.extend(nameless)
    return clusters


def _alike(a: Paper, b: Paper) -> bool:
    return same_name(a.name, b.name) or near_name(a.name, b.name)


def _names_of(groups: Sequence[Group]) -> Names:
    """Which group, by rank, bears each name."""
    names = Names()
    for rank, own in enumerate(groups):
        for paper in own:
            names.add(paper.name, rank)
    return names


def _join(made: Grouping, known: Collection[str]) -> None:
    """Puts together the groups of one name whose numbers are one, mistyped; asks about the other homonyms."""
    groups = made.groups[:]
    names = _names_of(groups)
    gone: set[int] = set()
    for rank, one in enumerate(groups):
        for at in names.sharing({paper.name for paper in one}):
            other = groups[at]
            if at <= rank or gone & {rank, at} or not any(same_name(a.name, b.name) for a in one for b in other):
                continue
            a, b = _number(one), _number(other)
            if a is None or b is None or a == b:
                continue
            listed = (a in known) + (b in known)
            if listed == 2:
                continue
            if listed == 1 or one_slip(a, b):
                gone.add(at)
                one.extend(other)
                continue
            message = _("{names} : même nom, numéros différents ({numbers}). Est-ce la même personne ?")
            made.findings.append(_ask(message.format(names=_name(one), numbers=f"{_written(one)}, {_written(other)}")))
    made.groups[:] = [own for rank, own in enumerate(groups) if rank not in gone]


def _by_name_alone(paper: Paper, made: Grouping, names: Names) -> None:
    """Gives a document without a number to the one candidate of its name."""
    if paper.name is None:
        message = _("« {source} » n’a ni nom ni numéro : à qui est ce document ?").format(source=paper.path)
        made.findings.append(Finding("unassigned-document", Severity.WARNING, message))
        made.unassigned.append(paper)
        return
    same = [rank for rank in names.sharing([paper.name]) if any(same_name(paper.name, other.name) for other in made.groups[rank])]
    if len(same) == 1:
        names.add(paper.name, same[0])
        made.groups[same[0]].append(paper)
        return
    near = [made.groups[rank] for rank in same] or [
        own for own in made.groups if any(near_name(paper.name, other.name) for other in own)
    ]
    if not near:
        names.add(paper.name, len(made.groups))
        made.groups.append([paper])
        return
    message = _("« {source} » ({name}, sans numéro) peut être à : {names}. À qui est ce document ?")
    who = ", ".join(_who(own) for own in near)
    made.findings.append(_ask(message.format(source=paper.path, name=paper.name, names=who)))
    made.unassigned.append(paper)


def _lonely(made: Grouping, several: Collection[str]) -> None:
    """Sets aside the attestations that are in nobody’s name here: the tutor’s name may stand in the student’s place."""
    for own in made.groups[:]:
        if len(made.groups) > 1 and _number(own) is None and all(paper.form in several for paper in own):
            made.groups.remove(own)
            made.unassigned.extend(own)
            for paper in own:
                message = _("« {source} » est au nom de {name}, qui n’a remis aucun autre document.")
                message = message.format(source=paper.path, name=paper.name)
                made.findings.append(Finding("unassigned-document", Severity.WARNING, message))


def _who(own: Group) -> str:
    number = _written(own)
    return f"{_name(own)} ({number})" if number else str(_name(own))


def _name(own: Group) -> str | None:
    from formfill.dossier.papers import candidate

    return candidate(own).name


def _number(own: Group) -> str | None:
    return next((paper.number for paper in own if paper.number is not None), None)


def _written(own: Group) -> str | None:
    """The number of a group as its first document with one writes it."""
    return next((written_number(paper) for paper in own if paper.number is not None), None)


def _names(own: Sequence[Paper]) -> str:
    return ", ".join(f"{paper.name} (« {paper.path} »)" for paper in own)


def _ask(message: str) -> Finding:
    return Finding("ambiguous-grouping", Severity.ERROR, message)


def one_slip(a: str, b: str) -> bool:
    """Whether two numbers differ by one digit: changed, missing, or exchanged with the next."""
    if len(a) > len(b):
        a, b = b, a
    if len(b) - len(a) > 1 or len(a) < 4:
        return False
    if len(a) < len(b):
        return any(a == b[:at] + b[at + 1 :] for at in range(len(b)))
    wrong = [at for at, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
    if len(wrong) == 2 and wrong[1] == wrong[0] + 1:
        return a[wrong[0]] == b[wrong[1]] and a[wrong[1]] == b[wrong[0]]
    return len(wrong) <= 1
