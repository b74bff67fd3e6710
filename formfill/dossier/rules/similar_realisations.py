"""Both fiches have nearly the same title or the same description."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from formfill.dossier.complete import title
from formfill.dossier.papers import text_of
from formfill.dossier.rules import rule
from formfill.dossier.rules._fiches import both
from formfill.language import gettext as _
from formfill.model.authority import Authority, Proof
from formfill.model.report import Severity
from formfill.text import nearness, normalise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.dossier.rules import DossierRule, Folder
    from formfill.model.report import Finding


NEAR: Final = 92.0
"""Nearness, 0 to 100, of titles that may be one."""
SHORT: Final = 40
"""Characters of a description that two fiches may share."""


@rule(
    severity=Severity.WARNING,
    title="Réalisations ressemblantes",
    authority=Authority("RG-15", "circulaire nationale, annexes 7 (2023) et VII (2026), déduit", Proof.SECONDARY),
    bloc="B2",
)
def similar_realisations(self: DossierRule, folder: Folder) -> Iterator[Finding]:
    """They may be two réalisations all the same: a person reads them."""
    fiches = both(folder)
    if fiches is None or title(fiches[0]) == title(fiches[1]):
        return
    one, two = fiches
    texts = [normalise(text_of(paper.record, "descriptif") or "") for paper in (one, two)]
    near = bool(title(one) and title(two)) and nearness(title(one), title(two)) >= NEAR
    if near or (texts[0] == texts[1] and len(texts[0]) > SHORT):
        message = _("« {first} » et « {second} » se ressemblent : deux réalisations différentes sont attendues.")
        yield self.found(message.format(first=one.file, second=two.file), field="intitule")
