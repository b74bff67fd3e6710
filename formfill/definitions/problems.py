"""A mistake of a definition file, with its line."""

from __future__ import annotations

from dataclasses import dataclass

from formfill.model.report import Severity

Path = tuple[str | int, ...]
"""Where something stands in a TOML file: keys, and indexes from 0."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake of a definition file."""

    line: int
    """From 1."""
    path: str
    """Keys and ranks from 1: ``blocs[1].competences[2].libelle``; empty for the file as a whole."""
    message: str
    """A whole sentence, in the language in use."""
    severity: Severity = Severity.ERROR
    """A warning does not keep the file from being used."""


def spell(path: Path) -> str:
    """The path as people read it, ranks from 1."""
    text = ""
    for part in path:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else part
    return text
