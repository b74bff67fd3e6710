"""The boxes of a row that holds several, each alone in its cell of a PDF table: named « heading | title », as in Word. Pure.

A row with one box needs none of this: its title names it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.readers._body import mark_body
from formfill.readers._cells import DraftCell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from formfill.readers._gridjoin import Draft


def name(rows: Sequence[Sequence[Draft]]) -> None:
    """Gives the lone boxes of a table their labels, where several stand in a row; changes the drafts."""
    drafts = [
        [DraftCell(cell.text, [spot.evidence for _page, spot in cell.spots], cell.col, cell.col_span, cell.place) for cell in row]
        for row in rows
    ]
    known = [[cell.label is None and len(cell.spots) == 1 for cell in row] for row in rows]
    mark_body(drafts)
    for row, found, open_ in zip(rows, drafts, known, strict=True):
        for cell, draft, unnamed in zip(row, found, open_, strict=True):
            if unnamed and draft.label is not None:
                cell.label = draft.label
