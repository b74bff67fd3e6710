"""The few style properties that change what a form says: symbol fonts, hidden text, fills, diagonals, list bullets.

OpenDocument 1.3 Part 3 §16 (styles), §20 (formatting attributes). Styles are looked up by family and name, parents included;
what has no bearing on the reading is never looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from formfill.readers._marks import STRUCK, Tint
from formfill.readers._odfml import FO, OFFICE, STYLE, STYLE_NAME, SVG, TABLE, TEXT, Element
from formfill.readers._symbols import font_key

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAME, _FAMILY, _PARENT = STYLE + "name", STYLE + "family", STYLE + "parent-style-name"
_FONTS: Final = tuple(STYLE + name for name in ("font-name", "font-name-asian", "font-name-complex"))
_TEXT_PROPERTIES, _CELL_PROPERTIES = STYLE + "text-properties", STYLE + "table-cell-properties"
_PARAGRAPH_PROPERTIES: Final = STYLE + "paragraph-properties"
_DIAGONALS: Final = (STYLE + "diagonal-bl-tr", STYLE + "diagonal-tl-br")
_MAX_PARENTS: Final = 20


class Look(NamedTuple):
    """How a stretch of text looks; None where a style says nothing."""

    symbol: str | None = None
    """The symbol font, as ``_symbols`` names it; empty for an ordinary font."""
    hidden: bool | None = None
    struck: bool | None = None
    ground: Tint | None = None
    """The highlight of the text; :data:`NO_GROUND` for none."""
    shade: Tint | None = None
    """The shading of the paragraph, likewise."""

    def over(self, below: Look) -> Look:
        """This look, with what it leaves open taken from the one below."""
        return Look(
            below.symbol if self.symbol is None else self.symbol,
            below.hidden if self.hidden is None else self.hidden,
            below.struck if self.struck is None else self.struck,
            below.ground if self.ground is None else self.ground,
            below.shade if self.shade is None else self.shade,
        )

    @property
    def emphasis(self) -> Tint | None:
        """How the text is set apart; None when it is not."""
        return _STRIKE if self.struck else self.ground if self.ground != NO_GROUND else None


NO_GROUND: Final = Tint("", "")
_STRIKE: Final = Tint(STRUCK.kind, "")
PLAIN: Final = Look()


class Fill(NamedTuple):
    """How the background of a cell looks."""

    colour: str | None
    """Lower case ``#rrggbb``; None for no fill, or white."""
    diagonals: int
    """How many of its two diagonals are drawn."""


NO_FILL: Final = Fill(None, 0)


