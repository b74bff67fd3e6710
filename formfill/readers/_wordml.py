"""WordprocessingML: one walk over a story (body, cell, text box) that yields paragraphs and tables.

Element names are those of ECMA-376 Part 1; ``w14`` is [MS-DOCX] §2.6. It knows no form. Content controls, custom XML and smart
tags are walked through wherever they stand; of ``mc:AlternateContent`` only the first branch is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from formfill.model.document import Evidence, Says
from formfill.readers._marks import Piece, glyph_evidence

if TYPE_CHECKING:
    from collections.abc import Iterator

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14: Final = "{http://schemas.microsoft.com/office/word/2010/wordml}"
MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

P, R, T, TAB, BR, CR = W + "p", W + "r", W + "t", W + "tab", W + "br", W + "cr"
TBL, TR, TC = W + "tbl", W + "tr", W + "tc"
SDT, SDT_CONTENT, SDT_PR = W + "sdt", W + "sdtContent", W + "sdtPr"
VAL, W14_VAL = W + "val", W14 + "val"
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


class Tracked:
    """Pending tracked changes met on the way: ``(kind, text, author)``, kind ``insertion`` or ``deletion``."""

    def __init__(self) -> None:
        self.changes: list[tuple[str, str, str | None]] = []
        self.hidden: list[str] = []


def blocks(story: Element, seen: Tracked) -> Iterator[Element]:
    """The paragraphs and tables of a story in order, through every wrapper."""
    for child in story:
        tag = child.tag
        if tag in _BLOCKS:
            yield child
        elif tag == SDT:
            content = child.find(SDT_CONTENT)
            if content is not None:
                yield from blocks(content, seen)
        elif tag in WRAPPERS:
            yield from blocks(child, seen)
        elif tag == MC + "AlternateContent":
            branch = child[0] if len(child) else None
            if branch is not None:
                yield from blocks(branch, seen)


def children(parent: Element, wanted: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, through content controls and custom XML."""
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


def cell_control(cell: Element) -> Element | None:
    """The content control that stands around a cell, if any."""
    parent = cell.getparent()
    return parent.getparent() if parent is not None and parent.tag == SDT_CONTENT else None


def pieces(paragraph: Element, seen: Tracked) -> list[Piece]:
    """The text and the boxes of a paragraph, in order."""
    out: list[Piece] = []
    _collect(paragraph, out, seen)
    return out


def _collect(parent: Element, out: list[Piece], seen: Tracked) -> None:
    for child in parent:
        tag = child.tag
        if tag == R:
            _run(child, out, seen)
        elif tag in SKIPPED:
            continue
        elif tag == SDT:
            _control(child, out, seen)
        elif tag in WRAPPERS:
            if tag == W + "ins":
                before = len(out)
                _collect(child, out, seen)
                seen.changes.append(("insertion", plain(out[before:]), child.get(W + "author")))
            else:
                _collect(child, out, seen)
        elif tag == W + "del":
            seen.changes.append(("deletion", "".join(t.text or "" for t in child.iter(W + "delText", T)), child.get(W + "author")))
        elif tag == MC + "AlternateContent" and len(child):
            _collect(child[0], out, seen)


def _run(run: Element, out: list[Piece], seen: Tracked) -> None:
    for node in run:
        tag = node.tag
        if tag == T:
            if node.text:
                out.append(node.text)
        elif tag == W + "rPr":
            if len(node) and node.find(W + "vanish") is not None and node.find(W + "vanish").get(VAL) not in _OFF:
                seen.hidden.append("".join(t.text or "" for t in run.iter(T)))
        elif tag in _CHARS:
            # page and column breaks are layout, not text
            if tag != BR or node.get(W + "type") in (None, "textWrapping"):
                out.append(_CHARS[tag])
        elif tag == W + "fldChar":
            box = node.find(f"{W}ffData/{W}checkBox")
            if box is not None:
                out.append(legacy_evidence(box))
        elif tag == MC + "AlternateContent" and len(node):
            _run(node[0], out, seen)
        elif tag in (W + "drawing", W + "pict", W + "object"):
            for content in node.iter(W + "txbxContent"):
                for block in blocks(content, seen):
                    if block.tag == P:
                        out.append("\n")
                        _collect(block, out, seen)


def _control(sdt: Element, out: list[Piece], seen: Tracked) -> None:
    properties, content = sdt.find(SDT_PR), sdt.find(SDT_CONTENT)
    if properties is not None:
        checkbox = properties.find(W14 + "checkbox")
        if checkbox is not None:
            out.append(checkbox_evidence(checkbox, content))
            return
        if properties.find(W + "showingPlcHdr") is not None:
            return
    if content is not None:
        _collect(content, out, seen)


def placeholder(paragraph: Element) -> bool:
    """True when the paragraph is the placeholder of a block content control, which is no text of anyone."""
    parent = paragraph.getparent()
    if parent is None or parent.tag != SDT_CONTENT:
        return False
    properties = parent.getparent().find(SDT_PR)
    return properties is not None and properties.find(W + "showingPlcHdr") is not None


def checkbox_evidence(checkbox: Element, content: Element | None) -> tuple[Evidence, ...]:
    """What a ``w14:checkbox`` says: its attribute, and the glyph that it shows ([MS-DOCX] §2.6.1.10)."""
    checked = checkbox.find(W14 + "checked")
    value = checked.get(W14_VAL, "1") if checked is not None else "0"
    says = Says.TICKED if value in _ON else Says.BLANK if value in _OFF else Says.UNCLEAR
    found = [Evidence("w14:checked", says, f"w14:checked={value}" if checked is not None else "w14:checked absent")]
    shown = "".join(t.text or "" for t in content.iter(T)).strip() if content is not None else ""
    if shown:
        on, off = _symbol(checkbox.find(W14 + "checkedState"), "☒"), _symbol(checkbox.find(W14 + "uncheckedState"), "☐")
        known = glyph_evidence(shown)
        if known is not None:
            found.append(known)
        elif shown == on != off:
            found.append(Evidence("glyph", Says.TICKED, f"U+{ord(shown[0]):04X} w14:checkedState"))
        elif shown == off != on:
            found.append(Evidence("glyph", Says.BLANK, f"U+{ord(shown[0]):04X} w14:uncheckedState"))
        else:
            found.append(Evidence("glyph", Says.UNCLEAR, repr(shown[:20])))
    return tuple(found)


def _symbol(state: Element | None, default: str) -> str:
    value = state.get(W14_VAL) if state is not None else None
    try:
        return chr(int(value, 16)) if value else default
    except (ValueError, OverflowError):
        return default


def legacy_evidence(box: Element) -> tuple[Evidence, ...]:
    """What a legacy ``w:checkBox`` says: ``w:checked`` when present, else ``w:default`` (ECMA-376 Part 1 §17.16.8)."""
    for name in ("checked", "default"):
        node = box.find(W + name)
        if node is not None:
            value = node.get(VAL, "1")
            says = Says.TICKED if value in _ON else Says.BLANK if value in _OFF else Says.UNCLEAR
            return (Evidence("FORMCHECKBOX", says, f"w:{name}={value}"),)
    return (Evidence("FORMCHECKBOX", Says.BLANK, "w:checked absent, w:default absent"),)


def plain(items: list[Piece]) -> str:
    """The text of pieces, boxes left out."""
    return "".join(item for item in items if isinstance(item, str))
