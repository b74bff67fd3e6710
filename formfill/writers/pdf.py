"""Writes a form as one PDF that is PDF/A-3a and PDF/UA-1 at once, with the record attached as ``record.json``.

typst sets the page of the form's ``page.typ``. The same record gives the same bytes on every machine: bundled fonts only, a fixed
date, no identifier drawn by lot. Nothing of the person is in the metadata. It prints no official wording of its own.
"""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache, lru_cache
from itertools import pairwise
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from formfill import resources
from formfill.errors import RenderError
from formfill.language import gettext as _
from formfill.model.codec import dumps
from formfill.model.document import MarkState
from formfill.model.form import LineRole
from formfill.model.record import Rendition
from formfill.model.report import Finding, Severity
from formfill.writers._fonts import FONT_DIR, code_point, printable
from formfill.writers._layout import clean_grid

if TYPE_CHECKING:
    from collections.abc import Iterator

    import typst

    from formfill.model.form import Form, GridLine
    from formfill.model.record import Record
    from formfill.writers import Writer
    from formfill.writers._layout import CleanGrid, CleanRow

STANDARDS: Final = ("a-3a", "ua-1")
"""ISO 19005-3 level A and ISO 14289-1, both in one file."""
PAGE: Final = "page.typ"
"""The template of a form's page."""

LONGEST_WORD: Final = 32
"""Characters of the longest word that surely fits the narrowest cell a person may write in; a longer one may break anywhere."""
KEPT_TOGETHER: Final = 1500
"""Characters of a comment, an average line counted for each of its lines, up to which it is not cut by a page break."""
AVERAGE_LINE: Final = 110
"""Characters of an average line of comment."""

_WORD: Final = re.compile(r"[^ \u1680\u2000-\u2006\u2008-\u200a\u205f\u3000]+")
"""A run without a space at which a line may break; no-break spaces (U+00A0, U+2007, U+202F) are inside."""
_STREAM: Final = re.compile(rb"<</Length ([0-9]+)[^\r\n]*>>(\n)stream\n")
_RIGHT_TO_LEFT_MARK: Final = "\u200f"

_typst = Lock()


class PdfWriter:
    """The writer of the format ``pdf``."""

    format = "pdf"

    def write(self, record: Record, form: Form, edition: str | None) -> Rendition:
        """The form as a PDF.

        A character of a comment that no bundled font can show is printed as U+FFFD, reported as ``substituted-character`` and
        kept in the record attached.

        Raises:
            MissingTemplateError: the form has no ``page.typ``.
            RenderError: the record is of another form, or typst refuses the page.
        """
        clean = clean_grid(record, form)
        page = _page(clean, record, form, edition or (record.form and record.form.edition) or form.editions[-1].id)
        data = _compile(form.id, {"form": json.dumps(page, ensure_ascii=False), "record": dumps(record)}, record.source.name)
        return Rendition(format=self.format, data=data, findings=tuple(_substituted(clean, record)))


def _page(clean: CleanGrid, record: Record, form: Form, edition: str) -> dict[str, Any]:
    """What ``page.typ`` shows, as it expects it."""
    grid, digest = clean.grid, record.source.sha256
    footer = f"{form.id} · édition {edition} · référentiel {form.referentiel} · source {digest[:16]}"
    return {
        "title": printable(form.title)[0],
        "heading": _wording(form.title),
        "diploma": _wording(form.diploma),
        "keywords": [printable(word)[0] for word in (form.id, f"édition {edition}", form.referentiel, f"sha256:{digest}")],
        "footer": printable(footer)[0],
        "headings": [_wording(heading) for heading in grid.headings],
        "titles": grid.title_column,
        "box": grid.box_column,
        "label": _wording(grid.comment_label),
        "rows": [_row(row) for row in clean.rows],
        "doubt": any(row.state is MarkState.UNCERTAIN for row in clean.rows),
        "notes_title": _wording(clean.notes_title),
        "notes": [_lines(note) for note in clean.notes],
    }


