"""A parsed TOML file that may be wrong anywhere: its tables and values by kind, each with its line.

The rules read through it, so that a value of a wrong type is left to the schema, which reports it, and hides no other mistake.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from formfill.definitions.problems import Path, Problem, spell
from formfill.model.report import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from formfill.definitions.lines import Lines


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the file."""

    path: Path
    values: dict[str, Any]

    def has(self, key: str) -> bool:
        """Tells whether the key is given."""
        return key in self.values

    def text(self, key: str) -> str | None:
        """The text at the key, None when there is none."""
        value = self.values.get(key)
        return value if isinstance(value, str) else None

    def integer(self, key: str) -> int | None:
        """The whole number at the key, None when there is none."""
        value = self.values.get(key)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def number(self, key: str) -> float | None:
        """The number at the key, None when there is none."""
        value = self.values.get(key)
        return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None

    def flag(self, key: str) -> bool | None:
        """The boolean at the key, None when there is none."""
        value = self.values.get(key)
        return value if isinstance(value, bool) else None

    def items(self, key: str) -> list[tuple[Path, Any]]:
        """The items of the list at the key with their paths; none when it is no list."""
        value = self.values.get(key)
        return [((*self.path, key, i), item) for i, item in enumerate(value)] if isinstance(value, list) else []

    def texts(self, key: str) -> list[tuple[Path, str]]:
        """The texts of the list at the key with their paths."""
        return [(path, item) for path, item in self.items(key) if isinstance(item, str)]

    def tables(self, key: str) -> list[Table]:
        """The tables of the list at the key."""
        return [Table(path, item) for path, item in self.items(key) if isinstance(item, dict)]

    def children(self) -> list[Table]:
        """The tables right under this one, by key."""
        return [child for key in self.values if (child := self.table(key)) is not None]

    def table(self, key: str) -> Table | None:
        """The table at the key, None when there is none."""
        value = self.values.get(key)
        return Table((*self.path, key), value) if isinstance(value, dict) else None


@dataclass(frozen=True, slots=True)
class Tree:
    """A whole file."""

    data: dict[str, Any]
    lines: Lines
    name: str
    """The file's stem."""

    @property
    def root(self) -> Table:
        """The file as a table."""
        return Table((), self.data)

    def tables(self, *keys: str) -> Iterator[Table]:
        """Every table under nested lists of tables: ``tables("blocs", "competences")``."""
        level: Iterable[Table] = [self.root]
        for key in keys:
            level = [child for table in level for child in table.tables(key)]
        yield from level

    def tables_at(self, key: str, *keys: str) -> list[Table]:
        """Every table under nested lists of tables, from a table of the root: ``tables_at("diplome", "textes")``."""
        top = self.root.table(key)
        level = [top] if top else []
        for inner in keys:
            level = [child for table in level for child in table.tables(inner)]
        return level

    def every(self) -> Iterator[Table]:
        """Every table of the file, at any depth, the root first."""
        yield from _every(self.root)

    def problem(self, path: Path, message: str, severity: Severity = Severity.ERROR) -> Problem:
        """A mistake at a path; its line is the nearest one known."""
        return Problem(self.lines.at(path), spell(path), message, severity)

    def duplicates(self, entries: Iterable[tuple[Path, object]], message: str) -> Iterator[Problem]:
        """One problem for each value met before; ``{value}`` and ``{line}`` (of the first) stand in the message."""
        seen: dict[object, Path] = {}
        for path, value in entries:
            if value is None:
                continue
            if value in seen:
                yield self.problem(path, message.format(value=value, line=self.lines.at(seen[value])))
            else:
                seen[value] = path


def _every(table: Table) -> Iterator[Table]:
    yield table
    for key, value in table.values.items():
        if isinstance(value, dict):
            yield from _every(Table((*table.path, key), value))
        elif isinstance(value, list):
            for child in table.tables(key):
                yield from _every(child)
