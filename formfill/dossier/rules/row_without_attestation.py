"""A réalisation in a company that no attestation’s dates meet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.dossier.rules import rule
from formfill.dossier.rules._internships import attestations, internships, meet
from formfill.language import gettext as _
from formfill.model.authority import Authority, Proof
from formfill.model.report import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.dossier.rules import DossierRule, Folder
    from formfill.model.report import Finding


@rule(
    severity=Severity.WARNING,
    title="Réalisation hors des stages attestés",
    authority=Authority("RG-06", "modèle officiel du tableau de synthèse et attestations remplies, déduit", Proof.SECONDARY),
    bloc="B1",
)
def row_without_attestation(self: DossierRule, folder: Folder) -> Iterator[Finding]:
    """Told only where an attestation of that year is in the dossier: a missing one is told by another rule."""
    attested = attestations(folder)
    for section, title, period, years in internships(folder):
        of_year = [dates for dates in attested if meet(dates, years)]
        if of_year and not any(meet(dates, period) for dates in of_year):
            message = _("« {title} » : sa période ne recoupe celle d’aucune attestation.").format(title=title)
            yield self.found(message, field=section)
