"""A réalisation of the tableau ticks no compétence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.checks import Check, check
from formfill.checks._facts import row_name, rows
from formfill.language import gettext as _
from formfill.model.authority import Authority, Proof
from formfill.model.document import MarkState
from formfill.model.report import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.model.completed import CompletedForm
    from formfill.model.form import Form
    from formfill.model.report import Finding


@check(
    severity=Severity.ERROR,
    title="Réalisation sans compétence",
    authority=Authority("RG-03", "circulaire nationale, annexes 6 (2023) et VI (2026)", Proof.OFFICIAL),
)
def row_without_competence(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """For each réalisation, the compétences that it mobilises are to be said."""
    table = form.layout.table if form.layout is not None else None
    for rank, row, _period in rows(form, completed):
        boxes = [box for box in completed.boxes if table is not None and box.field == table.boxes and box.row == rank]
        if row.intitule and boxes and all(box.state is MarkState.BLANK for box in boxes):
            message = _("« {title} » : aucune compétence n’est cochée.").format(title=row_name(rank, row))
            yield self.found(message, field=boxes[0].field, place=boxes[0].place)
