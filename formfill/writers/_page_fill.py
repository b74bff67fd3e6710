"""The page of a form with fields, filled in from a record: what ``templates/form/page.typ`` shows. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

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
Sizes = Mapping[str, tuple[float, float]]
NO_SIZES: Final[Sizes] = MappingProxyType({})
POINTS: Final = 12.0
"""Points of a line of text."""
ROOM: Final = 24.0
"""Points that cells and titles take around a picture."""
UNTOLD: Final = "Image sans description"
"""What a screen reader says of a picture that its author did not describe."""
LINE: Final = 95
"""Characters of an average line: what is written takes the place of the empty lines that the blank prints."""

LONG: Final = 400
"""Characters from which a text may go on to another page: there it is set without being measured, which typst could not tag."""
MANY: Final = 12
"""Paragraphs from which a cell may."""


class Filling(NamedTuple):
    """What is written on the page."""

    record: Record
    epreuve: str | None
    sizes: Sizes
    """The size of each picture that may be shown, in points, by its digest."""
    most: tuple[float, float] = (math.inf, math.inf)
    """The widest and the tallest that a picture may be on this page."""

    def pictures(self, field: str, line: int, last: int) -> list[Node]:
        """The pictures under a line of a field, -1 for those above the first; what is under no line is under the last."""
        found = []
        for picture in self.record.pictures:
            wide = self.sizes.get(picture.sha256 or "") if picture.field == field else None
            if wide is not None and min(picture.line, last) == line:
                width, height = picture.width or wide[0], picture.height or wide[1]
                scale = min(1.0, self.most[0] / width, self.most[1] / height)
                size = {"w": round(width * scale, 2), "h": round(height * scale, 2)}
                found.append({"pic": picture.sha256, "alt": printable(picture.alt or UNTOLD)[0].replace("\n", " "), **size})
        return found


def filled(sections: list[Node], record: Record, form: Form, edition: str, epreuve: str | None, sizes: Sizes = NO_SIZES) -> Node:
    """The whole page, as the template expects it; ``sizes`` has the size in points of each picture that may be shown, by digest."""
    digest = record.source.sha256
    foot = footer(form.id, edition, form.referentiel, digest)
    return {
        "title": printable(form.title)[0],
        "keywords": [printable(word)[0] for word in (form.id, f"édition {edition}", form.referentiel, f"sha256:{digest}")],
        "footer": printable(foot)[0],
        "sections": [
            {**section, "blocks": list(_blocks(section["blocks"], Filling(record, epreuve, sizes, _most(section))))}
            for section in sections
        ],
        "notes_title": wording(HEADING),
        "notes": [lines(note(comment)) for comment in record.comments],
    }


def _blocks(blocks: list[Node], filling: Filling) -> Iterator[Node]:
    for block in blocks:
        match block["k"]:
            case "p":
                runs = list(_runs(block["runs"], filling))
                yield {**block, "runs": runs} | ({"long": True} if _size(runs) > LONG else {})
            case "t":
                rows = [{**row, "cells": [_cell(cell, filling) for cell in row["cells"]]} for row in block["rows"]]
                yield {**block, "rows": rows}
            case "field":
                yield from _paragraphs(block, filling)
            case _:
                yield block


def _cell(cell: Node, filling: Filling) -> Node:
    blocks = list(_blocks(cell["blocks"], filling))
    size = sum(_size(block["runs"]) for block in blocks if block["k"] == "p")
    pictured = any("pic" in run for block in blocks if block["k"] == "p" for run in block["runs"])
    return {**cell, "blocks": blocks} | ({"long": True} if size > LONG or len(blocks) > MANY or pictured else {})


def _most(section: Node) -> tuple[float, float]:
    """The widest and the tallest that a picture may be on a page: between its margins, under a title."""
    margins = section["margins"]
    width = section["width"] - margins["left"] - margins["right"] - ROOM
    return width, section["height"] - margins["top"] - margins["bottom"] - 5 * ROOM


def _size(runs: list[Node]) -> int:
    """Characters of a text."""
    pieces = (piece for run in runs for piece in run.get("s", ()))
    return sum(len(piece) if isinstance(piece, str) else sum(map(len, piece["chunks"])) for piece in pieces)


def _runs(runs: list[Node], filling: Filling) -> Iterator[Node]:
    for run in runs:
        look = {key: value for key, value in run.items() if key in ("z", "b", "i", "u", "c", "up")}
        if "state" in run:
            yield run
        elif "box" in run:
            state = state_of(filling.record, *run["box"])
            yield {"state": state.value, "glyph": SHOWN[state], **look}
        elif "field" in run:
            text = text_of(filling.record, run["field"])
            written = lines(text) if text else []
            above = filling.pictures(run["field"], -1, len(written) - 1)
            if not text and not above:
                yield from _runs(run["empty"], filling)
            yield from above
            for rank, line in enumerate(written):
                if rank:
                    yield {"br": True}
                yield {"s": line, **look}
                yield from filling.pictures(run["field"], rank, len(written) - 1)
        elif "epreuve" in run:
            yield {"s": wording(filling.epreuve or run["text"]), **look}
        elif "note" in run:
            yield {"note": list(_runs(run["note"], filling))}
        else:
            yield {key: value for key, value in run.items() if key != "text"}


def _paragraphs(block: Node, filling: Filling) -> Iterator[Node]:
    text = text_of(filling.record, block["field"])
    written = lines(text) if text else []
    above = filling.pictures(block["field"], -1, len(written) - 1)
    if not text and not above:
        yield from _blocks(block["empty"], filling._replace(epreuve=None))
        return
    like = block["like"]
    look = {key: value for key, value in like.items() if key in ("z", "i", "c")}
    shape = {key: value for key, value in like.items() if key in ("a", "sb", "sa", "l", "f", "z", "lh", "exact")}
    left = len(block["empty"]) - (sum(1 + len(line) // LINE for line in text.split("\n")) if text else 0)
    for rank, line in enumerate([(), *written], -1):
        if rank >= 0:
            yield {"k": "p", "runs": [{"s": line, **look}] if line else [], **shape}
        for picture in filling.pictures(block["field"], rank, len(written) - 1):
            left -= 1 + int(picture["h"] / POINTS)
            yield {"k": "p", "runs": [picture], **shape, "long": True}
    for _number in range(max(left, 0)):
        yield {"k": "p", "runs": [], **shape}
