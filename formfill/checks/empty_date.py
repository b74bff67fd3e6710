"""The date of the fiche was left as dots."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.checks import Check, check
from formfill.checks._facts import empty
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
    title="Date vide",
    authority=Authority(
        "RG-20", "modèles officiels de la fiche descriptive, déduit : la règle ne cite pas la date", Proof.SECONDARY
    ),
)
def empty_date(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """It may be filled in on the day of the exam: worth saying, no fault."""
    for field, answer in empty(form, completed, "date"):
        message = _("« {label} » est vide.").format(label=field.label)
        yield self.found(message, field=field.id, place=answer.place)
