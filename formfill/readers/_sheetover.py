"""Puts what floats over a sheet on the cells under it: which box does a shape tick? Pure.

A shape ticks the cell under its middle. Where it lies as much over another that could be ticked, or over several boxes of one
cell, nothing tells: they are uncertain. One stray line is uncertain too.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from formfill.model.document import Evidence, Says
from formfill.model.glyphs import BOX_GLYPHS, TYPED_TICKS
from formfill.readers._choices import circled
from formfill.readers._marks import Overlay as Drawing
from formfill.readers._sheetcontrols import Control
from formfill.readers._sheetglyphs import lone
from formfill.readers._sheetmodel import SheetCell, Tick
from formfill.readers._sheettable import beside

if TYPE_CHECKING:
    from collections.abc import Iterable

    from formfill.readers._sheetdrawings import Drawn
    from formfill.readers._sheetmodel import Cells
    from formfill.readers._sheettable import Table

_BETWEEN: Final = 0.35
"""Part of a shape that must lie over a second cell for it to be between two."""
_LARGEST: Final = 2.5
"""How many times as wide and as high as its cell a drawing may be and still be meant for it."""
_TICKING: Final = frozenset(("cross", "freehand", "line"))
_SIGNS: Final = frozenset(("cross", "text"))
"""What is a cross and nothing else: where it ticks nothing, it is told."""
_AROUND: Final = frozenset(("round", "line", "freehand", "cross"))
"""What may be drawn around or through one of the alternatives that a cell holds."""
_FEW: Final = 3
"""Most characters of a text box over a box that may stand for a tick: « OK », « oui », a V."""


class Overlay:
    """Puts drawings and controls on the cells of one sheet."""

    def __init__(self, cells: Cells, table: Table | None, choices: Iterable[SheetCell]) -> None:
        self._cells, self._table = cells, table
        self._choices = {id(cell) for cell in choices}
        self.between: list[tuple[SheetCell, str]] = []
        """Cells under a drawing that may be meant for another box, and the drawing."""
        self.stray: list[tuple[str, str]] = []
        """Crosses that lie over nothing to tick: the cell under them, and the drawing."""
        self.circled: dict[int, Evidence] = {}
        """What is drawn on the choices that have no box, by the identity of the cell."""
        self.texts: list[SheetCell] = []
        """The text boxes that hold words, as cells that are not the sheet's, where they lie."""
        self.lost: list[SheetCell] = []
        """The controls whose state was lost on saving, as cells that are not the sheet's, where they lie."""
        self.pictures: list[int] = []
        """The shorter side of each picture, in EMU."""
        self.boxes: list[Control] = []
        """The text boxes that are a box themselves: to be pressed with the controls."""

    def draw(self, drawn: Iterable[Drawn]) -> None:
        """Puts drawings on cells."""
        lines: defaultdict[int, list[Drawn]] = defaultdict(list)
        for shape in drawn:
            if shape.kind == "lost":
                row, col = self._cells.plan.cell_at(shape.rect.centre)
                self.lost.append(SheetCell(row, col, shape.text, runs=shape.runs))
                continue
            thing = self._said(shape) if shape.kind == "text" else shape
            if shape.kind == "picture":
                rect = shape.rect
                self.pictures.append(min(rect.x1 - rect.x0, rect.bottom - rect.top))
            if thing is None:
                continue
            row, col = self._cells.plan.cell_at(thing.rect.centre)
            target = self._target(row, col)
            if target is None:
                self._beside(thing, row, col)
            elif self._too_large(thing, target):
                if thing.kind in _SIGNS:
                    self.stray.append((target.name, thing.detail))
            else:
                if thing.kind == "line" and thing.lines == 1:
                    lines[id(target)].append(thing)
                    if len(lines[id(target)]) == 2:
                        self._put(target, thing, Says.TICKED, "2 lines")
                    continue
                self._put(target, thing, self._says(thing, target), thing.detail)
        for found in lines.values():
            if len(found) == 1:
                target = self._target(*self._cells.plan.cell_at(found[0].rect.centre))
                if target is not None:
                    self._put(target, found[0], Says.UNCLEAR, "a single line")

    def _said(self, thing: Drawn) -> Drawn | None:
        """A text box as the cross that it holds, where the cross stands; None when it holds words, or is a box itself."""
        text = thing.text.strip()
        seen = lone(text)
        at = thing.sign or thing.rect
        row, col = self._cells.plan.cell_at(at.centre)
        cell = self._cells.at(row, col)
        if seen is not None and seen.says is Says.TICKED:
            named = text in BOX_GLYPHS and self._label(cell or self._cells.blank(row, col))
            if not named or self._target(row, col) is not None:
                return thing._replace(rect=at)
        if seen is not None:
            if cell is None or not cell.ticks:
                self.boxes.append(Control("checkbox", at, "", "", [seen]))
            elif any(item.says is not Says.BLANK for tick in cell.ticks for item in tick.evidence):
                self._add(cell, Evidence("shape", seen.says, thing.detail))
            return None
        self.texts.append(SheetCell(row, col, thing.text, runs=thing.runs))
        if len(text) <= _FEW and (target := self._target(row, col)) is not None and not self._too_large(thing, target):
            self._add(target, Evidence("shape", Says.UNCLEAR, thing.detail))
        return None

    def _can_take(self, cell: SheetCell | None, row: int, col: int) -> bool:
        if cell is not None and (cell.ticks or id(cell) in self._choices):
            return True
        in_body = self._table is not None and self._table.holds(row, col) and row < self._cells.rows
        return in_body and (cell is None or not cell.text.strip())

    def _target(self, row: int, col: int) -> SheetCell | None:
        cell = self._cells.at(row, col)
        if not self._can_take(cell, cell.row if cell else row, cell.col if cell else col):
            return None
        return cell or self._cells.make(row, col)

    def _too_large(self, thing: Drawn, cell: SheetCell) -> bool:
        """Tells whether the drawing is an illustration rather than a sign made on the cell."""
        rect = self._cells.plan.rect(cell.row, cell.col, cell.row_span, cell.col_span)
        wide = thing.rect.x1 - thing.rect.x0 > _LARGEST * max(1, rect.x1 - rect.x0)
        high = thing.rect.bottom - thing.rect.top > _LARGEST * max(1, rect.bottom - rect.top)
        return wide or high

    def _crosses(self, thing: Drawn, cell: SheetCell) -> bool:
        """Tells whether a drawing goes through the text of a cell: a line along its edge rules the form."""
        rect = self._cells.plan.rect(cell.row, cell.col, cell.row_span, cell.col_span)
        inside = 0.2 < (thing.rect.centre[1] - rect.top) / max(1, rect.bottom - rect.top) < 0.8
        return not self._too_large(thing, cell) and (inside or thing.kind != "line")

    def _says(self, thing: Drawn, cell: SheetCell) -> Says:
        """What a drawing says of the box under it."""
        if thing.kind == "text" and any(run.struck for run in thing.runs):
            return Says.UNCLEAR
        over_something = bool(cell.ticks) or id(cell) in self._choices
        if thing.kind in {"cross", "freehand", "text", "line"}:
            return Says.TICKED
        if thing.kind == "picture":
            return Says.TICKED if over_something else Says.UNCLEAR
        if thing.kind == "round":
            return Says.TICKED if over_something or thing.filled else Says.UNCLEAR
        if thing.kind == "box":
            return Says.TICKED if thing.filled and not over_something else Says.UNCLEAR
        return Says.TICKED

    def _put(self, cell: SheetCell, thing: Drawn, says: Says, detail: str) -> None:
        kind = "circle" if thing.kind == "round" else "picture" if thing.kind == "picture" else "shape"
        other = self._other(cell, thing)
        if other is not None:
            self.between += [(cell, detail), (other, detail)]
            for one in (cell, other):
                self._add(one, Evidence(kind, Says.UNCLEAR, f"{detail} between two boxes"))
        else:
            self._add(cell, Evidence(kind, says, detail))

    def _other(self, cell: SheetCell, thing: Drawn) -> SheetCell | None:
        """Another cell that could be ticked and lies under a good part of the drawing."""
        row, col = self._cells.plan.cell_at(thing.rect.centre)
        for near_row, near_col in ((row, col - 1), (row, col + 1), (row - 1, col), (row + 1, col)):
            if near_row < 0 or near_col < 0:
                continue
            other = self._cells.at(near_row, near_col)
            at = (other.row, other.col, other.row_span, other.col_span) if other else (near_row, near_col, 1, 1)
            if other is not cell and thing.rect.shared(self._cells.plan.rect(*at)) >= _BETWEEN:
                found = self._target(near_row, near_col)
                if found is not None:
                    return found
        return None

    def _beside(self, thing: Drawn, row: int, col: int) -> None:
        """A cross over nothing to tick: the box that it touches is uncertain, or it is reported as stray.

        A ring, a stroke or ink over alternatives that one cell holds: which of them it is for, nothing tells.
        """
        cell = self._cells.at(row, col)
        if cell is not None and thing.kind in _AROUND and self._crosses(thing, cell):
            for line in cell.text.split("\n"):
                kind = "circle" if thing.kind == "round" else "shape"
                for choice in circled([line], [Drawing("circle", thing.detail)]):
                    cell.ticks.append(Tick([Evidence(kind, item.says, item.detail) for item in choice.evidence], choice.label))
            if cell.ticks:
                self.between.append((cell, thing.detail))
                return
            if thing.kind == "round" and not thing.filled and cell.text.strip():
                self.stray.append((cell.name, thing.detail))
                return
        if thing.kind not in _TICKING and thing.kind != "text":
            return
        for near_row, near_col in ((row, col - 1), (row, col + 1), (row - 1, col), (row + 1, col)):
            other = self._cells.at(near_row, near_col) if near_row >= 0 and near_col >= 0 else None
            if other is not None and other.ticks:
                rect = self._cells.plan.rect(other.row, other.col, other.row_span, other.col_span)
                if thing.rect.shared(rect) > 0.1 and not self._too_large(thing, other):
                    self.between.append((other, thing.detail))
                    self._add(other, Evidence("shape", Says.UNCLEAR, f"{thing.detail} beside the box"))
                    return
        if thing.kind in _SIGNS:
            self.stray.append(((cell or self._cells.blank(row, col)).name, thing.detail))

    def _add(self, cell: SheetCell, evidence: Evidence) -> None:
        """Adds what a drawing says to the boxes of a cell; an empty box printed there is what it is drawn on."""
        if not cell.ticks and id(cell) in self._choices:
            self.circled[id(cell)] = evidence
        elif not cell.ticks:
            label = self._table.label(cell.row, cell.col) if self._table else ""
            cell.ticks = [Tick([evidence], label)]
        elif len(cell.ticks) == 1:
            tick = cell.ticks[0]
            if tick.printed and evidence.says is Says.TICKED:
                tick.evidence = [Evidence(evidence.kind, evidence.says, f"{evidence.detail} over {tick.evidence[0].detail}")]
                tick.printed = False
            else:
                tick.evidence.append(evidence)
        else:
            self.between.append((cell, evidence.detail))
            for tick in cell.ticks:
                tick.evidence.append(Evidence(evidence.kind, Says.UNCLEAR, f"{evidence.detail} over several boxes"))

    def press(self, controls: Iterable[Control]) -> None:
        """Puts form controls on cells: each is a box of its own, or the state of the empty box under it."""
        for control in controls:
            row, col = self._cells.plan.cell_at(control.rect.centre) if control.rect else (0, 0)
            cell = self._cells.make(row, col)
            if len(cell.ticks) == 1 and cell.ticks[0].printed and not control.caption:
                cell.ticks[0].evidence, cell.ticks[0].printed = control.evidence, False
                control.label = "".join(char for char in cell.text if char not in BOX_GLYPHS).strip() or self._label(cell)
                continue
            label = control.label = control.caption or self._label(cell)
            glyphs = sum(char in BOX_GLYPHS for char in cell.text)
            place = min((i for i, char in enumerate(cell.text) if char in BOX_GLYPHS), default=0)
            cell.ticks.append(Tick(control.evidence, " ".join(label.split())))
            if control.caption or not cell.text or glyphs:
                cell.text = f"{cell.text} ☐ {control.caption}".strip()
            else:
                cell.text = f"{cell.text[:place]}☐ {cell.text[place:]}"

    def _label(self, cell: SheetCell) -> str:
        """The label of a control without a caption: the text under it, the heading and the title, or the text beside it."""
        text = "".join(char for char in cell.text if char not in BOX_GLYPHS).strip()
        if text and text not in TYPED_TICKS and text not in {"VRAI", "FAUX"}:
            return text
        if self._table is not None and self._table.holds(cell.row, cell.col):
            return self._table.label(cell.row, cell.col)
        return beside(self._cells, cell, before=False) or beside(self._cells, cell, before=True)
