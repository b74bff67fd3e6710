"""Puts tagged content controls in an official Word blank, where a candidate or an examiner writes and ticks.

The page stays the official one: a control shows what the blank prints in its place (dots, empty lines, the box as it is encoded).
"""

from __future__ import annotations

import copy
import io
import re
import zipfile
from typing import TYPE_CHECKING, Any, Final

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14: Final = "http://schemas.microsoft.com/office/word/2010/wordml"
MC: Final = "http://schemas.openxmlformats.org/markup-compatibility/2006"
SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_LEADERS: Final = re.compile(r"[ \u00a0]*((?:[.…_]{2,}|…)(?:[ \u00a0]*/[ \u00a0]*[.…_]{2,})*)(?:[ \u00a0]?\.(?=[ \u00a0]*$))?")
STAMP: Final = (1980, 1, 1, 0, 0, 0)
Element = Any


class Blank:
    """A Word blank being tagged.

    Args:
        path: the official blank.
    """

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as package:
            self._members = [(item.filename, package.read(item)) for item in package.infolist()]
        root = etree.fromstring(next(data for name, data in self._members if name == "word/document.xml"))
        self.root = _with_namespace(root)
        self.styles = etree.fromstring(next(data for name, data in self._members if name == "word/styles.xml"))
        self._styles: list[str] = []
        self._ids = 0
        self._names: dict[str, str] = {}

    # ---------------------------------------------------------------------------------------------------- where things stand

    def paragraphs(self) -> list[Element]:
        """Every paragraph of the page; those of drawings, which stand twice, apart."""
        return [p for p in self.root.iter(f"{W}p") if not any("txbxContent" in a.tag for a in p.iterancestors())]

    def paragraph(self, label: str, nth: int = 0) -> tuple[Element, int]:
        """The n-th paragraph that prints a label, and the offset after it."""
        found = []
        for paragraph in self.paragraphs():
            match = re.search(_pattern(label), text_of(paragraph))
            if match is not None:
                found.append((paragraph, match.end()))
        if len(found) <= nth:
            raise LookupError(label)
        return found[nth]

    def cells_after(self, label: str) -> Iterator[list[Element]]:
        """The cells to the right of each cell whose text is a label, in the document's order."""
        for row in self.root.iter(f"{W}tr"):
            cells = row.findall(f"{W}tc")
            for i, cell in enumerate(cells):
                if _bare(_cell_text(cell)) == _bare(label):
                    yield cells[i + 1 :]

    # ------------------------------------------------------------------------------------------------------------- controls

    def after(self, field: str, label: str, *, nth: int = 0) -> None:
        """A control right after a label, in the place of the dots that stand there."""
        paragraph, at = self.paragraph(label, nth)
        whole = text_of(paragraph)
        leader = _LEADERS.match(whole, at)
        end = leader.end() if leader else at
        if leader:
            at = leader.start(1)
        left = split(paragraph, at)
        split(paragraph, end)
        inside = _between(paragraph, at, end)
        shape = copy.deepcopy(_properties(inside[0] if inside else left))
        self._inline(field, inside, shape, left, paragraph, spaced=not whole[:at].endswith((" ", "\u00a0", "\t")))
        if inside and whole[end : end + 1].isalnum():
            # the dots held the next label apart, what is typed in their place does not
            control = next(tag for tag in paragraph.iter(f"{W}tag") if tag.get(f"{W}val") == field).getparent().getparent()
            after = control.getnext().find(f"{W}t")
            after.text = f"  {after.text}"
            after.set(SPACE, "preserve")

    def line(self, field: str, label: str, *, nth: int = 0) -> None:
        """A control in the place of the paragraph under a label: a line of dots, or an empty line."""
        paragraph = self.paragraph(label, nth)[0].getnext()
        runs = paragraph.findall(f"{W}r")
        shape = copy.deepcopy(_properties(runs[0])) if runs else _mark(paragraph)
        self._inline(field, runs, shape, None, paragraph, spaced=False)

    def inside(self, field: str, cell: Element) -> None:
        """A control in an empty cell."""
        paragraph = cell.findall(f"{W}p")[-1]
        self._inline(field, [], _mark(paragraph), None, paragraph, spaced=False)

    def below(self, field: str, label: str, *, nth: int = 0, lines: int | None = None) -> None:
        """A control of paragraphs under a label: it takes the empty lines that stand there, or that many paragraphs."""
        paragraph = self.paragraph(label, nth)[0]
        taken: list[Element] = []
        following = paragraph.getnext()
        while following is not None and following.tag == f"{W}p" and len(taken) != lines:
            if lines is None and (text_of(following).strip() or following.find(f"{W}pPr/{W}sectPr") is not None):
                break
            taken.append(following)
            following = following.getnext()
        if taken and following is None and lines is None and len(taken) > 1:
            # the last paragraph of a cell stays its own
            taken.pop()
        if not taken:
            made = etree.Element(f"{W}p")
            shape = paragraph.find(f"{W}pPr")
            if shape is not None:
                made.append(_plain_shape(shape))
            taken = [made]
        if _mark(taken[-1]).find(f"{W}rFonts") is None:
            _set_mark(taken[-1], _plain(_properties(next(iter(_runs(paragraph)), None))))
        style = self._style(taken[-1])
        for own in taken:
            _styled(own, style)
        sdt, content = self._control(field, _mark(taken[-1]))
        paragraph.addnext(sdt)
        content.extend(taken)

    def session(self) -> None:
        """A control over each year printed after the word session."""
        for paragraph in self.paragraphs():
            match = re.search(r"(?i)session\s+(\d{4})", text_of(paragraph))
            if match is None:
                continue
            split(paragraph, match.start(1))
            split(paragraph, match.end(1))
            inside = _between(paragraph, match.start(1), match.end(1))
            shape = copy.deepcopy(_properties(inside[0]))
            for run in inside[1:]:
                run.getparent().remove(run)
            for text in inside[0].findall(f"{W}t"):
                text.text = "\u00a0" * 4
                text.set(SPACE, "preserve")
            self._inline("session", inside[:1], shape, None, paragraph, spaced=False)

    def boxes(self, tags: Sequence[str]) -> None:
        """A control around each box, in the document's order."""
        found = [runs for paragraph in self.paragraphs() for runs in _boxes(paragraph)]
        if len(found) != len(tags):
            raise LookupError(f"{len(found)} boxes, {len(tags)} tags")
        for runs, tag in zip(found, tags, strict=True):
            sdt, content = self._control(tag)
            runs[0].addprevious(sdt)
            content.extend(runs)

    def epreuve(self, tag: str) -> None:
        """A control over the number of each épreuve printed in a title line."""
        for paragraph in self.paragraphs():
            match = re.search(r"^\s*Épreuve (E\d)", text_of(paragraph))
            if match is not None:
                split(paragraph, match.start(1))
                split(paragraph, match.end(1))
                inside = _between(paragraph, match.start(1), match.end(1))
                for run in inside[1:]:
                    run.getparent().remove(run)
                texts = inside[0].findall(f"{W}t")
                texts[0].text = match[1]
                for text in texts[1:]:
                    inside[0].remove(text)
                sdt, content = self._control(tag)
                inside[0].addprevious(sdt)
                content.append(inside[0])

    def name(self, names: dict[str, str]) -> None:
        """What each field is called, for the title of its control."""
        self._names = names

    def tags(self) -> list[str]:
        """The tags of the controls, in the document's order."""
        return [tag.get(f"{W}val") for tag in self.root.iter(f"{W}tag")]

    def replace(self, old: str, new: str) -> None:
        """Reprints a text wherever paragraphs print it; it stands there in the runs of its first letter."""
        for paragraph in self.paragraphs():
            while (match := re.search(_pattern(old), text_of(paragraph))) is not None and new != old:
                split(paragraph, match.start())
                split(paragraph, match.end())
                runs = _between(paragraph, match.start(), match.end())
                for run in runs[1:]:
                    run.getparent().remove(run)
                texts = runs[0].findall(f"{W}t")
                texts[0].text = new
                texts[0].set(SPACE, "preserve")
                for text in texts[1:]:
                    runs[0].remove(text)
                if old in new:
                    break

    def flow(self) -> None:
        """Rows of a fixed height grow with what is written in them; the headings of tables of elements are repeated."""
        for height in self.root.iter(f"{W}trHeight"):
            row = next(height.iterancestors(f"{W}tr"))
            written = any(":" not in tag.get(f"{W}val") for tag in row.iter(f"{W}tag"))
            if written and height.get(f"{W}hRule") == "exact":
                height.set(f"{W}hRule", "atLeast")
        for table in self.root.iter(f"{W}tbl"):
            row = table.find(f"{W}tr")
            if _cell_text(row.find(f"{W}tc")).strip() == "Éléments":
                shape = row.find(f"{W}trPr")
                if shape is None:
                    shape = etree.Element(f"{W}trPr")
                    before = row.find(f"{W}tblPrEx")
                    row.insert(0 if before is None else row.index(before) + 1, shape)
                if shape.find(f"{W}tblHeader") is None:
                    etree.SubElement(shape, f"{W}tblHeader")

    def _inline(
        self, field: str, inside: list[Element], shape: Element, left: Element, paragraph: Element, *, spaced: bool
    ) -> None:
        shape = _plain(shape)
        sdt, content = self._control(field, shape)
        if inside:
            inside[0].addprevious(sdt)
            content.extend(inside)
        else:
            content.append(_run("\u00a0" * 4, shape))
            if left is not None:
                left.addnext(sdt)
            elif paragraph.find(f"{W}pPr") is not None:
                paragraph.find(f"{W}pPr").addnext(sdt)
            else:
                paragraph.insert(0, sdt)
        if spaced:
            sdt.addprevious(_run(" ", shape))

    def _control(self, tag: str, look: Element = None) -> tuple[Element, Element]:
        """A content control in the order of ECMA-376 Part 1 §17.5.2.38; ``look`` is that of the text typed in it."""
        self._ids += 1
        sdt = etree.Element(f"{W}sdt")
        shape = etree.SubElement(sdt, f"{W}sdtPr")
        if look is not None and len(look):
            shape.append(copy.deepcopy(look))
        alias = self._names.get(tag.partition(":")[0])
        if alias:
            etree.SubElement(shape, f"{W}alias").set(f"{W}val", alias if len(alias) <= 64 else f"{alias[:63]}…")
        etree.SubElement(shape, f"{W}tag").set(f"{W}val", tag)
        etree.SubElement(shape, f"{W}id").set(f"{W}val", str(1000 + self._ids))
        return sdt, etree.SubElement(sdt, f"{W}sdtContent")

    def _style(self, paragraph: Element) -> str:
        """A paragraph style with the look of a paragraph's mark: LibreOffice 7.4 forgets the look of the first run of a control."""
        base = paragraph.find(f"{W}pPr/{W}pStyle")
        name = f"Saisie{len(self._styles) + 1}"
        style = etree.SubElement(self.styles, f"{W}style")
        style.set(f"{W}type", "paragraph")
        style.set(f"{W}customStyle", "1")
        style.set(f"{W}styleId", name)
        etree.SubElement(style, f"{W}name").set(f"{W}val", name)
        if base is not None:
            etree.SubElement(style, f"{W}basedOn").set(f"{W}val", base.get(f"{W}val"))
        style.append(_mark(paragraph))
        self._styles.append(name)
        return name

    def data(self) -> bytes:
        """The bytes of the template, the same at each run."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as package:
            for name, data in self._members:
                info = zipfile.ZipInfo(name, STAMP)
                info.compress_type = zipfile.ZIP_DEFLATED
                own = {"word/document.xml": self.root, "word/styles.xml": self.styles}.get(name)
                made = None if own is None else etree.tostring(own, xml_declaration=True, encoding="UTF-8", standalone=True)
                package.writestr(info, data if made is None else made)
        return out.getvalue()


def text_of(paragraph: Element) -> str:
    """What a paragraph prints: one character for a tab, a break, a symbol."""
    return "".join(_piece(child) for run in _runs(paragraph) for child in run)


def split(paragraph: Element, at: int) -> Element:
    """The run that ends at an offset, cut there if it goes on; None at the beginning."""
    here, last = 0, None
    for run in _runs(paragraph):
        for child in list(run):
            piece = _piece(child)
            if here < at < here + len(piece) and child.tag == f"{W}t":
                _cut(run, child, at - here)
                return run
            if here == at and piece and last is not None:
                if last is run:
                    _cut(run, child, 0)
                    return run
                return last
            here += len(piece)
            if piece:
                last = run
    return last


def _cut(run: Element, child: Element, at: int) -> None:
    """Moves what follows an offset of a child to a run of its own."""
    fresh = etree.Element(f"{W}r")
    shape = run.find(f"{W}rPr")
    if shape is not None:
        fresh.append(copy.deepcopy(shape))
    following = list(child.itersiblings())
    if at:
        text = etree.SubElement(fresh, f"{W}t")
        text.text, child.text = child.text[at:], child.text[:at]
        for item in (text, child):
            item.set(SPACE, "preserve")
    else:
        fresh.append(child)
    fresh.extend(following)
    run.addnext(fresh)


def _between(paragraph: Element, start: int, end: int) -> list[Element]:
    """The runs that stand wholly between two offsets."""
    found, here = [], 0
    for run in _runs(paragraph):
        size = sum(len(_piece(child)) for child in run)
        if size and start <= here and here + size <= end:
            found.append(run)
        here += size
    return found


def _runs(paragraph: Element) -> list[Element]:
    return [run for run in paragraph.iter(f"{W}r") if next(run.iterancestors(f"{W}p")) is paragraph]


def _piece(child: Element) -> str:
    match etree.QName(child).localname:
        case "t":
            return child.text or ""
        case "tab":
            return "\t"
        case "br":
            return "\n"
        case "sym":
            return chr(int(child.get(f"{W}char"), 16))
        case "noBreakHyphen":
            return "\u2011"
    return ""


def _boxes(paragraph: Element) -> Iterator[list[Element]]:
    """The runs of each box: a legacy field, a symbol, a letter of a symbol font."""
    field: list[Element] | None = None
    for run in _runs(paragraph):
        char = run.find(f"{W}fldChar")
        if char is not None and char.find(f"{W}ffData/{W}checkBox") is not None:
            field = []
        if field is not None:
            field.append(run)
            if char is not None and char.get(f"{W}fldCharType") == "end":
                yield field
                field = None
            continue
        sym = run.find(f"{W}sym")
        font = run.find(f"{W}rPr/{W}rFonts")
        symbols = font is not None and font.get(f"{W}ascii") == "Wingdings 2"
        text = "".join(t.text or "" for t in run.findall(f"{W}t"))
        own_sym = sym is not None and sym.get(f"{W}char", "").upper() in ("F0A8", "F0A1")
        if own_sym or (symbols and text.strip() in ("5", "\uf035")):
            yield [run]


def _properties(run: Element) -> Element:
    """The properties of a run that a person's text takes, without what only titles have."""
    shape = run.find(f"{W}rPr") if run is not None else None
    return shape if shape is not None else etree.Element(f"{W}rPr")


