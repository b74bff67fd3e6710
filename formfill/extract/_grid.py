"""The rows of a completed grid: which row of the form each is, its box, its lines, its comment."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from formfill.extract._boxes import RowBox, agreed, is_tick, row_box
from formfill.extract._index import GridIndex, index_of
from formfill.extract._lines import RowLines, longest_increasing
from formfill.extract._titles import Title, title_of
from formfill.model.completed import Answer, AnswerState, BoxReading, RowIssue, RowProblem
from formfill.model.document import Evidence, MarkState, Says
from formfill.model.geometry import NOWHERE, Place
from formfill.model.glyphs import without_boxes
from formfill.text import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from formfill.model.completed import MatchedLine
    from formfill.model.document import Cell, Document, Mark
    from formfill.model.form import CheckboxGrid, Form, GridRow


class GridReading(NamedTuple):
    """What a grid says."""

    answers: tuple[Answer, ...]
    boxes: tuple[BoxReading, ...]
    lines: tuple[MatchedLine, ...]
    issues: tuple[RowIssue, ...]
    used: frozenset[int]
    """Ranks in the document of the grids that are the form's."""
    strangers: tuple[Cell, ...]
    """The cells of rows that are no row of the form."""


AFFIRMATIVE: Final = frozenset(
    (
        *("acquis", "acquise", "oui", "x", "valide", "validee", "coche", "cochee", "case", "fait", "faite", "atteint", "atteinte"),
        *("realise", "realisee", "mobilisee", "travaillee", "maitrise", "maitrisee"),
    )
)
"""Headings, normalised, under which a tick says what the form means by it."""


class _Row:
    """One row of the form, read from one or more rows of the document."""

    __slots__ = ("boxes", "contradicted", "lines", "place", "titles")

    def __init__(self, lines: RowLines, place: Place) -> None:
        self.lines = lines
        self.boxes: list[RowBox] = []
        self.place = place
        self.titles = 0
        self.contradicted = False


def read_grid(document: Document, form: Form, grid: CheckboxGrid) -> GridReading:
    """Reads the form's grid wherever it stands in the document."""
    return _Reading(document, index_of(form.id, grid)).result()


