"""Records of forms with fields, drawn from their definition: any text in any field, boxes in any state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from formfill.model.completed import Answer, AnswerState, BoxReading, RepeatedRow
from formfill.model.document import MarkState
from formfill.model.layout import FieldKind
from formfill.model.record import FormRef, Record, SourceRef
from hypothesis import strategies as st
from tests.strategies import comments, texts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from formfill.model.completed import Comment
    from formfill.model.form import Form
    from formfill.model.layout import Layout

Row = tuple[str | None, str | None, str | None, tuple[MarkState, ...]]
"""Section, title, period and crosses of a row."""
LABELS: Final = (
    "Date :",
    "Lieu : Lille",
    "Nom, prénom :",
    "Observations",
    "ANNEXE 7-1-A",
    "Session 2019",
    "NOTE",
    "N° candidat : 1",
    "=cmd|' /C calc'!A0",
)
"""Whole texts that look like what a form prints, or like a formula."""
values = st.one_of(st.none(), texts, texts, st.sampled_from(LABELS))


def made(
    form: Form,
    edition: str | None,
    text: Callable[[str], str | None],
    state: Callable[[str, str], MarkState],
    rows: Sequence[Row] = (),
    stray: Sequence[Comment] = (),
) -> Record:
    """The record of a form, as a reading of it would say.

    Args:
        form: a form with fields.
        edition: one of its editions.
        text: the text of each field.
        state: the state of each box, by its field and its option.
        rows: the rows of its table, in the order of its sections.
        stray: its remarks.
    """
    layout = form.layout
    assert layout is not None
    answers: list[Answer] = []
    boxes: list[BoxReading] = []
    for field in layout.fields:
        if field.kind.boxed:
            own = [BoxReading(field.id, option.id, option.label, state(field.id, option.id)) for option in field.options]
            boxes += own
            answers.append(_answer(field.id, own, choice=field.kind is FieldKind.CHOICE))
        else:
            value = text(field.id)
            answers.append(Answer(field.id, value, AnswerState.EMPTY if value is None else AnswerState.ANSWERED))
    if layout.levels is not None:
        labels = {option.id: option.label for option in layout.levels.options}
        for row in layout.levels.rows:
            own = [BoxReading(row.field, level, labels[level], state(row.field, level)) for level in row.levels]
            boxes += own
            answers.append(_answer(row.field, own, choice=True))
    if layout.table is not None:
        answers.append(_table(layout, rows, boxes))
    for name in layout.matrix.ids if layout.matrix is not None else ():
        value = text(name)
        answers.append(Answer(name, value, AnswerState.EMPTY if value is None else AnswerState.ANSWERED))
    return Record(
        source=SourceRef("formulaire", "0" * 64, "docx", 1, None),
        form=FormRef(form.id, edition, form.referentiel, 1.0),
        answers=tuple(answers),
        boxes=tuple(boxes),
        comments=tuple(stray),
    )


def _answer(field: str, boxes: Sequence[BoxReading], *, choice: bool) -> Answer:
    ticked = tuple(box.option for box in boxes if box.state is MarkState.TICKED)
    unsure = any(box.state is MarkState.UNCERTAIN for box in boxes) or (choice and len(ticked) > 1)
    state = AnswerState.UNCERTAIN if unsure else AnswerState.ANSWERED if ticked else AnswerState.EMPTY
    value = ticked[0] if choice and len(ticked) == 1 else ticked or None
    return Answer(field, value, state)


def _table(layout: Layout, rows: Sequence[Row], boxes: list[BoxReading]) -> Answer:
    table = layout.table
    assert table is not None
    kept: list[RepeatedRow] = []
    unsure = False
    for number, (section, title, period, crosses) in enumerate(rows):
        for option, cross in zip(table.columns, crosses, strict=True):
            boxes.append(BoxReading(table.boxes, option.id, option.label, cross, row=number, row_label=title))
        ticked = tuple(o.id for o, cross in zip(table.columns, crosses, strict=True) if cross is MarkState.TICKED)
        unsure |= MarkState.UNCERTAIN in crosses
        kept.append(RepeatedRow(section, title, period, ticked))
    number = len(kept)
    for own in table.sections:
        for _empty in range(max(own.rows - sum(row.section == own.id for row in kept), 0)):
            boxes += [BoxReading(table.boxes, o.id, o.label, MarkState.BLANK, row=number) for o in table.columns]
            number += 1
    state = AnswerState.UNCERTAIN if unsure else AnswerState.ANSWERED if kept else AnswerState.EMPTY
    return Answer(table.field, tuple(kept) or None, state)


@st.composite
def form_records(draw: st.DrawFn, form: Form, edition: str) -> Record:
    """Records of an edition."""
    states = st.sampled_from(MarkState)
    stray = tuple(draw(st.lists(comments, max_size=2)))
    rows: list[Row] = []
    table = form.layout.table if form.layout is not None else None
    if table is not None:
        sections = [None, *(section.id for section in table.sections)]
        for _number in range(draw(st.integers(0, 14))):
            crosses = tuple(draw(states) for _column in table.columns)
            rows.append((draw(st.sampled_from(sections)), draw(texts), draw(st.one_of(st.none(), texts)), crosses))
        rows.sort(key=lambda row: sections.index(row[0]))
    return made(form, edition, lambda _field: draw(values), lambda _field, _option: draw(states), rows, stray)
