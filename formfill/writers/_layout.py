"""What a clean form shows, whatever the format: official wording, one state per box, the comments. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from formfill.errors import RenderError
from formfill.language import gettext as _
from formfill.model.document import MarkState
from formfill.model.glyphs import SHOWN
from formfill.notes import HEADING, note

if TYPE_CHECKING:
    from formfill.model.form import CheckboxGrid, Form, GridRow
    from formfill.model.record import Record


@dataclass(frozen=True, slots=True)
class CleanRow:
    """One row of a clean grid."""

    row: GridRow
    """Its official texts."""
    state: MarkState
    comment: str | None
    """The row's comment as written, lines joined by ``\\n``; None when empty."""

    @property
    def glyph(self) -> str:
        """The character that shows the box."""
        return SHOWN[self.state]


@dataclass(frozen=True, slots=True)
class CleanGrid:
    """A clean grid, ready to be written."""

    grid: CheckboxGrid
    rows: tuple[CleanRow, ...]
    notes_title: str
    """The heading of the notes."""
    notes: tuple[str, ...]
    """What was written outside the fields, one line each; nothing when there is nothing."""


def clean_grid(record: Record, form: Form) -> CleanGrid:
    """The grid of a record in the form's order; raises when the record is of another form or has no grid."""
    if form.grid is None:
        raise RenderError(
            where=record.source.name,
            seen=_("le formulaire « {form} » n’a pas encore de gabarit pour ce format.").format(form=form.id),
            advice=_("Choisissez html ou json."),
        )
    if record.form is None or record.form.id != form.id:
        raise RenderError(
            where=record.source.name,
            seen=_("cet enregistrement n’est pas celui du formulaire « {form} ».").format(form=form.id),
            advice=_("Donnez le record.json du bon formulaire."),
        )
    states = {box.option: box.state for box in record.boxes if box.field == form.grid.field}
    texts = {answer.field: answer.value for answer in record.answers}
    rows = []
    for row in form.grid.rows:
        value = texts.get(row.comment_field)
        comment = value if isinstance(value, str) and value else None
        rows.append(CleanRow(row=row, state=states.get(row.option, MarkState.UNCERTAIN), comment=comment))
    return CleanGrid(grid=form.grid, rows=tuple(rows), notes_title=HEADING, notes=tuple(note(c) for c in record.comments))
