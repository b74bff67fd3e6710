"""Compiles the sheet of a tableau de synthèse: its rows as they are, and what each kind of them becomes (ECMA-376 Part 1 §18.3).

Rows are written again with their own styles, heights and merges; every other member of the package is kept as it is compressed.
"""

from __future__ import annotations

import copy
import io
import re
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from lxml import etree

from formfill.errors import MissingTemplateError
from formfill.language import gettext as _
from formfill.text import normalise
from formfill.writers._docx_template import parse, record_members
from formfill.writers._zip import Prefix, deflated, kept, prefix

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.model.form import Form

S: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SHEET: Final = "xl/worksheets/sheet1.xml"
WORKBOOK: Final = "xl/workbook.xml"
_RELS: Final = "xl/_rels/workbook.xml.rels"
_TYPES: Final = "[Content_Types].xml"
_STRINGS: Final = "xl/sharedStrings.xml"
_STYLES: Final = "xl/styles.xml"
_CELL: Final = re.compile(r"([A-Z]+)(\d+)")
Element = Any


@dataclass(frozen=True, slots=True)
class SheetTemplate:
    """A compiled template."""

    members: Prefix
    """Every member of the package but the sheet, the workbook and the record."""
    root: Element
    """The sheet without its rows and merges."""
    workbook: bytes
    record_part: str
    top: tuple[Element, ...]
    """The rows down to the headings of the columns."""
    headings: dict[str, Element]
    """The row of each section's heading."""
    body: dict[str, tuple[Element, ...]]
    """The empty rows of each section."""
    bottom: tuple[Element, ...]
    merges: dict[int, tuple[str, ...]]
    """The merged cells of each row of the template, by the row they begin at."""
    texts: dict[str, str]
    """What the cells of the top print."""
    wrapped: dict[str, str]
    """For the style of each empty cell of text, the same style with its lines wrapped: titles and periods may be long."""
    columns: tuple[str, str, tuple[str, ...]]
    """Letters of the columns of titles, periods and boxes."""


def compile_sheet(data: bytes, name: str, form: Form) -> SheetTemplate:
    """The template, its rows sorted.

    Args:
        data: the bytes of the XLSX.
        name: its name, for error messages.
        form: the form, whose layout has a repeating table.

    Raises:
        MissingTemplateError: it is no package, or not the sheet of the form.
    """
    layout = form.layout
    assert layout is not None
    assert layout.table is not None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            sheet, workbook, rels, types, strings, looks = map(package.read, (SHEET, WORKBOOK, _RELS, _TYPES, _STRINGS, _STYLES))
            names = set(package.namelist())
    except (zipfile.BadZipFile, KeyError) as error:
        raise _wrong(name, _("ce n’est pas un classeur complet ({reason}).").format(reason=error)) from error
    shared = ["".join(item.itertext()) for item in parse(strings).iterchildren(S + "si")]
    root = parse(sheet)
    rows = list(root.find(S + "sheetData"))
    merges: dict[int, tuple[str, ...]] = {}
    for item in root.iter(S + "mergeCell"):
        first = int(_CELL.match(item.get("ref"))[2])  # type: ignore[index]  # the attribute is required (§18.3.1)
        merges[first] = (*merges.get(first, ()), item.get("ref"))
    sections = {normalise(section.label): section.id for section in layout.table.sections}
    top: list[Element] = []
    bottom: list[Element] = []
    headings: dict[str, Element] = {}
    body: dict[str, tuple[Element, ...]] = {}
    limits = {section.id: section.rows for section in layout.table.sections}
    now: str | None = None
    for row in rows:
        section = sections.get(normalise(_shown(row, shared)))
        if section is not None:
            now = section
            headings[section] = row
            body[section] = ()
        elif now is None:
            top.append(row)
        elif len(body[now]) < limits[now]:
            body[now] = (*body[now], row)
        elif len(row):
            bottom.append(row)
    if set(headings) != set(limits) or any(len(body[section]) != count for section, count in limits.items()):
        raise _wrong(name, _("la feuille n’a pas les lignes du formulaire."))
    number = next(n for n in range(1, len(names) + 2) if f"customXml/item{n}.xml" not in names)
    fresh = record_members(types, rels, number, part=WORKBOOK)
    for gone in ("sheetData", "mergeCells"):
        for child in list(root.find(S + gone)):
            root.find(S + gone).remove(child)
    letters = "ABCDEFGH"
    used = {cell.get("s", "0") for own in body.values() for row in own for cell in row if cell.get("r")[0] in letters[:2]}
    wrapped, styles = _wrapping(looks, sorted(used))
    fresh[_STYLES] = styles
    members = [deflated(part, content, 9) for part, content in fresh.items()]
    return SheetTemplate(
        members=prefix([members[0], *kept(data, {SHEET, WORKBOOK, *fresh}), *members[1:]]),
        root=root,
        workbook=workbook,
        record_part=f"customXml/item{number}.xml",
        top=tuple(top),
        headings=headings,
        body=body,
        bottom=tuple(bottom),
        merges=merges,
        texts=dict(_texts(top, shared)),
        wrapped=wrapped,
        columns=(letters[0], letters[1], tuple(letters[2 : 2 + len(layout.table.columns)])),
    )


