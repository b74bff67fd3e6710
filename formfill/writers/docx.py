"""Fills the Word template of a form: clickable boxes, a row for each comment, the record inside the package.

The template is compiled once per process (``_docx_template``); a document is then a join of bytes. It writes what is in the
record and the template, and judges nothing.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from formfill import resources
from formfill.errors import MissingTemplateError, RenderError
from formfill.language import gettext as _
from formfill.model.record import Rendition
from formfill.writers import NO_PICTURES
from formfill.writers._docx_template import DOCUMENT, BoxSlot, CommentSlot, NotesSlot, Template, compile_template
from formfill.writers._layout import clean_grid
from formfill.writers._word_text import FORBIDDEN, allowed, record_part, run
from formfill.writers._zip import archive, deflated

if TYPE_CHECKING:
    from collections.abc import Mapping

    from formfill.model.form import Form
    from formfill.model.record import Record
    from formfill.model.report import Finding
    from formfill.writers import Writer
    from formfill.writers._layout import CleanGrid, CleanRow

_NOTES_TITLE: Final = (
    b'<w:p><w:pPr><w:pStyle w:val="Entete"/><w:keepNext/><w:spacing w:before="240" w:after="60"/><w:outlineLvl w:val="1"/></w:pPr>'
    b"<w:r>%b</w:r></w:p>"
)

__all__ = ["FORBIDDEN", "LEGACY", "WRITER", "DocxWriter"]


class DocxWriter:
    """The writer of the format ``docx``.

    Args:
        legacy: write the boxes as the official blank encodes them, where it has a blank.
    """

    format = "docx"

    def __init__(self, *, legacy: bool = False) -> None:
        self._legacy = legacy

    def write(self, record: Record, form: Form, edition: str | None, pictures: Mapping[str, bytes] = NO_PICTURES) -> Rendition:
        """The form as a Word document.

        Characters that XML forbids are left out of the comments, reported as ``unprintable-character`` and kept in the record
        attached.

        Raises:
            MissingTemplateError: the edition has no template, or the template is not of this form.
            RenderError: the form is a tableau, which is a workbook.
        """
        if form.layout is not None and form.layout.table is not None:
            raise RenderError(
                where=record.source.name,
                seen=_("le formulaire « {form} » est un tableau : il ne s’écrit pas en docx.").format(form=form.id),
                advice=_("Choisissez xlsx, pdf, html, txt ou json."),
            )
        if form.layout is not None:
            from formfill.writers._word_fill import write_form

            return write_form(record, form, edition, legacy=self._legacy, pictures=pictures)
        clean = clean_grid(record, form)
        template = _template(form.id, _edition(record, form, edition), clean.grid.field)
        rows = {row.row.option: row for row in clean.rows}
        comments = {row.row.comment_field: row for row in clean.rows}
        if template.fields != rows.keys() | comments.keys():
            raise MissingTemplateError(
                where=form.id,
                seen=_("le modèle Word n’a pas les mêmes cases ou les mêmes commentaires que le formulaire."),
                advice=_("Refaites le modèle avec les outils du dossier « tools », ou réinstallez formfill."),
            )
        findings: list[Finding] = []
        body: list[bytes] = []
        for part in template.parts:
            if isinstance(part, bytes):
                body.append(part)
            elif isinstance(part, BoxSlot):
                body.append(part.states[rows[part.option].state])
            elif isinstance(part, CommentSlot):
                body += _comment(part, comments[part.field], findings)
            elif clean.notes:
                body += _notes(part, clean, findings)
        return Rendition(
            format=self.format,
            data=archive(template.members, deflated(DOCUMENT, b"".join(body)), deflated(template.record_part, record_part(record))),
            findings=tuple(findings),
        )


def _edition(record: Record, form: Form, edition: str | None) -> str:
    return edition or (record.form and record.form.edition) or form.editions[-1].id


@cache
def _template(form: str, edition: str, field: str) -> Template:
    name = f"blank-{edition}.docx"
    return compile_template(resources.template(form, name).read_bytes(), f"{form}/{name}", field)


def _comment(slot: CommentSlot, clean: CleanRow, findings: list[Finding]) -> list[bytes]:
    """The row of a comment, one paragraph for each of its lines; nothing when there is no comment."""
    what = _("le commentaire de « {row} »").format(row=clean.row.title)
    text = allowed(clean.comment or "", what, clean.row.comment_field, findings)
    if not text:
        return []
    paragraphs = [slot.before + run(line) + slot.after for line in text.split("\n")]
    return [slot.head, *paragraphs, slot.tail]


def _notes(slot: NotesSlot, clean: CleanGrid, findings: list[Finding]) -> list[bytes]:
    """The notes under their heading, one paragraph for each of their lines."""
    texts = [allowed(note, _("une remarque hors grille"), None, findings) for note in clean.notes]
    paragraphs = [slot.before + run(line) + slot.after for text in texts for line in text.split("\n")]
    return [_NOTES_TITLE % run(clean.notes_title), *paragraphs]


WRITER: Final[Writer] = DocxWriter()
LEGACY: Final[Writer] = DocxWriter(legacy=True)
