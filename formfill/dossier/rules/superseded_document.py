"""A document of an older session, beside the same of a later one."""

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
    title="Document remplacé",
    each=True,
)
def superseded_document(self: DossierRule, folder: Folder) -> Iterator[Finding]:
    """The later session counts; the older document is left out of every comparison."""
    for item in folder.dossier.handed:
        if item.place is Place.SUPERSEDED:
            message = _("« {source} » est d’une session antérieure : une version plus récente la remplace.")
            yield self.found(message.format(source=item.paper.file))
