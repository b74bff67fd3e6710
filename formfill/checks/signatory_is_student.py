"""The student’s name and the signatory’s are the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.checks import Check, check
from formfill.checks._facts import place_of, text_of
from formfill.language import gettext as _
from formfill.model.authority import Authority, Proof
from formfill.model.report import Severity
from formfill.text import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.model.completed import CompletedForm
    from formfill.model.form import Form
    from formfill.model.report import Finding


@check(
    severity=Severity.WARNING,
    title="Le stagiaire est le signataire",
    authority=Authority("RG-24", "attestations remplies, déduit", Proof.SECONDARY),
)
def signatory_is_student(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """The tutor’s name typed in the student’s field, or the reverse, has been met."""
    del form
    names = [normalise(text_of(completed, field) or "") for field in ("nom", "prenom")]
    signatory = set(normalise(text_of(completed, "signataire") or "").replace(",", " ").split())
    words = {word for name in names for word in name.split()}
    if all(names) and words <= signatory:
        message = _("Le nom du stagiaire est aussi celui du signataire.")
        yield self.found(message, field="nom", place=place_of(completed, "nom"))
