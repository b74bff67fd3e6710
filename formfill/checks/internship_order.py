"""The internship ends before it starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.checks import Check, check
from formfill.checks._facts import date_of, place_of
from formfill.language import gettext as _
from formfill.model.authority import Authority, Proof
from formfill.model.report import Severity
from formfill.normal.dates import french

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.model.completed import CompletedForm
    from formfill.model.form import Form
    from formfill.model.report import Finding


@check(
    severity=Severity.WARNING,
    title="Stage à l’envers",
    authority=Authority("RG-23", "attestations de stage remplies (annexe 9, 2025)", Proof.SECONDARY),
)
def internship_order(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """One of the two dates is wrong, and only the organisation knows which."""
    del form
    start, end = date_of(completed, "debut"), date_of(completed, "fin")
    if start is not None and end is not None and end < start:
        message = _("Le stage finit ({end}) avant de commencer ({start}).").format(start=french(start), end=french(end))
        yield self.found(message, field="fin", place=place_of(completed, "fin"))
