"""The tableau and an attestation name different schools."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from formfill.dossier.names import words
from formfill.dossier.papers import text_of
from formfill.dossier.rules import rule
from formfill.language import gettext as _
from formfill.model.authority import Authority, Proof
from formfill.model.report import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.dossier.rules import DossierRule, Folder
    from formfill.model.dossier import Paper
    from formfill.model.report import Finding


_COMMON: Final = frozenset(
    ("lycee", "lycees", "campus", "cfa", "greta", "ecole", "centre", "institut", "de", "du", "des", "la", "le", "les", "l", "d")
)
"""Words that any school’s name has."""


def _school(paper: Paper) -> str | None:
    return text_of(paper.record, "centre") or text_of(paper.record, "etablissement")


@rule(
    severity=Severity.WARNING,
    title="Établissements différents",
    authority=Authority("RG-08", "modèle officiel du tableau de synthèse ; attestations remplies, déduit", Proof.SECONDARY),
)
def centre_differs(self: DossierRule, folder: Folder) -> Iterator[Finding]:
    """Names of schools are written in many ways: only those without a common word are told."""
    centres = [(paper, name) for paper in folder.papers if (name := _school(paper)) is not None]
    for paper, name in centres[1:]:
        if not words(name) & words(centres[0][1]) - _COMMON:
            message = _("« {source} » nomme l’établissement « {name} », « {other} » « {first} ».")
            message = message.format(source=paper.file, name=name, other=centres[0][0].file, first=centres[0][1])
            yield self.found(message, field="centre")
