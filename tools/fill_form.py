"""Fills the official Word blanks as people do: typed after a label, under it, in a cell; boxes in many ways.

It writes XML directly, so that what the tests read was made by none of formfill's own writers.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Any, Final

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14: Final = "{http://schemas.microsoft.com/office/word/2010/wordml}"
STAMP: Final = (2026, 1, 15, 8, 30, 0)
"""The date of every member."""
_LEADERS: Final = re.compile(r"[ \u00a0]*[.…_]{2,}(?:[ \u00a0]*/[ \u00a0]*[.…_]{2,})*")
Element = Any
"""An lxml element: what must be there is found or the blank is not the one expected."""


class Form:
    """A Word blank being filled in.

    Args:
        blank: its path.
    """

    def __init__(self, blank: Path) -> None:
        with zipfile.ZipFile(blank) as package:
            self._members = [(item.filename, package.read(item)) for item in package.infolist()]
        self.root: Element = etree.fromstring(next(data for name, data in self._members if name == "word/document.xml"))

    def _paragraph(self, label: str, nth: int = 0, within: str = "") -> Element:
        wanted = " ".join(label.split())
        found = [p for p in self.root.iter(f"{W}p") if wanted in (text := " ".join(_text(p).split())) and within in text]
        if len(found) <= nth:
            raise LookupError(label)
        return found[nth]

    def after(self, label: str, value: str, *, nth: int = 0, within: str = "") -> None:
        """Types a value right after a label, over the dots that stand there; ``within`` names the line by other words of it."""
        paragraph = self._paragraph(label, nth, within)
        whole, runs = "", []
        for text in paragraph.iter(f"{W}t"):
            runs.append((len(whole), text))
            whole += text.text or ""
        match = re.search(r"[\s\u00a0]*".join(re.escape(word) for word in label.split()), whole)
        if match is None:
            raise LookupError(label)
        start, text = next((start, text) for start, text in reversed(runs) if start < match.end())
        own = text.text or ""
        cut = match.end() - start
        text.text = f"{own[:cut]} {value} {_LEADERS.sub('', own[cut:], count=1)}"
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        if not own[cut:]:
            for start, other in runs:
                if start >= match.end() and _LEADERS.fullmatch((other.text or "").strip(" \u00a0")):
                    other.text = ""
                elif start >= match.end() and (other.text or "").strip():
                    break

    def below(self, label: str, lines: Sequence[str], *, nth: int = 0) -> None:
        """Types paragraphs under the paragraph of a label."""
        at = self._paragraph(label, nth)
        for line in lines:
            made = _paragraph(line)
            at.addnext(made)
            at = made

    def tail(self, lines: Sequence[str]) -> None:
        """Types paragraphs after everything."""
        body = self.root.find(f"{W}body")
        last = body.find(f"{W}sectPr")
        for line in lines:
            last.addprevious(_paragraph(line))

    def cell(self, table: int, row: int, col: int, text: str) -> None:
        """Types in an empty cell: table, row and cell, from 0."""
        rows = list(list(self.root.iter(f"{W}tbl"))[table].iter(f"{W}tr"))
        paragraph = rows[row].findall(f"{W}tc")[col].find(f"{W}p")
        paragraph.append(_run(text))

    def replace(self, old: str, new: str) -> None:
        """Retypes a text wherever a run holds it."""
        for text in self.root.iter(f"{W}t"):
            text.text = (text.text or "").replace(old, new)

    def drop_row(self, label: str) -> None:
        """Deletes the row of a table that holds a label."""
        row = next(self._paragraph(label).iterancestors(f"{W}tr"))
        row.getparent().remove(row)

    def fields(self, how: Callable[[list[Element], bool], None], ticked: Sequence[int], *, every: bool = False) -> None:
        """Ticks legacy check boxes by their rank; with ``every``, the others are made in the same way, empty."""
        for rank, runs in enumerate(list(self._boxes())):
            if rank in ticked or every:
                how(runs, rank in ticked)

    def _boxes(self) -> Iterator[list[Element]]:
        """The runs of each legacy check box."""
        for paragraph in self.root.iter(f"{W}p"):
            runs: list[Element] | None = None
            for run in list(paragraph.iter(f"{W}r")):
                char = run.find(f"{W}fldChar")
                if char is not None and char.find(f"{W}ffData/{W}checkBox") is not None:
                    runs = []
                if runs is not None:
                    runs.append(run)
                if char is not None and char.get(f"{W}fldCharType") == "end" and runs:
                    yield runs
                    runs = None

    def symbols(self, ticked: Sequence[int], glyph: str) -> None:
        """Types a glyph in the place of boxes that are letters of a symbol font, by their rank."""
        boxes = [t for t in self.root.iter(f"{W}t") if (t.text or "").strip() == "\uf035"]
        for rank in ticked:
            run = boxes[rank].getparent()
            run.getparent().replace(run, _run(glyph))

    def syms(self, ticked: Sequence[int], char: str) -> None:
        """Changes the symbol (``w:sym``) of boxes, by their rank."""
        boxes = [s for s in self.root.iter(f"{W}sym") if s.get(f"{W}char", "").upper() in ("F0A8", "F0A1")]
        for rank in ticked:
            boxes[rank].set(f"{W}char", char)

    def data(self) -> bytes:
        """The bytes of the document, the same at each run."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
            for name, data in self._members:
                info = zipfile.ZipInfo(name, STAMP)
                info.compress_type = zipfile.ZIP_DEFLATED
                own = etree.tostring(self.root, xml_declaration=True, encoding="UTF-8", standalone=True)
                package.writestr(info, own if name == "word/document.xml" else data)
        return out.getvalue()


