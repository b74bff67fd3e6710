"""The ticked cells of a table without boxes: a cross or a tick by itself, a fill set apart from its column's, strokes. Pure.

Only the body is looked at, under a row of headings; what an empty cell means is the form's to say.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from formfill.model.document import Evidence, Says
from formfill.model.geometry import Box
from formfill.model.glyphs import TICKS, TYPED_TICKS, without_boxes
from formfill.readers._signs import EMPTY_CIRCLES, FULL_CIRCLES, FULL_SQUARES
from formfill.readers._strokes import FAINT, Path, around, verdict
from formfill.readers._visual import Spot
from formfill.text import squeeze

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from formfill.readers._gridjoin import Draft, Part

_CROSSES: Final = TICKS | TYPED_TICKS | EMPTY_CIRCLES | FULL_CIRCLES | FULL_SQUARES
_COVERED: Final = 0.55
"""Share of a cell from which a fill is the cell's."""


class Fill(NamedTuple):
    """A filled rectangle of a page, as displayed."""

    box: Box
    colour: tuple[int, int, int]
    tone: float
    order: int


class Inked(NamedTuple):
    """What is drawn on a page outside its boxes."""

    fills: Sequence[Fill]
    paths: Sequence[Path]
    letters: Sequence[tuple[Box, str]]
    """Crosses laid over the page by a viewer: where, and what they are."""
    hidden: list[tuple[Box, Evidence]]
    """Crosses printed in cells that are not to be seen: where, and why."""


def crosses(part: Part, inked: Mapping[int, Inked]) -> None:
    """Adds to the drafts of a table the marks of its ticked cells.

    Args:
        part: a whole table; changed in place.
        inked: what is drawn on each page that it stands on.
    """
    rows = part.rows
    if not any(ink.fills or ink.paths or ink.letters for ink in inked.values()) and not any(
        len(cell.paragraphs) == 1 and len(cell.paragraphs[0].text) <= 2 and cell.paragraphs[0].text.strip() in _CROSSES
        for row in rows
        for cell in row
    ):
        return
    header, headings = _header(rows)
    if header < 0 and not any(cell.spots for row in rows for cell in row):
        return
    colours = _Colours(rows, inked)
    grounds = colours.grounds(rows[header + 1 :])
    for row in rows[header + 1 :]:
        title = next((cell for cell in row if _says(cell)), None)
        for cell in row:
            text = cell.text.strip()
            if title is None or cell is title or (text and text not in _CROSSES):
                continue
            evidence: tuple[Evidence, ...] = ()
            if cell.spots and text in TICKS:
                evidence = (*cell.spots[0][1].evidence, *_hidden(cell, inked))
            elif cell.spots or (header < 0 and not _boxed(rows, cell.col)):
                continue
            elif text:
                kind, says = "typed" if text in TYPED_TICKS else "glyph", Says.BLANK if text in EMPTY_CIRCLES else Says.TICKED
                evidence = (Evidence(kind, says, f"U+{ord(text):04X} {text}"), *_hidden(cell, inked))
            fill = colours.of(cell)
            if fill is not None and fill.colour != grounds.get(cell.col) and not _same(fill, colours.of(title)):
                evidence += (Evidence("shading", Says.TICKED, "#{:02X}{:02X}{:02X}".format(*fill.colour)),)
            evidence += _drawn(cell, inked)
            if evidence:
                words = (headings.get(cell.col, ""), _first_line(title.text))
                cell.label = " | ".join(word for word in words if word)
                place = cell.place
                if place.page is not None and place.box is not None:
                    cell.spots[:] = [(place.page, Spot(place.box, evidence))]


