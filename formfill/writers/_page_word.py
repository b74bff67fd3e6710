"""The page of a Word template, as data that a page setter shows: tables, paragraphs, runs, and the places that a record fills.

The official blank is the one model of the form: the PDF is set from the same template as the Word document. Drawings apart.
"""

from __future__ import annotations

import io
import zipfile
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from formfill import resources
from formfill.writers._docx_template import DOCUMENT, W, parse
from formfill.writers._page_measures import borders, frames, height, looks, shaped, stand, stops
from formfill.writers._page_pieces import wording
from formfill.writers._page_styles import Look, Styles
from formfill.writers._word_form import EPREUVE

if TYPE_CHECKING:
    from collections.abc import Iterator

Element = Any
Node = dict[str, Any]
NARROW: Final = 0.9
"""The bundled font is as wide as Arial, and wider than Calibri by as much: there, sizes are set smaller."""
HAIRLINE: Final = 0.1
"""Points of a line that the blank does not draw."""
_SYMBOLS: Final = {"F027": "☎", "F028": "☎", "F0A8": "☐", "F0A1": "☐"}
"""What symbols of the blanks mean, where Wingdings is missing."""
_SIDES: Final = ("top", "right", "bottom", "left")


@cache
def page_of(form: str, edition: str) -> list[Node]:
    """The page of an edition; raises ``MissingTemplateError`` when it has no template."""
    return word_page(resources.template(form, f"blank-{edition}.docx").read_bytes())


