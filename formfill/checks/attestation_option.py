"""The attestation does not tick one option."""

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
    severity=Severity.WARNING,
    title="Option de l’attestation",
    authority=Authority("RG-07", "attestations de stage remplies (annexe 9, 2025)", Proof.SECONDARY),
)
def attestation_option(self: Check, form: Form, completed: CompletedForm) -> Iterator[Finding]:
    """Two boxes, one to tick: the organisation may have left it to the school."""
    del form
    options = ticked(completed, "option")
    if options is not None and len(options) != 1:
        message = _("Les deux options sont cochées.") if options else _("Aucune option n’est cochée : SISR ou SLAM.")
        yield self.found(message, field="option", place=place_of(completed, "option"))
