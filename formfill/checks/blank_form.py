"""Nothing was ticked and nothing was written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.checks import Check, check
from formfill.language import gettext as _
from formfill.model.completed import RowProblem
from formfill.model.document import MarkState
from formfill.model.report import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.model.completed import CompletedForm
    from formfill.model.form import Form
    from formfill.model.report import Finding


@check(severity=Severity.INFO, title="Formulaire vierge")
def blank_form(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """A template or an annexe left empty is a record like any other, and no error."""
    printed = {field.id for field in form.layout.fields if field.preprinted} if form.layout is not None else set()
    empty = all(answer.value is None for answer in completed.answers if answer.field not in printed)
    lost = any(issue.problem is RowProblem.MISSING for issue in completed.rows)
    if empty and not lost and all(box.state is MarkState.BLANK for box in completed.boxes):
        yield self.found(_("Le formulaire est vierge : aucune case cochée, rien d’écrit."), reference=form.reference)
