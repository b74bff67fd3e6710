"""Fills and strikes that conditions give to cells (ECMA-376 Part 1 §18.3.1.18, ``conditionalFormatting``; §18.8.14, ``dxf``).

What a cell's own text decides is decided; formulas are never computed. A fill that an undecided condition may give is neither seen
nor ruled out: the empty cells of the table that it may tick are uncertain, unless it may fill most of the table, as a design does;
it is reported either way.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from formfill.model.document import Evidence, Says
from formfill.readers._sheetml import area_of, local, whole
from formfill.readers._sheetmodel import Tick

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from formfill.readers._sheetml import Element
    from formfill.readers._sheetmodel import Cells, SheetCell
    from formfill.readers._sheetstyles import Styles
    from formfill.readers._sheettable import Table

Area = tuple[int, int, int, int]
"""First row and column, last row and column."""
MOST: Final = 0.5
"""Part of the table's body from which a fill under condition is its design."""
LARGEST: Final = 20_000
"""Most cells that one rule is tried on."""
_LITERAL: Final = re.compile(r'=?\s*(?:"(?P<text>(?:[^"]|"")*)"|(?P<number>-?\d+(?:\.\d+)?))\s*')
_OWN: Final = re.compile(r"\s*\$?(?P<col>[A-Z]{1,3})\$?(?P<row>\d+)\s*(?P<sign>=|<>)\s*(?P<value>.+?)\s*", re.IGNORECASE)
_STRIPES: Final = re.compile(r"\s*MOD\(\s*(ROW|COLUMN)\(\s*\)\s*[,;]\s*(\d+)\s*\)\s*(?:=\s*(\d+)\s*)?", re.IGNORECASE)
_CONSTANTS: Final = {"TRUE": True, "FALSE": False, "1": True, "0": False}
_TEXTS: Final[dict[str, Callable[[str, str], bool]]] = {
    "containsText": lambda text, part: part in text,
    "notContainsText": lambda text, part: part not in text,
    "beginsWith": str.startswith,
    "endsWith": str.endswith,
}
_OF_VALUES: Final = frozenset(
    ("top10", "aboveAverage", "duplicateValues", "uniqueValues", "timePeriod", "containsErrors", "dataBar", "colorScale", "iconSet")
)
"""Rules that no empty cell meets, nor a cell that holds a text of its own: they are about figures and dates."""


class Rule(NamedTuple):
    """One rule that fills cells, or strikes them through."""

    areas: tuple[Area, ...]
    fill: str | None
    kind: str
    operator: str
    text: str
    formulas: tuple[str, ...]
    priority: int
    strikes: bool = False

    @property
    def detail(self) -> str:
        """What it is, in the words of the file."""
        return f"{self.kind} {' '.join(self.formulas) or self.text}".strip()

    def holds(self, cell: SheetCell) -> bool | None:
        """Whether the cell meets the condition; None when that asks for a computation."""
        text = cell.text.strip().casefold()
        if self.kind in _OF_VALUES:
            return None if cell.number else False
        if self.kind in ("containsBlanks", "notContainsBlanks"):
            return (not text) is (self.kind == "containsBlanks")
        if self.kind == "notContainsErrors":
            return True
        if self.kind in _TEXTS:
            return _TEXTS[self.kind](text, self.text.casefold()) if self.text else None
        if self.kind == "cellIs":
            return _compared(text, self.operator, self.formulas[0], number=cell.number) if self.formulas else None
        return self._formula(cell, text)

    def _formula(self, cell: SheetCell, text: str) -> bool | None:
        if self.kind != "expression" or len(self.formulas) != 1:
            return None
        formula = self.formulas[0].strip()
        if formula.upper() in _CONSTANTS:
            return _CONSTANTS[formula.upper()]
        if stripes := _STRIPES.fullmatch(formula):
            at = cell.row + 1 if stripes[1].upper() == "ROW" else cell.col + 1
            rest = at % max(int(stripes[2]), 1)
            return rest == int(stripes[3]) if stripes[3] else bool(rest)
        own = _OWN.fullmatch(formula)
        if own is None or "$" in formula:
            return None
        # a formula is written for the upper left cell of its range, and moves with the others
        first = area_of(f"{own['col']}{own['row']}")
        if first is None or first[:2] != self.areas[0][:2]:
            return None
        return _compared(text, "equal" if own["sign"] == "=" else "notEqual", own["value"], number=cell.number)


