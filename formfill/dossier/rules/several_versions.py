"""Several versions of one piece, and nothing tells which one counts."""

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
    title="Plusieurs versions",
    each=True,
)
def several_versions(self: DossierRule, folder: Folder) -> Iterator[Finding]:
    """Choosing one would be a guess: a person says which."""
    by_piece: dict[str, list[str]] = {}
    for item in folder.dossier.handed:
        if item.place is Place.VERSION and item.piece is not None:
            by_piece.setdefault(item.piece.label, []).append(item.paper.file)
    for label, sources in by_piece.items():
        message = _("{piece} : plusieurs versions ({sources}). Laquelle compte ?")
        yield self.found(message.format(piece=label, sources=", ".join(sources)))
