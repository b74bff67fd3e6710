"""A picture that stands in a field of a form. Its bytes are not here: they are known by their digest."""

from __future__ import annotations

from typing import NamedTuple

from formfill.model.geometry import NOWHERE, Place


class Picture(NamedTuple):
    """One picture, as its author placed it."""

    field: str | None
    """The field that it stands in; None when it stands in none."""
    line: int
    """The line of the field's value that it stands in or under, from 0; -1 above the first."""
    sha256: str | None
    """The digest of its bytes; None when they are not in the file, or too many."""
    type: str
    """Media type: ``image/png``, ``image/x-emf``, or ``chart``, ``diagram``, ``object`` for what is drawn by a program."""
    bytes: int
    width: float
    """Points that it takes on the page; 0 when the file does not tell."""
    height: float
    alt: str = ""
    """What its author says that it shows."""
    place: Place = NOWHERE
