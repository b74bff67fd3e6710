"""The two fiches of a dossier of bloc 2."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from formfill.dossier.rules import Folder
    from formfill.model.dossier import Paper


def both(folder: Folder) -> tuple[Paper, Paper] | None:
    """Fiches 1 and 2; None when one is missing, or when it has several versions and nothing tells which one counts."""
    one, two = folder.dossier.papers("fiche-1"), folder.dossier.papers("fiche-2")
    return (one[0], two[0]) if len(one) == len(two) == 1 else None