def default(runs: list[Element], on: bool) -> None:
    """As people do who edit the properties of the field: its default."""
    runs[0].find(f"{W}fldChar/{W}ffData/{W}checkBox/{W}default").set(f"{W}val", "1" if on else "0")


def checked(runs: list[Element], on: bool) -> None:
    """As a protected form, or LibreOffice, does."""
    box = runs[0].find(f"{W}fldChar/{W}ffData/{W}checkBox")
    etree.SubElement(box, f"{W}checked").set(f"{W}val", "1" if on else "0")


def typed(runs: list[Element], on: bool) -> None:
    """A glyph typed in the place of the field."""
    runs[0].addprevious(_run("☒" if on else "☐"))
    for run in runs:
        run.getparent().remove(run)


def control(runs: list[Element], on: bool) -> None:
    """A check box control of Word 2010, [MS-DOCX] §2.6.1."""
    sdt: Element = etree.Element(f"{W}sdt", nsmap={"w14": W14[1:-1]})
    box = etree.SubElement(etree.SubElement(sdt, f"{W}sdtPr"), f"{W14}checkbox")
    etree.SubElement(box, f"{W14}checked").set(f"{W14}val", "1" if on else "0")
    for name, code in (("checkedState", "2612"), ("uncheckedState", "2610")):
        state = etree.SubElement(box, f"{W14}{name}")
        state.set(f"{W14}val", code)
        state.set(f"{W14}font", "MS Gothic")
    etree.SubElement(sdt, f"{W}sdtContent").append(_run("☒" if on else "☐"))
    runs[0].addprevious(sdt)
    for run in runs:
        run.getparent().remove(run)


def symbol(runs: list[Element], on: bool) -> None:
    """A symbol of Wingdings in the place of the field."""
    run: Element = etree.Element(f"{W}r")
    sym = etree.SubElement(run, f"{W}sym")
    sym.set(f"{W}font", "Wingdings")
    sym.set(f"{W}char", "F0FE" if on else "F0A8")
    runs[0].addprevious(run)
    for old in runs:
        old.getparent().remove(old)


def _text(paragraph: Element) -> str:
    return "".join(t.text or "" for t in paragraph.iter(f"{W}t"))


def _run(text: str) -> Element:
    run: Element = etree.Element(f"{W}r")
    for rank, piece in enumerate(text.split("\t")):
        if rank:
            etree.SubElement(run, f"{W}tab")
        made = etree.SubElement(run, f"{W}t")
        made.text = piece
        made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return run


def _paragraph(text: str) -> Element:
    paragraph: Element = etree.Element(f"{W}p")
    paragraph.append(_run(text))
    return paragraph
