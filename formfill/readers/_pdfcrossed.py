"""Crosses typed over the boxes of a PDF page, or beside them: as lines of their own, or among the words of others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from formfill.model.document import Evidence, Says
from formfill.model.geometry import Box
from formfill.readers._pdfglyphs import alone
from formfill.readers._pdfhosts import CROSSES, LONE
from formfill.readers._pdfscene import BESIDE
from formfill.readers._strokes import LARGEST, OFF, distance, gap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from formfill.readers._pdfscene import Scene
    from formfill.readers._pdftargets import Target
    from formfill.readers._visual import Line

_CROSS: Final = re.compile(f"[{''.join(sorted(CROSSES))}]")


def letter(scene: Scene, index: int) -> None:
    """A cross typed over a box, as a line of its own or among the words of another."""
    line = scene.lines[index]
    if line is None or line.start < 0:
        return
    for at, char in scene.page.text.signs(line, LONE):
        own = scene.page.text.ink_of(at)
        ranked = sorted(
            (distance(own, target.box), rank) for rank, target in enumerate(scene.targets) if gap(own, target.box) <= 0.2
        )
        if not ranked or ranked[0][0] > OFF or own.height > LARGEST * scene.targets[ranked[0][1]].box.height:
            continue
        if len(ranked) > 1 and ranked[1][0] - ranked[0][0] < 0.25:
            for _far, rank in ranked[:2]:
                scene.targets[rank].stray += 1
            continue
        target = scene.targets[ranked[0][1]]
        target.more.append(Evidence("typed-over", _agreed(scene, target), f"U+{ord(char):04X} {char}"))
        target.letters.append((at, own))
        scene.lines[index : index + 1] = scene.page.text.without(line, at, at + 1)
        return


def astray(scene: Scene) -> None:
    """The crosses typed beside a box, which may be meant for it; what is part of a longer text is none."""
    boxes = [target.box for target in scene.targets]
    reach = [(box.top - BESIDE * box.height, box.bottom + BESIDE * box.height) for box in boxes]
    index = 0
    while index < len(scene.lines):
        line = scene.lines[index]
        if (
            line is not None
            and line.start >= 0
            and any(top <= line.bottom and line.top <= bottom for top, bottom in reach)
            and _CROSS.search(line.text)
        ):
            own = Box(line.x0, line.top, line.x1, line.bottom)
            near = [target for target in scene.targets if gap(own, target.box) <= BESIDE]
            if near and _taken(scene, index, line, near):
                continue
        index += 1


def _taken(scene: Scene, index: int, line: Line, targets: Sequence[Target]) -> bool:
    """Takes a cross beside a box out of its line; tells whether there was one."""
    for at, char in scene.page.text.signs(line, _CROSS):
        own = scene.page.text.ink_of(at)
        near = [target for target in targets if gap(own, target.box) <= BESIDE and scene.same_cell(own, target.box)]
        if near and alone(scene.page.text.handle, at):
            for target in near:
                target.more.append(Evidence("typed-over", Says.UNCLEAR, f"U+{ord(char):04X} {char} beside the box"))
            scene.lines[index : index + 1] = scene.page.text.without(line, at, at + 1)
            return True
    return False


def _agreed(scene: Scene, target: Target) -> Says:
    """What a cross over a box says: over one that is already ticked it agrees, over an unclear one it does not help."""
    says = {item.says for item in target.base}
    return Says.UNCLEAR if Says.UNCLEAR in says else Says.TICKED
