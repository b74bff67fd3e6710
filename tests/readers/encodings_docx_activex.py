"""ActiveX controls of a Word document, as property bags and as binaries."""

from __future__ import annotations

import struct

from tests.readers.packages import relationships

LABEL = "Seul(e)"
_AX = 'xmlns:ax="http://schemas.microsoft.com/office/2006/activeX" xmlns:r="{rel}"'.format(
    rel="http://schemas.openxmlformats.org/officeDocument/2006/relationships"
)
CHECK_BOX = "8BD21D40-EC42-11CE-9E0D-00AA006002F3"
OPTION = "8BD21D50-EC42-11CE-9E0D-00AA006002F3"
OBJECT = '<w:p><w:r><w:object><w:control r:id="rId5" w:name="Case1"/></w:object></w:r></w:p>'


def bag(value: str, classid: str = CHECK_BOX) -> dict[str, str | bytes]:
    properties = f'<ax:ocxPr ax:name="Caption" ax:value="{LABEL}"/><ax:ocxPr ax:name="Value" ax:value="{value}"/>'
    return {
        "word/_rels/document.xml.rels": relationships(("rId5", "control", "activeX/activeX1.xml")),
        "word/activeX/activeX1.xml": (
            f'<ax:ocx ax:classid="{{{classid}}}" ax:persistence="persistPropertyBag" {_AX}>{properties}</ax:ocx>'
        ),
    }


def morph_data(value: str, caption: str, group: str = "") -> bytes:
    """A ``MorphDataControl`` of a check box, [MS-OFORMS] §2.2.5."""
    mask = 1 << 0 | 1 << 6 | 1 << 8 | 1 << 22 | 1 << 23 | bool(group) << 32
    data = struct.pack("<I", 0x2C80081B) + b"\x04\x00\x00\x00"
    data += struct.pack("<II", 0x80000000 | len(value), 0x80000000 | len(caption))
    data += struct.pack("<I", 0x80000000 | len(group)) if group else b""
    extra = struct.pack("<II", 2000, 500)
    for text in (value, caption, group):
        raw = text.encode("latin-1")
        extra += raw + b"\x00" * (-len(raw) % 4)
    block = struct.pack("<Q", mask) + data + extra
    return bytes(range(16)) + b"\x00\x02" + struct.pack("<H", len(block)) + block


def binary(value: str) -> dict[str, str | bytes]:
    return {
        "word/_rels/document.xml.rels": relationships(("rId5", "control", "activeX/activeX1.xml")),
        "word/activeX/activeX1.xml": (
            f'<ax:ocx ax:classid="{{{CHECK_BOX}}}" ax:persistence="persistStreamInit" r:id="rId1" {_AX}/>'
        ),
        "word/activeX/_rels/activeX1.xml.rels": (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
            'Type="http://schemas.microsoft.com/office/2006/relationships/activeXControlBinary" Target="activeX1.bin"/>'
            "</Relationships>"
        ),
        "word/activeX/activeX1.bin": morph_data(value, LABEL),
    }


TOGGLE = "8BD21D60-EC42-11CE-9E0D-00AA006002F3"
TEXT_BOX, LIST_BOX, COMBO_BOX = (f"8BD21D{which}0-EC42-11CE-9E0D-00AA006002F3" for which in "123")
_WEB = "5512D1{}-5CC6-11CF-8D67-00AA00BDCE1D".format
WEB_BOX, WEB_OPTION, WEB_TEXT, WEB_SELECT, WEB_AREA = map(_WEB, ("16", "18", "1A", "22", "24"))
IN_RUN = OBJECT.removeprefix("<w:p>").removesuffix("</w:p>")


def web(properties: dict[str, str], markup: bytes | None = None, classid: str = WEB_BOX) -> dict[str, str | bytes]:
    """A control of any class: its properties, and its binary part."""
    inside = "".join(f'<ax:ocxPr ax:name="{name}" ax:value="{value}"/>' for name, value in properties.items())
    parts: dict[str, str | bytes] = {
        **bag("0"),
        "word/activeX/activeX1.xml": (
            f'<ax:ocx ax:classid="{{{classid}}}" ax:persistence="persistStream" r:id="rId1" {_AX}>{inside}</ax:ocx>'
        ),
    }
    if markup is not None:
        whole = binary("0")
        parts["word/activeX/_rels/activeX1.xml.rels"] = whole["word/activeX/_rels/activeX1.xml.rels"]
        parts["word/activeX/activeX1.bin"] = markup
    return parts


RELATION = "word/_rels/document.xml.rels"


def two(classid: str, *properties: dict[str, str], morph: bool = False) -> tuple[str, dict[str, str | bytes]]:
    """The body and the parts of a document of several controls of one class, each with its words after it.

    Args:
        classid: that class.
        properties: of each of them.
        morph: whether they are binaries, which keep their value, their caption and their group.
    """
    body, parts, relations = "", dict[str, str | bytes](), []
    for number, own in enumerate(properties, 1):
        relations.append((f"rId{number}", "control", f"activeX/activeX{number}.xml"))
        body += OBJECT.replace("rId5", f"rId{number}").replace("</w:p>", f"<w:r><w:t> Choix {number}</w:t></w:r></w:p>")
        name = f"word/activeX/activeX{number}.xml"
        parts[name] = web(own, classid=classid)["word/activeX/activeX1.xml"]
        if morph:
            inside = web({}, classid=classid)["word/activeX/activeX1.xml"]
            parts[name] = inside
            target = f"activeX{number}.bin"
            whole = str(binary("0")["word/activeX/_rels/activeX1.xml.rels"])
            parts[f"word/activeX/_rels/activeX{number}.xml.rels"] = whole.replace("activeX1.bin", target)
            parts[f"word/activeX/{target}"] = morph_data(own["Value"], "", own.get("GroupName", ""))
    return body, {**parts, RELATION: relationships(*relations)}


WEB_BOXES = (
    (
        "check box of a web form",
        web({}, b'<INPUT TYPE="checkbox" CHECKED NAME="seul" VALUE="1">'),
        web({}, b'<INPUT TYPE="checkbox" NAME="seul" VALUE="1">'),
    ),
    (
        "option of a web form",
        web({}, '<INPUT TYPE="radio" CHECKED NAME="m">'.encode("utf-16-le"), WEB_OPTION),
        web({}, '<INPUT TYPE="radio" NAME="m">'.encode("utf-16-le"), WEB_OPTION),
    ),
    ("check box of a web form, properties", web({"Checked": "-1", "Value": "on"}), web({"Checked": "0", "Value": "on"})),
)
