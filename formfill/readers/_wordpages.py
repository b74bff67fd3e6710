"""Web pages and plain texts in a Word document, as the Word elements that say the same: paragraphs, tables, boxes of forms.

Looks that matter to a mark are kept (struck, highlighted), all others are left out; scripts, styles and hidden fields too.
"""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from typing import TYPE_CHECKING, Final

from lxml import etree, html

from formfill.readers import _wordnames as n
from formfill.readers._symbols import font_key

if TYPE_CHECKING:
    from formfill.readers._wordnames import Element

_SILENT: Final = frozenset(("head", "script", "style", "title", "template", "noscript", "object", "iframe", "svg"))
_BLOCKS: Final = frozenset(
    (
        *("p", "div", "li", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "hr", "form", "fieldset"),
        *("legend", "section", "article", "header", "footer", "main", "blockquote", "address", "caption", "body", "center"),
    )
)
_LOOKS: Final = {"s": n.STRIKE, "strike": n.STRIKE, "del": n.STRIKE, "mark": n.HIGHLIGHT}
_FONT: Final = "font:"
"""Begins the look of a text in a symbol font; its name follows."""
_FAMILY: Final = re.compile(r"(?:^|;)\s*font(?:-family)?\s*:\s*([^;]*)", re.IGNORECASE)
_MOST: Final = 63
"""Most columns or rows that a cell covers; Word has no more columns."""


def plain(data: bytes) -> Element:
    """A plain text as paragraphs."""
    root = etree.Element(n.W + "body")
    for line in _decoded(data).splitlines():
        _text(etree.SubElement(root, n.P), line, frozenset())
    return root


def page(data: bytes, *, archived: bool) -> Element:
    """A web page as paragraphs and tables.

    Args:
        data: its bytes.
        archived: whether they are a web archive (MHTML), whose first page is read.
    """
    root = etree.Element(n.W + "body")
    text = _decoded(data)
    if archived:
        message = message_from_bytes(data, policy=policy.default)
        part = message.get_body(("html", "plain"))
        text = str(part.get_content()) if part is not None else ""
    if text.lstrip().startswith("<?xml"):
        text = text[text.find("?>") + 2 :]
    if text.strip():
        _Page(root).walk(html.document_fromstring(text.replace("\x00", "")), frozenset())
    return root


