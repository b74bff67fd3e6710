"""The reports of a batch: those of a run, in pages; a million files are never held."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from formfill import catalogue
from formfill.bulk import journal as notes
from formfill.model.codec import dumps, loads
from formfill.model.outcome import Outcome
from formfill.results import code_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.bulk.destination import Destination
    from formfill.bulk.journal import Journal, Row

PAGE: Final = 500
"""Files on one page, and in one workbook."""


def write(journal: Journal, destination: Destination) -> str:
    """Writes every report; returns the path or the address of the first page. Raises ``OSError``."""
    from formfill.reports import page, workbook

    forms = {form.id: form for form in catalogue.forms()}
    rows = journal.rows(notes.DONE, notes.REFUSED)
    total = max(1, -(-journal.tally().total // PAGE))
    with destination.writing("records.jsonl") as records, destination.writing("refused.jsonl") as refused:
        for number in range(1, total + 1):
            outcomes: list[Outcome] = []
            for row in islice(rows, PAGE):
                if row.state == notes.REFUSED:
                    refused.write(_refused(journal, row))
                for outcome in _outcomes(journal, row):
                    if outcome.record is not None:
                        records.write(dumps(outcome.record).encode() + b"\n")
                    outcomes.append(outcome)
            pages = [_numbered("index.html", other) for other in range(1, total + 1)] if total > 1 else []
            for name, data in (
                (_numbered("report.xlsx", number), workbook.report_xlsx(outcomes, forms)),
                (_numbered("index.html", number), page.index_html(outcomes, forms, pages=pages, number=number)),
            ):
                with destination.writing(name) as stream:
                    stream.write(data)
    return f"{destination.where.rstrip('/')}/index.html"


def _numbered(name: str, number: int) -> str:
    path = PurePosixPath(name)
    return name if number == 1 else f"{path.stem}-{number}{path.suffix}"


def _refused(journal: Journal, row: Row) -> bytes:
    why = row.refusal
    if why is None and row.sha256 is not None:
        content = journal.content(row.sha256)
        why = content.refusal if content else None
    assert why is not None
    line = {"name": row.label, "sha256": row.sha256, "code": why.code, "message": why.message(row.label)}
    return (json.dumps(line, ensure_ascii=False) + "\n").encode()


def _outcomes(journal: Journal, row: Row) -> Iterator[Outcome]:
    """One outcome for each form of a file."""
    content = journal.content(row.sha256) if row.sha256 is not None and row.refusal is None else None
    why = row.refusal or (content.refusal if content else None)
    if why is not None or content is None:
        assert why is not None
        yield Outcome(row.label, row.sha256, why.exit_code, code=why.code, message=why.message(row.label))
        return
    name = PurePosixPath(row.label).name
    for text, files in zip(content.records, content.files, strict=True):
        record = loads(text)
        own = _name(row, name)
        record = record._replace(source=record.source._replace(name=own))
        paths = tuple(f"{row.folder}/{file}" for file in files)
        yield Outcome(row.label, row.sha256, int(code_of(record)), record, files=paths)


def _name(row: Row, shown_name: str) -> str:
    """The file name as the record of this very file says it: the label may be « name (2) »."""
    import os

    from formfill.bulk.place import FILE
    from formfill.files import shown

    if row.kind == FILE:
        return shown(os.path.basename(os.fsdecode(row.place)))  # noqa: PTH119 – bytes of any system
    end = row.label.rpartition(" (")[2]
    return shown_name.rpartition(" (")[0] if end.rstrip(")").isdigit() and shown_name.endswith(")") else shown_name
