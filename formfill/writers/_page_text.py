"""A form with fields as plain text: the rows of its tables as word processors export them, each paragraph between them a row too.

A cell begins with a tab and ends with its last line; an empty line ends a row. A merged cell is followed by empty ones, so that
columns stay under their headings. What could not be read back the same is not for this module to know: the pipeline reads it back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from formfill.model.completed import RepeatedRow
from formfill.model.document import MarkState
from formfill.model.glyphs import SHOWN
from formfill.notes import HEADING, note
from formfill.writers._field_text import state_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from formfill.model.form import Form
    from formfill.model.record import Record
    from formfill.writers._sheet_form import SheetTemplate

Node = dict[str, Any]
_GAP: Final = "    "


def word_text(sections: list[Node], record: Record, epreuve: str | None) -> str:
    """The text of a form whose page is that of a Word template."""
    rows: list[list[str]] = []
    for section in sections:
        for block in section["blocks"]:
            if block["k"] == "t":
                rows += _table(block, record, epreuve)
            else:
                shown = "\n".join(_lines([block], record, epreuve))
                rows += [[shown]] if shown else []
    return _text([*rows, *_notes(record)])


def sheet_text(template: SheetTemplate, record: Record, form: Form) -> str:
    """The text of a tableau."""
    layout = form.layout
    assert layout is not None
    assert layout.table is not None
    table, texts = layout.table, template.texts
    fields = {own.id: own for own in layout.fields}

    def field(name: str) -> str:
        own = fields.get(name)
        text = text_of(record, name) if own is not None and not own.kind.boxed else ""
        return f"{own.printed[0].rstrip()} {text}".rstrip() if own is not None else ""

    options = [
        f"{SHOWN[state_of(record, own.id, option.id)]} {option.label}"
        for own in layout.fields
        if own.kind.boxed
        for option in own.options
    ]
    rows = [
        [texts["A1"], field("session")],
        [texts["A2"].strip()],
        [field("nom_prenom"), field("numero_candidat")],
        [field("centre"), "  ".join((field("option"), *options))],
        [field("url_portfolio")],
        ["\n".join(line for line in texts["A6"].split("\n") if line.strip()), texts["B6"], *(texts[f"{c}6"] for c in "CDEFGH")],
        ["", "", *(texts[f"{c}7"] for c in "CDEFGH")],
    ]
    answer = record.answer(table.field)
    values = answer.value if answer is not None and isinstance(answer.value, tuple) else ()
    kept = [(number, row) for number, row in enumerate(values) if isinstance(row, RepeatedRow)]
    width = 2 + len(table.columns)
    left = 1 + max((box.row for box in record.boxes if box.row is not None), default=-1) - len(kept)

    def filled(own: Sequence[tuple[int, RepeatedRow]]) -> Iterator[list[str]]:
        for number, row in own:
            crosses = (state_of(record, table.boxes, option.id, number) for option in table.columns)
            yield [row.intitule or "", row.periode or "", *("" if s is MarkState.BLANK else SHOWN[s] for s in crosses)]

    rows += filled([item for item in kept if item[1].section not in template.body])
    for section in table.sections:
        rows.append([section.label, *[""] * (width - 1)])
        own = [item for item in kept if item[1].section == section.id]
        rows += filled(own)
        # no more empty lines than the record has boxes for
        empty = min(max(section.rows - len(own), 0), left)
        left -= empty
        rows += [[""] * width for _number in range(empty)]
    return _text([*rows, *_notes(record)])


def _text(rows: Sequence[Sequence[str]]) -> str:
    return "".join("".join(f"\t{cell}\n" for cell in row) + "\n" for row in rows) + "\n\n"


def _notes(record: Record) -> list[list[str]]:
    return [[HEADING], *([note(comment)] for comment in record.comments)] if record.comments else []


def _table(table: Node, record: Record, epreuve: str | None) -> Iterator[list[str]]:
    """The rows of a table; a cell that is merged with the one above is empty."""
    for row in table["rows"]:
        cells = [""] * len(table["cols"])
        for cell in row["cells"]:
            cells[cell["x"]] = "\n".join(_lines(cell["blocks"], record, epreuve))
        yield cells


def _lines(blocks: Sequence[Node], record: Record, epreuve: str | None) -> Iterator[str]:
    """The lines of a cell that say something."""
    for block in blocks:
        if block["k"] == "p":
            line = "".join(_runs(block["runs"], record, epreuve)).strip(" \u00a0\t")
            if line:
                yield line
        elif block["k"] == "field":
            text = text_of(record, block["field"])
            if text:
                yield text
        elif block["k"] == "t":
            for row in _table(block, record, epreuve):
                yield from (cell for cell in row if cell)


def _runs(runs: Sequence[Node], record: Record, epreuve: str | None) -> Iterator[str]:
    for run in runs:
        if "box" in run:
            yield SHOWN[state_of(record, *run["box"])]
        elif "field" in run:
            text = text_of(record, run["field"])
            yield from [text] if text else _runs(run["empty"], record, epreuve)
        elif "epreuve" in run:
            yield epreuve or run["text"]
        elif "tab" in run:
            yield _GAP
        elif "br" in run:
            yield " "
        elif "text" in run:
            yield run["text"]
