"""What a record says of whose it is: name, number, session, option. A blank form is nobody's."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, TypeVar

from formfill.dossier.names import words
from formfill.model.completed import AnswerState
from formfill.model.dossier import Candidate, Paper
from formfill.normal import parse_identifier

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from formfill.model.outcome import Outcome
    from formfill.model.record import Record

_T = TypeVar("_T")


def papers(outcomes: Iterable[Outcome], forms: frozenset[str]) -> list[Paper]:
    """The completed forms, among these, of files that were read; blanks are left out."""
    return [
        _paper(outcome.name, outcome.record)
        for outcome in outcomes
        if outcome.record is not None
        and outcome.record.form is not None
        and outcome.record.form.id in forms
        and not any(finding.code == "blank-form" for finding in outcome.record.findings)
    ]


def _paper(source: str, record: Record) -> Paper:
    assert record.form is not None
    return Paper(
        source=source,
        record=record,
        form=record.form.id,
        name=name_of(record),
        number=number_of(record),
        session=_session(record),
        option=_option(record, record.form.id),
    )


def text_of(record: Record, field: str) -> str | None:
    """What was written in a field, on one line; None when nothing was."""
    answer = record.answer(field)
    if answer is None or not isinstance(answer.value, str) or answer.state is AnswerState.EMPTY:
        return None
    return " ".join(answer.value.split()) or None


def name_of(record: Record) -> str | None:
    """The name written, last and first in the order of the form; None when there is none."""
    parts = [text_of(record, field) for field in ("nom_prenom", "nom", "prenom")]
    name = " ".join(part for part in parts if part)
    return name if words(name) else None


def number_of(record: Record) -> str | None:
    """The candidate's number for comparison; None when there is none."""
    answer = record.answer("numero_candidat")
    return bare_number(str(answer.normalised)) if answer is not None and answer.normalised is not None else None


def bare_number(number: str) -> str | None:
    """A candidate's number for comparison: letters and digits, without the zeros that sheets drop."""
    return (parse_identifier(number) or "").lstrip("0") or None


def written_number(paper: Paper) -> str | None:
    """The candidate's number as a document writes it."""
    return text_of(paper.record, "numero_candidat")


def _session(record: Record) -> int | None:
    answer = record.answer("session")
    return answer.normalised if answer is not None and isinstance(answer.normalised, int) else None


def _option(record: Record, form: str) -> str | None:
    for option in ("SISR", "SLAM"):
        if form.endswith(f"-{option.lower()}"):
            return option
    answer = record.answer("option")
    return answer.value if answer is not None and isinstance(answer.value, str) else None


def candidate(own: Sequence[Paper]) -> Candidate:
    """The person as most documents name them; the later session, the first in order where as many say one as the other."""
    sessions = Counter(paper.session for paper in own if paper.session is not None)
    session = max(sessions, key=lambda year: (sessions[year], year)) if sessions else None
    numbers = [text for paper in own if (text := text_of(paper.record, "numero_candidat")) is not None and paper.number]
    return Candidate(
        name=_most(paper.name for paper in own),
        number=_most(numbers),
        session=session,
        option=_most(paper.option for paper in own),
    )


def _most(values: Iterable[_T | None]) -> _T | None:
    counted = Counter(value for value in values if value is not None)
    return counted.most_common(1)[0][0] if counted else None
