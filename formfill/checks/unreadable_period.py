"""What is written where a period is asked for is no period of two dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.checks import Check, check
from formfill.checks._facts import answer_of
from formfill.language import gettext as _
from formfill.model.report import Severity
from formfill.normal.dates import impossible_days

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.model.completed import CompletedForm
    from formfill.model.form import Form
    from formfill.model.report import Finding


@check(severity=Severity.WARNING, title="Période illisible")
def unreadable_period(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """A school year, or a year alone, says no days: nothing can be compared with it."""
    answer = answer_of(completed, "periode")
    field = form.layout.field("periode") if form.layout is not None else None
    if field is None or answer is None or not answer.text or answer.normalised is not None or impossible_days(answer.text):
        return
    message = _("« {label} » : « {text} » n’est pas une période entre deux dates.").format(label=field.label, text=answer.text)
    yield self.found(message, field=field.id, place=answer.place)
