"""Boxes that stand alone in their paragraphs: their words are those of the paragraphs between them. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from formfill.model.glyphs import BOX_GLYPHS
from formfill.readers._binding import bind

if TYPE_CHECKING:
    from formfill.model.document import Mark

_FAR: Final = 4
"""Paragraphs between two boxes of a list, at most; and empty ones between a box and its words."""
Lone = tuple[int, int]
"""The rank of a paragraph that holds one box without a label, and the number of its mark."""


def name_lone(marks: list[Mark], nameless: list[Lone], texts: list[str]) -> None:
    """Gives boxes alone in their paragraphs the words of the paragraphs between them, as in a cell.

    Args:
        marks: all marks; those without a label are replaced.
        nameless: the paragraphs that hold but a box, in order.
        texts: all paragraphs that follow each other, a glyph for each box.
    """
    left = list(nameless)
    while len(left) > 1:
        # boxes far from each other are no list
        end = next((k for k in range(1, len(left)) if left[k][0] - left[k - 1][0] > _FAR), len(left))
        if end > 1:
            _name(marks, left[:end], texts)
        del left[:end]


def _name(marks: list[Mark], nameless: list[Lone], texts: list[str]) -> None:
    first, last = _reach(texts, nameless[0][0], -1), _reach(texts, nameless[-1][0], 1) + 1
    alone, number = dict(nameless), 0
    # a tick alone is a box too, though no box glyph
    lines = ["☐" if index in alone else text for index, text in enumerate(texts[first:last], first)]
    count = sum(char in BOX_GLYPHS for line in lines for char in line)
    labels = bind(lines, count, "")
    if len(set(labels)) < 2:
        # nothing tells which words are whose
        return
    for index, line in enumerate(lines, first):
        boxes = sum(char in BOX_GLYPHS for char in line)
        if index in alone:
            at = alone[index]
            marks[at] = marks[at]._replace(label=labels[number])
        number += boxes


def _reach(texts: list[str], at: int, step: int) -> int:
    """The nearest paragraph before or after a box that is not empty, the box's own where there is none."""
    for index in range(at + step, at + step * (_FAR + 1), step):
        if not 0 <= index < len(texts):
            break
        if texts[index].strip():
            return index
    return at