class _Reading:
    def __init__(self, document: Document, index: GridIndex) -> None:
        self.index = index
        self.grid = index.grid
        self.printed = {text for text in index.headings if text}
        self.columns: dict[int, str] = {}
        self.marks: dict[str, Mark] = {mark.id: mark for mark in document.marks}
        self.rows: dict[str, _Row] = {}
        self.seen: list[str] = []
        self.issues: list[RowIssue] = []
        self.used: set[int] = set()
        self.strangers: list[Cell] = []
        for rank, table in enumerate(document.grids):
            current: str | None = None
            above: list[Cell] = []
            for number, cells in enumerate(table.rows):
                if current is not None:
                    current = self._row(cells, current)
                elif len(cells) > 1 or not any(map(self._heading, table.rows[number:])):
                    current = self._row(cells, None)
                if current is None and not self._heading(cells):
                    above += [cell for cell in cells if cell.text.strip()]
            if current is not None:
                self.used.add(rank)
                self.strangers += above

    def _heading(self, cells: Sequence[Cell]) -> bool:
        """True for the header row, printed once or repeated, with the form's columns or more."""
        return self.printed <= {normalise(cell.text) for cell in cells}

    def _row(self, cells: Sequence[Cell], current: str | None) -> str | None:
        """Reads one row; returns the option it is of, for the rows that continue it."""
        if self._heading(cells):
            self.columns = {cell.col: cell.text for cell in cells}
            return current
        if current is not None and len(cells) == 1 and self._labelled(cells[0], self.rows[current]):
            return current
        found = next(((cell, title) for cell in cells if cell.text and (title := title_of(cell, self.index)) is not None), None)
        if found is None:
            if current is not None:
                self._continuation(cells, self.rows[current])
            return current
        cell, title = found
        if title.weak and current is not None and (title.option in self.rows or not any(c.marks for c in cells)):
            # « B1.3 non faite » under another row speaks of a row, it is not its title
            self._continuation(cells, self.rows[current])
            return current
        self._titled(cells, cell, title)
        return title.option

    def _titled(self, cells: Sequence[Cell], head: Cell, title: Title) -> None:
        option = title.option
        self.issues += title.issues
        self.seen.append(option)
        row = self.rows.get(option)
        if row is None:
            row = self.rows[option] = _Row(RowLines(self.index.rows[option], self.index), head.place)
        row.titles += 1
        row.lines.doubled = row.titles > 1
        row.contradicted = row.contradicted or title.contradicted
        row.lines.range += 1
        box = row_box(cells, self.grid.box_column, self.index.rows[option], self.marks)
        row.boxes.append(self._under_heading(box))
        for cell in cells:
            if cell is not box.cell and cell.text:
                lines = cell.text.split("\n")
                row.lines.add(lines[title.taken :] if cell is head else lines, cell.place)
            elif cell is box.cell:
                beside = (without_boxes(line).strip() for line in cell.text.split("\n"))
                row.lines.add([text for text in beside if text and not all(map(is_tick, text.split()))], cell.place)

    def _under_heading(self, box: RowBox) -> RowBox:
        """The box in the light of its column's heading: the form prints none, and « Non acquis » turns a tick round."""
        heading = self.columns.get(box.cell.col, "") if box.cell is not None else ""
        if not normalise(heading) or normalise(heading) in AFFIRMATIVE:
            return box
        says = Evidence("heading", Says.UNCLEAR, heading.split("\n")[0])
        return box._replace(state=MarkState.UNCERTAIN, evidence=(*box.evidence, says))

    def _continuation(self, cells: Sequence[Cell], row: _Row) -> None:
        """A row without a title: the comment of the row above, or its rest on the next page."""
        filled = [cell for cell in cells if cell.text]
        if any(cell.marks for cell in filled) and len(filled) > 1:
            box = row_box(cells, self.grid.box_column, row.lines.row, self.marks)
            if box.shown and any(known.shown for known in row.boxes):
                self.issues.append(RowIssue(RowProblem.UNKNOWN, None, seen=filled[0].text.split("\n")[0], place=filled[0].place))
                self.strangers += filled
                return
            if box.shown:
                row.boxes.append(box)
                filled = [cell for cell in filled if cell is not box.cell]
        if len(filled) > 1 and not any(cell.continues for cell in filled) and not self._goes_on(filled, row):
            self.strangers += filled
            return
        row.lines.range += 1
        for cell in filled:
            row.lines.add(cell.text.split("\n"), cell.place)

    def _goes_on(self, cells: Sequence[Cell], row: _Row) -> bool:
        """True when something in the cells is an official line of the row, or a piece of one that a page cut."""
        seen = [key for cell in cells for line in cell.text.split("\n") if (key := normalise(line))]
        return any(key in official or official in key for key in seen for official in row.lines.row.keys)

    def _labelled(self, cell: Cell, row: _Row) -> bool:
        """A row of one cell headed « Commentaire »: all that follows was written by a person, even what looks like a label."""
        label, _end, text = cell.text.partition("\n")
        if normalise(label) != normalise(self.grid.comment_label):
            return False
        row.lines.keep(text.split("\n"), cell.place)
        return True

    def result(self) -> GridReading:
        boxes: list[BoxReading] = []
        comments: list[Answer] = []
        lines: list[MatchedLine] = []
        for official in self.grid.rows:
            row = self.rows.get(official.option)
            boxes.append(self._box(official, row))
            comments.append(_comment(official, row))
            if row is not None:
                lines += row.lines.compared()
        self.issues += self._row_issues()
        ticked = tuple(box.option for box in boxes if box.state is MarkState.TICKED)
        unsure = any(box.state is MarkState.UNCERTAIN for box in boxes)
        state = AnswerState.UNCERTAIN if unsure else AnswerState.ANSWERED if ticked else AnswerState.EMPTY
        place = next((box.place for box in boxes if box.place is not NOWHERE), NOWHERE)
        field = Answer(self.grid.field, ticked or None, state, place)
        return GridReading(
            (field, *comments), tuple(boxes), tuple(lines), tuple(self.issues), frozenset(self.used), tuple(self.strangers)
        )

    def _box(self, official: GridRow, row: _Row | None) -> BoxReading:
        reading = BoxReading(self.grid.field, official.option, official.label, MarkState.UNCERTAIN)
        if row is None:
            return reading
        row.lines.settle()
        shown = [box for box in row.boxes if box.shown]
        state = MarkState.UNCERTAIN
        if shown and not row.contradicted:
            state = agreed([box.state for box in shown])
        return BoxReading(
            self.grid.field,
            official.option,
            official.label,
            state,
            shown[0].place if shown else row.place,
            tuple(evidence for box in shown for evidence in box.evidence),
        )

    def _row_issues(self) -> Iterator[RowIssue]:
        for option, row in self.rows.items():
            shown = [box for box in row.boxes if box.shown]
            if row.titles > 1:
                yield RowIssue(RowProblem.DUPLICATED, option, place=row.place)
            if not shown:
                yield RowIssue(RowProblem.NO_BOX, option, place=row.place)
            elif len(shown) > row.titles or any(box.shown > 1 for box in shown):
                yield RowIssue(RowProblem.SEVERAL_BOXES, option, place=shown[0].place)
        for official in self.grid.rows:
            if official.option not in self.rows:
                yield RowIssue(RowProblem.MISSING, official.option)
        order = list(dict.fromkeys(self.seen))
        ranks = [self.index.order[option] for option in order]
        if any(a > b for a, b in pairwise(ranks)):
            kept = longest_increasing(ranks)
            for at, option in enumerate(order):
                if at not in kept:
                    yield RowIssue(RowProblem.MISPLACED, option, place=self.rows[option].place)


def _comment(official: GridRow, row: _Row | None) -> Answer:
    lines = row.lines.comment() if row is not None else []
    if not lines:
        return Answer(official.comment_field, None, AnswerState.EMPTY, row.place if row is not None else NOWHERE)
    assert row is not None
    place = row.lines.comment_place() or row.place
    return Answer(official.comment_field, "\n".join(lines), AnswerState.ANSWERED, place)
