"""The form is dated before the work that it describes had begun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.checks import Check, check
from formfill.checks._facts import answer_of, as_period, date_of
from formfill.language import gettext as _
from formfill.model.report import Severity
from formfill.normal.dates import french

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.model.completed import CompletedForm
    from formfill.model.form import Form
    from formfill.model.report import Finding


@check(severity=Severity.WARNING, title="Date avant la période")
def date_before_period(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """One of the two is probably a slip."""
    del form
    answer = answer_of(completed, "periode")
    period = as_period(answer.normalised) if answer is not None else None
    date = date_of(completed, "date")
    if period is not None and period[0] is not None and date is not None and date < period[0]:
        message = _("La date ({date}) précède le début de la période de réalisation ({start}).").format(
            date=french(date), start=french(period[0])
        )
        yield self.found(message, field="date")
