"""Fills the Word template of a form: clickable boxes, a row for each comment, the record inside the package.

The template is compiled once per process (``_docx_template``); a document is then a join of bytes. It writes what is in the
record and the template, and judges nothing.
"""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from typing import TYPE_CHECKING, Final

from formfill import resources
from formfill.errors import MissingTemplateError
from formfill.language import gettext as _
from formfill.model.codec import dumps
from formfill.model.record import Rendition
from formfill.model.report import Finding, Severity
from formfill.writers._docx_template import DOCUMENT, RECORD, BoxSlot, CommentSlot, NotesSlot, Template, compile_template
from formfill.writers._layout import clean_grid
from formfill.writers._zip import archive, deflated

if TYPE_CHECKING:
    from formfill.model.form import Form
    from formfill.model.record import Record
    from formfill.writers import Writer
    from formfill.writers._layout import CleanGrid, CleanRow

FORBIDDEN: Final = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters outside XML 1.0 §2.2 production 2, and U+000D, which a parser turns into a line end."""
_ESCAPES: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_NOTES_TITLE: Final = (
    b'<w:p><w:pPr><w:pStyle w:val="Entete"/><w:keepNext/><w:spacing w:before="240" w:after="60"/><w:outlineLvl w:val="1"/></w:pPr>'
    b"<w:r>%b</w:r></w:p>"
)
_TAB: Final = '</w:t><w:tab/><w:t xml:space="preserve">'


class DocxWriter:
    """The writer of the format ``docx``."""

    format = "docx"

    def write(self, record: Record, form: Form, edition: str | None) -> Rendition:
        """The form as a Word document.

        Characters that XML forbids are left out of the comments, reported as ``unprintable-character`` and kept in the record
        attached.

        Raises:
            MissingTemplateError: the edition has no template, or the template is not of this form.
        """
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
            data=archive(
                template.members, deflated(DOCUMENT, b"".join(body)), deflated(template.record_part, _record_part(record))
            ),
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
    text = _allowed(clean.comment or "", what, clean.row.comment_field, findings)
    if not text:
        return []
    paragraphs = [slot.before + _run(line) + slot.after for line in text.split("\n")]
    return [slot.head, *paragraphs, slot.tail]


def _notes(slot: NotesSlot, clean: CleanGrid, findings: list[Finding]) -> list[bytes]:
    """The notes under their heading, one paragraph for each of their lines."""
    texts = [_allowed(note, _("une remarque hors grille"), None, findings) for note in clean.notes]
    paragraphs = [slot.before + _run(line) + slot.after for text in texts for line in text.split("\n")]
    return [_NOTES_TITLE % _run(clean.notes_title), *paragraphs]


def _allowed(text: str, what: str, field: str | None, findings: list[Finding]) -> str:
    """The text without what XML forbids, which is reported."""
    forbidden = FORBIDDEN.findall(text)
    if forbidden:
        findings.append(_left_out(what, field, forbidden))
        text = FORBIDDEN.sub("", text)
    return text


def _run(line: str) -> bytes:
    """The content of a run: its spaces are kept (XML 1.0 §2.10), its tabs are ``w:tab`` (ECMA-376 Part 1 §17.3.3.32)."""
    if not line:
        return b""
    text = line.translate(_ESCAPES).replace("\t", _TAB)
    return f'<w:t xml:space="preserve">{text}</w:t>'.encode()


def _left_out(what: str, field: str | None, characters: list[str]) -> Finding:
    codes = ", ".join(f"U+{code:04X}" for code in sorted({ord(c) for c in characters}))
    message = _(
        "Dans {what}, des caractères qu’un document Word ne peut pas tenir ({codes}) : ils en sont absents, et conservés dans "
        "l’enregistrement joint au document."
    )
    return Finding("unprintable-character", Severity.WARNING, message.format(what=what, codes=codes), field=field)


def _record_part(record: Record) -> bytes:
    """The custom XML part that carries the record, as base64 so that no character of it troubles an XML parser."""
    data = b64encode(dumps(record).encode())
    return b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<record xmlns="%b" name="record.json">%b</record>' % (
        RECORD.encode(),
        data,
    )


WRITER: Final[Writer] = DocxWriter()
