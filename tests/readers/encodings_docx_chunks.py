"""Boxes of documents that are inserted whole in a Word document."""

from __future__ import annotations

from typing import Final

from tests.readers.packages import package, paragraph, relationships

CHUNK: Final = '<w:altChunk r:id="rId9"/>'


def inserted(data: bytes) -> dict[str, str | bytes]:
    """The parts of a document that stands in another one."""
    return {"word/_rels/document.xml.rels": relationships(("rId9", "aFChunk", "chunk.dat")), "word/chunk.dat": data}


INSERTED: Final = (
    ("Word document", package(paragraph("☒ Seul(e)")), package(paragraph("☐ Seul(e)"))),
    ("text", b"[x] Seul(e)", b"[ ] Seul(e)"),
    *(
        (
            f"web page, {name}",
            around.format("þ").encode(),
            around.format("¨").encode(),
        )
        for name, around in (
            ("symbol font", "<p><span style=\"font-family:Wingdings, 'Arial'\">{}</span> Seul(e)"),
            ("symbol font in short", "<p style='font: bold 12pt \"Wingdings\"'>{}<span style='font-family:Arial'> Seul(e)</span>"),
            ("FONT", "<p><font face=Wingdings>{}</font> Seul(e)"),
        )
    ),
    ("web page", b"<p><input type=checkbox checked> Seul(e)", b"<p><input type=checkbox> Seul(e)"),
)
