"""The fiche d’appréciation has no note."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.checks import Check, check
from formfill.checks._facts import empty
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
    title="Note absente",
    authority=Authority(
        "RG-14",
        "circulaire nationale, annexes 6 (2023) et VI (2026) ; circulaire nationale, annexes 7 (2023) et VII (2026)",
        Proof.OFFICIAL,
    ),
)
def missing_note(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """It is filled in for every candidate, whatever the note, and sent in case of a claim."""
    for field, answer in empty(form, completed, "note"):
        yield self.found(_("La note n’est pas portée."), field=field.id, place=answer.place)