def _wrong(name: str, seen: str) -> MissingTemplateError:
    return MissingTemplateError(where=name, seen=seen, advice=_("Réinstallez formfill."))


def _wrapping(styles: bytes, used: list[str]) -> tuple[dict[str, str], bytes]:
    """The styles, with one more for each of those used: its lines are wrapped (§18.8.1, ``wrapText``)."""
    root = parse(styles)
    formats = root.find(S + "cellXfs")
    found: dict[str, str] = {}
    for index in used:
        made = copy.deepcopy(formats[int(index)])
        alignment = made.find(S + "alignment")
        if alignment is None:
            alignment = made.makeelement(S + "alignment")
            made.insert(0, alignment)
        alignment.set("wrapText", "1")
        made.set("applyAlignment", "1")
        formats.append(made)
        found[index] = str(len(formats) - 1)
    formats.set("count", str(len(formats)))
    return found, etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _shown(row: Element, shared: list[str]) -> str:
    first = next(iter(row), None)
    return shared[int(first.findtext(S + "v"))] if first is not None and first.get("t") == "s" else ""


def _texts(rows: list[Element], shared: list[str]) -> Iterator[tuple[str, str]]:
    for row in rows:
        for cell in row:
            if cell.get("t") == "s":
                yield cell.get("r"), shared[int(cell.findtext(S + "v"))]


class Page:
    """A sheet being written, row after row.

    Args:
        template: the compiled template.
    """

    def __init__(self, template: SheetTemplate) -> None:
        self._template = template
        self._root = copy.deepcopy(template.root)
        self._data = self._root.find(S + "sheetData")
        self._merges = self._root.find(S + "mergeCells")
        self.rows = 0

    def add(self, row: Element, texts: dict[str, str], *, height: float | None = None, merges: bool = True) -> None:
        """Adds a row like one of the template, with texts in some of its columns."""
        made = copy.deepcopy(row)
        before = int(made.get("r"))
        self.rows += 1
        made.set("r", str(self.rows))
        for cell in made:
            column = _CELL.match(cell.get("r"))[1]  # type: ignore[index]  # the attribute is required (§18.3.1)
            cell.set("r", f"{column}{self.rows}")
            if column in texts:
                _write(cell, texts[column])
                if texts[column] and cell.get("s") in self._template.wrapped and column in self._template.columns[:2]:
                    cell.set("s", self._template.wrapped[cell.get("s")])
        if height is not None:
            made.set("ht", f"{height:g}")
            made.set("customHeight", "1")
        self._data.append(made)
        for ref in self._template.merges.get(before, ()) if merges else ():
            self.merge(_moved(ref, self.rows - before))

    def merge(self, ref: str) -> None:
        """Merges cells."""
        etree.SubElement(self._merges, S + "mergeCell", ref=ref)

    def data(self, *, grown: bool) -> bytes:
        """The bytes of the sheet; one that has grown takes as many pages as it needs."""
        self._merges.set("count", str(len(self._merges)))
        self._root.find(S + "dimension").set("ref", f"A1:H{self.rows}")
        if grown:
            self._root.find(S + "pageSetup").set("fitToHeight", "0")
            self._root.find(S + "printOptions").attrib.pop("verticalCentered", None)
        found: bytes = etree.tostring(self._root, xml_declaration=True, encoding="UTF-8", standalone=True)
        return found

    def workbook(self, epreuve: str | None) -> bytes:
        """The bytes of the workbook: the name of its sheet, its print area."""
        root = parse(self._template.workbook)
        sheet = root.find(f"{S}sheets/{S}sheet")
        if epreuve is not None:
            sheet.set("name", re.sub(r"E\d$", epreuve, sheet.get("name")))
        for name in root.iter(S + "definedName"):
            if name.get("name") == "_xlnm.Print_Area":
                name.text = f"'{sheet.get('name')}'!$A$1:$H${self.rows}"
        found: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        return found


def _moved(ref: str, by: int) -> str:
    return _CELL.sub(lambda match: f"{match[1]}{int(match[2]) + by}", ref)


def _write(cell: Element, text: str) -> None:
    """Puts a text in a cell, as a text: no formula, no number (§18.3.1.4, ``inlineStr``)."""
    for child in list(cell):
        cell.remove(child)
    cell.attrib.pop("t", None)
    if text:
        cell.set("t", "inlineStr")
        held = etree.SubElement(etree.SubElement(cell, S + "is"), S + "t")
        held.text = text
        held.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
