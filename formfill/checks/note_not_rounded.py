"""The note is not rounded up to the point."""

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
    severity=Severity.WARNING,
    title="Note non arrondie",
    authority=Authority("RG-14", "circulaire nationale, annexe VI-4 (bloc 1) ; par analogie pour le bloc 2", Proof.SECONDARY),
)
def note_not_rounded(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """The circular asks for it on the fiche of bloc 1."""
    del form
    note = number_of(completed, "note")
    if note is not None and note != int(note):
        message = _("La note {note} n’est pas arrondie au point supérieur.").format(note=f"{note:g}".replace(".", ","))
        yield self.found(message, field="note", place=place_of(completed, "note"))
