"""What is wrong with a completed form: findings, as data."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from formfill.model.geometry import NOWHERE, Place


class Severity(StrEnum):
    """How much a finding matters to the person who receives the form."""

    ERROR = "error"
    """A person must look before the form is used."""
    WARNING = "warning"
    """The form can be used; something differs from what is expected."""
    INFO = "info"
    """Worth knowing."""


class Finding(NamedTuple):
    """One thing to report, with its permanent code."""

    code: str
    """Permanent, English, kebab-case: ``missing-row``."""
    severity: Severity
    message: str
    """A whole sentence for a person, in the language in use."""
    rule: str | None = None
    """Completeness rule, ``RG-07``; None when no rule of the list applies."""
    field: str | None = None
    """The field id it concerns."""
    place: Place = NOWHERE
    reference: str | None = None
    """The official text or label that is the yardstick."""


class Report(NamedTuple):
    """The ordered findings of one completed form."""

    findings: tuple[Finding, ...] = ()

    def flatten(self) -> list[tuple[str | None, str, str]]:
        """The findings as ``(field, code, severity)``: what tests compare and the batch prints."""
        return [(f.field, f.code, f.severity.value) for f in self.findings]

    @property
    def has_errors(self) -> bool:
        """True when a finding has the severity error."""
        return any(f.severity is Severity.ERROR for f in self.findings)
