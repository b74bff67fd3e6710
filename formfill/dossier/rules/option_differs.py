"""The documents of a candidate are of different options."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.dossier.rules import rule
from formfill.language import gettext as _
from formfill.model.authority import Authority, Proof
from formfill.model.report import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.dossier.rules import DossierRule, Folder
    from formfill.model.report import Finding


@rule(
    severity=Severity.ERROR,
    title="Options différentes",
    authority=Authority("RG-17", "modèles officiels de la fiche descriptive (annexes 7-1, 9-1, VII-1)", Proof.OFFICIAL),
)
def option_differs(self: DossierRule, folder: Folder) -> Iterator[Finding]:
    """Model A is for SISR and B for SLAM; the tableau ticks one. So does the attestation, but its official blank was never read."""
    for paper in folder.papers:
        if paper.option is not None and paper.option != folder.candidate.option:
            message = _("« {source} » est de l’option {option}, les autres documents de l’option {usual}.")
            message = message.format(source=paper.file, option=paper.option, usual=folder.candidate.option)
            severity = Severity.WARNING if paper.form == "bts-sio-attestation-stage" else None
            yield self.found(message, field="option", severity=severity)
