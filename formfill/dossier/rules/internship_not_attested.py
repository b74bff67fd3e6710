"""The réalisations of a year in a company have no attestation of that year."""

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
    severity=Severity.ERROR,
    title="Année de stage sans attestation",
    authority=Authority(
        "RG-25", "circulaire nationale, annexes 6 (2023) et VI (2026) ; TA Melun, 19 mai 2023, n° 2304858", Proof.OFFICIAL
    ),
    bloc="B1",
)
def internship_not_attested(self: DossierRule, folder: Folder) -> Iterator[Finding]:
    """One attestation for each period of internship, the first year included: a candidate lost the exam for it."""
    attested = attestations(folder)
    missing = dict.fromkeys(
        section for section, _title, _period, years in internships(folder) if not any(meet(a, years) for a in attested)
    )
    names = {"premiere_annee": _("première année"), "seconde_annee": _("seconde année")}
    for section in missing if attested else ():
        message = _("Le tableau décrit un stage de {year} ; aucune attestation n’est de cette année.")
        yield self.found(message.format(year=names[section]), field=section)
