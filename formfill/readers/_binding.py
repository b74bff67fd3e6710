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
    bare = [without_boxes(line) for line in lines]
    if any(labels) or not any(text.strip() for text in bare):
        return [label or row_title for label in labels]
    # boxes alone on their lines, text on others: the text of the cell is theirs
    return [squeeze(" ".join(bare))] * n_marks


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
