"""Rows of levels: the row by its title, the level by the heading of the column. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from formfill.extract._boxes import agreed
from formfill.extract.fields._choices import Stretch
from formfill.extract.fields._words import fold, key
from formfill.model.completed import Answer, AnswerState, BoxReading, RowIssue, RowProblem
from formfill.model.document import Evidence, MarkState, Says
from formfill.model.geometry import NOWHERE
from formfill.model.glyphs import BOX_GLYPHS, TYPED_TICKS, without_boxes
from formfill.text import nearness

if TYPE_CHECKING:
    from formfill.extract.fields._stream import Stream, Unit
    from formfill.model.geometry import Place
    from formfill.model.layout import LevelGrid, LevelRow

MIN_NEAR: Final = 88.0
"""Nearness, 0 to 100, at which a title is a row's though some of its words differ."""
BEFORE: Final = 4
"""Words that may stand before a title: its number, its code."""


class LevelReading(NamedTuple):
    """What the rows of levels say."""

    answers: tuple[Answer, ...]
    boxes: tuple[BoxReading, ...]
    issues: tuple[RowIssue, ...]
    claimed: frozenset[int]
    """Orders of the units that hold nothing but boxes and headings."""
    held: tuple[Stretch, ...]
    """Where the titles stand."""
    marks: frozenset[str]


def read_levels(stream: Stream, levels: LevelGrid) -> LevelReading:
    """The level ticked in each row."""
    return _Levels(stream, levels).result()


class _Title(NamedTuple):
    unit: Unit
    start: int
    end: int


