"""Fills the official sheet of a tableau de synthèse: texts in cells, crosses, rows added where they are needed.

Everything a person wrote is written as text, never as a formula or a number. The record goes with it, inside the package.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from formfill import resources
from formfill.errors import RenderError, TextDoesNotFitError
from formfill.language import gettext as _
from formfill.model.completed import RepeatedRow
from formfill.model.document import MarkState
from formfill.model.glyphs import SHOWN
from formfill.model.record import Rendition
from formfill.notes import HEADING, note
from formfill.writers import NO_PICTURES
from formfill.writers._edition import chosen_edition, epreuve_of
from formfill.writers._field_text import state_of, text_of, titles_of
from formfill.writers._sheet_form import SHEET, WORKBOOK, Page, SheetTemplate, compile_sheet
from formfill.writers._word_text import FORBIDDEN, allowed, record_part
from formfill.writers._zip import archive, deflated

if TYPE_CHECKING:
    from collections.abc import Mapping

    from formfill.model.form import Form
    from formfill.model.record import Record
    from formfill.model.report import Finding
    from formfill.writers import Writer

CROSSED: Final = {MarkState.BLANK: "", MarkState.TICKED: "X", MarkState.UNCERTAIN: SHOWN[MarkState.UNCERTAIN]}
"""What a cell of the table shows in each state."""
LONGEST: Final = 32_767
"""Characters that a cell can hold (Excel specifications and limits)."""
LINE: Final = 62
"""Characters of an average line of a title."""
LINE_HEIGHT: Final = 16.5
"""Points of a line of a title."""
TALLEST: Final = 409.0
"""Points of the tallest row (Excel specifications and limits)."""
_BOX: Final = "▢"
"""The empty box of the official sheet, U+25A2."""
_ESCAPED: Final = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
"""What a reader of workbooks would take for a character (ECMA-376 Part 1 §22.9.2.19, ``ST_Xstring``)."""


class XlsxWriter:
    """The writer of the format ``xlsx``."""

    format = "xlsx"

    def write(self, record: Record, form: Form, edition: str | None, pictures: Mapping[str, bytes] = NO_PICTURES) -> Rendition:
        """The tableau as a workbook.

        Characters that XML forbids are left out, reported as ``unprintable-character`` and kept in the record attached.

        Raises:
            RenderError: the form is no tableau, or a text is too long for a cell.
            MissingTemplateError: the edition has no template, or the template is not of this form.
        """
        if form.layout is None or form.layout.table is None:
            raise RenderError(
                where=record.source.name,
                seen=_("le formulaire « {form} » n’est pas un tableau : il ne s’écrit pas en xlsx.").format(form=form.id),
                advice=_("Choisissez docx, pdf, html, txt ou json."),
            )
        own, findings = chosen_edition(record, form, edition)
        sheet = _Sheet(record, form, sheet_template(form, own), findings)
        page = sheet.page()
        parts = (
            deflated(SHEET, page.data(grown=sheet.grown)),
            deflated(WORKBOOK, page.workbook(epreuve_of(record, form, own))),
            deflated(sheet.template.record_part, record_part(record)),
        )
        return Rendition(self.format, archive(sheet.template.members, *parts), tuple(findings))


@cache
def sheet_template(form: Form, edition: str) -> SheetTemplate:
    """The compiled template of an edition; raises ``MissingTemplateError`` when there is none."""
    name = f"blank-{edition}.xlsx"
    return compile_sheet(resources.template(form.id, name).read_bytes(), f"{form.id}/{name}", form)


class _Sheet:
    """The sheet of one record."""

    def __init__(self, record: Record, form: Form, template: SheetTemplate, findings: list[Finding]) -> None:
        assert form.layout is not None
        assert form.layout.table is not None
        self.record = record
        self.layout = form.layout
        self.table = form.layout.table
        self.template = template
        self.findings = findings
        self.titles = titles_of(form)
        self.grown = False

    def page(self) -> Page:
        """The rows of the sheet."""
        page = Page(self.template)
        texts = self._top()
        for row in self.template.top:
            number = row.get("r")
            page.add(row, {name[: -len(number)]: text for name, text in texts.items() if name[1:] == number})
        answer = self.record.answer(self.table.field)
        values = answer.value if answer is not None and isinstance(answer.value, tuple) else ()
        rows = [(number, row) for number, row in enumerate(values) if isinstance(row, RepeatedRow)]
        first = self.table.sections[0].id
        self._rows(page, [item for item in rows if item[1].section not in self.template.body], self.template.body[first], 0)
        for section in self.table.sections:
            page.add(self.template.headings[section.id], {})
            own = [item for item in rows if item[1].section == section.id]
            self._rows(page, own, self.template.body[section.id], section.rows)
        for row in self.template.bottom:
            page.add(row, {})
        self._notes(page)
        return page

    def _rows(self, page: Page, rows: list[tuple[int, RepeatedRow]], like: tuple[object, ...], printed: int) -> None:
        count = max(len(rows), printed)
        self.grown |= len(rows) > printed
        title, period, boxes = self.template.columns
        for rank in range(count):
            # the last row has the thick border of the table
            model = like[-1] if rank == count - 1 else like[min(rank, len(like) - 2)]
            texts, height = {}, None
            if rank < len(rows):
                number, row = rows[rank]
                texts = {
                    title: self._allowed(row.intitule or "", self.table.field),
                    period: self._allowed(row.periode or "", self.table.field),
                }
                for column, option in zip(boxes, self.table.columns, strict=True):
                    texts[column] = CROSSED[state_of(self.record, self.table.boxes, option.id, number)]
                height = _height(row)
            page.add(model, texts, height=height, merges=False)

    def _top(self) -> dict[str, str]:
        """The text of each cell of the top that holds a field."""
        found: dict[str, str] = {}
        for field in self.layout.fields:
            if field.kind.boxed:
                for option in field.options:
                    cell = self._cell(f"{_BOX} {option.label}")
                    state = state_of(self.record, field.id, option.id)
                    glyph = _BOX if state is MarkState.BLANK else SHOWN[state]
                    found[cell] = f"{glyph} {option.label}"
                continue
            cell = self._cell(field.printed[0])
            text = self._allowed(text_of(self.record, field.id), field.id)
            found[cell] = f"{field.printed[0].rstrip()} {text}" if text else f"{field.printed[0].rstrip()} "
        return found

    def _cell(self, printed: str) -> str:
        """The cell of the template that prints a text."""
        wanted = printed.casefold().strip()
        return next(name for name, text in self.template.texts.items() if text.casefold().strip().startswith(wanted))

    def _notes(self, page: Page) -> None:
        if not self.record.comments:
            return
        lines = [HEADING, *(self._allowed(note(comment), comment.field) for comment in self.record.comments)]
        model = self.template.headings[self.table.sections[0].id]
        for line in lines:
            page.add(model, {self.template.columns[0]: line}, height=_lines_height(line, 3 * LINE))

    def _allowed(self, text: str, field: str | None) -> str:
        what = _("le champ « {field} »").format(field=self.titles.get(field or "", _("remarques")))
        if len(text) > LONGEST:
            raise TextDoesNotFitError(
                where=_("{name}, champ {field}").format(name=self.record.source.name, field=field or "-"),
                seen=_("le texte a {count} caractères, une cellule en tient {most}.").format(count=len(text), most=LONGEST),
                advice=_("Raccourcissez-le, ou choisissez pdf, html ou json."),
            )
        text = allowed(text, what, field, self.findings) if FORBIDDEN.search(text) else text
        return _ESCAPED.sub("_x005F_", text) if "_x" in text else text


def _height(row: RepeatedRow) -> float | None:
    """The height of a row whose title takes more lines than the official row has room for."""
    return (
        max((_lines_height(text, width) or 0.0 for text, width in ((row.intitule, LINE), (row.periode, 10)) if text), default=0)
        or None
    )


def _lines_height(text: str, width: int) -> float | None:
    lines = sum(1 + len(line) // width for line in text.split("\n"))
    return min(lines * LINE_HEIGHT, TALLEST) if lines > 2 else None


WRITER: Final[Writer] = XlsxWriter()
