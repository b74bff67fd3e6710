"""The fiche d’appréciation and the grid tell different absences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from formfill.dossier.rules import rule
from formfill.language import gettext as _
from formfill.model.authority import Authority, Proof
from formfill.model.document import MarkState
from formfill.model.report import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.dossier.rules import DossierRule, Folder
    from formfill.model.dossier import Paper
    from formfill.model.report import Finding


_SAME: Final = {"une_absente": 1, "deux_absentes": 2, "aucune": 2}
"""How many réalisations are absent, by box."""


def _absent(paper: Paper, field: str) -> frozenset[int] | None:
    boxes = [box for box in paper.record.boxes if box.field == field and box.option in _SAME]
    if any(box.state is MarkState.UNCERTAIN for box in boxes):
        return None
    return frozenset(_SAME[box.option] for box in boxes if box.state is MarkState.TICKED)


@rule(
    severity=Severity.WARNING,
    title="Absences discordantes",
    authority=Authority("RG-33", "modèles officiels de la fiche d’appréciation (annexes 7-6, VII-6), déduit", Proof.SECONDARY),
    bloc="B2",
)
def absences_differ(self: DossierRule, folder: Folder) -> Iterator[Finding]:
    """Boxes of one meaning on two documents of the jury."""
    grids, sheets = folder.dossier.papers("grille"), folder.dossier.papers("appreciation")
    if len(grids) != 1 or len(sheets) != 1:
        return
    said = [_absent(grids[0], "penalites"), _absent(sheets[0], "absences")]
    if None not in said and said[0] != said[1]:
        message = _("La grille et la fiche d’appréciation ne disent pas les mêmes absences de réalisation.")
        yield self.found(message, field="absences")
