"""A row whose text fills page after page with lines that are all alike is one row: its pages are no repeated headers."""

from __future__ import annotations

import formfill
from formfill import catalogue, pipeline
from formfill.model.document import MarkState
from formfill.source import Source
from tests.form_records import made


def test_pages_of_like_lines_are_one_row() -> None:
    form = catalogue.form("bts-sio-grille-bloc2-sisr")
    word = "m" * 5000
    record = made(form, "VII-5", lambda _field: word, lambda _field, _option: MarkState.BLANK)
    document = pipeline.inspect(Source.of(formfill.render(record, "pdf"), "form.pdf"))
    seen = sum(cell.text.count("m") for grid in document.grids for row in grid.rows for cell in row)
    assert seen >= sum(len(a.value) for a in record.answers if isinstance(a.value, str))
