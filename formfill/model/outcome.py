"""What became of one source in a run over many: a record and its files, or the reason why not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from formfill.model.record import Record


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one source."""

    name: str
    """The source as the user knows it: its file name, or its path under the folder that was given."""
    sha256: str | None
    """Digest of its bytes; None when they could not be read."""
    exit_code: int
    """One of :class:`~formfill.errors.ExitCode`: 0, 1, 3, 4 or 6."""
    record: Record | None = None
    """The record; None for a refused file."""
    code: str | None = None
    """Error code of a refused file."""
    message: str | None = None
    """One French (or English) line for a refused file or a rendition that failed."""
    files: tuple[str, ...] = ()
    """The files written, as paths relative to the output folder: ``grille.docx/form.pdf``."""
