"""The rows do not follow the official order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.checks import Check, check
from formfill.checks._common import field, row_reference, rows, title
from formfill.language import gettext as _
from formfill.model.completed import RowProblem
from formfill.model.report import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.model.completed import CompletedForm
    from formfill.model.form import Form
    from formfill.model.report import Finding


@check(severity=Severity.WARNING, title="Ligne déplacée")
def misplaced_row(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """The order is official; a row elsewhere is read, but whoever compares forms by eye may be misled."""
    for issue in rows(completed, RowProblem.MISPLACED):
        message = _("La ligne « {title} » n’est pas à sa place officielle.").format(title=title(form, issue.option))
        yield self.found(message, field=field(form), place=issue.place, reference=row_reference(form, issue.option))
