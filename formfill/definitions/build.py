"""Plain data, as JSON holds it, to the model types. No library, no checking: what comes here was checked when it was compiled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from formfill.model.form import Anchor, AnchorPlace, CheckboxGrid, Edition, Form, GridLine, GridRow, LineRole, Recognition

if TYPE_CHECKING:
    from formfill.model.layout import Layout

ENGINE: Final = 4
"""Version of the compiled files: raise it whenever the same TOML gives other JSON."""


def build_form(data: dict[str, Any]) -> Form:
    """The form that ``dataclasses.asdict`` turned into this data."""
    grid, layout = data["grid"], data["layout"]
    recognition = data["recognition"]
    return Form(
        **{
            **data,
            "recognition": Recognition(**{**recognition, "anchors": tuple(map(_anchor, recognition["anchors"]))}),
            "editions": tuple(
                Edition(e["id"], tuple(e["sessions"]), tuple(e["annexes"]), tuple(e["epreuves"]), tuple(e["confirmed"]))
                for e in data["editions"]
            ),
            "checks": tuple(data["checks"]),
            "printed": tuple(data["printed"]),
            "grid": _grid(grid) if grid is not None else None,
            "layout": _layout(layout) if layout is not None else None,
        }
    )


def _anchor(data: dict[str, Any]) -> Anchor:
    return Anchor(**{**data, "at": AnchorPlace(data["at"]), "variants": tuple(data["variants"])})


def _layout(data: dict[str, Any]) -> Layout:
    from formfill.definitions.build_layout import build_layout

    return build_layout(data)


def _grid(data: dict[str, Any]) -> CheckboxGrid:
    return CheckboxGrid(**{**data, "headings": tuple(data["headings"]), "rows": tuple(map(_row, data["rows"]))})


def _row(data: dict[str, Any]) -> GridRow:
    lines = tuple(tuple(map(_line, column)) for column in data["lines"])
    return GridRow(**{**data, "lines": lines, "variants": tuple(data["variants"])})


def _line(data: dict[str, Any]) -> GridLine:
    return GridLine(**{**data, "role": LineRole(data["role"]), "variants": tuple(data["variants"])})
