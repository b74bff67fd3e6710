"""A row whose text fills page after page with lines that are all alike is one row: its pages are no repeated headers.

Rows that say the same as the ones on the page before are rows too; a header is dropped once.
"""

from __future__ import annotations

from typing import Final

import formfill
from formfill import catalogue, pipeline
from formfill.model.document import MarkState
from formfill.source import Source
from tests.form_records import made
from tests.readers.pdfbytes import Page, pdf, table, text


def test_pages_of_like_lines_are_one_row() -> None:
    form = catalogue.form("bts-sio-grille-bloc2-sisr")
    word = "m" * 5000
    record = made(form, "VII-5", lambda _field: word, lambda _field, _option: MarkState.BLANK)
    document = pipeline.inspect(Source.of(formfill.render(record, "pdf"), "form.pdf"))
    seen = sum(cell.text.count("m") for grid in document.grids for row in grid.rows for cell in row)
    assert seen >= sum(len(a.value) for a in record.answers if isinstance(a.value, str))


XS: Final = [50.0, 250, 450]


def page(*rows: tuple[str, str], merged: bool = False) -> Page:
    ys = [800.0 - 24 * k for k in range(len(rows) + 1)]
    content = table(XS, ys) if not merged else [*table(XS, ys[1:]), *table([50, 450], ys[:2])]
    words = [text(x + 5, y - 15, word) for row, y in zip(rows, ys, strict=False) for x, word in zip(XS, row, strict=False) if word]
    return Page([*content, *words], media=(0, 0, 595, 842))


def rows_of(*pages: Page) -> list[list[str]]:
    [grid] = pipeline.inspect(Source.of(pdf(*pages), "x.pdf")).grids
    return [[cell.text for cell in row] for row in grid.rows]


HEAD: Final = ("Activité", "Période")
FULL: Final = [(f"Activité numéro {k}", f"mai {k}") for k in range(30)]


def test_a_header_is_dropped_and_the_row_under_it_is_not() -> None:
    """The first row under the header says the same on both pages: it is two rows."""
    first = page(HEAD, ("Lecture", "matin"), *FULL)
    assert rows_of(first, page(HEAD, ("Lecture", "matin"), ("Écriture", "soir"))) == [
        list(row) for row in (HEAD, ("Lecture", "matin"), *FULL, ("Lecture", "matin"), ("Écriture", "soir"))
    ]


def test_a_header_of_two_rows_that_a_merged_cell_ties_is_dropped() -> None:
    head = (("Bloc 1", ""), HEAD)
    first, second = page(*head, ("Lecture", "matin"), *FULL, merged=True), page(*head, ("Écriture", "soir"), merged=True)
    assert rows_of(first, second)[-2:] == [["Activité numéro 29", "mai 29"], ["Écriture", "soir"]]


def test_a_first_row_that_comes_again_is_no_header() -> None:
    """A table without headings: its first row is a row like the others."""
    row = ("Lecture", "matin")
    assert rows_of(page(row, *FULL), page(row, row, ("Écriture", "soir"))).count(list(row)) == 3
    assert rows_of(page(row, row, *FULL), page(row, ("Écriture", "soir"))).count(list(row)) == 3
