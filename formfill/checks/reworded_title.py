"""The title of a row is not worded as the official one."""

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


@check(severity=Severity.WARNING, title="Titre de ligne modifié")
def reworded_title(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """The official wording is restored when the form is regenerated; the person must know."""
    for issue in rows(completed, RowProblem.RETITLED):
        message = _("Titre modifié : « {seen} » au lieu de « {title} » ({difference}).").format(
            title=title(form, issue.option), seen=issue.seen, difference=issue.difference
        )
        yield self.found(message, field=field(form), place=issue.place, reference=row_reference(form, issue.option))
