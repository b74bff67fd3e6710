"""Sex, date of birth, address or gratification was left empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.checks import Check, check
from formfill.checks._facts import empty, place_of, ticked
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
    title="Rubrique vide de l’attestation",
    authority=Authority("RG-26", "attestations de stage remplies (annexe 9, 2025)", Proof.SECONDARY),
)
def attestation_empty_field(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """They are printed on the model, and needed for retirement rights."""
    for field, answer in empty(form, completed, "naissance", "sexe", "adresse", "gratification"):
        message = _("« {label} » est vide.").format(label=field.label)
        yield self.found(message, field=field.id, place=answer.place)
    if len(ticked(completed, "sexe") or ()) > 1:
        yield self.found(_("Les deux cases « Sexe » sont cochées."), field="sexe", place=place_of(completed, "sexe"))
