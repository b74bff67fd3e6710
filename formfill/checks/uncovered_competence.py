"""Compétences that no réalisation of the tableau covers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.checks import Check, check
from formfill.checks._facts import answer_of
from formfill.language import gettext as _
from formfill.model.authority import Authority, Proof
from formfill.model.completed import AnswerState
from formfill.model.document import MarkState
from formfill.model.report import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.model.completed import CompletedForm
    from formfill.model.form import Form
    from formfill.model.report import Finding


@check(
    severity=Severity.ERROR,
    title="Compétences non couvertes",
    authority=Authority("RG-02", "circulaire nationale, annexes 6 (2023) et VI (2026)", Proof.OFFICIAL),
)
def uncovered_competence(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """The réalisations must mobilise every compétence of the bloc together. A column with an uncertain box is left to a person."""
    table = form.layout.table if form.layout is not None else None
    answer = answer_of(completed, table.field) if table is not None else None
    if table is None or answer is None or (answer.value is None and answer.state is AnswerState.UNCERTAIN):
        return
    seen = {box.option for box in completed.boxes if box.field == table.boxes and box.state is not MarkState.BLANK}
    missing = [column for column in table.columns if column.id not in seen]
    if missing:
        named = ", ".join(f"{column.id} ({column.label})" for column in missing)
        message = _("Aucune réalisation ne couvre : {competences}.").format(competences=named)
        yield self.found(message, field=table.boxes, place=answer.place)
