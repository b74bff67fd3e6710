"""What the reports of a class show: each candidate's pieces, findings, compétences covered, and what is left to do. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from formfill.language import gettext as _
from formfill.model.document import MarkState
from formfill.model.dossier import Place
from formfill.model.report import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from formfill.model.dossier import Candidate, Cohort, Dossier, Handed, Piece
    from formfill.model.form import Form
    from formfill.model.outcome import Outcome

_RANK: Final = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


class State(StrEnum):
    """What a piece of a dossier is worth."""

    GOOD = "good"
    """There, without any error."""
    DOUBT = "doubt"
    """There, with an error, or in several versions."""
    MISSING = "missing"
    NONE = "none"
    """Not asked for, and not there."""


STATE_GLYPHS: Final = {State.GOOD: "✓", State.DOUBT: "▲", State.MISSING: "✗", State.NONE: "–"}


def state_word(state: State) -> str:
    """What a piece is worth, in words."""
    words = {State.GOOD: _("présent"), State.DOUBT: _("à corriger"), State.MISSING: _("manquant"), State.NONE: "–"}
    return words[state]


def whole_word(state: State) -> str:
    """What a candidate's whole is worth, in words."""
    words = {State.GOOD: _("complet"), State.DOUBT: _("à corriger"), State.MISSING: _("incomplet"), State.NONE: "–"}
    return words[state]


@dataclass(frozen=True, slots=True)
class Heading:
    """One column of the matrix."""

    bloc: str
    piece: Piece


@dataclass(frozen=True, slots=True)
class Told:
    """One finding and what it is about."""

    finding: Finding
    source: str | None
    """The file; None for a dossier as a whole."""
    epreuve: str | None
    """Number of the épreuve; None for the class."""
    to_give: bool = False
    """Whether the candidate can do something about it: it is in a document that the candidate hands in, or about the dossier."""


@dataclass(frozen=True, slots=True)
class Row:
    """One candidate."""

    rank: int
    """From 1; names the anchor of its section."""
    candidate: Candidate
    dossiers: tuple[Dossier, ...]
    told: tuple[Told, ...]
    """Everything, errors first, otherwise in the order of the documents."""
    owed: tuple[Dossier, ...] = ()
    """The dossiers of somebody who handed in nothing."""

    @property
    def missing(self) -> list[Piece]:
        """The missing pieces of every épreuve."""
        return [piece for dossier in (*self.dossiers, *self.owed) for piece in dossier.missing]

    def count(self, severity: Severity) -> int:
        """How many findings of one severity."""
        return sum(told.finding.severity is severity for told in self.told)

    @property
    def state(self) -> State:
        """What the whole is worth."""
        if self.missing or not self.dossiers:
            return State.MISSING
        return State.DOUBT if self.count(Severity.ERROR) else State.GOOD

    @property
    def to_do(self) -> list[Told]:
        """What the candidate is to do: what is missing, then the errors."""
        return [told for told in self.told if told.finding.severity is Severity.ERROR and told.to_give]

    def handed(self, heading: Heading) -> list[Handed]:
        """The documents that stand for a piece."""
        found = [item for dossier in self.dossiers if dossier.bloc == heading.bloc for item in dossier.handed]
        return [item for item in found if item.piece is not None and item.piece.id == heading.piece.id]

    def piece(self, heading: Heading) -> State:
        """What a piece is worth."""
        if any(
            piece.id == heading.piece.id for dossier in self.dossiers if dossier.bloc == heading.bloc for piece in dossier.missing
        ):
            return State.MISSING
        counted = [item for item in self.handed(heading) if item.place in (Place.PRESENT, Place.VERSION)]
        if not counted:
            return State.MISSING if heading.piece.required and not self.dossiers else State.NONE
        wrong = any(item.place is Place.VERSION or item.paper.record.has_errors for item in counted)
        return State.DOUBT if wrong else State.GOOD

    def covered(self) -> dict[str, int]:
        """How many réalisations (bloc 1) or fiches (bloc 2) tick each compétence, in documents that count."""
        found: Counter[str] = Counter()
        for dossier in self.dossiers:
            for item in dossier.handed:
                if item.place in (Place.PRESENT, Place.VERSION):
                    found.update(
                        box.option
                        for box in item.paper.record.boxes
                        if box.field in ("realisations.competences", "competences") and box.state is MarkState.TICKED
                    )
        return dict(found)


