"""Fills the Word template of a form with fields: boxes, texts, paragraphs, Word comments, remarks, the record inside the package.

It writes what is in the record and the template, and judges nothing.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from formfill import resources
from formfill.language import gettext as _
from formfill.model.document import MarkState
from formfill.model.record import Rendition
from formfill.notes import HEADING, note
from formfill.writers import NO_PICTURES
from formfill.writers._docx_template import DOCUMENT
from formfill.writers._edition import chosen_edition, epreuve_of
from formfill.writers._field_text import titles_of
from formfill.writers._word_form import (
    COMMENTS,
    AnchorSlot,
    BlockSlot,
    BoxSlot,
    EpreuveSlot,
    FormTemplate,
    TextSlot,
    compile_form,
    wrong,
)
from formfill.writers._word_pictures import members as picture_members
from formfill.writers._word_pictures import placed
from formfill.writers._word_text import allowed, attribute, record_part, run
from formfill.writers._zip import archive, deflated

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from formfill.model.completed import Comment
    from formfill.model.form import Form
    from formfill.model.record import Record
    from formfill.model.report import Finding
    from formfill.writers._word_pictures import Placed

LINE: Final = 90
"""Characters of an average line of the official forms: what is written takes the place of the empty lines that they print."""
_BREAK: Final = b"<w:br/>"
_TITLE: Final = b'<w:p><w:pPr><w:keepNext/><w:spacing w:before="240" w:after="60"/></w:pPr><w:r><w:rPr><w:b/></w:rPr>%b</w:r></w:p>'
_NOTE: Final = b'<w:p><w:pPr><w:spacing w:after="60"/></w:pPr><w:r>%b</w:r></w:p>'
_COMMENTS: Final = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">%b</w:comments>'
)


def write_form(
    record: Record, form: Form, edition: str | None, *, legacy: bool, pictures: Mapping[str, bytes] = NO_PICTURES
) -> Rendition:
    """The form as a Word document.

    Args:
        record: a record of the form.
        form: its definition.
        edition: the edition asked for; the record's own otherwise.
        legacy: write the boxes as the official blank encodes them, rather than as controls that can be clicked.
        pictures: the bytes of its pictures, by their digest.

    Raises:
        MissingTemplateError: the edition has no template, or the template is not of this form.
    """
    own, findings = chosen_edition(record, form, edition)
    template = form_template(form.id, own)
    _check(template, form)
    titles = titles_of(form)
    states = {(box.field, box.option): box.state for box in record.boxes}
    texts = {answer.field: answer.value for answer in record.answers if isinstance(answer.value, str)}
    remarks: list[Comment] = [c for c in record.comments if c.kind == "word-comment"]
    notes: list[Comment] = [c for c in record.comments if c.kind != "word-comment"]
    own_fields = {p.sha256 for p in record.pictures if (p.field, None) in template.fields} if pictures else set()
    pictures = {digest: data for digest, data in pictures.items() if digest in own_fields}
    shown = placed(record.pictures, pictures) if pictures else {}
    body: list[bytes] = []
    for part in template.parts:
        match part:
            case bytes():
                body.append(part)
            case BoxSlot():
                state = states.get((part.field, part.option), MarkState.UNCERTAIN)
                body.append((part.legacy if legacy else part.control)[state])
            case TextSlot():
                text = _allowed(texts.get(part.field, ""), titles[part.field], part.field, findings)
                body += _inline(part, text, shown.get(part.field, ()))
            case BlockSlot():
                text = _allowed(texts.get(part.field, ""), titles[part.field], part.field, findings)
                body += _block(part, text, shown.get(part.field, ()))
            case EpreuveSlot():
                said = epreuve_of(record, form, own)
                body += [part.before, said.encode() if said else part.printed, part.after]
            case AnchorSlot():
                body += [_anchor(number) for number in range(len(remarks))]
            case _:
                body += _notes(notes, findings)
    members = [deflated(DOCUMENT, b"".join(body)), deflated(template.record_part, record_part(record))]
    if remarks:
        members.insert(1, deflated(COMMENTS, _comments(remarks, findings)))
    prefix = template.commented if remarks else template.plain
    if shown:
        prefix = template.pictured(pictures, commented=bool(remarks))
        members += picture_members(pictures)
    return Rendition("docx", archive(prefix, *members), tuple(findings), frozenset(pictures) if shown else frozenset())


@cache
def form_template(form: str, edition: str) -> FormTemplate:
    """The compiled template of an edition; raises ``MissingTemplateError`` when there is none."""
    name = f"blank-{edition}.docx"
    return compile_form(resources.template(form, name).read_bytes(), f"{form}/{name}")


def _check(template: FormTemplate, form: Form) -> None:
    layout = form.layout
    assert layout is not None
    wanted: set[tuple[str, str | None]] = set()
    for field in layout.fields:
        wanted |= {(field.id, option.id) for option in field.options} if field.kind.boxed else {(field.id, None)}
    if layout.levels is not None:
        wanted |= {(row.field, level) for row in layout.levels.rows for level in row.levels}
    if layout.matrix is not None:
        wanted |= {(field, None) for field in layout.matrix.ids}
    if wanted != template.fields:
        raise wrong(form.id, _("le modèle Word n’a pas les mêmes champs ou les mêmes cases que le formulaire."))


def _allowed(text: str, title: str, field: str, findings: list[Finding]) -> str:
    return allowed(text, _("le champ « {field} »").format(field=title), field, findings) if text else text


def _inline(slot: TextSlot, text: str, shown: Sequence[Placed]) -> list[bytes]:
    """The text in its line, then its pictures, each a run of its own."""
    if not text and not shown:
        return [slot.empty]
    opening = slot.head[slot.head.rindex(b"<w:r>") :]
    drawings = b"".join(b"</w:r><w:r>" + picture.drawing + b"</w:r>" + opening for picture in shown)
    return [slot.head, _BREAK.join(map(run, text.split("\n"))), drawings, slot.tail]


def _block(slot: BlockSlot, text: str, shown: Sequence[Placed]) -> list[bytes]:
    """A paragraph for each line, one for each picture under its line, then what is left of the empty lines of the blank."""
    if not text and not shown:
        return [slot.empty]
    lines = text.split("\n") if text else []
    left = slot.lines - sum(1 + len(line) // LINE for line in lines) - sum(picture.lines for picture in shown)
    found = [picture.drawing for picture in shown if picture.line < 0 or not lines]
    for number, line in enumerate(lines):
        found.append(run(line))
        found += [own.drawing for own in shown if own.line >= 0 and min(own.line, len(lines) - 1) == number]
    found += [b""] * max(left, 0)
    return [slot.head, *(slot.before + content + slot.after for content in found), slot.tail]


def _anchor(number: int) -> bytes:
    """A comment's range and reference (ECMA-376 Part 1 §17.13.4)."""
    return b'<w:commentRangeStart w:id="%d"/><w:commentRangeEnd w:id="%d"/><w:r><w:commentReference w:id="%d"/></w:r>' % (
        number,
        number,
        number,
    )


def _comments(remarks: Sequence[Comment], findings: list[Finding]) -> bytes:
    what = _("un commentaire Word")
    made = []
    for number, comment in enumerate(remarks):
        author = attribute(allowed(comment.author or "", what, None, findings))
        lines = allowed(comment.text, what, None, findings).split("\n")
        paragraphs = b"".join(b"<w:p><w:r>%b</w:r></w:p>" % run(line) for line in lines)
        made.append(b'<w:comment w:id="%d" w:author="%b">%b</w:comment>' % (number, author, paragraphs))
    return _COMMENTS % b"".join(made)


def _notes(comments: Sequence[Comment], findings: list[Finding]) -> list[bytes]:
    if not comments:
        return []
    lines = [allowed(note(comment), _("une remarque hors champ"), comment.field, findings) for comment in comments]
    return [_TITLE % run(HEADING), *(_NOTE % run(line) for line in lines)]
