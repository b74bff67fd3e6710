"""Highlights, shadings and strikes as properties say them (ECMA-376 Part 1 §17.3.2.9, §17.3.2.15, §17.3.2.32, §17.3.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from formfill.readers import _wordnames as n
from formfill.readers._body import PATTERN
from formfill.readers._marks import STRUCK, Tint

if TYPE_CHECKING:
    from formfill.readers._wordnames import Element

_WHITE: Final = frozenset(("auto", "FFFFFF", "ffffff", ""))
_NO_PATTERN: Final = frozenset(("clear", "nil", ""))
"""Values of ``w:shd`` (§17.18.78) that draw nothing over the fill."""


def fill_of(shd: Element) -> str | None:
    """The colour or the pattern of a ``w:shd``; None for none, and for white."""
    pattern = shd.get(n.VAL, "clear")
    if pattern == "solid":
        # its colour covers all; automatic is black
        ink: str = shd.get(n.W + "color", "auto")
        return "000000" if ink == "auto" else ink if ink not in _WHITE else None
    if pattern not in _NO_PATTERN:
        return f"{PATTERN}{pattern}"
    fill: str = shd.get(n.FILL, "auto")
    if fill not in _WHITE:
        return fill
    theme = shd.get(n.W + "themeFill")
    return f"theme {theme}" if theme is not None else None


def emphasis(node: Element) -> Tint | None:
    """How a property of a run sets its text apart, None when it does not."""
    if node.tag == n.SHD:
        fill = fill_of(node)
        return Tint("shading", f"w:shd={fill}") if fill is not None else None
    if node.tag == n.HIGHLIGHT:
        colour = node.get(n.VAL)
        return Tint("highlight", f"w:highlight={colour}") if colour not in ("none", "white", None) else None
    return Tint(STRUCK.kind, "") if n.switched(node) else None
