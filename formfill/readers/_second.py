"""Boxes of the second reading that are no glyphs: form fields, and squares drawn on the page with what lies in them. Pure.

It knows the dictionaries that pdfplumber makes of a page, and nothing of how the first reading finds its boxes: squares are put
together from edges, whatever drew them, and a box is judged by the strokes, fills and letters whose middle lies in it. Where that
settles nothing it says that something is there, and not what.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from formfill.model.geometry import Box
from formfill.model.glyphs import BOX_GLYPHS, TICKS, TYPED_TICKS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Thing = dict[str, Any]
"""A line, a rectangle, a curve, a character, an image or an annotation, as pdfplumber gives it."""
_LEAST, _MOST = 4.5, 27.0
"""Sides of a tick box, in points."""
_RATIO: Final = 1.55
_CROSSES: Final = TICKS | TYPED_TICKS
_PUSH: Final = 1 << 16
"""Field flag Pushbutton (ISO 32000-1 table 226)."""
_DARK, _FAINT = 0.45, 0.12
_BANDS: Final = (3, 6, 7, 8)
"""Points of a stroke, or of a band, along two sides of a box in relief."""


class Drawn(NamedTuple):
    """A box, and what is seen of its state."""

    box: Box
    state: str
    """A :class:`~formfill.model.document.MarkState`."""
    sure: bool
    """False when something is in it that this reading does not settle."""
    alone: bool
    """True for a square that touches no other and has no words in it."""


# ------------------------------------------------------------------------------------------------------------- form fields


def fields(annots: Iterable[Thing]) -> list[tuple[Thing, str]]:
    """The check boxes and radio buttons among the annotations of a page, each with its state."""
    found = []
    for annot in annots:
        data = annot["data"]
        if _name(data.get("Subtype")) != "Widget" or int(data.get("F") or 0) & 2:
            continue
        kind, flags = _name(_inherited(data, "FT")), _inherited(data, "Ff")
        if kind == "Btn" and not int(flags or 0) & _PUSH:
            found.append((annot, _state(data)))
    return found


def _state(data: Thing) -> str:
    shown, value = data.get("AS"), _inherited(data, "V")
    looks = _dictionary(_dictionary(data.get("AP")).get("N"))
    says = set()
    if shown is not None:
        says.add(_name(shown) not in ("Off", ""))
    if value is not None:
        name = _name(value)
        on = {key for key in looks if key != "Off"}
        says.add(name not in ("Off", "") and (not on or name in on or data.get("V") is not None))
    if len(says) > 1:
        return "uncertain"
    return "ticked" if True in says else "blank"


def _inherited(data: Any, key: str) -> Any:
    for _step in range(8):
        if not isinstance(data, dict):
            return None
        if data.get(key) is not None:
            return _resolved(data[key])
        data = _resolved(data.get("Parent"))
    return None


def _resolved(value: Any) -> Any:
    return value.resolve() if hasattr(value, "resolve") else value


def _dictionary(value: Any) -> Thing:
    value = _resolved(value)
    return value if isinstance(value, dict) else {}


def _name(value: Any) -> str:
    value = getattr(_resolved(value), "name", _resolved(value))
    return value.decode("latin-1") if isinstance(value, bytes) else str(value or "")


# --------------------------------------------------------------------------------------------------------- drawn squares


def drawn(things: Sequence[Thing], chars: Sequence[Thing], others: Sequence[Thing]) -> list[Drawn]:
    """The squares of a page that may be tick boxes.

    Args:
        things: its lines, rectangles and curves.
        chars: its characters.
        others: its images, and the annotations that are no fields.
    """
    whites = [(rank, thing) for rank, thing in enumerate(things) if thing.get("fill") and _tone(thing, "fill") <= _FAINT]
    visible = [thing for thing in things if _tone(thing, "stroke") > _FAINT or _tone(thing, "fill") > _FAINT]
    # of a box in relief, one band may be white
    bands = [white for _rank, white in whites if len(white.get("pts") or ()) in _BANDS]
    grounds = [(rank, white) for rank, white in whites if not any(white is band for band in bands)]
    # a white square over a black one leaves its edge
    ranks = {id(thing): rank for rank, thing in enumerate(things)}
    frames = (
        {id(t) for t in visible if any(rank > ranks[id(t)] and _inner(white, t) for rank, white in grounds)} if grounds else set()
    )
    squares = _squares([*visible, *bands])
    if not squares or len(squares) > 400:
        return []
    found = []
    for box in squares:
        signs = [char["text"] for char in chars if char["text"].strip() and _in(char, box, 0.5)]
        if any(sign in BOX_GLYPHS for sign in signs):
            continue
        state, sure = _seen(box, [thing for thing in visible if id(thing) not in frames], chars, others)
        touching = any(other is not box and _touch(box, other) for other in squares)
        worded = any(sign not in _CROSSES for sign in signs)
        found.append(Drawn(box, state, sure, alone=not touching and not worded))
    return found


def _tone(thing: Thing, what: str) -> float:
    """How strongly a thing is stroked or filled: 0 for white or not at all, 1 for black or a pure colour."""
    if not thing.get(what):
        return 0.0
    colour = thing.get("stroking_color" if what == "stroke" else "non_stroking_color")
    parts = [part for part in (colour if isinstance(colour, (tuple, list)) else [colour]) if isinstance(part, (int, float))]
    if not parts:
        return 1.0
    return float(max(parts)) if len(parts) == 4 else 1.0 - float(min(parts))


def _squares(things: Sequence[Thing]) -> list[Box]:
    across: list[tuple[float, float, float]] = []
    down: list[tuple[float, float, float]] = []
    for thing in things:
        for (xa, ya), (xb, yb) in _edges(thing):
            if abs(ya - yb) <= 0.5 and _LEAST * 0.5 <= abs(xa - xb) <= _MOST:
                across.append((min(xa, xb), max(xa, xb), (ya + yb) / 2))
            elif abs(xa - xb) <= 0.5 and _LEAST * 0.5 <= abs(ya - yb) <= _MOST:
                down.append(((xa + xb) / 2, min(ya, yb), max(ya, yb)))
    if not (1 < len(across) <= 1200 and 1 < len(down) <= 1200):
        return []
    across.sort()
    found: list[Box] = []
    for index, (left, right, y) in enumerate(across):
        for x0, x1, other in across[index + 1 :]:
            if x0 - left > 1:
                break
            high, low = min(y, other), max(y, other)
            if abs(x1 - right) > 1 or not _LEAST <= low - high <= _MOST:
                continue
            near = 0.25 * (low - high) + 0.6
            sides = [v for v in down if v[1] >= high - 1 and v[2] <= low + 1 and v[2] - v[1] >= 0.5 * (low - high)]
            lefts = [v[0] for v in sides if left - near <= v[0] <= left + 0.6]
            rights = [v[0] for v in sides if right - 0.6 <= v[0] <= right + near]
            if lefts and rights and _squarish(min(rights) - max(lefts), low - high):
                found.append(Box(max(lefts), high, min(rights), low))
    return _once(found)


def _edges(thing: Thing) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """The sides of a thing; a thin rectangle is a line."""
    x0, top, x1, bottom = (float(thing[key]) for key in ("x0", "top", "x1", "bottom"))
    if min(x1 - x0, bottom - top) <= 1.3:
        across, down = (x0 + x1) / 2, (top + bottom) / 2
        return [((x0, down), (x1, down))] if x1 - x0 > bottom - top else [((across, top), (across, bottom))]
    points = _points(thing)
    open_ = len(points) == 3 and not thing.get("fill")
    return list(pairwise([*points, points[0]])) if len(points) > 2 and not open_ else list(pairwise(points))


def _points(thing: Thing) -> list[tuple[float, float]]:
    """The points of a thing, counted from the top; pdfplumber's points are."""
    return [(float(x), float(y)) for x, y in thing.get("pts") or ()]


