"""How wide the columns of a table are, and how high its rows. Pure. All lengths are pixels."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Final

from formfill.drawing._lines import LINE, Atom, lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from formfill.drawing._lines import Line
    from formfill.model.document import Cell, Grid

PAD: Final = 5
"""Between the text of a cell and its edges."""
_NARROWEST: Final = 26
_WIDEST_WORD: Final = 220
"""A word that is wider is cut."""


@dataclass(frozen=True, slots=True)
class Laid:
    """A cell where it is drawn, the origin at the upper left corner of its table."""

    left: float
    top: float
    right: float
    bottom: float
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class _Slot:
    """A cell and the ranks that it covers among the rows and columns that the grid has."""

    atoms: Sequence[Atom]
    row: int
    last_row: int
    col: int
    last_col: int


def laid_out(
    grid: Grid, width: float, atoms_of: Callable[[Cell], Sequence[Atom]], measure: Callable[[str], float]
) -> tuple[list[Laid], float, float]:
    """The cells of a grid, and how wide and high it is: as wide as asked, more when its columns need it."""
    slots, rows, cols = _slots(grid, atoms_of)
    widths = _widths(slots, cols, width)
    lefts = [0.0, *accumulate(widths)]
    set_lines = [tuple(lines(slot.atoms, lefts[slot.last_col + 1] - lefts[slot.col] - 2 * PAD, measure)) for slot in slots]
    heights = [float(LINE + 2 * PAD)] * rows
    need = [len(text) * LINE + 2 * PAD for text in set_lines]
    for slot, height in zip(slots, need, strict=True):
        if slot.row == slot.last_row:
            heights[slot.row] = max(heights[slot.row], height)
    for slot, height in zip(slots, need, strict=True):
        if slot.row < slot.last_row:
            share = max(0, height - sum(heights[slot.row : slot.last_row + 1])) / (slot.last_row + 1 - slot.row)
            for row in range(slot.row, slot.last_row + 1):
                heights[row] += share
    tops = [0.0, *accumulate(heights)]
    cells = [
        Laid(lefts[slot.col], tops[slot.row], lefts[slot.last_col + 1], tops[slot.last_row + 1], text)
        for slot, text in zip(slots, set_lines, strict=True)
    ]
    return cells, lefts[-1], tops[-1]


def _slots(grid: Grid, atoms_of: Callable[[Cell], Sequence[Atom]]) -> tuple[list[_Slot], int, int]:
    """The cells by the ranks of the rows and columns where a cell begins: a sparse sheet has few of them."""
    cells = [cell for row in grid.rows for cell in row]
    rows, cols = sorted({cell.row for cell in cells}), sorted({cell.col for cell in cells})
    slots = [
        _Slot(
            atoms_of(cell),
            bisect_left(rows, cell.row),
            bisect_left(rows, cell.row + max(cell.row_span, 1)) - 1,
            bisect_left(cols, cell.col),
            bisect_left(cols, cell.col + max(cell.col_span, 1)) - 1,
        )
        for cell in cells
    ]
    return slots, len(rows), len(cols)


def _widths(slots: Sequence[_Slot], cols: int, width: float) -> list[float]:
    """Each column as wide as its longest word at least; what is left goes to those that hold the most text."""
    least, natural = [float(_NARROWEST)] * cols, [float(_NARROWEST)] * cols
    for slot in sorted(slots, key=lambda slot: slot.last_col - slot.col):
        wanted = [max(map(_line_width, _paragraphs(slot.atoms)), default=0.0), max((a.width for a in slot.atoms), default=0.0)]
        span = slice(slot.col, slot.last_col + 1)
        for columns, asked in ((natural, min(wanted[0], width)), (least, min(wanted[1], _WIDEST_WORD))):
            missing = asked + 2 * PAD - sum(columns[span])
            if missing > 0:
                share = missing / (slot.last_col + 1 - slot.col)
                columns[span] = [have + share for have in columns[span]]
    free = width - sum(least)
    if free <= 0:
        return least
    more = [max(n - m, 0.0) + 1 for n, m in zip(natural, least, strict=True)]
    return [m + free * extra / sum(more) for m, extra in zip(least, more, strict=True)]


def _line_width(line: Sequence[Atom]) -> float:
    return sum(atom.width for atom in line)


def _paragraphs(parts: Sequence[Atom]) -> Iterator[Sequence[Atom]]:
    ends = [-1, *(at for at, atom in enumerate(parts) if atom.text == "\n"), len(parts)]
    for before, after in pairwise(ends):
        yield parts[before + 1 : after]
