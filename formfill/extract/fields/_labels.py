"""Where the printed texts of a form stand in a document: the label of each field once, the others wherever they are. Pure.

A label counts at the beginning of a line, after a wide gap, right after another printed text, or before a colon: the same words in
what a person wrote are text. Among the places where labels could be, the ones that follow the form's order best are kept.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from formfill.extract.fields._words import Found, Word, key, match, occurrences, words
from formfill.model.glyphs import BOX_GLYPHS
from formfill.model.layout import FieldKind
from formfill.text import nearness

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from formfill.extract.fields._stream import Stream, Unit
    from formfill.model.layout import Field, Layout

MIN_NEAR: Final = 88.0
"""Nearness, 0 to 100, at which the words that begin a line are a label retyped."""
_WIDE: Final = re.compile(r"[ \u00a0]{2}|[.…_]{3}|…")
_DATE_AHEAD: Final = re.compile(
    r"\s*[:.…_]*\s*(?:\d|[.…_/]|$|(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b)", re.IGNORECASE
)
_CALL: Final = re.compile(r"(?:^|\n)[ \t]*(\d{1,2}[ \t\u00a0]+)$")
_COLON: Final = re.compile(r"[ \u00a0\u202f]*(?:\([^)\n]{0,80}\))?[ \u00a0\u202f\d¹²³⁴]{0,4}:")


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


class Labels:
    """The printed texts of a document: what cuts it into values."""

    def __init__(self, stream: Stream, layout: Layout) -> None:
        self.layout = layout
        self.fixed = [label for group in _groups(stream.units) for label in _fixed(group, layout)]
        self._ends = {(label.unit.order, len(label.unit.text[: label.end].rstrip())) for label in self.fixed}
        self.candidates: list[Label] = []
        every: list[Label] = []
        for rank, field in enumerate(layout.fields):
            if field.printed and not field.inline:
                every += self._of(field, rank, stream)
        every.sort(key=lambda label: label.at)
        self.candidates = every
        # « NOTE » within « NOTE FINALE » or within a sentence that the form prints
        chosen = _chain([label for label in every if not _inside(label, self.fixed) and not _inside(label, every)])
        chosen |= self._retyped(stream, chosen)
        chosen |= self._inline(chosen)
        self.of: dict[int, Label] = chosen
        """The label of each field found, by the field's rank."""

    def _of(self, field: Field, rank: int, stream: Stream) -> list[Label]:
        found: list[Label] = []
        for printed in field.printed:
            wanted = key(printed)
            if not wanted:
                found += [
                    Label(unit, m.start(1), m.end(), rank, 1.0, printed)
                    for unit in stream.units
                    for m in _sign(printed).finditer(unit.text)
                ]
                continue
            found += [
                self._label(unit, place, rank, len(wanted), printed)
                for unit, place in stream.find(wanted)
                if self._stands(unit, place, printed)
            ]
        # the longest of those that overlap
        found.sort(key=lambda label: label.start - label.end)
        kept: list[Label] = []
        for label in found:
            if not _clash(label, kept):
                kept.append(label)
        return kept

    def _label(self, unit: Unit, place: Found, rank: int, weight: float, printed: str) -> Label:
        end = place.end
        closing = printed.rstrip(" \u00a0:")[-1:]
        if closing in (")", "°", "º") and unit.text[end : end + 1] in (")", "°", "º"):
            end += 1
        colon = _COLON.match(unit.text, end)
        if colon and "(" not in colon[0]:
            end = colon.end()
        return Label(unit, place.start, end, rank, weight + (0.5 if colon else 0.0), printed)

    def _stands(self, unit: Unit, place: Found, printed: str) -> bool:
        before = unit.text[: place.start]
        colon = _COLON.match(unit.text, place.end)
        if printed.rstrip().endswith(":") and colon is None and place.last < len(unit.words) and len(key(printed)) < 3:
            # « Nom » begins many lines: without its colon it is a label when nothing follows on the line
            rest = unit.text[place.end : unit.words[place.last].start]
            if "\n" not in rest and "\t" not in rest and "  " not in rest:
                return False
        if _after_gap(before) or colon is not None:
            return True
        bare = before.rstrip(" \u00a0-–—" + "".join(BOX_GLYPHS))
        return (unit.order, len(bare)) in self._ends

    def _retyped(self, stream: Stream, chosen: dict[int, Label]) -> dict[int, Label]:
        """Labels with a letter more or less, at the beginning of a line, for the fields that have none."""
        missing = [
            (rank, field)
            for rank, field in enumerate(self.layout.fields)
            if rank not in chosen and field.printed and not field.inline
        ]
        found: dict[int, Label] = {}
        if not missing:
            return found
        taken = sorted((label.at, (label.unit.order, label.end)) for label in (*chosen.values(), *self.fixed))
        for unit in stream.units:
            for start, line in _lines(unit):
                if _covered((unit.order, start), taken):
                    continue
                seen = words(line)
                for rank, field in missing:
                    best = _nearest(field, seen, line)
                    if best is None or (rank in found and found[rank].weight >= best[0]):
                        continue
                    weight, place, printed = best
                    label = self._label(unit, Found(0, 0, start + place.start, start + place.end), rank, 0, printed)
                    found[rank] = label._replace(weight=weight)
        return found

    def _inline(self, chosen: dict[int, Label]) -> dict[int, Label]:
        """Labels in the middle of a sentence: after the label of the field before, in the same unit."""
        found: dict[int, Label] = {}
        for rank, field in enumerate(self.layout.fields):
            before = found.get(rank - 1) or chosen.get(rank - 1)
            if not field.inline or before is None:
                continue
            unit = before.unit
            stop = min(
                (label.start for label in (*chosen.values(), *self.fixed) if label.unit is unit and label.start > before.start),
                default=len(unit.text),
            )
            places = [
                (place, printed)
                for printed in field.printed
                for place in occurrences(unit.words, key(printed))
                if before.end <= place.start and place.end <= stop
            ]
            if field.kind is FieldKind.DATE:
                places = [item for item in places if _DATE_AHEAD.match(unit.text, item[0].end)]
            if places:
                place, printed = places[-1] if field.kind is FieldKind.DATE and len(places) > 1 else places[0]
                found[rank] = self._label(unit, place, rank, 1, printed)
        return found

    def _again(self) -> list[Label]:
        """What the form prints of a preprinted field on its other pages, up to the end of the line."""
        found = []
        for label in self.candidates:
            rank = label.field or 0
            if self.layout.fields[rank].preprinted and label != self.of.get(rank):
                line = re.compile(r"[^\n\t]*").match(label.unit.text, label.end)
                found.append(label._replace(field=None, end=line.end() if line else label.end))
        return found

    def cuts(self) -> list[Label]:
        """The labels found and the fixed texts outside them, in reading order."""
        own = [*self.of.values(), *self._again()]
        return sorted((*own, *(label for label in self.fixed if not _inside(label, own))), key=lambda label: label.at)


