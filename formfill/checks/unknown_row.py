"""A row with a box is no row of the form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.checks import Check, check
from formfill.checks._common import field, rows
from formfill.language import gettext as _
from formfill.model.completed import RowProblem
from formfill.model.report import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.model.completed import CompletedForm
    from formfill.model.form import Form
    from formfill.model.report import Finding


@check(severity=Severity.WARNING, title="Ligne inconnue")
def unknown_row(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """Its box answers nothing the form asks; its texts are kept as comments of the form."""
    for issue in rows(completed, RowProblem.UNKNOWN):
        message = _("La ligne « {seen} » n’est pas une ligne du formulaire ; elle est gardée en remarque.").format(seen=issue.seen)
        yield self.found(message, field=field(form), place=issue.place, reference=form.reference)
