"""The note of the fiche d’appréciation is not the final note of the grid."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from formfill.dossier.rules import rule
from formfill.dossier.rules._internships import number
from formfill.language import gettext as _
from formfill.model.authority import Authority, Proof
from formfill.model.report import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.dossier.rules import DossierRule, Folder
    from formfill.model.report import Finding


@rule(
    severity=Severity.ERROR,
    title="Notes différentes",
    authority=Authority("RG-14", "circulaire nationale, annexes 7 (2023) et VII (2026)", Proof.OFFICIAL),
    bloc="B2",
)
def notes_differ(self: DossierRule, folder: Folder) -> Iterator[Finding]:
    """The grid prints that its final note is to be copied there. Rounding up is accepted."""
    grids, sheets = folder.dossier.papers("grille"), folder.dossier.papers("appreciation")
    if len(grids) != 1 or len(sheets) != 1:
        return
    final, note = number(grids[0].record.answer("note_finale")), number(sheets[0].record.answer("note"))
    if final is not None and note is not None and note not in (final, ceil(final)):
        message = _("La fiche d’appréciation porte {note}, la grille {final}.").format(note=f"{note:g}", final=f"{final:g}")
        yield self.found(message, field="note")
