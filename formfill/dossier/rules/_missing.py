"""What is said of a piece that is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.model.dossier import Dossier


def messages(dossier: Dossier) -> Iterator[str]:
    """One for each missing piece; it names the documents of nobody that may be it, and what formfill cannot read in its place."""
    for piece in dossier.missing:
        message = _("Pièce manquante : {piece}.").format(piece=piece.label)
        perhaps = dossier.may_be(piece)
        if perhaps:
            hint = _("Voyez d’abord, sans propriétaire connu : {sources}.")
            message += " " + hint.format(sources=", ".join(f"« {paper.path} »" for paper in perhaps))
        if piece.otherwise:
            message += " " + _("Sur un autre modèle, elle n’est pas reconnue : voyez les fichiers hors dossier.")
        yield message
