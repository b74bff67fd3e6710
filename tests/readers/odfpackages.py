"""OpenDocument packages for tests, straight from XML."""

from __future__ import annotations

import io
import zipfile

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
NAMESPACES = " ".join(
    (
        *(f'xmlns:{name}="{_OASIS}{name}:1.0"' for name in ("office", "text", "table", "style", "form", "manifest")),
        f'xmlns:draw="{_OASIS}drawing:1.0" xmlns:fo="{_OASIS}xsl-fo-compatible:1.0" xmlns:svg="{_OASIS}svg-compatible:1.0"',
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"',
        'xmlns:field="urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0"',
        'xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"',
    )
)
FACES = "".join(
    f'<style:font-face style:name="{name}" svg:font-family="&apos;{name}&apos;"/>'
    for name in ("Arial", "Wingdings", "Wingdings 2", "OpenSymbol", "StarSymbol", "Webdings")
)
MEDIA = {"text": "application/vnd.oasis.opendocument.text", "spreadsheet": "application/vnd.oasis.opendocument.spreadsheet"}


def content(kind: str, body: str, styles: str = "") -> str:
    """The ``content.xml`` of a text or a spreadsheet, with automatic styles."""
    return (
        f"<office:document-content {NAMESPACES}><office:font-face-decls>{FACES}</office:font-face-decls>"
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
    )


def package(kind: str, parts: dict[str, str | bytes]) -> bytes:
    """A package of the given parts, its media type stored first."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", MEDIA[kind], zipfile.ZIP_STORED)
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def odt(body: str, styles: str = "", parts: dict[str, str | bytes] | None = None) -> bytes:
    """A text whose ``office:text`` holds the given XML."""
    return package("text", {"content.xml": content("text", body, styles), **(parts or {})})


def ods(body: str, styles: str = "") -> bytes:
    """A spreadsheet of the given tables."""
    return package("spreadsheet", {"content.xml": content("spreadsheet", body, styles)})


def flat(kind: str, body: str, styles: str = "") -> bytes:
    """The same in one XML file."""
    whole = content(kind, body, styles).replace("office:document-content", "office:document")
    return ('<?xml version="1.0" encoding="UTF-8"?>\n' + whole.replace(">", f' office:mimetype="{MEDIA[kind]}">', 1)).encode()


def common(styles: str, masters: str = "") -> str:
    """A ``styles.xml``."""
    return (
        f"<office:document-styles {NAMESPACES}><office:styles>{styles}</office:styles>"
        f"<office:master-styles>{masters}</office:master-styles></office:document-styles>"
    )


def paragraph(*inside: str, style: str = "") -> str:
    """A paragraph of XML."""
    named = f' text:style-name="{style}"' if style else ""
    return f"<text:p{named}>{''.join(inside)}</text:p>"


def span(style: str, text: str) -> str:
    """Text of a style."""
    return f'<text:span text:style-name="{style}">{text}</text:span>'


def cell(*inside: str, **attributes: str | int) -> str:
    """A cell of paragraphs; ``rows_spanned=2`` is ``table:number-rows-spanned="2"``, ``style="c"`` its style."""
    names = {
        "rows": "number-rows-spanned",
        "columns": "number-columns-spanned",
        "repeated": "number-columns-repeated",
        "style": "style-name",
    }
    said = "".join(f' table:{names[name]}="{value}"' for name, value in attributes.items())
    content = "".join(part if part.startswith("<") else paragraph(part) for part in inside if part)
    return f"<table:table-cell{said}>{content}</table:table-cell>"


COVERED = "<table:covered-table-cell/>"


def row(*cells: str, repeated: int = 1, hidden: bool = False) -> str:
    """A row of cells; bare texts become cells."""
    said = (f' table:number-rows-repeated="{repeated}"' if repeated > 1 else "") + (
        ' table:visibility="collapse"' if hidden else ""
    )
    return f"<table:table-row{said}>{''.join(c if c.startswith('<') else cell(c) for c in cells)}</table:table-row>"


def table(*rows: str, name: str = "Feuille1", columns: str = "", style: str = "") -> str:
    """A table or a sheet of rows."""
    styled = f' table:style-name="{style}"' if style else ""
    return f'<table:table table:name="{name}"{styled}>{columns}{"".join(rows)}</table:table>'


def text_style(name: str, properties: str, family: str = "text") -> str:
    """A style with text properties."""
    return f'<style:style style:name="{name}" style:family="{family}"><style:text-properties {properties}/></style:style>'


def cell_style(name: str, properties: str) -> str:
    """A style with cell properties."""
    return f'<style:style style:name="{name}" style:family="table-cell"><style:table-cell-properties {properties}/></style:style>'


def control(name: str, element: str) -> tuple[str, str]:
    """A form control: its declaration (in ``office:forms``) and where it stands."""
    declared = element.replace("/>", f' xml:id="{name}" form:id="{name}"/>', 1)
    return f"<office:forms><form:form>{declared}</form:form></office:forms>", f'<draw:control draw:control="{name}"/>'
