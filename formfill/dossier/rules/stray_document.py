"""A document that is no piece of the épreuve."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.dossier.rules import rule
from formfill.language import gettext as _
from formfill.model.dossier import Place
from formfill.model.report import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.dossier.rules import DossierRule, Folder
    from formfill.model.report import Finding


@rule(
    severity=Severity.WARNING,
    title="Document en trop",
    each=True,
)
def stray_document(self: DossierRule, folder: Folder) -> Iterator[Finding]:
    """A third fiche, for instance: a person says which two count."""
    for item in folder.dossier.handed:
        if item.place is Place.STRAY:
            yield self.found(_("« {source} » n’est aucune des pièces attendues.").format(source=item.paper.file))
