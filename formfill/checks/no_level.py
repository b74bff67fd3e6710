"""A row of a grid of levels has no level."""

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
    title="Niveau non coché",
    authority=Authority("RG-12", "modèles officiels de la grille du bloc 2 (annexes 7-5, VII-5)", Proof.OFFICIAL),
)
def no_level(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """Every row is to be filled in; « non évalué » exists for that. One finding names them all."""
    levels = form.layout.levels if form.layout is not None else None
    lost = {issue.field for issue in completed.rows}
    missing = [row for row in (levels.rows if levels else ()) if row.field not in lost and ticked(completed, row.field) == ()]
    if missing:
        message = _("{count} ligne(s) sans niveau, dont « {first} ».").format(count=len(missing), first=missing[0].label)
        yield self.found(message, field=missing[0].field, place=place_of(completed, missing[0].field))
