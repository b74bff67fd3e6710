"""What a rule rests on: the completeness rule that it enforces, the official text, how well that text is known, which sessions."""

from __future__ import annotations

from enum import StrEnum
from typing import Final, NamedTuple


class Proof(StrEnum):
    """How well the text behind a rule is known."""

    OFFICIAL = "official"
    """Read on an official blank, in the circular or in a decision: its rules may be errors."""
    SECONDARY = "secondary"
    """Deduced, or known by completed forms and notes only: its rules warn and never block."""


FIRST: Final = 2022
"""The first session whose forms were read."""


class Authority(NamedTuple):
    """Why a rule may be invoked."""

    rule: str
    """Completeness rule, ``RG-07``."""
    source: str
    """The official text, or where the rule is known from, for people."""
    proof: Proof
    first: int = FIRST
    """First session (year) it holds in."""
    last: int | None = None
    """Last session it holds in; None while it does."""

    def holds_in(self, session: int | None) -> bool:
        """Whether it holds in a session; one that nobody knows is no reason to leave a rule out."""
        return session is None or (self.first <= session and (self.last is None or session <= self.last))

    @property
    def sessions(self) -> str:
        """Its range of sessions: ``2022–``, ``2022–2024``."""
        return f"{self.first}–{self.last or ''}"
