"""The workbook of a run, to sort and filter: files, boxes, comments and findings, one native table each.

Whatever a person wrote stays text: no candidate number becomes a number, no ``=cmd`` a formula, no address a link. The bytes are
the same for the same outcomes; the properties name no one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

import xlsxwriter
from xlsxwriter.url import Url

from formfill.language import gettext as _
from formfill.reports._sheets import Cell, Column, LinkCell, Sheet, Tone, sheets
from formfill.reports._view import views
from formfill.reports._words import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from formfill.model.dossier import Cohort
    from formfill.model.form import Form
    from formfill.model.outcome import Outcome

MAX_CELL: Final = 32_767
"""Longest text of a cell, in UTF-16 units (Excel specifications and limits)."""
MAX_ROWS: Final = 1_048_575
"""Most lines of a sheet under its header."""
_MAX_LINK: Final = 2_000
_MAX_LINKS: Final = 65_000
"""Excel follows 65,530 links of a sheet and refuses the file beyond."""
_CREATED: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""A constant, because the same outcomes must give the same bytes."""
_LINE: Final = 15
"""Height of a line of the standard font, in points."""
_LETTERS: Final = 1.1
"""Letters of a French text in the width of a digit, the unit of column widths."""
_MAX_LINES: Final = 20
"""A taller row would hide the next ones; its whole text is in the cell."""
_UNSAFE: Final = re.compile(r"[\x00-\x2c\x3a-\x40\x5b-\x5e\x60\x7b-\x7f]")
"""The ASCII characters that a link quotes. Letters beyond ASCII stay: Excel reads %C3%A9 in the code page of the computer."""

_TONES: Final = {
    Tone.GOOD: {"font_color": "#1C6743", "bg_color": "#E3F1E9"},
    Tone.DOUBT: {"font_color": "#8A4500", "bg_color": "#FFE9CC"},
    Tone.BAD: {"font_color": "#9D1A14", "bg_color": "#FBE3E1"},
    Tone.INFO: {"font_color": "#35567F", "bg_color": "#E8EEF6"},
}
_BODY: Final = {"valign": "top", "text_wrap": True, "num_format": "@", "bottom": 1, "bottom_color": "#D8DDE4"}


class _RelativeLink(Url):  # type: ignore[misc]  # the library has no stubs
    """A link whose folders are told apart by ``/``, as a URI wants it; the library's backslash works on Windows only."""

    def _target(self) -> str:
        return str(super()._target()).replace("\\", "/")


@dataclass(frozen=True, slots=True)
class _Formats:
    """The formats of one workbook."""

    head: Any
    text: Any
    single: Any
    number: Any
    link: Any
    tones: dict[Tone, Any]


def report_xlsx(outcomes: Sequence[Outcome], forms: Mapping[str, Form], cohort: Cohort | None = None) -> bytes:
    """The workbook of a run, an XLSX file.

    Args:
        outcomes: what became of each source, in the order to show them.
        forms: the definitions of the forms that were recognised, by id.
        cohort: their dossiers; the sheets of the class follow those of the files then.
    """
    pages = sheets(views(outcomes, forms))
    if cohort is not None and cohort.dossiers:
        from formfill.reports import _class_sheets

        pages += _class_sheets.beside(outcomes, cohort, forms)
    return book_xlsx(pages)


def book_xlsx(pages: Iterable[Sheet]) -> bytes:
    """A workbook of one table per sheet, an XLSX file."""
    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"title": _("Relevé des formulaires"), "created": _CREATED})
        book.set_size(2400, 1400)
        formats = _Formats(
            head=book.add_format(
                {"bold": True, "font_color": "#FFFFFF", "bg_color": "#1B2430", "valign": "vcenter", "text_wrap": True}
            ),
            text=book.add_format(_BODY),
            single=book.add_format({**_BODY, "text_wrap": False, "align": "fill"}),
            number=book.add_format({**_BODY, "num_format": "0", "align": "center"}),
            link=book.add_format({**_BODY, "font_color": "#1A4F8B", "underline": 1}),
            tones={tone: book.add_format(style) for tone, style in _TONES.items()},
        )
        for sheet in pages:
            _draw(book.add_worksheet(sheet.title), sheet, formats)
    return buffer.getvalue()


