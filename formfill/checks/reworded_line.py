"""A line is not worded as the official one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.checks import Check, check
from formfill.checks._common import field, lines, reference, title
from formfill.language import gettext as _
from formfill.model.completed import LineMatch
from formfill.model.report import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.model.completed import CompletedForm
    from formfill.model.form import Form
    from formfill.model.report import Finding


@check(severity=Severity.WARNING, title="Libellé modifié")
def reworded_line(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """The official wording is restored when the form is regenerated; the difference is shown word by word."""
    for line in lines(completed, LineMatch.REWORDED):
        message = _("Ligne « {title} », libellé modifié : {difference}.").format(
            title=title(form, line.option), difference=line.difference
        )
        yield self.found(message, field=field(form), place=line.place, reference=reference(form, line.code, verified=line.verified))
