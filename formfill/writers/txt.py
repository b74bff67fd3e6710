"""Writes a grid as plain text, in the layout of a table copied out of a word processor.

Each cell begins with a tab and ends with its last line's end; each row ends with an empty line; two more end the file. A comment
is a row of one cell under its row: the label, then the comment's lines. Remarks are lines above the grid, under their heading.

The rule by which it reads back: a line that begins with a tab begins a cell; a row ends at an empty line that comes before such
a line or before the end of the file. A comment that this rule would cut is refused, never altered.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from formfill.errors import UnprintableTextError
from formfill.language import gettext as _
from formfill.model.record import Rendition
from formfill.notes import parse
from formfill.writers import NO_PICTURES
from formfill.writers._edition import chosen_edition, epreuve_of
from formfill.writers._layout import clean_grid

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from formfill.model.form import CheckboxGrid, Form
    from formfill.model.record import Record
    from formfill.writers import Writer
    from formfill.writers._layout import CleanGrid, CleanRow

_UNREADABLE: Final = re.compile("[\x00-\x08\x0b-\x1f\x85\u2028\u2029\ud800-\udfff]")
"""What splits a line elsewhere than at ``\\n`` (``str.splitlines``), makes a text look binary, or UTF-8 cannot hold."""


class TxtWriter:
    """The writer of the format ``txt``."""

    format = "txt"

    def write(self, record: Record, form: Form, edition: str | None, pictures: Mapping[str, bytes] = NO_PICTURES) -> Rendition:
        """The grid as UTF-8 text, the same wording in all editions.

        Raises:
            UnprintableTextError: a comment or a remark that would not read back the same.
        """
        if form.layout is not None:
            return self._fields(record, form, edition)
        clean = clean_grid(record, form)
        name = record.source.name
        rows = [_remarks(record, clean)] if clean.notes else []
        rows.append(_row([heading] for heading in clean.grid.headings))
        for row in clean.rows:
            rows.append(_row(_cells(row, clean.grid)))
            if row.comment is not None:
                _check(row.comment, _("{name}, champ {field}").format(name=name, field=row.row.comment_field))
                rows.append(_row([[clean.grid.comment_label, *row.comment.split("\n")]]))
        return Rendition(format=self.format, data=("".join(rows) + "\n\n").encode())

    def _fields(self, record: Record, form: Form, edition: str | None) -> Rendition:
        """A form with fields; a text that a file in UTF-8 cannot hold is refused."""
        from formfill.writers._page_text import sheet_text, word_text

        own, findings = chosen_edition(record, form, edition)
        if form.layout is not None and form.layout.table is not None:
            from formfill.writers.xlsx import sheet_template

            text = sheet_text(sheet_template(form, own), record, form)
        else:
            from formfill.writers._page_word import page_of

            text = word_text(page_of(form.id, own), record, epreuve_of(record, form, own))
        unreadable = _UNREADABLE.search(text)
        if unreadable:
            raise _refused(record.source.name, _("porte le caractère de contrôle U+{code:04X}").format(code=ord(unreadable[0])))
        return Rendition(format=self.format, data=text.encode(), findings=tuple(findings))


def _remarks(record: Record, clean: CleanGrid) -> str:
    where = _("{name}, remarque hors grille").format(name=record.source.name)
    for comment, line in zip(record.comments, clean.notes, strict=True):
        _check(line, where)
        if (read := parse(line)) is None or read._replace(place=comment.place) != comment:
            raise _refused(where, _("la remarque ne tient pas sur une ligne telle qu’elle est écrite."))
    return "\n".join((clean.notes_title, *clean.notes)) + "\n\n"


def _row(cells: Iterable[Iterable[str]]) -> str:
    return "".join("\t" + "\n".join(lines) + "\n" for lines in cells) + "\n"


def _cells(clean: CleanRow, grid: CheckboxGrid) -> Iterator[list[str]]:
    for column in range(len(grid.headings)):
        if column == grid.box_column:
            yield [clean.glyph]
        else:
            title = [clean.row.title] if column == grid.title_column else []
            yield title + [line.printed for line in clean.row.lines[column]]


def _check(text: str, where: str) -> None:
    """Raises when the text would read back otherwise; says which of its lines, and why."""
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        unreadable = _UNREADABLE.search(line)
        if unreadable:
            why = _("porte le caractère de contrôle U+{code:04X}").format(code=ord(unreadable[0]))
        elif line.startswith("\t"):
            why = _("commence par une tabulation, qui ouvre une cellule")
        elif not line and number == len(lines):
            why = _("est vide et finit le commentaire, comme une ligne vide finit une rangée")
        else:
            continue
        raise _refused(where, _("la ligne {number} du commentaire {why}.").format(number=number, why=why))
    if not text.strip():
        raise _refused(where, _("il n’y a que des espaces, comme dans une cellule vide."))


def _refused(where: str, seen: str) -> UnprintableTextError:
    return UnprintableTextError(
        where=where, seen=seen, advice=_("Le format texte ne peut pas la tenir : choisissez docx, pdf ou json.")
    )


WRITER: Final[Writer] = TxtWriter()