def _draw(page: Any, sheet: Sheet, formats: _Formats) -> None:
    rows = _within_limit(sheet.rows)
    last_row, last_column = max(len(rows), 1), len(sheet.columns) - 1
    page.add_table(
        0,
        0,
        last_row,
        last_column,
        {
            "name": sheet.id,
            "style": "Table Style Light 1",
            "columns": [{"header": column.title, "header_format": formats.head} for column in sheet.columns],
        },
    )
    page.set_row(0, max(34, max(_lines(column.title, column) for column in sheet.columns) * _LINE + 4))
    links = 0
    for r, row in enumerate(rows, 1):
        lines = 1
        for c, (cell, column) in enumerate(zip(row, sheet.columns, strict=True)):
            links += _write(page, r, c, cell, formats, wrap=column.wrap, may_link=links < _MAX_LINKS)
            lines = max(lines, _lines(cell, column))
        page.set_row(r, min(lines, _MAX_LINES) * _LINE + 3)
    for c, column in enumerate(sheet.columns):
        page.set_column(c, c, column.width)
        _colour(page, c, last_row, column, formats)
    page.ignore_errors({"number_stored_as_text": f"A1:XFD{last_row + 1}"})
    page.freeze_panes(1, 1)
    page.set_landscape()
    page.set_paper(9)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.set_footer("&L&A&R&P / &N")


def _colour(page: Any, c: int, last_row: int, column: Column, formats: _Formats) -> None:
    for word, tone in column.tones:
        rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": formats.tones[tone]}
        page.conditional_format(1, c, last_row, c, rule)
    if column.positive is not None:
        rule = {"type": "cell", "criteria": ">", "value": 0, "format": formats.tones[column.positive]}
        page.conditional_format(1, c, last_row, c, rule)


def _write(page: Any, r: int, c: int, cell: Cell, formats: _Formats, *, wrap: bool, may_link: bool) -> int:
    """Writes one cell; returns how many links it took, 0 or 1."""
    if isinstance(cell, LinkCell):
        target = _target(cell.path)
        if may_link and len(target) <= _MAX_LINK:
            link = _RelativeLink(f"external:{target}")
            link.text = _fitting(cell.text)
            page.write_url(r, c, link, formats.link)
            return 1
        cell = cell.text
    if isinstance(cell, int):
        page.write_number(r, c, cell, formats.number)
    elif cell:
        page.write_string(r, c, _fitting(cell), formats.text if wrap else formats.single)
    else:
        page.write_blank(r, c, None, formats.text)
    return 0


def _lines(cell: Cell, column: Column) -> int:
    """How many lines a cell takes, about; spreadsheets do not all work it out when they open a file."""
    text = cell.text if isinstance(cell, LinkCell) else cell
    if not isinstance(text, str) or not column.wrap:
        return 1
    room = int(column.width * _LETTERS)
    return sum(max(1, -(-len(line) // room)) for line in text[:MAX_CELL].split("\n"))


def _target(path: str) -> str:
    """The relative address of a file; see :data:`_UNSAFE`."""
    return _UNSAFE.sub(lambda m: quote(m[0], safe=""), visible(path.lstrip("/")))


def _fitting(text: str) -> str:
    """The text as a cell can hold it; one too long is cut and says so."""
    text = visible(text)
    if _units(text) <= MAX_CELL:
        return text
    mention = _(" […] (texte coupé ici : {n} caractères en tout, le texte entier est dans record.json)").format(n=len(text))
    data = text.encode("utf-16-le")[: 2 * (MAX_CELL - _units(mention))]
    return data.decode("utf-16-le", "ignore") + mention


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _within_limit(rows: tuple[tuple[Cell, ...], ...]) -> tuple[tuple[Cell, ...], ...]:
    if len(rows) <= MAX_ROWS:
        return rows
    mention = _("Liste coupée ici : {n} lignes en tout, elles sont dans records.jsonl.").format(n=len(rows))
    return (*rows[: MAX_ROWS - 1], (mention, *[None] * (len(rows[0]) - 1)))
