"""Neither « ponctuelle » nor « CCF » is ticked."""

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
    title="Forme d’épreuve non cochée",
    authority=Authority("RG-18", "modèles officiels de la fiche descriptive (annexes 7-1, 9-1, VII-1)", Proof.OFFICIAL),
)
def no_exam_form(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """The form of the exam decides who examines: one of the two boxes is to be ticked."""
    del form
    if ticked(completed, "forme_epreuve") == ():
        yield self.found(
            _("Ni « Épreuve ponctuelle » ni « Contrôle en cours de formation » n’est coché."),
            field="forme_epreuve",
            place=place_of(completed, "forme_epreuve"),
        )
