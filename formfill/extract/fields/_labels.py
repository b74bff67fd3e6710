"""Where the printed texts of a form stand in a document: the label of each field once, the others wherever they are. Pure.

A label counts at the beginning of a line, after a wide gap, right after another printed text, or before a colon: the same words in
what a person wrote are text. Among the places where labels could be, the ones that follow the form's order best are kept.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from formfill.extract.fields._printed import Label, after_gap, broken, by_unit, chain, clash, fixed, inside
from formfill.extract.fields._words import Found, key, occurrences, words
from formfill.model.glyphs import BOX_GLYPHS
from formfill.model.layout import FieldKind
from formfill.text import nearness

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from formfill.extract.fields._stream import Stream, Unit
    from formfill.extract.fields._words import Words
    from formfill.model.layout import Field, Layout

MIN_NEAR: Final = 88.0
"""Nearness, 0 to 100, at which the words that begin a line are a label retyped."""
_DATE_AHEAD: Final = re.compile(
    r"\s*[:.…_]*\s*(?:\d|[.…_/]|$|(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b)", re.IGNORECASE
)
_COLON: Final = re.compile(r"[ \u00a0\u202f]*(?:\([^)\n]{0,80}\))?[ \u00a0\u202f\d¹²³⁴]{0,4}:")


def heads(layout: Layout) -> frozenset[str]:
    """The first words of the printed texts that are looked for all over a document."""
    texts = [text for field in layout.fields for text in field.printed]
    for row in layout.levels.rows if layout.levels is not None else ():
        texts += row.label, *row.variants
    return frozenset(wanted[0] for text in texts if (wanted := key(text)))


class Labels:
    """The printed texts of a document: what cuts it into values."""

    def __init__(self, stream: Stream, layout: Layout) -> None:
        self.layout = layout
        self.fixed = list(fixed(stream.units, layout))
        self.fixed += broken(stream.units, layout, {label.text for label in self.fixed})
        self._ends = {(label.unit.order, len(label.unit.text[: label.end].rstrip())) for label in self.fixed}
        self.candidates: list[Label] = []
        every: list[Label] = []
        for rank, field in enumerate(layout.fields):
            if field.printed and not field.inline:
                every += self._of(field, rank, stream)
        every.sort(key=lambda label: label.at)
        self.candidates = every
        # « NOTE » within « NOTE FINALE » or within a sentence that the form prints
        around = by_unit([*self.fixed, *every])
        chosen = chain([label for label in every if not inside(label, around[label.unit.order])])
        chosen |= self._retyped(stream, chosen)
        chosen |= self._inline(chosen)
        self.of: dict[int, Label] = chosen
        """The label of each field found, by the field's rank."""

    def _of(self, field: Field, rank: int, stream: Stream) -> list[Label]:
        found: list[Label] = []
        for printed in field.printed:
            wanted = key(printed)
            if not wanted:
                mark = printed.strip()[:1]
                found += [
                    Label(unit, m.start(1), m.end(), rank, 1.0, printed)
                    for unit in stream.units
                    if mark in unit.text
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
            if not clash(label, kept):
                kept.append(label)
        return kept

    def _label(self, unit: Unit, place: Found, rank: int, weight: float, printed: str) -> Label:
        end = _closed(unit, place, printed)
        colon = _COLON.match(unit.text, end)
        if colon and "(" not in colon[0]:
            end = colon.end()
        return Label(unit, place.start, end, rank, weight + (0.5 if colon else 0.0), printed)

    def _stands(self, unit: Unit, place: Found, printed: str) -> bool:
        before = unit.text[: place.start]
        colon = _COLON.match(unit.text, _closed(unit, place, printed))
        if printed.rstrip().endswith(":") and colon is None and place.last < len(unit.words) and len(key(printed)) < 3:
            # « Nom » begins many lines: without its colon it is a label when nothing follows on the line
            rest = unit.text[place.end : unit.words.start(place.last)]
            if "\n" not in rest and "\t" not in rest and "  " not in rest:
                return False
        if after_gap(before) or colon is not None:
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
        around = by_unit(own)
        rest = [label for label in self.fixed if not inside(label, around.get(label.unit.order, ()))]
        return sorted((*own, *rest), key=lambda label: label.at)


@lru_cache(maxsize=64)
def _sign(printed: str) -> re.Pattern[str]:
    """Finds a label without a word, ``☏ :``, at the beginning of a line or after a wide gap."""
    signs = r"[ \u00a0\u202f]*".join(re.escape(c) for c in printed if not c.isspace())
    return re.compile(rf"(?:^|\n|\t|[ \u00a0]{{2,}})[ \u00a0\u202f]*({signs})")


def _closed(unit: Unit, place: Found, printed: str) -> int:
    """Where a printed text ends, with the sign that closes it: ``N°``, ``Prénom(s)``."""
    closing = printed.rstrip(" \u00a0:")[-1:]
    return place.end + (closing in (")", "°", "º") and unit.text[place.end : place.end + 1] in (")", "°", "º"))


def _lines(unit: Unit) -> Iterable[tuple[int, str]]:
    """The lines of a unit, cut at tabs too, with their offsets."""
    for line in re.finditer(r"[^\n\t]+", unit.text):
        if line[0].strip():
            yield line.start(), line[0]


def _covered(at: tuple[int, int], taken: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> bool:
    i = bisect_left(taken, (at, at))
    return any(start <= at < end for start, end in taken[max(i - 1, 0) : i + 1])


def _nearest(field: Field, own: Words, line: str) -> tuple[float, Found, str] | None:
    """How near the beginning of a line is to a label of the field; None when it is not near."""
    found: tuple[float, Found, str] | None = None
    for printed in field.printed:
        wanted = key(printed)
        for count in (len(wanted), len(wanted) - 1, len(wanted) + 1):
            if not 0 < count <= len(own):
                continue
            end = own.end(count - 1)
            head = line[:end]
            if len(wanted) < 3 and not _COLON.match(line, end) and line[end:].strip():
                continue
            score = nearness(head, " ".join(wanted) if len(wanted) > 3 else printed.rstrip(" :"))
            if score >= MIN_NEAR and (found is None or score > found[0] * 100):
                found = score / 100, Found(0, count, own.start(0), end), printed
    return found
