"""The documents of a candidate are of different sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    title="Sessions différentes",
    authority=Authority(
        "RG-09", "modèles officiels du tableau de synthèse (annexe 8-1) et de la fiche descriptive (annexe VII-1-A)", Proof.OFFICIAL
    ),
)
def session_differs(self: DossierRule, folder: Folder) -> Iterator[Finding]:
    """All are for one exam; most documents tell which.

    An attestation of the first year may be on the model of the year before: that warns.
    """
    for paper in folder.papers:
        if paper.session is not None and paper.session != folder.candidate.session:
            message = _("« {source} » est de la session {session}, les autres documents de la session {usual}.")
            message = message.format(source=paper.file, session=paper.session, usual=folder.candidate.session)
            severity = Severity.WARNING if paper.form == "bts-sio-attestation-stage" else None
            yield self.found(message, field="session", severity=severity)
