"""The two fiches together do not cover the bloc."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.dossier.rules import rule
from formfill.dossier.rules._fiches import both
from formfill.language import gettext as _
from formfill.model.authority import Authority, Proof
from formfill.model.document import MarkState
from formfill.model.report import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.dossier.rules import DossierRule, Folder
    from formfill.model.report import Finding


@rule(
    severity=Severity.ERROR,
    title="Bloc 2 non couvert",
    authority=Authority("RG-16", "circulaire nationale, annexes 7 (2023) et VII (2026)", Proof.OFFICIAL),
    bloc="B2",
)
def bloc_not_covered(self: DossierRule, folder: Folder) -> Iterator[Finding]:
    """With one fiche only, its absence is what is told; with two versions of one, that is.

    A fiche with an uncertain box or no box ticked is told by itself.
    """
    fiches = both(folder)
    if fiches is None or len({paper.form for paper in fiches}) > 1:
        return
    boxes = [[box for box in paper.record.boxes if box.field == "competences"] for paper in fiches]
    if not all(any(box.state is MarkState.TICKED for box in own) for own in boxes):
        return
    seen = {box.option for own in boxes for box in own if box.state is not MarkState.BLANK}
    missing = [box for box in boxes[0] if box.option not in seen]
    if missing:
        named = ", ".join(f"{box.option} ({box.label})" for box in missing)
        message = _("Aucune des deux fiches ne couvre : {competences}.").format(competences=named)
        yield self.found(message, field="competences")
