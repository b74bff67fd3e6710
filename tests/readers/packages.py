"""Word packages for tests, straight from XML."""

from __future__ import annotations

import io
import zipfile

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
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
        archive.writestr("[Content_Types].xml", CONTENT_TYPES)
        archive.writestr("word/document.xml", f"<w:document {namespaces}><w:body>{body}</w:body></w:document>")
        for name, data in (parts or {}).items():
            archive.writestr(name, data)
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
