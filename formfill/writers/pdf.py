"""Writes a form as one PDF that is PDF/A-3a and PDF/UA-1 at once, with the record attached as ``record.json``.

typst sets the page of the form's ``page.typ``. The same record gives the same bytes on every machine: bundled fonts only, a fixed
date, no identifier drawn by lot. Nothing of the person is in the metadata. It prints no official wording of its own.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from formfill import resources
from formfill.errors import RenderError
from formfill.language import gettext as _
from formfill.model.codec import dumps
from formfill.model.completed import RepeatedRow
from formfill.model.document import MarkState
from formfill.model.form import LineRole
from formfill.model.record import Rendition
from formfill.model.report import Finding, Severity
from formfill.notes import note
from formfill.writers import NO_PICTURES
from formfill.writers._edition import chosen_edition, epreuve_of
from formfill.writers._field_text import titles_of
from formfill.writers._fonts import FONT_DIR, code_point, printable
from formfill.writers._layout import clean_grid
from formfill.writers._page_fill import filled
from formfill.writers._page_pieces import lines, wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import typst

    from formfill.model.form import Form, GridLine
    from formfill.model.record import Record
    from formfill.writers import Writer
    from formfill.writers._layout import CleanGrid, CleanRow

STANDARDS: Final = ("a-3a", "ua-1")
"""ISO 19005-3 level A and ISO 14289-1, both in one file."""
PAGE: Final = "page.typ"
"""The template of a form's page."""

KEPT_TOGETHER: Final = 1500
"""Characters of a comment, an average line counted for each of its lines, up to which it is not cut by a page break."""
AVERAGE_LINE: Final = 110
"""Characters of an average line of comment."""

_STREAM: Final = re.compile(rb"<</Length ([0-9]+)[^\r\n]*>>(\n)stream\n")
_typst = Lock()


class PdfWriter:
    """The writer of the format ``pdf``."""

    format = "pdf"

    def write(self, record: Record, form: Form, edition: str | None, pictures: Mapping[str, bytes] = NO_PICTURES) -> Rendition:
        """The form as a PDF.

        A character of a comment that no bundled font can show is printed as U+FFFD, reported as ``substituted-character`` and
        kept in the record attached.

        Raises:
            MissingTemplateError: the form has no ``page.typ``.
            RenderError: the record is of another form, or typst refuses the page.
        """
        from formfill.writers._page_pictures import inputs_of, shown

        taken = shown(pictures) if form.layout is not None and form.layout.table is None else {}
        sheet = sheet_of(record, form, edition, taken)
        inputs = {"form": json.dumps(sheet.page, ensure_ascii=False), "record": dumps(record)}
        template = resources.template("form" if sheet.kind == "fields" else form.id, PAGE)
        try:
            data = compiled(template, {**inputs, **inputs_of(taken)}, record.source.name)
        except RenderError:
            if not taken:
                raise
            # a picture that is damaged inside: the form goes without, and says so
            return self.write(record, form, edition)
        return Rendition(self.format, data, sheet.findings, frozenset(taken))


class Sheet(NamedTuple):
    """A form ready to be set."""

    kind: str
    """``grid`` or ``fields``: the module of ``templates/form/`` that sets it."""
    page: dict[str, Any]
    """What the template shows, as it expects it."""
    findings: tuple[Finding, ...]
    """What the page cannot hold."""


def sheet_of(record: Record, form: Form, edition: str | None, pictures: Mapping[str, bytes] = NO_PICTURES) -> Sheet:
    """What the PDF of a form shows, set as its official blank is; ``pictures`` are those that it may show, by their digest."""
    if form.layout is None:
        clean = clean_grid(record, form)
        page = _page(clean, record, form, edition or (record.form and record.form.edition) or form.editions[-1].id)
        return Sheet("grid", page, tuple(_substituted(clean, record)))
    own, findings = chosen_edition(record, form, edition)
    if form.layout.table is not None:
        from formfill.writers._page_sheet import sheet_page
        from formfill.writers.xlsx import sheet_template

        sections = sheet_page(sheet_template(form, own), record, form)
    else:
        from formfill.writers._page_word import page_of

        sections = page_of(form.id, own)
    from formfill.writers._page_pictures import sizes

    page = filled(sections, record, form, own, epreuve_of(record, form, own), sizes(pictures))
    page["pictures"] = sorted({picture.sha256 for picture in record.pictures if picture.sha256 in pictures})
    return Sheet("fields", page, (*findings, *_substituted_fields(record, form)))


