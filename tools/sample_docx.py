"""Writes a sample case as a Word document, in the style of what Word saves. Nothing of formfill's own writer is used.

python-docx gives the package (styles, numbering, settings); the body is WordprocessingML written here: revision ids, runs cut by
edits, marks of the spelling checker, check boxes [MS-DOCX] §2.6.1.
"""

from __future__ import annotations

import io
import random
import re
import zipfile
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

import docx
from docx.enum.style import WD_STYLE_TYPE
from tools.sample_cases import Row, Span

if TYPE_CHECKING:
    from tools.sample_cases import Case

WIDTHS: Final = (4600, 800, 4238)
"""Of the columns, in twentieths of a point."""
STAMP: Final = (2026, 1, 15, 8, 30, 0)
"""The date of every member."""
BOXES: Final = {"☐": ("0", "☐"), "☒": ("1", "☒"), "⍰": ("0", "☒")}
"""What a control says, and what it shows; ⍰ is a control that contradicts itself."""
_ROOT: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<w:document xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" mc:Ignorable="w14"><w:body>'
)
_SECTION: Final = (
    '<w:sectPr w:rsidR="00A41C02"><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" '
    'w:left="1134" w:header="709" w:footer="709" w:gutter="0"/><w:cols w:space="708"/><w:docGrid w:linePitch="360"/></w:sectPr>'
)


def word(case: Case) -> bytes:
    """The case as a DOCX, the same bytes each time."""
    return _package(_Body(case).xml(), case)


