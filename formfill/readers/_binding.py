"""Which text does a box belong to? Labels before, after, around the box, or the row's title. Pure.

The text of a cell holds one box glyph per mark (see :class:`~formfill.model.document.Cell`); the glyphs tell where the boxes stand.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from formfill.model.glyphs import BOX_GLYPHS, TICKS, without_boxes
from formfill.text import squeeze

if TYPE_CHECKING:
    from collections.abc import Sequence

_CODE: Final = re.compile(r"\b[A-Z]+\d+(?:\.\d+)*\s*$")
"""A code that stands before a colon: ``B1.1``."""


def bind(lines: Sequence[str], n_marks: int, row_title: str) -> list[str]:
    """One label per mark of a cell, in reading order.

    Args:
        lines: the paragraphs of the cell, each mark standing in them as one box glyph.
        n_marks: how many marks the cell holds; where the glyphs do not number as many, every label is the cell's text.
        row_title: the label of a box that stands alone in its cell.
    """
    if n_marks == 1 and len(lines) == 1 and lines[0].strip() in BOX_GLYPHS | TICKS:
        return [row_title]
    labels = [label for line in lines for label in _labels_of_line(line)]
    if len(labels) != n_marks:
        whole = squeeze(" ".join(without_boxes(line) for line in lines)) or row_title
        return [whole] * n_marks
    bare = [squeeze(without_boxes(line)) for line in lines]
    if not any(bare):
        return [row_title] * n_marks
    if not all(labels) and n_marks > 1:
        labels = _of_neighbours(lines, bare, labels)
    if any(labels):
        return [label or row_title for label in labels]
    # boxes alone on their lines, text on others: the text of the cell is theirs
    return [" ".join(filter(None, bare))] * n_marks


def _of_neighbours(lines: Sequence[str], bare: Sequence[str], labels: Sequence[str]) -> list[str]:
    """The labels of a cell, those of boxes alone on their lines from the lines of words between them.

    The words stand after each box, or before each: that no words follow the last box, or go before the first, tells which; else
    nothing does. A line that ends with a colon announces the boxes and is no label.
    """
    found = list(labels)
    lone: list[tuple[int, int]] = []
    """The number of each box that is alone on its line, and that line."""
    boxed: list[int] = []
    number = 0
    for at, line in enumerate(lines):
        count = sum(char in BOX_GLYPHS for char in line)
        if count:
            boxed.append(at)
        if count == 1 and not bare[at]:
            lone.append((number, at))
        number += count
    after = {at: _words(bare[at + 1 : end]) for at, end in pairwise([*boxed, len(lines)])}
    before = {at: _words(bare[start + 1 : at]) for start, at in pairwise([-1, *boxed])}
    follow, precede = (all(words[at] for _number, at in lone) for words in (after, before))
    if follow != precede:
        # a remark may follow the last label, a title go before the first
        words = after if follow else before
        edge = boxed[-1] if follow else boxed[0]
        most = max((len(words[at]) for _number, at in lone if at != edge), default=len(words[edge]))
        for number, at in lone:
            own = words[at] if at != edge else words[at][:most] if follow else words[at][-most:]
            found[number] = " ".join(own)
    return found


def _words(lines: Sequence[str]) -> list[str]:
    """The lines of words between two boxes; what announces other boxes left out."""
    words = [line for line in lines if line]
    at = next((at for at in range(len(words) - 1, -1, -1) if words[at].endswith(":")), -1)
    return words[at + 1 :] if at < len(words) - 1 else words[:at]


def _labels_of_line(line: str) -> list[str]:
    if BOX_GLYPHS.isdisjoint(line):
        return []
    at = [i for i, char in enumerate(line) if char in BOX_GLYPHS]
    before, after = squeeze(line[: at[0]]), squeeze(line[at[-1] + 1 :])
    between = [squeeze(line[i + 1 : j]) for i, j in pairwise(at)]
    if len(at) == 1 and before and after:
        # inside the label: « Assurer ☒ la maintenance »; a heading that ends with a colon is no part of it
        return [after] if before.endswith(":") else [f"{before} {after}"]
    if after or not before:
        return [*between, after]
    return [_alternative(before) if between else before, *between]


def _alternative(before: str) -> str:
    """The first of several alternatives without what announces them: « Sexe : F ☐ M ☐ » offers F and M."""
    announced, colon, label = before.rpartition(": ")
    return before if not colon or not label or _CODE.search(announced) else label


def row_title(cells: Sequence[str], own: int) -> str:
    """The first line of the first cell of the row, other than ``own``, that holds text."""
    for index, text in enumerate(cells):
        if index == own:
            continue
        for line in text.split("\n"):
            if title := squeeze(without_boxes(line)):
                return title
    return ""
