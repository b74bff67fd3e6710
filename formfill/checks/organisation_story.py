"""A story stands where the name of the organisation is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from formfill.checks import Check, check
from formfill.checks._facts import place_of, text_of
from formfill.language import gettext as _
from formfill.model.authority import Authority, Proof
from formfill.model.report import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.model.completed import CompletedForm
    from formfill.model.form import Form
    from formfill.model.report import Finding


LONGEST: Final = 250
"""Characters of the longest name with an address."""


@check(
    severity=Severity.WARNING,
    title="Récit au lieu d’un nom",
    authority=Authority("RG-20", "fiches remplies, déduit", Proof.SECONDARY),
)
def organisation_story(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """Real fiches hold the context there; the name of the organisation must still be found."""
    del form
    text = text_of(completed, "organisation")
    if text is not None and len(text) > LONGEST:
        message = _("« Organisation » tient {count} caractères : on attend un nom, non un récit.").format(count=len(text))
        yield self.found(message, field="organisation", place=place_of(completed, "organisation"))
