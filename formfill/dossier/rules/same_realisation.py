"""Both fiches describe one réalisation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.dossier.complete import title
from formfill.dossier.rules import rule
from formfill.dossier.rules._fiches import both
from formfill.language import gettext as _
from formfill.model.authority import Authority, Proof
from formfill.model.report import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.dossier.rules import DossierRule, Folder
    from formfill.model.report import Finding


@rule(
    severity=Severity.ERROR,
    title="Même réalisation sur les deux fiches",
    authority=Authority("RG-15", "circulaire nationale, annexes 7 (2023) et VII (2026)", Proof.OFFICIAL),
    bloc="B2",
)
def same_realisation(self: DossierRule, folder: Folder) -> Iterator[Finding]:
    """Two different ones are asked for. Titles that are written alike are one, whatever their accents and case."""
    fiches = both(folder)
    if fiches is None:
        return
    one, two = fiches
    if title(one) and title(one) == title(two):
        message = _("« {first} » et « {second} » décrivent la même réalisation.")
        yield self.found(message.format(first=one.file, second=two.file), field="intitule")
