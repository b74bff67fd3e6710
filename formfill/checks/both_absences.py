"""Both « one réalisation absent » and « both absent » are ticked."""

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
    title="Pénalités qui s’excluent",
    authority=Authority("RG-32", "modèles officiels de la grille du bloc 2 (annexes 7-5, VII-5), déduit", Proof.SECONDARY),
)
def both_absences(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """They exclude each other: that is deduced, not printed."""
    del form
    if {"une_absente", "deux_absentes"} <= set(ticked(completed, "penalites") or ()):
        message = _("« Une absente » et « les deux absentes » sont cochées ensemble.")
        yield self.found(message, field="penalites", place=place_of(completed, "penalites"))
