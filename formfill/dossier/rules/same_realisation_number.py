"""Two fiches bear one number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.dossier.complete import realisation
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
    title="Deux fiches du même numéro",
    authority=Authority("RG-15", "circulaire nationale, annexes 7 (2023) et VII (2026)", Proof.OFFICIAL),
    bloc="B2",
)
def same_realisation_number(self: DossierRule, folder: Folder) -> Iterator[Finding]:
    """Real candidates copy the first fiche and forget its number."""
    fiches = both(folder)
    if fiches is None:
        return
    one, two = fiches
    if realisation(one) is not None and realisation(one) == realisation(two):
        message = _("« {first} » et « {second} » portent le même n° de réalisation.")
        yield self.found(message.format(first=one.file, second=two.file), field="numero_realisation")
