"""How the text of a Word template looks: fonts, sizes, alignments, resolved through its styles (ECMA-376 Part 1 §17.7.2)."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from formfill.writers._docx_template import W

Element = Any
_OFF: Final = frozenset(("0", "false", "off"))
_SWITCHES: Final = {"b": "b", "i": "i", "caps": "caps", "smallCaps": "caps", "vanish": "gone"}


class Look(NamedTuple):
    """How a run looks; None where its style says nothing."""

    b: bool | None = None
    i: bool | None = None
    caps: bool | None = None
    gone: bool | None = None
    u: bool | None = None
    size: float | None = None
    """Points."""
    color: str | None = None
    raised: bool | None = None

    def over(self, base: Look) -> Look:
        """This look where it says something, the other's elsewhere."""
        return Look._make(own if own is not None else other for own, other in zip(self, base, strict=True))


class Shape(NamedTuple):
    """How a paragraph stands; lengths in points, None where its style says nothing."""

    align: str | None = None
    before: float | None = None
    after: float | None = None
    left: float | None = None
    right: float | None = None
    first: float | None = None
    tabs: tuple[tuple[float, str, str], ...] | None = None
    """Position, kind and leader of each tab stop."""
    line: float | None = None
    """Height of a line, in lines; 1 where it is told in points."""
    exact: float | None = None
    """Points of a line, where they are told; 0 where they are not."""

    def over(self, base: Shape) -> Shape:
        """This shape where it says something, the other's elsewhere."""
        return Shape._make(own if own is not None else other for own, other in zip(self, base, strict=True))


class Styles:
    """The styles of a document.

    Args:
        root: the part ``word/styles.xml``.
    """

    def __init__(self, root: Element) -> None:
        self._styles = {style.get(W + "styleId"): style for style in root.iter(W + "style")}
        default = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self._default = look_of(default).over(Look(size=10.0))
        self._normal = next(
            (name for name, s in self._styles.items() if s.get(W + "type") == "paragraph" and s.get(W + "default") == "1"), None
        )

    def paragraph(self, paragraph: Element) -> tuple[Shape, Look]:
        """The shape of a paragraph and the look of its runs."""
        own = paragraph.find(W + "pPr")
        named = own.find(W + "pStyle") if own is not None else None
        shape, look = self._named(named.get(W + "val") if named is not None else self._normal)
        return shape_of(own).over(shape), look.over(self._default)

    def run(self, run: Element, base: Look) -> Look:
        """The look of a run in a paragraph."""
        own = run.find(W + "rPr")
        if own is None:
            return base
        named = own.find(W + "rStyle")
        styled = self._named(named.get(W + "val"))[1] if named is not None else Look()
        return look_of(own).over(styled.over(base))

    def table(self, table: Element) -> list[Element]:
        """The borders of a table, its own first, then those of its style and of what this is based on."""
        own = table.find(W + "tblPr")
        found = [own.find(W + "tblBorders")] if own is not None else []
        named = own.find(W + "tblStyle") if own is not None else None
        name = named.get(W + "val") if named is not None else None
        for _depth in range(20):
            style = self._styles.get(name)
            if style is None:
                break
            found.append(style.find(f"{W}tblPr/{W}tblBorders"))
            based = style.find(W + "basedOn")
            name = based.get(W + "val") if based is not None else None
        return [borders for borders in found if borders is not None]

    def _named(self, name: str | None, depth: int = 0) -> tuple[Shape, Look]:
        style = self._styles.get(name)
        if style is None or depth > 20:
            return Shape(), Look()
        based = style.find(W + "basedOn")
        shape, look = self._named(based.get(W + "val"), depth + 1) if based is not None else (Shape(), Look())
        return shape_of(style.find(W + "pPr")).over(shape), look_of(style.find(W + "rPr")).over(look)


def look_of(properties: Element) -> Look:
    """What run properties say themselves."""
    if properties is None:
        return Look()
    found: dict[str, Any] = {}
    for child in properties:
        name, value = child.tag.rpartition("}")[2], child.get(W + "val")
        if name in _SWITCHES:
            found[_SWITCHES[name]] = value not in _OFF
        elif name == "u":
            found["u"] = value != "none"
        elif name == "sz":
            found["size"] = int(value) / 2
        elif name == "color" and value not in (None, "auto", "000000"):
            found["color"] = f"#{value}"
        elif name == "vertAlign":
            found["raised"] = value == "superscript"
    return Look(**found)


def shape_of(properties: Element) -> Shape:
    """What paragraph properties say themselves."""
    if properties is None:
        return Shape()
    align, spacing, indent = (properties.find(W + name) for name in ("jc", "spacing", "ind"))
    tabs = properties.find(W + "tabs")
    stops = None
    if tabs is not None:
        stops = tuple(
            (int(t.get(W + "pos")) / 20, t.get(W + "val", "left"), t.get(W + "leader", "none"))
            for t in tabs
            if t.get(W + "val") != "clear"
        )
    return Shape(
        align=align.get(W + "val") if align is not None else None,
        before=_points(spacing, "before"),
        after=_points(spacing, "after"),
        left=_points(indent, "left"),
        right=_points(indent, "right"),
        first=_first(indent),
        tabs=stops,
        line=_lines(spacing),
        exact=_exact(spacing),
    )


def _lines(spacing: Element) -> float | None:
    """The height of a line in lines (ECMA-376 Part 1 §17.3.1.33)."""
    line = spacing.get(W + "line") if spacing is not None else None
    if line is None:
        return None
    return float(line) / 240 if spacing.get(W + "lineRule", "auto") == "auto" else 1.0


def _exact(spacing: Element) -> float | None:
    line = spacing.get(W + "line") if spacing is not None else None
    if line is None:
        return None
    return float(line) / 20 if spacing.get(W + "lineRule") == "exact" else 0.0


def _points(element: Element, name: str) -> float | None:
    value = element.get(W + name) if element is not None else None
    return None if value is None else float(value) / 20


def _first(indent: Element) -> float | None:
    hanging = _points(indent, "hanging")
    return -hanging if hanging is not None else _points(indent, "firstLine")
