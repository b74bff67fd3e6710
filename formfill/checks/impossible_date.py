"""A date that no calendar has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.checks import Check, check
from formfill.checks._dates import dated
from formfill.language import gettext as _
from formfill.model.report import Severity
from formfill.normal.dates import impossible_days

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.model.completed import CompletedForm
    from formfill.model.form import Form
    from formfill.model.report import Finding


@check(severity=Severity.ERROR, title="Date impossible")
def impossible_date(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """A day that does not exist is a slip that nobody may correct for the candidate."""
    for field, text, place in dated(form, completed):
        for day in impossible_days(text):
            message = _("« {text} » : le {day} n’existe pas.").format(text=text, day=day)
            yield self.found(message, field=field, place=place)
