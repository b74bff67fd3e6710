"""A fiche de contrôle de conformité gives no ground."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.checks import Check, check
from formfill.checks._facts import place_of, ticked
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
    title="Motif absent",
    authority=Authority("RG-34", "modèles officiels du contrôle de conformité (annexes 7-2, VII-2)", Proof.OFFICIAL, first=2023),
)
def no_ground(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """It says that a candidature cannot be accepted: one ground at least is to be ticked."""
    del form
    if ticked(completed, "motifs") == ():
        yield self.found(_("Aucun motif n’est coché."), field="motifs", place=place_of(completed, "motifs"))
