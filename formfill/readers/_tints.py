"""Empty boxes that are highlighted or shaded, or whose words are: ticked that way, or set apart by whoever drew the form. Pure.

Nothing tells which, so such a box is in doubt; it is not when all its neighbours look alike: a shaded row, a striped table, a form
highlighted as a whole. Boxes that are ticked anyway are left as they are.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from formfill.model.document import Evidence, MarkState, Says
from formfill.model.glyphs import without_boxes
from formfill.readers._marks import STRUCK, Emphasised, Tinted, weigh
from formfill.text import squeeze

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from formfill.model.document import Grid, TextBlock
    from formfill.readers._cells import DraftCell, Shelf
    from formfill.readers._marks import Piece, Tint

_PEN: Final = "highlight"
"""Drawn by a person far more often than by whoever made the form."""


def of_labels(paragraphs: Sequence[Sequence[Piece]]) -> list[list[Piece]]:
    """The paragraphs, each box whose words are highlighted or shaded as a whole told; not those of a line that all look alike."""
    return [_of_line(list(paragraph)) for paragraph in paragraphs]


def _of_line(pieces: list[Piece]) -> list[Piece]:
    at = [index for index, piece in enumerate(pieces) if isinstance(piece, tuple)]
    if not at:
        return pieces
    bounds = [-1, *at, len(pieces)]
    stretches = [pieces[start + 1 : end] for start, end in pairwise(bounds)]
    follow = _words(stretches[-1]) or not _words(stretches[0])
    for number, index in enumerate(at):
        box = pieces[index]
        if isinstance(box, tuple) and not isinstance(box, Tinted):
            tint = tint_of(stretches[number + 1 if follow else number], announced=not follow)
            if tint is not None:
                pieces[index] = Tinted.of(box, tint)
    tints = [box.tint if isinstance(box := pieces[index], Tinted) else None for index in at]
    if len(at) > 1 and len(set(tints)) == 1:
        for index in at:
            pieces[index] = tuple(pieces[index])  # type: ignore[arg-type]  # a tinted box is the tuple of its evidence
    return pieces


def _words(stretch: Sequence[Piece]) -> str:
    return "".join(piece for piece in stretch if isinstance(piece, str)).strip()


def tint_of(stretch: Sequence[Piece], *, announced: bool = False) -> Tint | None:
    """How all words of a stretch are highlighted or shaded; None when some are not.

    Args:
        stretch: pieces.
        announced: whether what stands before a colon announces the words, and does not count.
    """
    found: set[Tint | None] = set()
    for piece in reversed(stretch):
        if isinstance(piece, str):
            text = piece.rpartition(": ")[2] if announced else piece
            if any(char.isalnum() for char in text):
                found.add(piece.tint if isinstance(piece, Emphasised) and piece.kind != STRUCK.kind else None)
            if announced and ": " in piece:
                break
    return found.pop() if len(found) == 1 else None


def of_fills(rows: Sequence[Sequence[DraftCell]]) -> None:
    """Gives empty boxes whose cell is filled or crossed, apart from its row, its column and the titles, that evidence."""
    columns: dict[int, Counter[tuple[str | None, int]]] = {}
    of_titles: set[str | None] = set()
    for row in rows:
        for cell in row:
            columns.setdefault(cell.col, Counter())[cell.fill, cell.diagonals] += 1
        if not any(cell.boxes for cell in row):
            of_titles.update(cell.fill for cell in row if cell.text.strip())
    for row in rows:
        band = Counter((cell.fill, cell.diagonals) for cell in row)
        for cell in row:
            look, column = (cell.fill, cell.diagonals), columns[cell.col]
            if look == (None, 0) or len(cell.boxes) != 1 or weigh(cell.boxes[0]) is not MarkState.BLANK:
                continue
            striped = len(row) > 1 and band[look] * 2 > len(row)
            column_of_it = column.total() > 1 and column[look] * 2 > column.total()
            if striped or column_of_it or (cell.fill in of_titles and not cell.diagonals):
                continue
            seen = []
            if cell.diagonals:
                seen.append(Evidence("diagonals", Says.UNCLEAR, f"{cell.diagonals} of 2"))
            if cell.fill is not None:
                seen.append(Evidence("fill", Says.UNCLEAR, f"w:fill={cell.fill}"))
            cell.boxes = [(*cell.boxes[0], *seen)]


class _Neighbours(NamedTuple):
    """Marks that look alike where a form has it so."""

    line: tuple[int, ...]
    """Those of its cell or paragraph, else of its row."""
    column: tuple[int, ...]


def settle(shelf: Shelf, grids: Sequence[Grid], blocks: Sequence[TextBlock]) -> None:
    """Makes the blank marks that are set apart by a highlight or a shading uncertain, once all are known."""
    tints = dict(shelf.tints)
    by_title: set[int] = set()
    around = dict(_neighbours(grids, blocks))
    for grid in grids:
        for row in grid.rows:
            named = {_title(cell.text): tint for cell in row if (tint := shelf.tinted.get(cell.place)) is not None}
            for number in (_number(mark) for cell in row for mark in cell.marks) if named else ():
                own = named.get(shelf.marks[number].label.rpartition(" | ")[2])
                if own is not None and tints.setdefault(number, own) is own:
                    by_title.add(number)
    if len(tints) == len(shelf.marks) > 1 and len(set(tints.values())) == 1:
        return
    for number, tint in tints.items():
        mark = shelf.marks[number]
        if mark.state is not MarkState.BLANK:
            continue
        line, column = around.get(number, _Neighbours((), ()))
        others = [other for other in line if other != number]
        if others and shelf.marks[others[0]].place != mark.place and all(tints.get(other) == tint for other in others):
            continue
        of_form = tint.kind != _PEN or number in by_title
        if of_form and any(len(same) > 1 and all(tints.get(k) == tint for k in same) for same in (line, column)):
            continue
        seen = (*mark.evidence, Evidence(tint.kind, Says.UNCLEAR, tint.detail))
        shelf.marks[number] = mark._replace(state=weigh(seen), evidence=seen)


def _number(mark: str) -> int:
    return int(mark[1:]) - 1


def _title(text: str) -> str:
    return next((words for line in text.split("\n") if (words := squeeze(without_boxes(line)))), "")


def _neighbours(grids: Sequence[Grid], blocks: Sequence[TextBlock]) -> Iterator[tuple[int, _Neighbours]]:
    for grid in grids:
        columns: dict[int, list[int]] = {}
        for row in grid.rows:
            for cell in row:
                columns.setdefault(cell.col, []).extend(map(_number, cell.marks))
        for row in grid.rows:
            whole = tuple(_number(mark) for cell in row for mark in cell.marks)
            for cell in row:
                own = tuple(map(_number, cell.marks))
                for number in own:
                    yield number, _Neighbours(own if len(own) > 1 else whole, tuple(columns[cell.col]))
    for block in blocks:
        own = tuple(map(_number, block.marks))
        for number in own:
            yield number, _Neighbours(own, ())
