"""What an OpenDocument file must be told of beside its marks: drawings over no box, buttons on together, struck text. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.language import gettext as _
from formfill.model.report import Finding, Severity
from formfill.readers._marks import STRUCK
from formfill.readers._threads import resolved

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.readers._cells import Shelf
    from formfill.readers._odfboxes import Controls
    from formfill.readers._odfml import Seen


def news(seen: Seen, shelf: Shelf, controls: Controls) -> Iterator[Finding]:
    """The findings of a text or of a workbook, once all its marks are known."""
    yield from unplaced(shelf)
    yield from _struck(seen, shelf)
    for labels in controls.clashes:
        message = _("Boutons d’option : {names} sont choisis ensemble, alors qu’un seul du groupe peut l’être.")
        yield Finding("uncertain-mark", Severity.WARNING, message.format(names=", ".join(f"« {label} »" for label in labels)))
    for place, shown in seen.filled:
        message = _("Un champ se dit vide et contient « {shown} », qui a été lu : un programme l’a sans doute rempli.")
        yield Finding("placeholder-filled", Severity.WARNING, message.format(shown=shown[:200]), place=place)
    for place, kinds in seen.formatted.items():
        from formfill.readers._wordformats import message as formatted

        yield Finding("tracked-change", Severity.INFO, formatted(kinds), place=place)
    yield from resolved(seen.annotations)


def unplaced(shelf: Shelf) -> Iterator[Finding]:
    """The findings on drawings that may cover one box or another."""
    message = _("Un dessin peut couvrir une case ou une autre : le fichier ne dit pas laquelle. Regardez le document imprimé.")
    for place in shelf.unplaced:
        yield Finding("unplaced-drawing", Severity.WARNING, message, place=place)


def _struck(seen: Seen, shelf: Shelf) -> Iterator[Finding]:
    """Text struck through; alternatives of which some are struck are marks of their own, and no news."""
    settled = {mark.place for mark in shelf.marks if [item.kind for item in mark.evidence] == [STRUCK.kind]}
    sentence = _("Du texte est barré ; il a été lu : « {text} ».")
    for place, text in seen.struck.items():
        if place not in settled:
            yield Finding("struck-text", Severity.WARNING, sentence.format(text=text[:200]), place=place)
