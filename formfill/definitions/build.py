"""Plain data, as JSON holds it, to the model types. No library, no checking: what comes here was checked when it was compiled."""

from __future__ import annotations

from typing import Any, Final

from formfill.model.form import Anchor, CheckboxGrid, Edition, Form, GridLine, GridRow, LineRole, Recognition

ENGINE: Final = 1
"""Version of the compiled files: raise it whenever the same TOML gives other JSON."""


def build_form(data: dict[str, Any]) -> Form:
    """The form that ``dataclasses.asdict`` turned into this data."""
    grid = data["grid"]
    recognition = data["recognition"]
    return Form(
        **{
            **data,
            "recognition": Recognition(**{**recognition, "anchors": tuple(Anchor(**a) for a in recognition["anchors"])}),
            "editions": tuple(Edition(id=e["id"], sessions=tuple(e["sessions"])) for e in data["editions"]),
            "checks": tuple(data["checks"]),
            "printed": tuple(data["printed"]),
            "grid": _grid(grid) if grid is not None else None,
        }
    )


def _grid(data: dict[str, Any]) -> CheckboxGrid:
    return CheckboxGrid(**{**data, "headings": tuple(data["headings"]), "rows": tuple(map(_row, data["rows"]))})


def _row(data: dict[str, Any]) -> GridRow:
    lines = tuple(tuple(map(_line, column)) for column in data["lines"])
    return GridRow(**{**data, "lines": lines, "variants": tuple(data["variants"])})


def _line(data: dict[str, Any]) -> GridLine:
    return GridLine(**{**data, "role": LineRole(data["role"]), "variants": tuple(data["variants"])})
