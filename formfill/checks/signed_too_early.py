"""The attestation was signed before the end of the internship."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.checks import Check, check
from formfill.checks._facts import date_of, place_of
from formfill.language import gettext as _
from formfill.model.authority import Authority, Proof
from formfill.model.report import Severity
from formfill.normal.dates import french

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.model.completed import CompletedForm
    from formfill.model.form import Form
    from formfill.model.report import Finding


@check(
    severity=Severity.WARNING,
    title="Attestation signée trop tôt",
    authority=Authority("RG-24", "attestations de stage remplies (annexe 9, 2025), déduit", Proof.SECONDARY),
)
def signed_too_early(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """It is to be handed over « à l’issue du stage »."""
    del form
    end, signed = date_of(completed, "fin"), date_of(completed, "fait_le")
    if end is not None and signed is not None and signed < end:
        message = _("L’attestation est datée du {signed}, avant la fin du stage ({end}).").format(
            signed=french(signed), end=french(end)
        )
        yield self.found(message, field="fait_le", place=place_of(completed, "fait_le"))
