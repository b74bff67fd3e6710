"""A picture of what was seen in a file without pages: its tables and its text in reading order, each box where it stands.

It is no facsimile: widths, fonts and page breaks are ours. It shows where in the text each box was found and in which state, and
beside the text the label that each was given, so that a person can compare it with the file opened in its own program.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.drawing._paint import Painter

if TYPE_CHECKING:
    from formfill.model.document import Document


def draw(document: Document) -> bytes:
    """The document as one PNG, from top to bottom, the list of its boxes on the right."""
    return Painter(document).picture()
