"""Words that several checks share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.model.completed import CompletedForm, LineMatch, MatchedLine, RowIssue, RowProblem
    from formfill.model.form import Form


def rows(completed: CompletedForm, problem: RowProblem) -> Iterator[RowIssue]:
    """The row issues of one kind."""
    return (issue for issue in completed.rows if issue.problem is problem)


def lines(completed: CompletedForm, match: LineMatch) -> Iterator[MatchedLine]:
    """The compared lines of one kind."""
    return (line for line in completed.lines if line.match is match)


def title(form: Form, option: str | None) -> str:
    """The printed title of a row: ``B1.1 : Gérer le patrimoine informatique``."""
    if form.grid is not None:
        for row in form.grid.rows:
            if row.option == option:
                return row.title
    return option or ""


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
