"""No box of a choice is ticked, in a form that was filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.checks import Check, check
from formfill.checks._common import choices, filled
from formfill.language import gettext as _
from formfill.model.document import MarkState
from formfill.model.report import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.model.completed import CompletedForm
    from formfill.model.form import Form
    from formfill.model.report import Finding


@check(severity=Severity.WARNING, title="Choix sans réponse")
def no_option(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """One option, one form of exam, one modality, one level a row: RG-07, RG-18, RG-19, RG-12. A blank form asks for none."""
    if not filled(form, completed):
        return
    for label, rule, boxes in choices(form, completed):
        if boxes and all(box.state is MarkState.BLANK for box in boxes):
            message = _("« {label} » : aucune case n’est cochée.").format(label=label)
            yield self.found(message, field=boxes[0].field, place=boxes[0].place, reference=form.reference)._replace(rule=rule)