def _squarish(width: float, height: float) -> bool:
    return _LEAST <= width <= _MOST and _LEAST <= height <= _MOST and width <= _RATIO * height and height <= _RATIO * width


def _once(found: list[Box]) -> list[Box]:
    """Of squares within each other the smaller, unless it is the inner edge of the same line."""
    kept: list[Box] = []
    for box in sorted(found, key=lambda box: box.width * box.height):
        twin = next((k for k, other in enumerate(kept) if _far(box.centre, other.centre) <= 3), None)
        if twin is None:
            kept.append(box)
        elif kept[twin].width >= 0.7 * box.width:
            kept[twin] = box
    return kept


def _far(a: tuple[float, float], b: tuple[float, float]) -> float:
    return max(abs(a[0] - b[0]), abs(a[1] - b[1]))


def _touch(a: Box, b: Box) -> bool:
    return a.x0 <= b.x1 + 1.5 and b.x0 <= a.x1 + 1.5 and a.top <= b.bottom + 1.5 and b.top <= a.bottom + 1.5


# --------------------------------------------------------------------------------------------------------------- in a box


def _seen(box: Box, things: Sequence[Thing], chars: Sequence[Thing], others: Sequence[Thing]) -> tuple[str, bool]:
    """What lies in a box: its state, and whether that is sure."""
    signs = [char["text"] for char in chars if char["text"].strip() and _in(char, box, 0.62)]
    strokes: list[tuple[tuple[float, float], tuple[float, float]]] = []
    fills = 0
    doubt = bool([other for other in others if _in(other, box, 0.62)])
    for thing in things:
        if not _in(thing, box, 0.62) or max(thing["x1"] - thing["x0"], thing["bottom"] - thing["top"]) > 3.6 * box.width:
            continue
        if _is_frame(thing, box):
            continue
        if _tone(thing, "fill") >= _DARK and min(thing["x1"] - thing["x0"], thing["bottom"] - thing["top"]) > 1.3:
            fills += 1
        else:
            strokes += [edge for edge in _edges(thing) if abs(edge[0][0] - edge[1][0]) > 0.5 or abs(edge[0][1] - edge[1][1]) > 0.5]
    slanted = [edge for edge in strokes if abs(edge[0][0] - edge[1][0]) > 0.5 and abs(edge[0][1] - edge[1][1]) > 0.5]
    rising = any((b[0] - a[0]) * (b[1] - a[1]) < 0 for a, b in slanted)
    falling = any((b[0] - a[0]) * (b[1] - a[1]) > 0 for a, b in slanted)
    crosses = [sign for sign in signs if sign in _CROSSES]
    if not (signs or strokes or fills or doubt):
        return "blank", True
    if (crosses or (rising and falling)) and not doubt:
        return "ticked", True
    # a lone stroke, a fill, another letter, a picture: somebody put something there
    return "uncertain", False


