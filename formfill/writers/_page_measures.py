"""Shapes, looks and measures of a Word template as a page setter takes them: lengths in points, what is as usual left out. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from formfill.writers._docx_template import W

if TYPE_CHECKING:
    from formfill.writers._page_styles import Look, Shape

Element = Any
Node = dict[str, Any]
EMU: Final = 12700
"""English metric units in a point (ECMA-376 Part 1 §20.1.2.1)."""
LEAST_FRAME: Final = 20.0
"""Points of the narrowest frame that one writes in."""
_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WP: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
CELL_MARGIN: Final = 5.4
"""Points between the edge of a cell and its text, where the table says nothing: 0.19 cm."""
_ALIGN: Final = {"center": "center", "right": "right", "end": "right", "both": "left", "left": "left", "start": "left"}


def stand(properties: Element) -> Node:
    """How far a table stands from the left margin, and the text of its cells from their edges: ECMA-376 Part 1 §17.4.50, .42."""
    indent, inside = properties.find(W + "tblInd"), properties.find(f"{W}tblCellMar/{W}left")
    left = int(indent.get(W + "w")) / 20 if indent is not None and indent.get(W + "type") == "dxa" else 0.0
    return {"l": round(left, 1), "inset": int(inside.get(W + "w")) / 20 if inside is not None else CELL_MARGIN}


def shaped(shape: Shape) -> Node:
    """How a paragraph stands."""
    found: Node = {"a": _ALIGN.get(shape.align or "left", "left")}
    for key, value in (("sb", shape.before), ("sa", shape.after), ("l", shape.left), ("f", shape.first), ("exact", shape.exact)):
        if value:
            found[key] = round(value, 1)
    if shape.line is not None and shape.line > 1:
        found["lh"] = round(shape.line, 3)
    return found


def looks(look: Look, scale: float) -> Node:
    """How a run looks, its size times a scale."""
    found: Node = {"z": round((look.size or 10) * scale, 2)}
    for key, value in (("b", look.b), ("i", look.i), ("u", look.u), ("c", look.color), ("up", look.raised)):
        if value:
            found[key] = value
    return found


def stops(runs: list[Node], shape: Shape) -> list[Node]:
    """The runs with each tab told: where it leads from the left of the line, or that it fills the line, with dots or without."""
    places = sorted(shape.tabs or ())
    found, rank = [], 0
    for run in runs:
        if not run.get("tab"):
            rank = 0 if run.get("br") else rank
            found.append(run)
            continue
        stop = places[rank] if rank < len(places) else None
        rank += 1
        if stop is None:
            found.append({"tab": "gap"})
        elif stop[1] in ("right", "end", "center") or stop[2] != "none":
            told: Node = {"tab": "fill", "dots": stop[2] != "none", "w": round(stop[0] - (shape.left or 0), 1)}
            found.append(told | ({"end": True} if stop[1] in ("right", "end") else {}))
        else:
            found.append({"tab": "to", "w": round(stop[0] - (shape.left or 0), 1)})
    return found


def frames(drawn: Element) -> list[Node]:
    """The empty frames to write in that are drawn beside a paragraph: their place from its corner, and their size (§20.4.2.3).

    A small one, or one that is painted, is an ornament.
    """
    found = []
    for anchor in drawn.iter(_WP + "anchor"):
        size, places = anchor.find(_WP + "extent"), anchor.findall(f"{_WP}*/{_WP}posOffset")
        shape = next(anchor.iter(_A + "prstGeom"), None)
        color = next((own.get("val") for own in anchor.iter(_A + "srgbClr")), None)
        wide, high = (int(size.get(side)) / EMU for side in ("cx", "cy"))
        if (
            shape is not None
            and shape.get("prst") == "rect"
            and color is None
            and len(places) == 2
            and min(wide, high) > LEAST_FRAME
        ):
            x, y = (round(int(place.text) / EMU, 1) for place in places)
            found.append({"frame": True, "x": x, "y": y, "w": round(wide, 1), "h": round(high, 1)})
    return found


def borders(properties: Element) -> dict[str, float]:
    """The width of each side that is told."""
    found: dict[str, float] = {}
    for side in properties if properties is not None else ():
        name = {"start": "left", "end": "right"}.get(side.tag.rpartition("}")[2], side.tag.rpartition("}")[2])
        kind = side.get(W + "val")
        found[name] = 0.0 if kind in ("nil", "none") else max(int(side.get(W + "sz", "4")) / 8, 0.5)
    return found


def height(row: Element) -> float:
    """The least height of a row."""
    told = row.find(f"{W}trPr/{W}trHeight")
    return int(told.get(W + "val", "0")) / 20 if told is not None else 0.0
