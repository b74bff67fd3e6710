"""A row of the form stands more than once."""

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


@check(severity=Severity.ERROR, title="Ligne en double")
def duplicated_row(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """Two rows for one compétence may say two things; a person decides which counts."""
    for issue in rows(completed, RowProblem.DUPLICATED):
        message = _("La ligne « {title} » figure plusieurs fois.").format(title=title(form, issue.option))
        why, severity = row_reference(form, issue.option), row_blocks(form, issue.option)
        yield self.found(message, field=field(form), place=issue.place, reference=why, severity=severity)
