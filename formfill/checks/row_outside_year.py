"""A réalisation whose period is outside its section’s school year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.checks import Check, check
from formfill.checks._facts import field_of, row_name, row_place, rows, session_of
from formfill.language import gettext as _
from formfill.model.authority import Authority, Proof
from formfill.model.report import Severity
from formfill.normal.dates import french

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.model.completed import CompletedForm
    from formfill.model.form import Form
    from formfill.model.report import Finding


def _year(section: str | None, session: int) -> tuple[str, str]:
    """First and last day of a section: one year for each internship, both for the training."""
    start = session - 1 if section == "seconde_annee" else session - 2
    end = session - 1 if section == "premiere_annee" else session
    return f"{start}-07-01", f"{end}-08-31"


@check(
    severity=Severity.WARNING,
    title="Période hors de son année",
    authority=Authority("RG-06", "modèle officiel du tableau de synthèse, déduit", Proof.SECONDARY),
)
def row_outside_year(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """First and second years are those of a training in two years; other paths exist, so this only warns."""
    session = session_of(completed)
    for rank, row, period in rows(form, completed):
        if session is None or period is None or (period[1] is not None and period[0] is not None and period[1] < period[0]):
            continue
        first, last = _year(row.section, session)
        if any(day is not None and not first <= day <= last for day in period):
            message = _("« {title} » : la période « {text} » sort de l’année de sa rubrique ({first} – {last}).").format(
                title=row_name(rank, row), text=row.periode, first=french(first), last=french(last)
            )
            yield self.found(message, field=field_of(form), place=row_place(completed, rank))
