"""What the program gives back for one form of one source: the interface other programs read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from formfill.model.report import Finding, Severity

if TYPE_CHECKING:
    from formfill.model.completed import Answer, BoxReading, Comment
    from formfill.model.picture import Picture

SCHEMA = "formfill.record/1"


@dataclass(frozen=True, slots=True)
class Part:
    """Which of several forms in one file."""

    index: int
    """From 1."""
    pages: tuple[int, ...]
    """Page numbers, from 1."""


class SourceRef(NamedTuple):
    """The file a record was read from."""

    name: str
    sha256: str
    format: str
    """``docx``, ``xlsx``, ``odt``, ``pdf``, ``txt`` or ``image``."""
    bytes: int
    pages: int | None
    part: Part | None = None


class FormRef(NamedTuple):
    """The form that was recognised."""

    id: str
    edition: str | None
    referentiel: str
    score: float


class Record(NamedTuple):
    """One completed form, read and validated."""

    source: SourceRef
    form: FormRef | None
    answers: tuple[Answer, ...] = ()
    boxes: tuple[BoxReading, ...] = ()
    comments: tuple[Comment, ...] = ()
    findings: tuple[Finding, ...] = ()
    pictures: tuple[Picture, ...] = ()
    """What was put in its fields besides text; their bytes are in the source."""

    @property
    def has_errors(self) -> bool:
        """True when a finding has the severity error."""
        return any(f.severity is Severity.ERROR for f in self.findings)

    def answer(self, field: str) -> Answer | None:
        """The answer of a field, or None when the form has no such field."""
        return next((a for a in self.answers if a.field == field), None)


class Rendition(NamedTuple):
    """The bytes of a clean form."""

    format: str
    data: bytes
    findings: tuple[Finding, ...] = ()
    """What the format could not hold and where it was kept."""
    pictures: frozenset[str] = frozenset()
    """The digests of the pictures that it shows."""
