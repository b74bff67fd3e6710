"""What a batch is asked to do, and how it says that it was asked to stop."""

from __future__ import annotations

import os
from dataclasses import dataclass

from formfill.batch import OUTPUTS


@dataclass(frozen=True, slots=True)
class Options:
    """How a batch is done."""

    jobs: int = 0
    """Workers; 0 for as many as this process may use."""
    seconds: float = 60.0
    """Most time for one file."""
    megabytes: int = 1024
    """Most memory for one file."""
    outputs: tuple[str, ...] = OUTPUTS
    """The formats of the clean forms."""
    archive: str | None = None
    """The archive where records go too: a SQLite file or the address of a database."""
    contents: str | None = None
    """Where the archive keeps files; beside it by default."""
    session: str | None = None
    """Session of the forms that do not say it."""
    cluster: str | None = None
    """Address of a Ray cluster; workers of this machine without it."""

    @property
    def workers(self) -> int:
        """How many workers of this machine."""
        affinity = getattr(os, "sched_getaffinity", None)
        return self.jobs or (len(affinity(0)) if affinity is not None else os.cpu_count() or 1)


class Interrupted(Exception):
    """The batch was asked to stop; what was done is noted."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number
        """Of the signal."""
