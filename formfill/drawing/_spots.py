"""Where the boxes of a cell or a paragraph stand in its text. Pure.

A text holds one character for each box that is printed, in the order of the marks (:class:`~formfill.model.document.Cell`); a
choice without a box is shown by its words, and an empty cell that is ticked by nothing at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from formfill.model.glyphs import BOX_GLYPHS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from formfill.model.document import Mark


class Spot(NamedTuple):
    """A mark in a text."""

    start: int
    end: int
    """The characters that show it; none when ``start`` is ``end``."""
    mark: Mark
    boxed: bool
    """True when it is drawn as a box in the place of those characters, False when it is drawn around them."""


def spots(text: str, marks: Sequence[Mark]) -> list[Spot]:
    """Where each mark stands in the text, in the order of the text; one that the text does not show stands at its end."""
    glyphs = [at for at, char in enumerate(text) if char in BOX_GLYPHS]
    found = [Spot(at, at + 1, mark, boxed=True) for at, mark in zip(glyphs, marks, strict=False)]
    start = 0
    for mark in marks[len(found) :]:
        at = text.find(mark.label, start) if mark.label else -1
        if at >= 0:
            start = at + len(mark.label)
            found.append(Spot(at, start, mark, boxed=False))
        elif len(marks) == 1 and text.strip():
            # a cross alone in its cell
            bare = text.strip()
            at = text.index(bare)
            found.append(Spot(at, at + len(bare), mark, boxed=False))
        else:
            found.append(Spot(len(text), len(text), mark, boxed=True))
    return sorted(found, key=lambda spot: (spot.start, spot.end))
