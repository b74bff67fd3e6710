"""The form prints the annexe of the other option."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.checks import Check, check
from formfill.language import gettext as _
from formfill.model.authority import Authority, Proof
from formfill.model.completed import FactKind
from formfill.model.report import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.model.completed import CompletedForm
    from formfill.model.form import Form
    from formfill.model.report import Finding


@check(
    severity=Severity.ERROR,
    title="Modèle de l’autre option",
    authority=Authority("RG-17", "modèles officiels de la fiche descriptive (annexes 7-1, 9-1, VII-1)", Proof.OFFICIAL),
)
def wrong_model(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """Model A is for SISR and B for SLAM: title and boxes of different models say two options."""
    letters = {annexe[-1] for edition in form.editions for annexe in edition.annexes if annexe[-2:] in ("-A", "-B")}
    for fact in completed.facts:
        if fact.kind is FactKind.ANNEXE and len(letters) == 1 and fact.value[-1:] in {"A", "B"} - letters:
            message = _("L’annexe {annexe} est le modèle de l’autre option.").format(annexe=fact.value)
            yield self.found(message, place=fact.place)
            return
