"""A period of the tableau ends before it starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.checks import Check, check
from formfill.checks._facts import field_of, row_name, row_place, rows
from formfill.language import gettext as _
from formfill.model.authority import Authority, Proof
from formfill.model.report import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.model.completed import CompletedForm
    from formfill.model.form import Form
    from formfill.model.report import Finding


@check(
    severity=Severity.ERROR,
    title="Période à l’envers (tableau)",
    authority=Authority("RG-05", "modèle officiel du tableau de synthèse (annexes 6-1, 8-1, VI-1)", Proof.OFFICIAL),
)
def row_period_order(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """One of the two dates is wrong, and only the candidate knows which."""
    for rank, row, period in rows(form, completed):
        if period is not None and None not in period and str(period[1]) < str(period[0]):
            message = _("« {title} » : la période « {text} » finit avant de commencer.").format(
                title=row_name(rank, row), text=row.periode
            )
            yield self.found(message, field=field_of(form), place=row_place(completed, rank))
