"""A note under 10 without any appréciation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.checks import Check, check
from formfill.checks._facts import empty, number_of
from formfill.language import gettext as _
from formfill.model.authority import Authority, Proof
from formfill.model.report import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.model.completed import CompletedForm
    from formfill.model.form import Form
    from formfill.model.report import Finding


@check(
    severity=Severity.WARNING,
    title="Note basse sans appréciation",
    authority=Authority("RG-28", "grille E6 du BTS CIEL, par analogie", Proof.SECONDARY),
)
def low_note_without_comment(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """A failing note must be explained to the candidate."""
    note = number_of(completed, "note")
    for field, answer in empty(form, completed, "appreciation"):
        if note is not None and note < 10:
            message = _("La note est inférieure à 10 et l’appréciation est vide.")
            yield self.found(message, field=field.id, place=answer.place)
