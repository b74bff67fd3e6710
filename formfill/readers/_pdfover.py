"""The tick boxes of a PDF page and what is drawn over them: strokes, fills, letters, pictures, annotations. Needs PDFium's raw API.

A mark belongs to the box that its middle lies in, off-centre by half a box at most; one that lies between two boxes, or beside one,
leaves them unclear. What lies over a whole line of text, or fills a cell, is not over the box in particular and is left.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.model.document import Evidence, MarkState, Says
from formfill.model.glyphs import SHOWN
from formfill.readers._boxes import frames
from formfill.readers._marks import weigh
from formfill.readers._pdfcrossed import astray, letter
from formfill.readers._pdfdrawn import accept, pictured
from formfill.readers._pdfgiven import give
from formfill.readers._pdfhosts import hosted, insert, typed
from formfill.readers._pdflaid import large, surfaces
from formfill.readers._pdfscene import Scene
from formfill.readers._pdfstrokes import MOST, small_paths
from formfill.readers._pdftargets import Target, thin
from formfill.readers._strokes import verdict
from formfill.readers._visual import Line, Spot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from formfill.model.geometry import Box
    from formfill.readers._boxes import Frame
    from formfill.readers._grid import Tiling
    from formfill.readers._pdfhidden import Covers
    from formfill.readers._pdfium import Page
    from formfill.readers._pdfpaths import Drawing
    from formfill.readers._pdftargets import Over
    from formfill.readers._strokes import Path


def with_boxes(
    page: Page,
    drawn: Drawing,
    squares: tuple[Sequence[Frame], Sequence[Box]],
    notes: tuple[Sequence[Over], Sequence[Path]],
    tables: Sequence[Tiling],
    lines: list[Line],
    covers: Covers,
) -> tuple[list[Line], list[Path]]:
    """The lines of a page with the boxes that are drawn among them, each box with what lies over it; and the paths left over.

    Args:
        page: an open page.
        drawn: what is drawn on it.
        squares: its boxes of four lines, and the straight edges that draw no box, as displayed.
        notes: its annotations: surfaces, and strokes.
        tables: its tables.
        lines: its lines of text, boxes printed as glyphs and form fields among them.
        covers: what hides marks.
    """
    lines = covers.shown(lines)
    if not (drawn.shapes or drawn.parts or drawn.images or squares[0] or notes[0] or notes[1]):
        spots = [spot.box for line in lines for spot in line.spots]
        if not spots:
            return lines, []
        if not typed(lines) and not thin(squares[1], spots):
            return hosted(page, lines, tables), []
    scene = Scene(page, drawn, tables, covers, lines, notes)
    found, scene.left = frames(small_paths(page, drawn), squares[0])
    scene.targets = [
        Target(spot.box, spot.evidence, index, rank) for index, line in enumerate(lines) for rank, spot in enumerate(line.spots)
    ]
    accept(scene, found)
    pictured(scene)
    left = _judged(scene, squares[1])
    return hosted(page, [line for line in scene.lines if line is not None], tables), left


def _judged(scene: Scene, edges: Sequence[Box]) -> list[Path]:
    """Gives each box what lies over it, and puts both among the lines; returns the paths that belong to no box."""
    if not scene.targets or len(scene.targets) > MOST:
        return [*scene.left, *scene.notes[1]]
    short = thin(edges, [target.box for target in scene.targets])
    left = give(scene, [*scene.left, *scene.notes[1]])
    for index in reversed(typed([line or Line("", 0, 0, 0, 0, 0) for line in scene.lines])):
        letter(scene, index)
    astray(scene)
    surfaces(scene)
    large(scene, short)
    for target in scene.targets:
        _judge(target)
        _hide(scene, target)
    _put_back(scene)
    return left


def _judge(target: Target) -> None:
    by_kind: dict[str, list[Path]] = {}
    for path in target.paths:
        by_kind.setdefault(path.kind, []).append(path)
    blank = all(item.says is Says.BLANK for item in target.base)
    for kind, paths in by_kind.items():
        says, detail = verdict(target.box, paths)
        name = next((path.name for path in paths if path.name), "")
        if not blank:
            # two strokes over a ticked box may as well cross it out
            says = Says.UNCLEAR
        target.more.append(Evidence(kind, says, f"{name} {detail}".strip()))
    if target.stray:
        target.more.append(Evidence("strokes", Says.UNCLEAR, "stray stroke"))


def _hide(scene: Scene, target: Target) -> None:
    """Doubts a tick of which something is not to be seen."""
    if weigh(target.evidence) is not MarkState.TICKED:
        return
    paths = [*target.paths, target.own] if target.own is not None else target.paths
    seen = [scene.covers.of_path(path) for path in paths]
    visible = [path for path, hidden in zip(paths, seen, strict=True) if hidden is None]
    if visible and verdict(target.box, visible)[0] is Says.TICKED:
        # ticked again over what hides the first tick
        seen = []
    seen += [scene.covers.of_sign(char, box) for char, box in target.letters]
    target.more += [evidence for evidence in dict.fromkeys(seen) if evidence is not None]


def _put_back(scene: Scene) -> None:
    """Puts the evidence in the lines, and the drawn boxes among them."""
    known = {(target.box, target.base): target.evidence for target in scene.targets if target.line >= 0 and target.more}
    for index, line in enumerate(scene.lines):
        if known and line is not None and line.spots:
            spots = tuple(Spot(spot.box, known.get((spot.box, spot.evidence), spot.evidence)) for spot in line.spots)
            scene.lines[index] = line._replace(spots=spots)
    for target in sorted((target for target in scene.targets if target.line < 0), key=lambda t: (t.box.top, t.box.x0)):
        box = target.box
        shown = SHOWN[weigh(target.evidence)]
        spot = Spot(box, target.evidence)
        insert(scene.page, scene.lines, Line(shown, box.x0, box.top, box.x1, box.bottom, box.bottom, spots=(spot,)))
