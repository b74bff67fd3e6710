"""A row of the form is not in the document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.checks import Check, check
from formfill.checks._common import field, row_blocks, row_reference, rows, title
from formfill.language import gettext as _
from formfill.model.completed import RowProblem
from formfill.model.report import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.model.completed import CompletedForm
    from formfill.model.form import Form
    from formfill.model.report import Finding


@check(severity=Severity.ERROR, title="Ligne absente")
def missing_row(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """Every compétence must be answered; a row that is gone has no box that could be read, so its box is uncertain."""
    for issue in rows(completed, RowProblem.MISSING):
        message = _("La ligne « {title} » manque : sa case ne peut pas être lue.").format(
            title=title(form, issue.option, issue.field)
        )
        why, severity = row_reference(form, issue.option), row_blocks(form, issue.option)
        yield self.found(message, field=issue.field or field(form), place=issue.place, reference=why, severity=severity)
