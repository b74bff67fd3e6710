"""A period ends before it starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.checks import Check, check
from formfill.checks._facts import answer_of, as_period
from formfill.language import gettext as _
from formfill.model.report import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.model.completed import CompletedForm
    from formfill.model.form import Form
    from formfill.model.report import Finding


@check(severity=Severity.ERROR, title="Période à l’envers")
def period_order(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """One of the two dates is wrong, and only the candidate knows which."""
    del form
    answer = answer_of(completed, "periode")
    period = as_period(answer.normalised) if answer is not None else None
    if answer is not None and period is not None and None not in period and str(period[1]) < str(period[0]):
        message = _("La période « {text} » finit avant de commencer.").format(text=answer.text)
        yield self.found(message, field="periode", place=answer.place)
