"""Both options are ticked on the tableau."""

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
    title="Deux options cochées",
    authority=Authority("RG-07", "modèle officiel du tableau de synthèse (annexes 6-1, 8-1, VI-1)", Proof.OFFICIAL),
)
def two_options(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """A candidate has one option."""
    del form
    if len(ticked(completed, "option") or ()) > 1:
        yield self.found(_("Les deux options sont cochées."), field="option", place=place_of(completed, "option"))
