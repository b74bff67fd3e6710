"""A field of the fiche was left empty."""

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


_FIELDS = ("organisation", "intitule", "periode", "lieu", "conditions", "ressources", "acces", "descriptif")


@check(
    severity=Severity.ERROR,
    title="Rubrique vide",
    authority=Authority("RG-20", "modèles officiels de la fiche descriptive (annexes 7-1, 9-1, VII-1)", Proof.OFFICIAL),
)
def empty_field(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """The jury prepares the épreuve from the fiche alone; access to the productions is the candidate’s responsibility."""
    for field, answer in empty(form, completed, *_FIELDS):
        message = _("« {label} » est vide.").format(label=field.label)
        yield self.found(message, field=field.id, place=answer.place)
