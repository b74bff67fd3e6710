"""The attestation lacks a date of the internship or its duration."""

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
    title="Dates ou durée du stage",
    authority=Authority("RG-23", "attestations de stage remplies (annexe 9, 2025)", Proof.SECONDARY),
)
def internship_incomplete(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """Dates and duration are what the attestation is for."""
    for field, answer in empty(form, completed, "debut", "fin", "duree"):
        message = _("« {label} » est vide.").format(label=field.label)
        yield self.found(message, field=field.id, place=answer.place)
