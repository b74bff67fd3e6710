"""Builds the Word template of the Bloc 1 grid from its definition: ``templates/bts-sio-grille-bloc1/blank-activites.docx``.

The same definition gives the same bytes. Run it again whenever a wording changes::

    python -m tools.make_template_bloc1 [FILE]
"""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from docx import Document
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.shared import Cm
from tools.template_look import declare_namespaces, dress, escape, xml

if TYPE_CHECKING:
    from docx.document import Document as DocumentType
    from formfill.model.form import CheckboxGrid, Form, GridLine, GridRow

FORM: Final = "bts-sio-grille-bloc1"
EDITION: Final = "activites"
TARGET: Final = Path(__file__).parent.parent / "templates" / FORM / f"blank-{EDITION}.docx"

COLUMNS: Final = (Cm(7.9), Cm(1.3), Cm(8.8))
"""Widths of the three columns; 18 cm between margins of 1.5 cm."""
BOX_FONT: Final = '<w:rFonts w:ascii="MS Gothic" w:eastAsia="MS Gothic" w:hAnsi="MS Gothic" w:cs="MS Gothic" w:hint="eastAsia"/>'
PROMPT: Final = "…" * 51
"""What an empty comment shows, also on paper: a dot leader, which every reader takes for an empty field."""


def build(form: Form) -> bytes:
    """The bytes of the blank form."""
    grid = form.grid
    if grid is None:
        raise SystemExit(f"{form.id} : ce formulaire n’a pas de grille.")
    document = Document()
    dress(document)
    _page(document)
    _properties(document, form)
    document.add_paragraph(form.title, style="Title")
    _grid(document, form, grid)
    _footer(document)
    declare_namespaces(document.element)
    return _package(document)


# ---------------------------------------------------------------------------------------------------------------- the grid


def _grid(document: DocumentType, form: Form, grid: CheckboxGrid) -> None:
    widths = "".join(f'<w:gridCol w:w="{width.twips}"/>' for width in COLUMNS)
    rows = [_heading(grid)]
    for number, row in enumerate(grid.rows, 1):
        rows += [_competence(grid, row, 100 + number), _comment(grid, row, 200 + number)]
    table = xml(
        f"""<w:tbl><w:tblPr><w:tblStyle w:val="Grille"/><w:tblW w:w="{sum(c.twips for c in COLUMNS)}" w:type="dxa"/>
        <w:tblLayout w:type="fixed"/>
        <w:tblLook w:val="0620" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>
        <w:tblCaption w:val="{escape(form.title)}"/>
        <w:tblDescription w:val="Une ligne par compétence : son intitulé et ses activités, une case à cocher, ses indicateurs de
 performance. Sous chaque ligne, une ligne de commentaire."/>
        </w:tblPr><w:tblGrid>{widths}</w:tblGrid>{"".join(rows)}</w:tbl>""".replace("\n ", " ").replace(">        <", "><")
    )
    body = document.element.body
    # Word asks for a paragraph after a table; this one takes almost no room
    for element in (*table, *xml(_paragraph("Fin", ""))):
        body.insert(len(body) - 1, element)


def _heading(grid: CheckboxGrid) -> str:
    cells = "".join(_cell(column, _paragraph("Entete", text)) for column, text in enumerate(grid.headings))
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"


def _competence(grid: CheckboxGrid, row: GridRow, number: int) -> str:
    cells = []
    for column in range(len(grid.headings)):
        if column == grid.box_column:
            cells.append(_cell(column, _box(grid, row, number), centred=True))
            continue
        lines = [_line(line) for line in row.lines[column]]
        if column == grid.title_column:
            lines.insert(0, _paragraph("Competence", row.title))
        cells.append(_cell(column, "".join(lines) or _paragraph("Indicateur", "")))
    return f'<w:tr><w:trPr><w:cantSplit w:val="0"/></w:trPr>{"".join(cells)}</w:tr>'


