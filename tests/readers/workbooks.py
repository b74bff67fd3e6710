"""Excel workbooks for tests, straight from XML: a small form of a question and a table, and what is put on it."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Final
from xml.sax.saxutils import escape

MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
DRAWING: Final = (
    'xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    f'xmlns:a14="http://schemas.microsoft.com/office/drawing/2010/main" xmlns:r="{OFFICE}"'
)
FILLS: Final = (
    '<patternFill patternType="none"/>',
    '<patternFill patternType="gray125"/>',
    '<patternFill patternType="solid"><fgColor rgb="FFFFFF00"/></patternFill>',
    '<patternFill patternType="solid"><fgColor theme="1"/></patternFill>',
    '<patternFill patternType="solid"><fgColor theme="4" tint="0.5999"/></patternFill>',
    '<patternFill patternType="solid"><fgColor indexed="10"/></patternFill>',
    '<patternFill patternType="lightUp"/>',
    '<patternFill patternType="solid"><fgColor theme="0"/></patternFill>',
    '<gradientFill><stop><color rgb="FF00FF00"/></stop><stop><color rgb="FFFFFFFF"/></stop></gradientFill>',
)
BORDERS: Final = (
    "<left/><right/><top/><bottom/><diagonal/>",
    '<left style="thin"/><right style="thin"/><top style="thin"/><bottom style="thin"/><diagonal/>',
)
CROSSED: Final = (
    '<border diagonalUp="1" diagonalDown="1"><diagonal style="thin"/></border>',
    '<border diagonalUp="1"><diagonal style="thin"/></border>',
    '<border diagonalUp="1" diagonalDown="1"><diagonal/></border>',
)
FORMATS: Final[dict[str, dict[str, int]]] = {
    "plain": {},
    "framed": {"borderId": 1},
    **{
        name: {"fillId": number}
        for number, name in enumerate(("yellow", "theme", "tint", "indexed", "hatched", "white", "gradient"), 2)
    },
    **{name: {"borderId": number} for number, name in enumerate(("crossed", "half", "unstyled"), 2)},
    **{name: {"fontId": number} for number, name in enumerate(("wingdings", "struck", "marlett"), 1)},
    "yellow crossed": {"fillId": 2, "borderId": 2},
    "date": {"numFmtId": 14},
    "long date": {"numFmtId": 164},
    "time": {"numFmtId": 165},
    "euros": {"numFmtId": 166},
    "percent": {"numFmtId": 9},
    "fixed": {"numFmtId": 4},
    "text": {"numFmtId": 49},
    "elapsed": {"numFmtId": 46},
}
STYLE: Final = {name: index for index, name in enumerate([*FORMATS, "check box"])}
"""Index of each cell format."""
FORM: Final = {
    "A1": "Option :", "B1": "▢ SISR", "C1": "▢ SLAM",
    "A3": "Réalisations", "B3": "Période", "C3": "Gérer le patrimoine", "D3": "Répondre", "E3": "Développer",
    "A4": "Site web", "B4": "du 01/09/24 au 10/09/24", "A5": "Serveur", "A6": "Réseau", "A7": "Parc", "A8": "Support",
}  # fmt: skip
"""A small form: a question and a table of five rows and three columns of ticks."""


def styles() -> str:
    """The style part with the formats of :data:`STYLE`."""
    fonts = "".join(f'<font><name val="{name}"/></font>' for name in ("Calibri", "Wingdings"))
    fonts += '<font><strike/><name val="Calibri"/></font><font><name val="Marlett"/></font>'
    fills = "".join(f"<fill>{fill}</fill>" for fill in FILLS)
    borders = "".join(f"<border>{border}</border>" for border in BORDERS) + "".join(CROSSED)
    xfs = "".join("<xf " + " ".join(f'{key}="{value}"' for key, value in look.items()) + "/>" for look in FORMATS.values())
    bag = "http://schemas.microsoft.com/office/spreadsheetml/2022/featurepropertybag"
    check = f'<xf><extLst><ext><p:xfComplement xmlns:p="{bag}" i="0"/>'
    formats = "".join(
        f'<numFmt numFmtId="{number}" formatCode="{escape(code, {chr(34): "&quot;"})}"/>'
        for number, code in ((164, '[$-40C]dddd d mmmm yyyy" inclus"'), (165, "hh:mm"), (166, '#,##0.00\\ "€"'))
    )
    return (
        f'<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts><fonts>{fonts}</fonts><fills>{fills}</fills>'
        f"<borders>{borders}</borders><cellXfs>{xfs}{check}</ext></extLst></xf></cellXfs></styleSheet>"
    )


def cell(at: str, value: str | float | bool | None = None, style: str = "plain") -> str:
    """A cell: text inline, numbers and booleans as such; a value that begins with ``<`` is XML, after its type and a bar."""
    head = f'<c r="{at}" s="{STYLE[style]}"'
    if value is None:
        return head + "/>"
    if isinstance(value, bool):
        return f'{head} t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float):
        return f"{head}><v>{value}</v></c>"
    kind, bar, xml = value.partition("|<")
    if bar:
        return f'{head} t="{kind}"><{xml}</c>'
    return f'{head} t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'


def rich(*runs: str) -> str:
    """The value of a cell of rich text; a run that begins with ~ is struck through, one that begins with = has no properties."""
    inside = ""
    for run in runs:
        properties = "" if run[0] == "=" else "<rPr><strike/></rPr>" if run[0] == "~" else "<rPr><b/></rPr>"
        inside += f'<r>{properties}<t xml:space="preserve">{escape(run.lstrip("=~"))}</t></r>'
    return f"inlineStr|<is>{inside}</is>"


def sheet(cells: dict[str, str], before: str = "", after: str = "", rows: dict[int, str] | None = None) -> str:
    """A worksheet of cells by reference; ``rows`` gives attributes to rows."""
    by_row: dict[int, list[str]] = {row: [] for row in rows or {}}
    for at in sorted(cells, key=lambda at: (len(re.sub(r"\d", "", at)), at)):
        by_row.setdefault(int(re.sub(r"\D", "", at)), []).append(cells[at])
    data = "".join(f'<row r="{row}" {(rows or {}).get(row, "")}>{"".join(by_row[row])}</row>' for row in sorted(by_row))
    return f'<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}">{before}<sheetData>{data}</sheetData>{after}</worksheet>'


def merges(*areas: str) -> str:
    """Merged ranges."""
    return "<mergeCells>" + "".join(f'<mergeCell ref="{area}"/>' for area in areas) + "</mergeCells>"


def form(changes: dict[str, str] | None = None, blank: tuple[str, ...] = ()) -> dict[str, str]:
    """The cells of :data:`FORM`, some replaced, some taken out."""
    cells = {at: cell(at, text) for at, text in FORM.items() if at not in blank}
    return {**cells, **(changes or {})}


def relations(items: dict[str, str]) -> str:
    """A relationship part: type and target, ids in order."""
    inside = "".join(
        f'<Relationship Id="rId{number}" Type="{kind if kind.startswith("http") else f"{OFFICE}/{kind}"}" Target="{target}"/>'
        for number, (target, kind) in enumerate(items.items(), 1)
    )
    return f'<Relationships xmlns="{PACKAGE}">{inside}</Relationships>'


def package(
    *sheets: str,
    related: dict[str, str] | None = None,
    parts: dict[str, str | bytes] | None = None,
    states: tuple[str, ...] = (),
    extra: str = "",
    without: tuple[str, ...] = (),
) -> bytes:
    """A workbook of worksheets named Feuil1, Feuil2…

    Args:
        sheets: their XML.
        related: target and type of the relationships of the first one.
        parts: other parts.
        states: ``state`` of each sheet.
        extra: XML of the workbook after its sheets.
        without: parts to leave out.
    """
    tags = "".join(
        f'<sheet name="Feuil{n}" sheetId="{n}" r:id="rId{n}"' + (f' state="{states[n - 1]}"' if n <= len(states) else "") + "/>"
        for n in range(1, len(sheets) + 1)
    )
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{tags}</sheets>{extra}</workbook>',
        "xl/_rels/workbook.xml.rels": relations(
            {f"worksheets/sheet{n}.xml": "worksheet" for n in range(1, len(sheets) + 1)}
            | {"styles.xml": "styles", "sharedStrings.xml": "sharedStrings"}
        ),
        "xl/styles.xml": styles(),
        **{f"xl/worksheets/sheet{n}.xml": xml for n, xml in enumerate(sheets, 1)},
        **({"xl/worksheets/_rels/sheet1.xml.rels": relations(related)} if related else {}),
        **(parts or {}),
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            if name not in without:
                archive.writestr(name, data)
    return stream.getvalue()


def marker(name: str, col: int, dx: int, row: int, dy: int) -> str:
    """One corner of an anchor, in pixels."""
    return (
        f"<xdr:{name}><xdr:col>{col}</xdr:col><xdr:colOff>{dx * 9525}</xdr:colOff>"
        f"<xdr:row>{row}</xdr:row><xdr:rowOff>{dy * 9525}</xdr:rowOff></xdr:{name}>"
    )


def anchored(thing: str, at: str, dx: int = 8, dy: int = 2, width: int = 20, height: int = 14) -> str:
    """A thing anchored to two cells, inside the cell ``at`` unless it is pushed out of it; cells are 64 by 20 pixels."""
    col, row = ord(at[0]) - 65, int(at[1:]) - 1
    x, y = col * 64 + dx, row * 20 + dy
    x1, y1 = x + width, y + height
    corners = marker("from", x // 64, x % 64, y // 20, y % 20) + marker("to", x1 // 64, x1 % 64, y1 // 20, y1 % 20)
    return f"<xdr:twoCellAnchor>{corners}{thing}<xdr:clientData/></xdr:twoCellAnchor>"


def drawing(*anchors: str) -> dict[str, str | bytes]:
    """A drawing part."""
    return {"xl/drawings/drawing1.xml": f"<xdr:wsDr {DRAWING}>{''.join(anchors)}</xdr:wsDr>"}


def shape(geometry: str, text: str = "", fill: str = "") -> str:
    """A shape: the name of a preset, or ``custom``."""
    inside = "<a:custGeom/>" if geometry == "custom" else f'<a:prstGeom prst="{geometry}"/>'
    body = f"<xdr:txBody><a:bodyPr/><a:p><a:r><a:t>{text}</a:t></a:r></a:p></xdr:txBody>" if text else ""
    return (
        '<xdr:sp><xdr:nvSpPr><xdr:cNvPr id="2" name="Forme 1"/><xdr:cNvSpPr/></xdr:nvSpPr>'
        f"<xdr:spPr>{inside}{fill}</xdr:spPr>{body}</xdr:sp>"
    )


def text_box(text: str, font: str = "", struck: bool = False, frame: str = "") -> str:
    """A text box in a typeface; of a symbol font both of letters and of symbols, as Excel writes it."""
    faces = f'<a:latin typeface="{font}"/><a:sym typeface="{font}"/>' if font else ""
    strike = ' strike="sngStrike"' if struck else ""
    return (
        '<xdr:sp><xdr:nvSpPr><xdr:cNvPr id="2" name="ZoneTexte 1"/><xdr:cNvSpPr txBox="1"/></xdr:nvSpPr><xdr:spPr>'
        f'<a:prstGeom prst="rect"/></xdr:spPr><xdr:txBody><a:bodyPr {frame}/><a:p><a:r><a:rPr{strike}>{faces}</a:rPr>'
        f"<a:t>{text}</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
    )


CONNECTOR: Final = '<xdr:cxnSp><xdr:spPr><a:prstGeom prst="line"/></xdr:spPr></xdr:cxnSp>'
PICTURE: Final = "<xdr:pic><xdr:blipFill/><xdr:spPr/></xdr:pic>"
GROUP: Final = (
    '<xdr:grpSp><xdr:grpSpPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="100" cy="100"/><a:chOff x="0" y="0"/>'
    f'<a:chExt cx="100" cy="100"/></a:xfrm></xdr:grpSpPr>{CONNECTOR}{CONNECTOR}</xdr:grpSp>'
)


def drawn(*anchors: str, changes: dict[str, str] | None = None) -> bytes:
    """The small form with things drawn over it."""
    page = sheet(form(changes), after='<drawing r:id="rId1"/>')
    return package(page, related={"../drawings/drawing1.xml": "drawing"}, parts=drawing(*anchors))


def conditioned(
    area: str, rule: str, *formulas: str, changes: dict[str, str] | None = None, fill: str = "FFFFC000", look: str = ""
) -> bytes:
    """The small form with one rule of conditional formatting.

    Args:
        area: its cells.
        rule: the attributes of ``cfRule``.
        formulas: its formulas.
        changes: cells in the place of those of the form.
        fill: the colour that it gives.
        look: the differential format in the place of that fill.
    """
    inside = "".join(f"<formula>{escape(formula)}</formula>" for formula in formulas)
    one = f'<cfRule dxfId="0" priority="1" {rule}>{inside}</cfRule>'
    after = f'<conditionalFormatting sqref="{area}">{one}</conditionalFormatting>'
    own = look or f'<fill><patternFill><bgColor rgb="{fill}"/></patternFill></fill>'
    format = f"<dxfs><dxf>{own}</dxf></dxfs></styleSheet>"
    return package(sheet(form(changes), after=after), parts={"xl/styles.xml": styles().replace("</styleSheet>", format)})


def formatted(code: str, value: str | float, at: str = "C4") -> bytes:
    """The small form with one cell of a number format of its own."""
    code = escape(code, {'"': "&quot;"})
    looks = styles().replace("</numFmts>", f'<numFmt numFmtId="180" formatCode="{code}"/></numFmts>')
    looks = looks.replace("</cellXfs>", '<xf numFmtId="180"/></cellXfs>')
    own = cell(at, value).replace(f's="{STYLE["plain"]}"', f's="{len(FORMATS) + 1}"')
    return package(sheet(form({at: own})), parts={"xl/styles.xml": looks})
