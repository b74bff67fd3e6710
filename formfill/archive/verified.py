"""What a verification of an archive says."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, NamedTuple

from formfill.archive import journal


class Trouble(StrEnum):
    """What is wrong with something kept."""

    ALTERED = "altered"
    LOST = "lost"
    LEFT_OVER = "left-over"
    """A file that no record names: a crash, or an elimination that was cut short. ``repair`` removes it."""
    NOT_INDEXED = "not-indexed"
    """A record that a search would not find. ``repair`` indexes it."""


SERIOUS: Final = frozenset((Trouble.ALTERED, Trouble.LOST))


class Problem(NamedTuple):
    """Something that is not as it was left."""

    trouble: Trouble
    where: str
    message: str
    repaired: bool = False


@dataclass(slots=True)
class Verified:
    """What a verification found."""

    records: int = 0
    contents: int = 0
    bytes: int = 0
    lines: int = 0
    head: str = journal.FIRST
    """Digest of the last line of the journal: noted elsewhere, it proves later that nothing before it was rewritten."""
    problems: list[Problem] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """True when nothing was altered or lost."""
        return not any(one.trouble in SERIOUS for one in self.problems)
