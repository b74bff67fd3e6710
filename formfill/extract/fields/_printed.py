"""Printed texts in a document, and which of them are labels: the fixed ones, and the choice that follows the form best. Pure."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate, groupby
from operator import add
from typing import TYPE_CHECKING, Final, NamedTuple

from formfill.extract.fields._words import joined, key, match, shortest
from formfill.text import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

    from formfill.extract.fields._stream import Unit
    from formfill.model.layout import Layout

_WIDE: Final = re.compile(r"[ \u00a0]{2}|[.…_]{3}|…")
_CALL: Final = re.compile(r"[ \t]*(\d{1,2}[ \t\u00a0]+)")


MANY: Final = 25
"""Words from which a cell is first asked which printed texts may stand in it."""


PIECE: Final = 10
"""Fewest characters of a line that may be a piece of a longer text."""
MOST: Final = 0.75
"""Share of a text that its pieces hold together."""


class Label(NamedTuple):
    """A printed text in a unit."""

    unit: Unit
    start: int
    end: int
    """Offsets in the unit's text; the colon that follows belongs to it."""
    field: int | None
    """Rank of the field that it is the label of; None for a fixed text."""
    weight: float
    """How surely it is one; 0 for a piece of a text that the borders of cells cut, which ends no value."""
    text: str

    @property
    def at(self) -> tuple[int, int]:
        """Where it stands in the document."""
        return self.unit.order, self.start


def after_gap(before: str) -> bool:
    """Whether what comes next begins a line, or stands after a wide gap or a row of dots."""
    i = len(before)
    while i and before[i - 1] not in "\n\t" and not before[i - 1].isalnum():
        i -= 1
    return not i or before[i - 1] in "\n\t" or _WIDE.search(before, i) is not None


class _Fixed(NamedTuple):
    """A fixed text as it is looked for."""

    text: str
    key: tuple[str, ...]
    shortest: int
    """Fewest words among which it may stand."""
    vocabulary: frozenset[str]

    def may_stand(self, among: Set[str], count: int) -> bool:
        """False when it cannot stand among so many words, which are these."""
        return count >= self.shortest and len(self.vocabulary - among) <= len(self.key) - self.shortest


@lru_cache(maxsize=64)
def _by_first_word(fixed: tuple[str, ...]) -> dict[str, list[_Fixed]]:
    """The fixed texts by their first word, the longest first."""
    found: dict[str, list[_Fixed]] = {}
    for text in sorted(fixed, key=lambda text: -len(key(text))):
        wanted = key(text)
        found.setdefault(wanted[0], []).append(_Fixed(text, wanted, shortest(wanted), frozenset(wanted)))
    return found


def fixed(units: Sequence[Unit], layout: Layout) -> Iterator[Label]:
    """The fixed texts of a document, in reading order, in each cell and among the paragraphs that follow each other."""
    index = _by_first_word(layout.fixed)
    heads = index.keys()
    for group in _groups(units):
        if len(group) > 1 or not heads.isdisjoint(group[0].words.texts):
            yield from _fixed(group, index)


def _fixed(units: Sequence[Unit], index: Mapping[str, Sequence[_Fixed]]) -> Iterator[Label]:
    """The fixed texts of a cell, or of paragraphs that follow each other: on a page, a long one is several."""
    if len(units) == 1:
        seen = units[0].words
        bases = [0]
    else:
        seen = joined([unit.words for unit in units])
        bases = [0, *accumulate(len(unit.text) + 1 for unit in units)]
    texts, count = seen.texts, len(seen)
    if count > MANY:
        # a text whose words are not there, nor made of two halves, stands nowhere: it is not tried at each « les »
        among = {*texts, *map(add, texts, texts[1:])}
        index = {head: [text for text in index[head] if text.may_stand(among, count)] for head in index.keys() & among}
    for at, word in enumerate(texts):
        for text, wanted, least, _vocabulary in index.get(word, ()):
            last = match(seen, at, wanted) if count - at >= least else None
            if last is None:
                continue
            first, end_of = seen.start(at), seen.end(last - 1)
            at_unit = bisect_right(bases, first) - 1 if len(units) > 1 else 0
            for unit, base in zip(units[at_unit:], bases[at_unit:], strict=False):
                if base >= end_of:
                    break
                start, end = max(first - base, 0), min(end_of - base, len(unit.text))
                if start >= end:
                    continue
                before = unit.text[:start]
                if len(wanted) > 2 or after_gap(before):
                    while end < len(unit.text) and unit.text[end] in ".:;)» \u00a0\u202f":
                        end += 1
                    yield Label(unit, _opened(unit.text, start), end, None, len(wanted), text)