def _comment(grid: CheckboxGrid, row: GridRow, number: int) -> str:
    width = sum(c.twips for c in COLUMNS)
    return (
        f'<w:tr><w:trPr><w:cantSplit w:val="0"/></w:trPr><w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>'
        f'<w:gridSpan w:val="{len(COLUMNS)}"/></w:tcPr>{_paragraph("CommentaireTitre", grid.comment_label)}'
        f'<w:sdt><w:sdtPr><w:alias w:val="{_alias(f"{grid.comment_label} : {row.title}")}"/>'
        f'<w:tag w:val="{escape(row.comment_field)}"/><w:id w:val="{number}"/><w:lock w:val="sdtLocked"/><w:showingPlcHdr/>'
        "</w:sdtPr><w:sdtContent>"
        '<w:p><w:pPr><w:pStyle w:val="Commentaire"/></w:pPr><w:r><w:rPr><w:rStyle w:val="Textedelespacerserv"/></w:rPr>'
        f"<w:t>{escape(PROMPT)}</w:t></w:r></w:p></w:sdtContent></w:sdt></w:tc></w:tr>"
    )


def _box(grid: CheckboxGrid, row: GridRow, number: int) -> str:
    """A clickable box: [MS-DOCX] §2.6.1.1, the glyphs named by their code point."""
    return (
        '<w:p><w:pPr><w:pStyle w:val="Case"/></w:pPr>'
        f'<w:sdt><w:sdtPr><w:rPr>{BOX_FONT}</w:rPr><w:alias w:val="{_alias(row.label)}"/>'
        f'<w:tag w:val="{escape(f"{grid.field}:{row.option}")}"/><w:id w:val="{number}"/><w:lock w:val="sdtLocked"/>'
        '<w14:checkbox><w14:checked w14:val="0"/><w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
        '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox></w:sdtPr>'
        f"<w:sdtContent><w:r><w:rPr>{BOX_FONT}</w:rPr><w:t>☐</w:t></w:r></w:sdtContent></w:sdt></w:p>"
    )


def _alias(text: str) -> str:
    """The title of a control, cut to the 64 characters that Word allows ([MS-OI29500], alias)."""
    return escape(text if len(text) <= 64 else text[:63].rstrip() + "…")


def _line(line: GridLine) -> str:
    return _paragraph({"activity": "Activite", "indicator": "Indicateur", "element": "Element"}[line.role.value], line.printed)


def _paragraph(style: str, text: str) -> str:
    run = f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run}</w:p>'


def _cell(column: int, content: str, *, centred: bool = False) -> str:
    align = '<w:vAlign w:val="center"/>' if centred else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{COLUMNS[column].twips}" w:type="dxa"/>{align}</w:tcPr>{content}</w:tc>'


# -------------------------------------------------------------------------------------------------------- the rest of the page


def _page(document: DocumentType) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = Cm(1.5)
    section.bottom_margin = Cm(1.8)
    section.header_distance = section.footer_distance = Cm(0.9)


def _footer(document: DocumentType) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.style = document.styles["footer"]
    for piece in ("Page ", "PAGE", " sur ", "NUMPAGES"):
        if piece.isupper():
            field = f'<w:fldSimple w:instr=" {piece} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
            paragraph._p.extend(xml(field))
        else:
            paragraph.add_run(piece)
    declare_namespaces(document.sections[0].footer.part.element)


def _properties(document: DocumentType, form: Form) -> None:
    package = document.part.package
    for identifier, relationship in list(package.rels.items()):
        if relationship.reltype not in (RT.OFFICE_DOCUMENT, RT.CORE_PROPERTIES):
            del package.rels[identifier]
    core = package.part_related_by(RT.CORE_PROPERTIES).element
    for child in list(core):
        core.remove(child)
    properties = document.core_properties
    properties.title, properties.subject, properties.language = form.title, form.diploma, "fr-FR"
    data = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/'
        '2006/extended-properties"><Application>formfill</Application></Properties>'
    )
    part = Part(PackURI("/docProps/app.xml"), CT.OFC_EXTENDED_PROPERTIES, data.encode(), package)
    package.relate_to(part, RT.EXTENDED_PROPERTIES)


def _package(document: DocumentType) -> bytes:
    """The package with its members in a fixed order and at a fixed date."""
    saved, packed = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(packed, "w") as target:
        first = ["[Content_Types].xml", "_rels/.rels", "word/document.xml"]
        for name in first + sorted(set(source.namelist()) - set(first)):
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, source.read(name), compresslevel=9)
    return packed.getvalue()


def main() -> None:
    """Writes the template."""
    from formfill import catalogue

    target = Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(build(catalogue.form(FORM)))
    print(target)


if __name__ == "__main__":
    main()
