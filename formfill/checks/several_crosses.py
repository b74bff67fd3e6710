"""A criterion of a grid has several crosses."""

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
    title="Plusieurs croix par critère",
    authority=Authority("RG-27", "grille E6 du BTS CIEL, par analogie", Proof.SECONDARY),
)
def several_crosses(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """One cross per criterion, or the grid cannot be reckoned. Criteria without a cross are left alone: not all are evaluated."""
    levels = form.layout.levels if form.layout is not None else None
    for row in levels.rows if levels else ():
        options = ticked(completed, row.field) or ()
        if len(options) > 1:
            message = _("« {title} » : {count} niveaux sont cochés.").format(title=row.label, count=len(options))
            yield self.found(message, field=row.field, place=place_of(completed, row.field))
