"""A person’s name, number or centre was left empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.checks import Check, check
from formfill.checks._facts import answer_of, empty
from formfill.language import gettext as _
from formfill.model.authority import Authority, Proof
from formfill.model.report import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.model.completed import CompletedForm
    from formfill.model.form import Form
    from formfill.model.report import Finding


_FIELDS = ("nom_prenom", "nom", "prenom", "numero_candidat", "centre")


@check(
    severity=Severity.ERROR,
    title="Identité incomplète",
    authority=Authority(
        "RG-08",
        "modèles officiels du tableau de synthèse (annexe 8-1) et de la fiche descriptive (annexe VII-1-A)",
        Proof.OFFICIAL,
    ),
)
def empty_identity(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """A document that names nobody, or no number, cannot be put with the others of its candidate."""
    for field, answer in empty(form, completed, *_FIELDS):
        message = _("« {label} » est vide.").format(label=field.label)
        yield self.found(message, field=field.id, place=answer.place)
    number = answer_of(completed, "numero_candidat")
    if number is not None and number.text and number.normalised is None:
        message = _("« {text} » n’est pas un n° de candidat.").format(text=number.text)
        yield self.found(message, field=number.field, place=number.place)
