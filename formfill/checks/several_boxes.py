"""A row shows more than one box."""

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


@check(severity=Severity.WARNING, title="Plusieurs cases sur une ligne")
def several_boxes(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """The form prints one box per row; when they disagree the box is uncertain."""
    for issue in rows(completed, RowProblem.SEVERAL_BOXES):
        message = _("La ligne « {title} » montre plusieurs cases.").format(title=title(form, issue.option))
        yield self.found(message, field=field(form), place=issue.place, reference=row_reference(form, issue.option))
