"""A row of a grid of levels has several levels."""

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
    title="Plusieurs niveaux cochés",
    authority=Authority("RG-12", "modèles officiels de la grille du bloc 2 (annexes 7-5, VII-5), déduit", Proof.SECONDARY),
)
def several_levels(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """One level a row is not printed as an instruction: it is deduced."""
    levels = form.layout.levels if form.layout is not None else None
    for row in levels.rows if levels else ():
        options = ticked(completed, row.field) or ()
        if len(options) > 1:
            message = _("« {title} » : {count} niveaux sont cochés.").format(title=row.label, count=len(options))
            yield self.found(message, field=row.field, place=place_of(completed, row.field))
