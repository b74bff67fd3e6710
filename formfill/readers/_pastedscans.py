"""Forms pasted as pictures in a Word or OpenDocument text: scans in another wrapping, read as scans are.

A document that holds nothing but pictures was told so by its reader. Here its pictures become its pages, in their order.
"""

from __future__ import annotations

import posixpath
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from formfill.errors import FormfillError, SourceTooLargeError
from formfill.model.document import Attachment
from formfill.readers import _scanned
from formfill.readers._package import Package

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.model.document import Document
    from formfill.model.report import Finding
    from formfill.scan import PagePicture
    from formfill.source import Source

FORMATS: Final = frozenset({"docx", "odt"})
"""Formats of text that may hold nothing but pictures."""
PASTED: Final = "image-page"
"""What their readers say of such a document."""
MOST: Final = 60
"""Most pictures that are looked at."""
SMALLEST: Final = 500
"""Points of the long side under which a picture is no page: half a page of A4 at 85 dots per inch."""
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_XLINK: Final = "{http://www.w3.org/1999/xlink}href"
_WHOLE: Final = 100_000
"""One whole, in the units in which Word crops a picture (ECMA-376 Part 1 §22.9.2.9)."""

Crop = tuple[float, float, float, float]
"""What is cut off at the left, the top, the right and the bottom, each from 0 to 1."""


def are_all(source: Source, document: Document) -> bool:
    """Whether the source is a text that its reader found to hold nothing but pictures."""
    return source.format in FORMATS and any(finding.code == PASTED for finding in document.findings)


def read(source: Source, document: Document) -> Document:
    """The document with its pictures as its pages; as it was where none can be read as one.

    Args:
        source: the file.
        document: what its reader made of it.
    """
    if not _scanned.available():
        return document
    from formfill.readers._lines import Habit
    from formfill.readers._sheet import Sheet
    from formfill.readers.pdf import whole

    pages = list(_pages(source))
    if not pages:
        return document
    findings: list[Finding] = []
    sheets = [Sheet(page.number, page.size[1]) for page in pages]
    seen = _scanned.within(sheets, pages, findings, lambda: whole(sheets, Habit(), findings, ()))
    told = tuple(finding for finding in document.findings if finding.code != PASTED)
    return seen._replace(
        annotations=document.annotations,
        text=document.text + seen.text,
        # told now: another process may have asked
        attachments=tuple(Attachment(item.name, item.data) for item in document.attachments if item.data),
        findings=told + seen.findings,
    )


def _pages(source: Source) -> Iterator[PagePicture]:
    from formfill import scan

    package = Package(source)
    count = 0
    for name, crop in _of_word(package) if source.format == "docx" else _of_open_document(package):
        if count >= MOST:
            return
        try:
            for page in scan.pictures(package.read(name), posixpath.basename(name)):
                height, width = page.grey.shape
                if max(height, width) < SMALLEST:
                    continue
                left, top, right, bottom = crop
                rows = slice(round(top * height), round((1 - bottom) * height))
                columns = slice(round(left * width), round((1 - right) * width))
                count += 1
                yield page._replace(number=count, grey=page.grey[rows, columns])
        except SourceTooLargeError:
            raise
        except FormfillError:
            # a drawing, or damaged: what is left of the document may still be told
            continue


def _of_word(package: Package) -> Iterator[tuple[str, Crop]]:
    """The pictures of a Word document in its order (ECMA-376 Part 1 §20.1.8.13, Part 4 §19.1.2.11), what is cut off each."""
    main = package.main("word/document.xml")
    relations = package.relations(main)
    for node in package.parse(main).iter("{*}blip", "{*}imagedata"):
        if next(node.iterancestors(_FALLBACK), None) is not None:
            continue
        found = relations.get(node.get(_R + "embed") or node.get(_R + "id") or "")
        if found is not None and found.target in package.names:
            holder = node.getparent()
            own = holder.find("{*}srcRect") if holder is not None else None
            sides = [own.get(side, "0") if own is not None else "0" for side in "ltrb"]
            yield found.target, _crop([_share(side, _WHOLE) for side in sides])


def _of_open_document(package: Package) -> Iterator[tuple[str, Crop]]:
    """The pictures of an OpenDocument text in its order (ODF 1.3 Part 3 §10.4.4)."""
    for node in package.parse("content.xml").iter("{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}image"):
        name = posixpath.normpath(node.get(_XLINK, ""))
        if name in package.names:
            yield name, _crop([])


def _share(text: str, whole: float) -> float:
    with suppress(ValueError):
        return float(text.rstrip("%")) / (100 if text.endswith("%") else whole)
    return 0.0


def _crop(sides: list[float]) -> Crop:
    """What is cut off each side; nothing where that would leave nothing, or where the picture is made larger."""
    left, top, right, bottom = [min(max(side, 0.0), 1.0) for side in sides] or [0.0] * 4
    return (left, top, right, bottom) if left + right < 0.9 and top + bottom < 0.9 else (0.0, 0.0, 0.0, 0.0)