def _is_frame(thing: Thing, box: Box) -> bool:
    """Tells whether a thing draws the box, or one of its sides: it goes around it, or runs along it."""
    x0, top, x1, bottom = (float(thing[key]) for key in ("x0", "top", "x1", "bottom"))
    if len(_points(thing)) in _BANDS and _runs_along(_edges(thing), box):
        return True
    if min(x1 - x0, bottom - top) <= 1.3:
        along = (
            min(abs(x0 - box.x0), abs(x1 - box.x1)) if x1 - x0 < bottom - top else min(abs(top - box.top), abs(bottom - box.bottom))
        )
        return along <= 1.5
    same = max(abs(x0 - box.x0), abs(x1 - box.x1), abs(top - box.top), abs(bottom - box.bottom)) <= 2
    level = all(
        min(abs(xa - xb), abs(ya - yb)) <= 0.5 or max(abs(xa - xb), abs(ya - yb)) <= 3 for (xa, ya), (xb, yb) in _edges(thing)
    )
    if same and level:
        return not thing.get("fill") or _tone(thing, "fill") < _DARK or bool(thing.get("evenodd"))
    about = x0 <= box.x0 and x1 >= box.x1 and top <= box.top and bottom >= box.bottom
    return level and about and _tone(thing, "fill") <= _FAINT


def _runs_along(edges: Sequence[tuple[tuple[float, float], tuple[float, float]]], box: Box) -> bool:
    """Tells whether all of a line or of a band lies on the sides of a box, and the band fills little of it."""
    near = 0.25 * min(box.width, box.height)
    points = [point for a, b in edges for point in (a, ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2), b)]
    if not all(box.x0 - 2 <= x <= box.x1 + 2 and box.top - 2 <= y <= box.bottom + 2 for x, y in points):
        return False
    across = [min(abs(x - box.x0), abs(x - box.x1)) <= near for x, _y in points]
    down = [min(abs(y - box.top), abs(y - box.bottom)) <= near for _x, y in points]
    area = abs(sum(xa * yb - xb * ya for (xa, ya), (xb, yb) in edges)) / 2
    level = all(min(abs(xa - xb), abs(ya - yb)) <= 0.5 for (xa, ya), (xb, yb) in edges)
    thin = level if len(edges) == 2 else area < 0.6 * box.width * box.height
    return thin and all(a or b for a, b in zip(across, down, strict=True))


def _inner(inner: Thing, outer: Thing) -> bool:
    """Tells whether a thing lies in another and takes up most of it."""
    inside = inner["x0"] >= outer["x0"] and inner["x1"] <= outer["x1"]
    inside = inside and inner["top"] >= outer["top"] and inner["bottom"] <= outer["bottom"]
    wide, high = outer["x1"] - outer["x0"], outer["bottom"] - outer["top"]
    return bool(inside and inner["x1"] - inner["x0"] >= 0.6 * wide and inner["bottom"] - inner["top"] >= 0.6 * high)


def _in(thing: Thing, box: Box, share: float) -> bool:
    """Tells whether the middle of a thing lies in a box, or beside its middle by a share of its sides at most."""
    x, y = (thing["x0"] + thing["x1"]) / 2, (thing["top"] + thing["bottom"]) / 2
    cx, cy = box.centre
    return bool(abs(x - cx) <= share * box.width and abs(y - cy) <= share * box.height)
