"""Ticks or a period in a row of the tableau that has no title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.checks import Check, check
from formfill.checks._facts import field_of, rows
from formfill.language import gettext as _
from formfill.model.authority import Authority, Proof
from formfill.model.geometry import NOWHERE
from formfill.model.report import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.model.completed import CompletedForm
    from formfill.model.form import Form
    from formfill.model.report import Finding


@check(
    severity=Severity.ERROR,
    title="Réalisation sans intitulé",
    authority=Authority("RG-04", "modèle officiel du tableau de synthèse (annexes 6-1, 8-1, VI-1)", Proof.OFFICIAL),
)
def row_without_title(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """Nobody can tell which réalisation they are for."""
    for rank, row, _period in rows(form, completed):
        if not row.intitule:
            boxes = [box for box in completed.boxes if box.row == rank]
            message = _("La réalisation n° {rank} est remplie mais n’a pas d’intitulé.").format(rank=rank + 1)
            yield self.found(message, field=field_of(form), place=boxes[0].place if boxes else NOWHERE)
