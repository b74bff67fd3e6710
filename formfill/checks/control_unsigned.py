"""A fiche de contrôle de conformité lacks its date or its visa."""

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
    severity=Severity.ERROR,
    title="Contrôle sans date ou sans visa",
    authority=Authority("RG-34", "modèles officiels du contrôle de conformité (annexes 7-2, VII-2)", Proof.OFFICIAL, first=2023),
)
def control_unsigned(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """Its effect is a note « non valide »: who decided and when must be on it."""
    for field, answer in empty(form, completed, "date_controle", "visa"):
        message = _("« {label} » est vide.").format(label=field.label)
        yield self.found(message, field=field.id, place=answer.place)
