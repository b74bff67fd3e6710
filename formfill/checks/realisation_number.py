"""The number of the réalisation is neither 1 nor 2."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.checks import Check, check
from formfill.checks._facts import answer_of
from formfill.language import gettext as _
from formfill.model.authority import Authority, Proof
from formfill.model.report import Severity
from formfill.normal import parse_realisation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.model.completed import CompletedForm
    from formfill.model.form import Form
    from formfill.model.report import Finding


@check(
    severity=Severity.ERROR,
    title="N° de réalisation",
    authority=Authority("RG-15", "circulaire nationale, annexes 7 (2023) et VII (2026)", Proof.OFFICIAL),
)
def realisation_number(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """The two réalisations of a candidate are told apart by their number."""
    del form
    answer = answer_of(completed, "numero_realisation")
    if answer is None:
        return
    if not answer.text:
        message = _("Le numéro de la réalisation (1 ou 2) n’est pas indiqué.")
        yield self.found(message, field=answer.field, place=answer.place)
    elif parse_realisation(answer.text) is None:
        message = _("« {text} » n’est pas un numéro de réalisation : on attend 1 ou 2.").format(text=answer.text)
        yield self.found(message, field=answer.field, place=answer.place)
