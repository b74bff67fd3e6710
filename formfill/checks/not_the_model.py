"""The attestation does not say that it is the circular’s model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.checks import Check, check
from formfill.checks._facts import bare
from formfill.language import gettext as _
from formfill.model.authority import Authority, Proof
from formfill.model.completed import FactKind
from formfill.model.report import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.model.completed import CompletedForm
    from formfill.model.form import Form
    from formfill.model.report import Finding


@check(
    severity=Severity.WARNING,
    title="Modèle de l’attestation",
    authority=Authority("RG-22", "convention de stage d’un lycée ; attestations remplies", Proof.SECONDARY),
)
def not_the_model(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """A convention says that the circular’s model must be used; a school’s own has the same fields without the line « Annexe »."""
    known = {bare(annexe) for edition in form.editions for annexe in edition.annexes}
    if not any(fact.kind is FactKind.ANNEXE and bare(fact.value) in known for fact in completed.facts):
        yield self.found(_("L’attestation ne porte pas le numéro d’annexe du modèle de la circulaire."))
