"""What is written where a note is asked for is no number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.checks import Check, check
from formfill.checks._facts import answer_of
from formfill.language import gettext as _
from formfill.model.report import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.model.completed import CompletedForm
    from formfill.model.form import Form
    from formfill.model.report import Finding


@check(severity=Severity.WARNING, title="Note illisible")
def unreadable_note(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """A note in letters, or two of them, is kept as written: nothing can be reckoned with it, and a person must know."""
    for field in form.layout.fields if form.layout is not None else ():
        answer = answer_of(completed, field.id)
        if not field.id.startswith(("note", "points_")) or answer is None or not answer.text or answer.normalised is not None:
            continue
        message = _("« {label} » : « {text} » n’est pas un nombre.").format(label=field.label, text=answer.text)
        yield self.found(message, field=field.id, place=answer.place)
