"""Every way a box is ticked in a workbook: one tiny file each, with the marks that a careful person sees in it.

``GRID`` ticks the cell C4 of the small form, ``OPTION`` its option SISR. The blank state of all of them is the small form itself.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from tests.readers.workbooks import (
    CONNECTOR,
    GROUP,
    PICTURE,
    anchored,
    cell,
    conditioned,
    drawing,
    drawn,
    form,
    formatted,
    package,
    relations,
    rich,
    shape,
    sheet,
    text_box,
)

C4: Final = "Gérer le patrimoine | Site web"
"""The label of the cell C4 of the small form."""
CONTROL_TYPE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/ctrlProp"
MS: Final = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
_STRIKE: Final = "<font><strike/></font>"
AX: Final = "http://schemas.microsoft.com/office/2006/activeX"


class Encoding(NamedTuple):
    """One file and its marks, the two empty options of the form left out unless they are told."""

    data: bytes
    marks: tuple[tuple[str, str], ...]
    """State and label of each mark."""
    kinds: tuple[str, ...] = ()
    """Kinds of evidence of the first mark that is not blank, when they matter."""


def _of(changes: dict[str, str]) -> bytes:
    return package(sheet(form(changes)))


def _grid(data: bytes, *kinds: str, state: str = "ticked") -> Encoding:
    return Encoding(data, (("blank", "SISR"), ("blank", "SLAM"), (state, C4)), kinds)


def _option(data: bytes, *kinds: str, state: str = "ticked") -> Encoding:
    return Encoding(data, ((state, "SISR"), ("blank", "SLAM")), kinds)


def control(properties: str, at: str = "C4", caption: str = "", value: str | None = None, link: str = "G1") -> bytes:
    """The small form with one form control over a cell."""
    name = "xl/ctrlProps/ctrlProp1.xml"
    anchor = anchored("", at).replace("xdr:twoCellAnchor", "anchor").replace("<xdr:clientData/>", "")
    one = f'<control shapeId="1025" r:id="rId1" name="c"><controlPr>{anchor}</controlPr></control>'
    choice = (
        '<controls><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing">'
        f'<mc:Choice Requires="x14">{one}</mc:Choice><mc:Fallback>{one}</mc:Fallback></mc:AlternateContent></controls>'
    )
    body = f"<xdr:txBody><a:p><a:r><a:t>{caption}</a:t></a:r></a:p></xdr:txBody>"
    picture = (
        '<xdr:sp><xdr:nvSpPr><xdr:cNvPr id="0" name="c"><a:extLst><a:ext><a14:compatExt spid="_x0000_s1025"/></a:ext>'
        f'</a:extLst></xdr:cNvPr></xdr:nvSpPr><xdr:spPr><a:prstGeom prst="rect"/></xdr:spPr>{body}</xdr:sp>'
    )
    changes = {link: cell(link, value == "1")} if value is not None else {}
    return package(
        sheet(form(changes), after='<drawing r:id="rId2"/>' + choice),
        related={"../ctrlProps/ctrlProp1.xml": CONTROL_TYPE, "../drawings/drawing1.xml": "drawing"},
        parts={name: f'<formControlPr xmlns="{MS}" {properties}/>', **drawing(anchored(picture, at))},
    )


def buttons(*kinds: tuple[str, str, str, int, int], values: dict[str, int]) -> bytes:
    """The small form with several form controls: type, properties, cell, and how many columns and rows of cells each covers."""
    inside, parts, related = "", dict[str, str | bytes](), dict[str, str]()
    for number, (kind, properties, at, columns, rows) in enumerate(kinds, 1):
        anchor = anchored("", at, 2, 1, 64 * columns - 6, 20 * rows - 3)
        anchor = anchor.replace("xdr:twoCellAnchor", "anchor").replace("<xdr:clientData/>", "")
        inside += f'<control shapeId="{1024 + number}" r:id="rId{number}" name="c"><controlPr>{anchor}</controlPr></control>'
        parts[f"xl/ctrlProps/ctrlProp{number}.xml"] = f'<formControlPr xmlns="{MS}" objectType="{kind}" {properties}/>'
        related[f"../ctrlProps/ctrlProp{number}.xml"] = CONTROL_TYPE
    cells = {at: cell(at, value) for at, value in values.items()}
    spaces = 'xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"'
    return package(sheet(form(cells), after=f"<controls {spaces}>{inside}</controls>"), related=related, parts=parts)


def vml(client: str, at: str = "C4", shape_id: str = "_x0000_s1025", caption: str = "", *, named: bool = False) -> bytes:
    """The small form with one legacy control, in VML that is not well formed.

    Args:
        client: what it says of itself.
        at: its cell.
        shape_id: the id of its shape.
        caption: its caption.
        named: whether somebody gave it a name, as which its id is written, and a part of its own beside the VML.
    """
    col, row = ord(at[0]) - 65, int(at[1:]) - 1
    ids = f'id="Case_x0020_1" o:spid="{shape_id}"' if named else f'id="{shape_id}"'
    data = (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel" '
        'xmlns:o="urn:schemas-microsoft-com:office:office">'
        f"<v:shape {ids}><v:textbox><div>{caption}<br></div></v:textbox>"
        f"{client.replace('ANCHOR', f'{col}, 5, {row}, 2, {col}, 25, {row}, 18')}</v:shape></xml>"
    )
    one = '<controls><control shapeId="1025" r:id="rId2" name="c"/></controls>' if named else ""
    return package(
        sheet(form(), after='<legacyDrawing r:id="rId1"/>' + one),
        related={"../drawings/vmlDrawing1.vml": "vmlDrawing", "../ctrlProps/ctrlProp1.xml": CONTROL_TYPE},
        parts={
            "xl/drawings/vmlDrawing1.vml": data,
            "xl/ctrlProps/ctrlProp1.xml": f'<formControlPr xmlns="{MS}" objectType="CheckBox" checked="Checked"/>',
        },
    )


def of_libreoffice(*, checked: bool, lost: str = "") -> bytes:
    """The small form with a check box as LibreOffice saves it: its shape bears its id, its VML neither that nor a state.

    Args:
        checked: its state.
        lost: the caption of an option button, of which LibreOffice keeps nothing else.
    """
    anchor = anchored("", "C4").replace("xdr:twoCellAnchor", "anchor").replace("<xdr:clientData/>", "")
    one = f'<control shapeId="1001" r:id="rId1" name="Vu"><controlPr altText="k">{anchor}</controlPr></control>'
    mark = 'xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"'
    shapes = ""
    for number, caption in (("1001", "Vu"), ("0", lost)):
        body = f"<xdr:txBody><a:bodyPr/><a:p><a:r><a:t>{caption}</a:t></a:r></a:p></xdr:txBody>"
        picture = f'<xdr:sp><xdr:nvSpPr><xdr:cNvPr id="{number}" name="k" hidden="0"/></xdr:nvSpPr><xdr:spPr/>{body}</xdr:sp>'
        choice = f'<mc:AlternateContent><mc:Choice Requires="a14">{anchored(picture, "C4")}</mc:Choice></mc:AlternateContent>'
        shapes += choice if caption else ""
    client = '<x:ClientData ObjectType="Checkbox"><x:Anchor>1, 0, 2, 0, 2, -82, 3, -17</x:Anchor></x:ClientData>'
    vml = (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel">'
        f'<v:shape id="shape_0"><v:textbox><div>Vu</div></v:textbox>{client}</v:shape></xml>'
    )
    state = ' checked="Checked"' if checked else ""
    return package(
        sheet(form(), after=f'<drawing r:id="rId2"/><legacyDrawing r:id="rId3"/><controls {mark}>{one}</controls>'),
        related={
            "../ctrlProps/ctrlProps1.xml": CONTROL_TYPE,
            "../drawings/drawing1.xml": "drawing",
            "../drawings/vmlDrawing1.vml": "vmlDrawing",
        },
        parts={
            "xl/ctrlProps/ctrlProps1.xml": f'<formControlPr xmlns="{MS}" objectType="CheckBox"{state}/>',
            "xl/drawings/vmlDrawing1.vml": vml,
            **drawing(shapes),
        },
    )


def activex(value: str, binary: bytes | None = None) -> bytes:
    """The small form with one ActiveX check box."""
    return activexes(("8BD21D40", {"Value": value}, binary, "C4"))


def activexes(*buttons: tuple[str, dict[str, str], bytes | None, str], linked: str = "", value: bool | None = None) -> bytes:
    """The small form with ActiveX buttons: class, properties, bytes of the binary part, cell.

    Args:
        buttons: those.
        linked: the cell that holds the state of the first.
        value: what it holds.
    """
    inside, parts, related = "", dict[str, str | bytes](), dict[str, str]()
    for number, (kind, properties, binary, at) in enumerate(buttons, 1):
        anchor = anchored("", at).replace("xdr:twoCellAnchor", "anchor").replace("<xdr:clientData/>", "")
        link = f' linkedCell="{linked}"' if linked and number == 1 else ""
        inside += f'<control shapeId="{1025 + number}" r:id="rId{number}" name="c"><controlPr{link}>{anchor}</controlPr></control>'
        bag = "".join(f'<ax:ocxPr ax:name="{name}" ax:value="{said}"/>' for name, said in properties.items() if binary is None)
        part = f'<ax:ocx xmlns:ax="{AX}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
        part += f'ax:classid="{{{kind}-EC42-11CE-9E0D-00AA006002F3}}" ax:persistence="p" r:id="rId1">{bag}</ax:ocx>'
        name = f"xl/activeX/activeX{number}"
        parts[f"{name}.xml"], related[f"../activeX/activeX{number}.xml"] = part, "control"
        if binary is not None:
            parts[f"{name}.bin"] = binary
            parts[f"xl/activeX/_rels/activeX{number}.xml.rels"] = relations({f"activeX{number}.bin": "activeXControlBinary"})
    cells = {linked: cell(linked, value)} if linked else {}
    spaces = 'xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"'
    return package(sheet(form(cells), after=f"<controls {spaces}>{inside}</controls>"), related=related, parts=parts)


def morph(value: str, group: str = "", caption: str = "CheckBox1") -> bytes:
    """The bytes of a binary button ([MS-OFORMS] §2.2.5.1): its class, then version, length, mask, properties, strings."""
    mask = 1 << 0 | 1 << 6 | 1 << 8 | 1 << 22 | 1 << 23 | bool(group) << 32
    data = bytes(4) + b"\x04" + bytes(3) + (0x80000001).to_bytes(4, "little")
    data += (0x80000000 | len(caption)).to_bytes(4, "little")
    data += (0x80000000 | len(group)).to_bytes(4, "little") if group else b""
    extra = (
        bytes(8) + value.encode() + bytes(3) + caption.encode() + bytes(-len(caption) % 4) + group.encode() + bytes(-len(group) % 4)
    )
    class_id = bytes.fromhex("401DD28B42ECCE119E0D00AA006002F3")
    return class_id + b"\x00\x02" + (8 + len(data) + len(extra)).to_bytes(2, "little") + mask.to_bytes(8, "little") + data + extra


def radios(*groups: tuple[str, bool], binary: bool = False) -> bytes:
    """The small form with ActiveX option buttons down a column: their group and whether each is on."""
    return activexes(
        *(
            ("8BD21D50", {"Value": str(int(on)), "GroupName": group}, morph(str(int(on)), group) if binary else None, f"C{row}")
            for row, (group, on) in enumerate(groups, 4)
        )
    )


_COLOURS: Final = ("yellow", "indexed", "tint", "gradient")


def _list(*rows: tuple[str | None, ...], titles: tuple[str, ...] = ()) -> bytes:
    """A sheet of rows of cells, from row 2 on: a text, then after a bar the name of its format, « plain » when none is told."""
    cells = {f"{col}1": cell(f"{col}1", text) for col, text in zip("ABCD", titles, strict=False)}
    for number, row in enumerate(rows, 2):
        for col, said in zip("ABCD", row, strict=False):
            if said is not None:
                text, _bar, look = said.partition("#")
                cells[f"{col}{number}"] = cell(f"{col}{number}", text or None, look or "plain")
    return package(sheet(cells))


def _second(data: bytes, *kinds: str, labels: tuple[str, str, str] = ("Seul", "Équipe", "Autre")) -> Encoding:
    """Three boxes, the second of which is in doubt."""
    first, second, third = labels
    return Encoding(data, (("blank", first), ("uncertain", second), ("blank", third)), kinds)


_BLANK_OPTIONS: Final = (("blank", "SISR"), ("blank", "SLAM"))
_XS: Final = {
    sign: _of({"C4": cell("C4", sign)})
    for sign in ("x", "X", " x ", "×", "✔", "✔️", "✅", "✓", "☒", "☑", "■", "▣", "●", "[x]", "\u0425")
}
_OPTIONS: Final = {
    text: _of({"B1": cell("B1", text)})
    for text in (
        "X SISR",
        "x  SISR",
        "☑ SISR",
        "☒ SISR",
        "✅ SISR",
        "■ SISR",
        "▣ SISR",
        "✓ SISR",
        "|x| SISR",
        "[X] SISR",
        "❌ SISR",
    )
}

ENCODINGS: Final[dict[str, Encoding]] = {
    **{f"grid {sign.strip()!r} {len(sign)}": _grid(data) for sign, data in _XS.items()},
    **{f"option {text}": _option(data) for text, data in _OPTIONS.items()},
    "grid x on a fill": _grid(_of({"C4": cell("C4", "x", "yellow")}), "typed", "shading"),
    "grid x and diagonals on a fill": _grid(_of({"C4": cell("C4", "x", "yellow crossed")}), "typed", "shading", "diagonals"),
    **{
        f"grid fill {name}": _grid(_of({"C4": cell("C4", None, name)}), "shading")
        for name in ("yellow", "theme", "tint", "indexed", "gradient")
    },
    "grid fill under condition, an x": _grid(
        conditioned("C4:E8", 'type="cellIs" operator="equal"', '"x"', changes={"C4": cell("C4", "x")}), "typed", "shading"
    ),
    "grid fill under condition, empty": _grid(conditioned("C4", 'type="containsBlanks"', "LEN(TRIM(C4))=0"), "shading"),
    "grid fill under condition, always": _grid(conditioned("C4", 'type="expression"', "TRUE"), "shading"),
    "grid fill under condition, undecided": _grid(
        conditioned("C4", 'type="expression"', '$G$1="oui"'), "shading", state="uncertain"
    ),
    "grid hatched": _grid(_of({"C4": cell("C4", None, "hatched")}), "shading", state="uncertain"),
    "grid both diagonals": _grid(_of({"C4": cell("C4", None, "crossed")}), "diagonals"),
    "grid one diagonal": _grid(_of({"C4": cell("C4", None, "half")}), "diagonals", state="uncertain"),
    "grid 1": Encoding(
        _of({"C4": cell("C4", 1), "D5": cell("D5", 1)}),
        (*_BLANK_OPTIONS, ("ticked", C4), ("ticked", "Répondre | Serveur")),
        ("typed",),
    ),
    "grid empty box": _grid(_of({"C4": cell("C4", "☐")}), state="blank"),
    "grid Wingdings tick": _grid(_of({"C4": cell("C4", "ü", "wingdings")}), "glyph"),
    "grid Wingdings box": _grid(_of({"C4": cell("C4", "¨", "wingdings")}), state="blank"),
    "grid Wingdings private code": _grid(_of({"C4": cell("C4", "\uf0fe", "wingdings")}), "glyph"),
    "grid Marlett tick": _grid(_of({"C4": cell("C4", "a", "marlett")}), "glyph"),
    "grid Wingdings run": _grid(
        _of({"C4": cell("C4", 'inlineStr|<is><r><rPr><rFont val="Wingdings"/></rPr><t>ý</t></r></is>')}), "glyph"
    ),
    "grid cell check box": _grid(_of({"C4": cell("C4", True, "check box")}), "control"),
    "grid cell check box off": _grid(_of({"C4": cell("C4", False, "check box")}), state="blank"),
    "grid text box X": _grid(drawn(anchored(shape("rect", "X"), "C4")), "shape"),
    **{
        f"{at} text box {text} {font}": of(drawn(anchored(text_box(text, font), {"grid": "C4", "option": "B1"}[at])), "shape")
        for text, font in (("☒", ""), ("✓", ""), ("✔️", ""), ("þ", "Wingdings"), ("ü", "Wingdings"), ("\uf052", "Wingdings 2"))
        for at, of in (("grid", _grid), ("option", _option))
    },
    "grid text box ☐": _grid(drawn(anchored(text_box("☐"), "C4")), state="blank"),
    "grid text box of an empty box of Wingdings": _grid(drawn(anchored(text_box("¨", "Wingdings"), "C4")), state="blank"),
    "option text box ☐ over a box": _option(drawn(anchored(text_box("☐"), "B1")), state="blank"),
    "option text box larger than its cross": _option(drawn(anchored(text_box("X"), "B1", width=110, height=60)), "shape"),
    "option text box OK": _option(drawn(anchored(text_box("OK"), "B1")), "glyph", "shape", state="uncertain"),
    "text box with boxes and labels": Encoding(
        drawn(anchored(text_box("☒ Présent ☐ Absent"), "G8", width=200)),
        (*_BLANK_OPTIONS, ("ticked", "Présent"), ("blank", "Absent")),
        ("glyph",),
    ),
    "text box with a bullet that is a box": Encoding(
        drawn(
            anchored(
                text_box("Présent").replace("<a:p>", '<a:p><a:pPr><a:buFont typeface="Wingdings"/><a:buChar char="þ"/></a:pPr>'),
                "G8",
                width=200,
            )
        ),
        (*_BLANK_OPTIONS, ("ticked", "Présent")),
        ("glyph",),
    ),
    "text box ☒ beside its label": Encoding(
        drawn(
            anchored(text_box("☒"), "G8"), anchored(text_box("☐"), "G9"), changes={"H8": cell("H8", "Oui"), "H9": cell("H9", "Non")}
        ),
        (*_BLANK_OPTIONS, ("ticked", "Oui"), ("blank", "Non")),
        ("glyph",),
    ),
    "grid mathMultiply": _grid(drawn(anchored(shape("mathMultiply"), "C4")), "shape"),
    "grid freehand": _grid(drawn(anchored(shape("custom"), "C4")), "shape"),
    "grid polygon": _grid(drawn(anchored(shape("hexagon"), "C4")), "shape"),
    "grid two lines": _grid(drawn(anchored(CONNECTOR, "C4"), anchored(CONNECTOR, "C4")), "shape"),
    "grid group of lines": _grid(drawn(anchored(GROUP, "C4")), "shape"),
    "grid one line": _grid(drawn(anchored(CONNECTOR, "C4")), "shape", state="uncertain"),
    "grid picture": _grid(drawn(anchored(PICTURE, "C4")), "picture", state="uncertain"),
    "grid picture placed in the cell": _grid(
        _of({"C4": '<c r="C4" t="e" vm="1"><v>#VALUE!</v></c>'}), "picture", state="uncertain"
    ),
    "option fill": _option(_of({"B1": cell("B1", "▢ SISR", "yellow")}), "shading"),
    "option text box X": _option(drawn(anchored(shape("rect", "X"), "B1")), "shape"),
    "option mathMultiply": _option(drawn(anchored(shape("mathMultiply"), "B1")), "shape"),
    "option freehand": _option(drawn(anchored(shape("custom"), "B1")), "shape"),
    "option ellipse": _option(drawn(anchored(shape("ellipse", fill="<a:noFill/>"), "B1")), "circle"),
    "option picture": _option(drawn(anchored(PICTURE, "B1")), "picture"),
    "option ink": _option(
        drawn(
            anchored(
                "<mc:AlternateContent><mc:Choice><xdr:contentPart/></mc:Choice><mc:Fallback>"
                + PICTURE
                + "</mc:Fallback></mc:AlternateContent>",
                "B1",
            )
        ),
        "shape",
    ),
    "option bars": _option(_of({"B1": cell("B1", "|x| SISR"), "C1": cell("C1", "| | SLAM")}), "typed"),
    "option after its label": _option(_of({"B1": cell("B1", "SISR X"), "C1": cell("C1", "SLAM ▢")}), "typed"),
    "option in one cell": Encoding(
        _of({"B1": cell("B1", "X SISR  ▢ SLAM"), "C1": cell("C1")}), (("ticked", "SISR"), ("blank", "SLAM"))
    ),
    "option without boxes, filled": _option(_of({"B1": cell("B1", "SISR", "yellow"), "C1": cell("C1", "SLAM")}), "shading"),
    "option without boxes, circled": _option(
        drawn(anchored(shape("ellipse", fill="<a:noFill/>"), "B1"), changes={"B1": cell("B1", "SISR"), "C1": cell("C1", "SLAM")}),
        "circle",
    ),
    "option without boxes, struck": _option(_of({"B1": cell("B1", "SISR"), "C1": cell("C1", "SLAM", "struck")}), "strikethrough"),
    "option without boxes, struck in one cell": Encoding(
        _of({"B1": cell("B1", rich("SISR / ", "~SLAM")), "C1": cell("C1")}),
        (("ticked", "SISR"), ("blank", "SLAM")),
        ("strikethrough",),
    ),
    "option without boxes, struck by its cell but a run": Encoding(
        _of({"B1": cell("B1", rich("SISR / ", "=SLAM"), "struck"), "C1": cell("C1")}),
        (("ticked", "SISR"), ("blank", "SLAM")),
        ("strikethrough",),
    ),
    **{
        f"option struck, {text}": _option(_of({"B1": cell("B1", value, look)}), kind, "strikethrough", state="uncertain")
        for text, value, look, kind in (
            ("empty", "▢ SISR", "struck", "glyph"),
            ("ticked", "☒ SISR", "struck", "glyph"),
            ("its box alone", rich("~☒", " SISR"), "plain", "glyph"),
            ("empty in rich text", rich("~▢ SISR"), "plain", "glyph"),
            ("brackets", rich("[", "~x", "] SISR"), "plain", "typed"),
            ("X in the place of its box", rich("~X", " SISR"), "plain", "typed"),
        )
    },
    "option struck, its label alone": _option(_of({"B1": cell("B1", rich("☒ ", "~SISR"))}), "glyph"),
    "option struck, one of two in a cell": Encoding(
        _of({"B1": cell("B1", rich("~X SISR", "  ▢ SLAM")), "C1": cell("C1")}), (("uncertain", "SISR"), ("blank", "SLAM"))
    ),
    "grid struck x": _grid(_of({"C4": cell("C4", "x", "struck")}), "typed", "strikethrough", state="uncertain"),
    "grid struck x by a condition": _grid(
        conditioned("C4:E8", 'type="cellIs" operator="equal"', '"x"', changes={"C4": cell("C4", "x")}, look=_STRIKE),
        "typed",
        "strikethrough",
        state="uncertain",
    ),
    "grid struck x by a condition of another cell": _grid(
        conditioned("C4", 'type="expression"', "$G$1>3", changes={"C4": cell("C4", "x")}, look=_STRIKE),
        "typed",
        "strikethrough",
        state="uncertain",
    ),
    "grid struck by a condition that does not hold": _grid(
        conditioned("C4:E8", 'type="cellIs" operator="equal"', '"y"', changes={"C4": cell("C4", "x")}, look=_STRIKE), "typed"
    ),
    "option struck by a condition": _option(
        conditioned("B1", 'type="expression"', "TRUE", look=_STRIKE), "glyph", "strikethrough", state="uncertain"
    ),
    "grid '☒' of a number format": _grid(formatted('[=1]"☒";[=0]"☐";General', 1), "glyph"),
    "grid '☒' of a number format, by sign": _grid(formatted('"☒";;"☐"', 1), "glyph"),
    "grid '☒' of a number format, by a limit": _grid(formatted('[<1]"☐";[>=1]"☒"', 2), "glyph"),
    "grid empty box of a number format": _grid(formatted('[=1]"☒";[=0]"☐";General', 0), state="blank"),
    "grid empty box of a number format, by sign": _grid(formatted('"☒";;"☐"', 0), state="blank"),
    "option ☒ of a text format": _option(formatted('"☒ "@', "SISR", "B1"), "glyph"),
    "grid struck box": _grid(_of({"C4": cell("C4", rich("~☐"))}), "glyph", "strikethrough", state="uncertain"),
    "grid text box X struck": _grid(drawn(anchored(text_box("X", struck=True), "C4")), "shape", state="uncertain"),
    "grid alternatives, one struck": Encoding(
        _of({"C4": cell("C4", rich("Oui / ", "~Non"))}), (*_BLANK_OPTIONS, ("ticked", "Oui"), ("blank", "Non"))
    ),
    "option X and X": Encoding(
        _of({"B1": cell("B1", "X SISR"), "C1": cell("C1", "X SLAM")}), (("ticked", "SISR"), ("ticked", "SLAM"))
    ),
    "option overwritten by X": Encoding(_of({"B1": cell("B1", "X")}), (("ticked", "Option :"), ("blank", "SLAM"))),
    "option typed, the other gone": Encoding(_of({"B1": cell("B1", "SISR"), "C1": cell("C1")}), ()),
    "option X, no box left": Encoding(_of({"B1": cell("B1", "X SISR"), "C1": cell("C1", "SLAM")}), (("ticked", "SISR"),)),
    "option X alone in the cell before": Encoding(
        _of({"B1": cell("B1", "SISR"), "C1": cell("C1", "X"), "D1": cell("D1", "SLAM"), "E1": cell("E1", "☐")}),
        (("ticked", "SISR"), ("blank", "SLAM")),
    ),
    "option X beside the box": _option(_of({"B1": cell("B1", "X ▢ SISR")}), "glyph", "typed", state="uncertain"),
    "option box and filled sibling": Encoding(
        _of({"B1": cell("B1", "☒ SISR"), "C1": cell("C1", "▢ SLAM", "yellow")}), (("ticked", "SISR"), ("uncertain", "SLAM"))
    ),
    "option shape between two": Encoding(
        drawn(anchored(shape("mathMultiply"), "B1", dx=53)), (("uncertain", "SISR"), ("uncertain", "SLAM"))
    ),
    **{
        f"option alternatives in one cell under a {name}": Encoding(
            drawn(anchored(thing, "B1"), changes={"B1": cell("B1", "Seul / Équipe"), "C1": cell("C1")}),
            (("uncertain", "Seul"), ("uncertain", "Équipe")),
            (kind,),
        )
        for name, thing, kind in (
            ("ring", shape("ellipse", fill="<a:noFill/>"), "circle"),
            ("stroke", CONNECTOR, "shape"),
            ("scribble", shape("custom"), "shape"),
        )
    },
    "control ticked": _grid(control('objectType="CheckBox" checked="Checked"'), "control"),
    "control blank": _grid(control('objectType="CheckBox"'), state="blank"),
    "control mixed": _grid(control('objectType="CheckBox" checked="Mixed"'), "control", state="uncertain"),
    "control linked": _grid(control('objectType="CheckBox" checked="Checked" fmlaLink="$G$1"', value="1"), "control"),
    "control contradicted": _grid(
        control('objectType="CheckBox" checked="Checked" fmlaLink="$G$1"', value="0"), "control", "linked-cell", state="uncertain"
    ),
    "control with a caption": Encoding(
        control('objectType="Radio" checked="Checked"', caption="Oui"), (*_BLANK_OPTIONS, ("ticked", "Oui"))
    ),
    "control with a caption of no one": _grid(control('objectType="CheckBox" checked="Checked"', caption="Check Box 1"), "control"),
    "control over an option": _option(control('objectType="CheckBox" checked="Checked"', at="B1"), "control"),
    "control, option buttons in two frames": Encoding(
        buttons(
            ("GBox", "", "C4", 1, 2),
            ("GBox", "", "C6", 1, 2),
            ("Radio", "", "C4", 1, 1),
            ("Radio", 'checked="Checked" fmlaLink="$G$1"', "C5", 1, 1),
            ("Radio", 'checked="Checked" fmlaLink="$G$2"', "C6", 1, 1),
            ("Radio", "", "C7", 1, 1),
            values={"G1": 2, "G2": 1},
        ),
        (
            *_BLANK_OPTIONS,
            ("blank", C4),
            ("ticked", "Gérer le patrimoine | Serveur"),
            ("ticked", "Gérer le patrimoine | Réseau"),
            ("blank", "Gérer le patrimoine | Parc"),
        ),
    ),
    "control, option buttons against their cell": Encoding(
        buttons(("Radio", 'fmlaLink="$G$1"', "C4", 1, 1), ("Radio", 'checked="Checked"', "C5", 1, 1), values={"G1": 1}),
        (*_BLANK_OPTIONS, ("uncertain", C4), ("uncertain", "Gérer le patrimoine | Serveur")),
    ),
    "control, two option buttons of one choice": Encoding(
        buttons(
            ("Radio", 'checked="Checked" fmlaLink="$G$1"', "C4", 1, 1), ("Radio", 'checked="Checked"', "C5", 1, 1), values={"G1": 1}
        ),
        (*_BLANK_OPTIONS, ("uncertain", C4), ("uncertain", "Gérer le patrimoine | Serveur")),
    ),
    "control, two option buttons on without a cell": Encoding(
        buttons(
            ("Radio", 'checked="Checked"', "C4", 1, 1),
            ("Radio", 'checked="Checked"', "C5", 1, 1),
            ("Radio", "", "C6", 1, 1),
            values={},
        ),
        (
            *_BLANK_OPTIONS,
            ("uncertain", C4),
            ("uncertain", "Gérer le patrimoine | Serveur"),
            ("blank", "Gérer le patrimoine | Réseau"),
        ),
    ),
    "control, option buttons on in two frames without a cell": Encoding(
        buttons(
            ("GBox", "", "C4", 1, 1),
            ("GBox", "", "C5", 1, 1),
            ("Radio", 'checked="Checked"', "C4", 1, 1),
            ("Radio", 'checked="Checked"', "C5", 1, 1),
            values={},
        ),
        (*_BLANK_OPTIONS, ("ticked", C4), ("ticked", "Gérer le patrimoine | Serveur")),
    ),
    "VML ticked": _grid(
        vml('<x:ClientData ObjectType="Checkbox"><x:Anchor>ANCHOR</x:Anchor><x:Checked>1</x:Checked></x:ClientData>'), "control"
    ),
    "VML with a caption in what is not well formed": Encoding(
        vml(
            '<x:ClientData ObjectType="Checkbox"><x:Anchor>ANCHOR</x:Anchor><x:Checked>1</x:Checked></x:ClientData>', caption="Oui"
        ),
        (*_BLANK_OPTIONS, ("ticked", "Oui")),
        ("control",),
    ),
    "VML blank": _grid(vml('<x:ClientData ObjectType="Checkbox"><x:Anchor>ANCHOR</x:Anchor></x:ClientData>'), state="blank"),
    "VML with a name and the id of its shape": _grid(
        vml('<x:ClientData ObjectType="Checkbox"><x:Anchor>ANCHOR</x:Anchor><x:Checked>1</x:Checked></x:ClientData>', named=True),
        "control",
    ),
    "control of LibreOffice, ticked": Encoding(of_libreoffice(checked=True), (*_BLANK_OPTIONS, ("ticked", "Vu")), ("control",)),
    "control of LibreOffice, blank": Encoding(of_libreoffice(checked=False), (*_BLANK_OPTIONS, ("blank", "Vu"))),
    "VML of LibreOffice, without its state": _grid(
        vml('<x:ClientData ObjectType="Checkbox"><x:Anchor>ANCHOR</x:Anchor></x:ClientData>', shape_id="shape_0"),
        "control",
        state="uncertain",
    ),
    "VML note": Encoding(vml('<x:ClientData ObjectType="Note"><x:Anchor>ANCHOR</x:Anchor></x:ClientData>'), _BLANK_OPTIONS),
    "ActiveX ticked": _grid(activex("1"), "control"),
    "ActiveX blank": _grid(activex("0"), state="blank"),
    "ActiveX binary ticked": _grid(activex("", morph("1")), "control"),
    "ActiveX binary with a caption": Encoding(
        activex("", morph("1", caption="Oui")), (*_BLANK_OPTIONS, ("ticked", "Oui")), ("control",)
    ),
    "ActiveX binary blank": _grid(activex("", morph("0")), state="blank"),
    "ActiveX against its cell": _grid(
        activexes(("8BD21D40", {"Value": "1"}, None, "C4"), linked="G1", value=False), "control", "linked-cell", state="uncertain"
    ),
    **{
        f"ActiveX option buttons{how}, {what}": Encoding(
            radios(*groups, binary=bool(how)),
            (*_BLANK_OPTIONS, (state, C4), (state, "Gérer le patrimoine | Serveur"), ("blank", "Gérer le patrimoine | Réseau")),
        )
        for how in ("", " in binary")
        for what, groups, state in (
            ("two of one group", (("Oui", True), ("Oui", True), ("Oui", False)), "uncertain"),
            ("one in each of two groups", (("Oui", True), ("Non", True), ("Non", False)), "ticked"),
            ("two of the sheet", (("", True), ("", True), ("", False)), "uncertain"),
        )
    },
    "ActiveX binary damaged": _grid(activex("", b"\x00\x02"), "control", state="uncertain"),
    "empty box, its cell filled in a list": _second(_list(("☐ Seul",), ("☐ Équipe#yellow",), ("☐ Autre",)), "glyph", "shading"),
    "empty box, its cell crossed in a list": _second(_list(("☐ Seul",), ("☐ Équipe#half",), ("☐ Autre",)), "glyph", "diagonals"),
    "empty box, filled, its label beside it": _second(
        _list(("☐", "Seul"), ("☐#yellow", "Équipe"), ("☐", "Autre")), "glyph", "shading"
    ),
    "empty box, its label filled": _second(_list(("☐", "Seul"), ("☐", "Équipe#yellow"), ("☐", "Autre")), "glyph", "shading"),
    "empty box, its label before it filled": _second(
        _list(("Seul", "☐"), ("Équipe#yellow", "☐"), ("Autre", "☐")), "glyph", "shading"
    ),
    "empty box, filled with its label": _second(
        _list(("☐", "Seul"), ("☐#yellow", "Équipe#yellow"), ("☐", "Autre")), "glyph", "shading"
    ),
    "empty box, its title filled in a table": _second(
        _list(("Seul", "☐"), ("Équipe#yellow", "☐"), ("Autre", "☐"), titles=("Modalité", "Choix", "Avis")),
        "glyph",
        "shading",
        labels=("Choix | Seul", "Choix | Équipe", "Choix | Autre"),
    ),
    "empty box, filled among those of its row": Encoding(
        _list(("Accueil", "☐", "☐#yellow", "☐"), ("Écoute", "☐", "☐", "☐"), titles=("Critère", "TI", "I", "S")),
        (
            ("blank", "TI | Accueil"),
            ("uncertain", "I | Accueil"),
            ("blank", "S | Accueil"),
            *(("blank", f"{level} | Écoute") for level in ("TI", "I", "S")),
        ),
        ("glyph", "shading"),
    ),
    "empty box, filled with its words in a table": Encoding(
        _list(("Accueil", "☐ Oui#yellow", "☐ Non"), ("Écoute", "☐ Oui", "☐ Non"), titles=("Critère", "Acquis", "Avis")),
        (("uncertain", "Oui"), ("blank", "Non"), ("blank", "Oui"), ("blank", "Non")),
        ("glyph", "shading"),
    ),
    "empty box, alone, filled": Encoding(_list(("Engagement",), ("☐ Je certifie#yellow",)), (("uncertain", "Je certifie"),)),
    **{
        f"empty boxes, {name}": Encoding(data, tuple(("blank", label) for label in labels))
        for name, data, labels in (
            ("all filled", _list(("☐#yellow", "Seul"), ("☐#yellow", "Équipe"), ("☐#yellow", "Autre")), ("Seul", "Équipe", "Autre")),
            ("labels all filled", _list(("☐", "Seul#yellow"), ("☐", "Équipe#yellow")), ("Seul", "Équipe")),
            (
                "every second row filled",
                _list(("☐", "A1"), ("☐#yellow", "B1#yellow"), ("☐", "C1"), ("☐#yellow", "D1#yellow")),
                ("A1", "B1", "C1", "D1"),
            ),
            ("each its colour", _list(*((f"☐ {n}#{n}",) for n in _COLOURS)), _COLOURS),
            ("labels each its colour", _list(*(("☐", f"{n}#{n}") for n in _COLOURS)), _COLOURS),
            (
                "a whole row filled",
                _list(("Critère#yellow", "☐ Oui#yellow", "☐ Non#yellow"), ("Autre", "☐ Si", "☐ Bof")),
                ("Oui", "Non", "Si", "Bof"),
            ),
            (
                "the colour of what is to be filled in",
                _list(("Nom :", "#yellow"), ("☐ Je certifie#yellow",)),
                ("Je certifie",),
            ),
            (
                "the colour of the headings",
                _list(("Partie 1#yellow",), ("☐ A1#yellow",), ("☐ B1",), ("Partie 2#yellow",), ("☐ C1#yellow",), ("☐ D1",)),
                ("A1", "B1", "C1", "D1"),
            ),
        )
    },
}
NOT_MARKS: Final[dict[str, bytes]] = {
    "the form": _of({}),
    "a sentence in place of a cross": _of({"C4": cell("C4", "Oui, en partie")}),
    "white fill": _of({"C4": cell("C4", None, "white")}),
    "diagonals without a line": _of({"C4": cell("C4", None, "unstyled")}),
    "header fills": _of({f"{col}3": cell(f"{col}3", f"Titre {col}", "yellow") for col in "ABCDE"}),
    "a filled column": _of({f"C{row}": cell(f"C{row}", None, "yellow") for row in range(4, 9)}),
    "filled rows": _of({f"{col}5": cell(f"{col}5", "Serveur" if col == "A" else None, "yellow") for col in "ABCDE"}),
    "stripes": _of({f"{col}{row}": cell(f"{col}{row}", None, "yellow") for col in "CDE" for row in (4, 6, 8)}),
    "figures": _of({f"{col}{row}": cell(f"{col}{row}", value) for row in (4, 5) for col, value in (("C", 1), ("D", 12), ("E", 3))}),
    "ones everywhere": _of({f"C{row}": cell(f"C{row}", 1) for row in range(4, 9)}),
    "a large picture": drawn(anchored(PICTURE, "C4", width=400, height=300)),
    "a large picture over the body": drawn(anchored(PICTURE, "A3", dy=0, width=280, height=100)),
    "a line that rules a cell": drawn(
        anchored(CONNECTOR, "A9", dx=0, dy=19, width=64, height=0), changes={"A9": cell("A9", "Nom / Prénom")}
    ),
    "a hidden shape": drawn(anchored(shape("mathMultiply").replace('id="2"', 'id="2" hidden="1"'), "C4")),
    "a text box of words": drawn(anchored(shape("rect", "À rendre en mai"), "C4")),
    "a filled cell outside the table": _of({"G5": cell("G5", None, "yellow")}),
}
"""Files whose only marks are the two empty options."""
