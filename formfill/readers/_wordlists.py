"""List items whose bullet is a tick box (ECMA-376 Part 1 §17.9): the level text of the numbering definition, in its font."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from formfill.model.document import Evidence
from formfill.model.glyphs import BOX_GLYPHS
from formfill.readers import _wordnames as n
from formfill.readers._marks import glyph_evidence
from formfill.readers._symbols import Shape, font_key, shape_of
from formfill.readers._wordsymbols import symbol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from formfill.readers._wordnames import Element
    from formfill.readers._wordsymbols import Styles

_BULLET: Final = "bullet"
_BOXES: Final = (Shape.EMPTY, Shape.TICKED)
_ILVL, _NUM_ID, _ABSTRACT_ID = n.W + "ilvl", n.W + "numId", n.W + "abstractNumId"


class Lists:
    """The list levels of a document that print a box."""

    def __init__(self, numbering: Element, styles: Styles | None) -> None:
        self._styles = styles
        self._boxes: dict[tuple[int, int], tuple[Evidence, ...]] = {}
        self._levels: dict[tuple[int, str], int] = {}
        """The level that a list keeps for a paragraph style (§17.9.23)."""
        abstract: dict[str, dict[int, tuple[Evidence, ...]]] = {}
        styled: dict[str, dict[str, int]] = {}
        linked = _linked(numbering)
        for definition in numbering.iterchildren(n.W + "abstractNum"):
            name = definition.get(_ABSTRACT_ID, "")
            source = linked.get(name, definition)
            abstract[name] = _levels(source)
            styled[name] = {
                link.get(n.VAL, ""): _int(level.get(_ILVL))
                for level in source.iterchildren(n.W + "lvl")
                if (link := level.find(n.P_STYLE)) is not None
            }
        for instance in numbering.iterchildren(n.W + "num"):
            number = instance.get(_NUM_ID, "")
            reference = instance.find(_ABSTRACT_ID)
            levels = dict(abstract.get(reference.get(n.VAL, ""), {})) if reference is not None else {}
            for override in instance.iterchildren(n.W + "lvlOverride"):
                for level in override.iterchildren(n.W + "lvl"):
                    levels.pop(_int(level.get(_ILVL)), None)
                levels.update(_levels(override))
            self._boxes.update({(_int(number), level): evidence for level, evidence in levels.items()})
            if reference is not None:
                for style, level in styled.get(reference.get(n.VAL, ""), {}).items():
                    self._levels[_int(number), style] = level

    def __bool__(self) -> bool:
        return bool(self._boxes)

    def box(self, paragraph: Element) -> tuple[Evidence, ...] | None:
        """The box that stands before a paragraph as its bullet, else None."""
        properties = next(paragraph.iterchildren(n.P_PR), None)
        return self.of(properties) if properties is not None else None

    def of(self, properties: Element) -> tuple[Evidence, ...] | None:
        """The box that the properties of a paragraph give it as its bullet, else None."""
        own = properties.find(n.NUM_PR)
        found = [("", own)] if own is not None else []
        if self._styles is not None and (style := properties.find(n.P_STYLE)) is not None:
            found += self._styles.numbering(style.get(n.VAL, ""))
        number = _first(found, _NUM_ID)
        if not number:
            return None
        level = _first(found, _ILVL)
        if level is None:
            # a style that names a list takes the level that the list keeps for it
            level = next((at for name, _node in found if (at := self._levels.get((number, name))) is not None), 0)
        return self._boxes.get((number, level))


def _first(numberings: Sequence[tuple[str, Element]], tag: str) -> int | None:
    return next((n.number(node, 0) for _name, one in numberings if (node := one.find(tag)) is not None), None)


def _linked(numbering: Element) -> dict[str, Element]:
    """The definitions that only name a list style, by id, with the definition that holds its levels (§17.9.21, §17.9.27)."""
    holders, takers = {}, {}
    for definition in numbering.iterchildren(n.W + "abstractNum"):
        for child in definition:
            if child.tag == n.W + "styleLink":
                holders[child.get(n.VAL, "")] = definition
            elif child.tag == n.W + "numStyleLink":
                takers[definition.get(_ABSTRACT_ID, "")] = child.get(n.VAL, "")
    return {name: holders[style] for name, style in takers.items() if style in holders}


def _int(value: str | None) -> int:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 9 else 0


def _levels(parent: Element) -> dict[int, tuple[Evidence, ...]]:
    """The levels that are a box, by number."""
    found = {}
    for level in parent.iterchildren(n.W + "lvl"):
        kind, text = level.find(n.W + "numFmt"), level.find(n.W + "lvlText")
        if text is None or (kind is not None and kind.get(n.VAL) not in (_BULLET, "none")):
            continue
        shown = text.get(n.VAL, "").strip()
        if len(shown) != 1:
            continue
        fonts = level.find(f"{n.R_PR}/{n.R_FONTS}")
        font = (fonts.get(n.W + "hAnsi") or fonts.get(n.W + "ascii") or "") if fonts is not None else ""
        # a circle is the most common of bullets, a box is not
        piece = symbol(font, ord(shown), "list-bullet") if shape_of(font_key(font), ord(shown)) in _BOXES else None
        if isinstance(piece, tuple):
            found[_int(level.get(_ILVL))] = piece
        elif shown in BOX_GLYPHS and (seen := glyph_evidence(shown)) is not None:
            found[_int(level.get(_ILVL))] = (Evidence("list-bullet", seen.says, seen.detail),)
    return found
