"""Which box belongs to which option: before its label, after it, or inside it. Pure.

Boxes and labels that take turns on a line tell the side; a box that two labels could claim equally makes both uncertain.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from formfill.extract._boxes import agreed
from formfill.extract._index import MARGIN, MIN_TITLE
from formfill.extract.fields._binding import Item, bind
from formfill.extract.fields._words import key, occurrences
from formfill.model.completed import BoxReading, RowIssue, RowProblem
from formfill.model.document import Evidence, MarkState, Says
from formfill.model.geometry import NOWHERE
from formfill.model.glyphs import BOX_GLYPHS, without_boxes
from formfill.text import nearness, normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from formfill.extract.fields._labels import Labels
    from formfill.extract.fields._printed import Label
    from formfill.extract.fields._stream import Stream, Unit
    from formfill.model.document import Mark
    from formfill.model.layout import Field, FieldOption

_BESIDE: Final = 3
"""What a label is worth that has a box beside it or inside."""


class Stretch(NamedTuple):
    """A part of a unit's text."""

    unit: Unit
    start: int
    end: int


class FieldBoxes(NamedTuple):
    """The boxes of one field."""

    readings: tuple[BoxReading, ...]
    issues: tuple[RowIssue, ...]
    stretches: tuple[Stretch, ...]
    """Where its labels and boxes stand: no part of any value."""
    marks: frozenset[str]
    """Ids of the marks it was read from."""


def read_boxes(field: Field, scope: Sequence[Stretch], taken: frozenset[str]) -> FieldBoxes:
    """The boxes of a field within the part of the document that is its own.

    Args:
        field: the field.
        scope: where its options are looked for, in reading order.
        taken: ids of marks that belong to other fields.
    """
    labels, twice = _find(field, scope)
    near = _around(labels, scope) if not field.printed else scope
    boxes = [
        Item(s.unit, at, at + 1, mark, None)
        for s in near
        for at, mark in s.unit.boxes
        if s.start <= at < s.end and mark.id not in taken
    ]
    tails = {mark.id: mark for s in near for mark in s.unit.tail if mark.id not in taken}
    bound = bind([*labels, *boxes])
    torn = _torn(labels, _find(field, scope, last=True)[0], boxes, bound) if twice else {}
    doubtful = _doubtful([*labels, *boxes], bound)
    readings: list[BoxReading] = []
    issues: list[RowIssue] = []
    used: set[str] = {mark.id for marks in bound.values() for mark in marks}
    for option in field.options:
        marks = list(bound.get(option.id, ()))
        for mark in tails.values():
            if _same(mark.label, option):
                marks.append(mark)
                used.add(mark.id)
        where = next((item for item in labels if item.option == option.id), None)
        place = marks[0].place if marks else where.unit.place if where else NOWHERE
        evidence = tuple(e for mark in marks for e in mark.evidence)
        state = agreed([mark.state for mark in marks])
        if option.id in torn:
            used.update(mark.id for mark in torn[option.id])
            seen = " ".join(e.detail for mark in torn[option.id] for e in mark.evidence)
            evidence = (*evidence, Evidence("binding", Says.UNCLEAR, f"a label on both sides of the boxes: {seen}"))
            state = MarkState.UNCERTAIN
        elif not marks:
            if option.id in doubtful:
                other = doubtful[option.id]
                used.update(mark.id for mark in other)
                seen = " ".join(e.detail for mark in other for e in mark.evidence)
                evidence = (Evidence("binding", Says.UNCLEAR, f"{len(other)} box, several labels: {seen}"),)
            else:
                issues.append(RowIssue(RowProblem.NO_BOX, option.id, field=field.id, place=place))
        readings.append(BoxReading(field.id, option.id, option.label, state, place, evidence))
    stretches = [Stretch(item.unit, item.start, item.end) for item in (*labels, *boxes)]
    return FieldBoxes(tuple(readings), tuple(issues), tuple(stretches), frozenset(used))


