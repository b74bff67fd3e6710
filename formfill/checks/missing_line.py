"""An official line is not in its row."""

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


@check(severity=Severity.WARNING, title="Libellé absent")
def missing_line(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """A form that asks less than the official one must be seen by a person."""
    for line in lines(completed, LineMatch.MISSING):
        message = _("Ligne « {title} » : il manque « {official} ».").format(title=title(form, line.option), official=line.official)
        yield self.found(message, field=field(form), place=line.place, reference=reference(form, line.code, verified=line.verified))
