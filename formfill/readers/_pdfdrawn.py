"""The tick boxes that are drawn on a PDF page, or are pictures: squares that are no cells and no frames about a letter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from formfill.model.document import Evidence, Says
from formfill.model.glyphs import BOX_GLYPHS
from formfill.readers._boxes import alike, squarish
from formfill.readers._ink import BOXES, TICKED, Sign
from formfill.readers._pdfhosts import CROSSES
from formfill.readers._pdftargets import Target, covers
from formfill.readers._strokes import DARK, FAINT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from formfill.model.geometry import Box
    from formfill.readers._boxes import Frame
    from formfill.readers._pdfscene import Scene

_MOST_LETTERED: Final = 3
"""Most boxes of a page with a letter in them."""
_MOST_PICTURES: Final = 60
"""Small pictures of a page that are looked at."""


def accept(scene: Scene, found: Sequence[Frame]) -> None:
    """Keeps the drawn squares that are boxes of their own: no cell, no frame around a glyph or a letter."""
    fields = list(scene.targets)
    lettered: list[tuple[Frame, str]] = []
    for frame in found:
        box = frame.box
        other = any(box.contains(*target.box.centre) or target.box.contains(*box.centre) for target in fields)
        inside = None if other or scene.is_cell(box) else _letters(scene, box)
        if isinstance(inside, str):
            lettered.append((frame, inside))
            continue
        if inside is None:
            if frame.path is not None and (frame.fill > FAINT or frame.round):
                scene.left.append(frame.path)
            continue
        detail = f"{frame.detail} {box.width:.1f} × {box.height:.1f} pt"
        target = Target(box, (Evidence("drawn-box", Says.BLANK, detail),))
        if frame.fill >= DARK:
            target.own = frame.filler or frame.path
            target.more.append(Evidence("strokes", Says.TICKED, "fill"))
        elif frame.fill > FAINT and not _usual(scene, frame, found):
            target.more.append(Evidence("strokes", Says.UNCLEAR, "light fill"))
        target.more += [Evidence("typed-over", Says.TICKED, f"U+{ord(char):04X} {char}") for _at, char in inside]
        target.letters += [(at, scene.page.text.ink_of(at)) for at, _char in inside]
        scene.targets.append(target)
    # a letter where others are left empty says something; many boxes of letters are there to be written in
    drawn = [target.box for target in scene.targets[len(fields) :]]
    few = len(lettered) <= min(len(drawn), _MOST_LETTERED)
    for frame, char in lettered:
        if few and any(alike(frame.box, box) for box in drawn):
            base = Evidence("drawn-box", Says.BLANK, f"{frame.detail} {frame.box.width:.1f} × {frame.box.height:.1f} pt")
            over = Evidence("typed-over", Says.UNCLEAR, f"U+{ord(char):04X} {char}")
            scene.targets.append(Target(frame.box, (base,), more=[over]))
            _take_out(scene, frame.box)
        elif frame.path is not None and (frame.fill > FAINT or frame.round):
            scene.left.append(frame.path)


def pictured(scene: Scene) -> None:
    """Boxes that are pictures: small squares that show one and lie over no other box."""
    page = scene.page
    places = [page.box(*image) for image in scene.drawn.images]
    small = [box for box in places if squarish(box.width, box.height)]
    for box in small[:_MOST_PICTURES]:
        if any(covers(box, target.box) or covers(target.box, box) for target in scene.targets) or scene.is_cell(box):
            continue
        found = scene.sign(box)
        if found in BOXES:
            says = Says.BLANK if found is Sign.EMPTY else Says.TICKED if found in TICKED else Says.UNCLEAR
            kind = "drawn-box" if says is Says.BLANK else "picture"
            scene.pictures.add(box)
            scene.targets.append(Target(box, (Evidence(kind, says, f"image, {found.value}"),)))


def _take_out(scene: Scene, box: Box) -> None:
    """Takes what is written in a box out of its line."""
    for index, line in enumerate(scene.lines):
        if line is not None and line.start >= 0 and line.top < box.bottom and line.bottom > box.top:
            inside = scene.page.text.inside(line, box)
            if inside:
                scene.lines[index : index + 1] = scene.page.text.without(line, inside[0][0], inside[-1][0] + 1)
                return


def _usual(scene: Scene, frame: Frame, found: Sequence[Frame]) -> bool:
    """Tells whether most boxes are filled like this one: the look of the form."""
    alike = sum(abs(other.fill - frame.fill) < 0.05 for other in found)
    return len(found) == 1 or 2 * alike > len(found)


def _letters(scene: Scene, box: Box) -> list[tuple[int, str]] | str | None:
    """The crosses typed in a drawn box, taken out of their lines; another sign that is all that is written in it; else None."""
    found: list[tuple[int, str]] = []
    for index, line in enumerate(scene.lines):
        if line is None or line.start < 0 or line.x0 >= box.x1 or line.x1 <= box.x0:
            continue
        if line.top >= box.bottom or line.bottom <= box.top:
            continue
        inside = scene.page.text.inside(line, box)
        if not inside:
            continue
        if any(char not in CROSSES for _at, char in inside):
            return inside[0][1] if len(inside) == 1 and inside[0][1] not in BOX_GLYPHS else None
        if len(line.text.strip()) > 1:
            found += inside
            left, right = scene.page.text.without(line, inside[0][0], inside[-1][0] + 1)
            scene.lines[index : index + 1] = [left, right]
            return found
    return found