def word_page(data: bytes) -> list[Node]:
    """The sections of a template, each with the size of its page and its blocks."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        root, styles = parse(package.read(DOCUMENT)), parse(package.read("word/styles.xml"))
        notes = parse(package.read("word/footnotes.xml")) if "word/footnotes.xml" in package.namelist() else None
    return _Page(root, Styles(styles), notes).sections()


class _Page:
    def __init__(self, root: Element, styles: Styles, notes: Element) -> None:
        self.root = root
        self.styles = styles
        self.notes = {note.get(W + "id"): note for note in notes.iter(W + "footnote")} if notes is not None else {}
        self.titled = False
        fonts = [fonts.get(W + "ascii", "") for fonts in root.iter(W + "rFonts")]
        self.scale = NARROW if sum("Calibri" in font for font in fonts) > fonts.count("Arial") else 1.0

    def sections(self) -> list[Node]:
        found: list[Node] = []
        blocks: list[Node] = []
        for child in self.root.find(W + "body"):
            name = child.tag.rpartition("}")[2]
            if name == "sectPr":
                found.append(_section(child, blocks))
                break
            blocks += self.block(child)
            ends = child.find(f"{W}pPr/{W}sectPr") if name == "p" else None
            if ends is not None:
                found.append(_section(ends, blocks))
                blocks = []
        return found

    def block(self, element: Element) -> Iterator[Node]:
        """The blocks of an element of a body or a cell."""
        match element.tag.rpartition("}")[2]:
            case "p":
                yield from self.paragraph(element)
            case "tbl":
                yield from self.table(element)
            case "sdt":
                tag = element.find(f"{W}sdtPr/{W}tag")
                taken = list(element.find(W + "sdtContent"))
                empty = [block for child in taken for block in self.block(child)]
                shape, look = self.styles.paragraph(taken[-1])
                yield {
                    "k": "field",
                    "field": tag.get(W + "val"),
                    "empty": empty,
                    "like": {**shaped(shape), **looks(look, self.scale)},
                }

    def paragraph(self, paragraph: Element) -> Iterator[Node]:
        shape, look = self.styles.paragraph(paragraph)
        runs = list(self.runs(paragraph, look))
        while runs and runs[0].get("page"):
            yield {"k": "page"}
            runs.pop(0)
        text = "".join(run.get("text", "") for run in runs)
        node = {"k": "p", **shaped(shape), "runs": stops(runs, shape), "z": round((look.size or 10) * self.scale, 2)}
        fixed = not any("field" in run for run in runs)
        if fixed and text.strip() and (not self.titled or text.lstrip().upper().startswith("ANNEXE")):
            node["title"] = True
            self.titled = True
        yield node

    def runs(self, parent: Element, look: Look) -> Iterator[Node]:
        """The runs of a paragraph, its controls as the places of fields and boxes."""
        for child in parent:
            match child.tag.rpartition("}")[2]:
                case "r":
                    yield from self.run(child, self.styles.run(child, look))
                case "sdt":
                    yield from self.control(child, look)
                case "hyperlink" | "smartTag" | "ins":
                    yield from self.runs(child, look)

    def control(self, sdt: Element, look: Look) -> Iterator[Node]:
        tag = sdt.find(f"{W}sdtPr/{W}tag").get(W + "val")
        first = sdt.find(f"{W}sdtContent/{W}r")
        own = self.styles.run(first, look)
        field, _colon, option = tag.partition(":")
        if option:
            yield {"box": [field, option], **looks(own, self.scale)}
        elif tag == EPREUVE:
            yield {"epreuve": True, "text": "".join(first.itertext()), **looks(own, self.scale)}
        else:
            yield {"field": tag, "empty": list(self.runs(sdt.find(W + "sdtContent"), look)), **looks(own, self.scale)}

    def run(self, run: Element, look: Look) -> Iterator[Node]:
        if look.gone:
            return
        for child in run:
            match child.tag.rpartition("}")[2]:
                case "t":
                    text = (child.text or "").upper() if look.caps else child.text or ""
                    if text:
                        yield {"text": text, "s": wording(text), **looks(look, self.scale)}
                case "tab":
                    yield {"tab": True}
                case "br":
                    yield {"page": True} if child.get(W + "type") == "page" else {"br": True}
                case "sym":
                    shown = _SYMBOLS.get(child.get(W + "char", "").upper(), "")
                    yield {"text": shown, "s": wording(shown), **looks(look, self.scale)}
                case "noBreakHyphen":
                    yield {"text": "\u2011", "s": wording("\u2011"), **looks(look, self.scale)}
                case "footnoteReference":
                    yield {"note": self.note(child.get(W + "id"))}
                case "AlternateContent":
                    yield from frames(child)

    def note(self, number: str) -> list[Node]:
        found: list[Node] = []
        for paragraph in self.notes[number].iter(W + "p"):
            found += list(self.runs(paragraph, self.styles.paragraph(paragraph)[1]))
        while found and not found[0].get("text", "").strip():
            found.pop(0)
        return found

    def table(self, table: Element) -> Iterator[Node]:
        """A table; a row that begins with a page break begins another."""
        widths = [int(col.get(W + "w")) / 20 for col in table.findall(f"{W}tblGrid/{W}gridCol")]
        position = stand(table.find(W + "tblPr"))
        edges: dict[str, float] = {}
        for lines in reversed(self.styles.table(table)):
            edges |= borders(lines)
        rows: list[Node] = []
        open_cells: dict[int, Node] = {}
        source = table.findall(W + "tr")
        for number, row in enumerate(source):
            made: Node = {"cells": [], "h": height(row), "header": row.find(f"{W}trPr/{W}tblHeader") is not None}
            skipped = row.find(f"{W}trPr/{W}gridBefore")
            at = int(skipped.get(W + "val")) if skipped is not None else 0
            if at:
                made["cells"].append({"x": 0, "cs": at, "rs": 1, "blocks": [], "stroke": {}})
            for cell in row.findall(W + "tc"):
                node = self.cell(cell, at, edges, last=number == len(source) - 1, first=number == 0)
                joins = cell.find(f"{W}tcPr/{W}vMerge")
                if joins is not None and joins.get(W + "val") != "restart" and at in open_cells:
                    open_cells[at]["rs"] += 1
                    open_cells[at]["stroke"]["bottom"] = node["stroke"].get("bottom")
                else:
                    made["cells"].append(node)
                    open_cells.pop(at, None)
                    if joins is not None:
                        open_cells[at] = node
                at += node["cs"]
            left = len(widths) - at
            if left > 0:
                made["cells"].append({"x": at, "cs": left, "rs": 1, "blocks": [], "stroke": {}})
            if made["cells"] and made["cells"][0]["blocks"][:1] == [{"k": "page"}]:
                made["cells"][0]["blocks"].pop(0)
                if rows:
                    yield {"k": "t", "cols": widths, "rows": rows, **position}
                yield {"k": "page"}
                rows = []
            _told_apart(made["cells"])
            rows.append(made)
        yield {"k": "t", "cols": widths, "rows": rows, **position}

    def cell(self, cell: Element, at: int, edges: dict[str, float], *, first: bool, last: bool) -> Node:
        properties = cell.find(W + "tcPr")
        span = properties.find(W + "gridSpan") if properties is not None else None
        found: Node = {"x": at, "cs": int(span.get(W + "val")) if span is not None else 1, "rs": 1}
        own = borders(properties.find(W + "tcBorders") if properties is not None else None)
        inside = {"top": edges.get("top" if first else "insideH"), "bottom": edges.get("bottom" if last else "insideH")}
        sides = {"left": edges.get("insideV", edges.get("left")), "right": edges.get("insideV", edges.get("right")), **inside}
        found["stroke"] = {side: own.get(side, sides.get(side)) for side in _SIDES}
        if properties is not None:
            fill = properties.find(W + "shd")
            if fill is not None and fill.get(W + "fill") not in (None, "auto", "FFFFFF", "ffffff"):
                found["fill"] = f"#{fill.get(W + 'fill')}"
            valign = properties.find(W + "vAlign")
            found["valign"] = {"center": "horizon", "bottom": "bottom"}.get(
                valign.get(W + "val") if valign is not None else "", "top"
            )
            for side in properties.findall(f"{W}tcMar/*"):
                found.setdefault("mar", {})[side.tag.rpartition("}")[2]] = int(side.get(W + "w")) / 20
            turn = properties.find(W + "textDirection")
            if turn is not None and turn.get(W + "val") == "btLr":
                found["turned"] = 0
        found["blocks"] = [block for child in cell for block in self.block(child)]
        return found


def _told_apart(cells: list[Node]) -> None:
    """A hairline beside a cell of paragraphs to write in, where the blank draws nothing between it and a text beside it."""
    for left, right in pairwise(cells):
        written = any(block["k"] == "field" for cell in (left, right) for block in cell["blocks"])
        if written and left["blocks"] and right["blocks"] and not left["stroke"].get("right") and not right["stroke"].get("left"):
            for cell in cells:
                cell["stroke"] = {side: cell["stroke"].get(side) or HAIRLINE for side in _SIDES}


def _section(properties: Element, blocks: list[Node]) -> Node:
    size, margins = properties.find(W + "pgSz"), properties.find(W + "pgMar")
    while blocks and blocks[-1]["k"] == "p" and not blocks[-1]["runs"]:
        # the paragraph that Word has after a table shows nothing, on no page of its own
        blocks = blocks[:-1]
    return {
        "width": int(size.get(W + "w")) / 20,
        "height": int(size.get(W + "h")) / 20,
        "margins": {side: abs(int(margins.get(W + side))) / 20 for side in _SIDES},
        "blocks": blocks,
    }
