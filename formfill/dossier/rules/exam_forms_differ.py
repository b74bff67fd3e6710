"""One document says « ponctuelle », another « CCF »."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.dossier.papers import text_of
from formfill.dossier.rules import rule
from formfill.language import gettext as _
from formfill.model.authority import Authority, Proof
from formfill.model.report import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.dossier.rules import DossierRule, Folder
    from formfill.model.report import Finding


@rule(
    severity=Severity.WARNING,
    title="Formes d’épreuve différentes",
    authority=Authority("RG-18", "modèles officiels de la fiche descriptive, déduit", Proof.SECONDARY),
    bloc="B2",
)
def exam_forms_differ(self: DossierRule, folder: Folder) -> Iterator[Finding]:
    """A candidate passes an épreuve in one form."""
    said = [(paper, form) for paper in folder.papers if (form := text_of(paper.record, "forme_epreuve")) is not None]
    if len({form for _paper, form in said}) > 1:
        message = _("Les documents disent l’un « ponctuelle », l’autre « contrôle en cours de formation » : {sources}.")
        yield self.found(message.format(sources=", ".join(paper.file for paper, _form in said)), field="forme_epreuve")