def _decoded(data: bytes) -> str:
    """Text in UTF-8 or UTF-16, else in that of Windows."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _text(paragraph: Element, text: str, looks: frozenset[str]) -> None:
    clean = "".join(char for char in text if char >= " " or char == "\t")
    run = etree.SubElement(paragraph, n.R)
    if looks:
        properties = etree.SubElement(run, n.R_PR)
        for look in sorted(looks):
            if look.startswith(_FONT):
                name = look.removeprefix(_FONT)
                etree.SubElement(properties, n.R_FONTS, {n.W + "ascii": name, n.W + "hAnsi": name})
            else:
                etree.SubElement(properties, look, {n.VAL: "yellow" if look == n.HIGHLIGHT else "1"})
    etree.SubElement(run, n.T).text = clean


class _Page:
    """One page, or one cell, being made."""

    def __init__(self, holder: Element) -> None:
        self.holder = holder
        self.paragraph: Element | None = None

    def line(self) -> Element:
        """The paragraph that is open, else a new one."""
        if self.paragraph is None:
            self.paragraph = etree.SubElement(self.holder, n.P)
        return self.paragraph

    def say(self, text: str | None, looks: frozenset[str]) -> None:
        """Adds text, its spaces as a page shows them."""
        # a no-break space is no space between words
        words = " ".join(filter(None, (text or "").replace("\t", " ").replace("\n", " ").replace("\r", " ").split(" ")))
        if words:
            head = " " if text and text[0].isspace() and self.paragraph is not None else ""
            _text(self.line(), f"{head}{words}{' ' if text and text[-1].isspace() else ''}", looks)
        elif text and self.paragraph is not None:
            _text(self.paragraph, " ", looks)

    def walk(self, node: Element, looks: frozenset[str]) -> None:
        """Adds what an element holds."""
        self.say(node.text, looks)
        for child in node:
            tag = child.tag
            if isinstance(tag, str) and tag not in _SILENT:
                self._element(tag, child, looks)
            self.say(child.tail, looks)

    def _element(self, tag: str, node: Element, looks: frozenset[str]) -> None:
        if tag == "table":
            self.paragraph = None
            _table(node, self.holder, looks)
        elif tag == "br":
            etree.SubElement(etree.SubElement(self.line(), n.R), n.BR)
        elif tag == "input":
            self._input(node, looks)
        elif tag in ("select", "textarea"):
            options = list(node.iter("option"))
            chosen = [one for one in options if one.get("selected") is not None] or options[: node.get("multiple") is None]
            self.say(node.text_content() if tag == "textarea" else ", ".join(one.text_content() for one in chosen), looks)
        else:
            if tag in _BLOCKS:
                self.paragraph = None
            if tag in _LOOKS:
                looks |= {_LOOKS[tag]}
            if "line-through" in node.get("style", ""):
                looks |= {n.STRIKE}
            looks = _in_font(node, looks)
            self.walk(node, looks)
            if tag in _BLOCKS:
                self.paragraph = None

    def _input(self, node: Element, looks: frozenset[str]) -> None:
        kind = node.get("type", "text").casefold()
        if kind in ("checkbox", "radio"):
            checked = {} if node.get("checked") is None else {"checked": "1"}
            etree.SubElement(etree.SubElement(self.line(), n.R), n.HTML_INPUT, {"type": kind, **checked})
        elif kind not in ("hidden", "submit", "button", "reset", "image", "file"):
            self.say(node.get("value"), looks)


def _in_font(node: Element, looks: frozenset[str]) -> frozenset[str]:
    """The looks in an element that may name its font: a symbol font prints other characters (CSS 2.1 §15.3, HTML 4.01 §15.2.2)."""
    said = _FAMILY.search(node.get("style", ""))
    names = said[1] if said is not None else node.get("face") if node.tag == "font" else None
    if names is None:
        return looks
    others = frozenset(look for look in looks if not look.startswith(_FONT))
    # a shorthand gives the size before the family
    key = next((key for name in names.split(",") if (key := _symbol_font(name)) is not None), None)
    return others if key is None else others | {_FONT + key}


def _symbol_font(name: str) -> str | None:
    words = name.strip().strip("'\"").split()
    return next((key for at in range(len(words)) if (key := font_key(" ".join(words[at:]).strip("'\""))) is not None), None)


def _table(node: Element, holder: Element, looks: frozenset[str]) -> None:
    """A table (HTML 4.01 §11), a cell over several rows as Word has it."""
    table = etree.SubElement(holder, n.TBL)
    open_cells: dict[int, tuple[int, int]] = {}
    """Cells that go on from the rows above: how many rows, how many columns, by their first column."""
    for row in _rows(node):
        made = etree.SubElement(table, n.TR)
        column = 0
        cells = [child for child in row if child.tag in ("td", "th")]
        while cells or column in open_cells:
            if column in open_cells:
                left, span = open_cells.pop(column)
                if left > 1:
                    open_cells[column] = left - 1, span
                etree.SubElement(_cell(made, span, "continue"), n.P)
            else:
                own = cells.pop(0)
                span, down = _span(own, "colspan"), _span(own, "rowspan")
                if down > 1:
                    open_cells[column] = down - 1, span
                inside = _cell(made, span, "restart" if down > 1 else None)
                _Page(inside).walk(own, looks)
            column += span
    etree.SubElement(holder, n.P)


def _rows(table: Element) -> list[Element]:
    return [
        row
        for part in table
        for row in ([part] if part.tag == "tr" else part if part.tag in ("thead", "tbody", "tfoot") else ())
        if row.tag == "tr"
    ]


def _cell(row: Element, span: int, merged: str | None) -> Element:
    cell = etree.SubElement(row, n.TC)
    properties = etree.SubElement(cell, n.TC_PR)
    if span > 1:
        etree.SubElement(properties, n.GRID_SPAN, {n.VAL: str(span)})
    if merged is not None:
        etree.SubElement(properties, n.V_MERGE, {n.VAL: merged})
    return cell


def _span(cell: Element, name: str) -> int:
    value = cell.get(name, "1")
    return min(max(int(value), 1), _MOST) if value.isascii() and value.isdigit() and len(value) < 5 else 1
