"""Which box belongs to which label: those inside, those that take turns, those with one neighbour, those of a column. Pure."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from formfill.extract.fields._stream import Unit
    from formfill.model.document import Mark


class Item(NamedTuple):
    """A box or the label of an option, at its place."""

    unit: Unit
    start: int
    end: int
    mark: Mark | None
    option: str | None


def bind(items: Iterable[Item]) -> dict[str, list[Mark]]:
    """The boxes of each option: on the same line, in the same unit, in the same row, then just above or below."""
    bound: dict[str, list[Mark]] = {}
    left = sorted(items, key=lambda item: (item.unit.order, item.start))
    left = _inside(left, bound)
    groups = (
        lambda item: (item.unit.order, item.unit.line_of(item.start)),
        lambda item: (item.unit.order, 0),
        lambda item: (item.unit.grid, item.unit.row) if item.unit.grid >= 0 else (-1, item.unit.order),
    )
    for group in groups:
        by: dict[tuple[int, int], list[Item]] = {}
        for item in left:
            by.setdefault(group(item), []).append(item)
        left = [item for members in by.values() for item in _alternate(members, bound)]
        left.sort(key=lambda item: (item.unit.order, item.start))
    by = {}
    for item in left:
        by.setdefault((item.unit.order, item.unit.line_of(item.start)), []).append(item)
    left = [item for members in by.values() for item in _adjacent(members, bound)]
    _columns(left, bound)
    return bound


def _take(bound: dict[str, list[Mark]], label: Item, box: Item) -> None:
    assert label.option is not None
    assert box.mark is not None
    bound.setdefault(label.option, []).append(box.mark)


def _inside(items: list[Item], bound: dict[str, list[Mark]]) -> list[Item]:
    """Binds the boxes that stand inside a label."""
    gone: set[int] = set()
    for label in items:
        if label.option is None:
            continue
        for i, box in enumerate(items):
            if box.mark is not None and box.unit is label.unit and label.start <= box.start < label.end:
                _take(bound, label, box)
                gone |= {i, items.index(label)}
    return [item for i, item in enumerate(items) if i not in gone]


def _alternate(items: list[Item], bound: dict[str, list[Mark]]) -> list[Item]:
    """Binds boxes and labels that take turns; gives back what is left."""
    boxes = [item for item in items if item.mark is not None]
    labels = [item for item in items if item.option is not None]
    turns = all((a.mark is None) != (b.mark is None) for a, b in pairwise(items))
    if not boxes or len(boxes) != len(labels) or not turns:
        return items
    for box, label in zip(boxes, labels, strict=True):
        _take(bound, label, box)
    return []


def _adjacent(items: list[Item], bound: dict[str, list[Mark]]) -> list[Item]:
    """Binds a box and a label that have no other neighbour of the kind; gives back what is left."""
    pairs = [(i, i + 1) for i in range(len(items) - 1) if (items[i].mark is None) != (items[i + 1].mark is None)]
    gone: set[int] = set()
    for a, b in pairs:
        if sum(a in pair for pair in pairs) == 1 and sum(b in pair for pair in pairs) == 1:
            label, box = (items[a], items[b]) if items[a].option is not None else (items[b], items[a])
            _take(bound, label, box)
            gone |= {a, b}
    left = [item for i, item in enumerate(items) if i not in gone]
    # « ☐ A   B ☐ C »: once the sure ones are gone, what is left may be sure
    return _adjacent(left, bound) if gone and left else left


def _columns(items: list[Item], bound: dict[str, list[Mark]]) -> None:
    """Binds the labels of a row and the boxes just under them, one for each column."""
    labels = [item for item in items if item.option is not None and item.unit.grid >= 0]
    for label in labels:
        below = [
            box
            for box in items
            if box.mark is not None
            and box.unit.grid == label.unit.grid
            and abs(box.unit.row - label.unit.row) == 1
            and box.unit.covers(label.unit)
        ]
        rivals = [other for other in labels if below and other is not label and other.unit.covers(below[0].unit)]
        if len(below) == 1 and not rivals:
            _take(bound, label, below[0])
