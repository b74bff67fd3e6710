"""The fiche d’appréciation does not tick one option."""

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
    severity=Severity.ERROR,
    title="Option de la fiche d’appréciation",
    authority=Authority("RG-33", "modèles officiels de la fiche d’appréciation (annexes 7-6, VII-6)", Proof.OFFICIAL),
)
def appreciation_option(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """Two boxes, one to tick."""
    del form
    options = ticked(completed, "option")
    if options is not None and len(options) != 1:
        message = _("Les deux options sont cochées.") if options else _("Aucune option n’est cochée : SISR ou SLAM.")
        yield self.found(message, field="option", place=place_of(completed, "option"))
