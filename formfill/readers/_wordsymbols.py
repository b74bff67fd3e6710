"""Symbols of a Word document: ``w:sym``, and letters typed in a symbol font (ECMA-376 Part 1 §17.3.3.30, §17.3.2.26).

The font of a run is looked for where Word looks: the run, its character style, its paragraph's style, the defaults (§17.7.2).
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from formfill.model.document import Evidence
from formfill.readers import _wordnames as n
from formfill.readers._symbols import SAYS, font_key, shape_of

if TYPE_CHECKING:
    from formfill.readers._marks import Piece
    from formfill.readers._wordnames import Element

SHORT: Final = 8
"""Most characters of a run in a symbol font among which some may be letters; a longer text in one is a mistake of its style."""
_DEEPEST: Final = 12
"""Longest chain of styles followed; Word allows no more than eleven."""
_ASCII, _HANSI, _CS = n.W + "ascii", n.W + "hAnsi", n.W + "cs"
_STYLE, _STYLE_ID, _BASED_ON = n.W + "style", n.W + "styleId", n.W + "basedOn"

_ELSEWHERE: Final = frozenset((n.R_STYLE, n.W + "rtl", n.W + "cs"))

Fonts = tuple[str | None, str | None, str | None]
"""The fonts of ASCII, of other letters and of complex scripts: what ``w:rFonts`` sets, None where it does not."""
_UNSET: Final[Fonts] = (None, None, None)


def symbol(font: str, code: int, kind: str = "symbol") -> Piece | None:
    """The box or the text that one symbol prints; None when the tables do not know it."""
    key = font_key(font)
    shape = shape_of(key, code)
    if shape is not None:
        says = SAYS.get(shape)
        return shape.value if says is None else (Evidence(kind, says, f"{font} {code & 0xFFFF:04X}"),)
    if 0x100 <= code <= 0x10FFFF and not 0xD800 <= code <= 0xF8FF:
        # a character of an ordinary font, put there as a symbol
        return chr(code)
    return None


def sym_piece(node: Element) -> Piece | None:
    """What a ``w:sym`` prints."""
    try:
        code = int(node.get(n.W + "char", ""), 16)
    except ValueError:
        return None
    return symbol(node.get(n.W + "font", ""), code)


class Styles:
    """The fonts that a document's styles set."""

    def __init__(self, styles: Element | None) -> None:
        self._styles: dict[str, Element] = {}
        self._defaults: Fonts = _UNSET
        self._default_paragraph: str | None = None
        self._cache: dict[str, Fonts] = {}
        if styles is None:
            return
        for style in styles.iterchildren(_STYLE):
            name = style.get(_STYLE_ID)
            if name is not None:
                self._styles.setdefault(name, style)
                if style.get(n.W + "type") == "paragraph" and style.get(n.W + "default") in n.ON:
                    self._default_paragraph = name
        defaults = styles.find(f"{n.W}docDefaults/{n.W}rPrDefault/{n.R_PR}")
        self._defaults = _own(defaults) if defaults is not None else _UNSET

    def __contains__(self, name: str) -> bool:
        return name in self._styles

    @cached_property
    def symbolic(self) -> bool:
        """Tells whether any style sets a symbol font."""
        return any(font_key(font) for name in self._styles for font in self._of_style(name)) or any(map(font_key, self._defaults))

    def numbering(self, name: str) -> list[tuple[str, Element]]:
        """Each ``w:numPr`` that applies to a paragraph style with the style that sets it: its own, then those it is based on."""
        found = []
        for _step in range(_DEEPEST):
            style = self._styles.get(name)
            if style is None:
                break
            properties = style.find(f"{n.P_PR}/{n.NUM_PR}")
            if properties is not None:
                found.append((name, properties))
            based = style.find(_BASED_ON)
            name = based.get(n.VAL, "") if based is not None else ""
        return found

    def fonts(self, run_properties: Element | None, paragraph: Element | None) -> Fonts:
        """The fonts of a run."""
        found = _UNSET
        if run_properties is not None:
            found = _own(run_properties)
            style = run_properties.find(n.R_STYLE)
            if style is not None:
                found = _over(found, self._of_style(style.get(n.VAL, "")))
        if None not in found:
            return found
        properties = next(paragraph.iterchildren(n.P_PR), None) if paragraph is not None else None
        style = properties.find(n.P_STYLE) if properties is not None else None
        name = style.get(n.VAL, "") if style is not None else self._default_paragraph
        if name:
            found = _over(found, self._of_style(name))
        return _over(found, self._defaults)

    def _of_style(self, name: str) -> Fonts:
        known = self._cache.get(name)
        if known is not None:
            return known
        found, at = _UNSET, name
        for _step in range(_DEEPEST):
            style = self._styles.get(at)
            if style is None:
                break
            properties = style.find(n.R_PR)
            if properties is not None:
                found = _over(found, _own(properties))
            based = style.find(_BASED_ON)
            if based is None:
                break
            at = based.get(n.VAL, "")
        self._cache[name] = found
        return found


def own_fonts(properties: Element) -> tuple[Fonts, bool]:
    """The fonts that a ``w:rPr`` names itself, and whether anything but them says in which font its run prints."""
    fonts = _UNSET
    elsewhere = False
    for child in properties:
        tag = child.tag
        if tag == n.R_FONTS:
            fonts = (child.get(_ASCII), child.get(_HANSI), child.get(_CS))
        elif tag in _ELSEWHERE:
            elsewhere = True
    return fonts, elsewhere


def _own(properties: Element) -> Fonts:
    fonts = properties.find(n.R_FONTS)
    return (fonts.get(_ASCII), fonts.get(_HANSI), fonts.get(_CS)) if fonts is not None else _UNSET


def _over(first: Fonts, second: Fonts) -> Fonts:
    return (first[0] or second[0], first[1] or second[1], first[2] or second[2])


def decoded(text: str, fonts: Fonts, *, complex_script: bool = False) -> list[Piece]:
    """A run's text as it prints in its fonts: boxes, ticks, and what is no symbol as written."""
    ascii_font, other_font, complex_font = fonts
    if complex_script:
        ascii_font = other_font = complex_font
    if not font_key(ascii_font) and not font_key(other_font):
        return [text]
    out: list[Piece] = []
    for char in text:
        # private-use codes of symbol fonts and Latin-1 letters stand in the font of other letters (§17.3.2.26)
        font = (ascii_font if char < "\x80" else other_font) or ascii_font or other_font
        piece = symbol(font, ord(char)) if font and font_key(font) and not char.isspace() else None
        out.append(char if piece is None else piece)
    return out
