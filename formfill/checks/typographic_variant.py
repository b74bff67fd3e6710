"""A line differs from the official one by its typography only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.checks import Check, check
from formfill.checks._common import field, lines, reference
from formfill.language import gettext as _
from formfill.model.completed import LineMatch
from formfill.model.report import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.model.completed import CompletedForm
    from formfill.model.form import Form
    from formfill.model.report import Finding


@check(severity=Severity.INFO, title="Typographie différente")
def typographic_variant(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """Case, accents, apostrophes and spaces do not change what a line says; worth knowing, nothing to do."""
    for line in lines(completed, LineMatch.VARIANT):
        message = _("« {seen} » : typographie différente de « {official} ».").format(official=line.official, seen=line.seen)
        yield self.found(message, field=field(form), place=line.place, reference=reference(form, line.code, verified=line.verified))
