"""Alternatives of a PDF line that are struck through, circled or highlighted: « Oui / Non », « M. ou Mme ». Pure.

What is drawn is put on the characters it covers; :mod:`formfill.readers._choices` says whether they are a choice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from formfill.model.geometry import Box
from formfill.readers._choices import choices
from formfill.readers._marks import Emphasised

if TYPE_CHECKING:
    from collections.abc import Sequence

    from formfill.model.document import Grid, Mark, TextBlock
    from formfill.model.geometry import Place
    from formfill.readers._choices import Choice
    from formfill.readers._marks import Piece
    from formfill.readers._strokes import Path
    from formfill.readers._visual import Line

_LONGEST: Final = 90
"""Longest line of alternatives, in characters."""


class Placed(NamedTuple):
    """A choice and where it stands."""

    choice: Choice
    box: Box


class Text(Protocol):
    """What tells where the characters of a line stand."""

    def places(self, line: Line) -> list[tuple[str, Box]]:
        """The characters of a line with their boxes."""
        ...


def chosen(
    text: Text, lines: Sequence[Line], rules: Sequence[Box], paths: Sequence[Path], over: Sequence[tuple[str, Box]]
) -> list[Placed]:
    """The alternatives of some lines that are set apart by what is drawn over them.

    Args:
        text: tells where the characters stand.
        lines: the lines of a page.
        rules: its level and upright lines.
        paths: its small paths that mark no box.
        over: highlights, struck stretches and circles that a viewer laid over the page: their kind, and where.
    """
    found: list[Placed] = []
    for line in lines:
        words = line.text
        if len(words) > _LONGEST or not ("/" in words or " ou " in words or "   " in words) or line.start < 0 or line.spots:
            continue
        high, middle = line.bottom - line.top, (line.top + line.bottom) / 2
        marks = [
            ("strikethrough", rule)
            for rule in rules
            if rule.height < 2 < rule.width and rule.x0 < line.x1 and rule.x1 > line.x0 and abs(rule.top - middle) < 0.3 * high
        ]
        marks += [("circle", path.box) for path in paths if _rings(path, line)]
        marks += [(kind, box) for kind, box in over if box.top < middle < box.bottom and box.x0 < line.x1 and box.x1 > line.x0]
        if marks:
            found += _of_line(text, line, marks)
    return found


def _rings(path: Path, line: Line) -> bool:
    """Tells whether a path is a ring around words of a line."""
    box = path.box
    if (
        not (path.curved or path.kind == "annotation")
        or path.fill > 0
        or len(path.lines) != 1
        or box.height > 4 * (line.bottom - line.top)
    ):
        return False
    points = path.lines[0]
    open_by = max(abs(points[0][0] - points[-1][0]), abs(points[0][1] - points[-1][1]))
    middle = (line.top + line.bottom) / 2
    around = box.top < middle - 2 and box.bottom > middle + 2
    return len(points) > 5 and open_by < 0.35 * max(box.width, box.height) and around and box.x0 < line.x1 and box.x1 > line.x0


def _of_line(text: Text, line: Line, marks: Sequence[tuple[str, Box]]) -> list[Placed]:
    pieces: list[Piece] = []
    signs = text.places(line)
    for char, box in signs:
        x = box.centre[0]
        kind = next((kind for kind, mark in marks if mark.x0 <= x <= mark.x1), None)
        if pieces and isinstance(pieces[-1], str) and getattr(pieces[-1], "kind", None) == kind:
            joined = str(pieces[-1]) + char
            pieces[-1] = Emphasised.of(joined, kind) if kind else joined
        else:
            pieces.append(Emphasised.of(char, kind) if kind else char)
    whole = Box(line.x0, line.top, line.x1, line.bottom)
    return [Placed(choice, whole) for choice in choices([pieces])]


def named(grids: Sequence[Grid], blocks: Sequence[TextBlock], marks: Sequence[Mark]) -> tuple[list[Grid], list[TextBlock]]:
    """The tables and the paragraphs, each naming the choices that stand in it.

    Args:
        grids: the tables of a document.
        blocks: its paragraphs.
        marks: its choices.
    """
    left = list(marks)
    done = []
    for grid in grids:
        rows = []
        for row in grid.rows:
            cells = []
            for cell in row:
                own = [mark for mark in left if _holds(cell.place, mark)]
                left = [mark for mark in left if mark not in own] if own else left
                cells.append(cell._replace(marks=(*cell.marks, *(mark.id for mark in own))) if own else cell)
            rows.append(tuple(cells))
        done.append(grid._replace(rows=tuple(rows)))
    texts = []
    for block in blocks:
        own = [mark for mark in left if _holds(block.place, mark)]
        left = [mark for mark in left if mark not in own] if own else left
        texts.append(block._replace(marks=(*block.marks, *(mark.id for mark in own))) if own else block)
    return done, texts


def _holds(place: Place, mark: Mark) -> bool:
    box = mark.place.box
    return place.page == mark.place.page and place.box is not None and box is not None and place.box.contains(*box.centre)
