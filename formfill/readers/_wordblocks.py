"""The blocks of a Word story: its paragraphs and tables, the rows of a table, the cells of a row (ECMA-376 Part 1 §17.2, §17.4).

Content controls, custom XML and smart tags are walked through wherever they stand; of ``mc:AlternateContent`` only the first
branch is read. What stands inside a paragraph is read by ``_wordruns.py``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from formfill.readers import _wordnames as n
from formfill.readers._symbols import font_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.readers._wordnames import Element

_BLOCKS: Final = frozenset((n.P, n.TBL))


def blocks(story: Element) -> Iterator[Element]:
    """The paragraphs and tables of a story in order, through every wrapper; a block control is given as it is when it is a box."""
    for child in story:
        tag = child.tag
        if tag in _BLOCKS:
            yield child
        elif tag == n.SDT:
            if child.find(f"{n.SDT_PR}/{n.W14}checkbox") is not None:
                yield child
            else:
                content = shown_content(child)
                if content is not None:
                    yield from blocks(content)
        elif tag in n.WRAPPERS:
            yield from blocks(child)
        elif tag == n.ALTERNATE and len(child):
            yield from blocks(child[0])


def shown_content(sdt: Element) -> Element | None:
    """What a content control holds (§17.5.2); None for a placeholder, which nobody wrote."""
    placeholder = sdt.find(f"{n.SDT_PR}/{n.PLACEHOLDER}")
    return None if n.switched(placeholder) else sdt.find(n.SDT_CONTENT)


def rows(parent: Element) -> Iterator[tuple[Element, Element | None]]:
    """The rows of a table, each with the check box control that stands around it, if any."""
    for child in parent:
        tag = child.tag
        if tag == n.TR:
            yield child, None
        elif tag == n.SDT:
            content = child.find(n.SDT_CONTENT)
            if content is not None:
                boxed = child.find(f"{n.SDT_PR}/{n.W14}checkbox") is not None
                for row, control in rows(content):
                    yield row, child if boxed else control
        elif tag in n.WRAPPERS:
            yield from rows(child)


def cells(row: Element, control: Element | None = None) -> Iterator[tuple[Element, Element | None]]:
    """The cells of a row, each with the content control that stands around it, if any."""
    for child in row:
        tag = child.tag
        if tag == n.TC:
            yield child, control
        elif tag == n.SDT:
            content = child.find(n.SDT_CONTENT)
            if content is not None:
                yield from cells(content, child)
        elif tag in n.WRAPPERS:
            yield from cells(child, control)


def properties(parent: Element, tag: str) -> Element | None:
    """The property element of a row or a cell: among its first children (§17.4)."""
    for child in parent:
        if child.tag == tag:
            return child
        if child.tag in (n.TC, n.P):
            return None
    return None


_CAREFUL: Final = frozenset(
    (
        *("tbl", "tab", "sdt", "smartTag", "sym", "softHyphen", "strike", "customXml", "cr", "ins", "del", "drawing", "dir"),
        *("dstrike", "moveFrom", "moveTo", "fldChar", "fldSimple", "vanish", "pict", "ptab", "object", "bdo", "br", "hyperlink"),
        *("noBreakHyphen", "commentRangeStart", "commentReference", "highlight", "cellDel", "cellIns"),
    )
)
"""Elements that a cell cannot hold and still be read at a glance."""
_OTHERS: Final = frozenset(
    (
        *("shd", "tl2br", "tr2bl", "numPr", "pStyle", "rStyle", "hidden", "altChunk", "headerReference", "footerReference"),
        *("footnoteReference", "endnoteReference"),
    )
)
"""Elements that ask for other parts of the package, or for a second look at a table."""
_NAMED: Final = re.compile(
    rb"<w:(t(?:bl|ab|l2br|r2bl)|s(?:dt|martTag|ym|oftHyphen|trike|hd)|c(?:ustomXml|r|omment(?:RangeStart|Reference)|ell(?:Del|Ins))"
    rb"|ins|d(?:el|rawing|ir|strike)|move(?:From|To)|f(?:ld(?:Char|Simple)|oot(?:er|note)Reference)|vanish|p(?:ict|tab|Style)"
    rb"|object|b(?:do|r)|h(?:yperlink|ighlight|idden|eaderReference)|n(?:oBreakHyphen|umPr)|rStyle|endnoteReference"
    rb"|altChunk)[\s/>]"
)
"""The same names in the bytes of a part."""
_FONTS: Final = (b"dings", b'"Symbol', b"ingbats", b'="Segoe')
_REACH: Final = 600
"""How far before a text the properties of its run begin, in bytes."""
_LONE: Final = re.compile(
    rb'<w:t(?: xml:space="preserve")?>\s?(?:(?:[!-;=-~]|[\xc2-\xc5].|\xe2[\x80-\x84].|\xee..|\xef[\x80-\x83].)\s?){1,3}</w:t>',
    re.DOTALL,
).finditer
"""Finds the runs of one to three characters that a symbol font may print as boxes."""


def features_of(part: bytes) -> Features:
    """The features of a small part; they matter to its tables only, and it seldom has any."""
    return Features(part if b":tbl>" in part else b"<w:hdr")


SHORT: Final = 8
"""A run in a symbol font is a box or a few; a longer text in one is a mistake of its style."""


class Features:
    """What a part names, told from its bytes: the extra work that its paragraphs and cells ask for."""

    __slots__ = ("careful", "lone", "named", "symbols")

    def __init__(self, part: bytes) -> None:
        head = part[:4096]
        known = (
            b"<w:document" in head or b"<w:hdr" in head or b"<w:ftr" in head or b"<w:footnotes" in head or b"<w:endnotes" in head
        )
        self.named = frozenset(map(bytes.decode, _NAMED.findall(part))) if known else _CAREFUL | _OTHERS
        """Which of the elements that ask for care the part names; all of them where the bytes do not tell."""
        self.lone = not known
        """Some run is a character or two, such as a symbol font would print as a box."""
        self.symbols = not known
        """Such a run names a symbol font."""
        for found in () if self.symbols else _LONE(part):
            self.lone = True
            at = found.start()
            if any(part.find(font, max(at - _REACH, 0), at) >= 0 for font in _FONTS):
                self.symbols = True
                break
        careful = [n.W + name for name in self.named & _CAREFUL]
        if not known or b"AlternateContent" in part:
            careful.append(n.ALTERNATE)
        if b"oMath" in part:
            careful += n.MATHS
        if "shd" in self.named:
            careful.append(n.SHD)
        self.careful = tuple(careful)
        """Tags at which a cell must be walked with care."""

    def any(self, *names: str) -> bool:
        """Tells whether the part names one of these elements."""
        return not self.named.isdisjoint(names)

    @property
    def fills(self) -> bool:
        """Cells may be filled, or crossed by diagonals."""
        return self.any("shd", "tl2br", "tr2bl")

    @property
    def changed_rows(self) -> bool:
        """Rows may be inserted, deleted or hidden."""
        return self.any("ins", "del", "hidden")


class CellHead:
    """How a cell stands in its table, and its paragraphs when they are nothing but text."""

    __slots__ = ("lines", "merged", "span")

    def __init__(self, cell: Element, careful: tuple[str, ...], *, symbols: bool = False) -> None:
        self.span = 1
        """Columns covered (``w:gridSpan``)."""
        self.merged: str | None = None
        """``restart`` or ``continue`` (``w:vMerge``), None for a cell that is not merged downwards."""
        self.lines: list[str] | None = []
        """The paragraphs; None when the cell must be walked with care."""
        # one pass in which lxml shows only the few elements that matter; the cell's properties come first (§17.4.65)
        lines: list[str] = []
        for node in cell.iter(n.P, n.T, n.GRID_SPAN, n.V_MERGE, *careful):
            tag = node.tag
            if tag == n.T and lines:
                if text := node.text:
                    lines[-1] += text
                    if symbols and len(text) <= SHORT and any(font_key(name) for name in _fonts(node)):
                        self.lines = None
                        return
            elif tag == n.P:
                lines.append("")
            elif tag == n.GRID_SPAN:
                self.span = max(n.number(node, 1), 1)
            elif tag == n.V_MERGE:
                self.merged = node.get(n.VAL, "continue")
            elif tag == n.SHD and (not lines or node.getparent().tag != n.R_PR):
                continue
            else:
                self.lines = None
                return
        self.lines = lines


def _fonts(text: Element) -> list[str]:
    """The fonts that the run of a ``w:t`` names itself."""
    properties = text.getparent()[0]
    fonts = properties.find(n.R_FONTS) if properties.tag == n.R_PR else None
    names: list[str] = fonts.values() if fonts is not None else []
    return names
