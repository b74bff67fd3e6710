"""Which marks of a row are its tick box, and what they say together. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from formfill.model.document import Evidence, MarkState, Says
from formfill.model.geometry import NOWHERE, Place
from formfill.model.glyphs import TICKS, TYPED_TICKS, without_boxes
from formfill.text import normalise

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from formfill.extract._index import RowIndex
    from formfill.model.document import Cell, Mark


class RowBox(NamedTuple):
    """The tick box of a row, as read."""

    state: MarkState
    evidence: tuple[Evidence, ...]
    place: Place
    shown: int
    """How many marks it was read from; 0 when the row shows no box."""
    cell: Cell | None
    """The cell of the box when it holds nothing else than the box."""


def row_box(cells: Sequence[Cell], box_column: int, row: RowIndex, marks: Mapping[str, Mark]) -> RowBox:
    """Reads the box of a row: the marks of its box cell, and those that stand at its title or at an official line.

    A mark in the middle of what a person wrote is text, not the row's box.
    """
    own: list[Mark] = []
    cell_of_box: Cell | None = None
    for cell in cells:
        if not cell.marks:
            continue
        bare = without_boxes(cell.text).strip()
        if not bare or bare in TICKS or (cell.col == box_column and len(cells) > 1):
            own += [marks[mark] for mark in cell.marks]
            cell_of_box = cell_of_box or cell
        else:
            titles = {normalise(row.row.title), normalise(row.row.label), *row.keys}
            own += [mark for mark in map(marks.__getitem__, cell.marks) if normalise(mark.label) in titles]
    if own:
        return _beside(_combined(own, cell_of_box))
    for cell in cells:
        if cell.col == box_column and cell.text.strip() in TYPED_TICKS and cell.text.strip():
            evidence = (Evidence("typed", Says.TICKED, f"U+{ord(cell.text.strip()):04X} {cell.text.strip()}"),)
            return RowBox(MarkState.TICKED, evidence, cell.place, 1, cell)
    return RowBox(MarkState.UNCERTAIN, (), cells[0].place if cells else NOWHERE, 0, None)


def _combined(own: Sequence[Mark], cell: Cell | None) -> RowBox:
    if len(own) == 1:
        return RowBox(own[0].state, own[0].evidence, own[0].place, 1, cell)
    return RowBox(agreed([mark.state for mark in own]), tuple(e for m in own for e in m.evidence), own[0].place, len(own), cell)


def _beside(box: RowBox) -> RowBox:
    """The box with what was typed beside it: a cross next to an empty box contradicts it."""
    typed = [token for token in without_boxes(box.cell.text).split() if is_tick(token)] if box.cell is not None else []
    if not typed or any(item.kind == "typed" for item in box.evidence):
        return box
    says = Evidence("typed", Says.TICKED, f"U+{ord(typed[0][0]):04X} {typed[0]}")
    state = MarkState.TICKED if box.state is MarkState.TICKED else MarkState.UNCERTAIN
    return box._replace(state=state, evidence=(*box.evidence, says))


def is_tick(text: str) -> bool:
    """True for a cross or a tick sign without a box, whatever its variation selector."""
    text = text.rstrip("\ufe0e\ufe0f")
    return text in TICKS or text in TYPED_TICKS


def agreed(states: Sequence[MarkState]) -> MarkState:
    """The common state, or uncertain."""
    return states[0] if states and all(state is states[0] for state in states) else MarkState.UNCERTAIN
