"""A réalisation of the tableau has no period."""

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
    title="Réalisation sans période",
    authority=Authority("RG-05", "modèle officiel du tableau de synthèse (annexes 6-1, 8-1, VI-1)", Proof.OFFICIAL),
)
def row_without_period(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """The column asks for one, in the form JJ/MM/AA au JJ/MM/AA."""
    for rank, row, _period in rows(form, completed):
        if row.intitule and not row.periode:
            message = _("« {title} » : la période est vide.").format(title=row_name(rank, row))
            yield self.found(message, field=field_of(form), place=row_place(completed, rank))
