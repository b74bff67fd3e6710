"""Words of a text with their offsets, and printed texts found among them whatever their case, accents, spaces and signs. Pure."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_WORD: Final = re.compile("(?:[^\\W\\d_][\u0300-\u036f\u200b-\u200d\u2060\u00ad]*)+|\\d+")
_LIGATURES: Final = str.maketrans({"œ": "oe", "æ": "ae", "ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff"})
_FOOTNOTES: Final = str.maketrans("", "", "¹²³⁴⁵⁶⁷⁸⁹⁰")
LONG: Final = 12
"""Words from which a printed text may have some words changed, or cut by a hyphen."""
TOLERATED: Final = 8
"""One word in this many may differ in a long text."""


class Word(NamedTuple):
    """A word of a text."""

    text: str
    """In lower case, without accents."""
    start: int
    end: int


class Found(NamedTuple):
    """Where a printed text stands among words."""

    first: int
    """Rank of its first word."""
    last: int
    """Rank after its last word."""
    start: int
    """Offset in the text."""
    end: int


@lru_cache(maxsize=8192)
def fold(word: str) -> str:
    """The word in lower case, without accents, ligatures, footnote numbers and invisible characters."""
    if word.isascii():
        return word.lower()
    bare = unicodedata.normalize("NFD", word.translate(_FOOTNOTES).casefold().translate(_LIGATURES))
    return "".join(c for c in bare if unicodedata.category(c) not in ("Mn", "Cf"))


def words(text: str) -> list[Word]:
    """The words of a text: letters and digits are words apart."""
    return [Word(folded, m.start(), m.end()) for m in _WORD.finditer(text) if (folded := fold(m[0]))]


@lru_cache(maxsize=2048)
def key(text: str) -> tuple[str, ...]:
    """A printed text as the words to look for."""
    return tuple(word.text for word in words(text))


def occurrences(seen: Sequence[Word], wanted: tuple[str, ...]) -> Iterator[Found]:
    """Every place where the wanted words follow each other, footnote numbers between them apart."""
    if not wanted:
        return
    at = 0
    while at < len(seen):
        last = match(seen, at, wanted) if seen[at].text == wanted[0] else None
        if last is None:
            at += 1
            continue
        yield Found(at, last, seen[at].start, seen[last - 1].end)
        at = last


def match(seen: Sequence[Word], at: int, wanted: tuple[str, ...]) -> int | None:
    """The rank after the last word when the wanted words stand there, else None."""
    mistakes = len(wanted) // TOLERATED if len(wanted) > LONG else 0
    rank, i = 0, at
    while rank < len(wanted):
        if i >= len(seen):
            return None
        if seen[i].text == wanted[rank]:
            rank += 1
            i += 1
        elif i > at and _footnote(seen[i - 1], seen[i]):
            i += 1
        elif i + 1 < len(seen) and seen[i].text + seen[i + 1].text == wanted[rank]:
            # cut by a hyphen at the end of a line
            rank += 1
            i += 2
        elif mistakes and rank:
            mistakes -= 1
            rank, i = _resumed(seen, i, wanted, rank)
        else:
            return None
    if i < len(seen) and _footnote(seen[i - 1], seen[i]):
        i += 1
    return i


def _footnote(before: Word, word: Word) -> bool:
    """A number of one digit glued to the word before: the call of a footnote."""
    return word.start == before.end and len(word.text) == 1 and word.text.isdigit() and not before.text.isdigit()


def _resumed(seen: Sequence[Word], i: int, wanted: tuple[str, ...], rank: int) -> tuple[int, int]:
    """Where to go on after a word that differs: changed, added or left out."""
    if rank + 1 < len(wanted) and seen[i].text == wanted[rank + 1]:
        return rank + 1, i
    if i + 1 < len(seen) and seen[i + 1].text == wanted[rank]:
        return rank, i + 1
    return rank + 1, i + 1