def elsewhere(field: Field, own: FieldBoxes, marks: Iterable[Mark]) -> FieldBoxes:
    """The boxes of a field with those that stand elsewhere under the same label: when they say otherwise, nobody can tell.

    Args:
        field: the field.
        own: its boxes, where the form prints them.
        marks: the marks of the document that belong to no field.
    """
    readings = list(own.readings)
    for mark in marks:
        for i, option in enumerate(field.options):
            if own.marks and mark.label and _same(mark.label, option) and mark.state is not readings[i].state:
                evidence = (*readings[i].evidence, *mark.evidence)
                readings[i] = readings[i]._replace(state=MarkState.UNCERTAIN, evidence=evidence)
    return own._replace(readings=tuple(readings))


def scope_of(field: Field, rank: int, labels: Labels, stream: Stream, claimed: frozenset[int]) -> list[Stretch]:
    """Where the options of a field are looked for: after its label up to the next one; everywhere when it has no label.

    Args:
        field: the field.
        rank: its rank in the form.
        labels: the printed texts of the document.
        stream: the document.
        claimed: orders of the units that belong to tables.
    """
    label = labels.of.get(rank)
    if label is None:
        return [Stretch(unit, 0, len(unit.text)) for unit in stream.units if unit.order not in claimed]
    after = sorted((other for other in labels.of.values() if other.at > label.at), key=lambda other: other.at)
    fields = labels.layout.fields
    near = _until(field, label, after[0].at if after else None, stream, claimed)
    if _labels(field, near):
        return near
    # other fields stand between its title and its boxes
    boxed = [other for other in after if fields[other.field or 0].kind.boxed]
    return _until(field, label, boxed[0].at if boxed else None, stream, claimed)


def _until(field: Field, label: Label, stop: tuple[int, int] | None, stream: Stream, claimed: frozenset[int]) -> list[Stretch]:
    """The stretches from a label to a place; no further than its own unit when its options stand there."""
    stop = stop or (len(stream.units), 0)
    found: list[Stretch] = []
    for unit in stream.units[label.unit.order :]:
        if (unit.order, 0) >= stop and unit is not label.unit:
            break
        end = stop[1] if unit.order == stop[0] else len(unit.text)
        stretch = Stretch(unit, label.end if unit is label.unit else 0, end)
        if unit.order in claimed:
            continue
        found.append(stretch)
        if unit is label.unit and _labels(field, [stretch]):
            # its options stand with it: what follows is another's
            break
    return found


def _torn(
    first: Sequence[Item], last: Sequence[Item], boxes: Sequence[Item], bound: Mapping[str, list[Mark]]
) -> dict[str, list[Mark]]:
    """The options whose box depends on which of two labels is the printed one, each with the boxes that may be its own."""
    if list(first) == list(last):
        return {}
    other = bind([*last, *boxes])
    found: dict[str, list[Mark]] = {}
    for option in {*bound, *other}:
        own, rival = bound.get(option, []), other.get(option, [])
        if [mark.state for mark in own] != [mark.state for mark in rival]:
            found[option] = [*own, *(mark for mark in rival if mark not in own)]
    return found


def _labels(field: Field, scope: Sequence[Stretch]) -> list[Item]:
    """The label of each option, once."""
    return _find(field, scope)[0]


def _find(field: Field, scope: Sequence[Stretch], *, last: bool = False) -> tuple[list[Item], bool]:
    """The label of each option, once: the one with a box beside it, else the first that begins a line.

    The second value tells whether one of them has a box beside it in several places.

    Args:
        field: the field.
        scope: where they are looked for.
        last: of several with a box beside them, gives the last and not the first.
    """
    found: list[Item] = []
    twice = False
    for option in field.options:
        best: tuple[int, Item] | None = None
        for printed in (option.label, *option.variants):
            wanted = key(printed)
            for stretch in scope:
                for place in occurrences(stretch.unit.words, wanted):
                    if not stretch.start <= place.start <= place.end <= stretch.end:
                        continue
                    item = Item(stretch.unit, place.start, _closed(stretch.unit.text, place.end, printed), None, option.id)
                    worth = _worth(item, labelled=bool(field.printed))
                    again = best is not None and worth == best[0] == _BESIDE
                    twice |= again
                    if worth and (best is None or worth > best[0] or (last and again)):
                        best = worth, item
            if best is not None:
                break
        if best is not None:
            found.append(best[1])
    if field.printed and len(found) < len(field.options):
        found += _retyped(field, scope, found)
    # « Évaluation » within « Évaluation ponctuelle »: the longer one is the label
    kept = [
        item
        for item in found
        if not any(
            o.unit is item.unit and o.start <= item.start and item.end <= o.end and o.end - o.start > item.end - item.start
            for o in found
        )
    ]
    return kept, twice