def _substituted_fields(record: Record, form: Form) -> Iterator[Finding]:
    titles = titles_of(form)
    for answer in record.answers:
        what = _("le champ « {field} »").format(field=titles.get(answer.field, answer.field))
        if isinstance(answer.value, str):
            yield from _finding(what, answer.field, answer.value)
        for row in answer.value if isinstance(answer.value, tuple) else ():
            if isinstance(row, RepeatedRow):
                yield from _finding(what, answer.field, f"{row.intitule or ''}{row.periode or ''}")
    for comment in record.comments:
        yield from _finding(_("une remarque hors champ"), comment.field, note(comment))


def _page(clean: CleanGrid, record: Record, form: Form, edition: str) -> dict[str, Any]:
    """What ``page.typ`` shows, as it expects it."""
    grid, digest = clean.grid, record.source.sha256
    footer = f"{form.id} · édition {edition} · référentiel {form.referentiel} · source {digest[:16]}"
    return {
        "title": printable(form.title)[0],
        "heading": wording(form.title),
        "diploma": wording(form.diploma),
        "keywords": [printable(word)[0] for word in (form.id, f"édition {edition}", form.referentiel, f"sha256:{digest}")],
        "footer": printable(footer)[0],
        "headings": [wording(heading) for heading in grid.headings],
        "titles": grid.title_column,
        "box": grid.box_column,
        "label": wording(grid.comment_label),
        "rows": [_row(row) for row in clean.rows],
        "doubt": any(row.state is MarkState.UNCERTAIN for row in clean.rows),
        "notes_title": wording(clean.notes_title),
        "notes": [lines(line) for line in clean.notes],
    }


def _row(row: CleanRow) -> dict[str, Any]:
    comment = None if row.comment is None else lines(row.comment)
    weight = 0 if row.comment is None else len(row.comment) + AVERAGE_LINE * row.comment.count("\n")
    return {
        "title": wording(row.row.title),
        "cells": [[_official(line) for line in column] for column in row.row.lines],
        "state": row.state.value,
        "glyph": row.glyph,
        "comment": comment,
        "long": weight > KEPT_TOGETHER,
    }


def _official(line: GridLine) -> dict[str, Any]:
    return {"text": wording(line.printed), "nested": line.role is LineRole.ELEMENT, "bulleted": line.printed != line.text}


def _substituted(clean: CleanGrid, record: Record) -> Iterator[Finding]:
    for row in clean.rows:
        if row.comment:
            yield from _finding(_("le commentaire de « {row} »").format(row=row.row.title), row.row.comment_field, row.comment)
    for comment, line in zip(record.comments, clean.notes, strict=True):
        yield from _finding(_("une remarque hors grille"), comment.field, line)


def _finding(what: str, field: str | None, text: str) -> Iterator[Finding]:
    missing = printable(text)[1]
    if missing:
        message = _(
            "Dans {what}, des caractères qu’aucune police ne montre ({codes}) sont remplacés par � ; le texte d’origine est "
            "conservé dans l’enregistrement joint au PDF."
        ).format(what=what, codes=", ".join(map(code_point, missing)))
        yield Finding("substituted-character", Severity.WARNING, message, field=field)


def compiled(template: Path, inputs: dict[str, str], name: str) -> bytes:
    """The PDF that a template makes; raises :class:`~formfill.errors.RenderError`, which names ``name``, when typst refuses it."""
    import typst

    compiler = _compiler(str(template))
    try:
        # one compiler serves all threads, one page at a time
        with _typst:
            data = compiler.compile(format="pdf", pdf_standards=list(STANDARDS), sys_inputs=inputs, timestamp=0)
    except typst.TypstError as error:
        raise RenderError(
            where=name,
            seen=_("la page PDF ne peut pas être composée ({reason}).").format(reason=error),
            advice=_("Signalez ce fichier aux auteurs de formfill."),
        ) from error
    if not isinstance(data, bytes):
        raise TypeError(type(data))
    return _clear_ends(data)


def _clear_ends(data: bytes) -> bytes:
    """The PDF with an end of line before each ``endstream`` that cannot be taken for data.

    ISO 19005-3 §6.1.7.1: the length is that of what stands before the end of line that precedes ``endstream``. typst writes LF
    there; after data that end in CR (one document in fifty has such a checksum) the two are read as one CRLF and the length as
    wrong. CRLF is written there instead, its byte taken from the optional line end before ``stream``: no object moves.
    """
    out = bytearray(data)
    for match in _STREAM.finditer(data):
        end = match.end() + int(match[1])
        if data.startswith(b"\r\nendstream", end - 1):
            out[match.start(2) : end] = data[match.end(2) : end] + b"\r"
    return bytes(out)


@cache
def _compiler(path: str) -> typst.Compiler:
    import typst

    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONT_DIR)])
    root = str(Path(path).parents[1])
    return typst.Compiler(path, root=root, font_paths=fonts, ignore_system_fonts=True)


WRITER: Final[Writer] = PdfWriter()