class _Body:
    """One writing of a body; chance is drawn from the name of the case."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.look = case.look
        self.chance = random.Random(case.name)
        self.sessions = [f"00{self.chance.randrange(0x100000, 0xFFFFFF):06X}" for _ in range(5)]

    def xml(self) -> str:
        parts = [_ROOT]
        for number, text in enumerate(self.case.before):
            properties = '<w:pStyle w:val="Title"/>' if number == 0 else ""
            parts.append(self.paragraph(text, properties=properties))
        if self.case.table is not None:
            width = sum(WIDTHS) // len(self.case.table.rows[0])
            parts.append(self.table([width] * len(self.case.table.rows[0]), self.plain_rows()))
        else:
            parts.append(self.table(WIDTHS, self.grid_rows()))
        parts += [self.paragraph(text) for text in self.case.after] or [self.paragraph("")]
        return "".join([*parts, _SECTION, "</w:body></w:document>"])

    # ------------------------------------------------------------------------------------------------------------ the table

    def table(self, widths: tuple[int, ...] | list[int], rows: list[str]) -> str:
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        return (
            '<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="0" w:type="auto"/><w:tblLayout w:type="fixed"/>'
            f'<w:tblLook w:val="04A0"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
        )

    def plain_rows(self) -> list[str]:
        assert self.case.table is not None
        rows = self.case.table.rows
        width = sum(WIDTHS) // len(rows[0])
        return [self.row([self.cell([self.paragraph(text)], width) for text in texts]) for texts in rows]

    def grid_rows(self) -> list[str]:
        cells = [
            self.cell([self.paragraph(text, bold=True)], width) for text, width in zip(self.case.headings, WIDTHS, strict=True)
        ]
        rows = [self.row(cells, header=self.look.header)]
        for block in self.case.body:
            if isinstance(block, Span):
                rows.append(self.row([self.cell([self.line(text) for text in block.lines], sum(WIDTHS), span=3)]))
            else:
                rows.append(self.row(self.cells(block)))
        return rows

    def cells(self, row: Row) -> list[str]:
        title = [self.paragraph(row.title, bold=True), *(self.line(text) for text in row.activities)]
        third = [self.line(text) for text in row.indicators] or [self.paragraph("")]
        return [self.cell(title, WIDTHS[0]), self.box_cell(row.box), self.cell(third, WIDTHS[2])]

    def row(self, cells: list[str], *, header: bool = False) -> str:
        inside = ("<w:cantSplit/>" if self.look.fixed else "") + ("<w:tblHeader/>" if header else "")
        properties = f"<w:trPr>{inside}</w:trPr>" if inside else ""
        attributes = f'w:rsidR="{self.session()}" w14:paraId="{self.number()}" w14:textId="77777777"'
        return f"<w:tr {attributes}>{properties}{''.join(cells)}</w:tr>"

    def cell(self, paragraphs: list[str], width: int, *, span: int = 1) -> str:
        merged = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
        return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merged}</w:tcPr>{"".join(paragraphs)}</w:tc>'

    # ------------------------------------------------------------------------------------------------------------ the boxes

    def box_cell(self, lines: tuple[str, ...]) -> str:
        style = self.look.boxes
        centred = '<w:jc w:val="center"/>'
        if style == "cell" and len(lines) == 1 and lines[0] in BOXES:
            value, shown = BOXES[lines[0]]
            inside = self.cell([self.paragraph_of(self.glyph(shown), centred)], WIDTHS[1])
            return self.control(value, inside)
        paragraphs = []
        for line in lines:
            if line not in BOXES:
                paragraphs.append(self.paragraph(line, properties=centred))
            elif style == "typed":
                paragraphs.append(self.paragraph_of(self.glyph(line), centred))
            else:
                value, shown = BOXES[line]
                if style == "block":
                    paragraphs.append(self.control(value, self.paragraph_of(self.glyph(shown), centred)))
                else:
                    paragraphs.append(self.paragraph_of(self.control(value, self.glyph(shown)), centred))
        if style == "block":
            # Word keeps a paragraph of its own at the end of a cell
            paragraphs.append(self.paragraph_of("", centred))
        return self.cell(paragraphs, WIDTHS[1])

    def control(self, value: str, content: str) -> str:
        return (
            '<w:sdt><w:sdtPr><w:rPr><w:rFonts w:ascii="MS Gothic" w:eastAsia="MS Gothic" w:hAnsi="MS Gothic"/></w:rPr>'
            f'<w:id w:val="{self.chance.randrange(-(2**31), 2**31)}"/><w14:checkbox><w14:checked w14:val="{value}"/>'
            '<w14:checkedState w14:val="2612" w14:font="MS Gothic"/><w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/>'
            f"</w14:checkbox></w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"
        )

    def glyph(self, shown: str) -> str:
        fonts = '<w:rFonts w:ascii="MS Gothic" w:eastAsia="MS Gothic" w:hAnsi="MS Gothic" w:hint="eastAsia"/>'
        return f'<w:r w:rsidR="{self.session()}"><w:rPr>{fonts}</w:rPr><w:t>{shown}</w:t></w:r>'

    # ------------------------------------------------------------------------------------------------------- the paragraphs

    def line(self, text: str) -> str:
        """A line of a cell: an item of a list when it begins with a bullet and the document has lists."""
        if self.look.lists and text.startswith("· "):
            numbered = '<w:pStyle w:val="ListBullet"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
            return self.paragraph(text[2:], properties=numbered)
        return self.paragraph(text)

    def paragraph(self, text: str, *, bold: bool = False, properties: str = "") -> str:
        return self.paragraph_of(self.runs(text, bold=bold), properties)

    def paragraph_of(self, content: str, properties: str = "") -> str:
        inside = f"<w:pPr>{properties}</w:pPr>" if properties else ""
        attributes = f'w:rsidR="{self.session()}" w:rsidRDefault="{self.session()}" w14:paraId="{self.number()}"'
        return f"<w:p {attributes}>{inside}{content}</w:p>"

    def runs(self, text: str, *, bold: bool) -> str:
        if not text:
            return ""
        properties = "<w:rPr><w:b/></w:rPr>" if bold else ""
        pieces = re.findall(r"\S+\s*|\s+", text) if self.look.runs else [text]
        out, at = [], 0
        while at < len(pieces):
            size = self.chance.randint(1, 6) if self.look.runs else 1
            run = f'<w:t xml:space="preserve">{escape("".join(pieces[at : at + size]))}</w:t>'
            run = f'<w:r w:rsidRPr="{self.session()}">{properties}{run}</w:r>'
            if self.look.runs and self.chance.random() < 0.2:
                run = f'<w:proofErr w:type="spellStart"/>{run}<w:proofErr w:type="spellEnd"/>'
            out.append(run)
            at += size
        return "".join(out)

    def session(self) -> str:
        return self.chance.choice(self.sessions)

    def number(self) -> str:
        return f"{self.chance.randrange(0x10000000, 0x7FFFFFFF):08X}"


def _package(body: str, case: Case) -> bytes:
    """The package of python-docx around a body, without what a form does not need."""
    document = docx.Document()
    document.core_properties.author = "Candide EXEMPLE"
    document.core_properties.comments = ""
    document.core_properties.title = case.before[0] if case.before else ""
    normal = document.styles["Normal"]
    assert normal.type is WD_STYLE_TYPE.PARAGRAPH
    # two faces that every machine can stand in for with glyphs as wide
    normal.font.name = case.look.font
    for style in list(document.styles):
        if style.type is WD_STYLE_TYPE.TABLE and style.name not in ("Normal Table", "Table Grid"):
            style.delete()
    for relations in (document.part.package.rels, document.part.rels):
        for key in [key for key, relation in relations.items() if relation.reltype.endswith(_UNWANTED)]:
            del relations[key]
    saved = io.BytesIO()
    document.save(saved)
    written = io.BytesIO()
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(written, "w") as target:
        for name in source.namelist():
            data = body.encode() if name == "word/document.xml" else source.read(name)
            target.writestr(zipfile.ZipInfo(name, STAMP), data, zipfile.ZIP_DEFLATED)
    return written.getvalue()


_UNWANTED: Final = ("/thumbnail", "/stylesWithEffects", "/customXml", "/webSettings")
"""Ends of the types of the relationships that are cut."""
