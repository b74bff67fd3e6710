"""Does a record say one thing, and something that its form can show? Asked before a clean form is made of it.

What a reader makes always does. A record that somebody edited may name a field that the form has not, or tick a box that its
answers do not name: a writer would print half of it and be silent on the rest. It repairs nothing and chooses nothing.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from formfill.errors import InconsistentRecordError, UnknownEditionError
from formfill.language import gettext as _
from formfill.model.completed import AnswerState, RepeatedRow
from formfill.model.document import MarkState
from formfill.model.report import Finding, Severity
from formfill.text import sentence, squeeze

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.model.completed import Answer
    from formfill.model.form import Form
    from formfill.model.record import Record

MOST: Final = 5
"""Most disagreements named in one message."""


def agree(record: Record, form: Form) -> tuple[Finding, ...]:
    """What a clean form will show otherwise than the record has it: official wordings.

    Args:
        record: a record of the form.
        form: its definition.

    Raises:
        UnknownEditionError: the form has no such edition.
        InconsistentRecordError: the record names what the form has not, or contradicts itself; each field is named.
    """
    wanted = record.form.edition if record.form else None
    if wanted is not None and wanted not in (own.id for own in form.editions):
        raise UnknownEditionError(
            where=record.source.name,
            seen=_("le formulaire « {form} » n’a pas d’édition « {edition} ».").format(form=form.id, edition=wanted),
            advice=_("Éditions connues : {known}.").format(known=", ".join(own.id for own in form.editions)),
        )
    wrong = [*_referentiel(record, form), *_answers(record, form), *_boxes(record, form), *_comments(record, form)]
    if wrong:
        more = [_("et d’autres ({count})").format(count=len(wrong) - MOST)] if len(wrong) > MOST else []
        raise InconsistentRecordError(
            where=record.source.name,
            seen=_("cet enregistrement ne peut pas être rendu tel quel ({wrong}).").format(wrong=" ; ".join(wrong[:MOST] + more)),
            advice=_("Corrigez ces champs dans l’enregistrement, ou relisez le document d’origine avec « formfill read --json »."),
        )
    return tuple(_reworded(record, form))


def _referentiel(record: Record, form: Form) -> Iterator[str]:
    if record.form is not None and record.form.referentiel != form.referentiel:
        yield _("le référentiel « {own} » n’est pas celui du formulaire, « {known} »").format(
            own=record.form.referentiel, known=form.referentiel
        )


def _answers(record: Record, form: Form) -> Iterator[str]:
    for field, count in Counter(answer.field for answer in record.answers).items():
        if field not in form.fields:
            yield _("le formulaire n’a pas de champ « {field} »").format(field=field)
        elif count > 1:
            yield _("le champ « {field} » a plusieurs réponses").format(field=field)
    boxes = form.boxes
    for answer in record.answers:
        if answer.field in boxes:
            yield from _ticks(answer, record, form)
        elif form.rows is not None and form.rows == f"{answer.field}.competences":
            yield from _rows(answer, record, form.rows)
        elif answer.field in form.fields:
            yield from _text(answer)


def _text(answer: Answer) -> Iterator[str]:
    if isinstance(answer.value, tuple):
        yield _("le champ « {field} » attend un texte, pas une liste").format(field=answer.field)
    elif answer.value and answer.state is AnswerState.EMPTY:
        yield _("le champ « {field} » est dit vide et porte un texte").format(field=answer.field)
    elif answer.value is None and answer.state is AnswerState.ANSWERED:
        yield _("le champ « {field} » est dit rempli et ne porte rien").format(field=answer.field)


def _rows(answer: Answer, record: Record, field: str) -> Iterator[str]:
    """Where the rows of a table do not name the boxes that are ticked in them."""
    value = answer.value if isinstance(answer.value, tuple) else ()
    if isinstance(answer.value, str) or not all(isinstance(row, RepeatedRow) for row in value):
        yield _("le champ « {field} » attend des lignes, pas un texte").format(field=answer.field)
        return
    for number, row in enumerate(value):
        ticked = {b.option for b in record.boxes if (b.field, b.row, b.state) == (field, number, MarkState.TICKED)}
        if isinstance(row, RepeatedRow) and set(row.competences) != ticked:
            yield _("la ligne {number} du champ « {field} » ne dit pas ce que disent ses cases").format(
                number=number + 1, field=answer.field
            )


def _ticks(answer: Answer, record: Record, form: Form) -> Iterator[str]:
    """Where the answer of the boxes is not what the boxes say."""
    single = form.layout is not None and form.layout.exclusive(answer.field)
    if isinstance(answer.value, str) and not single:
        yield _("le champ « {field} » attend une liste de cases, pas un texte").format(field=answer.field)
        return
    named = (answer.value,) if isinstance(answer.value, str) else tuple(o for o in answer.value or () if isinstance(o, str))
    own = [box for box in record.boxes if box.field == answer.field]
    ticked = [box.option for box in own if box.state is MarkState.TICKED]
    for option in dict.fromkeys(named):
        if option not in ticked:
            yield _("le champ « {field} » donne « {option} » pour cochée, la case ne l’est pas").format(
                field=answer.field, option=option
            )
    for option in ticked:
        if option not in named:
            yield _("la case « {option} » est cochée, le champ « {field} » ne la donne pas").format(
                field=answer.field, option=option
            )
    unsure = any(box.state is MarkState.UNCERTAIN for box in own) or (single and len(ticked) > 1)
    state = AnswerState.UNCERTAIN if unsure else AnswerState.ANSWERED if ticked else AnswerState.EMPTY
    if answer.state is not state:
        yield _("le champ « {field} » est dit « {state} », ses cases disent « {boxes} »").format(
            field=answer.field, state=answer.state.value, boxes=state.value
        )


def _boxes(record: Record, form: Form) -> Iterator[str]:
    """The boxes that the form has not, has once only, or has and are not there."""
    known = {(field, option) for field, options in form.boxes.items() for option in options}
    count = Counter((box.field, box.option, box.row) for box in record.boxes)
    for field, option in dict.fromkeys((field, option) for field, option, _row in count):
        if (field, option) not in known:
            yield _("le formulaire n’a pas de case « {option} » dans le champ « {field} »").format(field=field, option=option)
        elif max(times for (f, o, _row), times in count.items() if (f, o) == (field, option)) > 1:
            yield _("la case « {option} » du champ « {field} » est là plusieurs fois").format(field=field, option=option)
    for box in record.boxes:
        if (box.field, box.option) in known and box.field != form.rows and (box.row is not None or box.row_label is not None):
            yield _("la case « {option} » nomme une ligne répétée, le formulaire n’en a pas").format(option=box.option)
    for field, options in form.boxes.items():
        for option in options:
            if field != form.rows and (field, option, None) not in count and not any(k[:2] == (field, option) for k in count):
                yield _("la case « {option} » du champ « {field} » manque").format(field=field, option=option)


def _comments(record: Record, form: Form) -> Iterator[str]:
    for field in dict.fromkeys(comment.field for comment in record.comments):
        if field is not None and field not in form.fields:
            yield _("une remarque nomme le champ « {field} », que le formulaire n’a pas").format(field=field)


def _reworded(record: Record, form: Form) -> Iterator[Finding]:
    """The boxes whose label in the record is not the official one, which is what a clean form prints."""
    labels = form.boxes
    for box in record.boxes:
        if squeeze(box.label) != squeeze(labels[box.field][box.option]):
            message = _("La case « {option} » est libellée « {seen} » dans l’enregistrement ; le libellé officiel est « {label} ».")
            yield Finding(
                "official-wording",
                Severity.WARNING,
                sentence(message.format(option=box.option, seen=box.label, label=labels[box.field][box.option])),
                field=box.field,
                place=box.place,
            )
