"""The title of a row differs by its typography only."""

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


@check(severity=Severity.INFO, title="Titre de ligne à la typographie différente")
def typographic_title(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """Case, accents, apostrophes and spaces do not change what a title says; worth knowing, nothing to do."""
    for issue in rows(completed, RowProblem.VARIANT):
        message = _("Titre « {title} » écrit « {seen} ».").format(title=title(form, issue.option), seen=issue.seen)
        yield self.found(message, field=field(form), place=issue.place, reference=row_reference(form, issue.option))
