"""Whose box a stroke or a fill of a PDF page is: the one that its middle lies in, off-centre by half a box at most.

One that lies between two boxes, or beside one, leaves them unclear. What lies over a whole line of text, or fills a cell, is not
over the box in particular and is left.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from formfill.readers._pdfscene import BESIDE
from formfill.readers._pdftargets import covers, in_middle, through
from formfill.readers._strokes import FAINT, LARGEST, OFF, distance, gap, is_stroke

if TYPE_CHECKING:
    from collections.abc import Sequence

    from formfill.readers._pdfscene import Scene
    from formfill.readers._pdftargets import Target
    from formfill.readers._strokes import Path

BETWEEN: Final = 3.0
"""A mark between two boxes of a line leaves both unclear when they are nearer than this, in sides of the box."""


def give(scene: Scene, paths: Sequence[Path]) -> list[Path]:
    """Gives each path to the box it belongs to; returns those that have nothing to do with a box."""
    left, waiting = [], []
    reach = BETWEEN * max(max(target.box.width, target.box.height) for target in scene.targets)
    tops = sorted(scene.targets, key=lambda target: target.box.top)
    for path in paths:
        if not _is_mark(scene, path):
            left.append(path)
            continue
        own = path.box
        near = [
            target
            for target in tops
            if own.top <= target.box.bottom + reach
            and own.bottom >= target.box.top - reach
            and own.x0 <= target.box.x1 + reach
            and own.x1 >= target.box.x0 - reach
        ]
        if not near:
            left.append(path)
        elif not _belongs(scene, path, near):
            waiting.append((path, near))
    for path, near in waiting:
        _stray(scene, path, near)
        _ring(scene, path, near)
    return left


def _ring(scene: Scene, path: Path, near: Sequence[Target]) -> None:
    """Doubts the boxes whose label a stroke goes around, or that ink is laid on."""
    line = path.lines[0]
    open_by = max(abs(line[0][0] - line[-1][0]), abs(line[0][1] - line[-1][1]))
    ring = len(line) > 5 and path.fill <= FAINT and not path.level and open_by < 0.35 * max(path.box.width, path.box.height)
    if ring or path.kind == "annotation":
        for target in near:
            if not target.stray and path not in target.paths and scene.on_label(path.box, target.box):
                target.stray += 1


def _is_mark(scene: Scene, path: Path) -> bool:
    if path.fill <= FAINT and path.stroke <= FAINT:
        return False
    # frames, and rules of a table: their surface counts, their sides do not
    return not path.level or (path.fill > FAINT and path.surface) or is_stroke(path)


def _belongs(scene: Scene, path: Path, near: Sequence[Target]) -> bool:
    ranked = sorted(((distance(path.box, target.box), rank) for rank, target in enumerate(near)))
    best, rank = ranked[0]
    target = near[rank]
    box = target.box
    if is_stroke(path):
        for other in near:
            if in_middle(path.box, other.box):
                other.paths.append(path)
        return True
    if path.level:
        for other in near:
            if covers(path.box, other.box) and not scene.ground(path.box, other.box):
                other.paths.append(path)
        return True
    if path.box.width > LARGEST * box.width or path.box.height > LARGEST * box.height:
        return False
    if len(ranked) > 1 and ranked[1][0] < 1 and ranked[1][0] - best < 0.25:
        return False
    if best <= OFF:
        target.paths.append(path)
        return True
    # a large check stands on its foot
    for line in path.lines:
        foot = max(range(len(line)), key=lambda k: line[k][1])
        if 0 < foot < len(line) - 1 and path.fill <= FAINT:
            for other in near:
                if other.box.contains(*line[foot]):
                    other.paths.append(path)
                    return True
    return False


def _stray(scene: Scene, path: Path, near: Sequence[Target]) -> None:
    row = [
        t for t in scene.targets if t.box.top < path.box.bottom and t.box.bottom > path.box.top and gap(path.box, t.box) <= BETWEEN
    ]
    left = [target for target in row if target.box.x1 <= path.box.x0 + 1]
    right = [target for target in row if target.box.x0 >= path.box.x1 - 1]
    if left and right and max(path.box.width, path.box.height) >= 0.4 * max(left[-1].box.width, left[-1].box.height):
        # it stands between two boxes: nothing says which of them is meant
        for target in (max(left, key=lambda t: t.box.x1), min(right, key=lambda t: t.box.x0)):
            target.stray += 1
        return
    for target in near:
        box = target.box
        if path.box.width > LARGEST * box.width or path.box.height > LARGEST * box.height:
            if any(through(a, b, box, 0.1) for line in path.lines for a, b in pairwise(line)):
                target.stray += 1
            continue
        if gap(path.box, box) <= BESIDE and max(path.box.width / box.width, path.box.height / box.height) >= 0.4:
            # the second stroke of a cross may stand farther off than the first
            if gap(path.box, box) == 0 and target.paths and any(gap(path.box, other.box) == 0 for other in target.paths):
                target.paths.append(path)
            else:
                target.stray += 1
