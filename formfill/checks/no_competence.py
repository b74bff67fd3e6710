"""No compétence is ticked on a fiche."""

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
    title="Compétences non cochées",
    authority=Authority("RG-16", "circulaire nationale, annexes 7 (2023) et VII (2026)", Proof.OFFICIAL),
)
def no_competence(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """The two fiches must cover the bloc together: one that ticks nothing covers nothing."""
    del form
    if ticked(completed, "competences") == ():
        yield self.found(
            _("Aucune compétence travaillée n’est cochée."), field="competences", place=place_of(completed, "competences")
        )
