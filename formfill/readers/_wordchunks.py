"""Documents inserted whole in a Word document (``w:altChunk``, ECMA-376 Part 1 §17.17.2): Word joins them in when it opens it.

A Word document is read by the same reader within the same limits, web pages and plain text as paragraphs, tables and boxes; they
stand after what the document holds itself, under a path of their own. Other formats are told. Nothing outside the file is followed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from formfill.errors import SourceError
from formfill.language import gettext as _
from formfill.model.report import Finding, Severity
from formfill.readers import _wordnames as n
from formfill.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from formfill.model.document import Document
    from formfill.model.geometry import Place
    from formfill.readers._package import Package, Relation
    from formfill.readers._wordnames import Element
    from formfill.readers._wordstory import Story

MOST: Final = 20
"""Most chunks that are read."""
DEEPEST: Final = 2
"""Deepest nesting of documents in documents that is read."""
_LONGEST: Final = 4 * 2**20
"""Longest page or text that is read, in bytes."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What reads the chunks of one document."""

    package: Package
    relations: Mapping[str, Relation]
    story: Story
    read: Callable[[Source], Document]
    """Reads a Word document that stands in this one."""
    depth: int


def chunks(body: Element, reading: Reading) -> tuple[list[tuple[str, Document]], list[Finding]]:
    """The Word documents in a document, each with the path that it stands under, and what is not read.

    Pages and texts are read into the story at once.
    """
    documents: list[tuple[str, Document]] = []
    unread: list[Finding] = []
    for number, node in enumerate(body.iter(n.ALT_CHUNK), 1):
        name = f"altChunk[{number}]"
        relation = reading.relations.get(node.get(n.REL + "id", ""))
        kind = _("un document")
        if relation is not None and number <= MOST:
            try:
                data = reading.package.read(relation.target)
                kind = _kind(data)
                if kind == "Word" and reading.depth < DEEPEST:
                    documents.append((name, reading.read(Source.of(data, relation.target))))
                    continue
                if kind in ("HTML", "MHTML", "TXT") and len(data) <= _LONGEST:
                    from formfill.readers._wordpages import page, plain

                    reading.story.outside(plain(data) if kind == "TXT" else page(data, archived=kind == "MHTML"), name)
                    continue
            except (SourceError, RecursionError):
                pass
        unread.append(not_read(kind))
    return documents, unread


def not_read(kind: str) -> Finding:
    """What is inserted and not read, and what to do about it."""
    message = _("Un contenu inséré (altChunk : {kind}) n’a pas été lu. Ouvrez le fichier dans Word, enregistrez-le et recommencez.")
    return Finding("unread-content", Severity.WARNING, message.format(kind=kind))


def _kind(data: bytes) -> str:
    """The format of a chunk, from its bytes."""
    start = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if data[:2] == b"PK":
        return "Word"
    if start.startswith(b"{\\rtf"):
        return "RTF"
    if b"mime-version:" in start:
        return "MHTML"
    if start.startswith(b"<") or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        markup = start.replace(b"\x00", b"")
        if b"pkg:package" in markup or b"wordml" in markup:
            return "XML"
        return "HTML" if b"<" in markup else "TXT"
    return "TXT" if b"\x00" not in data[:2000] else _("un document")


def joined(document: Document, name: str, inner: Document) -> Document:
    """A document with another one after it, whose places begin with the given path; what it carries inside stays there."""
    marks, grids, notes = len(document.marks), len(document.grids), len(document.annotations)

    def moved(place: Place) -> Place:
        return place._replace(path=f"{name}/{place.path}" if place.path else name)

    def ids(own: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(f"m{int(mark[1:]) + marks}" for mark in own)

    return document._replace(
        grids=(
            *document.grids,
            *(
                grid._replace(
                    place=moved(grid.place),
                    rows=tuple(tuple(c._replace(marks=ids(c.marks), place=moved(c.place)) for c in row) for row in grid.rows),
                )
                for grid in inner.grids
            ),
        ),
        marks=(*document.marks, *(m._replace(id=ids((m.id,))[0], place=moved(m.place)) for m in inner.marks)),
        annotations=(
            *document.annotations,
            *(
                a._replace(place=moved(a.place), answers=None if a.answers is None else a.answers + notes)
                for a in inner.annotations
            ),
        ),
        text=(
            *document.text,
            *(t._replace(marks=ids(t.marks), place=moved(t.place), grids=t.grids + grids) for t in inner.text),
        ),
        findings=(*document.findings, *(f._replace(place=moved(f.place)) for f in inner.findings)),
    )
