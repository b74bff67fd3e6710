"""A table that a candidate fills in row by row: sections, titles, periods, and a box in each column. Pure.

Columns are known by their headings; where a form has one column for each activity, they count for the compétence above them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from formfill.extract._boxes import agreed
from formfill.extract.fields._blanks import written
from formfill.extract.fields._words import fold, key, match, occurrences
from formfill.model.completed import Answer, AnswerState, BoxReading, RepeatedRow
from formfill.model.document import Evidence, MarkState, Says
from formfill.model.geometry import NOWHERE
from formfill.model.glyphs import TYPED_TICKS, without_boxes
from formfill.model.layout import FieldKind
from formfill.text import nearness, squeeze

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from formfill.extract.fields._stream import Stream, Unit
    from formfill.model.geometry import Place
    from formfill.model.layout import RepeatingTable, RowSection

MIN_NEAR: Final = 88.0
"""Nearness, 0 to 100, at which a heading is a column's though some of its words differ."""
ENOUGH: Final = 4
"""Columns known by their headings that make a table of a grid where nothing heads the titles and the periods."""
SAID: Final = frozenset(("x", "1", "oui"))
"""Words that tick a cell."""


class TableReading(NamedTuple):
    """What a repeating table says."""

    answer: Answer
    boxes: tuple[BoxReading, ...]
    claimed: frozenset[int]
    """Orders of the units that are the table's."""
    strays: tuple[Unit, ...]
    """Its units that belong to no column: what a person wrote beside it."""
    marks: frozenset[str]


class _Columns(NamedTuple):
    """Where the columns of a table stand."""

    title: tuple[int, int]
    """First column, and the one after the last."""
    period: tuple[int, int] | None
    boxes: dict[int, str]
    """Option of each column."""
    below: int
    """First row under the headings."""


class _Row:
    """One réalisation, in one or more rows of the document."""

    def __init__(self, section: str | None, place: Place) -> None:
        self.section = section
        self.place = place
        self.title: list[str] = []
        self.period: list[str] = []
        self.cells: dict[str, list[Unit]] = {}

    @property
    def filled(self) -> bool:
        """Whether anything was written or ticked in it."""
        return bool(self.title or self.period or any(c.text.strip() or c.marks for own in self.cells.values() for c in own))


def read_table(stream: Stream, table: RepeatingTable) -> TableReading:
    """The rows of a table, wherever it stands, on as many pages or sheets as it takes."""
    return _Table(stream, table).result()


