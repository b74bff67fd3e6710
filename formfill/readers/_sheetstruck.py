"""What is struck through in the cells of a sheet: boxes in doubt, alternatives, text that is told (§18.4.10, §18.8.22). Pure."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from formfill.readers._choices import choices
from formfill.readers._marks import STRUCK, Emphasised
from formfill.readers._sheetmodel import Tick

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from formfill.readers._marks import Piece
    from formfill.readers._sheetmodel import SheetCell


def struck(cell: SheetCell) -> Sequence[bool]:
    """Whether each character of the text of a cell is struck through; empty when none is.

    A run that says nothing of its font has that of the cell; one that says something of it says all (§18.4.7).
    """
    look = cell.look.struck
    if cell.runs:
        own = [look if run.struck is None else run.struck for run in cell.runs]
        if any(own):
            return [is_struck for run, is_struck in zip(cell.runs, own, strict=True) for _char in run.text]
        return ()
    return [True] * len(cell.text) if look else ()


def is_struck(cell: SheetCell) -> bool:
    """Tells whether all that a cell holds is struck through."""
    parts = _parts(cell)
    return bool(parts) and all(on for _text, on in parts)


def _parts(cell: SheetCell) -> list[tuple[str, bool]]:
    """The stretches of a cell as it was typed, and whether each is struck through."""
    look = cell.look.struck
    parts = [(run.text, look if run.struck is None else run.struck) for run in cell.runs] or [(cell.text, look)]
    return [(text, on) for text, on in parts if text.strip()]


def strike_alternatives(cells: Iterable[SheetCell]) -> None:
    """Makes marks of the alternatives in the text of cells, some of which are struck: « Oui / ~~Non~~ »."""
    for cell in cells:
        marked = struck(cell) if cell.text and not cell.ticks else ()
        if any(marked) and not all(marked):
            found = choices([list(line) for line in _lines(cell.text, marked)])
            cell.ticks = [Tick(list(choice.evidence), choice.label) for choice in found]


def _lines(text: str, marked: Sequence[bool]) -> Iterator[Iterator[Piece]]:
    at = 0
    for line in text.split("\n"):
        yield _stretches(line, marked[at : at + len(line)])
        at += len(line) + 1


def _stretches(line: str, marked: Sequence[bool]) -> Iterator[Piece]:
    for on, group in groupby(zip(line, marked, strict=True), key=lambda pair: pair[1]):
        text = "".join(char for char, _on in group)
        yield Emphasised.of(text, STRUCK.kind) if on else text


def struck_words(cell: SheetCell) -> str:
    """The words of a cell that are struck; none where its boxes or alternatives tell of the stroke."""
    if any(seen.kind == STRUCK.kind for tick in cell.ticks for seen in tick.evidence):
        return ""
    words = " ".join(" ".join(text for text, on in _parts(cell) if on).split())
    return words if any(char.isalnum() for char in words) else ""


def struck_rows(cells: Iterable[SheetCell]) -> Iterator[tuple[SheetCell, str]]:
    """The struck words of a sheet, those of a row together, with the first cell that holds some."""
    said = [(cell, words) for cell in sorted(cells, key=lambda cell: (cell.row, cell.col)) if (words := struck_words(cell))]
    for _row, group in groupby(said, key=lambda pair: pair[0].row):
        found = list(group)
        yield found[0][0], " ".join(words for _cell, words in found)
