"""A row shows no box at all."""

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


@check(severity=Severity.ERROR, title="Case absente")
def missing_box(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """A box that was deleted is neither ticked nor blank."""
    for issue in rows(completed, RowProblem.NO_BOX):
        name = title(form, issue.option, issue.field)
        message = _("La ligne « {title} » ne montre aucune case : ni cochée, ni vide.").format(title=name)
        yield self.found(message, field=issue.field or field(form), place=issue.place, reference=row_reference(form, issue.option))
