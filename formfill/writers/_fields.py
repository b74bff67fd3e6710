"""The fields of a record as lines to show, one for each field or row of a table, with their boxes. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from formfill.model.completed import RepeatedRow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.model.completed import Answer, BoxReading
    from formfill.model.form import Form
    from formfill.model.layout import Layout
    from formfill.model.record import Record


class Line(NamedTuple):
    """One field, or one row of a table."""

    field: str
    label: str
    text: str | None
    """What was written; None when nothing was, or when the field is answered by its boxes."""
    boxes: tuple[BoxReading, ...]


def listed(record: Record, form: Form) -> tuple[Line, ...]:
    """The lines of a record in the form's order."""
    labels = _labels(form.layout) if form.layout is not None else {}
    return tuple(line for answer in record.answers for line in _lines(answer, record, labels))


def _lines(answer: Answer, record: Record, labels: dict[str, str]) -> Iterator[Line]:
    label = labels.get(answer.field, answer.field)
    if isinstance(answer.value, tuple) and answer.value and isinstance(answer.value[0], RepeatedRow):
        for number, row in enumerate(answer.value):
            assert isinstance(row, RepeatedRow)
            boxes = tuple(b for b in record.boxes if b.row == number and b.field.startswith(f"{answer.field}."))
            text = "\n".join(part for part in (row.intitule, row.periode) if part)
            yield Line(answer.field, f"{label} – {number + 1}" + (f" ({row.section})" if row.section else ""), text or None, boxes)
        return
    own = tuple(box for box in record.boxes if box.field == answer.field and box.row is None)
    yield Line(answer.field, label, answer.value if isinstance(answer.value, str) and not own else None, own)


def _labels(layout: Layout) -> dict[str, str]:
    found = {field.id: field.label for field in layout.fields}
    if layout.levels is not None:
        found |= {row.field: row.label for row in layout.levels.rows}
    if layout.table is not None:
        found[layout.table.field] = layout.table.title[0]
    if layout.matrix is not None:
        for part in layout.matrix.parts:
            for row in part.rows:
                found |= {f"{row.id}.{column.id}": f"{row.label} – {column.label}" for column in layout.matrix.columns}
    return found
