"""Plain data, as JSON holds it, to a :class:`~formfill.model.layout.Layout`. No library, no checking."""

from __future__ import annotations

from typing import Any

from formfill.model.layout import (
    Field,
    FieldKind,
    FieldOption,
    Layout,
    LevelGrid,
    LevelRow,
    Matrix,
    MatrixPart,
    MatrixRow,
    RepeatingTable,
    RowSection,
)


def build_layout(data: dict[str, Any]) -> Layout:
    """The layout that ``dataclasses.asdict`` turned into this data."""
    levels, table, matrix = data["levels"], data["table"], data["matrix"]
    return Layout(
        fields=tuple(map(_field, data["fields"])),
        fixed=tuple(data["fixed"]),
        levels=_levels(levels) if levels is not None else None,
        table=_table(table) if table is not None else None,
        matrix=_matrix(matrix) if matrix is not None else None,
    )


def _option(data: dict[str, Any]) -> FieldOption:
    return FieldOption(data["id"], data["label"], tuple(data["variants"]))


def _field(data: dict[str, Any]) -> Field:
    lists = {key: tuple(data[key]) for key in ("printed", "placeholders", "suffixes")}
    return Field(**{**data, **lists, "kind": FieldKind(data["kind"]), "options": tuple(map(_option, data["options"]))})


def _levels(data: dict[str, Any]) -> LevelGrid:
    rows = tuple(LevelRow(r["field"], r["label"], tuple(r["levels"]), tuple(r["variants"])) for r in data["rows"])
    return LevelGrid(tuple(map(_option, data["options"])), rows, tuple(data["signs"]))


def _table(data: dict[str, Any]) -> RepeatingTable:
    return RepeatingTable(
        field=data["field"],
        title=tuple(data["title"]),
        period=tuple(data["period"]),
        columns=tuple(map(_option, data["columns"])),
        parts=tuple(map(tuple, data["parts"])),
        sections=tuple(RowSection(s["id"], s["label"], s["rows"], tuple(s["variants"])) for s in data["sections"]),
    )


def _matrix(data: dict[str, Any]) -> Matrix:
    return Matrix(
        columns=tuple(map(_option, data["columns"])),
        parts=tuple(
            MatrixPart(p["id"], tuple(p["announced"]), tuple(MatrixRow(r["id"], r["label"]) for r in p["rows"]))
            for p in data["parts"]
        ),
    )
