"""Does a document look like more than one form? A glance at the first words of its lines, before anything is compared. Pure.

Most files are one form, and cutting a document costs as much as reading its record: it is done only where what forms print stands
twice, where two forms' own words stand, or where a page has next to none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from formfill.model.glyphs import without_boxes
from formfill.shelf import Shelf, head, heads_of
from formfill.text import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from formfill.model.document import Document
    from formfill.model.form import Form
    from formfill.parts._atoms import Atoms

TWICE: Final = 0.4
"""Share of the printed texts found from which two copies of a form may be there, when they stand more than once."""
OWN: Final = 3
"""Printed texts of a form, and of no other that is there, from which it may be there too."""
FEW: Final = 2
"""A page that shows fewer printed texts than this may be of no form."""


def shelf_of(known: Sequence[Form] | Shelf) -> Shelf:
    """Forms ready to be looked up by what they print."""
    if isinstance(known, Shelf):
        return known
    by_id = {form.id: form for form in known}
    return Shelf(tuple(by_id), heads_of(known), by_id.__getitem__)


class Signs:
    """What each atom of a document shows of what forms print."""

    def __init__(self, document: Document, atoms: Atoms, shelf: Shelf) -> None:
        self._atoms = atoms
        self._shelf = shelf
        self.shown: list[list[str]] = [[] for _ in range(atoms.count)]
        """The heads of printed texts that stand in each atom, one for each line."""
        for index, line in _lines(document, atoms):
            if (found := head(normalise(line))) in shelf.heads:
                self.shown[index].append(found)

    @property
    def forms(self) -> Sequence[Form]:
        """The forms that any of it may be of."""
        return self._shelf.alike(found for shown in self.shown for found in shown)

    def several(self) -> bool:
        """Whether the document may be more than one form, or hold pages of none."""
        counts: dict[str, int] = {}
        for shown in self.shown:
            for found in shown:
                counts[found] = counts.get(found, 0) + 1
        if not counts:
            return False
        if sum(count > 1 for count in counts.values()) >= TWICE * len(counts):
            return True
        return self._two_forms(counts) or self._pages_apart()

    def _two_forms(self, counts: dict[str, int]) -> bool:
        owners: dict[int, set[str]] = {}
        for found in counts:
            for rank in self._shelf.heads[found]:
                owners.setdefault(rank, set()).add(found)
        best = max(owners.values(), key=len)
        return any(len(own - best) >= OWN for own in owners.values())

    def _pages_apart(self) -> bool:
        pages: dict[int | None, int] = {}
        for index, shown in enumerate(self.shown):
            page = self._atoms.page(index)
            pages[page] = pages.get(page, 0) + len(shown)
        first: dict[int | None, int] = {}
        for index in range(self._atoms.count):
            first.setdefault(self._atoms.page(index), index)
        return any(
            page is not None
            and count < FEW
            and not (first[page] and self._atoms.is_cut_before(first[page]))
            and not self._atoms.is_empty(page)
            for page, count in pages.items()
        )


def _lines(document: Document, atoms: Atoms) -> Iterator[tuple[int, str]]:
    """The first line of each cell, and the lines of each text, with its atom."""
    for index in range(atoms.count):
        for row in atoms.rows(index):
            for cell in row:
                if cell.text:
                    yield index, without_boxes(cell.text).lstrip().partition("\n")[0]
    for block, at in zip(document.text, atoms.texts, strict=True):
        if at is not None:
            for line in block.text.split("\n"):
                yield at, line
