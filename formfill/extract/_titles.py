"""Which row of the form is this? By its title: code and label, typographic variants, rewordings."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from formfill.extract._index import MARGIN, MIN_TITLE, split_code
from formfill.model.completed import RowIssue, RowProblem
from formfill.model.glyphs import without_boxes
from formfill.text import denies, nearest, normalise, squeeze, word_difference

if TYPE_CHECKING:
    from formfill.extract._index import GridIndex
    from formfill.model.document import Cell

MAX_JOINED = 4
"""Most lines over which a title is looked for."""


class Title(NamedTuple):
    """The row that a title names."""

    option: str
    taken: int
    """How many lines of the cell the title covers."""
    issues: tuple[RowIssue, ...] = ()
    weak: bool = False
    """True when nothing but its code names the row."""
    contradicted: bool = False
    """True when the code names one row and the label another."""


def title_of(cell: Cell, index: GridIndex) -> Title | None:
    """The row whose title stands at the head of the cell, or None."""
    lines = [without_boxes(line) for line in cell.text.split("\n")]
    start = 0
    while start < len(lines) and not lines[start].strip():
        start += 1
    if start == len(lines):
        return None
    joined = ""
    for end in range(start, min(start + MAX_JOINED, len(lines))):
        joined = f"{joined} {lines[end]}" if joined else lines[end]
        option = index.titles.get(normalise(joined))
        if option is not None:
            official = index.rows[option].row.title
            if squeeze(joined) == squeeze(official):
                return Title(option, end + 1)
            return Title(option, end + 1, (_issue(RowProblem.VARIANT, option, joined, official, cell),))
    return _reworded(lines, start, cell, index)


def _issue(problem: RowProblem, option: str, seen: str, official: str, cell: Cell) -> RowIssue:
    return RowIssue(problem, option, seen=squeeze(seen), difference=word_difference(official, seen), place=cell.place)


def _reworded(lines: list[str], start: int, cell: Cell, index: GridIndex) -> Title | None:
    """A title that is not printed as it should be: its code, its label, or something near it."""
    same = _without_colon(lines, start, cell, index)
    if same is not None:
        return same
    best: Title | None = None
    joined = ""
    for end in range(start, min(start + MAX_JOINED, len(lines))):
        joined = f"{joined} {lines[end]}" if joined else lines[end]
        code, label = split_code(joined)
        by_code = index.codes.get(code) if code else None
        by_label = index.variants.get(normalise(label))
        if by_label is None and label.strip():
            by_label = _near(label, index)
        if by_code and by_label and by_code != by_label:
            issue = RowIssue(RowProblem.IDENTITY, by_code, seen=squeeze(joined), other=by_label, place=cell.place)
            return Title(by_code, end + 1, (issue,), contradicted=True)
        option = by_code or by_label
        if option is None:
            continue
        official = index.rows[option].row.title
        # « B1.1 : Gérer le patrimoine informatique – non acquis » says something of the box
        denied = denies(official, joined)
        found = Title(option, end + 1, (_issue(RowProblem.RETITLED, option, joined, official, cell),), contradicted=denied)
        if by_label is not None:
            return found
        best = best or found._replace(weak=True)
    return best


def _without_colon(lines: list[str], start: int, cell: Cell, index: GridIndex) -> Title | None:
    """A title that is its code and its official label, with another sign between them or none: ``B1.1 – Gérer…``."""
    code, _label = split_code(lines[start])
    option = index.codes.get(code) if code else None
    if option is None:
        return None
    row = index.rows[option].row
    joined = ""
    for end in range(start, min(start + MAX_JOINED, len(lines))):
        joined = f"{joined} {lines[end]}" if joined else lines[end]
        if normalise(split_code(joined)[1]) == normalise(row.label):
            return Title(option, end + 1, (_issue(RowProblem.VARIANT, option, joined, row.title, cell),))
    return None


def _near(label: str, index: GridIndex) -> str | None:
    rows = index.grid.rows
    found = nearest(label, [row.label for row in rows])
    if found is not None and found[1] >= MIN_TITLE and found[1] - found[2] >= MARGIN:
        return rows[found[0]].option
    return None
