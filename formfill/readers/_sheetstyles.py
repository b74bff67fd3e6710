"""How the cells of a workbook look: fills, diagonals, number formats, symbol fonts (ECMA-376 Part 1 §18.8).

Colours come out as ``RRGGBB`` whatever way the file says them, so that two cells that look alike compare equal.
"""

from __future__ import annotations

import colorsys
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from formfill.readers._sheetformats import BUILT_IN, may_hide
from formfill.readers._sheetml import S, flag, local, whole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from formfill.readers._sheetml import Book, Element

_T = TypeVar("_T")
A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_OFFICE: Final = (
    *("FFFFFF", "000000", "EEECE1", "1F497D", "4F81BD", "C0504D", "9BBB59", "8064A2", "4BACC6", "F79646", "0000FF", "800080"),
)
"""Theme colours where the file has no theme, in the order of their index: light 1 comes before dark 1 (§18.8.3)."""
_THEME: Final = ["lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "hlink", "folHlink"]
_PALETTE: Final = (
    "000000FFFFFFFF000000FF000000FFFFFF00FF00FF00FFFF000000FFFFFFFF000000FF000000FFFFFF00FF00FF00FFFF"
    "800000008000000080808000800080008080C0C0C08080809999FF993366FFFFCCCCFFFF660066FF80800066CCCCCCFF"
    "000080FF00FFFFFF0000FFFF8000808000000080800000FF00CCFFCCFFFFCCFFCCFFFF9999CCFFFF99CCCC99FFFFCC99"
    "3366FF33CCCC99CC00FFCC00FF9900FF6600666699969696003366339966003300333300993300993366333399333333"
    "000000FFFFFF"
)
_INDEXED: Final = tuple(_PALETTE[at : at + 6] for at in range(0, len(_PALETTE), 6))
"""The indexed colours (§18.8.27); 64 and 65 are the colours of the system."""
WHITE: Final = "FFFFFF"
_NO_FILL: Final[tuple[str | None, bool]] = (None, False)


class Look(NamedTuple):
    """What a cell format shows."""

    fill: str | None = None
    """``RRGGBB`` of the background; None when there is none, or when it is white like the page."""
    hatched: bool = False
    """The fill is a pattern with paper showing through."""
    diagonals: int = 0
    """How many of the two diagonals are drawn."""
    bordered: bool = False
    code: str = ""
    """Number format; empty for General."""
    font: str = ""
    struck: bool = False
    checkbox: bool = False
    """A boolean shown as a check box (cell controls of Excel since 2024)."""
    texts: bool = False
    """The number format adds something to a text."""
    shows: bool = False
    """An empty cell shows something: a fill, a diagonal or an edge."""


PLAIN: Final = Look()


class Styles:
    """The cell formats of a workbook (``cellXfs``, §18.8.10), by their index."""

    def __init__(self, book: Book) -> None:
        self.looks: list[Look] = []
        self._known: dict[str | None, Look] = {}
        self._differential: list[str | None] = []
        self._striking: list[bool] = []
        self.masks = False
        """Whether some format shows nothing of some values."""
        part = book.named("styles", "xl/styles.xml")
        if part is None:
            return
        root = book.parse(part)
        self._colours = _Colours(book, root)
        fills = [self._fill(item) for item in root.iterfind(f"{S}fills/{S}fill")]
        borders = [_border(item) for item in root.iterfind(f"{S}borders/{S}border")]
        fonts = [_font(item) for item in root.iterfind(f"{S}fonts/{S}font")]
        codes = {whole(item.get("numFmtId")): item.get("formatCode") or "" for item in root.iterfind(f"{S}numFmts/{S}numFmt")}
        self._striking = [self.strikes(item) for item in root.iterfind(f"{S}dxfs/{S}dxf")]
        self._differential = [self.ground(item) for item in root.iterfind(f"{S}dxfs/{S}dxf")]
        parents = [self._ids(xf) for xf in root.iterfind(f"{S}cellStyleXfs/{S}xf")]
        for xf in root.iterfind(f"{S}cellXfs/{S}xf"):
            ids = self._ids(xf, _at(parents, whole(xf.get("xfId"), -1), {}))
            fill, hatched = _at(fills, ids["fillId"], _NO_FILL)
            diagonals, bordered = _at(borders, ids["borderId"], (0, False))
            font, struck = _at(fonts, ids["fontId"], ("", False))
            code = codes.get(ids["numFmtId"]) or BUILT_IN.get(ids["numFmtId"], "")
            checkbox = any(local(item) == "xfComplement" for item in xf.iter())
            shows = bool(fill or diagonals or bordered)
            self.masks = self.masks or may_hide(code)
            self.looks.append(
                Look(fill, hatched, diagonals, bordered, code, font, struck, checkbox, "@" in code and code != "@", shows)
            )

    def look(self, index: str | None) -> Look:
        """The look of a cell by its ``s``; plain when there is no such format."""
        look = self._known.get(index)
        if look is None:
            look = self._known[index] = _at(self.looks, whole(index, 0), PLAIN)
        return look

    def differential(self, index: str | None) -> str | None:
        """The fill that a rule of conditional formatting gives, by its ``dxfId``; None when it gives none, or white."""
        return _at(self._differential, whole(index, -1), None)

    def striking(self, index: str | None) -> bool:
        """Tells whether a rule of conditional formatting strikes text through, by its ``dxfId``."""
        return _at(self._striking, whole(index, -1), False)

    @staticmethod
    def strikes(format: Element) -> bool:
        """Tells whether a differential format strikes text through (§18.4.10)."""
        font = format.find(S + "font")
        return font is not None and _font(font)[1]

    def ground(self, format: Element) -> str | None:
        """The fill of a differential format (§18.8.14); of a solid one the colour is the background, not the foreground."""
        fill = format.find(S + "fill")
        if fill is None:
            return None
        for child in fill:
            if local(child) == "gradientFill":
                return self._fill(fill)[0]
            kind = child.get("patternType") or "solid"
            if kind == "none":
                return None
            ground, ink = self._colours.of(child.find(S + "bgColor")), self._colours.of(child.find(S + "fgColor"))
            colour = (ground or ink) if kind == "solid" else (ink or ground or "000000")
            return None if colour == WHITE else colour
        return None

    @staticmethod
    def _ids(xf: Element, parent: dict[str, int] | None = None) -> dict[str, int]:
        """The parts that a format names; one that it leaves out is its parent's (§18.8.45)."""
        return {name: whole(xf.get(name), (parent or {}).get(name, 0)) for name in ("fillId", "borderId", "fontId", "numFmtId")}

    def _fill(self, fill: Element) -> tuple[str | None, bool]:
        """Colour of a fill and whether it is hatched (§18.8.20, §18.8.24, §18.8.32)."""
        for child in fill:
            if local(child) == "gradientFill":
                stops = [self._colours.of(colour) for colour in child.iter(S + "color")]
                return next(((colour, False) for colour in stops if colour not in {None, WHITE}), (None, False))
            pattern = child.get("patternType") or "none"
            if pattern == "none":
                continue
            if pattern == "solid":
                colour = self._colours.of(child.find(S + "fgColor"))
                # no colour at all is the colour of text
                return (None if colour == WHITE else colour or "000000"), False
            return (self._colours.of(child.find(S + "fgColor")) or "000000"), True
        return None, False


class _Colours:
    """The palette of a workbook."""

    def __init__(self, book: Book, styles: Element) -> None:
        self.theme = list(_OFFICE)
        part = book.named("theme", "xl/theme/theme1.xml")
        scheme = next(book.parse(part).iter(A + "clrScheme"), None) if part else None
        for element in scheme if scheme is not None else ():
            colour = next((item.get("lastClr") or item.get("val") for item in element), None)
            if local(element) in _THEME and colour and len(colour) == 6:
                self.theme[_THEME.index(local(element))] = colour.upper()
        own = [item.get("rgb") or "" for item in styles.iterfind(f"{S}colors/{S}indexedColors/{S}rgbColor")]
        self.indexed = [rgb[-6:].upper() for rgb in own] + list(_INDEXED[len(own) :])

    def of(self, colour: Element | None) -> str | None:
        """``RRGGBB`` of a colour (§18.8.3, §18.8.19); None when it says none."""
        if colour is None or flag(colour, "auto"):
            return None
        rgb = colour.get("rgb")
        if rgb is not None:
            base: str | None = rgb[-6:].upper()
        elif colour.get("theme") is not None:
            at = whole(colour.get("theme"), -1)
            base = self.theme[at] if 0 <= at < len(self.theme) else None
        else:
            at = whole(colour.get("indexed"), -1)
            base = self.indexed[at] if 0 <= at < len(self.indexed) else None
        try:
            tint = float(colour.get("tint") or 0)
            return base and (tinted(base, tint) if tint else base)
        except ValueError:
            return base


def tinted(rgb: str, tint: float) -> str:
    """The colour lightened (tint above 0) or darkened, as §18.8.19 has it: on the luminance."""
    red, green, blue = (int(rgb[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    tint = max(-1.0, min(1.0, tint))
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    return "".join(f"{round(value * 255):02X}" for value in colorsys.hls_to_rgb(hue, light, saturation))


def _border(border: Element) -> tuple[int, bool]:
    """How many diagonals a border draws (§18.8.4, §18.8.13), and whether it has an edge."""
    lines = {local(side) for side in border if (side.get("style") or "none") != "none"}
    drawn = "diagonal" in lines
    return (flag(border, "diagonalUp") + flag(border, "diagonalDown") if drawn else 0), bool(lines - {"diagonal"})


def _font(font: Element) -> tuple[str, bool]:
    name, struck = "", False
    for child in font:
        if local(child) == "name":
            name = child.get("val") or ""
        elif local(child) == "strike":
            struck = (child.get("val") or "1").lower() in {"1", "true"}
    return name, struck


def _at(items: Sequence[_T], index: int, default: _T) -> _T:
    return items[index] if 0 <= index < len(items) else default
