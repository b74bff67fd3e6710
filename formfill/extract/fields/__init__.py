"""The fields of a form that is more than a grid of one box per row: texts, dates, choices, levels, rows.

It knows neither forms nor file formats: the :class:`~formfill.model.layout.Layout` of the form says which printed texts stand
before what, and the document is read as a stream of cells and paragraphs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.extract.fields._choices import elsewhere, read_boxes, scope_of, stretches
from formfill.extract.fields._facts import edition_of, facts
from formfill.extract.fields._labels import Labels, heads
from formfill.extract.fields._levels import read_levels
from formfill.extract.fields._matrix import read_matrix
from formfill.extract.fields._notes import without_notes
from formfill.extract.fields._stream import Stream
from formfill.extract.fields._table import read_table
from formfill.extract.fields._values import Values
from formfill.model.completed import Answer, AnswerState, Comment, CompletedForm, RowIssue, RowProblem
from formfill.model.document import MarkState
from formfill.model.geometry import NOWHERE
from formfill.model.layout import FieldKind

if TYPE_CHECKING:
    from formfill.extract.fields._choices import FieldBoxes
    from formfill.extract.fields._printed import Label
    from formfill.model.completed import BoxReading
    from formfill.model.document import Document
    from formfill.model.form import Form
    from formfill.model.layout import Field, Layout

__all__ = ["read_layout"]


def read_layout(document: Document, form: Form, layout: Layout, *, score: float) -> CompletedForm:
    """The form as completed: one answer per field, one reading per box, in the form's order."""
    document, notes = without_notes(document)
    stream = Stream(document)
    stream.index(heads(layout))
    labels = Labels(stream, layout)
    table = read_table(stream, layout.table) if layout.table is not None else None
    levels = read_levels(stream, layout.levels) if layout.levels is not None else None
    matrix = read_matrix(stream, layout.matrix) if layout.matrix is not None else None
    claimed = frozenset[int]().union(*(part.claimed for part in (table, levels, matrix) if part is not None))
    taken = (table.marks if table else frozenset()) | (levels.marks if levels else frozenset())
    boxed: dict[str, FieldBoxes] = {}
    # those that have a label of their own first: the others look everywhere
    for rank, field in sorted(enumerate(layout.fields), key=lambda item: (item[0] not in labels.of, item[0])):
        if field.kind.boxed:
            found = read_boxes(field, scope_of(field, rank, labels, stream, claimed), taken)
            boxed[field.id] = found
            taken |= found.marks
    loose = [mark for mark in document.marks if mark.id not in taken and mark.state is not MarkState.BLANK]
    if loose:
        boxed = {field.id: elsewhere(field, boxed[field.id], loose) for field in layout.fields if field.kind.boxed}
    held = (*stretches(boxed.values()), *(levels.held if levels else ()))
    values = Values(stream, labels, held=held, claimed=claimed, printed=form.printed)
    answers: list[Answer] = []
    boxes: list[BoxReading] = []
    for rank, field in enumerate(layout.fields):
        if field.kind.boxed:
            own = boxed[field.id]
            boxes += own.readings
            answers.append(_ticked(field, own, labels.of.get(rank)))
        else:
            answers.append(values.answer(rank))
    said = facts(stream)
    strays = [Comment("text", None, unit.text, None, unit.place) for unit in (table.strays if table else ())]
    return CompletedForm(
        form=form.id,
        edition=edition_of(form.editions, said, _session(answers, layout)),
        score=score,
        answers=(
            *answers,
            *(levels.answers if levels else ()),
            *((table.answer,) if table else ()),
            *(matrix.answers if matrix else ()),
        ),
        boxes=(*boxes, *(levels.boxes if levels else ()), *(table.boxes if table else ())),
        comments=(*values.comments(), *strays, *notes, *_annotations(document)),
        rows=(
            *(issue for own in boxed.values() for issue in own.issues),
            *(levels.issues if levels else ()),
            *(_lost(table.answer) if table else ()),
        ),
        facts=said,
        unlabelled=tuple(
            field.id for rank, field in enumerate(layout.fields) if field.printed and rank not in labels.of and not field.kind.boxed
        ),
    )


def _ticked(field: Field, own: FieldBoxes, label: Label | None) -> Answer:
    """What the boxes of a field say together: the option of a choice, the options of the others."""
    ticked = tuple(box.option for box in own.readings if box.state is MarkState.TICKED)
    unsure = any(box.state is MarkState.UNCERTAIN for box in own.readings)
    if field.kind is FieldKind.CHOICE and len(ticked) > 1:
        unsure = True
    state = AnswerState.UNCERTAIN if unsure else AnswerState.ANSWERED if ticked else AnswerState.EMPTY
    place = next((box.place for box in own.readings if box.place is not NOWHERE), label.unit.place if label else NOWHERE)
    value: str | tuple[str, ...] | None = ticked or None
    if field.kind is FieldKind.CHOICE and len(ticked) == 1:
        value = ticked[0]
    return Answer(field.id, value, state, place)


def _lost(answer: Answer) -> tuple[RowIssue, ...]:
    """The issue of a table that is nowhere in the document."""
    lost = answer.value is None and answer.state is AnswerState.UNCERTAIN and answer.place is NOWHERE
    return (RowIssue(RowProblem.MISSING, answer.field, field=answer.field),) if lost else ()


def _session(answers: list[Answer], layout: Layout) -> int | None:
    for field, answer in zip(layout.fields, answers, strict=True):
        if field.kind is FieldKind.SESSION and isinstance(answer.normalised, int):
            return answer.normalised
    return None


def _annotations(document: Document) -> list[Comment]:
    from formfill.extract._outside import annotation_comments

    return list(annotation_comments(document))
