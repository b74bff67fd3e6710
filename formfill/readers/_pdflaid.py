"""What is laid over the boxes of a PDF page as a whole: pictures, annotations, and large paths that pass through them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from formfill.model.document import Evidence, Says
from formfill.readers._ink import TICKED, Sign
from formfill.readers._pdfpaths import SMALL, THIN
from formfill.readers._pdfscene import BESIDE
from formfill.readers._pdfstrokes import stretches
from formfill.readers._pdftargets import TIGHT, Over, in_middle, through
from formfill.readers._strokes import Path, distance, gap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from formfill.model.geometry import Box
    from formfill.readers._pdfscene import Scene

BACKGROUND: Final = 0.5
"""A picture of more than this share of the page lies behind everything."""
_UNCLEAR_ORDER: Final = 1 << 30


def surfaces(scene: Scene) -> None:
    """Says what each picture and each annotation tells of the boxes that it is laid over or beside."""
    page = scene.page
    area = BACKGROUND * page.width * page.height
    pictures = [Over("picture", "image", page.box(*image), limit=1e6) for image in scene.drawn.images]
    for thing in (*pictures, *scene.notes[0]):
        if thing.box.width * thing.box.height > area or (thing.kind == "picture" and thing.box in scene.pictures):
            continue
        on = sorted((distance(thing.box, target.box), rank) for rank, target in enumerate(scene.targets) if thing.tight(target.box))
        astride = len(on) > 1 and on[1][0] - on[0][0] < 0.25
        best = scene.targets[on[0][1]] if on and not astride else None
        met = False
        for target in scene.targets:
            if target.is_field and thing.kind != "annotation":
                continue
            if target is best:
                says = _looks(scene, thing) if thing.kind == "picture" else thing.says
                says = (
                    says if says is not Says.TICKED or all(item.says is not Says.UNCLEAR for item in target.base) else Says.UNCLEAR
                )
                target.more.append(Evidence(thing.kind, says, thing.detail))
                met = True
            elif thing.meets(target.box):
                target.more.append(Evidence(thing.kind, Says.UNCLEAR, thing.detail))
                met = True
        if not met and thing.kind == "annotation":
            _near(scene, thing.box, thing.detail)


def _near(scene: Scene, own: Box, detail: str) -> None:
    """Doubts the boxes that an annotation is laid beside, or on the label of."""
    for target in scene.targets:
        box = target.box
        small = own.width <= TIGHT * box.width and own.height <= TIGHT * box.height
        if small and gap(own, box) <= BESIDE and scene.same_cell(own, box):
            target.more.append(Evidence("annotation", Says.UNCLEAR, f"{detail} beside the box"))
        elif scene.on_label(own, box):
            target.more.append(Evidence("annotation", Says.UNCLEAR, f"{detail} on its label"))


def _looks(scene: Scene, thing: Over) -> Says:
    """What a picture laid over a box shows."""
    found = scene.sign(thing.box)
    ticks = found in TICKED or found in (Sign.CROSS, Sign.CHECK, Sign.FILLED, Sign.DISC, Sign.POINT)
    return Says.TICKED if ticks else Says.UNCLEAR


def large(scene: Scene, short: Sequence[Box]) -> None:
    """Large paths that pass through a box, and short level strokes in its middle."""
    for rule in short:
        for target in scene.targets:
            box = target.box
            if (target.line >= 0 or not target.is_field) and in_middle(rule, box) and min(rule.width, rule.height) <= THIN:
                line = ((rule.x0, rule.top), (rule.x1, rule.bottom))
                target.paths.append(Path(rule, (line,), False, 0.0, 1.0, _UNCLEAR_ORDER))
    for shape in scene.drawn.shapes:
        bounds = scene.page.box(*shape[0])
        if bounds.width < SMALL and bounds.height < SMALL:
            continue
        near = [
            target
            for target in scene.targets
            if not (
                bounds.x0 > target.box.x1
                or bounds.x1 < target.box.x0
                or bounds.top > target.box.bottom
                or bounds.bottom < target.box.top
            )
        ]
        if not near:
            continue
        for stretch in stretches(scene.page, shape):
            for target in near:
                if any(through(a, b, target.box) for a, b in pairwise(stretch)):
                    target.stray += 1
