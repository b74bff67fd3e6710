"""A line of another compétence stands in the row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.checks import Check, check
from formfill.checks._common import blocks, field, lines, reference, title
from formfill.language import gettext as _
from formfill.model.completed import LineMatch
from formfill.model.report import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.model.completed import CompletedForm
    from formfill.model.form import Form
    from formfill.model.report import Finding


@check(severity=Severity.ERROR, title="Libellé d’une autre compétence")
def moved_line(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """What the box was ticked for is then in doubt; a person must look."""
    for line in lines(completed, LineMatch.MOVED):
        message = _("Ligne « {title} » : « {official} » appartient à « {home} ».").format(
            title=title(form, line.option), official=line.official, home=title(form, line.home)
        )
        why = reference(form, line.code, verified=line.verified)
        severity = blocks(line.verified)
        yield self.found(message, field=field(form), place=line.place, reference=why, severity=severity)