class Styles:
    """The styles of a document: those of its content over those of its ``styles.xml``."""

    def __init__(self, *roots: Element | None) -> None:
        self._styles: dict[tuple[str, str], Element] = {}
        self._lists: dict[str, Element] = {}
        self._faces: dict[str, str] = {}
        for root in roots:
            if root is not None:
                for part in ("styles", "automatic-styles", "font-face-decls"):
                    for group in root.iterchildren(OFFICE + part):
                        self._index(group)
        self._looks: dict[tuple[str, str], Look] = {}
        self._fills: dict[str, Fill] = {}

    def _index(self, group: Element) -> None:
        # the first one wins: content before styles
        for node in group:
            name = node.get(_NAME)
            if name is None:
                continue
            if node.tag == STYLE + "style":
                self._styles.setdefault((node.get(_FAMILY, ""), name), node)
            elif node.tag == TEXT + "list-style":
                self._lists.setdefault(name, node)
            elif node.tag == STYLE + "font-face":
                self._faces.setdefault(name, node.get(SVG + "font-family", name))

    def _chain(self, family: str, name: str) -> Iterator[Element]:
        for _step in range(_MAX_PARENTS):
            style = self._styles.get((family, name))
            if style is None:
                return
            yield style
            name = style.get(_PARENT, "")

    def look(self, family: str, name: str | None) -> Look:
        """How text of a style looks; ``family`` is ``text``, ``paragraph`` or ``table-cell``."""
        if name is None:
            return PLAIN
        key = (family, name)
        found = self._looks.get(key)
        if found is None:
            found = PLAIN
            for style in self._chain(family, name):
                for properties in style.iterchildren(_TEXT_PROPERTIES):
                    found = found.over(self._text_look(properties))
                for properties in style.iterchildren(_PARAGRAPH_PROPERTIES):
                    found = found.over(Look(shade=_ground(properties, "shading")))
            self._looks[key] = found
        return found

    def _text_look(self, properties: Element) -> Look:
        display = properties.get(TEXT + "display")
        hidden = None if display is None else display == "none"
        return Look(self.symbol(properties), hidden, _struck(properties), _ground(properties, "highlight"))

    def symbol(self, properties: Element) -> str | None:
        """The symbol font that text properties ask for: empty for an ordinary font, None when they name none."""
        names = [self._faces.get(name, name) for at in _FONTS if (name := properties.get(at)) is not None]
        family = properties.get(FO + "font-family")
        if family is not None:
            names.insert(0, family)
        if not names:
            return None
        return next((font for name in names if (font := font_key(_first(name))) is not None), "")

    def fill(self, name: str | None) -> Fill:
        """The background of a cell style (§20.182, §20.271 and following)."""
        if name is None:
            return NO_FILL
        found = self._fills.get(name)
        if found is None:
            colour: str | None = None
            lines: list[str | None] = [None, None]
            for style in self._chain("table-cell", name):
                for properties in style.iterchildren(_CELL_PROPERTIES):
                    colour = colour or properties.get(FO + "background-color")
                    lines = [line or properties.get(at) for line, at in zip(lines, _DIAGONALS, strict=True)]
            colour = (colour or "").lower()
            drawn = sum(line is not None and not line.startswith("none") for line in lines)
            found = self._fills[name] = Fill(None if colour in ("", "transparent", "#ffffff") else colour, drawn)
        return found

    def graphic(self, name: str | None) -> dict[str, str]:
        """What a graphic style says, its parents included."""
        found: dict[str, str] = {}
        for style in self._chain("graphic", name or ""):
            for properties in style.iterchildren(STYLE + "graphic-properties"):
                found = {**properties.attrib, **found}
        return found

    def shown(self, name: str | None) -> bool:
        """Whether a table of this style is displayed (``table:display``, §20.418)."""
        for style in self._chain("table", name or ""):
            for properties in style.iterchildren(STYLE + "table-properties"):
                value = properties.get(TABLE + "display")
                if value is not None:
                    return bool(value != "false")
        return True

    def bullet(self, name: str | None, level: int) -> tuple[str, str]:
        """Bullet of a list style at a level, from 1, and its symbol font: ``("", "")`` when the level has no bullet."""
        node = self._lists.get(name or "")
        for bullet in node if node is not None else ():
            if bullet.tag == TEXT + "list-level-style-bullet" and bullet.get(TEXT + "level") == str(level):
                own = [properties for properties in bullet if properties.tag == _TEXT_PROPERTIES]
                font = next((font for properties in own if (font := self.symbol(properties)) is not None), None)
                if font is None:
                    font = self.look("text", bullet.get(STYLE_NAME)).symbol
                return bullet.get(TEXT + "bullet-char", ""), font or ""
        return "", ""

    def list_of(self, paragraph_style: str | None) -> str | None:
        """The list style that a paragraph style asks for (§19.515)."""
        for style in self._chain("paragraph", paragraph_style or ""):
            name = style.get(STYLE + "list-style-name")
            if name is not None:
                return str(name) or None
        return None


def _struck(properties: Element) -> bool | None:
    """Whether text properties strike text through (§20.365, §20.367); None when they say nothing of it."""
    said = [value for name in ("style", "type") if (value := properties.get(f"{STYLE}text-line-through-{name}")) is not None]
    return all(value != "none" for value in said) if said else None


def _ground(properties: Element, kind: str) -> Tint | None:
    """The background that properties give, as a highlight or a shading; None when they say nothing of it."""
    ground = properties.get(FO + "background-color")
    if ground is None:
        return None
    colour = ground.lower()
    return NO_GROUND if colour in ("transparent", "#ffffff") else Tint(kind, f"fo:background-color={colour}")


def _first(family: str) -> str:
    """The first font of a list (§20.188), without its quotes."""
    return family.partition(";")[0].partition(",")[0].strip(" '\"")
