"""A letter in Word, from a template with Jinja2 tags, and what that letter says as plain blocks for its PDF.

docxtpl and python-docx are an extra of the package (``letters``): the rest of formfill does without them.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from formfill.language import gettext as _
from formfill.word_template import fill

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from formfill.reports.letters import Letter

_R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WP: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_EMU: Final = 12700
"""English metric units in a point, ECMA-376 Part 1 §20.1.2.1."""
_PICTURES: Final = {"image/png", "image/jpeg", "image/gif"}
_ALIGNMENTS: Final = {0: "left", 1: "center", 2: "right", 3: "justify"}
"""``ST_Jc`` as python-docx numbers it."""


class Page(NamedTuple):
    """A letter as blocks: paragraphs, tables and pictures, in order."""

    body: list[dict[str, Any]]
    header: list[dict[str, Any]]
    footer: list[dict[str, Any]]


def word(letter: Letter, template: Path) -> bytes:
    """The letter as a Word document.

    Raises:
        RenderError: docxtpl is not installed, or the template is no Word document, or one of its tags is wrong.
    """
    return fill(
        template,
        letter.tags(),
        advice=_("Corrigez-le dans Word, ou repartez du modèle fourni : « formfill letters --save-template modele.docx »."),
    )


def blocks(data: bytes) -> Page:
    """What a Word document says, as blocks."""
    from docx import Document

    document = Document(io.BytesIO(data))
    section = document.sections[0]
    return Page(list(_blocks(document)), list(_blocks(section.header)), list(_blocks(section.footer)))


def _blocks(holder: Any) -> Iterator[dict[str, Any]]:
    from docx.table import Table

    for item in holder.iter_inner_content():
        if isinstance(item, Table):
            yield {"kind": "table", "rows": [[list(_blocks(cell)) for cell in row.cells] for row in item.rows]}
        else:
            yield from _pictures(item)
            yield _paragraph(item)


def _paragraph(paragraph: Any) -> dict[str, Any]:
    style = paragraph.style.name or ""
    numbered = paragraph._p.pPr is not None and paragraph._p.pPr.numPr is not None
    alignment = paragraph.alignment if paragraph.alignment is not None else paragraph.style.paragraph_format.alignment
    return {
        "kind": "paragraph",
        "align": "left" if alignment is None else _ALIGNMENTS.get(int(alignment), "left"),
        "bullet": numbered or style.startswith(("List", "Liste")),
        "heading": style.startswith(("Heading", "Titre", "Title")),
        "indent": float(paragraph.paragraph_format.left_indent.pt) if paragraph.paragraph_format.left_indent else 0.0,
        "runs": [
            {
                "text": run.text.replace("\t", "    "),
                "bold": bool(run.bold),
                "italic": bool(run.italic),
                "underline": bool(run.underline),
                "size": float(run.font.size.pt) if run.font.size else 0.0,
            }
            for run in paragraph.runs
            if run.text
        ],
    }


def _pictures(paragraph: Any) -> Iterator[dict[str, Any]]:
    for blip in paragraph._p.iter(f"{_A}blip"):
        part = paragraph.part.related_parts.get(blip.get(f"{_R}embed"))
        extent = next(paragraph._p.iter(f"{_WP}extent"), None)
        if part is not None and part.content_type in _PICTURES:
            yield {
                "kind": "picture",
                "width": int(extent.get("cx")) / _EMU if extent is not None else 100.0,
                "bytes": list(part.blob),
            }
