"""The code of a row names one compétence, its label another."""

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


@check(severity=Severity.ERROR, title="Code et libellé contradictoires")
def row_identity(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """Nobody can tell which compétence the box is for; it stays uncertain."""
    for issue in rows(completed, RowProblem.IDENTITY):
        message = _("« {seen} » : le code est celui de « {title} », le libellé celui de « {other} ».").format(
            title=title(form, issue.option), seen=issue.seen, other=title(form, issue.other)
        )
        why, severity = row_reference(form, issue.option), row_blocks(form, issue.option, issue.other)
        yield self.found(message, field=field(form), place=issue.place, reference=why, severity=severity)
