"""The form prints labels that are known by transcription only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.checks import Check, check
from formfill.language import gettext as _
from formfill.model.report import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.model.completed import CompletedForm
    from formfill.model.form import Form
    from formfill.model.report import Finding


@check(severity=Severity.INFO, title="Libellés non vérifiés")
def unverified_label(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """Whoever relies on the comparison must know that the yardstick itself is not proved."""
    if form.grid is None:
        return
    labels = [row.title for row in form.grid.rows if not row.verified]
    labels += [line.text for row in form.grid.rows for column in row.lines for line in column if not line.verified]
    if labels:
        message = _("{count} libellé(s) de ce formulaire ne sont pas vérifiés sur un texte officiel, dont « {first} ».")
        yield self.found(message.format(count=len(labels), first=labels[0]), reference=form.reference)
