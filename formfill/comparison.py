"""Two records told apart, answer by answer. Pure: it knows no file and no rule.

What a person answered is compared: texts, boxes, rows of tables, remarks. Where it stood, what it was read from and what the
program thinks of it are not.
"""

from __future__ import annotations

from collections import Counter
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from formfill.model.completed import RepeatedRow

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from formfill.model.completed import Answer, BoxReading
    from formfill.model.record import Record

NO_ROW = "–"
"""What a row is called that has neither title nor period."""


class Difference(NamedTuple):
    """One thing that two records do not say alike."""

    kind: str
    """``form``, ``answer``, ``box``, ``row`` or ``comment``."""
    field: str | None
    option: str | None
    """The option of a box."""
    row: str | None
    """The row of a table, by its title."""
    a: str | None
    """What the first says; None when it says nothing."""
    b: str | None
    """What the second says."""


class Pair(NamedTuple):
    """One form of each file, compared."""

    a: Record | None
    b: Record | None
    """None when the other file has no such form."""
    differences: tuple[Difference, ...]


def pairs(first: Sequence[Record], second: Sequence[Record]) -> tuple[Pair, ...]:
    """The forms of two files, each compared with its own: the first of a kind with the first of that kind, and so on.

    Where each file holds one form, both are compared whatever they are.
    """
    if len(first) == len(second) == 1:
        return (Pair(first[0], second[0], differences(first[0], second[0])),)
    left = list(second)
    found = []
    for a in first:
        b = next((other for other in left if _id(other) == _id(a)), None)
        if b is not None:
            left.remove(b)
        found.append(Pair(a, b, differences(a, b) if b is not None else ()))
    return (*found, *(Pair(None, b, ()) for b in left))


def _id(record: Record) -> str | None:
    return record.form.id if record.form is not None else None


def differences(a: Record, b: Record) -> tuple[Difference, ...]:
    """What two records do not say alike, in the order of the form."""
    return tuple(_differences(a, b))


def _differences(a: Record, b: Record) -> Iterator[Difference]:
    form_a, form_b = _form(a), _form(b)
    if form_a != form_b:
        yield Difference("form", None, None, None, form_a, form_b)
    boxed = {box.field for record in (a, b) for box in record.boxes}
    answers_a, answers_b = ({answer.field: answer for answer in record.answers} for record in (a, b))
    boxes_a, boxes_b = (_boxes(record) for record in (a, b))
    for field in dict.fromkeys([*answers_a, *answers_b]):
        one, other = answers_a.get(field), answers_b.get(field)
        if _rows(one) or _rows(other):
            yield from _of_rows(field, one, other, a, b)
        elif field in boxed:
            yield from _of_boxes(field, boxes_a, boxes_b)
        elif _said(one) != _said(other):
            yield Difference("answer", field, None, None, _said(one), _said(other))
    named = {*answers_a, *answers_b}
    for field in dict.fromkeys(key[0] for key in (*boxes_a, *boxes_b)):
        if field not in named:
            yield from _of_boxes(field, boxes_a, boxes_b)
    yield from _of_comments(a, b)


def _form(record: Record) -> str | None:
    form = record.form
    return None if form is None else f"{form.id} {form.edition or ''}".strip()


def _said(answer: Answer | None) -> str | None:
    """What an answer says; an unsure one says so."""
    if answer is None or (answer.value is None and answer.state.value != "uncertain"):
        return None
    text = answer.text
    return f"{text} (?)" if answer.state.value == "uncertain" else text


def _boxes(record: Record) -> dict[tuple[str, str], BoxReading]:
    return {(box.field, box.option): box for box in record.boxes if box.row is None}


def _of_boxes(
    field: str, first: dict[tuple[str, str], BoxReading], second: dict[tuple[str, str], BoxReading]
) -> Iterator[Difference]:
    for key in dict.fromkeys([*first, *second]):
        one, other = first.get(key), second.get(key)
        states = one and one.state.value, other and other.state.value
        if key[0] == field and states[0] != states[1]:
            yield Difference("box", field, key[1], None, *states)


def _rows(answer: Answer | None) -> list[RepeatedRow]:
    value = answer.value if answer is not None else None
    return [row for row in value if isinstance(row, RepeatedRow)] if isinstance(value, tuple) else []


def _of_rows(field: str, one: Answer | None, other: Answer | None, a: Record, b: Record) -> Iterator[Difference]:
    """Rows that say the same title and period are one row, wherever they stand; its boxes are compared."""
    rows_a, rows_b = _rows(one), _rows(other)
    said_a, said_b = ([(row.section, row.intitule, row.periode) for row in rows] for rows in (rows_a, rows_b))
    for what, i1, i2, j1, j2 in SequenceMatcher(None, said_a, said_b, autojunk=False).get_opcodes():
        if what == "equal":
            for i, j in zip(range(i1, i2), range(j1, j2), strict=True):
                yield from _of_row(field, i, rows_a[i], a, j, b)
            continue
        for row in rows_a[i1:i2]:
            yield Difference("row", field, None, _name(row), row.text, None)
        for row in rows_b[j1:j2]:
            yield Difference("row", field, None, _name(row), None, row.text)


def _of_row(field: str, i: int, row: RepeatedRow, a: Record, j: int, b: Record) -> Iterator[Difference]:
    states_a, states_b = (
        {box.option: box.state.value for box in record.boxes if box.row == number and box.field.startswith(f"{field}.")}
        for record, number in ((a, i), (b, j))
    )
    for option in dict.fromkeys([*states_a, *states_b]):
        if states_a.get(option) != states_b.get(option):
            yield Difference("box", field, option, _name(row), states_a.get(option), states_b.get(option))


def _name(row: RepeatedRow) -> str:
    return " ".join((row.intitule or row.periode or NO_ROW).split())


def _of_comments(a: Record, b: Record) -> Iterator[Difference]:
    first, second = (Counter((c.kind, c.field, c.author, c.text) for c in record.comments) for record in (a, b))
    for (_kind, field, _author, text), count in (first - second).items():
        yield from [Difference("comment", field, None, None, text, None)] * count
    for (_kind, field, _author, text), count in (second - first).items():
        yield from [Difference("comment", field, None, None, None, text)] * count
