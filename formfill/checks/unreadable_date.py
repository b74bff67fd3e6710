"""What is written where a date is asked for is no whole date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.checks import Check, check
from formfill.checks._facts import answer_of
from formfill.language import gettext as _
from formfill.model.layout import FieldKind
from formfill.model.report import Severity
from formfill.normal.dates import impossible_days

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.model.completed import CompletedForm
    from formfill.model.form import Form
    from formfill.model.report import Finding


@check(severity=Severity.WARNING, title="Date illisible")
def unreadable_date(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """A date that is cut short or mistyped is kept as written, and compared with nothing."""
    for field in form.layout.fields if form.layout is not None else ():
        answer = answer_of(completed, field.id)
        if field.kind is not FieldKind.DATE or answer is None or not answer.text or answer.normalised is not None:
            continue
        if not impossible_days(answer.text):
            message = _("« {label} » : « {text} » n’est pas une date complète.").format(label=field.label, text=answer.text)
            yield self.found(message, field=field.id, place=answer.place)
