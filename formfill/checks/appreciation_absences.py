"""Both « one réalisation absent » and « none presented » are ticked."""

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
    severity=Severity.WARNING,
    title="Absences qui s’excluent",
    authority=Authority("RG-33", "modèles officiels de la fiche d’appréciation (annexes 7-6, VII-6), déduit", Proof.SECONDARY),
)
def appreciation_absences(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """They exclude each other: that is deduced, not printed."""
    del form
    if {"une_absente", "aucune"} <= set(ticked(completed, "absences") or ()):
        message = _("« Une réalisation absente » et « aucune réalisation » sont cochées ensemble.")
        yield self.found(message, field="absences", place=place_of(completed, "absences"))