class _Levels:
    def __init__(self, stream: Stream, levels: LevelGrid) -> None:
        self.stream = stream
        self.levels = levels
        self.names = {"".join(key(text)): option.id for option in levels.options for text in (option.label, *option.variants)}
        self.claimed: set[int] = set()
        self.held: list[Stretch] = []
        self.issues: list[RowIssue] = []
        self.marks: set[str] = set()
        self._under: dict[tuple[int, int], str] = {}
        self._headings: dict[tuple[int, int], list[tuple[Unit, str]]] = {}
        """The headings of each row of each grid."""
        for unit in stream.units:
            if unit.grid >= 0 and (level := self.names.get("".join(unit.words.texts))) is not None:
                self._headings.setdefault((unit.grid, unit.row), []).append((unit, level))
        self.titles = self._titles()
        self.title_units = {title.unit.order for title in self.titles.values()}

    def _titles(self) -> dict[str, _Title]:
        """The cell of each row's title: one whose own row has boxes where there is a choice."""
        found: dict[str, list[_Title]] = {}
        for row in self.levels.rows:
            for text in (row.label, *row.variants):
                for unit, place in self.stream.find(key(text)):
                    before = unit.words.texts[: place.first]
                    if unit.grid >= 0 and len(before) < BEFORE and all(len(w) < 3 or w.isdigit() for w in before):
                        title = _Title(unit, unit.words.start(0), place.end)
                        found.setdefault(row.field, []).append(title)
        chosen: dict[str, _Title] = {}
        taken: set[int] = set()
        for row in self.levels.rows:
            titles = [title for title in found.get(row.field, ()) if title.unit.order not in taken]
            if not titles:
                titles = self._near(row, taken)
            if titles:
                titles.sort(key=lambda title: (not self._boxed(title.unit), title.unit.order))
                chosen[row.field] = titles[0]
                taken.add(titles[0].unit.order)
        return chosen

    def _near(self, row: LevelRow, taken: set[int]) -> list[_Title]:
        """A title with a word changed, in a row that has boxes."""
        best: tuple[float, _Title] | None = None
        for unit in self.stream.units:
            if unit.grid < 0 or unit.order in taken or not self._boxed(unit) or len(unit.words) < 2 or unit.boxes:
                continue
            line = without_boxes(unit.text).lstrip().partition("\n")[0]
            for text in (line, unit.text.replace("\n", " ")):
                score = nearness(text, row.label)
                if score >= MIN_NEAR and (best is None or score > best[0]):
                    best = score, _Title(unit, 0, len(text))
        return [best[1]] if best is not None else []

    def _boxed(self, unit: Unit) -> bool:
        """Whether boxes stand to the right of a cell, in its row."""
        return any(other.marks or other.text.strip() in self.levels.signs for other in self._right(unit))

    def _right(self, unit: Unit) -> list[Unit]:
        return [other for other in self.stream.row_of(unit) if other.col > unit.col]

    def _claim_headings(self) -> None:
        """Claims the rows of headings, repeated as often as the form is made of tables."""
        for found in self._headings.values():
            if len(found) > 1:
                self.claimed.update(unit.order for unit, _level in found if not unit.marks)

    def result(self) -> LevelReading:
        self._claim_headings()
        answers: list[Answer] = []
        boxes: list[BoxReading] = []
        for row in self.levels.rows:
            title = self.titles.get(row.field)
            own = self._row(row, title)
            boxes += own
            ticked = tuple(box.option for box in own if box.state is MarkState.TICKED)
            unsure = any(box.state is MarkState.UNCERTAIN for box in own) or len(ticked) > 1
            state = AnswerState.UNCERTAIN if unsure else AnswerState.ANSWERED if ticked else AnswerState.EMPTY
            value = ticked if len(ticked) > 1 else ticked[0] if ticked else None
            answers.append(Answer(row.field, value, state, title.unit.place if title else NOWHERE))
        return LevelReading(
            tuple(answers), tuple(boxes), tuple(self.issues), frozenset(self.claimed), tuple(self.held), frozenset(self.marks)
        )

    def _row(self, row: LevelRow, title: _Title | None) -> list[BoxReading]:
        labels = {option.id: option.label for option in self.levels.options}
        if title is None:
            self.issues.append(RowIssue(RowProblem.MISSING, row.field, field=row.field, seen=row.label))
            return [BoxReading(row.field, level, labels[level], MarkState.UNCERTAIN) for level in row.levels]
        self.held.append(Stretch(title.unit, title.start, title.end))
        cells = self._cells(row, title.unit)
        printed = any(mark for cell in cells.values() for mark in cell.marks if cell.text.strip() in BOX_GLYPHS)
        found: list[BoxReading] = []
        for level in row.levels:
            cell = cells.get(level)
            state, evidence, place = self._cell(cell, title.unit, printed=printed)
            if cell is None or not evidence:
                self.issues.append(RowIssue(RowProblem.NO_BOX, level, field=row.field, place=place))
            found.append(BoxReading(row.field, level, labels[level], state, place, evidence))
        return found

    def _cells(self, row: LevelRow, title: Unit) -> dict[str, Unit]:
        """The cell of each level: under its heading; by its place where it cannot be read, none is missing and others agree."""
        right = self._right(title)
        stop = min((other.col for other in right if other.order in self.title_units), default=10**6)
        right = [other for other in right if other.col < stop]
        under: dict[str, Unit] = {}
        for cell in right:
            level = self._heading(cell)
            if level is not None and level not in under:
                under[level] = cell
        if len(under) < len(row.levels):
            boxed = [cell for cell in right if len(cell.marks) == 1 or cell.text.strip() in self.levels.signs]
            placed = dict(zip(row.levels, boxed, strict=False))
            if len(boxed) == len(row.levels) and all(placed[level] is cell for level, cell in under.items()):
                for level, cell in placed.items():
                    if level not in under:
                        self._unread(cell)
                return placed
        return under

    def _unread(self, cell: Unit) -> None:
        """Takes the heading over a column for what it is though it cannot be read: set upright, it comes off a page in pieces."""
        for above in range(cell.row):
            over = [other for other in self.stream.rows.get((cell.grid, above), ()) if other.covers(cell)]
            if over:
                self.claimed.update(other.order for other in over if not other.marks and other.row + other.row_span <= cell.row)
                return

    def _heading(self, cell: Unit) -> str | None:
        """The level of the nearest heading above a cell."""
        if (cell.grid, cell.col) in self._under:
            return self._under[cell.grid, cell.col]
        for above in range(cell.row - 1, -1, -1):
            for other, level in self._headings.get((cell.grid, above), ()):
                if other.covers(cell):
                    self.claimed.add(other.order)
                    self._under[cell.grid, cell.col] = level
                    return level
        return None

    def _cell(self, cell: Unit | None, title: Unit, *, printed: bool) -> tuple[MarkState, tuple[Evidence, ...], Place]:
        if cell is None:
            return MarkState.UNCERTAIN, (), title.place
        text = cell.text.strip()
        self.claimed.add(cell.order)
        self.marks.update(mark.id for mark in cell.marks)
        if cell.marks:
            if any(c.isalnum() for c in without_boxes(text)) and text not in TYPED_TICKS and fold(text) not in ("1", "oui"):
                self.claimed.discard(cell.order)
            return (
                agreed([mark.state for mark in cell.marks]),
                tuple(e for mark in cell.marks for e in mark.evidence),
                cell.marks[0].place,
            )
        if text in self.levels.signs:
            return MarkState.BLANK, (Evidence("glyph", Says.BLANK, text),), cell.place
        if text in TYPED_TICKS and text:
            return MarkState.TICKED, (Evidence("typed", Says.TICKED, text),), cell.place
        if not text:
            if printed:
                return MarkState.UNCERTAIN, (), cell.place
            return MarkState.BLANK, (Evidence("cell", Says.BLANK, "empty"),), cell.place
        return MarkState.UNCERTAIN, (Evidence("text", Says.UNCLEAR, text[:40]),), cell.place
