"""The tick boxes of a PDF page and what is drawn over them: strokes, fills, letters, pictures, annotations. Needs PDFium's raw API.

A mark belongs to the box that its middle lies in, off-centre by half a box at most; one that lies between two boxes, or beside one,
leaves them unclear. What lies over a whole line of text, or fills a cell, is not over the box in particular and is left.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from formfill.model.document import Evidence, MarkState, Says
from formfill.model.geometry import Box
from formfill.model.glyphs import BOX_GLYPHS, SHOWN
from formfill.readers._boxes import Frame, alike, frames, squarish
from formfill.readers._ink import BOXES, TICKED, Sign, sign
from formfill.readers._marks import weigh
from formfill.readers._pdfglyphs import alone, shown_ink
from formfill.readers._pdfhosts import CROSSES, LONE, hosted, insert, typed
from formfill.readers._pdfpaths import SMALL, THIN
from formfill.readers._pdfstrokes import MOST, small_paths, stretches
from formfill.readers._pdftargets import TIGHT, WIDEST, Over, Target, covers, in_middle, thin, through
from formfill.readers._strokes import DARK, FAINT, LARGEST, OFF, Path, distance, gap, is_stroke, verdict
from formfill.readers._visual import Line, Spot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from formfill.readers._grid import Tiling
    from formfill.readers._pdfhidden import Covers
    from formfill.readers._pdfium import Page
    from formfill.readers._pdfpaths import Drawing

FILLED: Final = 4.0
"""A filled rectangle of this many times the area of a box is the ground of its cell."""
BACKGROUND: Final = 0.5
"""A picture of more than this share of the page lies behind everything."""
BESIDE: Final = 0.75
"""A mark that belongs to no box leaves those unclear that are nearer than this, in sides of the box."""
BETWEEN: Final = 3.0
"""A mark between two boxes of a line leaves both unclear when they are nearer than this, in sides of the box."""
_MOST_LETTERED: Final = 3
"""Most boxes of a page with a letter in them."""
_MOST_PICTURES: Final = 60
"""Small pictures of a page that are looked at."""
_NEAR: Final = 2.0
"""A fill whose sides are this near to those of its cell, in points, is the ground of the cell."""
_CROSS: Final = re.compile(f"[{''.join(sorted(CROSSES))}]")
_UNCLEAR_ORDER: Final = 1 << 30


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
    lines, left = _Reading(page, drawn, squares, notes, tables, lines, covers).done()
    return hosted(page, lines, tables), left


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
        covers: Covers,
    ) -> None:
        self._page, self._drawn, self._tables, self._covers = page, drawn, tables, covers
        self._lines: list[Line | None] = list(lines)
        self._notes = notes
        self._pictures: set[Box] = set()
        self._paths = small_paths(page, drawn)
        found, self._left = frames(self._paths, squares[0])
        self._targets = [
            Target(spot.box, spot.evidence, index, rank) for index, line in enumerate(lines) for rank, spot in enumerate(line.spots)
        ]
        self._accept(found)
        self._pictured()
        self._short = thin(squares[1], [target.box for target in self._targets])

    def done(self) -> tuple[list[Line], list[Path]]:
        """The lines with their boxes, and what belongs to none of them."""
        if not self._targets or len(self._targets) > MOST:
            return [line for line in self._lines if line is not None], [*self._left, *self._notes[1]]
        left = self._give([*self._left, *self._notes[1]])
        for index in reversed(typed([line or Line("", 0, 0, 0, 0, 0) for line in self._lines])):
            self._letter(index)
        self._astray()
        self._surfaces()
        self._large()
        for target in self._targets:
            self._judge(target)
            self._hide(target)
        self._put_back()
        return [line for line in self._lines if line is not None], left

    # ------------------------------------------------------------------------------------------------------ what is drawn

    def _accept(self, found: Sequence[Frame]) -> None:
        """Keeps the drawn squares that are boxes of their own: no cell, no frame around a glyph or a letter."""
        fields = list(self._targets)
        lettered: list[tuple[Frame, str]] = []
        for frame in found:
            box = frame.box
            other = any(box.contains(*target.box.centre) or target.box.contains(*box.centre) for target in fields)
            inside = None if other or self._is_cell(box) else self._letters(box)
            if isinstance(inside, str):
                lettered.append((frame, inside))
                continue
            if inside is None:
                if frame.path is not None and (frame.fill > FAINT or frame.round):
                    self._left.append(frame.path)
                continue
            detail = f"{frame.detail} {box.width:.1f} × {box.height:.1f} pt"
            target = Target(box, (Evidence("drawn-box", Says.BLANK, detail),))
            if frame.fill >= DARK:
                target.own = frame.filler or frame.path
                target.more.append(Evidence("strokes", Says.TICKED, "fill"))
            elif frame.fill > FAINT and not self._usual(frame, found):
                target.more.append(Evidence("strokes", Says.UNCLEAR, "light fill"))
            target.more += [Evidence("typed-over", Says.TICKED, f"U+{ord(char):04X} {char}") for _at, char in inside]
            target.letters += [(at, self._page.text.ink_of(at)) for at, _char in inside]
            self._targets.append(target)
        # a letter where others are left empty says something; many boxes of letters are there to be written in
        drawn = [target.box for target in self._targets[len(fields) :]]
        few = len(lettered) <= min(len(drawn), _MOST_LETTERED)
        for frame, char in lettered:
            if few and any(alike(frame.box, box) for box in drawn):
                base = Evidence("drawn-box", Says.BLANK, f"{frame.detail} {frame.box.width:.1f} × {frame.box.height:.1f} pt")
                over = Evidence("typed-over", Says.UNCLEAR, f"U+{ord(char):04X} {char}")
                self._targets.append(Target(frame.box, (base,), more=[over]))
                self._take_out(frame.box)
            elif frame.path is not None and (frame.fill > FAINT or frame.round):
                self._left.append(frame.path)

    def _pictured(self) -> None:
        """Boxes that are pictures: small squares that show one and lie over no other box."""
        page = self._page
        places = [page.box(*image) for image in self._drawn.images]
        small = [box for box in places if squarish(box.width, box.height)]
        for box in small[:_MOST_PICTURES]:
            if any(covers(box, target.box) or covers(target.box, box) for target in self._targets) or self._is_cell(box):
                continue
            found = self._sign(box)
            if found in BOXES:
                says = Says.BLANK if found is Sign.EMPTY else Says.TICKED if found in TICKED else Says.UNCLEAR
                kind = "drawn-box" if says is Says.BLANK else "picture"
                self._pictures.add(box)
                self._targets.append(Target(box, (Evidence(kind, says, f"image, {found.value}"),)))

    def _take_out(self, box: Box) -> None:
        """Takes what is written in a box out of its line."""
        for index, line in enumerate(self._lines):
            if line is not None and line.start >= 0 and line.top < box.bottom and line.bottom > box.top:
                inside = self._page.text.inside(line, box)
                if inside:
                    self._lines[index : index + 1] = self._page.text.without(line, inside[0][0], inside[-1][0] + 1)
                    return

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

    def _letters(self, box: Box) -> list[tuple[int, str]] | str | None:
        """The crosses typed in a drawn box, taken out of their lines; another sign that is all that is written in it; else None."""
        found: list[tuple[int, str]] = []
        for index, line in enumerate(self._lines):
            if line is None or line.start < 0 or line.x0 >= box.x1 or line.x1 <= box.x0:
                continue
            if line.top >= box.bottom or line.bottom <= box.top:
                continue
            inside = self._page.text.inside(line, box)
            if not inside:
                continue
            if any(char not in CROSSES for _at, char in inside):
                return inside[0][1] if len(inside) == 1 and inside[0][1] not in BOX_GLYPHS else None
            if len(line.text.strip()) > 1:
                found += inside
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
            self._ring(path, near)
        return left

    def _ring(self, path: Path, near: Sequence[Target]) -> None:
        """Doubts the boxes whose label a stroke goes around, or that ink is laid on."""
        line = path.lines[0]
        open_by = max(abs(line[0][0] - line[-1][0]), abs(line[0][1] - line[-1][1]))
        ring = len(line) > 5 and path.fill <= FAINT and not path.level and open_by < 0.35 * max(path.box.width, path.box.height)
        if ring or path.kind == "annotation":
            for target in near:
                if not target.stray and path not in target.paths and self._on_label(path.box, target.box):
                    target.stray += 1

    def _is_mark(self, path: Path) -> bool:
        if path.fill <= FAINT and path.stroke <= FAINT:
            return False
        # frames, and rules of a table: their surface counts, their sides do not
        return not path.level or (path.fill > FAINT and path.surface) or is_stroke(path)

    def _belongs(self, path: Path, near: Sequence[Target]) -> bool:
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
                if any(through(a, b, box, 0.1) for line in path.lines for a, b in pairwise(line)):
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
        for at, char in self._page.text.signs(line, LONE):
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
            target.letters.append((at, own))
            self._lines[index : index + 1] = self._page.text.without(line, at, at + 1)
            return

    def _astray(self) -> None:
        """The crosses typed beside a box, which may be meant for it; what is part of a longer text is none."""
        boxes = [target.box for target in self._targets]
        reach = [(box.top - BESIDE * box.height, box.bottom + BESIDE * box.height) for box in boxes]
        index = 0
        while index < len(self._lines):
            line = self._lines[index]
            if (
                line is not None
                and line.start >= 0
                and any(top <= line.bottom and line.top <= bottom for top, bottom in reach)
                and _CROSS.search(line.text)
            ):
                own = Box(line.x0, line.top, line.x1, line.bottom)
                near = [target for target in self._targets if gap(own, target.box) <= BESIDE]
                if near and self._taken(index, line, near):
                    continue
            index += 1

    def _taken(self, index: int, line: Line, targets: Sequence[Target]) -> bool:
        """Takes a cross beside a box out of its line; tells whether there was one."""
        for at, char in self._page.text.signs(line, _CROSS):
            own = self._page.text.ink_of(at)
            near = [target for target in targets if gap(own, target.box) <= BESIDE and self._same_cell(own, target.box)]
            if near and alone(self._page.text.handle, at):
                for target in near:
                    target.more.append(Evidence("typed-over", Says.UNCLEAR, f"U+{ord(char):04X} {char} beside the box"))
                self._lines[index : index + 1] = self._page.text.without(line, at, at + 1)
                return True
        return False

    def _same_cell(self, own: Box, box: Box) -> bool:
        return all(table.slot_at(*own.centre) == table.slot_at(*box.centre) for table in self._tables)

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
            if thing.box.width * thing.box.height > area or (thing.kind == "picture" and thing.box in self._pictures):
                continue
            on = sorted(
                (distance(thing.box, target.box), rank) for rank, target in enumerate(self._targets) if thing.tight(target.box)
            )
            astride = len(on) > 1 and on[1][0] - on[0][0] < 0.25
            best = self._targets[on[0][1]] if on and not astride else None
            met = False
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
                    met = True
                elif thing.meets(target.box):
                    target.more.append(Evidence(thing.kind, Says.UNCLEAR, thing.detail))
                    met = True
            if not met and thing.kind == "annotation":
                self._near(thing.box, thing.detail)

    def _near(self, own: Box, detail: str) -> None:
        """Doubts the boxes that an annotation is laid beside, or on the label of."""
        for target in self._targets:
            box = target.box
            small = own.width <= TIGHT * box.width and own.height <= TIGHT * box.height
            if small and gap(own, box) <= BESIDE and self._same_cell(own, box):
                target.more.append(Evidence("annotation", Says.UNCLEAR, f"{detail} beside the box"))
            elif self._on_label(own, box):
                target.more.append(Evidence("annotation", Says.UNCLEAR, f"{detail} on its label"))

    def _on_label(self, own: Box, box: Box) -> bool:
        """Tells whether something set apart the words next to a box, on its line."""
        middle = box.centre[1]
        if not (own.top < middle < own.bottom and own.height <= WIDEST * box.height and self._same_cell(own, box)):
            return False
        reach = max(box.width, box.height)
        return -0.3 * reach < own.x0 - box.x1 <= reach or -0.3 * reach < box.x0 - own.x1 <= reach

    def _sign(self, box: Box) -> Sign:
        """What a part of the page shows."""
        page = self._page
        scale = 36 / max(box.width, box.height, 1.0)
        ink = shown_ink(page.handle, (page.width, page.height), (box.x0, box.top, box.x1, box.bottom), scale)
        return sign(ink) if ink else Sign.OTHER

    def _looks(self, thing: Over) -> Says:
        """What a picture laid over a box shows."""
        found = self._sign(thing.box)
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
            for stretch in stretches(self._page, shape):
                for target in near:
                    if any(through(a, b, target.box) for a, b in pairwise(stretch)):
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

    def _hide(self, target: Target) -> None:
        """Doubts a tick of which something is not to be seen."""
        if weigh(target.evidence) is not MarkState.TICKED:
            return
        paths = [*target.paths, target.own] if target.own is not None else target.paths
        seen = [self._covers.of_path(path) for path in paths]
        visible = [path for path, hidden in zip(paths, seen, strict=True) if hidden is None]
        if visible and verdict(target.box, visible)[0] is Says.TICKED:
            # ticked again over what hides the first tick
            seen = []
        seen += [self._covers.of_sign(char, box) for char, box in target.letters]
        target.more += [evidence for evidence in dict.fromkeys(seen) if evidence is not None]

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
            insert(self._page, self._lines, Line(shown, box.x0, box.top, box.x1, box.bottom, box.bottom, spots=(spot,)))