def _row(row: CleanRow) -> dict[str, Any]:
    comment = None if row.comment is None else _lines(row.comment)
    weight = 0 if row.comment is None else len(row.comment) + AVERAGE_LINE * row.comment.count("\n")
    return {
        "title": _wording(row.row.title),
        "cells": [[_official(line) for line in column] for column in row.row.lines],
        "state": row.state.value,
        "glyph": row.glyph,
        "comment": comment,
        "long": weight > KEPT_TOGETHER,
    }


def _official(line: GridLine) -> dict[str, Any]:
    return {"text": _wording(line.printed), "nested": line.role is LineRole.ELEMENT, "bulleted": line.printed != line.text}


def _lines(text: str) -> list[tuple[Any, ...]]:
    """The pieces of each line; none for a line that shows nothing. A hyphen at a line's end is not last (:func:`_pieces`)."""
    lines = printable(text)[0].split("\n")
    return [_pieces(f"{line}\u00a0" if line.endswith("-") else line) if line.strip() else () for line in lines]


def _pieces(text: str) -> tuple[Any, ...]:
    """The text as strings, and as chunks where a word needs care.

    A word too long for its cell may break between any two characters. A word with a hyphen does not break after it: PDFium takes
    a hyphen at a line's end for one that the typesetter added, and gives U+FFFE for it. PDFium loses a symbol that carries a
    mark, unless they are drawn apart.
    """
    shown = printable(text)[0].replace("\n", " ")
    found: list[Any] = []
    at = 0
    for match in _WORD.finditer(shown):
        word = match[0]
        if len(word) > LONGEST_WORD or (len(word) > 1 and "-" in word) or _marked_symbol(word):
            found += [shown[at : match.start()]] if at < match.start() else []
            found.append(_careful(word))
            at = match.end()
    return (*found, shown[at:]) if at < len(shown) else tuple(found)


_wording = lru_cache(maxsize=2048)(_pieces)
"""The pieces of an official wording, the same in every document."""


def _careful(word: str) -> dict[str, Any]:
    leftward = any(unicodedata.bidirectional(c) in {"R", "AL"} for c in word)
    chunks = list(_clusters(word)) if len(word) > LONGEST_WORD or _marked_symbol(word) else [word]
    return {"chunks": chunks, "mark": _RIGHT_TO_LEFT_MARK if leftward and len(chunks) > 1 else ""}


def _clusters(word: str) -> Iterator[str]:
    """The characters, each with the marks that it carries; a hyphen goes with what follows it, unless that is a hyphen too."""
    start = 0
    for i, (before, after) in enumerate(pairwise(word), 1):
        if _is_symbol(before) if _is_mark(after) else (before != "-" or after == "-"):
            yield word[start:i]
            start = i
    yield word[start:]


def _marked_symbol(word: str) -> bool:
    return not word.isascii() and any(_is_mark(after) and _is_symbol(before) for before, after in pairwise(word))


def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] == "M"


def _is_symbol(character: str) -> bool:
    return unicodedata.category(character) == "So"


def _substituted(clean: CleanGrid, record: Record) -> Iterator[Finding]:
    for row in clean.rows:
        if row.comment:
            yield from _finding(_("le commentaire de « {row} »").format(row=row.row.title), row.row.comment_field, row.comment)
    for comment, note in zip(record.comments, clean.notes, strict=True):
        yield from _finding(_("une remarque hors grille"), comment.field, note)


def _finding(what: str, field: str | None, text: str) -> Iterator[Finding]:
    missing = printable(text)[1]
    if missing:
        message = _(
            "Dans {what}, des caractères qu’aucune police ne montre ({codes}) sont remplacés par � ; le texte d’origine est "
            "conservé dans l’enregistrement joint au PDF."
        ).format(what=what, codes=", ".join(map(code_point, missing)))
        yield Finding("substituted-character", Severity.WARNING, message, field=field)


def _compile(form_id: str, inputs: dict[str, str], name: str) -> bytes:
    import typst

    compiler = _compiler(str(resources.template(form_id, PAGE)))
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
    return typst.Compiler(path, font_paths=fonts, ignore_system_fonts=True)


WRITER: Final[Writer] = PdfWriter()
