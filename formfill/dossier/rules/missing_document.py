"""A piece of the dossier of bloc 1 is missing."""

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
    title="Pièce manquante",
    authority=Authority("RG-01", "circulaire nationale, annexes 6 (2023) et VI (2026)", Proof.OFFICIAL),
    bloc="B1",
)
def missing_document(self: DossierRule, folder: Folder) -> Iterator[Finding]:
    """A missing piece is asked for with a deadline, then the convocation may be withdrawn."""
    for message in messages(folder.dossier):
        yield self.found(message)
