"""What a clean form shows of each field of a record, and what each field is called. Pure."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from formfill.model.document import MarkState

if TYPE_CHECKING:
    from formfill.model.form import Form
    from formfill.model.record import Record


def text_of(record: Record, field: str) -> str:
    """The text of a field, empty when there is none."""
    answer = record.answer(field)
    return answer.value if answer is not None and isinstance(answer.value, str) else ""


def state_of(record: Record, field: str, option: str, row: int | None = None) -> MarkState:
    """The state of a box; one that the record does not have is uncertain."""
    return next(
        (box.state for box in record.boxes if box.option == option and box.field == field and box.row == row), MarkState.UNCERTAIN
    )


@lru_cache(maxsize=32)
def titles_of(form: Form) -> dict[str, str]:
    """What each field is called, for people."""
    layout = form.layout
    if layout is None:
        return {}
    found = {field.id: field.label for field in layout.fields}
    if layout.levels is not None:
        found |= {row.field: row.label for row in layout.levels.rows}
    if layout.table is not None:
        found |= {layout.table.field: layout.table.title[0], layout.table.boxes: layout.table.title[0]}
    if layout.matrix is not None:
        for part in layout.matrix.parts:
            for row in part.rows:
                found |= {f"{row.id}.{column.id}": f"{row.label} – {column.label}" for column in layout.matrix.columns}
    return found
