"""Choices of a sheet that are shown by a fill, a stroke or a circle, with or without a box: « Option : SISR SLAM ». Pure.

Only the cells that answer a question (a text that ends with a colon, in the cell before them) and cells that each have one empty
box are choices; what is set apart elsewhere is decoration.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from formfill.model.document import Evidence, Says
from formfill.readers._sheetmodel import Tick
from formfill.readers._sheetstruck import is_struck
from formfill.text import squeeze

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from formfill.readers._sheetmodel import Cells, SheetCell
    from formfill.readers._sheettable import Table

_LONGEST: Final = 40


def alternatives(cells: Cells, table: Table | None) -> list[list[SheetCell]]:
    """The groups of cells that are the answers to one question: side by side, short, on one line."""
    rows: defaultdict[int, list[SheetCell]] = defaultdict(list)
    for cell in cells.cells.values():
        if cell.text.strip() and (table is None or cell.row < table.top):
            rows[cell.row].append(cell)
    groups: list[list[SheetCell]] = []
    for row in rows.values():
        row.sort(key=lambda cell: cell.col)
        group: list[SheetCell] | None = None
        if all(len(cell.ticks) == 1 for cell in row):
            group = []
        for index, cell in enumerate(row):
            if cell.text.rstrip().endswith(":"):
                group = []
            elif group is not None and _short(cell) and (not group or _follows(group[-1], cell)):
                group.append(cell)
                if index + 1 < len(row) and _follows(cell, row[index + 1]) and not row[index + 1].text.rstrip().endswith(":"):
                    continue
                if len(group) > 1:
                    groups.append(group)
                group = None
            else:
                group = None
    return groups


def _short(cell: SheetCell) -> bool:
    text = cell.text.strip()
    return len(text) <= _LONGEST and "\n" not in text and ":" not in text and not cell.number and len(cell.ticks) < 2


def _follows(a: SheetCell, b: SheetCell) -> bool:
    return a.col + a.col_span == b.col


def settle(groups: Sequence[Sequence[SheetCell]], drawn: Mapping[int, Evidence]) -> None:
    """Makes marks of the choices that something sets apart.

    Args:
        groups: from :func:`alternatives`.
        drawn: what is drawn on the cells that have no box, by their identity.
    """
    for group in groups:
        _by_fill(group)
        boxless = [cell for cell in group if not cell.ticks]
        if len(boxless) == len(group) and any(id(cell) in drawn for cell in group):
            for cell in group:
                seen = drawn.get(id(cell))
                kind = next(drawn[id(one)].kind for one in group if id(one) in drawn)
                _choose(cell, seen or Evidence(kind, Says.BLANK, f"no {kind}"))
        elif any(id(cell) in drawn for cell in boxless):
            for cell in boxless:
                if id(cell) in drawn:
                    _choose(cell, drawn[id(cell)])
        boxless = [cell for cell in group if not cell.ticks]
        struck = [cell for cell in group if is_struck(cell)]
        if len(boxless) == len(group) and 0 < len(struck) < len(group):
            left = len(group) - len(struck)
            for cell in group:
                says = Says.BLANK if cell in struck else Says.TICKED if left == 1 else Says.UNCLEAR
                _choose(cell, Evidence("strikethrough", says, "struck" if cell in struck else "not struck"))


def _choose(cell: SheetCell, evidence: Evidence) -> None:
    cell.ticks = [Tick([evidence], squeeze(cell.text))]


def _by_fill(group: Sequence[SheetCell]) -> None:
    """A fill that some of the choices have and others have not is the tick of those that have it."""
    fills = [cell.look.fill for cell in group]
    filled = [cell for cell in group if cell.look.fill]
    if not filled or len(set(fills)) == 1:
        return
    if len(filled) == len(group) and (len(group) < 3 or len(set(fills)) > 2):
        # each has its colour: nothing says which is chosen
        return
    if len(filled) == len(group):
        usual = max(set(fills), key=fills.count)
        filled = [cell for cell in group if cell.look.fill != usual]
    other_tick = any(
        item.says is Says.TICKED for cell in group if cell not in filled for tick in cell.ticks for item in tick.evidence
    )
    for cell in group:
        apart = Evidence("shading", Says.TICKED, f"fill {cell.look.fill}")
        if cell.ticks and cell in filled:
            tick = cell.ticks[0]
            if tick.printed and not other_tick:
                # the box is printed empty; the fill is what was added
                tick.evidence, tick.printed = (
                    [Evidence("shading", Says.TICKED, f"{apart.detail} on {tick.evidence[0].detail}")],
                    False,
                )
            else:
                tick.evidence.append(apart)
    if not any(cell.ticks for cell in group):
        for cell in group:
            seen = Evidence("shading", Says.TICKED, f"fill {cell.look.fill}") if cell in filled else None
            _choose(cell, seen or Evidence("shading", Says.BLANK, "no fill"))


def neighbours(row: Sequence[SheetCell], rows: Mapping[int, Sequence[SheetCell]]) -> list[SheetCell]:
    """The cells right above and below those of a row, in the same columns."""
    found: list[SheetCell] = []
    columns = {cell.col for cell in row}
    for near in (row[0].row - 1, row[0].row + 1):
        found += [cell for cell in rows.get(near, ()) if cell.col in columns]
    return found
