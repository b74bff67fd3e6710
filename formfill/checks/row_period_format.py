"""A period of the tableau is not written JJ/MM/AA au JJ/MM/AA."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from formfill.checks import Check, check
from formfill.checks._facts import field_of, row_name, row_place, rows
from formfill.language import gettext as _
from formfill.model.authority import Authority, Proof
from formfill.model.report import Severity
from formfill.normal.dates import impossible_days
from formfill.text import squeeze

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.model.completed import CompletedForm
    from formfill.model.form import Form
    from formfill.model.report import Finding


_DAY: Final = r"\d{1,2} ?/ ?\d{1,2} ?/ ?(?:\d{2}|\d{4})"
_ASKED: Final = re.compile(rf"(?i)(?:du )?{_DAY} ?(?:au|-|–) ?{_DAY}\.?")
"""As the heading has it; « du » before and a dash between change nothing."""


@check(
    severity=Severity.WARNING,
    title="Forme de la période",
    authority=Authority("RG-05", "modèle officiel du tableau de synthèse (annexes 6-1, 8-1, VI-1)", Proof.OFFICIAL),
)
def row_period_format(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """The heading asks for that form; a year or a school year says no days. The dates are read all the same where they can be."""
    for rank, row, _period in rows(form, completed):
        if row.periode and not _ASKED.fullmatch(squeeze(row.periode)) and not impossible_days(row.periode):
            message = _("« {title} » : la période « {text} » n’est pas écrite JJ/MM/AA au JJ/MM/AA.")
            message = message.format(title=row_name(rank, row), text=row.periode)
            yield self.found(message, field=field_of(form), place=row_place(completed, rank))
