"""Choices shown without a box: « Oui / ~~Non~~ », a highlighted alternative, a circled one. Pure.

Conservative: a choice is a short line of alternatives parted by a slash, « ou », a tab or wide spaces, or a cell of a few short
lines, where whole alternatives are set apart from the others. Highlighted free text is no choice.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from formfill.model.document import Evidence, Says
from formfill.readers._marks import Emphasised
from formfill.text import squeeze

if TYPE_CHECKING:
    from collections.abc import Sequence

    from formfill.readers._marks import Overlay, Piece

_SEPARATOR: Final = re.compile(r"\s*/\s*|\s+ou\s+(?:bien\s+)?|\t+|[ \u00a0]{3,}|\s+[–|]\s+")
_LONGEST: Final = 40
"""Longest alternative, in characters."""
_MOST: Final = 6
"""Most alternatives."""
_LETTER: Final = re.compile(r"[^\W\d_]")


class Choice(NamedTuple):
    """One alternative, as a mark."""

    label: str
    evidence: tuple[Evidence, ...]


def choices(paragraphs: Sequence[Sequence[Piece]]) -> list[Choice]:
    """The alternatives of the lines that hold no box, one mark for each; none when nothing is set apart."""
    found: list[Choice] = []
    lines: list[list[tuple[str, str | None]]] = []
    for paragraph in paragraphs:
        if any(isinstance(piece, tuple) for piece in paragraph):
            return []
        line = [
            (str(piece), piece.kind if isinstance(piece, Emphasised) else None) for piece in paragraph if isinstance(piece, str)
        ]
        if any(text.strip() for text, _kind in line):
            lines.append(line)
    for line in lines:
        found += _of_line(line)
    if not found and 2 <= len(lines) <= _MOST:
        found = _verdict([_alternative(line, 0, sum(len(text) for text, _kind in line)) for line in lines], lone=False)
    return found


def _of_line(line: Sequence[tuple[str, str | None]]) -> list[Choice]:
    text = "".join(part for part, _kind in line)
    if not any(kind for _part, kind in line):
        return []
    start = text.rfind(":") + 1
    bounds = []
    for separator in _SEPARATOR.finditer(text, start):
        bounds.append((start, separator.start()))
        start = separator.end()
    bounds.append((start, len(text)))
    parts = [_alternative(line, a, b) for a, b in bounds]
    parts = [part for part in parts if part[0]]
    return _verdict(parts, lone=True) if len(parts) > 1 else []


def _alternative(line: Sequence[tuple[str, str | None]], start: int, end: int) -> tuple[str, frozenset[str | None]]:
    """The text between two offsets of a line, and the kinds of emphasis of its letters."""
    kinds: set[str | None] = set()
    text = ""
    at = 0
    for part, kind in line:
        inside = part[max(start - at, 0) : max(end - at, 0)]
        if inside.strip():
            kinds.add(kind)
        text += inside
        at += len(part)
    return squeeze(text), frozenset(kinds)


def _verdict(parts: Sequence[tuple[str, frozenset[str | None]]], *, lone: bool) -> list[Choice]:
    """The marks of alternatives, when they are a choice.

    Args:
        parts: the label of each and the kinds of emphasis in it.
        lone: whether the alternatives stand in one line, where all but one may be struck through.
    """
    kinds = {kind for _label, of_part in parts for kind in of_part if kind}
    if len(kinds) != 1 or not 2 <= len(parts) <= _MOST:
        return []
    if any(len(label) > _LONGEST or not _LETTER.search(label) or label.endswith((".", ";")) for label, _kinds in parts):
        return []
    kind = kinds.pop()
    set_apart = [of_part == {kind} for _label, of_part in parts]
    if any(kind in of_part and len(of_part) > 1 for _label, of_part in parts):
        # part of a word only: someone corrects a text, or draws carelessly
        return []
    if all(set_apart) or not any(set_apart):
        return []
    left = len(parts) - sum(set_apart)
    struck = kind == "strikethrough"
    if struck and left > 1 and not lone:
        return []
    found = []
    for (label, _kinds), apart in zip(parts, set_apart, strict=True):
        if struck:
            # what is left when all others are struck is the choice; of two left, nothing says which
            says = Says.BLANK if apart else Says.TICKED if left == 1 else Says.UNCLEAR
        else:
            says = Says.TICKED if apart else Says.BLANK
        found.append(Choice(label, (Evidence(kind, says, f"{kind}: « {label} »" if apart else f"no {kind}: « {label} »"),)))
    return found


def circled(paragraph: Sequence[Piece], overlays: Sequence[Overlay]) -> list[Choice]:
    """The alternatives of a line that a circle is drawn on: which of them it is around, the file does not tell."""
    circles = [overlay for overlay in overlays if overlay.kind == "circle" and overlay.near]
    text = "".join(piece for piece in paragraph if isinstance(piece, str))
    labels = [label for label in map(squeeze, _SEPARATOR.split(text[text.rfind(":") + 1 :])) if label]
    if not circles or not 2 <= len(labels) <= _MOST or any(len(label) > _LONGEST or not _LETTER.search(label) for label in labels):
        return []
    return [Choice(label, tuple(Evidence("circle", Says.UNCLEAR, circle.detail) for circle in circles)) for label in labels]
