"""Every text of a form that is to hold dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.checks._facts import answer_of, field_of, row_place, rows
from formfill.model.layout import FieldKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.model.completed import CompletedForm
    from formfill.model.form import Form
    from formfill.model.geometry import Place


def dated(form: Form, completed: CompletedForm) -> Iterator[tuple[str | None, str, Place]]:
    """The texts of dates and periods, with their fields and places; of rows of a table too."""
    for field in form.layout.fields if form.layout is not None else ():
        answer = answer_of(completed, field.id)
        if field.kind in (FieldKind.DATE, FieldKind.PERIOD) and answer is not None and answer.text:
            yield field.id, answer.text, answer.place
    for rank, row, _period in rows(form, completed):
        if row.periode:
            yield field_of(form), row.periode, row_place(completed, rank)