def _mark(paragraph: Element) -> Element:
    """The properties of a paragraph's mark: those of a text typed in it."""
    shape = paragraph.find(f"{W}pPr/{W}rPr")
    found = copy.deepcopy(shape) if shape is not None else etree.Element(f"{W}rPr")
    for name in ("ins", "del", "moveFrom", "moveTo", "strike", "dstrike", "vanish", "highlight"):
        for element in found.findall(f"{W}{name}"):
            found.remove(element)
    return found


_TITLES_ONLY: Final = ("b", "bCs", "u", "caps", "smallCaps", "strike", "dstrike", "vanish", "highlight")


def _plain(shape: Element) -> Element:
    """The properties of a label's run, for the text after it."""
    found = copy.deepcopy(shape)
    for name in _TITLES_ONLY:
        for element in found.findall(f"{W}{name}"):
            found.remove(element)
    return found


def _plain_shape(shape: Element) -> Element:
    """The shape of a label's paragraph, for the text under it: without its bold."""
    found = copy.deepcopy(shape)
    for name in _TITLES_ONLY:
        for element in found.findall(f"{W}rPr/{W}{name}"):
            element.getparent().remove(element)
    for name in ("keepNext", "numPr", "outlineLvl", "pBdr"):
        for element in found.findall(f"{W}{name}"):
            found.remove(element)
    return found


