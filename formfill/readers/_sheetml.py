"""The workbook around its sheets: which sheets there are, their related parts, shared strings (ECMA-376 Part 1 §18.2, §18.4).

Producers other than Excel leave relationships out, change the case of part names or write the Strict namespaces: what they mean
is plain, and it is read. It follows no relationship out of the package.
"""

from __future__ import annotations

import posixpath
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import unquote

from lxml import etree

from formfill.errors import UnreadableSourceError, UnsupportedFormatError
from formfill.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.readers._package import Package

Element = etree._Element

S: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_STRICT: Final = (
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/", b"http://schemas.openxmlformats.org/officeDocument/2006/"),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
)
"""Namespaces of Strict documents (ECMA-376 Part 1) and those of the Transitional ones (Part 4)."""
_ILLEGAL: Final = re.compile(
    rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|&#(?:[xX]0*(?:[0-8bBcCeEfF]|1[0-9a-fA-F])|0*(?:[0-8]|1[124-9]|2[0-9]|3[01]));"
)
"""Control characters that no XML document may hold (XML 1.0 §2.2), bare or as references."""
_ESCAPE: Final = re.compile("_x([0-9A-Fa-f]{4})_")
TRUE: Final = frozenset({"1", "true", "on", "t"})
"""How a true attribute is written (``xsd:boolean``, and what VML adds)."""


def flag(element: Element, name: str) -> bool:
    """A boolean attribute; absent is false."""
    return (element.get(name) or "").lower() in TRUE


def whole(text: str | None, default: int = 0) -> int:
    """The number written, or the default where there is none that makes sense."""
    try:
        return int(text or "")
    except ValueError:
        return default


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    tag = element.tag
    return str(tag).rpartition("}")[2]


def unescaped(text: str) -> str:
    """The text without its ``_xHHHH_`` escapes (ECMA-376 Part 1 §22.9.2.19, ``ST_Xstring``), its lines ended by line feeds."""
    if "_x" in text:
        text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


class Run(NamedTuple):
    """A stretch of rich text (``r``, §18.4.4)."""

    text: str
    font: str | None
    """Typeface, when it is not the cell's."""
    struck: bool | None
    """None when it is as the cell is."""


class Text(NamedTuple):
    """The text of a cell or a comment: plain, or in runs."""

    text: str
    runs: tuple[Run, ...] = ()


def rich_text(item: Element) -> Text:
    """The text of ``si``, ``is`` or ``text``; phonetic guides (``rPh``, §18.4.6) are no part of it."""
    if len(item) == 1 and item[0].tag == S + "t":
        return Text(unescaped(item[0].text or ""))
    runs = []
    for child in item:
        name = local(child)
        if name == "t":
            runs.append(Run(unescaped(child.text or ""), None, None))
        elif name == "r":
            text = "".join(unescaped(t.text or "") for t in child if local(t) == "t")
            properties = next((part for part in child if local(part) == "rPr"), None)
            font, struck = None, None if properties is None else False
            for part in properties if properties is not None else ():
                if local(part) == "rFont":
                    font = part.get("val")
                elif local(part) == "strike":
                    struck = (part.get("val") or "1").lower() in TRUE
            runs.append(Run(text, font, struck))
    plain = all(run.font is None and run.struck is None for run in runs)
    return Text("".join(run.text for run in runs), () if plain else tuple(runs))


@lru_cache(maxsize=2048)
def column_name(col: int) -> str:
    """Letters of a column counted from 0: A, B… Z, AA."""
    name = ""
    col += 1
    while col:
        col, rest = divmod(col - 1, 26)
        name = chr(65 + rest) + name
    return name


_REFERENCE: Final = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")


