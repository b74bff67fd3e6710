"""Both « seul(e) » and « en équipe » are ticked."""

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
    title="Deux modalités cochées",
    authority=Authority("RG-19", "modèles officiels de la fiche descriptive (annexes 7-1, 9-1, VII-1)", Proof.OFFICIAL),
)
def two_working_modes(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """They exclude each other."""
    del form
    if len(ticked(completed, "modalite") or ()) > 1:
        yield self.found(
            _("« Seul(e) » et « En équipe » sont tous deux cochés."), field="modalite", place=place_of(completed, "modalite")
        )
