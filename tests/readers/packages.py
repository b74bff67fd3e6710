"""Word packages for tests, straight from XML."""

from __future__ import annotations

import copy
import io
import zipfile
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Callable

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
W_ONLY = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)


def package(body: str, parts: dict[str, str | bytes] | None = None, namespaces: str = NAMESPACES) -> bytes:
    """A document whose ``w:body`` holds the given XML."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        document = f"<w:document {namespaces}><w:body>{body}</w:body></w:document>"
        for name, data in {"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": document, **(parts or {})}.items():
            # the same bytes at any time
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def run(text: str, properties: str = "") -> str:
    """A run of text."""
    return f'<w:r>{f"<w:rPr>{properties}</w:rPr>" if properties else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*content: str) -> str:
    """A paragraph; bare strings that are no XML become runs."""
    return "<w:p>" + "".join(part if part.startswith("<") else run(part) for part in content) + "</w:p>"


def cell(*content: str, properties: str = "") -> str:
    """A cell of paragraphs."""
    inside = "".join(part if part.startswith("<") else paragraph(part) for part in content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def table(*rows: str) -> str:
    """A table of rows, each the cells of one row or a whole ``w:tr`` or ``w:sdt``."""
    return (
        "<w:tbl><w:tblPr/>"
        + "".join(row if row.startswith(("<w:tr", "<w:sdt")) else f"<w:tr>{row}</w:tr>" for row in rows)
        + "</w:tbl>"
    )


def checkbox(value: str | None, glyph: str, states: str = "", content: str | None = None) -> str:
    """A ``w14:checkbox`` control; ``value`` None leaves ``w14:checked`` out."""
    checked = "" if value is None else f'<w14:checked w14:val="{value}"/>'
    inside = run(glyph) if content is None else content
    return f"<w:sdt><w:sdtPr><w14:checkbox>{checked}{states}</w14:checkbox></w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"


def legacy(box: str) -> str:
    """A legacy form field with the given content of ``w:checkBox``."""
    begin = f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox>{box}</w:checkBox></w:ffData></w:fldChar></w:r>'
    return f'{begin}<w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'


def sym(font: str, code: str) -> str:
    """A run with one ``w:sym``."""
    return f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'


def fonts(name: str) -> str:
    """Run properties that set a font."""
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}"/>'


def control(properties: str, content: str) -> str:
    """A content control that is no check box."""
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def field(data: str, instruction: str, result: str | None = None) -> str:
    """A legacy form field of the given ``w:ffData``."""
    begin = f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar></w:r>'
    middle = "" if result is None else f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}'
    return f'{begin}<w:r><w:instrText> {instruction} </w:instrText></w:r>{middle}<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def anchored(inside: str, width: float = 12, height: float = 12, below: float | None = 0, uri: str = "wps") -> str:
    """A run with an anchored drawing; sizes in points, ``below`` None for one placed from the page."""
    origin, offset = ("page", 300.0) if below is None else ("paragraph", below)
    return (
        f'<w:r><w:drawing><wp:anchor><wp:positionV relativeFrom="{origin}"><wp:posOffset>{round(offset * 12700)}</wp:posOffset>'
        f'</wp:positionV><wp:extent cx="{round(width * 12700)}" cy="{round(height * 12700)}"/>'
        f'<a:graphic><a:graphicData uri="{uri}">'
        f"{inside}</a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>"
    )


def shape(preset: str, width: float = 12, height: float = 12, below: float | None = 0, text: str | None = None) -> str:
    """A preset DrawingML shape over the text."""
    box = "" if text is None else f"<wps:txbx><w:txbxContent>{paragraph(text)}</w:txbxContent></wps:txbx>"
    geometry = f'<wps:wsp><wps:spPr><a:prstGeom prst="{preset}"/></wps:spPr>{box}</wps:wsp>'
    return anchored(geometry, width, height, below)


GROUP = 'xmlns:wpg="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"'


def grouped(preset: str, top: float, size: float = 12, whole: float = 200, unit: float = 1.0) -> str:
    """A shape in a large group, ``top`` points under its upper edge; ``unit`` is how many of its own units a point is."""

    def emu(points: float) -> int:
        return round(points * 12700)

    def own(points: float) -> int:
        return round(points * unit) + 7

    frame = (
        f'<a:xfrm><a:off x="0" y="0"/><a:ext cx="{emu(whole)}" cy="{emu(whole)}"/><a:chOff x="7" y="7"/>'
        f'<a:chExt cx="{own(whole) - 7}" cy="{own(whole) - 7}"/></a:xfrm>'
    )
    at = f'<a:xfrm><a:off x="7" y="{own(top)}"/><a:ext cx="{own(size) - 7}" cy="{own(size) - 7}"/></a:xfrm>'
    inside = f'<wps:wsp><wps:spPr>{at}<a:prstGeom prst="{preset}"/></wps:spPr></wps:wsp>'
    return anchored(f"<wpg:wgp {GROUP}><wpg:grpSpPr>{frame}</wpg:grpSpPr>{inside}</wpg:wgp>", whole, whole)


def item(number: int, *content: str) -> str:
    """A paragraph of a list."""
    inside = "".join(part if part.startswith("<") else run(part) for part in content)
    return f'<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr></w:pPr>{inside}</w:p>'


def numbering(*levels: tuple[str, str]) -> str:
    """``word/numbering.xml`` with one list for each (level text, font), numbered from 1."""
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{i}"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="{text}"/>'
        f"<w:rPr>{fonts(font)}</w:rPr></w:lvl></w:abstractNum>"
        for i, (text, font) in enumerate(levels, 1)
    )
    numbers = "".join(f'<w:num w:numId="{i}"><w:abstractNumId w:val="{i}"/></w:num>' for i, _level in enumerate(levels, 1))
    return f"<w:numbering {W_ONLY}>{abstract}{numbers}</w:numbering>"


def relationships(*relations: tuple[str, str, str]) -> str:
    """A relationships part of (id, kind, target)."""
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    inside = "".join(f'<Relationship Id="{i}" Type="{kinds}{kind}" Target="{target}"/>' for i, kind, target in relations)
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inside}</Relationships>'


def mutated(body: str, choose: Callable[[int], int]) -> str:
    """The same content laid out otherwise: runs split, everything wrapped, revision identifiers and proofing marks added.

    Args:
        body: the content of ``w:body``.
        choose: gives a number below its argument.
    """
    root = etree.fromstring(f"<w:body {NAMESPACES}>{body}</w:body>")
    for element in list(root.iter(_W + "r")):
        texts = element.findall(_W + "t")
        if len(texts) == 1 and len(texts[0].text or "") > 1 and len(element) <= 2 and choose(3) == 0:
            whole = texts[0].text or ""
            cut = 1 + choose(len(whole) - 1)
            other = copy.deepcopy(element)
            texts[0].text, other.findall(_W + "t")[0].text = whole[:cut], whole[cut:]
            element.addnext(other)
    for name, wrappers in (
        ("r", ("smartTag", "customXml", "sdt", "hyperlink")),
        ("p", ("customXml", "sdt")),
        ("tr", ("customXml", "sdt")),
        ("tc", ("customXml", "sdt")),
    ):
        for element in list(root.iter(_W + name)):
            element.set(_W + "rsidR", f"{choose(1 << 30):08X}")
            parent = element.getparent()
            if parent is not None and parent.tag in (_W + "p", _W + "body", _W + "tc", _W + "tbl", _W + "tr") and choose(4) == 0:
                _wrap(element, wrappers[choose(len(wrappers))])
            elif name == "r" and parent is not None and parent.tag == _W + "p" and choose(3) == 0:
                for sign in ("proofErr", "bookmarkStart", "lastRenderedPageBreak")[: 1 + choose(2)]:
                    element.addprevious(etree.Element(_W + sign))
    return "".join(etree.tostring(child, encoding="unicode") for child in root)


def _wrap(element: etree._Element, wrapper: str) -> None:
    outer = inner = etree.Element(_W + wrapper)
    if wrapper == "sdt":
        etree.SubElement(etree.SubElement(outer, _W + "sdtPr"), _W + "id")
        inner = etree.SubElement(outer, _W + "sdtContent")
    tail, element.tail = element.tail, None
    element.addprevious(outer)
    inner.append(element)
    outer.tail = tail
