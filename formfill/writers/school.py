"""A form written on a school's own Word template: what its Jinja2 tags may name, and what it leaves out.

It is no official form: nothing is attached, and it is not read back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from formfill.language import gettext as _
from formfill.model.completed import RepeatedRow
from formfill.model.document import MarkState
from formfill.model.glyphs import SHOWN
from formfill.model.record import Rendition
from formfill.model.report import Finding, Severity
from formfill.notes import note
from formfill.word_template import fill
from formfill.writers._field_text import titles_of
from formfill.writers._word_text import allowed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from formfill.model.form import Form
    from formfill.model.record import Record


class _Seen(dict[str, Any]):
    """Values by name, which notes those asked for; ``B2_1`` stands for ``B2.1``, which no tag can name with a dot."""

    def __init__(self, values: dict[str, Any]) -> None:
        super().__init__(values)
        self.asked: set[str] = set()

    def __getitem__(self, name: str) -> Any:
        key = name if name in self else next((own for own in self if own.replace(".", "_") == name), name)
        value = super().__getitem__(key)
        self.asked.add(key)
        return value

    def get(self, name: str, default: Any = None) -> Any:
        """The value of a name, as ``[]`` gives it."""
        try:
            return self[name]
        except KeyError:
            return default


class _Listed(list[Any]):
    """Values in order, which notes whether they were asked for."""

    asked = False

    def __iter__(self) -> Iterator[Any]:
        self.asked = True
        return super().__iter__()


def write(record: Record, form: Form, template: Path) -> Rendition:
    """The form on a template with Jinja2 tags.

    The tags may name ``formulaire`` (``id``, ``titre``, ``edition``), ``champs`` (the text of each field, by its id), ``cases`` (☒,
    ☐ or ⍰, by field and option), ``realisations`` (``section``, ``intitule``, ``periode``, ``cases``) and ``remarques``.

    A text loses what XML forbids, which is told.

    Raises:
        RenderError: see :func:`formfill.word_template.fill`.
    """
    findings: list[Finding] = []
    fields, boxes, rows, notes = _tags(record, form, findings)
    own = record.form
    named = {"id": form.id, "titre": form.title, "edition": (own.edition if own else None) or ""}
    tags = {"formulaire": named, "champs": fields, "cases": boxes, "realisations": rows, "remarques": notes}
    data = fill(template, tags, advice=_("Corrigez-le dans Word ; les noms que vous pouvez employer sont dans le guide."))
    titles = titles_of(form)
    left = [titles.get(name, name) for name, text in fields.items() if text and name not in fields.asked]
    left += [
        _("{field} : case {option}").format(field=titles.get(name, name), option=option)
        for name, states in boxes.items()
        for option, state in states.items()
        if state != SHOWN[MarkState.BLANK] and (name not in boxes.asked or option not in states.asked)
    ]
    if rows and not rows.asked:
        left.append(_("réalisations"))
    elif rows:
        left += dict.fromkeys(name for row in list.__iter__(rows) for name in _unseen(row))
    if notes and not notes.asked:
        left.append(_("remarques"))
    if left:
        message = _("Le modèle ne montre pas tout ce que dit l’enregistrement : {fields}.").format(fields=", ".join(left))
        findings.append(Finding("not-in-template", Severity.WARNING, message))
    return Rendition("docx", data, tuple(findings))


def _unseen(row: _Seen) -> Iterator[str]:
    """What the template does not show of a row that it shows."""
    for name, label in (("intitule", _("réalisations : intitulé")), ("periode", _("réalisations : période"))):
        if dict.__getitem__(row, name) and name not in row.asked:
            yield label
    cases: _Seen = dict.__getitem__(row, "cases")
    for option, state in cases.items():
        # what is ticked is also in the list of compétences; what is uncertain is not
        listed = state == SHOWN[MarkState.TICKED] and "competences" in row.asked
        if state != SHOWN[MarkState.BLANK] and option not in cases.asked and not listed:
            yield _("réalisations : case {option}").format(option=option)


def _tags(record: Record, form: Form, findings: list[Finding]) -> tuple[_Seen, _Seen, _Listed, _Listed]:
    """What the tags may name: texts, boxes, rows of the table, remarks; what no Word document can hold is left out and told."""
    titles = titles_of(form)

    def clean(text: str | None, field: str | None) -> str:
        what = _("une remarque hors champ") if field is None else _("le champ « {field} »").format(field=titles.get(field, field))
        return allowed(text, what, field, findings, attached=False) if text else ""

    boxed = {box.field for box in record.boxes}
    texts = {name: "" for name in form.fields if name not in form.boxes}
    for answer in record.answers:
        if answer.field not in boxed and not _rows(answer.value):
            texts[answer.field] = clean(answer.text, answer.field)
    states: dict[str, dict[str, str]] = {}
    for box in record.boxes:
        if box.row is None:
            states.setdefault(box.field, {})[box.option] = SHOWN[box.state]
    rows = [
        _Seen(
            {
                "section": row.section or "",
                "intitule": clean(row.intitule, answer.field),
                "periode": clean(row.periode, answer.field),
                "competences": ", ".join(row.competences),
                "cases": _Seen({box.option: SHOWN[box.state] for box in record.boxes if box.row == number}),
            }
        )
        for answer in record.answers
        for number, row in enumerate(_rows(answer.value))
    ]
    boxes = _Seen({field: _Seen(dict(own)) for field, own in states.items()})
    notes = [clean(note(comment), None) for comment in record.comments]
    return _Seen(dict(texts)), boxes, _Listed(rows), _Listed(notes)


def _rows(value: object) -> list[RepeatedRow]:
    return [row for row in value if isinstance(row, RepeatedRow)] if isinstance(value, tuple) else []
