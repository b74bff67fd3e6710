"""A fiche of the dossier of bloc 2 is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.dossier.rules import rule
from formfill.dossier.rules._missing import messages
from formfill.model.authority import Authority, Proof
from formfill.model.report import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.dossier.rules import DossierRule, Folder
    from formfill.model.report import Finding


@rule(
    severity=Severity.ERROR,
    title="Fiche manquante",
    authority=Authority("RG-15", "circulaire nationale, annexes 7 (2023) et VII (2026)", Proof.OFFICIAL),
    bloc="B2",
)
def missing_fiche(self: DossierRule, folder: Folder) -> Iterator[Finding]:
    """A missing réalisation costs 10 points, both 20: they are printed on the grid."""
    for message in messages(folder.dossier):
        yield self.found(message)
