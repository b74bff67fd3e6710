"""Every way of ticking a box in a Word document, ticked and blank, straight from XML, with the label that it belongs to."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.readers.encodings_docx_activex import IN_RUN, OBJECT, OPTION, TOGGLE, WEB_BOXES, bag, binary, web
from tests.readers.encodings_docx_chunks import CHUNK, INSERTED, inserted
from tests.readers.encodings_docx_fields import DOUBTED, FIELDS
from tests.readers.encodings_docx_lines import BORDER, broken, broken_in_cell, lines_of_body, lines_of_cell, spaced_lines
from tests.readers.encodings_docx_tints import TINTED
from tests.readers.packages import (
    W_ONLY,
    anchored,
    cell,
    checkbox,
    control,
    fonts,
    grouped,
    item,
    legacy,
    numbering,
    paragraph,
    run,
    shape,
    sym,
    table,
)
from tests.readers.packages import field as form_field

LABEL = "Seul(e)"


@dataclass(frozen=True)
class Encoding:
    """One way of ticking a box."""

    name: str
    ticked: str
    """The body of a document where it is ticked."""
    blank: str | None
    """The same, blank; None where a blank one is nothing at all."""
    parts: dict[str, str | bytes] = field(default_factory=dict)
    blank_parts: dict[str, str | bytes] | None = None
    label: str = LABEL
    others: tuple[tuple[str, str], ...] = ()
    """The other marks that both documents hold, as (state, label)."""


def _line(box: str) -> str:
    return paragraph(box, f" {LABEL}")


def _lines(name: str, ticked: str, blank: str, **more: str) -> Encoding:
    return Encoding(name, _line(ticked), _line(blank), **more)  # type: ignore[arg-type]


def _letter(font: str, char: str) -> str:
    return run(char, fonts(font))


def _styled(char: str, style: str) -> str:
    return run(char, f'<w:rStyle w:val="{style}"/>')


_TICKED_LETTERS = (("Wingdings", "ü"), ("Wingdings 2", "P"))
_STYLES = (
    f"<w:styles {W_ONLY}>"
    f'<w:style w:type="character" w:styleId="Base"><w:rPr>{fonts("Wingdings")}</w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Case"><w:basedOn w:val="Base"/></w:style>'
    f'<w:style w:type="paragraph" w:styleId="Cases"><w:rPr>{fonts("Wingdings")}</w:rPr></w:style></w:styles>'
)


def _grid(body: str, properties: str = "") -> str:
    """A grid of two columns to tick; one cell of its body is given."""
    return table(
        cell("Réalisation") + cell("B1.1") + cell("B1.2"),
        cell("Un serveur") + cell(body, properties=properties) + cell(""),
        cell("Un site") + cell("") + cell(""),
        cell("Un parc") + cell("") + cell(""),
    )


GRID_LABEL = "B1.1 | Un serveur"
EMPTY_GRID = _grid("")
"""The grid with nothing ticked: no mark at all."""
_STATES = '<w14:checkedState w14:val="{on}" w14:font="Wingdings"/><w14:uncheckedState w14:val="{off}" w14:font="Wingdings"/>'
_WINGDINGS = _STATES.format(on="F0FE", off="F0A8")

_BINDING = (
    '<w:dataBinding w:prefixMappings="xmlns:f=\'urn:f\'" w:xpath="/f:fiche[1]/f:seul[1]" w:storeItemID="{{AAAA-1}}"/>'
    '<w14:checkbox><w14:checked w14:val="{value}"/></w14:checkbox>'
)


def _bound(value: str) -> dict[str, str | bytes]:
    return {
        "customXml/item1.xml": f'<fiche xmlns="urn:f"><seul>{value}</seul></fiche>',
        "customXml/itemProps1.xml": (
            '<ds:datastoreItem ds:itemID="{AAAA-1}" xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"/>'
        ),
    }


_LISTS: dict[str, str | bytes] = {
    "word/numbering.xml": numbering(("\uf0a8", "Wingdings"), ("\uf06f", "Wingdings"), ("☐", "MS Gothic"), ("\uf0b7", "Symbol"))
}
_STYLED_LISTS: dict[str, str | bytes] = {
    "word/numbering.xml": numbering(("\uf0a8", "Wingdings"))
    .replace('<w:abstractNum w:abstractNumId="1">', '<w:abstractNum w:abstractNumId="1"><w:styleLink w:val="Cases"/>')
    .replace("<w:numFmt", '<w:pStyle w:val="Reliee"/><w:numFmt')
    .replace(
        "</w:numbering>",
        '<w:abstractNum w:abstractNumId="9"><w:numStyleLink w:val="Cases"/></w:abstractNum>'
        '<w:num w:numId="9"><w:abstractNumId w:val="9"/></w:num></w:numbering>',
    ),
    "word/styles.xml": (
        f'<w:styles {W_ONLY}><w:style w:type="paragraph" w:styleId="Reliee"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
        '</w:style><w:style w:type="paragraph" w:styleId="Fille"><w:basedOn w:val="Reliee"/><w:pPr><w:numPr><w:ilvl w:val="0"/>'
        '</w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="Petite"><w:basedOn w:val="Fille"/></w:style></w:styles>'
    ),
}


def _in_style(name: str, *content: str) -> str:
    return paragraph(*content).replace("<w:p>", f'<w:p><w:pPr><w:pStyle w:val="{name}"/></w:pPr>')


_FREEHAND = "<wps:wsp><wps:spPr><a:custGeom/></wps:spPr></wps:wsp>"
_PICTURE = "<pic:pic><pic:nvPicPr/></pic:pic>"


def _vml(inside: str) -> str:
    return f"<w:r><w:pict>{inside}</w:pict></w:r>"


def _choice(first: str, second: str) -> str:
    return paragraph("Modalité : ", first, " / ", second)


ENCODINGS: tuple[Encoding, ...] = (
    # legacy fields
    _lines("FORMCHECKBOX, default 1", legacy('<w:default w:val="1"/>'), legacy('<w:default w:val="0"/>')),
    _lines("FORMCHECKBOX, checked", legacy("<w:checked/>"), legacy("")),
    _lines(
        "FORMCHECKBOX, checked over default",
        legacy('<w:default w:val="0"/><w:checked w:val="on"/>'),
        legacy('<w:default w:val="1"/><w:checked w:val="false"/>'),
    ),
    _lines(
        "FORMCHECKBOX in another field",
        form_field("", "IF 1 = 1", legacy('<w:default w:val="true"/>')),
        form_field("", "IF 1 = 1", legacy('<w:default w:val="off"/>')),
    ),
    _lines(
        "FORMCHECKBOX with a result",
        form_field('<w:checkBox><w:default w:val="1"/></w:checkBox>', "FORMCHECKBOX", run("☒")),
        form_field('<w:checkBox><w:default w:val="0"/></w:checkBox>', "FORMCHECKBOX", run("☐")),
    ),
    *(_lines(name, ticked, blank) for name, ticked, blank in FIELDS),
    Encoding(
        "typed ☑ in the place of a field",
        paragraph("☑", f" {LABEL} ", legacy('<w:default w:val="0"/>'), " En équipe"),
        paragraph(legacy('<w:default w:val="0"/>'), f" {LABEL} ", legacy('<w:default w:val="0"/>'), " En équipe"),
        others=(("blank", "En équipe"),),
    ),
    # symbols
    *(
        _lines(f"w:sym {font} {on}", sym(font, on), sym(font, off))
        for font, on, off in (
            ("Wingdings", "F0FE", "F0A8"),
            ("Wingdings", "F0FD", "F071"),
            ("Wingdings", "F078", "F06F"),
            ("Wingdings", "FE", "A8"),
            ("Wingdings", "F0A4", "F0A1"),
            ("Wingdings 2", "F052", "F0A3"),
            ("Wingdings 2", "F053", "F035"),
            ("Wingdings 2", "F054", "F035"),
            ("Wingdings 2", "F051", "F02A"),
            ("MS Gothic", "2612", "2610"),
            ("Segoe UI Symbol", "2611", "2610"),
            ("Segoe UI Symbol", "E0A2", "E003"),
        )
    ),
    *(
        _lines(f"letters of {font}: {on}", _letter(font, on), _letter(font, off))
        for font, on, off in (
            ("Wingdings", "þ", "¨"),
            ("Wingdings", "ý", "o"),
            ("Wingdings", "x", "q"),
            ("Wingdings", "\uf0fe", "\uf0a8"),
            ("Wingdings 2", "R", "\uf035"),
            ("Wingdings 2", "S", "5"),
            ("Wingdings 2", "T", "£"),
        )
    ),
    *(
        Encoding(f"a tick of {font} in a cell, {char}", _grid(paragraph(_letter(font, char))), None, label=GRID_LABEL)
        for font, char in (("Webdings", "a"), ("Symbol", "Ö"), ("Symbol", "\u00b4"), ("ZapfDingbats", "4"), *_TICKED_LETTERS)
    ),
    Encoding(
        "letters in a character style",
        _line(_styled("þ", "Case")),
        _line(_styled("¨", "Case")),
        parts={"word/styles.xml": _STYLES},
    ),
    # glyphs
    *(_lines(f"{on} against {off}", run(on), run(off)) for on, off in zip("☒☑✅❎▣🗹🗷⊠🗵⌧🔘◉⦿", "☐▢□⬜◻❏❑▯❐❒☐☐☐", strict=True)),
    Encoding(
        "■ among empty boxes",
        paragraph(f"■ {LABEL} □ En équipe"),
        paragraph(f"□ {LABEL} □ En équipe"),
        others=(("blank", "En équipe"),),
    ),
    Encoding(
        "✔ in the place of a box",
        paragraph(f"Option : ☐ En équipe  ✔ {LABEL}"),
        paragraph(f"Option : ☐ En équipe  ☐ {LABEL}"),
        others=(("blank", "En équipe"),),
    ),
    Encoding(
        "✔ in the place of a box, one on each line",
        table(cell("Modalité") + cell(f"✔ {LABEL}", "☐ En équipe")),
        None,
        others=(("blank", "En équipe"),),
    ),
    Encoding(
        "X in the place of a box, before its label",
        paragraph(f"Option : ☐ En équipe  X {LABEL}"),
        paragraph(f"Option : ☐ En équipe  ☐ {LABEL}"),
        others=(("blank", "En équipe"),),
    ),
    Encoding(
        "circles",
        paragraph(f"● {LABEL} ○ En équipe"),
        paragraph(f"○ {LABEL} ○ En équipe"),
        others=(("blank", "En équipe"),),
    ),
    Encoding(
        "circles, one on each line",
        table(cell("Modalité") + cell(f"● {LABEL}", "○ En équipe")),
        None,
        others=(("blank", "En équipe"),),
    ),
    *(
        Encoding(
            f"☒ against ☐ on a line of its own, {name}",
            around("☒", LABEL, "☐", "En équipe"),
            around("☐", LABEL, "☐", "En équipe"),
            others=(("blank", "En équipe"),),
        )
        for name, around in (
            ("paragraphs of a cell", lines_of_cell),
            ("paragraphs", lines_of_body),
            ("paragraphs with empty ones between", spaced_lines),
            ("breaks", broken),
            ("breaks in a cell", broken_in_cell),
        )
    ),
    # typed
    _lines("[x]", run("[x]"), run("[ ]")),
    _lines("[ ] as a border of a character", run("X", BORDER), run("\u00a0", BORDER)),
    _lines("[X] over runs", run("[") + run("X") + run("]"), run("[") + run("]")),
    _lines("|x|", run("|x|"), run("| |")),
    _lines("(x)", run("(x)"), run("( )")),
    Encoding(
        "X in the place of a box",
        table(cell(LABEL) + cell("X"), cell("En équipe") + cell("☐")),
        None,
        others=(("blank", "En équipe"),),
    ),
    *(Encoding(f"{mark} in a grid", _grid(mark), None, label=GRID_LABEL) for mark in ("x", "X", "×", "✓", "✔", "✗", "✘", "❌")),
    Encoding("fill of a cell", _grid("", '<w:shd w:val="clear" w:fill="FFC000"/>'), None, label=GRID_LABEL),
    Encoding("fill of a cell, solid", _grid("", '<w:shd w:val="solid" w:color="000000" w:fill="auto"/>'), None, label=GRID_LABEL),
    Encoding("theme fill", _grid("", '<w:shd w:val="clear" w:fill="auto" w:themeFill="accent1"/>'), None, label=GRID_LABEL),
    Encoding(
        "both diagonals",
        _grid("", '<w:tcBorders><w:tl2br w:val="single"/><w:tr2bl w:val="single"/></w:tcBorders>'),
        None,
        label=GRID_LABEL,
    ),
    # content controls
    _lines("w14:checkbox", checkbox("1", "☒"), checkbox("0", "☐")),
    _lines("w14:checkbox true, no glyph", checkbox("true", ""), checkbox("false", "")),
    _lines(
        "w14:checkbox with w:sym",
        checkbox("1", "", content=sym("Wingdings", "F0FE")),
        checkbox("0", "", content=sym("Wingdings", "F0A8")),
    ),
    _lines("w14:checkbox with its own symbols", checkbox("on", "\uf0fe", _WINGDINGS), checkbox("off", "\uf0a8", _WINGDINGS)),
    _lines("w14:checkbox in a control", control("", checkbox("1", "☒")), control("", checkbox("0", "☐"))),
    Encoding(
        "w14:checkbox, block",
        table(cell(LABEL) + cell(checkbox("1", "", content=paragraph("☒")))),
        table(cell(LABEL) + cell(checkbox("0", "", content=paragraph("☐")))),
    ),
    Encoding(
        "w14:checkbox with its label inside",
        checkbox("1", "", content=paragraph(f"☒ {LABEL}")),
        checkbox("0", "", content=paragraph(f"☐ {LABEL}")),
    ),
    Encoding(
        "w14:checkbox around a cell",
        table(cell(LABEL) + checkbox("1", "", content=cell("☒"))),
        table(cell(LABEL) + checkbox("0", "", content=cell("☐"))),
    ),
    Encoding(
        "w14:checkbox around a row",
        table(checkbox("1", "", content=f"<w:tr>{cell(LABEL)}{cell('☒')}</w:tr>")),
        table(checkbox("0", "", content=f"<w:tr>{cell(LABEL)}{cell('☐')}</w:tr>")),
    ),
    Encoding(
        "two w14:checkbox in a paragraph",
        paragraph(checkbox("1", "☒"), f" {LABEL} ", checkbox("0", "☐"), " En équipe"),
        paragraph(checkbox("0", "☐"), f" {LABEL} ", checkbox("0", "☐"), " En équipe"),
        others=(("blank", "En équipe"),),
    ),
    Encoding(
        "w14:checkbox, data-bound",
        _line(f"<w:sdt><w:sdtPr>{_BINDING.format(value=1)}</w:sdtPr><w:sdtContent>{run('☒')}</w:sdtContent></w:sdt>"),
        _line(f"<w:sdt><w:sdtPr>{_BINDING.format(value=0)}</w:sdtPr><w:sdtContent>{run('☐')}</w:sdtContent></w:sdt>"),
        parts=_bound("true"),
        blank_parts=_bound("false"),
    ),
    # lists and drawings
    *(
        Encoding(f"list bullet {bullet}, {name}", item(number, LABEL, over), item(number, LABEL), parts=_LISTS)
        for number, bullet in ((1, "F0A8"), (2, "F06F"), (3, "☐"))
        for name, over in (
            ("connector", shape("straightConnector1")),
            ("cross", shape("mathMultiply")),
            ("freehand", anchored(_FREEHAND)),
            ("circle", shape("ellipse", 60, 18)),
            ("text box X", shape("rect", text="X")),
            ("picture", anchored(_PICTURE)),
            ("VML line", _vml('<v:line style="position:absolute;margin-top:2pt;width:10pt;height:9pt"/>')),
            ("VML oval", _vml('<v:oval style="position:absolute;width:30pt;height:12pt"/>')),
        )
    ),
    *(
        Encoding(
            f"list bullet of a style, {name}",
            _in_style(style, LABEL, shape("mathMultiply")),
            _in_style(style, LABEL),
            parts=_STYLED_LISTS,
        )
        for name, style in (("its own", "Reliee"), ("in two steps", "Fille"), ("in three", "Petite"))
    ),
    Encoding("list bullet of a list style", item(9, LABEL, shape("mathMultiply")), item(9, LABEL), parts=_STYLED_LISTS),
    _lines("cross in a large group over a glyph", run("☐") + grouped("mathMultiply", 2), run("☐")),
    _lines("cross in a group with units of its own", run("☐") + grouped("mathMultiply", 0, unit=20), run("☐")),
    _lines(
        "cross in a VML group",
        run("☐")
        + _vml(
            '<v:group style="position:absolute;width:200pt;height:200pt" coordorigin="0,100" coordsize="2000,2000">'
            '<v:line from="0,100" to="100,190"/></v:group>'
        ),
        run("☐"),
    ),
    _lines("cross over a glyph", run("☐") + shape("mathMultiply"), run("☐")),
    Encoding("cross in an empty cell", _grid(paragraph(shape("mathMultiply"))), None, label=GRID_LABEL),
    Encoding("ActiveX check box", OBJECT, OBJECT, parts=bag("1"), blank_parts=bag("0")),
    Encoding("ActiveX option button", OBJECT, OBJECT, parts=bag("1", OPTION), blank_parts=bag("0", OPTION)),
    Encoding("ActiveX binary", OBJECT, OBJECT, parts=binary("1"), blank_parts=binary("0")),
    Encoding("ActiveX toggle", OBJECT, OBJECT, parts=bag("-1", TOGGLE), blank_parts=bag("0", TOGGLE)),
    *(
        Encoding(f"ActiveX {name}", _line(IN_RUN), _line(IN_RUN), parts=ticked, blank_parts=blank)
        for name, ticked, blank in WEB_BOXES
    ),
    # choices without a box
    *(
        Encoding(
            f"{name} alternative",
            _choice(run(LABEL, "" if struck else on), run("En équipe", on if struck else "")),
            _choice(run(LABEL, on if struck else ""), run("En équipe", "" if struck else on)),
            others=(("other", "En équipe"),),
        )
        for name, on, struck in (
            ("struck", "<w:strike/>", True),
            ("doubly struck", "<w:dstrike/>", True),
            ("highlighted", '<w:highlight w:val="yellow"/>', False),
            ("shaded", '<w:shd w:val="clear" w:fill="FFFF00"/>', False),
        )
    ),
    # around the box
    _lines(
        "mc:AlternateContent",
        *(
            f"<w:r><mc:AlternateContent><mc:Choice Requires='w14'><w:t>{g}</w:t></mc:Choice>"
            f"<mc:Fallback><w:t>{g}</w:t></mc:Fallback></mc:AlternateContent></w:r>"
            for g in "☒☐"
        ),
    ),
    _lines(
        "tracked tick",
        f'<w:del w:author="E"><w:r><w:delText>☐</w:delText></w:r></w:del><w:ins w:author="E">{run("☒")}</w:ins>',
        f'<w:del w:author="E"><w:r><w:delText>☒</w:delText></w:r></w:del><w:ins w:author="E">{run("☐")}</w:ins>',
    ),
    _lines(
        "moved tick",
        f'<w:moveFrom w:author="E">{run("☐")}</w:moveFrom><w:moveTo w:author="E">{run("☒")}</w:moveTo>',
        f'<w:moveFrom w:author="E">{run("☒")}</w:moveFrom><w:moveTo w:author="E">{run("☐")}</w:moveTo>',
    ),
    *(
        Encoding(
            f"{name} with a symbol font",
            before + where,
            before + where,
            parts={f"word/{part}.xml": around.format(paragraph(_letter("Wingdings", "þ"), f" {LABEL}"))},
            blank_parts={f"word/{part}.xml": around.format(paragraph(_letter("Wingdings", "¨"), f" {LABEL}"))},
        )
        for name, part, before, where, around in (
            (
                "header",
                "header1",
                paragraph("Un corps"),
                '<w:sectPr><w:headerReference w:type="default"/></w:sectPr>',
                f"<w:hdr {W_ONLY}>{{}}</w:hdr>",
            ),
            (
                "footnote",
                "footnotes",
                "",
                paragraph("Un corps", '<w:r><w:footnoteReference w:id="2"/></w:r>'),
                f'<w:footnotes {W_ONLY}><w:footnote w:id="2">{{}}</w:footnote></w:footnotes>',
            ),
        )
    ),
    *(
        Encoding(f"inserted {name}", CHUNK, CHUNK, parts=inserted(ticked), blank_parts=inserted(blank))
        for name, ticked, blank in INSERTED
    ),
    Encoding(
        "text box", paragraph(shape("rect", 200, 40, text=f"☒ {LABEL}")), paragraph(shape("rect", 200, 40, text=f"☐ {LABEL}"))
    ),
)


@dataclass(frozen=True)
class Doubt:
    """A document whose boxes nobody can settle."""

    name: str
    body: str
    parts: dict[str, str | bytes] = field(default_factory=dict)
    labels: tuple[str, ...] = (LABEL,)
    """The label of each of its marks, all uncertain."""


def _cutbinary() -> dict[str, str | bytes]:
    parts = binary("1")
    whole = parts["word/activeX/activeX1.bin"]
    assert isinstance(whole, bytes)
    return parts | {"word/activeX/activeX1.bin": whole[:40]}


_ONE_DIAGONAL = '<w:tcBorders><w:tl2br w:val="single"/><w:tr2bl w:val="nil"/></w:tcBorders>'
_BOUND = f"<w:sdt><w:sdtPr>{_BINDING.format(value=1)}</w:sdtPr><w:sdtContent>{run('☒')}</w:sdtContent></w:sdt>"
DOUBTS: tuple[Doubt, ...] = (
    *(Doubt(name, _line(box)) for name, box in DOUBTED),
    *(Doubt(name, body) for name, body in TINTED),
    *(
        Doubt(name, _line(box))
        for name, box in (
            (
                "FORMCHECKBOX, blank with a ticked result",
                form_field('<w:checkBox><w:default w:val="0"/></w:checkBox>', "FORMCHECKBOX", run("☒")),
            ),
            ("struck box, empty", run("☐", "<w:strike/>")),
            ("struck box, ticked", run("☒", "<w:strike/>")),
            ("FORMCHECKBOX, a value that says nothing", legacy('<w:checked w:val="oui"/>')),
            ("FORMCHECKBOX with an X before it", run("X ") + legacy('<w:default w:val="0"/>')),
            ("FORMCHECKBOX under a cross", legacy('<w:default w:val="0"/>') + shape("mathMultiply")),
            ("w:sym Segoe UI Symbol E002", sym("Segoe UI Symbol", "E002")),
            ("⍰ against itself", run("⍰")),
            ("X before an empty box", run("X ☐")),
            ("X after an empty box", run("☐ X")),
            ("w14:checkbox on, empty glyph", checkbox("1", "☐")),
            ("w14:checkbox off, ticked glyph", checkbox("0", "☒")),
            ("w14:checkbox off, ticked w:sym", checkbox("0", "", content=sym("Wingdings", "F0FE"))),
            ("w14:checkbox off, under a picture", checkbox("0", "☐") + anchored(_PICTURE)),
        )
    ),
    Doubt("one of two diagonals", _grid("", _ONE_DIAGONAL), labels=(GRID_LABEL,)),
    Doubt("w14:checkbox, data-bound, bound to another value", _line(_BOUND), _bound("false")),
    Doubt("fill of a cell, hatched", _grid("", '<w:shd w:val="pct50" w:color="000000" w:fill="auto"/>'), labels=(GRID_LABEL,)),
    Doubt("cross over one of two glyphs", paragraph(f"☐ {LABEL} ☐ En équipe", shape("mathMultiply")), labels=(LABEL, "En équipe")),
    Doubt("cross far from its anchor", paragraph(f"☐ {LABEL}") + paragraph("Bas de page", shape("mathMultiply", below=None))),
    Doubt(
        "list bullet under a cross far from its anchor",
        item(1, LABEL) + paragraph("Bas", shape("mathMultiply", below=None)),
        _LISTS,
    ),
    Doubt("cross in a large group, far under a glyph", paragraph(f"☐ {LABEL}", grouped("mathMultiply", 100))),
    Doubt("ActiveX value that says nothing", OBJECT, bag("2")),
    Doubt("ActiveX box of a web form, no state", _line(IN_RUN), web({}, b"")),
    Doubt("ActiveX binary cut short", OBJECT, _cutbinary(), labels=("",)),
    Doubt(
        "circled alternatives", paragraph(f"Modalité : {LABEL} / En équipe", shape("ellipse", 60, 18)), labels=(LABEL, "En équipe")
    ),
)
"""Contradictions, and drawings that may cover one box or another."""
