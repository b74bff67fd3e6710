"""Words of a text with their offsets, and printed texts found among them whatever their case, accents, spaces and signs. Pure."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import accumulate, chain
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_WORD: Final = re.compile("([^\\W\\d_]+(?:[\u0300-\u036f\u200b-\u200d\u2060\u00ad]+[^\\W\\d_]*)*|\\d+)")
_PLAIN: Final = re.compile("([a-z]+|[0-9]+)")
"""The same for a text in ASCII and in lower case."""
_LATIN: Final = re.compile("([a-zA-Z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u017f]+|[0-9]+)")
"""The same for a text without any other letter or figure."""
_strange: Final = re.compile(
    "[^\\0-\u00a9\u00ab\u00ac\u00ae-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf-\u017f\u2010-\u205f\u20ac\u2500-\u2775]"
).search
_LIGATURES: Final = str.maketrans({"œ": "oe", "æ": "ae", "ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff"})
_FOOTNOTES: Final = str.maketrans("", "", "¹²³⁴⁵⁶⁷⁸⁹⁰")
LONG: Final = 12
"""Words from which a printed text may have some words changed, or cut by a hyphen."""
TOLERATED: Final = 8
"""One word in this many may differ in a long text."""


class Words:
    """The words of a text: letters and digits are words apart."""

    __slots__ = ("_bounds", "_pieces", "texts")

    def __init__(self, texts: tuple[str, ...], pieces: Sequence[str] = (), bounds: Sequence[int] | None = None) -> None:
        """Keeps what :func:`words` and :func:`joined` found.

        Args:
            texts: the words, folded.
            pieces: the text cut at its words: what is before the first, the first, what follows it and so on.
            bounds: where each piece ends; reckoned from the pieces when None and first asked for.
        """
        self.texts = texts
        """In lower case, without accents."""
        self._pieces = pieces
        self._bounds = bounds

    def __len__(self) -> int:
        return len(self.texts)

    @property
    def bounds(self) -> Sequence[int]:
        """The offsets in the text where the words start and end, one after the other, then the length of the text."""
        if self._bounds is None:
            self._bounds = list(accumulate(map(len, self._pieces)))
        return self._bounds

    def start(self, rank: int) -> int:
        """Offset of the word of that rank in the text."""
        return self.bounds[2 * rank]

    def end(self, rank: int) -> int:
        """Offset after the word of that rank."""
        return self.bounds[2 * rank + 1]


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


def words(text: str) -> Words:
    """The words of a text."""
    if text.isascii():
        pieces = _PLAIN.split(text.lower())
        return Words(tuple(pieces[1::2]), pieces)
    pieces = (_WORD if _strange(text) else _LATIN).split(text)
    texts = tuple(map(fold, pieces[1::2]))
    if "" not in texts:
        return Words(texts, pieces)
    # a footnote number alone is no word
    ends = list(accumulate(map(len, pieces)))
    kept = [rank for rank, folded in enumerate(texts) if folded]
    bounds = [ends[2 * rank + side] for rank in kept for side in (0, 1)]
    return Words(tuple(texts[rank] for rank in kept), (), [*bounds, len(text)])


def joined(parts: Sequence[Words]) -> Words:
    """The words of texts that follow each other, one character between two of them."""
    bounds: list[int] = []
    base = 0
    for part in parts:
        bounds += [base + at for at in part.bounds]
        base = bounds.pop() + 1
    return Words(tuple(chain.from_iterable(part.texts for part in parts)), (), [*bounds, base - 1])


@lru_cache(maxsize=2048)
def key(text: str) -> tuple[str, ...]:
    """A printed text as the words to look for."""
    return words(text).texts


def occurrences(seen: Words, wanted: tuple[str, ...]) -> Iterator[Found]:
    """Every place where the wanted words follow each other, footnote numbers between them apart."""
    texts = seen.texts
    if not wanted or wanted[0] not in texts:
        return
    first, at = wanted[0], 0
    while at < len(texts):
        last = match(seen, at, wanted) if texts[at] == first else None
        if last is None:
            at += 1
            continue
        yield Found(at, last, seen.start(at), seen.end(last - 1))
        at = last


def shortest(wanted: tuple[str, ...]) -> int:
    """The fewest words among which a printed text may stand."""
    count = len(wanted)
    return count - count // TOLERATED if count > LONG else count


def match(seen: Words, at: int, wanted: tuple[str, ...]) -> int | None:
    """The rank after the last word when the wanted words stand there, else None."""
    texts = seen.texts
    here, count = len(texts), len(wanted)
    if texts[at : at + count] == wanted:
        i = at + count
        return i + 1 if at < i < here and _footnote(seen, i) else i
    mistakes = count // TOLERATED if count > LONG else 0
    if here - at < count - mistakes:
        return None
    rank, i = 0, at
    while rank < count:
        if i >= here:
            return None
        text = texts[i]
        if text == wanted[rank]:
            rank += 1
            i += 1
        elif i > at and len(text) == 1 and _footnote(seen, i):
            i += 1
        elif i + 1 < here and wanted[rank].startswith(text) and text + texts[i + 1] == wanted[rank]:
            # cut by a hyphen at the end of a line
            rank += 1
            i += 2
        elif mistakes and rank:
            mistakes -= 1
            if rank + 1 < count and text == wanted[rank + 1]:
                # left out
                rank += 1
            elif i + 1 < here and texts[i + 1] == wanted[rank]:
                # added
                i += 1
            else:
                rank += 1
                i += 1
        else:
            return None
    return i + 1 if i < here and _footnote(seen, i) else i


def _footnote(seen: Words, i: int) -> bool:
    """A number of one digit glued to the word before: the call of a footnote."""
    text = seen.texts[i]
    return len(text) == 1 and text.isdigit() and not seen.texts[i - 1].isdigit() and seen.start(i) == seen.end(i - 1)
