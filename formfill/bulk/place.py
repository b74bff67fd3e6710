"""Where one file is, as the journal keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from formfill.bulk.unit import Refusal

FILE, MEMBER, URL = "file", "member", "url"
"""Kinds of places: a file of this machine, a member of a ZIP archive, an fsspec URL."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where one file is."""

    kind: str
    place: bytes
    """The path, as the system has it, or the URL."""
    label: str
    """Its name for people, and the folder of its results."""
    member: int = -1
    """Its number in a ZIP archive."""
    mark: str = ""
    """What changes when it changes; empty when nobody knows."""
    trouble: Refusal | None = None
    """Why it can never be read."""


def mark_of(path: Path) -> str:
    """What changes when a file is written or replaced, whatever its date is set to; empty when it cannot be looked at."""
    try:
        seen = path.stat()
    except OSError:
        return ""
    return f"{seen.st_size}:{seen.st_mtime_ns}:{seen.st_ctime_ns}:{seen.st_ino}"
