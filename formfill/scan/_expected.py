"""What is expected beside a printed label: figures after « N° candidat : », a date after « Date : ». Pure.

A field of figures is read a second time with figures alone to choose from; what was read is certain only when its shape is that of
what the label asks for.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from formfill.normal import parse_date

if TYPE_CHECKING:
    from collections.abc import Iterable

    from formfill.model.geometry import Box
    from formfill.scan._blanks import BlankLine

FIGURES: Final = "0123456789"
_NUMBER: Final = re.compile(
    r"\bn\s*[°º]\s*(?:de\s+)?(?:candidat|commission|réalisation)?[^:]*:\s*[.…_]*\s*$|\bsession\s*:?\s*$", re.IGNORECASE
)
_DATE: Final = re.compile(r"\bdate\b[^:]*:[\s.…_/]*$", re.IGNORECASE)
_ALIKE: Final = frozenset("OoQDCUIiLl|!TZzEASsGbBqg?")
"""Letters that Tesseract reads for figures."""
_BETWEEN: Final = str.maketrans("", "", " .-–/")
_BESIDE: Final = 0.6
"""Share of its height by which a label may be off the line of what is written after it."""
_APART: Final = 220.0
"""Points between a label and what is written after it."""


def kind(box: Box, lines: Iterable[BlankLine]) -> str | None:
    """What the label before a place asks for: ``number``, ``date``, None for anything.

    Args:
        box: where something is written, in points.
        lines: what the page prints.
    """
    middle, label, nearest = (box.top + box.bottom) / 2, "", _APART
    for line in lines:
        high = max(line.box.height, 6.0)
        if not line.box.top - _BESIDE * high <= middle <= line.box.bottom + _BESIDE * high:
            continue
        # dots are printed where one writes: a line with a colon begins before what is written over it
        apart = box.x0 - line.box.x1 if ":" not in line.text else box.x0 - line.box.x0
        if -4 < apart < nearest and line.box.x0 < box.x0:
            nearest, label = apart, line.text
    if _DATE.search(label):
        return "date"
    return "number" if _NUMBER.search(label) else None


def may_be_figures(text: str) -> bool:
    """Whether what was read may be figures some of which were taken for letters."""
    shown = text.translate(_BETWEEN)
    letters = [char for char in shown if not char.isdigit()]
    return bool(shown) and all(char in _ALIKE for char in letters) and 2 * len(letters) <= len(shown)


def fits(expected: str | None, text: str) -> bool:
    """Whether a text has the shape of what was expected: figures, and few letters; a date that a calendar has."""
    if expected == "date":
        return parse_date(text) is not None
    if expected == "number":
        shown = text.translate(_BETWEEN)
        return shown.isalnum() and 2 * sum(char.isdigit() for char in shown) > len(shown)
    return True


def same_length(first: str, second: str) -> bool:
    """Whether two readings see as many characters."""
    return len(first.translate(_BETWEEN)) == len(second.translate(_BETWEEN))
