"""Rows and columns of an OpenDocument table (1.3 Part 3 §9.1), in a text or in a sheet: groups opened, repetitions counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from formfill.errors import SourceTooLargeError
from formfill.language import gettext as _
from formfill.readers._odfml import CELL, CELL_STYLE, COVERED, MAX_CELLS, ROW, TABLE, count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.readers._odfml import Element

MAX_ROWS: Final = 2**20
"""Most rows of a sheet in LibreOffice and in Excel."""
MAX_COLUMNS: Final = 2**14
"""Most columns, likewise; those that a file claims beyond are not read."""
_ROW_GROUPS: Final = frozenset(TABLE + name for name in ("table-header-rows", "table-rows", "table-row-group"))
_COLUMN_GROUPS: Final = frozenset(TABLE + name for name in ("table-header-columns", "table-columns", "table-column-group"))
_COLUMN: Final = TABLE + "table-column"
_SHUT: Final = frozenset(("collapse", "filter"))
"""Values of ``table:visibility`` that hide (§19.751)."""


class Budget:
    """How many cells may still be read; repeated cells count each, so that a small file cannot make a huge grid."""

    def __init__(self, name: str) -> None:
        self._name, self._left = name, MAX_CELLS

    def take(self, cells: int) -> None:
        """Counts cells; raises :class:`~formfill.errors.SourceTooLargeError` when there are too many."""
        self.need(cells)
        self._left -= cells

    def need(self, cells: int) -> None:
        """Raises when so many cells may not be read any more: said before a repetition is gone through."""
        if cells > self._left:
            raise SourceTooLargeError(
                where=self._name,
                seen=_("ses tableaux ont plus de {count} cellules.").format(count=MAX_CELLS),
                advice=_("Ce n’est sans doute pas un formulaire ; redemandez le fichier à son auteur."),
            )


class Row(NamedTuple):
    """A row as it stands in the file."""

    element: Element
    repeated: int
    """How many times it stands there."""
    hidden: bool


class Column(NamedTuple):
    """Columns alike that follow each other."""

    first: int
    """Rank of the first one, from 0."""
    repeated: int
    style: str | None
    """The style of their cells that have none."""
    hidden: bool


class Slot(NamedTuple):
    """A cell as it stands in its row."""

    element: Element
    col: int
    """Its column, from 0."""
    repeated: int
    covered: bool
    """Whether a merged cell covers it."""


def rows(table: Element) -> Iterator[Row]:
    """The rows of a table, through header rows and groups."""
    for child in table:
        if child.tag == ROW:
            yield Row(child, count(child, TABLE + "number-rows-repeated"), child.get(TABLE + "visibility") in _SHUT)
        elif child.tag in _ROW_GROUPS:
            yield from rows(child)


def columns(table: Element) -> list[Column]:
    """The columns of a table, through header columns and groups."""
    found: list[Column] = []
    at = 0
    for child in _columns(table):
        repeated = count(child, TABLE + "number-columns-repeated")
        hidden = child.get(TABLE + "visibility") in _SHUT
        found.append(Column(at, repeated, child.get(TABLE + "default-cell-style-name"), hidden))
        at += repeated
    return found


def _columns(parent: Element) -> Iterator[Element]:
    for child in parent:
        if child.tag == _COLUMN:
            yield child
        elif child.tag in _COLUMN_GROUPS:
            yield from _columns(child)


def cells(row: Element) -> Iterator[Slot]:
    """The cells of a row, covered ones too."""
    col = 0
    for child in row:
        if child.tag in (CELL, COVERED):
            repeated = count(child, TABLE + "number-columns-repeated")
            yield Slot(child, col, repeated, child.tag == COVERED)
            col += repeated


def spans(cell: Element) -> tuple[int, int]:
    """Rows and columns that a cell covers."""
    down, across = count(cell, TABLE + "number-rows-spanned"), count(cell, TABLE + "number-columns-spanned")
    return min(down, MAX_ROWS), min(across, MAX_COLUMNS)


def cell_style(cell: Element, row: Element, default: str | None) -> str | None:
    """The style of a cell: its own, else its row's, else its column's (§19.481, §19.615)."""
    style = cell.get(CELL_STYLE) or row.get(TABLE + "default-cell-style-name") or default
    return None if style is None else str(style)
