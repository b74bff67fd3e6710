"""Neither « seul(e) » nor « en équipe » is ticked."""

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
    title="Modalité non cochée",
    authority=Authority("RG-19", "modèles officiels de la fiche descriptive (annexes 7-1, 9-1, VII-1)", Proof.OFFICIAL),
)
def no_working_mode(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """The jury must know what is the candidate’s own work."""
    del form
    if ticked(completed, "modalite") == ():
        yield self.found(_("Ni « Seul(e) » ni « En équipe » n’est coché."), field="modalite", place=place_of(completed, "modalite"))