@dataclass(frozen=True, slots=True)
class ClassView:
    """A class, ready to be shown."""

    headings: tuple[Heading, ...]
    rows: tuple[Row, ...]
    told: tuple[Told, ...]
    """What concerns the whole class, and the files of nobody."""
    others: tuple[Outcome, ...]
    """The files that are in no dossier."""
    competences: tuple[tuple[str, str], ...]
    """Code and label of the compétences of both blocs, those of the options told apart by their rank only."""
    epreuves: Mapping[str, str]
    """Numbers of the épreuves of each bloc: ``E4, E5``."""


def class_view(outcomes: Sequence[Outcome], cohort: Cohort, forms: Mapping[str, Form]) -> ClassView:
    """The class as the reports show it; candidates of the list without a dossier are in it."""
    made, owed = _by_person(cohort.dossiers), _by_person(cohort.owed)
    rows = [Row(rank, who, own, tuple(_told(own))) for rank, (who, own) in enumerate(made.items(), 1)]
    rows += [Row(rank, who, (), (), owed.get(who, ())) for rank, who in enumerate(cohort.absent, len(rows) + 1)]
    # by record: one file may hold the forms of several candidates
    filed = {id(item.paper.record) for dossier in cohort.dossiers for item in dossier.handed}
    others = tuple(outcome for outcome in outcomes if id(outcome.record) not in filed)
    told = [Told(finding, None, None) for finding in cohort.findings]
    told += [Told(f, o.name, None) for o in others for f in (o.record.findings if o.record is not None else ())]
    return ClassView(
        headings=tuple(_headings(cohort)),
        rows=tuple(rows),
        told=tuple(sorted(told, key=lambda item: _RANK[item.finding.severity])),
        others=others,
        competences=tuple(_competences(cohort, forms)),
        epreuves=_epreuves(cohort),
    )


def _by_person(dossiers: Sequence[Dossier]) -> dict[Candidate, tuple[Dossier, ...]]:
    found: dict[Candidate, list[Dossier]] = {}
    for dossier in dossiers:
        found.setdefault(dossier.candidate, []).append(dossier)
    return {who: tuple(own) for who, own in found.items()}


def _told(dossiers: Sequence[Dossier]) -> Iterator[Told]:
    found: list[Told] = []
    for dossier in dossiers:
        epreuve = dossier.epreuve or dossier.bloc
        found += [Told(finding, None, epreuve, to_give=True) for finding in dossier.findings]
        for item in dossier.handed:
            if item.place is not Place.DUPLICATE:
                asked = item.piece is not None and item.piece.required and item.place is not Place.SUPERSEDED
                found += [Told(f, item.paper.source, epreuve, to_give=asked) for f in item.paper.record.findings]
    yield from sorted(found, key=lambda told: _RANK[told.finding.severity])


def _headings(cohort: Cohort) -> Iterator[Heading]:
    """The pieces that are asked for, and the others that somebody handed in, in the order of the épreuves."""
    seen: dict[tuple[str, str], Piece] = {}
    for dossier in cohort.dossiers:
        handed = [item.piece for item in dossier.handed if item.piece is not None]
        for piece in (*dossier.missing, *handed):
            seen.setdefault((dossier.bloc, piece.id), piece)
    order = {("B1", "tableau"): 0, ("B1", "attestation"): 1, ("B2", "fiche-1"): 2, ("B2", "fiche-2"): 3}
    for key in sorted(seen, key=lambda key: (key[0], order.get(key, 9))):
        yield Heading(key[0], seen[key])


def _competences(cohort: Cohort, forms: Mapping[str, Form]) -> Iterator[tuple[str, str]]:
    """The columns of the view of compétences: those of the forms that somebody handed in."""
    used = list(dict.fromkeys(item.paper.form for dossier in cohort.dossiers for item in dossier.handed))
    labels: dict[str, list[str]] = {}
    for form_id in used:
        layout = forms[form_id].layout if form_id in forms else None
        if layout is None:
            continue
        field = layout.field("competences")
        for option in (*(layout.table.columns if layout.table else ()), *(field.options if field else ())):
            known = labels.setdefault(option.id, [])
            if option.label not in known:
                known.append(option.label)
    for code in sorted(labels):
        yield code, " / ".join(labels[code])


def _epreuves(cohort: Cohort) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for dossier in cohort.dossiers:
        known = found.setdefault(dossier.bloc, [])
        if dossier.epreuve is not None and dossier.epreuve not in known:
            known.append(dossier.epreuve)
    return {bloc: ", ".join(sorted(codes)) or bloc for bloc, codes in found.items()}
