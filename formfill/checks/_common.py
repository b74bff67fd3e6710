"""Words that several checks share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.language import gettext as _
from formfill.model.report import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.model.completed import CompletedForm, LineMatch, MatchedLine, RowIssue, RowProblem
    from formfill.model.form import Form
    from formfill.model.layout import Layout


def rows(completed: CompletedForm, problem: RowProblem) -> Iterator[RowIssue]:
    """The row issues of one kind."""
    return (issue for issue in completed.rows if issue.problem is problem)


def lines(completed: CompletedForm, match: LineMatch) -> Iterator[MatchedLine]:
    """The compared lines of one kind."""
    return (line for line in completed.lines if line.match is match)


def title(form: Form, option: str | None, field: str | None = None) -> str:
    """The printed title of a row, ``B1.1 : Gérer le patrimoine informatique``; or the label of a field's option."""
    if field is not None and form.layout is not None:
        return _option_title(form.layout, option, field)
    if form.grid is not None:
        for row in form.grid.rows:
            if row.option == option:
                return row.title
    return option or ""


def _option_title(layout: Layout, option: str | None, field: str) -> str:
    """``Modalité – Seul(e)``; of a row of levels, ``Gérer les données – Bonne maitrise``."""
    found = layout.field(field)
    row = next((row for row in layout.levels.rows if row.field == field), None) if layout.levels else None
    if row is not None and layout.levels is not None:
        label, options = row.label, layout.levels.options
    elif found is not None:
        label, options = found.label, found.options
    elif layout.table is not None and field == layout.table.field:
        return layout.table.title[0]
    else:
        return option or field
    named = next((item.label for item in options if item.id == option), None)
    return f"{label} – {named}" if named else label


def field(form: Form) -> str | None:
    """The field of the form's boxes."""
    return form.grid.field if form.grid is not None else None


def reference(form: Form, code: str | None, *, verified: bool = True) -> str:
    """The official text a label comes from, with the label's code, and a mention when it is not verified."""
    text = f"{form.reference} ({code})" if code else form.reference
    return text if verified else text + " – " + _("libellé non vérifié")


def row_reference(form: Form, option: str | None) -> str:
    """The official text a row comes from."""
    if form.grid is not None:
        for row in form.grid.rows:
            if row.option == option:
                return reference(form, row.code, verified=row.verified)
    return form.reference


def blocks(verified: bool) -> Severity | None:
    """The severity of what contradicts a label: None for that of the rule, a warning where the label itself is not proved."""
    return None if verified else Severity.WARNING


def row_blocks(form: Form, *options: str | None) -> Severity | None:
    """The same, of whole rows: one whose label is not proved is enough."""
    found = [row.verified for row in form.grid.rows if row.option in options] if form.grid is not None else []
    return blocks(all(found))
