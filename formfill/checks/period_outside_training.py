"""A réalisation outside the two years before the exam."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.checks import Check, check
from formfill.checks._facts import answer_of, as_period, session_of
from formfill.language import gettext as _
from formfill.model.report import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.model.completed import CompletedForm
    from formfill.model.form import Form
    from formfill.model.report import Finding


@check(severity=Severity.WARNING, title="Période hors de la formation")
def period_outside_training(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """Training in two years goes from the summer two years before the exam to the exam; other paths exist, so this only warns."""
    del form
    session = session_of(completed)
    answer = answer_of(completed, "periode")
    period = as_period(answer.normalised) if answer is not None else None
    if session is None or answer is None or period is None:
        return
    first, last = f"{session - 2}-07-01", f"{session}-07-31"
    if any(day is not None and not first <= day <= last for day in period):
        message = _("La période « {text} » sort des deux années de formation de la session {session}.")
        yield self.found(message.format(text=answer.text, session=session), field="periode", place=answer.place)
