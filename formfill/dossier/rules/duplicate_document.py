"""A document says what another one of the dossier says."""

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
    severity=Severity.INFO,
    title="Copie",
    each=True,
)
def duplicate_document(self: DossierRule, folder: Folder) -> Iterator[Finding]:
    """The Word and the PDF of one form are one document."""
    for item in folder.dossier.handed:
        if item.place is Place.DUPLICATE:
            yield self.found(_("« {source} » dit la même chose qu’un autre document du dossier.").format(source=item.paper.file))
