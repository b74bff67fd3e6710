"""Texts as the pieces that a page sets: strings, and words that need care where lines break. Pure."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from formfill.writers._fonts import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_WORD: Final = 32
"""Characters of the longest word that surely fits the narrowest cell a person may write in; a longer one may break anywhere."""
_WORD: Final = re.compile(r"[^ \u1680\u2000-\u2006\u2008-\u200a\u205f\u3000]+")
"""A run without a space at which a line may break; no-break spaces (U+00A0, U+2007, U+202F) are inside."""
_RIGHT_TO_LEFT_MARK: Final = "\u200f"


def lines(text: str) -> list[tuple[Any, ...]]:
    """The pieces of each line; none for a line that shows nothing. A hyphen at a line's end is not last (:func:`pieces`)."""
    lines = printable(text)[0].split("\n")
    return [pieces(f"{line}\u00a0" if line.endswith("-") else line) if line.strip() else () for line in lines]


def pieces(text: str) -> tuple[Any, ...]:
    """The text as strings, and as chunks where a word needs care.

    A word too long for its cell may break between any two characters. A word with a hyphen does not break after it: PDFium takes
    a hyphen at a line's end for one that the typesetter added, and gives U+FFFE for it. PDFium loses a symbol that carries a
    mark, unless they are drawn apart.
    """
    shown = printable(text)[0].replace("\n", " ")
    found: list[Any] = []
    at = 0
    for match in _WORD.finditer(shown):
        word = match[0]
        if len(word) > LONGEST_WORD or (len(word) > 1 and "-" in word) or _marked_symbol(word):
            found += [shown[at : match.start()]] if at < match.start() else []
            found.append(_careful(word))
            at = match.end()
    return (*found, shown[at:]) if at < len(shown) else tuple(found)


wording = lru_cache(maxsize=2048)(pieces)
"""The pieces of an official wording, the same in every document."""


def _careful(word: str) -> dict[str, Any]:
    leftward = any(unicodedata.bidirectional(c) in {"R", "AL"} for c in word)
    chunks = list(_clusters(word)) if len(word) > LONGEST_WORD or _marked_symbol(word) else [word]
    return {"chunks": chunks, "mark": _RIGHT_TO_LEFT_MARK if leftward and len(chunks) > 1 else ""}


def _clusters(word: str) -> Iterator[str]:
    """The characters, each with the marks that it carries; a hyphen goes with what follows it, unless that is a hyphen too."""
    start = 0
    for i, (before, after) in enumerate(pairwise(word), 1):
        if _is_symbol(before) if _is_mark(after) else (before != "-" or after == "-"):
            yield word[start:i]
            start = i
    yield word[start:]


def _marked_symbol(word: str) -> bool:
    return not word.isascii() and any(_is_mark(after) and _is_symbol(before) for before, after in pairwise(word))


def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] == "M"


def _is_symbol(character: str) -> bool:
    return unicodedata.category(character) == "So"
