"""An official line stands more than once in its row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.checks import Check, check
from formfill.checks._common import field, lines, reference, title
from formfill.language import gettext as _
from formfill.model.completed import LineMatch
from formfill.model.report import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.model.completed import CompletedForm
    from formfill.model.form import Form
    from formfill.model.report import Finding


@check(severity=Severity.WARNING, title="Libellé en double")
def duplicated_line(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """Printed once on the official form."""
    for line in lines(completed, LineMatch.DUPLICATED):
        message = _("Ligne « {title} » : « {official} » figure plusieurs fois.").format(
            title=title(form, line.option), official=line.official
        )
        yield self.found(message, field=field(form), place=line.place, reference=reference(form, line.code, verified=line.verified))
