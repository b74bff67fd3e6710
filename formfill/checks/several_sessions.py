"""The pages of a form do not name the same session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.checks import Check, check
from formfill.language import gettext as _
from formfill.model.completed import FactKind
from formfill.model.report import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.model.completed import CompletedForm
    from formfill.model.form import Form
    from formfill.model.report import Finding


@check(severity=Severity.ERROR, title="Sessions différentes", rule="RG-09")
def several_sessions(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """The session printed is that of the exam, on every page: RG-09, read on the official blanks."""
    sessions = {fact.value: fact for fact in completed.facts if fact.kind is FactKind.SESSION}
    if len(sessions) > 1:
        message = _("Les pages ne portent pas la même session : {sessions}.").format(sessions=", ".join(sessions))
        yield self.found(message, field="session", place=list(sessions.values())[-1].place, reference=form.reference)
