"""WordprocessingML: one walk over a story (body, cell, text box) that yields paragraphs and tables.

Element names are those of ECMA-376 Part 1; ``w14`` is [MS-DOCX] §2.6. It knows no form. Content controls, custom XML and smart
tags are walked through wherever they stand; of ``mc:AlternateContent`` only the first branch is read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from formfill.model.document import Evidence, Says
from formfill.readers._marks import Piece, glyph_evidence

if TYPE_CHECKING:
    from collections.abc import Iterator

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14: Final = "{http://schemas.microsoft.com/office/word/2010/wordml}"
MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

P, R, T, TAB, BR, CR = W + "p", W + "r", W + "t", W + "tab", W + "br", W + "cr"
SDT, SDT_CONTENT, SDT_PR = W + "sdt", W + "sdtContent", W + "sdtPr"
VAL, W14_VAL = W + "val", W14 + "val"
TBL, TR, TC, TC_PR, P_PR, R_PR = W + "tbl", W + "tr", W + "tc", W + "tcPr", W + "pPr", W + "rPr"
VANISH, INS, DEL, DEL_TEXT, AUTHOR = W + "vanish", W + "ins", W + "del", W + "delText", W + "author"
FLD_CHAR, FLD_BOX = W + "fldChar", f"{W}ffData/{W}checkBox"
TR_PR, GRID_BEFORE, GRID_SPAN, V_MERGE = W + "trPr", W + "gridBefore", W + "gridSpan", W + "vMerge"
DRAWN: Final = frozenset((W + "drawing", W + "pict", W + "object"))
ALTERNATE: Final = MC + "AlternateContent"
CHECKBOX, CHECKED, CHECKED_STATE, UNCHECKED_STATE = (W14 + n for n in ("checkbox", "checked", "checkedState", "uncheckedState"))
SDT_CHECKBOX: Final = f"{SDT_PR}/{CHECKBOX}"
PLACEHOLDER: Final = W + "showingPlcHdr"
WRAPPERS: Final = frozenset(
    W + name for name in ("sdtContent", "customXml", "smartTag", "ins", "moveTo", "hyperlink", "fldSimple", "dir", "bdo")
) | {MC + "Choice"}
"""Elements that only hold what is read."""
SKIPPED: Final = frozenset(W + name for name in ("pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr", "sdtPr", "sdtEndPr", "moveFrom"))
_CHARS: Final = {TAB: "\t", BR: "\n", CR: "\n", W + "noBreakHyphen": "\u2011", W + "softHyphen": "\u00ad", W + "ptab": "\t"}
_BLOCKS: Final = frozenset((P, TBL))
_ON: Final = frozenset(("1", "true", "on"))
_OFF: Final = frozenset(("0", "false", "off"))

Element = Any
"""An lxml element; lxml-stubs types its attributes too loosely to help here."""


class Seen:
    """What a walk meets on its way and must report."""

    def __init__(self) -> None:
        self.changes: list[tuple[str, str, str | None]] = []
        """Pending tracked changes: ``(kind, text, author)``, kind ``insertion`` or ``deletion``."""
        self.hidden: list[str] = []
        """Hidden texts."""


def blocks(story: Element, seen: Seen) -> Iterator[Element]:
    """The paragraphs and tables of a story in order, through every wrapper."""
    for child in story:
        tag = child.tag
        if tag in _BLOCKS:
            yield child
        elif tag == SDT:
            content = shown_content(child)
            if content is not None:
                yield from blocks(content, seen)
        elif tag in WRAPPERS:
            yield from blocks(child, seen)
        elif tag == ALTERNATE:
            branch = child[0] if len(child) else None
            if branch is not None:
                yield from blocks(branch, seen)


def shown_content(sdt: Element) -> Element | None:
    """What a content control holds; None for a placeholder, which nobody wrote."""
    return None if sdt.find(f"{SDT_PR}/{PLACEHOLDER}") is not None else sdt.find(SDT_CONTENT)


def children(parent: Element, wanted: str) -> Iterator[Element]:
    """The rows of a table, through content controls and custom XML."""
    for child in parent:
        tag = child.tag
        if tag == wanted:
            yield child
        elif tag == SDT:
            content = child.find(SDT_CONTENT)
            if content is not None:
                yield from children(content, wanted)
        elif tag in WRAPPERS:
            yield from children(child, wanted)


def cells(row: Element, control: Element | None = None) -> Iterator[tuple[Element, Element | None]]:
    """The cells of a row, each with the content control that stands around it, if any."""
    for child in row:
        tag = child.tag
        if tag == TC:
            yield child, control
        elif tag == SDT:
            content = child.find(SDT_CONTENT)
            if content is not None:
                yield from cells(content, child)
        elif tag in WRAPPERS:
            yield from cells(child, control)


def properties(parent: Element, tag: str) -> Element | None:
    """The property element of a row or a cell: among its first children (ECMA-376 Part 1 §17.4)."""
    for child in parent:
        if child.tag == tag:
            return child
        if child.tag in (TC, P):
            return None
    return None


_CAREFUL: Final = tuple(
    W + name
    for name in (
        *("tbl", "tab", "sdt", "smartTag", "sym", "softHyphen", "strike", "customXml", "cr", "ins", "del", "drawing", "dir"),
        *("dstrike", "moveFrom", "moveTo", "fldChar", "fldSimple", "vanish", "pict", "ptab", "object", "bdo", "br", "hyperlink"),
        "noBreakHyphen",
    )
)
"""Elements that a cell cannot hold and still be read at a glance."""
_NAMED: Final = re.compile(
    rb"<w:(t(?:bl|ab)|s(?:dt|martTag|ym|oftHyphen|trike)|c(?:ustomXml|r)|ins|d(?:el|rawing|ir|strike)|move(?:From|To)"
    rb"|fld(?:Char|Simple)|vanish|p(?:ict|tab)|object|b(?:do|r)|hyperlink|noBreakHyphen)[\s/>]"
)
"""The same names in the bytes of a part."""


def careful_tags(part: bytes) -> tuple[str, ...]:
    """Which of the elements that ask for care a part names at all; all of them where the bytes do not tell."""
    if b"<w:document" not in part[:4096]:
        return (*_CAREFUL, ALTERNATE)
    named = tuple(W + name.decode() for name in set(_NAMED.findall(part)))
    return (*named, ALTERNATE) if b"AlternateContent" in part else named


class CellHead:
    """How a cell stands in its table, and its paragraphs when they are nothing but text."""

    __slots__ = ("lines", "merged", "span")

    def __init__(self, cell: Element, careful: tuple[str, ...]) -> None:
        self.span = 1
        """Columns covered (``w:gridSpan``)."""
        self.merged: str | None = None
        """``restart`` or ``continue`` (``w:vMerge``), None for a cell that is not merged downwards."""
        self.lines: list[str] | None = []
        """The paragraphs; None when the cell must be walked with care."""
        # one pass in which lxml shows only the few elements that matter; the cell's properties come first (§17.4.65)
        lines: list[str] = []
        for node in cell.iter(P, T, GRID_SPAN, V_MERGE, *careful):
            tag = node.tag
            if tag == T and lines:
                if text := node.text:
                    lines[-1] += text
            elif tag == P:
                lines.append("")
            elif tag == GRID_SPAN:
                self.span = max(number(node, 1), 1)
            elif tag == V_MERGE:
                self.merged = node.get(VAL, "continue")
            else:
                self.lines = None
                return
        self.lines = lines


def number(node: Element, default: int) -> int:
    """The ``w:val`` of an element as a small number."""
    value = node.get(VAL, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 5 else default


def pieces(paragraph: Element, seen: Seen) -> list[Piece]:
    """The text and the boxes of a paragraph, in order."""
    out: list[Piece] = []
    _collect(paragraph, out, seen)
    return out


def _collect(parent: Element, out: list[Piece], seen: Seen) -> None:
    for child in parent:
        tag = child.tag
        if tag == R:
            for node in child:
                kind = node.tag
                if kind == T:
                    if text := node.text:
                        out.append(text)
                elif kind != R_PR:
                    _run_part(kind, node, out, seen)
                else:
                    _hidden(node, child, seen)
        elif tag in SKIPPED:
            continue
        elif tag == SDT:
            _control(child, out, seen)
        elif tag == INS:
            before = len(out)
            _collect(child, out, seen)
            seen.changes.append(("insertion", plain(out[before:]), child.get(AUTHOR)))
        elif tag in WRAPPERS:
            _collect(child, out, seen)
        elif tag == DEL:
            seen.changes.append(("deletion", "".join(t.text or "" for t in child.iter(DEL_TEXT, T)), child.get(AUTHOR)))
        elif tag == ALTERNATE and len(child):
            _collect(child[0], out, seen)


def _run_part(tag: str, node: Element, out: list[Piece], seen: Seen) -> None:
    """What a run holds besides its text."""
    if tag in _CHARS:
        # page and column breaks are layout, not text
        if tag != BR or node.get(W + "type") in (None, "textWrapping"):
            out.append(_CHARS[tag])
    elif tag == FLD_CHAR:
        box = node.find(FLD_BOX)
        if box is not None:
            out.append(legacy_evidence(box))
    elif tag == ALTERNATE:
        for part in node[0] if len(node) else ():
            if part.tag == T:
                out.append(part.text or "")
            else:
                _run_part(part.tag, part, out, seen)
    elif tag in DRAWN:
        for content in node.iter(W + "txbxContent"):
            for block in blocks(content, seen):
                if block.tag == P:
                    out.append("\n")
                    _collect(block, out, seen)


def _hidden(properties: Element, run: Element, seen: Seen) -> None:
    vanish = properties.find(VANISH)
    if vanish is not None and vanish.get(VAL) not in _OFF:
        seen.hidden.append("".join(t.text or "" for t in run.iter(T)))


def _control(sdt: Element, out: list[Piece], seen: Seen) -> None:
    evidence = control_evidence(sdt)
    if evidence is not None:
        out.append(evidence)
        return
    content = shown_content(sdt)
    if content is not None:
        _collect(content, out, seen)


def control_evidence(sdt: Element, shown: Element | None = None) -> tuple[Evidence, ...] | None:
    """What a content control says when it is a check box, else None.

    Args:
        sdt: the control (§17.5.2).
        shown: the element that shows its glyph; the control's content by default.
    """
    checkbox = content = None
    for child in sdt:
        if child.tag == SDT_PR:
            checkbox = next(child.iterchildren(CHECKBOX), None)
            if checkbox is None:
                return None
        elif child.tag == SDT_CONTENT:
            content = child
    return None if checkbox is None else _checkbox(checkbox, content if shown is None else shown)


def legacy_evidence(box: Element) -> tuple[Evidence, ...]:
    """What a legacy ``w:checkBox`` says: ``w:checked`` when present, else ``w:default`` (ECMA-376 Part 1 §17.16.8)."""
    for name in ("checked", "default"):
        node = box.find(W + name)
        if node is not None:
            value = node.get(VAL, "1")
            says = Says.TICKED if value in _ON else Says.BLANK if value in _OFF else Says.UNCLEAR
            return (Evidence("FORMCHECKBOX", says, f"w:{name}={value}"),)
    return (Evidence("FORMCHECKBOX", Says.BLANK, "w:checked absent, w:default absent"),)


def _checkbox(checkbox: Element, content: Element | None) -> tuple[Evidence, ...]:
    """What a ``w14:checkbox`` says: its attribute, and the glyph that it shows ([MS-DOCX] §2.6.1.10)."""
    checked = next(checkbox.iterchildren(CHECKED), None)
    value = checked.get(W14_VAL, "1") if checked is not None else "0"
    says = Says.TICKED if value in _ON else Says.BLANK if value in _OFF else Says.UNCLEAR
    attribute = Evidence("w14:checked", says, f"w14:checked={value}" if checked is not None else "w14:checked absent")
    shown = "".join([t.text or "" for t in content.iter(T)]).strip() if content is not None else ""
    return (attribute, glyph_evidence(shown) or _declared(checkbox, shown)) if shown else (attribute,)


def _declared(checkbox: Element, shown: str) -> Evidence:
    """What the control itself says its glyph means, for glyphs that are no box by themselves."""
    on, off = _symbol(checkbox.find(CHECKED_STATE), "☒"), _symbol(checkbox.find(UNCHECKED_STATE), "☐")
    if shown == on != off:
        return Evidence("glyph", Says.TICKED, f"U+{ord(shown[0]):04X} w14:checkedState")
    if shown == off != on:
        return Evidence("glyph", Says.BLANK, f"U+{ord(shown[0]):04X} w14:uncheckedState")
    return Evidence("glyph", Says.UNCLEAR, repr(shown[:20]))


def _symbol(state: Element | None, default: str) -> str:
    value = state.get(W14_VAL) if state is not None else None
    try:
        return chr(int(value, 16)) if value else default
    except (ValueError, OverflowError):
        return default


def plain(items: list[Piece]) -> str:
    """The text of pieces, boxes left out."""
    return "".join(item for item in items if isinstance(item, str))