def _set_mark(paragraph: Element, look: Element) -> None:
    """Gives a paragraph's mark the look of a run."""
    shape = paragraph.find(f"{W}pPr")
    if shape is None:
        shape = etree.Element(f"{W}pPr")
        paragraph.insert(0, shape)
    old = shape.find(f"{W}rPr")
    if old is not None:
        shape.remove(old)
    before = next((shape.find(f"{W}{name}") for name in ("sectPr", "pPrChange") if shape.find(f"{W}{name}") is not None), None)
    if before is not None:
        before.addprevious(copy.deepcopy(look))
    else:
        shape.append(copy.deepcopy(look))


def _styled(paragraph: Element, style: str) -> None:
    shape = paragraph.find(f"{W}pPr")
    if shape is None:
        shape = etree.Element(f"{W}pPr")
        paragraph.insert(0, shape)
    own = shape.find(f"{W}pStyle")
    if own is None:
        own = etree.Element(f"{W}pStyle")
        shape.insert(0, own)
    own.set(f"{W}val", style)


def _run(text: str, shape: Element) -> Element:
    run = etree.Element(f"{W}r")
    if len(shape):
        run.append(copy.deepcopy(shape))
    made = etree.SubElement(run, f"{W}t")
    made.text = text
    made.set(SPACE, "preserve")
    return run


def _cell_text(cell: Element) -> str:
    return "\n".join(text_of(p) for p in cell.findall(f"{W}p"))


def _bare(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def _pattern(label: str) -> str:
    """A label as a pattern: any space stands for any run of spaces; ``~`` begins one that is a pattern already."""
    if label.startswith("~"):
        return label[1:]
    return r"[\s\u00a0]*".join(re.escape(word) for word in label.replace("\u00a0", " ").split(" ") if word)


def _with_namespace(root: Element) -> Element:
    """The document with the namespace of check box controls, which older readers are told to ignore."""
    names = dict(root.nsmap)
    names |= {"w14": W14, "mc": MC}
    fresh = etree.Element(root.tag, dict(root.attrib), nsmap=names)
    fresh.extend(list(root))
    known = fresh.get(f"{{{MC}}}Ignorable", "").split()
    if "w14" not in known:
        fresh.set(f"{{{MC}}}Ignorable", " ".join([*known, "w14"]))
    return fresh
