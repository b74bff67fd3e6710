"""Writes several forms as one PDF/A-3a and PDF/UA-1: each with its bookmark, and its record attached as ``record-N.json``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from formfill import resources
from formfill.model.codec import dumps
from formfill.model.record import Rendition
from formfill.writers import NO_PICTURES
from formfill.writers._fonts import printable
from formfill.writers._page_pictures import inputs_of, shown
from formfill.writers.pdf import compiled, sheet_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from formfill.model.form import Form
    from formfill.model.record import Record
    from formfill.writers.pdf import Sheet

PAGE: Final = "portfolio.typ"
"""The template of a portfolio."""


def taken(pictures: Mapping[str, bytes]) -> dict[str, bytes]:
    """Those pictures that an archive page may hold."""
    return shown(pictures)


def write(records: Sequence[Record], forms: Sequence[Form], pictures: Mapping[str, bytes] = NO_PICTURES) -> Rendition:
    """The forms in one PDF, in their order, each beginning a page; nothing of the person is in the metadata.

    Args:
        records: one or more, of known forms; each is attached as it is.
        forms: the form of each.
        pictures: the bytes of their pictures, by their digest, those that an archive page may hold.

    Raises:
        RenderError: typst refuses a page.
    """
    sheets = [sheet_of(record, form, None, pictures) for record, form in zip(records, forms, strict=True)]
    inputs = {"book": json.dumps(_book(sheets), ensure_ascii=False)}
    inputs |= {f"record-{number}": dumps(record) for number, record in enumerate(records, 1)}
    inputs |= inputs_of(pictures)
    data = compiled(resources.template("form", PAGE), inputs, records[0].source.name)
    return Rendition("pdf", data, tuple(dict.fromkeys(finding for sheet in sheets for finding in sheet.findings)))


def _book(sheets: Sequence[Sheet]) -> dict[str, Any]:
    """What ``portfolio.typ`` shows."""
    titles = list(dict.fromkeys(str(sheet.page["title"]) for sheet in sheets))
    return {
        "title": printable(f"Dossier : {', '.join(titles)}")[0],
        "keywords": list(dict.fromkeys(word for sheet in sheets for word in sheet.page["keywords"])),
        "forms": [{"kind": sheet.kind, "page": sheet.page} for sheet in sheets],
    }
