"""A note that is not between 0 and 20."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.checks import Check, check
from formfill.checks._facts import number_of, place_of
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
    title="Note hors de 0 à 20",
    authority=Authority(
        "RG-14",
        "circulaire nationale, annexes 6 (2023) et VI (2026) ; circulaire nationale, annexes 7 (2023) et VII (2026)",
        Proof.OFFICIAL,
    ),
)
def note_range(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """Every note is out of 20."""
    del form
    for field in ("note", "note_finale"):
        note = number_of(completed, field)
        if note is not None and not 0 <= note <= 20:
            message = _("La note {note} n’est pas entre 0 et 20.").format(note=f"{note:g}")
            yield self.found(message, field=field, place=place_of(completed, field))