def cell_of(reference: str) -> tuple[int, int] | None:
    """Row and column, from 0, of ``C9`` or ``$C$9`` (§18.18.7, ``ST_CellRef``); None when it is none."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return None
    col = 0
    for letter in match[1].upper():
        col = col * 26 + ord(letter) - 64
    row = int(match[2])
    return (row - 1, col - 1) if 0 < row <= 1_048_576 and col <= 16_384 else None


@lru_cache(maxsize=2048)
def column_of(letters: str) -> int:
    """The column, from 0, of its letters; -1 when they are none."""
    at = cell_of(letters + "1")
    return at[1] if at else -1


def area_of(reference: str) -> tuple[int, int, int, int] | None:
    """First row, first column, last row, last column, from 0, of ``A1:H35`` or ``A1``."""
    first, _colon, last = reference.partition(":")
    a, b = cell_of(first), cell_of(last or first)
    if a is None or b is None:
        return None
    return min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])


def quoted(sheet: str) -> str:
    """The name of a sheet as a reference writes it: quoted unless it is made of letters, digits, points and underscores."""
    return sheet if re.fullmatch(r"[^\W\d][\w.]*", sheet) else "'" + sheet.replace("'", "''") + "'"


class Relation(NamedTuple):
    """One relationship inside the package (ECMA-376 Part 2 §9.3)."""

    kind: str
    """Last word of its type: ``worksheet``, ``drawing``, ``comments``…"""
    part: str


class Sheet(NamedTuple):
    """A worksheet of the book."""

    name: str
    part: str
    hidden: bool
    print_area: tuple[int, int, int, int] | None


class Book:
    """The parts of a workbook."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self._names = {name.replace("\\", "/").lstrip("/").lower(): name for name in package.names}
        self.repaired: list[str] = []
        """Parts whose absence or damage was made up for."""
        workbook = self.find("xl/workbook.xml")
        if workbook is None and self.find("xl/workbook.bin"):
            raise UnsupportedFormatError(
                where=package.name,
                seen=_("c’est un classeur Excel binaire (.xlsb)."),
                advice=_("Ouvrez-le dans Excel et enregistrez-le au format .xlsx."),
            )
        root = self.parse(workbook) if workbook else None
        relations = self.relations(workbook) if workbook else {}
        if not relations:
            self.repaired.append("xl/_rels/workbook.xml.rels" if workbook else "xl/workbook.xml")
        self.date1904 = False
        if root is not None and (properties := root.find(S + "workbookPr")) is not None:
            self.date1904 = flag(properties, "date1904")
        self.sheets = self._sheets(root, relations)
        self._kinds = {relation.kind: relation.part for relation in relations.values()}

    def find(self, name: str) -> str | None:
        """The part of that name, whatever its case; None when there is none."""
        return self._names.get(name.lower())

    def named(self, kind: str, name: str) -> str | None:
        """The part of the workbook that has the kind of relationship, else the usual name."""
        return self._kinds.get(kind) or self.find(name)

    def parts(self, folder: str) -> list[str]:
        """The parts whose name begins so, in order of name and number."""
        found = [name for key, name in self._names.items() if key.startswith(folder.lower())]
        return sorted(found, key=lambda name: (len(name), name))

    def data(self, part: str) -> bytes:
        """The bytes of a part, in the Transitional namespaces."""
        data = self.package.read(part)
        if b"purl.oclc.org" in data[:4000]:
            for strict, transitional in _STRICT:
                data = data.replace(strict, transitional)
        if data[:2] not in {b"\xff\xfe", b"\xfe\xff"} and _ILLEGAL.search(data):
            # what XML cannot hold says nothing: Excel drops it too when it repairs a workbook
            data = _ILLEGAL.sub(b"", data)
            self.repaired.append(part)
        return data

    def parse(self, part: str) -> Element:
        """The root element of a part."""
        return self.package.parse(part, self.data(part))

    def relations(self, part: str) -> dict[str, Relation]:
        """The relationships of a part to others of the package, by id; links out of it are left."""
        folder, _slash, name = part.rpartition("/")
        rels = self.find(f"{folder}/_rels/{name}.rels")
        if rels is None:
            return {}
        found = {}
        for child in self.parse(rels):
            if child.get("TargetMode") == "External":
                continue
            target = unquote(child.get("Target") or "").replace("\\", "/")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            known = self.find(path)
            if known is not None:
                found[child.get("Id") or ""] = Relation((child.get("Type") or "").rpartition("/")[2], known)
        return found

    def _sheets(self, root: Element | None, relations: dict[str, Relation]) -> list[Sheet]:
        """The worksheets in the order of their tabs; without relationships, the parts in the order of their numbers."""
        spare = iter(self.parts("xl/worksheets/sheet"))
        elements = list(root.iterfind(f"{S}sheets/{S}sheet")) if root is not None else []
        areas = _print_areas(root)
        sheets: list[Sheet] = []
        for index, element in enumerate(elements):
            relation = relations.get(element.get(R + "id") or "")
            if relation is not None and relation.kind != "worksheet":
                continue
            part = relation.part if relation else next(spare, None) if not relations else None
            if part is None:
                self.repaired.append(element.get("name") or "")
                continue
            state = element.get("state") or "visible"
            sheets.append(Sheet(element.get("name") or f"Feuil{index + 1}", part, state != "visible", areas.get(index)))
        if not elements:
            sheets = [Sheet(posixpath.basename(part).rpartition(".")[0], part, False, None) for part in spare]
        if not sheets:
            raise UnreadableSourceError(
                where=self.package.name,
                seen=_("le classeur n’a aucune feuille lisible."),
                advice=_("Ouvrez-le dans Excel et enregistrez-le de nouveau, ou redemandez-le à son auteur."),
            )
        return sheets

    def strings(self) -> list[Text]:
        """The shared strings (§18.4.9)."""
        part = self.named("sharedStrings", "xl/sharedStrings.xml")
        if part is None:
            return []
        return [rich_text(item) for item in self.parse(part).iterchildren(S + "si")]


def _print_areas(root: Element | None) -> dict[int, tuple[int, int, int, int]]:
    """The first print area of each sheet, by its index (§18.2.5, ``_xlnm.Print_Area``)."""
    found = {}
    for name in _defined_names(root):
        if name.get("name") == "_xlnm.Print_Area":
            area = area_of((name.text or "").split(",")[0].rpartition("!")[2].replace("$", ""))
            if area is not None:
                found[whole(name.get("localSheetId"), -1)] = area
    return found


def _defined_names(root: Element | None) -> Iterator[Element]:
    if root is not None:
        yield from root.iterfind(f"{S}definedNames/{S}definedName")
