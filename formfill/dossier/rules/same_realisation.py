"""Both fiches describe one réalisation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.dossier.complete import title
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
    title="Même réalisation sur les deux fiches",
    authority=Authority("RG-15", "circulaire nationale, annexes 7 (2023) et VII (2026)", Proof.OFFICIAL),
    bloc="B2",
)
def same_realisation(self: DossierRule, folder: Folder) -> Iterator[Finding]:
    """Two different ones are asked for. Titles that are written alike are one, whatever their accents and case."""
    one, two = folder.dossier.papers("fiche-1"), folder.dossier.papers("fiche-2")
    if one and two and title(one[0]) and title(one[0]) == title(two[0]):
        message = _("« {first} » et « {second} » décrivent la même réalisation.")
        yield self.found(message.format(first=one[0].file, second=two[0].file), field="intitule")
