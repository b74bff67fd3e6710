"""The attestation lacks its date or its signatory."""

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
    title="Attestation non signée",
    authority=Authority("RG-24", "attestations de stage remplies (annexe 9, 2025), déduit", Proof.SECONDARY),
)
def unsigned_attestation(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """A signature itself may be a picture that no text shows; the name and the function are asked for in writing."""
    for field, answer in empty(form, completed, "fait_le", "signataire"):
        message = _("« {label} » est vide.").format(label=field.label)
        yield self.found(message, field=field.id, place=answer.place)
