"""What is said of a piece that is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.dossier.names import near_name, same_name
from formfill.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.dossier.rules import Folder
    from formfill.model.dossier import Paper, Piece


def messages(folder: Folder) -> Iterator[str]:
    """One for each missing piece; it names the documents of nobody that may be it, and what formfill cannot read in its place."""
    for piece in folder.dossier.missing:
        message = _("Pièce manquante : {piece}.").format(piece=piece.label)
        perhaps = [paper.file for paper in folder.unassigned if _may_be(paper, piece, folder)]
        if perhaps:
            hint = _("Voyez d’abord, sans propriétaire connu : {sources}.")
            message += " " + hint.format(sources=", ".join(f"« {name} »" for name in perhaps))
        if piece.otherwise:
            message += " " + _("Sur un autre modèle, elle n’est pas reconnue : voyez les fichiers hors dossier.")
        yield message


def _may_be(paper: Paper, piece: Piece, folder: Folder) -> bool:
    who = folder.candidate.name
    return paper.form in piece.forms and (paper.name is None or same_name(paper.name, who) or near_name(paper.name, who))