def _drawn(cell: Draft, inked: Mapping[int, Inked]) -> tuple[Evidence, ...]:
    box, ink = cell.place.box, inked.get(cell.place.page or 0)
    if box is None or ink is None:
        return ()
    found: list[Evidence] = []
    own: dict[str, list[Path]] = {}
    for path in ink.paths:
        inside = (
            path.box.x0 >= box.x0 - 3
            and path.box.x1 <= box.x1 + 3
            and path.box.top >= box.top - 3
            and path.box.bottom <= box.bottom + 3
        )
        small = path.box.width <= 1.5 * box.width and path.box.height <= 1.5 * box.height
        if inside or (small and box.contains(*path.box.centre)):
            own.setdefault(path.kind, []).append(path)
    for kind, paths in own.items():
        whole = around([line for path in paths for line in path.lines])
        if max(whole.width, whole.height) < 3:
            continue
        square = Box(whole.x0, whole.top, max(whole.x1, whole.x0 + 1), max(whole.bottom, whole.top + 1))
        says, detail = verdict(square, paths)
        if kind == "covered":
            says, detail = Says.UNCLEAR, f"{detail} under an opaque fill"
        if min(whole.width / box.width, whole.height / box.height) > 0.75 and kind == "strokes":
            kind = "diagonals"
        found.append(Evidence(kind, says, detail))
    found += [Evidence("annotation", Says.TICKED, what) for place, what in ink.letters if box.contains(*place.centre)]
    return tuple(found)


def _hidden(cell: Draft, inked: Mapping[int, Inked]) -> tuple[Evidence, ...]:
    box, ink = cell.place.box, inked.get(cell.place.page or 0)
    return tuple(why for place, why in ink.hidden if box.contains(*place.centre)) if box is not None and ink is not None else ()


class _Colours:
    """Which fill each cell has."""

    def __init__(self, rows: Sequence[Sequence[Draft]], inked: Mapping[int, Inked]) -> None:
        self._inked = inked
        self._known: dict[int, Fill | None] = {}
        self._any = any(ink.fills for ink in inked.values()) and bool(rows)

    def of(self, cell: Draft) -> Fill | None:
        """The fill of a cell, the last one drawn; None for none or white."""
        if not self._any:
            return None
        if id(cell) not in self._known:
            self._known[id(cell)] = self._find(cell)
        return self._known[id(cell)]

    def _find(self, cell: Draft) -> Fill | None:
        box, ink = cell.place.box, self._inked.get(cell.place.page or 0)
        if box is None or ink is None:
            return None
        found = None
        for fill in ink.fills:
            across = min(fill.box.x1, box.x1) - max(fill.box.x0, box.x0)
            down = min(fill.box.bottom, box.bottom) - max(fill.box.top, box.top)
            if across > 0 and down > 0 and across * down >= _COVERED * box.width * box.height:
                found = fill
        return found if found is not None and found.tone > FAINT / 2 else None

    def grounds(self, body: Sequence[Sequence[Draft]]) -> dict[int, tuple[int, int, int] | None]:
        """The fill of each column: none when one of its cells has none, else the commonest."""
        counted: dict[int, Counter[tuple[int, int, int] | None]] = {}
        if self._any:
            for row in body:
                for cell in row:
                    if cell.col_span == 1:
                        fill = self.of(cell)
                        counted.setdefault(cell.col, Counter())[fill.colour if fill else None] += 1
        return {col: None if None in seen else seen.most_common(1)[0][0] for col, seen in counted.items()}


def _boxed(rows: Sequence[Sequence[Draft]], col: int) -> bool:
    """Tells whether a box stands by itself in a cell of a column."""
    return any(cell.col == col and cell.spots and not squeeze(without_boxes(cell.text)) for row in rows for cell in row)


def _same(fill: Fill, other: Fill | None) -> bool:
    """Tells whether a colour is that of the title of the row: a band over the whole row."""
    return other is not None and other.colour == fill.colour


def _says(cell: Draft) -> bool:
    """Whether a cell holds words."""
    text = cell.text.strip()
    return bool(text) and text not in _CROSSES and bool(squeeze(without_boxes(text)))


def _first_line(text: str) -> str:
    return next((line for part in text.split("\n") if (line := squeeze(without_boxes(part)))), "")


def _header(rows: Sequence[Sequence[Draft]]) -> tuple[int, dict[int, str]]:
    """Rank of the row of headings, and the heading of each column: the first row that has the most words, at least two."""
    best, header = 1, -1
    for rank, row in enumerate(rows):
        worded = sum(_says(cell) for cell in row)
        if worded > best:
            best, header = worded, rank
    if header < 0:
        return -1, {}
    headings: dict[int, str] = {}
    for row in rows[: header + 1]:
        for cell in row:
            if _says(cell) and (row is rows[header] or cell.row + cell.row_span > header):
                for col in range(cell.col, cell.col + cell.col_span):
                    headings[col] = squeeze(cell.text)
    return header, headings