class _Table:
    def __init__(self, stream: Stream, table: RepeatingTable) -> None:
        self.stream = stream
        self.table = table
        self.rows: list[_Row] = []
        self.claimed: set[int] = set()
        self.strays: list[Unit] = []
        self.marks: set[str] = set()
        self.section: str | None = None
        self.place: Place = NOWHERE
        self.found = False
        columns: _Columns | None = None
        for rank in sorted({grid for grid, _row in stream.rows}):
            numbers = sorted(row for grid, row in stream.rows if grid == rank)
            own = self._columns(rank, numbers)
            if own is not None:
                columns = own
                self.found = True
                if self.place is NOWHERE:
                    self.place = stream.rows[rank, numbers[0]][0].place
            elif columns is None or not self._continues(rank, numbers, columns):
                continue
            start = columns.below if own is not None else 0
            for number in numbers:
                if number >= start:
                    self._row(stream.rows[rank, number], columns)

    def _columns(self, rank: int, numbers: Sequence[int]) -> _Columns | None:
        """The columns of a grid by their headings; None when it is no such table."""
        heads: dict[str, Unit] = {}
        titles: list[Unit] = []
        parts: dict[int, str] = {}
        boxes: dict[int, str] = {}
        below = 0
        for number in numbers[:40]:
            for cell in self.stream.rows[rank, number]:
                if not cell.words:
                    continue
                name = self._named(cell)
                if name is None:
                    option = self._part(cell)
                    if option is not None:
                        parts.update(dict.fromkeys(range(cell.col, cell.col + cell.span), option))
                        self.claimed.add(cell.order)
                        below = max(below, number + 1)
                    continue
                if name == "title":
                    titles.append(cell)
                    continue
                if name == "period" and name in heads:
                    continue
                heads[name] = cell
                below = max(below, number + 1)
                self.claimed.add(cell.order)
                if name != "period":
                    boxes.update(dict.fromkeys(range(cell.col, cell.col + cell.span), name))
            if len(heads) >= 1 + len(self.table.columns):
                break
        columns = {**parts, **boxes}
        # the heading that stands in a row with the others: the document's own title says nearly the same
        title = next((c for c in titles if any(c.row <= head.row < c.row + max(c.row_span, 1) for head in heads.values())), None)
        if title is not None:
            heads["title"] = title
            self.claimed.add(title.order)
        if not columns:
            return self._by_place(rank, numbers)
        if len(set(columns.values())) < (2 if "title" in heads or "period" in heads else ENOUGH):
            return None
        for number in range(below, below + 2):
            # the row of the activities, under the compétences
            for cell in self.stream.rows.get((rank, number), ()):
                if self._part(cell) is not None:
                    self.claimed.add(cell.order)
                    below = max(below, number + 1)
        top = min(cell.row for cell in heads.values())
        for number in range(top, below):
            # what the form prints under a heading, whatever of it can be read
            own = self.stream.rows.get((rank, number), ())
            self.claimed.update(cell.order for cell in own if cell.col in columns and not cell.marks)
        period = heads.get("period")
        first = min(columns)
        start = heads["title"].col if "title" in heads else 0
        when = (period.col, period.col + period.span) if period is not None else None
        if when is None and first - start > 1:
            # between the title and the boxes the form has one column, whose heading cannot be read
            when = first - 1, first
        end = when[0] if when is not None and when[0] < first else first
        return _Columns(
            (min(start, end - 1) if end else 0, end),
            when,
            self._completed(rank, columns),
            max(below, *(cell.row + 1 for cell in heads.values())),
        )

    def _by_place(self, rank: int, numbers: Sequence[int]) -> _Columns | None:
        """The columns of a grid that has the form's sections and exactly its columns, but no heading that can be read."""
        sections = [n for n in numbers for cell in self.stream.rows[rank, n] if cell.span > 2 and self._section(cell) is not None]
        body = [n for n in numbers if sections and n >= sections[0]]
        if not body or max(c.col + c.span for n in body for c in self.stream.rows[rank, n]) != 2 + len(self.table.columns):
            return None
        for number in numbers:
            if number < sections[0]:
                # the heading of the columns, not the lines of the title above it
                own = self.stream.rows[rank, number]
                self.claimed.update(cell.order for cell in own if len(own) > len(self.table.columns) - 1 and not cell.marks)
        return _Columns((0, 1), (1, 2), {2 + i: option.id for i, option in enumerate(self.table.columns)}, sections[0])

    def _completed(self, rank: int, columns: dict[int, str]) -> dict[int, str]:
        """The columns with the one whose heading cannot be read, when all the others stand in the form's order around it."""
        order = [option.id for option in self.table.columns]
        first = min(columns)
        offsets = {col - order.index(option) for col, option in columns.items()}
        if len(columns) >= len(order) or len(offsets) != 1:
            return columns
        first = offsets.pop()
        last = max(cell.col + cell.span for (grid, _row), cells in self.stream.rows.items() if grid == rank for cell in cells)
        if last != first + len(order):
            return columns
        return {first + i: option for i, option in enumerate(order)}

    def _named(self, cell: Unit) -> str | None:
        """The column that a heading names."""
        for option in self.table.columns:
            for text in (option.label, *option.variants):
                wanted = key(text)
                if match(cell.words, 0, wanted) is not None and len(cell.words) <= len(wanted) + 80:
                    return option.id
        if any(next(occurrences(cell.words, key(text)), None) for text in self.table.period):
            return "period"
        if any(next(occurrences(cell.words, key(text)), None) for text in self.table.title):
            return "title"
        text = squeeze(cell.text)
        if len(text) < 100:
            for option in self.table.columns:
                if nearness(text, option.label) >= MIN_NEAR:
                    return option.id
        return None

    def _part(self, cell: Unit) -> str | None:
        """The column that a heading is a part of: an activity of the compétence."""
        for option, texts in zip(self.table.columns, self.table.parts, strict=True):
            if any(match(cell.words, 0, key(text)) is not None for text in texts):
                return option.id
        return None

    def _continues(self, rank: int, numbers: Sequence[int], columns: _Columns) -> bool:
        """Whether a grid without headings is the rest of the table, on another page: it has its columns."""
        width = max(columns.boxes) + 1
        return any(
            max(cell.col + cell.span for cell in self.stream.rows[rank, n]) == width and len(self.stream.rows[rank, n]) > 2
            for n in numbers
        )

    def _row(self, cells: Sequence[Unit], columns: _Columns) -> None:
        filled = [cell for cell in cells if cell.text.strip()]
        wide = next((cell for cell in filled if cell.col < columns.title[1] and cell.span > 2), None)
        if len(filled) == 1 and (found := self._section(filled[0])) is not None and not any(c.marks for c in cells):
            self.section = found.id
            self.claimed.update(cell.order for cell in cells)
            return
        if not filled and not self.rows and self.section is None and any(cell.span > 2 for cell in cells):
            # the first heading, whose text a page may show beside it
            self.section = self.table.sections[0].id
            self.claimed.update(cell.order for cell in cells)
            return
        if wide is not None and len(filled) == 1:
            # a heading of their own: what stands under it is under none of the form's sections
            self.section = None
            self.claimed.update(cell.order for cell in cells if cell is not wide)
            self.strays.append(wide)
            self.claimed.add(wide.order)
            return
        in_title = [cell for cell in cells if columns.title[0] <= cell.col < columns.title[1]]
        if not in_title and not self.rows:
            # still under the heading of the titles: what the form prints
            self.claimed.update(cell.order for cell in cells)
            return
        if in_title:
            self.rows.append(_Row(self.section, in_title[0].place))
        row = self.rows[-1]
        for cell in cells:
            self.claimed.add(cell.order)
            self.marks.update(mark.id for mark in cell.marks)
            option = columns.boxes.get(cell.col)
            text = written(cell.text, FieldKind.TEXT)
            if option is not None:
                row.cells.setdefault(option, []).append(cell)
            elif columns.period is not None and columns.period[0] <= cell.col < columns.period[1]:
                row.period += [text] if text else []
            elif columns.title[0] <= cell.col < columns.title[1]:
                row.title += [text] if text else []
            elif text:
                self.strays.append(cell)

    def _section(self, cell: Unit) -> RowSection | None:
        for section in self.table.sections:
            if match(cell.words, 0, key(section.label)) is not None:
                return section
        if cell.span < 2 and len(cell.words) > 12:
            return None
        named = [
            section
            for section in self.table.sections
            if any(next(occurrences(cell.words, key(text)), None) for text in section.variants)
        ]
        return named[-1] if named and (cell.span > 2 or len(named[-1].variants) > 0) and cell.span > 1 else None

    def result(self) -> TableReading:
        filled = [row for row in self.rows if row.filled]
        values: list[RepeatedRow] = []
        boxes: list[BoxReading] = []
        for number, row in enumerate(filled):
            title = "\n".join(row.title) or None
            own = list(self._boxes(row, number, title))
            boxes += own
            ticked = tuple(box.option for box in own if box.state is MarkState.TICKED)
            values.append(RepeatedRow(row.section, title, "\n".join(row.period) or None, ticked))
        number = len(filled)
        for row in self._empty():
            boxes += self._boxes(row, number, None)
            number += 1
        return TableReading(
            self._answer(values, boxes), tuple(boxes), frozenset(self.claimed), tuple(self.strays), frozenset(self.marks)
        )

    def _answer(self, values: list[RepeatedRow], boxes: Sequence[BoxReading]) -> Answer:
        unsure = any(box.state is MarkState.UNCERTAIN for box in boxes)
        state = AnswerState.UNCERTAIN if unsure else AnswerState.ANSWERED if values else AnswerState.EMPTY
        if not values:
            # a table that was not found is not an empty one
            return Answer(self.table.field, None, state if self.found else AnswerState.UNCERTAIN, self.place)
        from formfill.normal import parse_period

        periods = tuple(parse_period(value.periode) if value.periode else None for value in values)
        return Answer(self.table.field, tuple(values), state, self.place, normalised=periods)

    def _empty(self) -> Iterator[_Row]:
        """The rows left empty that the form prints, section by section: rows that a person added empty are none."""
        for section in self.table.sections:
            own = [row for row in self.rows if row.section == section.id]
            left = section.rows - sum(row.filled for row in own)
            yield from [row for row in own if not row.filled][: max(left, 0)]

    def _boxes(self, row: _Row, number: int, title: str | None) -> Iterator[BoxReading]:
        for option in self.table.columns:
            cells = row.cells.get(option.id, ())
            readings = [_cell(cell) for cell in cells]
            states = [state for state, _evidence in readings]
            if MarkState.TICKED in states:
                state = MarkState.TICKED
            else:
                state = MarkState.UNCERTAIN if not states or MarkState.UNCERTAIN in states else MarkState.BLANK
            at = next((i for i, found in enumerate(states) if found is state), None)
            place = cells[at].place if at is not None else row.place
            evidence = tuple(e for found, own in readings if found is state for e in own)
            yield BoxReading(self.table.boxes, option.id, option.label, state, place, evidence, number, title)


def _cell(cell: Unit) -> tuple[MarkState, tuple[Evidence, ...]]:
    """What a cell of the body says: a mark, a cross typed, nothing, or words that nobody can count as a cross."""
    if cell.marks:
        beside = without_boxes(cell.text).strip()
        evidence = tuple(e for mark in cell.marks for e in mark.evidence)
        state = agreed([mark.state for mark in cell.marks])
        if state is MarkState.BLANK and any(c.isalnum() for c in beside):
            return MarkState.UNCERTAIN, (*evidence, Evidence("text", Says.UNCLEAR, beside[:40]))
        return state, evidence
    text = cell.text.strip()
    if not text or written(text, FieldKind.TEXT) is None:
        return MarkState.BLANK, (Evidence("cell", Says.BLANK, "empty"),)
    if text in TYPED_TICKS or fold(text) in SAID:
        return MarkState.TICKED, (Evidence("typed", Says.TICKED, text),)
    return MarkState.UNCERTAIN, (Evidence("text", Says.UNCLEAR, text[:40]),)