def _retyped(field: Field, scope: Sequence[Stretch], found: Sequence[Item]) -> list[Item]:
    """The labels that are reworded or cut short, each on a line of its own with a box: the nearest, when no other is as near."""
    options = {option.id: option.label for option in field.options}
    known = {item.option for item in found}
    more: list[Item] = []
    for stretch in scope:
        at = stretch.start
        for line in stretch.unit.text[stretch.start : stretch.end].split("\n"):
            start, at = at, at + len(line) + 1
            bare = without_boxes(line).strip(" \t\u00a0")
            taken = any(item.unit is stretch.unit and start <= item.start < at for item in found)
            if taken or bare == line.strip(" \t\u00a0") or len(bare.split()) < 2:
                continue
            option = _nearest(bare, options)
            if option is not None and option not in known:
                known.add(option)
                first = start + line.index(bare) if bare in line else start
                more.append(Item(stretch.unit, first, first + len(bare), None, option))
    return more


def _nearest(text: str, options: Mapping[str, str]) -> str | None:
    name = normalise(text)
    begun = [option for option, label in options.items() if len(name.split()) > 2 and normalise(label).startswith(name)]
    if len(begun) == 1:
        return begun[0]
    scores = sorted(((nearness(text, label), option) for option, label in options.items()), reverse=True)
    lead = scores[0][0] - (scores[1][0] if len(scores) > 1 else 0.0)
    return scores[0][1] if scores[0][0] >= MIN_TITLE and lead >= MARGIN else None


def _closed(text: str, end: int, printed: str) -> int:
    """The offset after the bracket or the sign that ends a label."""
    return end + 1 if printed[-1:] and not printed[-1:].isalnum() and text[end : end + 1] == printed[-1:] else end


def _worth(item: Item, *, labelled: bool) -> int:
    """How surely the words are an option's label: beside a box, at the beginning of a line, or only in the right place."""
    text = item.unit.text
    before, after = text[: item.start].rstrip(" \t\u00a0\u202f"), text[item.end :].lstrip(" \t\u00a0\u202f:.")
    inside = any(item.start <= at < item.end for at, _mark in item.unit.boxes)
    if before[-1:] in BOX_GLYPHS or after[:1] in BOX_GLYPHS or inside:
        return _BESIDE if before[-1:] or after[:1] or inside else 1
    if not before or before.endswith("\n"):
        return 2 if labelled or item.unit.marks else 1
    return 1 if labelled else 0


def _around(labels: Sequence[Item], scope: Sequence[Stretch]) -> list[Stretch]:
    """The parts of the scope that hold a label of the field, or stand in the same row or just under one."""
    near = {item.unit.order for item in labels}
    rows = {(item.unit.grid, item.unit.row + down) for item in labels if item.unit.grid >= 0 for down in (0, 1)}
    return [s for s in scope if s.unit.order in near or (s.unit.grid, s.unit.row) in rows]


def _doubtful(items: Sequence[Item], bound: dict[str, list[Mark]]) -> dict[str, list[Mark]]:
    """For each option without a box, the unbound boxes on its own line: more than one label could claim them."""
    taken = {mark.id for marks in bound.values() for mark in marks}
    free = [item for item in items if item.mark is not None and item.mark.id not in taken]
    found: dict[str, list[Mark]] = {}
    for item in items:
        if item.option is not None and item.option not in bound:
            line = item.unit.line_of(item.start)
            rivals = [box.mark for box in free if box.mark and box.unit is item.unit and box.unit.line_of(box.start) == line]
            rivals = rivals or [box.mark for box in free if box.mark and box.unit is item.unit]
            if rivals:
                found[item.option] = rivals
    return found


def _same(label: str, option: FieldOption) -> bool:
    name = normalise(label)
    return any(name == normalise(text) for text in (option.label, *option.variants))


def stretches(found: Iterable[FieldBoxes]) -> Iterator[Stretch]:
    """Every place that the boxes of the fields hold."""
    for boxes in found:
        yield from boxes.stretches