def _compared(text: str, operator: str, formula: str, *, number: bool) -> bool | None:
    literal = _LITERAL.fullmatch(formula)
    if literal is None or operator not in ("equal", "notEqual"):
        return None if text else operator == "notEqual" if literal is not None else None
    if literal["text"] is not None:
        wanted = literal["text"].replace('""', '"').strip().casefold()
        same = text == wanted
    elif number:
        try:
            same = float(text.replace(",", ".")) == float(literal["number"])
        except ValueError:
            return None
    else:
        # an empty cell equals zero
        same = not text and float(literal["number"]) == 0
    return same is (operator == "equal")


def rules(root: Element, styles: Styles) -> list[Rule]:
    """The rules of a sheet that fill or strike cells, the one that counts first first."""
    found = []
    # those that need what Excel 2010 brought stand in the extensions of the sheet, their format in them ([MS-XLSX] §2.6.7)
    for group in (node for node in root.iter() if local(node) == "conditionalFormatting"):
        where = group.get("sqref") or next((child.text for child in group if local(child) == "sqref"), None) or ""
        areas = tuple(area for part in where.split() if (area := area_of(part)) is not None)
        for rule in (child for child in group if areas and local(child) == "cfRule"):
            own = next((child for child in rule if local(child) == "dxf"), None)
            fill = styles.ground(own) if own is not None else styles.differential(rule.get("dxfId"))
            striking = styles.strikes(own) if own is not None else styles.striking(rule.get("dxfId"))
            if fill is None and not striking:
                continue
            formulas = tuple((child.text or "").strip() for child in rule if local(child) in ("formula", "f"))
            kind, operator = rule.get("type") or "", rule.get("operator") or ""
            found.append(
                Rule(areas, fill, kind, operator, rule.get("text") or "", formulas, whole(rule.get("priority"), 0), striking)
            )
    return sorted(found, key=lambda rule: rule.priority)


def apply(cells: Cells, table: Table, found: list[Rule]) -> Iterator[tuple[Rule, bool]]:
    """Gives cells of the table the fills that their text decides; gives each rule that is left undecided somewhere.

    With it, whether the cells that it may fill are to be told as uncertain: :func:`doubt`.
    """
    width = sum(1 for col in table.headings if col != table.title_column)
    size = max((cells.rows - table.body) * width, 1)
    for rule in reversed(found):
        if rule.fill is None:
            continue
        open_cells = 0
        for row, col in _positions(rule, cells):
            if not table.holds(row, col):
                continue
            cell = cells.at(row, col)
            if cell is None or (cell.row, cell.col) != (row, col):
                if (row, col) in cells.covered:
                    continue
                cell = None
            shown = cell or cells.blank(row, col)
            held = rule.holds(shown)
            if held:
                made = cell or cells.make(row, col)
                made.look = made.look._replace(fill=rule.fill, hatched=False, shows=True)
            elif held is None and not shown.text.strip():
                open_cells += 1
        if open_cells:
            yield rule, open_cells <= MOST * size


def strike(cells: Cells, found: list[Rule]) -> dict[tuple[int, int], Rule]:
    """Strikes the cells whose text meets a rule that does; gives those of which nobody can tell, and the rule of each."""
    open_cells: dict[tuple[int, int], Rule] = {}
    for rule in (rule for rule in found if rule.strikes):
        for at in _positions(rule, cells):
            cell = cells.cells.get(at)
            if cell is None or not cell.text.strip():
                continue
            held = rule.holds(cell)
            if held:
                cell.look = cell.look._replace(struck=True)
            elif held is None:
                open_cells.setdefault(at, rule)
    return open_cells


def doubt_struck(cells: Cells, open_cells: dict[tuple[int, int], Rule]) -> None:
    """Makes the boxes and crosses of cells that a rule may strike uncertain."""
    for at, rule in open_cells.items():
        cell = cells.cells.get(at)
        for tick in cell.ticks if cell is not None else ():
            tick.evidence.append(Evidence("strikethrough", Says.UNCLEAR, f"conditional format {rule.detail}"))


def doubt(cells: Cells, table: Table, rule: Rule) -> None:
    """Makes the empty cells of the table that an undecided rule may fill uncertain."""
    for row, col in _positions(rule, cells):
        if not table.holds(row, col) or (row, col) in cells.covered:
            continue
        cell = cells.at(row, col) or cells.blank(row, col)
        if not cell.text.strip() and not cell.ticks and rule.holds(cell) is None:
            evidence = Evidence("shading", Says.UNCLEAR, f"conditional format {rule.detail}")
            cells.make(row, col).ticks = [Tick([evidence], table.label(row, col))]


def _positions(rule: Rule, cells: Cells) -> Iterator[tuple[int, int]]:
    left = LARGEST
    for top, first, bottom, last in rule.areas:
        for row in range(top, min(bottom, cells.rows - 1) + 1):
            for col in range(first, min(last, cells.columns - 1) + 1):
                left -= 1
                if left < 0:
                    return
                yield row, col
