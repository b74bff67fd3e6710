"""Recto and verso of the expression des besoins tick different options."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.checks import Check, check
from formfill.checks._facts import place_of, ticked
from formfill.language import gettext as _
from formfill.model.authority import Authority, Proof
from formfill.model.report import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.model.completed import CompletedForm
    from formfill.model.form import Form
    from formfill.model.report import Finding


@check(
    severity=Severity.WARNING,
    title="Recto et verso d’options différentes",
    authority=Authority(
        "RG-35", "modèles officiels de l’expression des besoins (annexes 7-3, VII-3), déduit", Proof.SECONDARY, first=2023
    ),
)
def needs_sides(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """Two sides of two candidates may have been put together."""
    del form
    front, back = ticked(completed, "option"), ticked(completed, "option_verso")
    if front and back and front != back:
        message = _("Le recto coche {front}, le verso {back}.").format(front=", ".join(front), back=", ".join(back))
        yield self.found(message, field="option_verso", place=place_of(completed, "option_verso"))
