"""From what was seen to what was answered: a Document and the Form it was recognised as give a CompletedForm.

Nothing is guessed and nothing is dropped: a box whose evidence disagrees is uncertain, a line that is nobody's label is kept as
the row's comment, a text outside the grid is kept as a comment of the form.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.extract._grid import read_grid
from formfill.extract._outside import outside_comments
from formfill.model.completed import CompletedForm

if TYPE_CHECKING:
    from formfill.model.document import Document
    from formfill.model.form import Form

__all__ = ["extract"]


def extract(document: Document, form: Form, *, edition: str | None, score: float) -> CompletedForm:
    """The completed form: one answer per field, one reading per box, in the form's order."""
    grid = form.grid
    if form.layout is not None:
        from formfill.extract.fields import read_layout

        return read_layout(document, form, form.layout, score=score)
    if grid is None:
        return CompletedForm(form=form.id, edition=edition, score=score, answers=(), boxes=())
    reading = read_grid(document, form, grid)
    return CompletedForm(
        form=form.id,
        edition=edition,
        score=score,
        answers=reading.answers,
        boxes=reading.boxes,
        comments=outside_comments(document, form, reading.used, reading.strangers),
        lines=reading.lines,
        rows=reading.issues,
    )
