"""One page as drafts: lines of text put in the cells of its tables, or left loose, and made paragraphs. Pure.

It knows lines, tilings and boxes, not the library that found them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from formfill.model.document import Annotation, Says
from formfill.model.geometry import Box, Place
from formfill.model.glyphs import SHOWN, TICKS
from formfill.readers._columns import Group, columns
from formfill.readers._gridjoin import Draft, Part
from formfill.readers._lines import LEADING, Habit, paragraphs
from formfill.readers._marks import glyph_evidence, weigh
from formfill.readers._visual import Line, Paragraph, Spot, ordered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from formfill.readers._grid import Tiling
    from formfill.readers._pdfcells import Inked
    from formfill.readers._pdfchoices import Placed

_PADDING: Final = 12.0
"""Widest inner margin of a cell, in points."""


CellNumber = tuple[int, int]
"""Number of a table and of a cell in it."""
Cutter = Callable[[Line, Callable[[float, float], CellNumber | None]], list[tuple[Line, CellNumber | None]]]
"""What cuts a line that runs over several cells; it knows where the characters stand."""


class Loose(NamedTuple):
    """A paragraph outside tables."""

    paragraph: Paragraph
    box: Box
    at: float
    """It is read after what stands above this y: the top of its box, or further down where it is of a second column."""


@dataclass(slots=True)
class Sheet:
    """What one page gave."""

    number: int
    height: float
    """In points, as displayed."""
    parts: list[Part] = field(default_factory=list)
    loose: list[Loose] = field(default_factory=list)
    annotations: list[Annotation] = field(default_factory=list)
    choices: Sequence[Placed] = ()
    """Alternatives set apart by what is drawn over them."""
    inked: Inked | None = None
    """What is drawn on it outside its boxes."""


class Bins:
    """The lines of a page, sorted by the cell they stand in."""

    def __init__(self, tables: Sequence[Tiling]) -> None:
        self.tables = tables
        self._only = tables[0] if len(tables) == 1 else None
        self._y, self._row = float("nan"), 0
        self.cells: list[list[list[Line]]] = [[[] for _slot in table.slots] for table in tables]
        self.loose: list[Line] = []
        self.groups: list[Group] = []
        """The loose lines in reading order."""
        self.rights: list[dict[tuple[int, int], float]] = []
        """For each table, x where the text ends in the cells of a first column and column span."""

    def cell_at(self, x: float, y: float) -> tuple[int, int] | None:
        """Table and cell that hold the point; the smallest table where one stands inside another."""
        only = self._only
        if only is not None:
            if y != self._y:
                # the words of a line are asked for one after the other
                self._y, self._row = y, bisect_right(only.ys, y) - 1
            slot = only.where.get((self._row, bisect_right(only.xs, x) - 1))
            return None if slot is None else (0, slot)
        found: tuple[int, int] | None = None
        area = 0.0
        for index, table in enumerate(self.tables):
            if not (table.ys[0] <= y <= table.ys[-1] and table.xs[0] <= x <= table.xs[-1]):
                continue
            slot = table.slot_at(x, y)
            if slot is not None:
                size = (table.xs[-1] - table.xs[0]) * (table.ys[-1] - table.ys[0])
                if found is None or size < area:
                    found, area = (index, slot), size
        return found

    def fill(self, lines: Sequence[Line], cut: Cutter) -> None:
        """Puts each line in its cell; one that runs over several cells is cut first."""
        tables = self.tables
        if not tables:
            self.loose = list(lines)
            return
        last: tuple[int, int] | None = None
        x0 = top = x1 = bottom = 0.0
        alone = len(tables) == 1
        for line in lines:
            middle = (line.top + line.bottom) / 2
            if alone and last and line.x0 >= x0 and line.x1 <= x1 and top <= middle <= bottom:
                self.cells[last[0]][last[1]].append(line)
                continue
            cell = self.cell_at(line.x0 + 0.5, middle)
            if cell != self.cell_at(line.x1 - 0.5, middle):
                for piece, own in cut(line, self.cell_at):
                    self._put(piece, own)
                continue
            self._put(line, cell)
            last = cell
            if cell is not None:
                box = tables[cell[0]].slots[cell[1]].box
                x0, top, x1, bottom = box.x0, box.top, box.x1, box.bottom

    def settle(self, habit: Habit, *, shuffled: bool) -> None:
        """Puts the lines of each cell in reading order, finds where each column ends, and lets the habit learn from them.

        Args:
            habit: learns as long as it does not know enough.
            shuffled: True when the lines outside tables are not in reading order.
        """
        for table, cells in zip(self.tables, self.cells, strict=True):
            rights = _rights(table, cells)
            for slot, lines in zip(table.slots, cells, strict=True):
                if lines:
                    lines[:] = ordered(lines)
                    if not habit.known:
                        habit.learn(lines, rights[slot.col, slot.col_span])
            self.rights.append(rights)
        self.groups = [group._replace(lines=ordered(group.lines, shuffled=shuffled)) for group in columns(self.loose)]
        self.loose = [line for group in self.groups for line in group.lines]
        if not habit.known and not self.tables and self.loose:
            habit.learn(self.loose, max(line.x1 for line in self.loose))

    def _put(self, line: Line, cell: tuple[int, int] | None) -> None:
        if cell is None:
            self.loose.append(line)
        else:
            self.cells[cell[0]][cell[1]].append(line)


def overlay(lines: list[Line], spots: Sequence[Spot]) -> list[Line]:
    """The lines with the tick boxes that are form fields among them, each as one glyph.

    A box printed under a field is the same box: empty, it is its drawing; ticked, it is evidence too.
    """
    result = list(lines)
    for spot in spots:
        for index, line in enumerate(result):
            under = [k for k, other in enumerate(line.spots) if spot.box.contains(*other.box.centre)]
            if under:
                merged = list(line.spots)
                old = merged[under[0]]
                merged[under[0]] = Spot(
                    spot.box, spot.evidence + tuple(item for item in old.evidence if item.says is not Says.BLANK)
                )
                result[index] = line._replace(spots=tuple(merged))
                break
        else:
            box = spot.box
            result.append(Line(SHOWN[weigh(spot.evidence)], box.x0, box.top, box.x1, box.bottom, box.bottom, spots=(spot,)))
    return result


def draft(sheet: Sheet, bins: Bins, habit: Habit, same_block: Callable[[Line, Line], bool | None]) -> None:
    """Makes the drafts of a page: the cells of its tables and the paragraphs outside them.

    Args:
        sheet: receives them.
        bins: the lines, sorted by cell and put in reading order.
        habit: what the printing program does at line ends.
        same_block: see :func:`~formfill.readers._lines.paragraphs`.
    """
    number = sheet.number
    for table, cells, rights in zip(bins.tables, bins.cells, bins.rights, strict=True):
        rows: list[list[Draft]] = [[] for _row in range(len(table.ys) - 1)]
        for slot, lines in zip(table.slots, cells, strict=True):
            right = rights[slot.col, slot.col_span]
            cell = Draft(
                slot.row,
                slot.col,
                slot.row_span,
                slot.col_span,
                Place(number, slot.box),
                paragraphs(lines, right, habit, same_block),
                right,
                [(sheet.number, spot) for line in lines for spot in line.spots],
            )
            if lines and not cell.spots:
                _lone_tick(cell, sheet.number)
            rows[slot.row].append(cell)
        sheet.parts.append(Part(sheet.number, table.box, table.xs, rows))
    for group in bins.groups:
        _loose(sheet, group, habit, same_block)


def _lone_tick(draft: Draft, page: int) -> None:
    """A tick glyph alone in its cell stands for a ticked box."""
    text = draft.text.strip()
    evidence = glyph_evidence(text) if text in TICKS else None
    if evidence is not None:
        draft.spots.append((page, Spot(draft.paragraphs[0].box, (evidence,))))


def _rights(table: Tiling, cells: Sequence[Sequence[Line]]) -> dict[tuple[int, int], float]:
    """Where the text of each column ends: its padding on the left again on the right, further if a line goes further."""
    found: dict[tuple[int, int], tuple[float, float, float]] = {}
    for slot, lines in zip(table.slots, cells, strict=True):
        key = (slot.col, slot.col_span)
        pad, furthest, edge = found.get(key, (_PADDING, slot.box.x0, slot.box.x1))
        nearest = edge
        for line in lines:
            if line.x0 < nearest:
                nearest = line.x0
            if line.x1 > furthest:
                furthest = line.x1
        pad = min(pad, max(nearest - slot.box.x0, 0.0))
        found[key] = (pad, furthest, edge)
    return {key: max(edge - pad, min(furthest, edge)) for key, (pad, furthest, edge) in found.items()}


def _loose(sheet: Sheet, group: Group, habit: Habit, same_block: Callable[[Line, Line], bool | None]) -> None:
    lines = group.lines
    if not lines:
        return
    right = max(line.x1 for line in lines)
    edge = max((part.box.x1 for part in sheet.parts), default=right)
    if right < 0.8 * edge and not group.column:
        right = edge
    run = [lines[0]]
    runs = [run]
    for a, b in pairwise(lines):
        step = b.base - a.base
        if step <= 0 or step > 2 * LEADING * max(habit.leading, a.bottom - a.top) or b.x0 > a.x1 or b.x1 < a.x0:
            run = []
            runs.append(run)
        run.append(b)
    for run in runs:
        steps = [b.base - a.base for a, b in pairwise(run) if b.base - a.base > 0.6 * (b.bottom - b.top)]
        for paragraph in paragraphs(run, right, habit, same_block, min(steps, default=0.0)):
            if paragraph.text:
                box = paragraph.box
                sheet.loose.append(Loose(paragraph, box, max(box.top, group.after)))
