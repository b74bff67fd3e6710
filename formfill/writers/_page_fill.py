"""The page of a form with fields, filled in from a record: what ``templates/form/page.typ`` shows. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from formfill.model.glyphs import SHOWN
from formfill.notes import HEADING, footer, note
from formfill.writers._field_text import state_of, text_of
from formfill.writers._fonts import printable
from formfill.writers._page_pieces import lines, wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.model.form import Form
    from formfill.model.record import Record

Node = dict[str, Any]
LINE: Final = 95
"""Characters of an average line: what is written takes the place of the empty lines that the blank prints."""

LONG: Final = 400
"""Characters from which a text may go on to another page: there it is set without being measured, which typst could not tag."""
MANY: Final = 12
"""Paragraphs from which a cell may."""


def filled(sections: list[Node], record: Record, form: Form, edition: str, epreuve: str | None) -> Node:
    """The whole page, as the template expects it."""
    digest = record.source.sha256
    foot = footer(form.id, edition, form.referentiel, digest)
    return {
        "title": printable(form.title)[0],
        "keywords": [printable(word)[0] for word in (form.id, f"édition {edition}", form.referentiel, f"sha256:{digest}")],
        "footer": printable(foot)[0],
        "sections": [{**section, "blocks": list(_blocks(section["blocks"], record, epreuve))} for section in sections],
        "notes_title": wording(HEADING),
        "notes": [lines(note(comment)) for comment in record.comments],
    }


def _blocks(blocks: list[Node], record: Record, epreuve: str | None) -> Iterator[Node]:
    for block in blocks:
        match block["k"]:
            case "p":
                runs = list(_runs(block["runs"], record, epreuve))
                yield {**block, "runs": runs} | ({"long": True} if _size(runs) > LONG else {})
            case "t":
                rows = [{**row, "cells": [_cell(cell, record, epreuve) for cell in row["cells"]]} for row in block["rows"]]
                yield {**block, "rows": rows}
            case "field":
                yield from _paragraphs(block, record)
            case _:
                yield block


def _cell(cell: Node, record: Record, epreuve: str | None) -> Node:
    blocks = list(_blocks(cell["blocks"], record, epreuve))
    size = sum(_size(block["runs"]) for block in blocks if block["k"] == "p")
    return {**cell, "blocks": blocks} | ({"long": True} if size > LONG or len(blocks) > MANY else {})


def _size(runs: list[Node]) -> int:
    """Characters of a text."""
    pieces = (piece for run in runs for piece in run.get("s", ()))
    return sum(len(piece) if isinstance(piece, str) else sum(map(len, piece["chunks"])) for piece in pieces)


def _runs(runs: list[Node], record: Record, epreuve: str | None) -> Iterator[Node]:
    for run in runs:
        look = {key: value for key, value in run.items() if key in ("z", "b", "i", "u", "c", "up")}
        if "state" in run:
            yield run
        elif "box" in run:
            state = state_of(record, *run["box"])
            yield {"state": state.value, "glyph": SHOWN[state], **look}
        elif "field" in run:
            text = text_of(record, run["field"])
            if not text:
                yield from _runs(run["empty"], record, epreuve)
            for rank, line in enumerate(lines(text) if text else ()):
                if rank:
                    yield {"br": True}
                yield {"s": line, **look}
        elif "epreuve" in run:
            yield {"s": wording(epreuve or run["text"]), **look}
        elif "note" in run:
            yield {"note": list(_runs(run["note"], record, epreuve))}
        else:
            yield {key: value for key, value in run.items() if key != "text"}


def _paragraphs(block: Node, record: Record) -> Iterator[Node]:
    text = text_of(record, block["field"])
    if not text:
        yield from _blocks(block["empty"], record, None)
        return
    like = block["like"]
    look = {key: value for key, value in like.items() if key in ("z", "i", "c")}
    shape = {key: value for key, value in like.items() if key in ("a", "sb", "sa", "l", "f", "z", "lh", "exact")}
    written = lines(text)
    for line in written:
        yield {"k": "p", "runs": [{"s": line, **look}] if line else [], **shape}
    left = len(block["empty"]) - sum(1 + len(line) // LINE for line in text.split("\n"))
    for _number in range(max(left, 0)):
        yield {"k": "p", "runs": [], **shape}
