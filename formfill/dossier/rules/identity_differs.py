"""The documents of a candidate write the name differently."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.dossier.names import same_name
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
    title="Noms différents",
    authority=Authority(
        "RG-08", "modèles officiels du tableau de synthèse (annexe 8-1) et de la fiche descriptive (annexe VII-1-A)", Proof.OFFICIAL
    ),
)
def identity_differs(self: DossierRule, folder: Folder) -> Iterator[Finding]:
    """Accents, case, order, hyphens and first names left out are no difference."""
    for paper in folder.papers:
        if paper.name is not None and not same_name(paper.name, folder.candidate.name):
            message = _("« {source} » est au nom de « {name} », les autres documents à celui de « {usual} ».")
            message = message.format(source=paper.file, name=paper.name, usual=folder.candidate.name)
            yield self.found(message, field="nom_prenom")
