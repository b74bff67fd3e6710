"""Rows of texts: the row by the label in its first cell, the column by its heading or its place. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from formfill.extract.fields._blanks import written
from formfill.extract.fields._words import key, match, occurrences
from formfill.model.completed import Answer, AnswerState
from formfill.model.geometry import NOWHERE
from formfill.model.layout import FieldKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from formfill.extract.fields._stream import Stream, Unit
    from formfill.model.layout import Matrix, MatrixPart, MatrixRow


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
    headings = _headings(stream, matrix)
    labels = {own.id: [(key(row.label), row) for row in own.rows] for own in matrix.parts}
    announcing = [(own, [key(text) for text in own.announced]) for own in matrix.parts]
    for unit in stream.units:
        if unit.grid < 0:
            continue
        part = _announced(unit, announcing) or part
        if part is None:
            continue
        label = _labelled(unit, labels[part.id])
        if label is not None:
            claimed.add(unit.order)
            open_row = label.id, unit.row
            for column, cell in zip(matrix.columns, _cells(stream, unit, matrix, headings), strict=False):
                if cell is None:
                    continue
                claimed.add(cell.order)
                own = f"{label.id}.{column.id}"
                places.setdefault(own, cell)
                texts.setdefault(own, []).append(cell.text)
        elif unit.order not in claimed and any(unit is other for other, _i in headings.get((unit.grid, unit.row), ())):
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


def _announced(unit: Unit, announcing: Sequence[tuple[MatrixPart, Sequence[tuple[str, ...]]]]) -> MatrixPart | None:
    """The part that a title begins."""
    if len(unit.words) > 60:
        return None
    for part, texts in announcing:
        if any(next(occurrences(unit.words, text), None) for text in texts):
            return part
    return None


def _labelled(unit: Unit, labels: Sequence[tuple[tuple[str, ...], MatrixRow]]) -> MatrixRow | None:
    """The row whose label is all that a cell says."""
    seen = unit.words
    if not seen.texts:
        return None
    first = seen.texts[0]
    return next((row for text, row in labels if text and text[0].startswith(first) and match(seen, 0, text) == len(seen)), None)


def _headings(stream: Stream, matrix: Matrix) -> dict[tuple[int, int], list[tuple[Unit, int]]]:
    """The headings in each row of each grid, with the rank of their column."""
    texts = [[key(text) for text in (column.label, *column.variants)] for column in matrix.columns]
    found: dict[tuple[int, int], list[tuple[Unit, int]]] = {}
    for place, units in stream.rows.items():
        for unit in units:
            for i, own in enumerate(texts):
                if any(match(unit.words, 0, text) is not None for text in own):
                    found.setdefault(place, []).append((unit, i))
    return found


def _cells(
    stream: Stream, unit: Unit, matrix: Matrix, headings: Mapping[tuple[int, int], Sequence[tuple[Unit, int]]]
) -> list[Unit | None]:
    """The cell of each column in a row: under its heading, else the cells to the right in their order."""
    right = [other for other in stream.row_of(unit) if other.col > unit.col]
    under: list[Unit | None] = [None] * len(matrix.columns)
    for above in range(unit.row - 1, -1, -1):
        for other, i in headings.get((unit.grid, above), ()):
            if under[i] is None:
                under[i] = next((cell for cell in right if cell.covers(other)), None)
    return under if any(under) else [right[i] if i < len(right) else None for i in range(len(matrix.columns))]
