"""Between official lines stands one that is nobody’s label."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.checks import Check, check
from formfill.checks._common import field, lines, row_reference, title
from formfill.language import gettext as _
from formfill.model.completed import LineMatch
from formfill.model.report import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.model.completed import CompletedForm
    from formfill.model.form import Form
    from formfill.model.report import Finding


@check(severity=Severity.INFO, title="Ligne qui n’est pas officielle")
def unknown_line(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """It is kept as the row’s comment; a person may want to see that it was typed among the labels."""
    for line in lines(completed, LineMatch.UNKNOWN):
        message = _("Ligne « {title} » : « {seen} » n’est pas un libellé officiel ; le texte est gardé en commentaire.").format(
            title=title(form, line.option), seen=line.seen
        )
        yield self.found(message, field=field(form), place=line.place, reference=row_reference(form, line.option))
