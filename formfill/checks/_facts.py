"""What several rules ask of a completed form: its session, whether it is blank, what a field holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.model.completed import AnswerState, FactKind, RepeatedRow
from formfill.model.document import MarkState
from formfill.model.geometry import NOWHERE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.model.completed import Answer, BoxReading, CompletedForm
    from formfill.model.form import Form
    from formfill.model.geometry import Place
    from formfill.model.layout import Field


def is_blank(form: Form, completed: CompletedForm) -> bool:
    """Whether nothing was ticked and nothing was written."""
    printed = {field.id for field in form.layout.fields if field.preprinted} if form.layout is not None else set()
    empty = all(answer.value is None for answer in completed.answers if answer.field not in printed)
    return empty and all(box.state is MarkState.BLANK for box in completed.boxes)


def session_of(completed: CompletedForm) -> int | None:
    """The year of the session; None when the form says none, or several."""
    years = {int(fact.value) for fact in completed.facts if fact.kind is FactKind.SESSION}
    answer = answer_of(completed, "session")
    if answer is not None and isinstance(answer.normalised, int):
        years.add(answer.normalised)
    return years.pop() if len(years) == 1 else None


def answer_of(completed: CompletedForm, field: str) -> Answer | None:
    """The answer of a field; None when the form has no such field, or when its label is nowhere in the document."""
    if field in completed.unlabelled:
        return None
    return next((answer for answer in completed.answers if answer.field == field), None)


def text_of(completed: CompletedForm, field: str) -> str | None:
    """What was written in a field, None when nothing was."""
    answer = answer_of(completed, field)
    return answer.value if answer is not None and isinstance(answer.value, str) else None


def number_of(completed: CompletedForm, field: str) -> float | None:
    """The number in a field, None when there is none."""
    answer = answer_of(completed, field)
    found = answer.normalised if answer is not None else None
    return found if isinstance(found, int | float) else None


def date_of(completed: CompletedForm, field: str) -> str | None:
    """The date in a field as ISO 8601, None when there is none that is sure."""
    answer = answer_of(completed, field)
    found = answer.normalised if answer is not None else None
    return found if isinstance(found, str) else None


def empty(form: Form, completed: CompletedForm, *fields: str) -> Iterator[tuple[Field, Answer]]:
    """The fields, among these, where a person left nothing; a field whose label is gone is another matter."""
    for name in fields:
        field = form.layout.field(name) if form.layout is not None else None
        answer = answer_of(completed, name)
        if field is not None and answer is not None and answer.state is AnswerState.EMPTY:
            yield field, answer


def boxes_of(completed: CompletedForm, field: str) -> list[BoxReading]:
    """The boxes of a field."""
    return [box for box in completed.boxes if box.field == field]


def ticked(completed: CompletedForm, field: str) -> tuple[str, ...] | None:
    """The options ticked; None when a box is uncertain or when there is none, which another rule reports."""
    boxes = boxes_of(completed, field)
    if not boxes or any(box.state is MarkState.UNCERTAIN for box in boxes):
        return None
    return tuple(box.option for box in boxes if box.state is MarkState.TICKED)


def rows(form: Form, completed: CompletedForm) -> list[tuple[int, RepeatedRow, tuple[str | None, str | None] | None]]:
    """The rows of the repeating table, each with its rank and its period."""
    table = form.layout.table if form.layout is not None else None
    answer = answer_of(completed, table.field) if table is not None else None
    if answer is None or not isinstance(answer.value, tuple):
        return []
    found = [row for row in answer.value if isinstance(row, RepeatedRow)]
    periods = answer.normalised if isinstance(answer.normalised, tuple) else (None,) * len(found)
    return [(rank, row, as_period(period)) for rank, (row, period) in enumerate(zip(found, periods, strict=True))]


def as_period(value: object) -> tuple[str | None, str | None] | None:
    """A normalised value as a period, None when it is none."""
    if not isinstance(value, tuple) or len(value) != 2:
        return None
    start, end = value
    if (start is None or isinstance(start, str)) and (end is None or isinstance(end, str)):
        return start, end
    return None


def row_name(rank: int, row: RepeatedRow) -> str:
    """How a row is called in a sentence: its title's first line, else its rank from 1."""
    return (row.intitule or "").split("\n")[0].strip() or f"n° {rank + 1}"


def row_place(completed: CompletedForm, rank: int) -> Place:
    """Where a row of the repeating table stands."""
    return next((box.place for box in completed.boxes if box.row == rank), NOWHERE)


def place_of(completed: CompletedForm, field: str) -> Place:
    """Where a field stands."""
    answer = next((answer for answer in completed.answers if answer.field == field), None)
    return answer.place if answer is not None else NOWHERE


def field_of(form: Form) -> str | None:
    """The field of the repeating table."""
    return form.layout.table.field if form.layout is not None and form.layout.table is not None else None


def bare(number: str) -> str:
    """A number of annexe or épreuve for comparison: ``VII-1-A`` and ``VII 1 a`` are one."""
    return "".join(c for c in number if c.isalnum()).upper()
