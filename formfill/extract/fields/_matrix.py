"""Rows of texts: the row by the label in its first cell, the column by its heading or its place. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from formfill.extract.fields._blanks import written
from formfill.extract.fields._words import key, match, occurrences
from formfill.model.completed import Answer, AnswerState
from formfill.model.geometry import NOWHERE
from formfill.model.layout import FieldKind

if TYPE_CHECKING:
    from formfill.extract.fields._stream import Stream, Unit
    from formfill.model.layout import Matrix, MatrixPart


class MatrixReading(NamedTuple):
    """What the rows of texts say."""

    answers: tuple[Answer, ...]
    claimed: frozenset[int]


def read_matrix(stream: Stream, matrix: Matrix) -> MatrixReading:
    """The text of each cell, part by part: a part goes from a text that announces it to the next part."""
    texts: dict[str, list[str]] = {}
    places: dict[str, Unit] = {}
    claimed: set[int] = set()
    part: MatrixPart | None = matrix.parts[0] if len(matrix.parts) == 1 else None
    open_row: tuple[str, int] | None = None
    for unit in stream.units:
        if unit.grid < 0:
            continue
        part = _announced(unit, matrix) or part
        if part is None:
            continue
        label = next((row for row in part.rows if match(unit.words, 0, key(row.label)) == len(unit.words) and unit.words), None)
        if label is not None:
            claimed.add(unit.order)
            open_row = label.id, unit.row
            for column, cell in zip(matrix.columns, _cells(stream, unit, matrix), strict=False):
                if cell is None:
                    continue
                claimed.add(cell.order)
                own = f"{label.id}.{column.id}"
                places.setdefault(own, cell)
                texts.setdefault(own, []).append(cell.text)
        elif unit.order not in claimed and _heading(unit, matrix):
            claimed.add(unit.order)
            open_row = None
        elif unit.order not in claimed and open_row is not None and not unit.text.strip():
            claimed.add(unit.order)
    answers = []
    for own in matrix.ids:
        value = written("\n".join(texts.get(own, ())), FieldKind.TEXT)
        state = AnswerState.EMPTY if value is None else AnswerState.ANSWERED
        answers.append(Answer(own, value, state, places[own].place if own in places else NOWHERE))
    return MatrixReading(tuple(answers), frozenset(claimed))


def _announced(unit: Unit, matrix: Matrix) -> MatrixPart | None:
    """The part that a title begins."""
    if len(unit.words) > 60:
        return None
    for part in matrix.parts:
        if any(next(occurrences(unit.words, key(text)), None) for text in part.announced):
            return part
    return None


def _cells(stream: Stream, unit: Unit, matrix: Matrix) -> list[Unit | None]:
    """The cell of each column in a row: under its heading, else the cells to the right in their order."""
    right = [other for other in stream.row_of(unit) if other.col > unit.col]
    under: list[Unit | None] = [None] * len(matrix.columns)
    for above in range(unit.row - 1, -1, -1):
        for other in stream.rows.get((unit.grid, above), ()):
            for i, column in enumerate(matrix.columns):
                if under[i] is None and _is(other, column.label, column.variants):
                    under[i] = next((cell for cell in right if cell.covers(other)), None)
    return under if any(under) else [right[i] if i < len(right) else None for i in range(len(matrix.columns))]


def _heading(unit: Unit, matrix: Matrix) -> bool:
    return any(_is(unit, column.label, column.variants) for column in matrix.columns)


def _is(unit: Unit, label: str, variants: tuple[str, ...]) -> bool:
    return any(match(unit.words, 0, key(text)) is not None for text in (label, *variants))
