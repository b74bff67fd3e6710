"""Printed texts in a document, and which of them are labels: the fixed ones, and the choice that follows the form best. Pure."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from formfill.extract.fields._words import Found, Word, key, match

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from formfill.extract.fields._stream import Unit
    from formfill.model.layout import Layout

_WIDE: Final = re.compile(r"[ \u00a0]{2}|[.…_]{3}|…")
_CALL: Final = re.compile(r"(?:^|\n)[ \t]*(\d{1,2}[ \t\u00a0]+)$")


class Label(NamedTuple):
    """A printed text in a unit."""

    unit: Unit
    start: int
    end: int
    """Offsets in the unit's text; the colon that follows belongs to it."""
    field: int | None
    """Rank of the field that it is the label of; None for a fixed text."""
    weight: float
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


@lru_cache(maxsize=64)
def _by_first_word(fixed: tuple[str, ...]) -> dict[str, list[str]]:
    """The fixed texts by their first word, the longest first."""
    found: dict[str, list[str]] = {}
    for text in sorted(fixed, key=lambda text: -len(key(text))):
        found.setdefault(key(text)[0], []).append(text)
    return found


def fixed(units: Sequence[Unit], layout: Layout) -> Iterator[Label]:
    """The fixed texts of a cell, or of paragraphs that follow each other: on a page, a long one is several."""
    index = _by_first_word(layout.fixed)
    bases = [0]
    for unit in units:
        bases.append(bases[-1] + len(unit.text) + 1)
    seen = (
        units[0].words
        if len(units) == 1
        else [
            Word(word.text, word.start + base, word.end + base)
            for unit, base in zip(units, bases, strict=False)
            for word in unit.words
        ]
    )
    for at, word in enumerate(seen):
        for text in index.get(word.text, ()):
            wanted = key(text)
            last = match(seen, at, wanted)
            if last is None:
                continue
            place = Found(at, last, word.start, seen[last - 1].end)
            for unit, base in zip(units, bases, strict=False):
                start, end = max(place.start - base, 0), min(place.end - base, len(unit.text))
                if start >= end:
                    continue
                before = unit.text[:start]
                if len(wanted) > 2 or after_gap(before):
                    while end < len(unit.text) and unit.text[end] in ".:;)» \u00a0\u202f":
                        end += 1
                    yield Label(unit, _opened(unit.text, start), end, None, len(wanted), text)


def groups(units: Sequence[Unit]) -> Iterator[list[Unit]]:
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
    call = _CALL.search(text[:start])
    return call.start(1) if call else start


def inside(label: Label, others: Iterable[Label]) -> bool:
    return any(
        o.unit is label.unit and o.start <= label.start and label.end <= o.end and o.end - o.start > label.end - label.start
        for o in others
    )


def chain(labels: Sequence[Label]) -> dict[int, Label]:
    """The heaviest choice of labels whose fields follow the form's order, one for each field; then the others' first places."""
    best: list[tuple[float, int | None]] = []
    for i, label in enumerate(labels):
        weight, last = label.weight, None
        for j in range(i):
            before = labels[j]
            if (
                (before.field or 0) < (label.field or 0)
                and before.at < label.at
                and before.end <= (label.start if before.unit is label.unit else before.end)
            ):
                total = best[j][0] + label.weight
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
