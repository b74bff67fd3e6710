"""The tick boxes of a PDF page and what is drawn over them: strokes, fills, letters, pictures, annotations. Needs PDFium's raw API.

A mark belongs to the box that its middle lies in, off-centre by half a box at most; one that lies between two boxes, or beside one,
leaves them unclear. What lies over a whole line of text, or fills a cell, is not over the box in particular and is left.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from formfill.model.document import Evidence, Says
from formfill.model.geometry import Box
from formfill.model.glyphs import BOX_GLYPHS, SHOWN, TICKS, TYPED_TICKS
from formfill.readers._boxes import Frame, frames
from formfill.readers._ink import TICKED, Sign, sign
from formfill.readers._marks import weigh
from formfill.readers._pdfcells import Fill, Inked
from formfill.readers._pdfglyphs import shown_ink
from formfill.readers._pdfpaths import SMALL, THIN, colour, outlines, tones
from formfill.readers._strokes import DARK, FAINT, LARGEST, LEVEL, OFF, Path, Polyline, around, distance, gap, verdict
from formfill.readers._visual import Line, Spot, beside

if TYPE_CHECKING:
    from collections.abc import Sequence

    from formfill.readers._grid import Tiling
    from formfill.readers._pdfium import Page
    from formfill.readers._pdfpaths import Drawing, Shape

COVERED: Final = 0.2
"""Share of the area of a box under which something is beside it."""
WIDEST: Final = 6.0
"""What is this many times as wide or as high as a box lies over more than the box."""
FILLED: Final = 4.0
"""A filled rectangle of this many times the area of a box is the ground of its cell."""
BACKGROUND: Final = 0.5
"""A picture of more than this share of the page lies behind everything."""
BESIDE: Final = 0.75
"""A mark that belongs to no box leaves those unclear that are nearer than this, in sides of the box."""
BETWEEN: Final = 3.0
"""A mark between two boxes of a line leaves both unclear when they are nearer than this, in sides of the box."""
MOST: Final = 4_000
"""Small paths of a page that are looked at; a page with more is a drawing."""
TIGHT: Final = 2.4
"""Times the size of a box that an annotation or a picture laid over the box alone may have."""
_FARTHEST: Final = 300.0
"""A text farther from a box than this, in points, is not on its line."""
_NEAR: Final = 2.0
"""A fill whose sides are this near to those of its cell, in points, is the ground of the cell."""
_CROSSES: Final = TYPED_TICKS | TICKS
_LONE: Final = re.compile(f"(?<![^\\s{''.join(BOX_GLYPHS)}])[{''.join(_CROSSES)}](?![^\\s{''.join(BOX_GLYPHS)}])")
"""Finds a cross among the words of a line."""
_UNCLEAR_ORDER: Final = 1 << 30


class Over(NamedTuple):
    """A surface laid on a page, as displayed: a picture, an annotation."""

    kind: str
    """Kind of evidence."""
    detail: str
    """What it is."""
    box: Box
    limit: float = WIDEST
    """Times the size of a box beyond which its surface says nothing of the box."""
    says: Says = Says.UNCLEAR
    """What it says of the box that it is laid on, and on it alone."""

    def meets(self, box: Box) -> bool:
        """Tells whether it lies over a box."""
        own = self.box
        return own.width <= self.limit * box.width and own.height <= self.limit * box.height and covers(own, box)

    def tight(self, box: Box) -> bool:
        """Tells whether it lies on a box and on nothing else."""
        own = self.box
        return own.width <= TIGHT * box.width and own.height <= TIGHT * box.height and distance(own, box) <= OFF


@dataclass(slots=True)
class Target:
    """A tick box of the page."""

    box: Box
    base: tuple[Evidence, ...]
    line: int = -1
    """Index of the line it is printed in; -1 for a drawn one."""
    spot: int = -1
    """Which of the boxes of its line."""
    paths: list[Path] = field(default_factory=list)
    """The strokes that belong to it."""
    more: list[Evidence] = field(default_factory=list)
    stray: int = 0
    """Strokes beside it that belong to no box."""

    @property
    def is_field(self) -> bool:
        """True for a form field."""
        return any(item.kind == "widget" for item in self.base)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """All that is known of it."""
        return self.base + tuple(self.more)


def covers(own: Box, box: Box) -> bool:
    """Tells whether a rectangle takes up a part of a box, or reaches into its middle half."""
    across = min(own.x1, box.x1) - max(own.x0, box.x0)
    down = min(own.bottom, box.bottom) - max(own.top, box.top)
    if across < 0 or down < 0:
        return False
    return across * down >= COVERED * box.width * box.height or in_middle(own, box)


def in_middle(own: Box, box: Box) -> bool:
    """Tells whether a rectangle reaches into the middle half of a box."""
    dx, dy = box.width / 4, box.height / 4
    return own.x0 < box.x1 - dx and own.x1 > box.x0 + dx and own.top < box.bottom - dy and own.bottom > box.top + dy


def _through(a: tuple[float, float], b: tuple[float, float], box: Box) -> bool:
    """Tells whether a segment passes through the middle half of a box; a long level or upright one is a rule."""
    (xa, ya), (xb, yb) = a, b
    if abs(xa - xb) <= LEVEL and abs(ya - yb) > WIDEST * box.height:
        return False
    if abs(ya - yb) <= LEVEL and abs(xa - xb) > WIDEST * box.width:
        return False
    low, high = 0.0, 1.0
    dx, dy = box.width / 4, box.height / 4
    for start, end, least, most in ((xa, xb, box.x0 + dx, box.x1 - dx), (ya, yb, box.top + dy, box.bottom - dy)):
        step = end - start
        if abs(step) < 1e-9:
            if not least < start < most:
                return False
            continue
        near, far = sorted(((least - start) / step, (most - start) / step))
        low, high = max(low, near), min(high, far)
    return low <= high


def with_boxes(
    page: Page,
    drawn: Drawing,
    squares: tuple[Sequence[Frame], Sequence[Box]],
    notes: tuple[Sequence[Over], Sequence[Path]],
    tables: Sequence[Tiling],
    lines: list[Line],
) -> tuple[list[Line], list[Path]]:
    """The lines of a page with the boxes that are drawn among them, each box with what lies over it; and the paths left over.

    Args:
        page: an open page.
        drawn: what is drawn on it.
        squares: its boxes of four lines, and the straight edges that draw no box, as displayed.
        notes: its annotations: surfaces, and strokes.
        tables: its tables.
        lines: its lines of text, boxes printed as glyphs and form fields among them.
    """
    if not (drawn.shapes or drawn.parts or drawn.images or squares[0] or notes[0] or notes[1]):
        spots = [spot.box for line in lines for spot in line.spots]
        if not spots:
            return lines, []
        if not _typed(lines) and not _thin(squares[1], spots):
            return _hosted(page, lines, tables), []
    lines, left = _Reading(page, drawn, squares, notes, tables, lines).done()
    return _hosted(page, lines, tables), left


def _hosted(page: Page, lines: list[Line], tables: Sequence[Tiling]) -> list[Line]:
    """The lines, each box that was printed apart from its words put back among them: forms are filled in after they are made."""
    lone = [
        line
        for index, line in enumerate(lines)
        if line.spots
        and len("".join(line.text.split())) == len(line.spots)
        and not (index and _worded(lines[index - 1]) and beside(lines[index - 1], line))
        and not (index + 1 < len(lines) and _worded(lines[index + 1]) and beside(line, lines[index + 1]))
        and not any(table.box.contains(*line.spots[0].box.centre) for table in tables)
    ]
    if not lone:
        return lines
    rest: list[Line | None] = [line for line in lines if not any(line is other for other in lone)]
    for line in lone:
        signs = "".join(line.text.split())
        for sign_, spot in zip(signs, line.spots, strict=True):
            own = line._replace(text=sign_, x0=spot.box.x0, x1=spot.box.x1, spots=(spot,))
            _insert(page, rest, own if len(line.spots) > 1 else line)
    return [line for line in rest if line is not None]


def _worded(line: Line) -> bool:
    """Tells whether a line holds more than boxes."""
    return len("".join(line.text.split())) > len(line.spots)


def _insert(page: Page, lines: list[Line | None], own: Line) -> None:
    """Puts a box among the lines, where it stands between the words of one of them."""
    box = own.spots[0].box
    host, best = -1, 0.0
    for index, line in enumerate(lines):
        if line is None:
            continue
        overlap = min(line.bottom, box.bottom) - max(line.top, box.top)
        if overlap < 0.35 * min(box.height, line.bottom - line.top):
            continue
        far = max(line.x0 - box.x1, box.x0 - line.x1, 0.0)
        score = 1000 - far + overlap / 100
        if far < _FARTHEST and score > best:
            host, best = index, score
    line = lines[host] if host >= 0 else None
    if line is None:
        at = next((k for k, other in enumerate(lines) if other is not None and other.top > own.bottom), len(lines))
        lines.insert(at, own)
        return
    left, right = page.text.parted(line, box.centre[0]) if line.x0 < box.x0 + 1 and line.x1 > box.x1 - 1 else (None, None)
    if left is None and right is None:
        left, right = (line, None) if line.x0 < box.x0 else (None, line)
    x0 = max(box.x0, left.x1) if left else box.x0
    x1 = min(box.x1, right.x0) if right else box.x1
    x0, x1 = (x0, x1) if x1 > x0 else (box.centre[0] - 0.05, box.centre[0] + 0.05)
    middle = own._replace(x0=x0, top=line.top, x1=x1, bottom=line.bottom, base=line.base)
    lines[host : host + 1] = [piece for piece in (left, middle, right) if piece is not None]


def _thin(rules: Sequence[Box], spots: Sequence[Box]) -> list[Box]:
    """The short lines that may strike through a box."""
    if not spots:
        return []
    x0, x1 = min(box.x0 for box in spots), max(box.x1 for box in spots)
    longest = WIDEST * max(max(box.width, box.height) for box in spots)
    return [
        rule
        for rule in rules
        if rule.x1 > x0
        and rule.x0 < x1
        and rule.x1 - rule.x0 <= longest
        and rule.bottom - rule.top <= longest
        and any(in_middle(rule, box) for box in spots)
    ]


def _typed(lines: Sequence[Line]) -> list[int]:
    """The lines that are a cross and nothing else."""
    return [
        index
        for index, line in enumerate(lines)
        if (len(line.text) <= 3 and line.text.strip() in _CROSSES) or (line.spots and _LONE.search(line.text))
    ]


class _Reading:
    """One page being read."""

    def __init__(
        self,
        page: Page,
        drawn: Drawing,
        squares: tuple[Sequence[Frame], Sequence[Box]],
        notes: tuple[Sequence[Over], Sequence[Path]],
        tables: Sequence[Tiling],
        lines: list[Line],
    ) -> None:
        self._page, self._drawn, self._tables = page, drawn, tables
        self._lines: list[Line | None] = list(lines)
        self._notes = notes
        self._paths = self._small_paths()
        found, self._left = frames(self._paths, squares[0])
        self._targets = [
            Target(spot.box, spot.evidence, index, rank) for index, line in enumerate(lines) for rank, spot in enumerate(line.spots)
        ]
        self._accept(found)
        self._short = _thin(squares[1], [target.box for target in self._targets])

    def done(self) -> tuple[list[Line], list[Path]]:
        """The lines with their boxes, and what belongs to none of them."""
        if not self._targets or len(self._targets) > MOST:
            return [line for line in self._lines if line is not None], [*self._left, *self._notes[1]]
        left = self._give([*self._left, *self._notes[1]])
        for index in reversed(_typed([line or Line("", 0, 0, 0, 0, 0) for line in self._lines])):
            self._letter(index)
        self._surfaces()
        self._large()
        for target in self._targets:
            self._judge(target)
        self._put_back()
        return [line for line in self._lines if line is not None], left

    # ------------------------------------------------------------------------------------------------------ what is drawn

    def _small_paths(self) -> list[Path]:
        """The small paths of the page, as displayed."""
        found = []
        shapes = [shape for shape in self._drawn.shapes if shape[0][2] - shape[0][0] < SMALL and shape[0][3] - shape[0][1] < SMALL]
        if len(shapes) + len(self._drawn.parts) > MOST:
            return []
        for order, shape in enumerate(shapes):
            filled, _stroked, curved, subpaths = outlines(shape)
            lines = tuple(self._shown(points) for points in subpaths if len(points) > 1)
            if lines:
                fill, stroke = tones(shape[1])
                found.append(
                    _path(lines, fill, stroke, order, curved=curved, opaque=filled, tint=colour(shape[1]) if filled else None)
                )
        for order, (_rect, points, item) in enumerate(self._drawn.parts, len(shapes)):
            fill, stroke = tones(item)
            found.append(_path((self._shown(points),), fill, stroke, order, curved=False, opaque=fill > 0))
        return found

    def _shown(self, points: Sequence[tuple[float, float]]) -> Polyline:
        boxes = [self._page.box(x, y, x, y) for x, y in points]
        return tuple((box.x0, box.top) for box in boxes)

    def _accept(self, found: Sequence[Frame]) -> None:
        """Keeps the drawn squares that are boxes of their own: no cell, no frame around a glyph or a letter."""
        fields = list(self._targets)
        for frame in found:
            box = frame.box
            other = any(box.contains(*target.box.centre) or target.box.contains(*box.centre) for target in fields)
            inside = None if other or self._is_cell(box) else self._letters(box)
            if inside is None:
                if frame.path is not None and (frame.fill > FAINT or frame.round):
                    self._left.append(frame.path)
                continue
            detail = f"{frame.detail} {box.width:.1f} × {box.height:.1f} pt"
            target = Target(box, (Evidence("drawn-box", Says.BLANK, detail),))
            if frame.fill >= DARK:
                target.more.append(Evidence("strokes", Says.TICKED, "fill"))
            elif frame.fill > FAINT and not self._usual(frame, found):
                target.more.append(Evidence("strokes", Says.UNCLEAR, "light fill"))
            target.more += [Evidence("typed-over", Says.TICKED, f"U+{ord(char):04X} {char}") for char in inside]
            self._targets.append(target)

    def _usual(self, frame: Frame, found: Sequence[Frame]) -> bool:
        """Tells whether most boxes are filled like this one: the look of the form."""
        alike = sum(abs(other.fill - frame.fill) < 0.05 for other in found)
        return len(found) == 1 or 2 * alike > len(found)

    def _is_cell(self, box: Box) -> bool:
        for table in self._tables:
            at = table.slot_at(*box.centre)
            if at is None:
                continue
            cell = table.slots[at].box
            if len(table.slots) > 1 and abs(cell.width - box.width) <= 2 * _NEAR and abs(cell.height - box.height) <= 2 * _NEAR:
                return True
        return False

    def _letters(self, box: Box) -> list[str] | None:
        """The crosses typed in a drawn box, taken out of their lines; None when something else is written in it."""
        found: list[str] = []
        for index, line in enumerate(self._lines):
            if line is None or line.start < 0 or line.x0 >= box.x1 or line.x1 <= box.x0:
                continue
            if line.top >= box.bottom or line.bottom <= box.top:
                continue
            inside = self._page.text.inside(line, box)
            if not inside:
                continue
            if any(char not in _CROSSES for _at, char in inside):
                return None
            if len(line.text.strip()) > 1:
                found += [char for _at, char in inside]
                left, right = self._page.text.without(line, inside[0][0], inside[-1][0] + 1)
                self._lines[index : index + 1] = [left, right]
                return found
        return found

    # ------------------------------------------------------------------------------------------------------ whose is it

    def _give(self, paths: Sequence[Path]) -> list[Path]:
        """Gives each path to the box it belongs to; returns those that have nothing to do with a box."""
        left, waiting = [], []
        reach = BETWEEN * max(max(target.box.width, target.box.height) for target in self._targets)
        tops = sorted(self._targets, key=lambda target: target.box.top)
        for path in paths:
            if not self._is_mark(path):
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
            elif not self._belongs(path, near):
                waiting.append((path, near))
        for path, near in waiting:
            self._stray(path, near)
        return left

    def _is_mark(self, path: Path) -> bool:
        if path.fill <= FAINT and path.stroke <= FAINT:
            return False
        # frames, and rules of a table: their surface counts, their sides do not
        return not path.level or (path.fill > FAINT and path.surface) or _is_stroke(path)

    def _belongs(self, path: Path, near: Sequence[Target]) -> bool:
        ranked = sorted(((distance(path.box, target.box), rank) for rank, target in enumerate(near)))
        best, rank = ranked[0]
        target = near[rank]
        box = target.box
        if _is_stroke(path):
            for other in near:
                if in_middle(path.box, other.box):
                    other.paths.append(path)
            return True
        if path.level:
            for other in near:
                if covers(path.box, other.box) and not self._ground(path.box, other.box):
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

    def _stray(self, path: Path, near: Sequence[Target]) -> None:
        row = [
            t
            for t in self._targets
            if t.box.top < path.box.bottom and t.box.bottom > path.box.top and gap(path.box, t.box) <= BETWEEN
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
                if any(_through(a, b, box) for line in path.lines for a, b in pairwise(line)):
                    target.stray += 1
                continue
            if gap(path.box, box) <= BESIDE and max(path.box.width / box.width, path.box.height / box.height) >= 0.4:
                # the second stroke of a cross may stand farther off than the first
                if gap(path.box, box) == 0 and target.paths and any(gap(path.box, other.box) == 0 for other in target.paths):
                    target.paths.append(path)
                else:
                    target.stray += 1

    def _letter(self, index: int) -> None:
        """A cross typed over a box, as a line of its own or among the words of another."""
        line = self._lines[index]
        if line is None or line.start < 0:
            return
        for at, char in self._page.text.signs(line, _LONE):
            own = self._page.text.ink_of(at)
            ranked = sorted(
                (distance(own, target.box), rank) for rank, target in enumerate(self._targets) if gap(own, target.box) <= 0.2
            )
            if not ranked or ranked[0][0] > OFF or own.height > LARGEST * self._targets[ranked[0][1]].box.height:
                continue
            if len(ranked) > 1 and ranked[1][0] - ranked[0][0] < 0.25:
                for _far, rank in ranked[:2]:
                    self._targets[rank].stray += 1
                continue
            target = self._targets[ranked[0][1]]
            target.more.append(Evidence("typed-over", self._agreed(target), f"U+{ord(char):04X} {char}"))
            self._lines[index : index + 1] = self._page.text.without(line, at, at + 1)
            return

    def _agreed(self, target: Target) -> Says:
        """What a cross over a box says: over one that is already ticked it agrees, over an unclear one it does not help."""
        says = {item.says for item in target.base}
        return Says.UNCLEAR if Says.UNCLEAR in says else Says.TICKED

    # ------------------------------------------------------------------------------------------------------ surfaces

    def _surfaces(self) -> None:
        page = self._page
        area = BACKGROUND * page.width * page.height
        pictures = [Over("picture", "image", page.box(*image), limit=1e6) for image in self._drawn.images]
        for thing in (*pictures, *self._notes[0]):
            if thing.box.width * thing.box.height > area:
                continue
            on = [target for target in self._targets if thing.tight(target.box)]
            best = min(on, key=lambda target: distance(thing.box, target.box)) if on else None
            for target in self._targets:
                if target.is_field and thing.kind != "annotation":
                    continue
                if target is best:
                    says = self._looks(thing) if thing.kind == "picture" else thing.says
                    says = (
                        says
                        if says is not Says.TICKED or all(item.says is not Says.UNCLEAR for item in target.base)
                        else Says.UNCLEAR
                    )
                    target.more.append(Evidence(thing.kind, says, thing.detail))
                elif thing.meets(target.box):
                    target.more.append(Evidence(thing.kind, Says.UNCLEAR, thing.detail))

    def _looks(self, thing: Over) -> Says:
        """What a picture laid over a box shows."""
        page, box = self._page, thing.box
        scale = 36 / max(box.width, box.height, 1.0)
        ink = shown_ink(page.handle, (page.width, page.height), (box.x0, box.top, box.x1, box.bottom), scale)
        found = sign(ink) if ink else Sign.OTHER
        ticks = found in TICKED or found in (Sign.CROSS, Sign.CHECK, Sign.FILLED, Sign.DISC, Sign.POINT)
        return Says.TICKED if ticks else Says.UNCLEAR

    def _large(self) -> None:
        """Large paths that pass through a box, and short level strokes in its middle."""
        for rule in self._short:
            for target in self._targets:
                box = target.box
                if (target.line >= 0 or not target.is_field) and in_middle(rule, box) and min(rule.width, rule.height) <= THIN:
                    line = ((rule.x0, rule.top), (rule.x1, rule.bottom))
                    target.paths.append(Path(rule, (line,), False, 0.0, 1.0, _UNCLEAR_ORDER))
        for shape in self._drawn.shapes:
            bounds = self._page.box(*shape[0])
            if bounds.width < SMALL and bounds.height < SMALL:
                continue
            near = [
                target
                for target in self._targets
                if not (
                    bounds.x0 > target.box.x1
                    or bounds.x1 < target.box.x0
                    or bounds.top > target.box.bottom
                    or bounds.bottom < target.box.top
                )
            ]
            if not near:
                continue
            _filled, stroked, curved, subpaths = outlines(shape)
            if not stroked or tones(shape[1])[1] <= FAINT:
                continue
            for points in subpaths:
                stretch = self._shown(points)
                if len(stretch) < 2 or (len(subpaths) > 1 and max(around((stretch,)).width, around((stretch,)).height) < SMALL):
                    # it was looked at as a part
                    continue
                if not curved and len(stretch) >= 4 and _path((stretch,), 0, 1, 0, curved=False, opaque=False).level:
                    continue
                for target in near:
                    if any(_through(a, b, target.box) for a, b in pairwise(stretch)):
                        target.stray += 1

    def _ground(self, own: Box, box: Box) -> bool:
        """Tells whether a filled rectangle is the ground of a cell or of a line rather than something over a box."""
        if own.width * own.height > FILLED * box.width * box.height:
            return True
        for table in self._tables:
            at = table.slot_at(*box.centre)
            if at is not None:
                cell = table.slots[at].box
                sides = ((own.x0, cell.x0), (own.top, cell.top), (own.x1, cell.x1), (own.bottom, cell.bottom))
                if all(abs(a - b) <= _NEAR for a, b in sides):
                    return True
        return False

    # ------------------------------------------------------------------------------------------------------ the verdict

    def _judge(self, target: Target) -> None:
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

    def _put_back(self) -> None:
        """Puts the evidence in the lines, and the drawn boxes among them."""
        known = {(target.box, target.base): target.evidence for target in self._targets if target.line >= 0 and target.more}
        for index, line in enumerate(self._lines):
            if known and line is not None and line.spots:
                spots = tuple(Spot(spot.box, known.get((spot.box, spot.evidence), spot.evidence)) for spot in line.spots)
                self._lines[index] = line._replace(spots=spots)
        for target in sorted((target for target in self._targets if target.line < 0), key=lambda t: (t.box.top, t.box.x0)):
            box = target.box
            shown = SHOWN[weigh(target.evidence)]
            spot = Spot(box, target.evidence)
            _insert(self._page, self._lines, Line(shown, box.x0, box.top, box.x1, box.bottom, box.bottom, spots=(spot,)))


def inked(
    page: Page, drawn: Drawing, left: Sequence[Path], notes: tuple[Sequence[Over], Sequence[Path]], tables: Sequence[Tiling]
) -> Inked:
    """What is drawn in the tables of a page outside its boxes.

    Args:
        page: an open page.
        drawn: what is drawn on it.
        left: the small paths that belong to no box.
        notes: its annotations.
        tables: its tables.
    """
    fills: list[Fill] = []
    paths = [path for path in left if not path.level]
    fills += [Fill(path.box, path.colour, path.fill, path.order) for path in left if path.opaque and path.surface]
    if len(drawn.shapes) <= MOST:
        for order, shape in enumerate(drawn.shapes):
            (x0, y0, x1, y1), item, _outer = shape
            if x1 - x0 < SMALL and y1 - y0 < SMALL:
                continue
            bounds = page.box(x0, y0, x1, y1)
            if not any(table.box.contains(*bounds.centre) for table in tables):
                continue
            fill, stroke = tones(item)
            if fill > 0:
                fills.append(Fill(bounds, colour(item), fill, order))
            elif stroke > FAINT and any(slot.box.contains(*bounds.centre) for table in tables for slot in table.slots):
                found = _large_path(page, shape, stroke, order)
                if found is not None and not found.level:
                    paths.append(found)
    letters = [
        (over.box, over.detail)
        for over in notes[0]
        if over.kind == "annotation" and over.says is Says.TICKED and "Text" in over.detail
    ]
    fills.sort(key=lambda fill: fill.order)
    return Inked(fills, paths, letters)


def _large_path(page: Page, shape: Shape, stroke: float, order: int) -> Path | None:
    _filled, _stroked, curved, subpaths = outlines(shape)
    lines = []
    for points in subpaths:
        boxes = [page.box(x, y, x, y) for x, y in points]
        if len(boxes) > 1:
            lines.append(tuple((box.x0, box.top) for box in boxes))
    return _path(tuple(lines), 0.0, stroke, order, curved=curved, opaque=False) if lines else None


def _is_stroke(path: Path) -> bool:
    """Tells whether a path is one level or upright stroke."""
    return path.level and path.stroke > FAINT and len(path.lines) == 1 and len(path.lines[0]) == 2


def _path(
    lines: tuple[Polyline, ...],
    fill: float,
    stroke: float,
    order: int,
    *,
    curved: bool,
    opaque: bool,
    tint: tuple[int, int, int] | None = None,
) -> Path:
    xs, ys = [x for line in lines for x, _y in line], [y for line in lines for _x, y in line]
    return Path(Box(min(xs), min(ys), max(xs), max(ys)), lines, curved, fill, stroke, order, opaque, colour=tint or (0, 0, 0))
