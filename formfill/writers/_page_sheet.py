"""The page of a tableau de synthèse, filled in: the official sheet as a table, as many pages long as its rows need.

The widths, heights and texts are those of the sheet (columns A to H), brought to the width of the page as its own print setup does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from formfill.model.completed import RepeatedRow
from formfill.model.document import MarkState
from formfill.model.glyphs import SHOWN
from formfill.writers._field_text import state_of, text_of
from formfill.writers._page_pieces import lines, wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from formfill.model.form import Form
    from formfill.model.record import Record
    from formfill.writers._sheet_form import SheetTemplate

Node = dict[str, Any]
WIDTHS: Final = (62.3, 19.0, 18.7, 18.7, 18.7, 18.7, 18.7, 18.7)
"""Widths of the columns of the official sheet, in characters; that of periods takes a little of that of titles."""
MARGIN: Final = 22.0
"""Points around the page."""
HEADS: Final = 44.0
"""Points of the height of the headings of compétences, as on the official sheet."""
ACTIVITIES: Final = 158.0
"""Points of the height of their activities."""
ROOM: Final = 6.0
"""Points between a text printed upwards and the ends of its cell."""
_GREY: Final = "#e7e6e6"


def sheet_page(template: SheetTemplate, record: Record, form: Form) -> list[Node]:
    """The one section of the page, with nothing left to fill in."""
    return [
        {
            "width": 595.3,
            "height": 841.9,
            "margins": dict.fromkeys(("top", "right", "bottom", "left"), MARGIN),
            # who it is, then the réalisations: a table of its own, whose headings are repeated
            "blocks": [
                {"k": "t", "cols": list(WIDTHS), "rows": list(_identity(template, record, form))},
                {"k": "t", "cols": list(WIDTHS), "rows": list(_rows(template, record, form))},
            ],
        }
    ]


def _identity(template: SheetTemplate, record: Record, form: Form) -> Iterator[Node]:
    layout = form.layout
    assert layout is not None
    printed = {field.id: f"{field.printed[0].rstrip()} " for field in layout.fields if field.printed}
    texts = template.texts

    def field(name: str, width: int) -> Node:
        return _cell(width, [[{"s": wording(printed[name]), "z": 7.2, "b": True}, *_written(text_of(record, name), 7.2)]])

    def box(option: str, label: str) -> Node:
        state = state_of(record, "option", option)
        return _cell(1, [[_tick(state, 7.2), {"s": wording(f" {label}"), "z": 7.2, "b": True}]])

    yield _row(22, [_cell(6, [[_label(texts["A1"], 8.5)]], "center", title=True), field("session", 2)])
    yield _row(20, [_cell(8, [[_label(texts["A2"].strip(), 8.5)]], "center")])
    yield _row(18, [field("nom_prenom", 5), field("numero_candidat", 3)])
    options = [(option.id, option.label) for own in layout.fields if own.id == "option" for option in own.options]
    choice = [_cell(1, [[{"s": wording(printed["option"].strip()), "z": 7.2, "b": True}]])]
    yield _row(18, [field("centre", 5), *choice, *(box(*option) for option in options)])
    yield _row(18, [field("url_portfolio", 8)])


def _rows(template: SheetTemplate, record: Record, form: Form) -> Iterator[Node]:
    layout, texts = form.layout, template.texts
    assert layout is not None
    assert layout.table is not None
    corner = [line for line in texts["A6"].split("\n") if line.strip()]
    heads = [texts[f"{letter}6"] for letter in "CDEFGH"]
    # the corner tells rows from columns by its diagonal; periods and activities are printed upwards
    yield _row(
        HEADS,
        [
            _cell(1, [[_label(line, 6.6)] for line in corner], "center", rs=2) | {"diagonal": HEADS + ACTIVITIES},
            _cell(1, [[_label(texts["B6"], 6.4)]], "center", rs=2) | {"turned": HEADS + ACTIVITIES - ROOM, "middle": True},
            *(_cell(1, [[_label(head, 6.4)]], "center") for head in heads),
        ],
        header=True,
    )
    activities = [[[{"s": wording(line.strip()), "z": 4.3}] for line in texts[f"{letter}7"].split("\n")] for letter in "CDEFGH"]
    yield _row(0, [_cell(1, own) | {"turned": ACTIVITIES - ROOM} for own in activities], header=True)
    answer = record.answer(layout.table.field)
    values = answer.value if answer is not None and isinstance(answer.value, tuple) else ()
    rows = [(number, row) for number, row in enumerate(values) if isinstance(row, RepeatedRow)]
    yield from _lines([item for item in rows if item[1].section not in template.body], record, form, 0)
    for section in layout.table.sections:
        yield _row(10, [_cell(8, [[_label(section.label, 7.2)]], "center", fill=_GREY)])
        yield from _lines([item for item in rows if item[1].section == section.id], record, form, section.rows)


def _lines(rows: Sequence[tuple[int, RepeatedRow]], record: Record, form: Form, printed: int) -> Iterator[Node]:
    """The rows of a section: those filled in, then empty ones as far as the official sheet prints them."""
    assert form.layout is not None
    assert form.layout.table is not None
    table = form.layout.table
    for number, row in rows:
        crosses = [_cross(state_of(record, table.boxes, option.id, number)) for option in table.columns]
        texts = (_cell(1, _paragraphs(text, size)) for text, size in ((row.intitule, 7.2), (row.periode, 6.6)))
        yield _row(19, [*texts, *crosses])
    for _number in range(printed - len(rows)):
        yield _row(19, [_cell(1, []) for _column in WIDTHS])


def _row(height: float, cells: list[Node], *, header: bool = False) -> Node:
    at = 0
    for cell in cells:
        cell["x"] = at
        at += cell["cs"]
    return {"cells": cells, "h": height, "header": header}


def _cell(
    width: int,
    paragraphs: list[list[Node]],
    align: str = "left",
    *,
    rs: int = 1,
    fill: str | None = None,
    title: bool = False,
) -> Node:
    blocks = [{"k": "p", "a": align, "runs": runs, "z": 7.2, **({"title": True} if title else {})} for runs in paragraphs]
    stroke = dict.fromkeys(("top", "right", "bottom", "left"), 0.5)
    found: Node = {"cs": width, "rs": rs, "blocks": blocks, "stroke": stroke, "valign": "horizon"}
    return found | ({"fill": fill} if fill else {})


def _label(text: str, size: float) -> Node:
    return {"s": wording(text), "z": size, "b": True}


def _written(text: str, size: float) -> Iterator[Node]:
    for rank, line in enumerate(lines(text) if text else ()):
        if rank:
            yield {"br": True}
        yield {"s": line, "z": size}


def _paragraphs(text: str | None, size: float) -> list[list[Node]]:
    return [[{"s": line, "z": size}] if line else [] for line in lines(text)] if text else []


def _tick(state: MarkState, size: float) -> Node:
    return {"state": state.value, "glyph": SHOWN[state], "z": size}


def _cross(state: MarkState) -> Node:
    """A cell of the table: crossed, empty, or the sign of a doubt."""
    if state is MarkState.BLANK:
        return _cell(1, [])
    glyph = "X" if state is MarkState.TICKED else SHOWN[state]
    return _cell(1, [[{"state": state.value, "glyph": glyph, "z": 8}]], "center")
