"""The remarks that formfill itself printed under a heading of its own: cut from the document before fields are looked for. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.model.completed import Comment
from formfill.notes import HEADING, is_footer, parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from formfill.model.document import Cell, Document, TextBlock


def without_notes(document: Document) -> tuple[Document, tuple[Comment, ...]]:
    """The document without its remarks and the foot of its pages, and the remarks; the document itself when it has none of them."""
    if any(is_footer(block.text) for block in document.text):
        document = document._replace(text=tuple(block for block in document.text if not is_footer(block.text)))
    for rank, block in enumerate(document.text):
        if block.text.strip() == HEADING:
            return document._replace(text=document.text[:rank]), tuple(_read(document.text[rank + 1 :]))
    for number, grid in enumerate(document.grids):
        for rank, row in enumerate(grid.rows):
            if row and row[0].text.strip() == HEADING:
                cells = [cell for own in grid.rows[rank + 1 :] for cell in own if cell.text.strip()]
                grids = (*document.grids[:number], grid._replace(rows=grid.rows[:rank]), *document.grids[number + 1 :])
                return document._replace(grids=grids), tuple(_read(cells))
    return document, ()


def _read(lines: Sequence[TextBlock | Cell]) -> Iterator[Comment]:
    """The remarks; on a page, a line that says nothing of the kind is the rest of the remark above."""
    text, place = "", None
    for line in lines:
        if parse(line.text) is None and text and line.place.page is not None:
            text = f"{text} {line.text}"
            continue
        if place is not None:
            yield _comment(text)._replace(place=place)
        text, place = line.text, line.place
    if place is not None:
        yield _comment(text)._replace(place=place)


def _comment(text: str) -> Comment:
    return parse(text) or Comment("text", None, text, None)
