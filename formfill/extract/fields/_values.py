"""The text of each field: what stands after its printed label, to the right of it or below it, and goes on. Pure.

Everything that is no printed text belongs to the last label before it; what belongs to none is kept as a remark.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Final, NamedTuple

from formfill.extract.fields._blanks import written
from formfill.model.completed import Answer, AnswerState, Comment
from formfill.model.geometry import NOWHERE
from formfill.model.glyphs import BOX_GLYPHS
from formfill.model.layout import FieldKind
from formfill.text import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from formfill.extract.fields._choices import Stretch
    from formfill.extract.fields._labels import Labels
    from formfill.extract.fields._stream import Stream, Unit
    from formfill.model.geometry import Place


class Piece(NamedTuple):
    """A part of a value."""

    unit: Unit
    text: str


class _Cut(NamedTuple):
    start: int
    end: int
    field: int | None
    """Rank of the field that begins after it; None when none does."""
    label: bool


class Values:
    """The texts of a document, each given to its field."""

    def __init__(
        self,
        stream: Stream,
        labels: Labels,
        *,
        held: Iterable[Stretch],
        claimed: frozenset[int],
        printed: Sequence[str],
    ) -> None:
        self.stream = stream
        self.fields = labels.layout.fields
        self.labels = labels
        self.printed = printed
        self.pieces: dict[int, list[Piece]] = {}
        self.stray: list[Piece] = []
        self._ends = {normalise(suffix) for field in self.fields for suffix in field.suffixes}
        self._open: dict[int, int | None] = {}
        """The field that is open at the end of each unit."""
        self._rest = next((rank for rank, field in enumerate(self.fields) if field.rest), None)
        by_unit: dict[int, list[_Cut]] = {}
        for label in labels.cuts():
            by_unit.setdefault(label.unit.order, []).append(_Cut(label.start, label.end, label.field, label=label.weight > 0))
        opened = [any(cut.field is None and cut.start < 3 for cut in by_unit.get(unit.order, ())) for unit in stream.units]
        self._numbered = {
            unit.text[0]
            for unit, own, after in zip(stream.units, opened, [*opened[1:], False], strict=True)
            if unit.text[:1] in _DIGITS and (own or (after and len(unit.text.strip()) == 1))
        }
        """The numbers of the footnotes that are in the body of the document, as in a PDF."""
        for stretch in held:
            by_unit.setdefault(stretch.unit.order, []).append(_Cut(stretch.start, stretch.end, None, label=False))
        for unit in stream.units:
            if unit.order in claimed:
                self._open[unit.order] = None
            elif unit.text.strip() or unit.order in by_unit:
                self._unit(unit, sorted(by_unit.get(unit.order, ()), key=lambda cut: (cut.start, -cut.end)))
            else:
                self._open[unit.order] = self._owner(unit)

    def _unit(self, unit: Unit, cuts: list[_Cut]) -> None:
        if not unit.body or (unit.grid < 0 and self._is_printed(unit.text)):
            text = "".join(text for _at, text in _between(unit.text, cuts))
            if text.strip() and not self._is_printed(unit.text) and any(c.isalpha() for c in text):
                self.stray.append(Piece(unit, text.strip()))
            self._open[unit.order] = self._previous(unit) if unit.body else None
            return
        if normalise(unit.text) in self._ends:
            # « / 20 » in a cell of its own
            self._open[unit.order] = None
            return
        current: int | None = None
        fixed = bool(cuts)
        for cut, text in _between(unit.text, cuts):
            if cut is None:
                if text.strip():
                    current = self._owner(unit)
                    if not self._give(current, unit, text):
                        current = None
                continue
            if cut.field is not None:
                current = cut.field
                self.pieces.setdefault(current, [])
                self._labelled(current, unit, text)
                if self.fields[current].line:
                    current = None
            elif current is not None and self.fields[current].long:
                self._give(current, unit, text)
            else:
                current = None if cut.label else current
                if _says(text) and not self._calls(text):
                    self.stray.append(Piece(unit, text))
        if current is None and not fixed and not unit.text.strip():
            current = self._owner(unit)
        self._open[unit.order] = current

    def _labelled(self, rank: int, unit: Unit, text: str) -> None:
        """Gives a field what stands right after its label."""
        field = self.fields[rank]
        if field.kind.boxed:
            if _says(text):
                self.pieces[rank].append(Piece(unit, text))
            return
        if field.line:
            head, sign, rest = _first_line(text)
            if _says(rest):
                self.stray.append(Piece(unit, sign + rest))
            text = head
        self.pieces[rank].append(Piece(unit, text))

    def _give(self, rank: int | None, unit: Unit, text: str) -> bool:
        """Gives a text to a field that is open; a text that nobody takes is a stray one."""
        if not _says(text) and rank is None:
            return False
        if rank is None or self.fields[rank].kind.boxed:
            self.stray.append(Piece(unit, text))
            return False
        self.pieces.setdefault(rank, []).append(Piece(unit, text))
        return True

    def _owner(self, unit: Unit) -> int | None:
        """The field whose value a unit without a label goes on with."""
        if unit.grid < 0:
            return self._previous(unit)
        row = self.stream.row_of(unit)
        for left in reversed([other for other in row if other.col < unit.col]):
            rank = self._open.get(left.order)
            if rank is not None and self._wants(rank):
                return rank
            if left.text.strip():
                break
        for above in range(unit.row - 1, -1, -1):
            over = [other for other in self.stream.rows.get((unit.grid, above), ()) if other.covers(unit)]
            if over:
                ranks = {self._open.get(other.order) for other in over}
                rank = ranks.pop() if len(ranks) == 1 else None
                return rank if rank is not None and self._wants(rank) else None
        if unit.row == 0 and unit.grid >= 0:
            return self._previous(unit, long=True)
        return None

    def _previous(self, unit: Unit, *, long: bool = False) -> int | None:
        """The field open at the end of the unit before; the one that takes what stands under no heading otherwise."""
        if unit.order > 0:
            before = self.stream.units[unit.order - 1]
            rank = self._open.get(before.order)
            if rank is not None and (self.fields[rank].long or (not long and before.grid < 0 and self._wants(rank))):
                return rank
        return self._rest if unit.grid < 0 and unit.body else None

    def _wants(self, rank: int) -> bool:
        """Whether a field may take more: it is a long one, or nothing was written in it yet."""
        field = self.fields[rank]
        return not field.kind.boxed and (field.long or self._value(rank) is None)

    def _calls(self, text: str) -> bool:
        """Whether a text after a printed one is the calls of footnotes that the form prints: ``1 2``."""
        numbers = text.split()
        return all(len(number) == 1 and number in _DIGITS for number in numbers) and self._numbered >= set(numbers)

    def _is_printed(self, text: str) -> bool:
        name = normalise(text)
        return any(fnmatchcase(name, pattern) for pattern in self.printed)

    def _value(self, rank: int) -> str | None:
        field = self.fields[rank]
        text = "\n".join(piece.text for piece in self.pieces.get(rank, ()))
        return written(text, field.kind, field.placeholders, field.suffixes)

    def answer(self, rank: int) -> Answer:
        """What a field that is no box holds."""
        field = self.fields[rank]
        value = self._value(rank)
        place = self._place(rank, empty=value is None)
        if value is None:
            return Answer(field.id, None, AnswerState.EMPTY, place)
        return Answer(field.id, value, AnswerState.ANSWERED, place, normalised=normal(value, field.kind))

    def _place(self, rank: int, *, empty: bool) -> Place:
        pieces = self.pieces.get(rank, [])
        found = next((piece.unit.place for piece in pieces if not empty and piece.text.strip()), None)
        label = self.labels.of.get(rank)
        return found or (label.unit.place if label is not None else pieces[0].unit.place if pieces else NOWHERE)

    def comments(self) -> list[Comment]:
        """What belongs to no field, and what was written beside the boxes of one."""
        found = [(piece, None) for piece in self.stray if normalise(piece.text) not in self._ends]
        beside = [
            (piece, self.fields[rank].id)
            for rank, pieces in self.pieces.items()
            if self.fields[rank].kind.boxed
            for piece in pieces
        ]
        listed: list[tuple[Piece, str | None]] = sorted([*found, *beside], key=lambda item: item[0].unit.order)
        return [
            Comment("text", field, text, None, piece.unit.place)
            for piece, field in listed
            if (text := written(piece.text, FieldKind.TEXT)) is not None and _says(text)
        ]


def normal(value: str, kind: FieldKind) -> str | int | float | tuple[str | None, ...] | None:
    """The normalised twin of a value; the module that knows is imported when a value asks for it."""
    if kind is FieldKind.TEXT:
        return None
    from formfill import normal as known

    match kind:
        case FieldKind.DATE:
            return known.parse_date(value)
        case FieldKind.PERIOD:
            return known.parse_period(value)
        case FieldKind.NUMBER:
            return known.parse_number(value)
        case FieldKind.IDENTIFIER:
            return known.parse_identifier(value)
        case FieldKind.SESSION:
            return known.parse_session(value)
        case FieldKind.URL:
            return known.parse_url(value)
    return None


_DIGITS: Final = frozenset("123456789")


def _says(text: str) -> bool:
    return any(c.isalnum() for c in text)


def _first_line(text: str) -> tuple[str, str, str]:
    """The text up to the end of its first line that says something, the sign that ends it, and the rest."""
    for i, c in enumerate(text):
        if c in "\n\t" and (_says(text[:i]) or c == "\n"):
            return text[:i], c, text[i + 1 :]
    return text, "", ""


def _between(text: str, cuts: Sequence[_Cut]) -> list[tuple[_Cut | None, str]]:
    """The stretches of a text between its cuts, each with the cut before it; box glyphs left over are no text."""
    found: list[tuple[_Cut | None, str]] = []
    before: _Cut | None = None
    at = 0
    for cut in cuts:
        if cut.start < at:
            # a cut inside another: an option that is a fixed text too
            if cut.end <= at:
                continue
            at = cut.start
        found.append((before, text[at : cut.start]))
        before, at = cut, cut.end
    found.append((before, text[at:]))
    return [(cut, part.strip("".join(BOX_GLYPHS)) if cut is not None and not cut.label else part) for cut, part in found]
