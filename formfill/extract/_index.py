"""What a grid prints, arranged to be looked up. Built once per form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from formfill.text import normalise, squeeze, strip_bullet

if TYPE_CHECKING:
    from formfill.model.form import CheckboxGrid, GridLine, GridRow

MIN_TITLE: Final = 85.0
"""Smallest nearness, 0 to 100, at which a reworded title is still that row's."""
MARGIN: Final = 5.0
"""Least lead over the runner-up."""


class RowIndex:
    """The official lines of one row."""

    __slots__ = ("exact", "keys", "lines", "normal", "option", "row")

    def __init__(self, row: GridRow) -> None:
        self.row = row
        self.option = row.option
        self.lines: tuple[GridLine, ...] = tuple(line for column in row.lines for line in column)
        self.exact: dict[str, int] = {}
        self.normal: dict[str, int] = {}
        self.keys = [normalise(line.text) for line in self.lines]
        for i, line in enumerate(self.lines):
            for text in (line.text, line.printed):
                self.exact.setdefault(text, i)
            self.normal.setdefault(self.keys[i], i)


class GridIndex:
    """Everything a grid prints."""

    __slots__ = ("codes", "grid", "headings", "order", "rows", "titles", "variants")

    def __init__(self, grid: CheckboxGrid) -> None:
        self.grid = grid
        self.rows = {row.option: RowIndex(row) for row in grid.rows}
        self.order = {row.option: i for i, row in enumerate(grid.rows)}
        self.headings = tuple(normalise(text) for text in grid.headings)
        self.titles: dict[str, str] = {}
        self.variants: dict[str, str] = {}
        self.codes = {row.code.casefold(): row.option for row in grid.rows if row.code}
        for row in grid.rows:
            self.titles.setdefault(normalise(row.title), row.option)
        for row in grid.rows:
            for text in (row.label, *row.variants):
                self.variants.setdefault(normalise(text), row.option)

    def home(self, key: str, option: str) -> tuple[str, int] | None:
        """The other row that owns a normalised line, and the line's rank in it."""
        for other, index in self.rows.items():
            if other != option and key in index.normal:
                return other, index.normal[key]
        return None


_CODE: Final = re.compile(r"\s*([A-Z]{1,2}\s?\d{1,2}(?:\.\d{1,2})*)\s*[.:\-–—)]?\s*(.*)", re.DOTALL | re.IGNORECASE)
_cache: dict[str, tuple[CheckboxGrid, GridIndex]] = {}


def index_of(form_id: str, grid: CheckboxGrid) -> GridIndex:
    """The index of a form's grid, built at its first use."""
    found = _cache.get(form_id)
    if found is None or found[0] is not grid:
        found = _cache[form_id] = (grid, GridIndex(grid))
    return found[1]


def split_code(title: str) -> tuple[str | None, str]:
    """The code at the head of a title, folded (``b1.1``), and the rest: ``B1.1 : Gérer…`` or ``b 1.1 - Gérer…``."""
    match = _CODE.fullmatch(strip_bullet(squeeze(title)))
    if match is None:
        return None, title
    return match[1].replace(" ", "").casefold(), match[2]