def broken(units: Sequence[Unit], layout: Layout, whole: Set[str]) -> Iterator[Label]:
    """The pieces of the fixed texts that the borders of cells cut on a page: lines that stand in one text, most of it together.

    Args:
        units: the document.
        layout: the form's.
        whole: the fixed texts that stand whole somewhere.
    """
    wanted = {text: name for text in layout.fixed if text not in whole and len(name := normalise(text)) >= 2 * PIECE}
    if not wanted:
        return
    found: dict[str, list[tuple[Label, int]]] = {}
    for unit in units:
        if unit.grid < 0:
            continue
        start = 0
        for line in unit.text.split("\n"):
            name = normalise(line)
            if len(name) >= PIECE:
                for text, own in wanted.items():
                    if name in own:
                        found.setdefault(text, []).append((Label(unit, start, start + len(line), None, 0.0, text), len(name)))
            start += len(line) + 1
    for text, pieces in found.items():
        if len(pieces) > 1 and sum(size for _label, size in pieces) >= MOST * len(wanted[text]):
            yield from (label for label, _size in pieces)


def _groups(units: Sequence[Unit]) -> Iterator[list[Unit]]:
    """Each cell alone, the paragraphs that follow each other together."""
    for paragraph, group in groupby(units, key=lambda unit: unit.grid < 0):
        if paragraph:
            yield list(group)
        else:
            yield from ([unit] for unit in group)


def _opened(text: str, start: int) -> int:
    """The offset with the quote or bracket that opens right before it, and the number of a footnote before it."""
    while start > 0 and text[start - 1] in '(«“"[':
        start -= 1
    stop = start - 1 if text[start - 1 : start] == "\n" else start
    if stop <= 0 or text[stop - 1] not in " \t\u00a0":
        return start
    call = _CALL.fullmatch(text, text.rfind("\n", 0, stop) + 1, stop)
    return call.start(1) if call else start


def inside(label: Label, others: Iterable[Label]) -> bool:
    """Whether a label is a part of a longer one."""
    unit, start, end = label.unit, label.start, label.end
    return any(o.start <= start and end <= o.end and o.end - o.start > end - start for o in others if o.unit is unit)


def by_unit(labels: Iterable[Label]) -> dict[int, list[Label]]:
    """The labels of each unit, by its order."""
    found: dict[int, list[Label]] = {}
    for label in labels:
        found.setdefault(label.unit.order, []).append(label)
    return found


def chain(labels: Sequence[Label]) -> dict[int, Label]:
    """The heaviest choice of labels whose fields follow the form's order, one for each field; then the others' first places."""
    best: list[tuple[float, int | None]] = []
    # field, place, offset after it
    placed = [(label.field or 0, label.unit.order, label.start, label.end) for label in labels]
    for i, label in enumerate(labels):
        own = label.weight
        weight, last = own, None
        field, order, start, _end = placed[i]
        for j in range(i):
            other, where, begun, ended = placed[j]
            if other < field and (where < order or (where == order and begun < start and ended <= start)):
                total = best[j][0] + own
                if total > weight:
                    weight, last = total, j
        best.append((weight, last))
    chosen: dict[int, Label] = {}
    # the first of equals: what a person wrote comes after what the form prints
    at = max(range(len(labels)), key=lambda i: (best[i][0], -i), default=None)
    while at is not None:
        label = labels[at]
        assert label.field is not None
        chosen[label.field] = label
        at = best[at][1]
    for label in labels:
        if label.field is not None and label.field not in chosen and label.weight >= 1.5 and not clash(label, chosen.values()):
            chosen[label.field] = label
    return chosen


def clash(label: Label, chosen: Iterable[Label]) -> bool:
    return any(o.unit is label.unit and o.start < label.end and label.start < o.end for o in chosen)
