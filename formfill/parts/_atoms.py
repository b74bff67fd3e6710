"""The atoms of a document: the smallest stretches of it that can be of one form and not of another. Pure.

An atom is a table, or the part of a table that stands on one page, or a page without tables; in a workbook, a sheet. Every text,
annotation and finding belongs to one of them by its place: what stands above a table to that table, what stands below to the table
above, unless it begins as what stood above the first one (a title, ``Candidat :``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from formfill.model.document import Grid
from formfill.model.geometry import Place
from formfill.text import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable

    from formfill.model.document import Cell, Document, TextBlock

_PARAGRAPH: Final = re.compile(r"paragraph\[(\d+)\]")


class _Atom(NamedTuple):
    page: int | None
    top: float
    bottom: float
    grid: int
    """Rank of its grid; -1 for a page without tables."""
    rows: frozenset[int]


class Atoms:
    """The atoms of one document, in reading order."""

    def __init__(self, document: Document) -> None:
        self._whole = document
        self._atoms = sorted(_atoms(document))
        self.count = len(self._atoms)
        if self.count < 2:
            return
        self._of_grid: dict[int, list[int]] = {}
        self._of_page: dict[int | None, list[int]] = {}
        for index, atom in enumerate(self._atoms):
            self._of_grid.setdefault(atom.grid, []).append(index)
            self._of_page.setdefault(atom.page, []).append(index)
        self._keys = {grid.place.path.partition("!")[0]: rank for rank, grid in enumerate(document.grids) if grid.place.path}
        self._text = self._texts()
        self._marks: dict[str, int] | None = None

    def page(self, index: int) -> int | None:
        """The page of an atom; None in a format without pages."""
        return self._atoms[index].page

    def pages(self, kept: Iterable[int]) -> tuple[int, ...]:
        """The pages of atoms, in order."""
        return tuple(sorted({page for index in kept if (page := self._atoms[index].page) is not None}))

    def head(self, index: int) -> str:
        """The first words of the table of an atom, normalised; empty when it has none or goes on from another page."""
        atom = self._atoms[index]
        if atom.grid < 0 or 0 not in atom.rows:
            return ""
        return next((normalise(cell.text) for cell in self._whole.grids[atom.grid].rows[0] if cell.text.strip()), "")

    def rows(self, index: int) -> list[tuple[Cell, ...]]:
        """The rows of an atom."""
        atom = self._atoms[index]
        return [self._whole.grids[atom.grid].rows[number] for number in sorted(atom.rows)]

    @property
    def texts(self) -> list[int | None]:
        """The atom of each text outside the tables; None for what is of the whole file."""
        return self._text

    def is_empty(self, page: int) -> bool:
        """Whether nothing stands on a page, and nothing was found of it."""
        tables = any(self._atoms[index].grid >= 0 for index in self._of_page.get(page, ()))
        return not tables and not self.text_of(page) and all(item.place.page != page for item in self._whole.findings)

    def text_of(self, page: int | None) -> list[str]:
        """The texts outside the tables of a page."""
        return [block.text for block in self._whole.text if block.place.page == page]

    def table_end(self, first: int, last: int) -> int:
        """The last atom of the table that begins with an atom; ``last`` when none begins there or it ends sooner."""
        mine = self._of_grid[self._atoms[first].grid]
        return max(last, mine[-1]) if self._atoms[first].grid >= 0 and mine[0] == first else last

    def is_cut_before(self, index: int) -> bool:
        """Whether a table of the atom before goes on in this one, or its last row does, over pages that hold nothing else."""
        atom, above = self._atoms[index], self._atoms[index - 1]
        if atom.grid >= 0 and atom.grid == above.grid:
            return True
        empty = index
        while empty and self._atoms[empty].grid < 0 and not self.text_of(self._atoms[empty].page):
            empty -= 1
        # what stands below the rest of a row, on the page where the row ends, may be anything
        above = self._atoms[min(empty, index - 1)]
        if above.grid < 0:
            return False
        return any(cell.continues for cell in self._whole.grids[above.grid].rows[max(above.rows)])

    def document(self, kept: set[int]) -> Document:
        """What stands in some atoms, as a document; what belongs to no atom (a page header, a file's own finding) is in each."""
        whole = self._whole
        grids = [grid for rank, full in enumerate(whole.grids) if (grid := self._grid(rank, full, kept)) is not None]
        pages = set(self.pages(kept))
        if self._marks is None:
            self._marks = self._mark_atoms()
        of_mark = self._marks
        return whole._replace(
            grids=tuple(grids),
            text=tuple([block for block, at in zip(whole.text, self._text, strict=True) if at is None or at in kept]),
            marks=tuple([mark for mark in whole.marks if of_mark[mark.id] in kept]),
            annotations=tuple([note for note in whole.annotations if self._at(note.place) in kept]),
            findings=tuple([item for item in whole.findings if self._concerns(item.place, kept, pages)]),
        )

    def _grid(self, rank: int, full: Grid, kept: set[int]) -> Grid | None:
        numbers = sorted(row for index in self._of_grid.get(rank, ()) if index in kept for row in self._atoms[index].rows)
        if len(numbers) == len(full.rows):
            return full if numbers else None
        if not numbers:
            return None
        again = dict(full.heads).get(numbers[0], 0)
        rows = [*full.rows[:again], *(full.rows[number] for number in numbers)]
        page = _page(full.rows[numbers[0]], full)
        moved = []
        for at, row in enumerate(rows):
            if at < again:
                # the header that stood on this page too, and was dropped
                moved.append(tuple([cell._replace(place=Place(page)) for cell in row]))
            else:
                moved.append(tuple([cell._replace(row=cell.row - numbers[0] + again) for cell in row]))
        return Grid(tuple(moved), full.rows[numbers[0]][0].place if full.rows[numbers[0]] else full.place)

    def _concerns(self, place: Place, kept: set[int], pages: set[int]) -> bool:
        if place.page is not None:
            return place.page in pages
        rank = self._grid_at(place.path)
        return rank is None or any(index in kept for index in self._of_grid.get(rank, ()))

    def _mark_atoms(self) -> dict[str, int]:
        found = {mark.id: self._at(mark.place) for mark in self._whole.marks}
        for index, atom in enumerate(self._atoms):
            for row in atom.rows:
                found.update((mark, index) for cell in self._whole.grids[atom.grid].rows[row] for mark in cell.marks)
        for block, at in zip(self._whole.text, self._text, strict=True):
            found.update((mark, at or 0) for mark in block.marks)
        return found

    # ------------------------------------------------------------------------------------------------------------ places

    def _at(self, place: Place) -> int:
        """The atom of a place: that which holds it, else the last that begins above it, else the first of its page."""
        if place.page is not None:
            here = self._of_page.get(place.page)
            if here is None:
                return 0
            y = place.box.centre[1] if place.box is not None else 0.0
            return next((index for index in reversed(here) if self._atoms[index].top <= y), here[0])
        rank = self._grid_at(place.path)
        if rank is not None:
            return self._of_grid[rank][0]
        number = _number(place.path)
        before = [
            at
            for block, at in zip(self._whole.text, self._text, strict=True)
            if at is not None and _number(block.place.path) <= number
        ]
        return before[-1] if before else 0

    def _grid_at(self, path: str | None) -> int | None:
        """The rank of the grid that a path leads into, or whose sheet it is of."""
        found = [key for key in self._keys if path is not None and _leads(path, key)]
        return self._keys[max(found, key=len)] if found else None

    def _texts(self) -> list[int | None]:
        """The atom of each text outside the tables; None for what is of the whole file."""
        found: list[int | None] = []
        above: list[set[str]] = []
        gaps: dict[int, list[int]] = {}
        for rank, block in enumerate(self._whole.text):
            at, below = self._beside(block)
            found.append(at)
            if at is not None and not below:
                above.append(_labels(block.text))
            elif at is not None and at + 1 < self.count and self.page(at + 1) == self.page(at):
                gaps.setdefault(at, []).append(rank)
        labels = set[str]().union(*above)
        for at, ranks in gaps.items():
            # what stands above the first table begins what stands above the next: its first line, else any
            first = [rank for rank in ranks if above and above[0] & _labels(self._whole.text[rank].text)]
            begun = first[-1:] or [rank for rank in ranks if labels & _labels(self._whole.text[rank].text)][:1]
            for rank in ranks:
                if begun and rank >= begun[0]:
                    found[rank] = at + 1
        return found

    def _beside(self, block: TextBlock) -> tuple[int | None, bool]:
        """The atom beside which a text stands, and whether it stands below it."""
        place = block.place
        if place.page is not None:
            here = self._of_page.get(place.page, [0])
            y = place.box.top if place.box is not None else 0.0
            above = [index for index in here if self._atoms[index].top <= y]
            return (above[-1], self._atoms[above[-1]].grid >= 0) if above else (here[0], False)
        rank = self._grid_at(place.path)
        if rank is not None:
            return self._of_grid[rank][0], False
        if not (place.path or "").startswith("paragraph["):
            return None, False
        return (block.grids - 1, True) if block.grids else (0, False)


def _atoms(document: Document) -> list[_Atom]:
    found = []
    tabled = set()
    for rank, grid in enumerate(document.grids):
        pages: dict[int | None, list[int]] = {}
        for number, row in enumerate(grid.rows):
            pages.setdefault(_page(row, grid), []).append(number)
        for page, numbers in pages.items():
            tabled.add(page)
            boxes = [
                cell.place.box for number in numbers for cell in grid.rows[number] if cell.place.page == page and cell.place.box
            ]
            top = min((box.top for box in boxes), default=0.0 if page is not None else float(rank))
            bottom = max((box.bottom for box in boxes), default=top)
            found.append(_Atom(page, top, bottom, rank, frozenset(numbers)))
    if document.pages is not None:
        found += [_Atom(page, 0.0, 0.0, -1, frozenset()) for page in range(1, document.pages + 1) if page not in tabled]
    return found


def _page(row: Iterable[Cell], grid: Grid) -> int | None:
    return next((cell.place.page for cell in row if cell.place.page is not None), grid.place.page)


def _labels(text: str) -> set[str]:
    """A text, and what stands before its colon: ``Candidat``."""
    return {label for label in (normalise(text), normalise(text.partition(":")[0])) if label}


def _number(path: str | None) -> int:
    match = _PARAGRAPH.match(path or "")
    return int(match[1]) if match else -1


def _leads(path: str, key: str) -> bool:
    """Whether a path is that of a grid or of a sheet, or leads into it."""
    return path == key or (path.startswith(key) and path[len(key)] in "/!.")
