"""The duration of the internship does not agree with its dates."""

from __future__ import annotations

from datetime import date
from math import ceil
from typing import TYPE_CHECKING

from formfill.checks import Check, check
from formfill.checks._facts import date_of, number_of, place_of, text_of
from formfill.language import gettext as _
from formfill.model.authority import Authority, Proof
from formfill.model.report import Severity
from formfill.normal.dates import french

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.model.completed import CompletedForm
    from formfill.model.form import Form
    from formfill.model.report import Finding


def _units(text: str) -> list[tuple[float, float]]:
    """Days in each unit that the text may mean, with what may differ; days of presence are five a week."""
    folded = text.casefold()
    if "sem" in folded:
        return [(7, 1.5)]
    if "mois" in folded:
        return [(30.5, 0.75)]
    if "jour" in folded:
        return [(1, 5), (1.4, 6)]
    return [(7, 1.5), (30.5, 0.75)]


@check(
    severity=Severity.WARNING,
    title="Durée du stage",
    authority=Authority("RG-23", "attestations de stage remplies (annexe 9, 2025)", Proof.SECONDARY),
)
def internship_duration(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """A week more or less is left alone: holidays and absences do not count. Weeks or months, as the text says, or either."""
    del form
    start, end = date_of(completed, "debut"), date_of(completed, "fin")
    said, text = number_of(completed, "duree"), text_of(completed, "duree") or ""
    if start is None or end is None or said is None or end < start:
        return
    days = (date.fromisoformat(end) - date.fromisoformat(start)).days + 1
    if not any(abs(days / length - said) <= slack for length, slack in _units(text)):
        message = _("Durée « {text} » : il y a {weeks} semaines du {start} au {end}.").format(
            text=text, weeks=ceil(days / 7), start=french(start), end=french(end)
        )
        yield self.found(message, field="duree", place=place_of(completed, "duree"))
