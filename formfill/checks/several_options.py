"""More than one box of a choice is ticked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.checks import Check, check
from formfill.checks._common import choices
from formfill.language import gettext as _
from formfill.model.document import MarkState
from formfill.model.report import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.model.completed import CompletedForm
    from formfill.model.form import Form
    from formfill.model.report import Finding


@check(severity=Severity.ERROR, title="Plusieurs cases d’un même choix")
def several_options(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """One option, one form of exam, one modality: RG-07, RG-18, RG-19. One level a row, RG-12, is deduced and only warns."""
    for label, rule, boxes in choices(form, completed):
        ticked = [box for box in boxes if box.state is MarkState.TICKED]
        if len(ticked) > 1:
            names = ", ".join(box.label for box in ticked)
            message = _("« {label} » : plusieurs cases sont cochées ({names}), une seule peut l’être.")
            said = self.found(
                message.format(label=label, names=names), field=ticked[0].field, place=ticked[0].place, reference=form.reference
            )
            yield said._replace(rule=rule, severity=Severity.WARNING if rule == "RG-12" else self.severity)
