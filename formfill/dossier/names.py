"""Names of persons: whether two are one, and who of many may bear one, without comparing each with each."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from formfill.text import nearness, normalise

if TYPE_CHECKING:
    from collections.abc import Iterable

NEAR: Final = 85.0
"""Nearness, 0 to 100, at which two names may be one, mistyped."""
_CIVILITIES: Final = frozenset(("m", "mr", "mme", "mlle", "monsieur", "madame", "mademoiselle"))


@lru_cache(maxsize=1 << 16)
def words(name: str | None) -> frozenset[str]:
    """The words of a name for comparison, in any order: no accent, case, hyphen, civility."""
    bare = "".join(c if c.isalnum() else " " for c in normalise(name or ""))
    return frozenset(word for word in bare.split() if word not in _CIVILITIES)


def same_name(a: str | None, b: str | None) -> bool:
    """Whether two names are one but for accents, order, case, hyphens and first names left out."""
    one, other = words(a), words(b)
    if not one or not other:
        return False
    return one == other or (min(len(one), len(other)) > 1 and (one <= other or other <= one))


def near_name(a: str | None, b: str | None) -> bool:
    """Whether two names are alike enough to be one, mistyped: a person decides."""
    one, other = _in_order(a), _in_order(b)
    return bool(one and other) and nearness(one, other) >= NEAR


@lru_cache(maxsize=1 << 16)
def _in_order(name: str | None) -> str:
    return " ".join(sorted(words(name)))


class Names:
    """Who, by rank, bears each word of a name: two names that are one share a word, so only those are compared."""

    def __init__(self) -> None:
        self._by_word: dict[str, set[int]] = {}

    def add(self, name: str | None, rank: int) -> None:
        """Somebody bears a name."""
        for word in words(name):
            self._by_word.setdefault(word, set()).add(rank)

    def sharing(self, names: Iterable[str | None]) -> list[int]:
        """Ranks of those who have a word in common with one of the names, in order."""
        return sorted({rank for name in names for word in words(name) for rank in self._by_word.get(word, ())})