def _after_gap(before: str) -> bool:
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


@lru_cache(maxsize=64)
def _sign(printed: str) -> re.Pattern[str]:
    """Finds a label without a word, ``☏ :``, at the beginning of a line or after a wide gap."""
    signs = r"[ \u00a0\u202f]*".join(re.escape(c) for c in printed if not c.isspace())
    return re.compile(rf"(?:^|\n|\t|[ \u00a0]{{2,}})[ \u00a0\u202f]*({signs})")


def _fixed(units: Sequence[Unit], layout: Layout) -> Iterator[Label]:
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
                if len(wanted) > 2 or _after_gap(before):
                    while end < len(unit.text) and unit.text[end] in ".:;)» \u00a0\u202f":
                        end += 1
                    yield Label(unit, _opened(unit.text, start), end, None, len(wanted), text)


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
    call = _CALL.search(text[:start])
    return call.start(1) if call else start


def _inside(label: Label, others: Iterable[Label]) -> bool:
    return any(
        o.unit is label.unit and o.start <= label.start and label.end <= o.end and o.end - o.start > label.end - label.start
        for o in others
    )


def _chain(labels: Sequence[Label]) -> dict[int, Label]:
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
        if label.field is not None and label.field not in chosen and label.weight >= 1.5 and not _clash(label, chosen.values()):
            chosen[label.field] = label
    return chosen


def _clash(label: Label, chosen: Iterable[Label]) -> bool:
    return any(o.unit is label.unit and o.start < label.end and label.start < o.end for o in chosen)


def _lines(unit: Unit) -> Iterable[tuple[int, str]]:
    """The lines of a unit, cut at tabs too, with their offsets."""
    for line in re.finditer(r"[^\n\t]+", unit.text):
        if line[0].strip():
            yield line.start(), line[0]


def _covered(at: tuple[int, int], taken: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> bool:
    i = bisect_left(taken, (at, at))
    return any(start <= at < end for start, end in taken[max(i - 1, 0) : i + 1])


def _nearest(field: Field, seen: Sequence[object], line: str) -> tuple[float, Found, str] | None:
    """How near the beginning of a line is to a label of the field; None when it is not near."""
    found: tuple[float, Found, str] | None = None
    for printed in field.printed:
        wanted = key(printed)
        own = words(line)
        for count in (len(wanted), len(wanted) - 1, len(wanted) + 1):
            if not 0 < count <= len(own):
                continue
            head = line[: own[count - 1].end]
            if len(wanted) < 3 and not _COLON.match(line, own[count - 1].end) and line[own[count - 1].end :].strip():
                continue
            score = nearness(head, " ".join(wanted) if len(wanted) > 3 else printed.rstrip(" :"))
            if score >= MIN_NEAR and (found is None or score > found[0] * 100):
                found = score / 100, Found(0, count, own[0].start, own[count - 1].end), printed
    return found
