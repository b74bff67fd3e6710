"""The documents of a candidate bear different numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.dossier.papers import bare_number, text_of
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
    title="Numéros différents",
    authority=Authority(
        "RG-08", "modèles officiels du tableau de synthèse (annexe 8-1) et de la fiche descriptive (annexe VII-1-A)", Proof.OFFICIAL
    ),
)
def number_differs(self: DossierRule, folder: Folder) -> Iterator[Finding]:
    """The number is what a secretariat files by. Spaces, dots and zeros in front are no difference."""
    usual = bare_number(folder.candidate.number or "")
    for paper in folder.papers:
        if paper.number is not None and paper.number != usual:
            message = _("« {source} » porte le n° {number}, les autres documents le n° {usual}.")
            number = text_of(paper.record, "numero_candidat")
            message = message.format(source=paper.file, number=number, usual=folder.candidate.number)
            yield self.found(message, field="numero_candidat")
