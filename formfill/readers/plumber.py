"""The independent second reading, with pdfplumber: box glyphs, form fields and drawn boxes; and the page drawn with what was read.

pdfplumber rests on pdfminer, another engine than PDFium, and is some sixty times slower: it serves ``--double-read`` and
``inspect --draw`` only. It reads of its own accord and looks at nothing that the first reading found.
"""

from __future__ import annotations

import io
import zlib
from typing import TYPE_CHECKING, Any, Final

from formfill.errors import UnreadableSourceError
from formfill.language import gettext as _
from formfill.model.geometry import Box, Place
from formfill.model.glyphs import BOX_GLYPHS, TICKS
from formfill.readers._agree import Seen, compared, failed
from formfill.readers._marks import glyph_evidence, weigh
from formfill.readers._second import drawn, fields

if TYPE_CHECKING:
    from collections.abc import Sequence

    from formfill.model.document import Document, Evidence
    from formfill.source import Source

FAILURES: Final = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
    zlib.error,
)
"""What pdfminer raises on files that it does not understand."""
_NOTES: Final = frozenset(
    ("FreeText", "Ink", "Highlight", "StrikeOut", "Stamp", "Square", "Circle", "Line", "Polygon", "PolyLine", "Caret")
)
"""Annotations that may mark a box."""
RESOLUTION: Final = 100
"""Dots per inch of the drawing."""


def second_reading(source: Source) -> tuple[Seen, ...]:
    """The boxes that pdfplumber sees, by page: box glyphs in reading order, form fields, drawn squares."""
    seen: list[Seen] = []
    with _open(source) as pdf:
        for number, page in enumerate(pdf.pages, 1):
            left, top = _corner(page)
            lines = page.extract_text_lines(return_chars=True, strip=True)
            for line in lines:
                for char in line["chars"]:
                    evidence = glyph_evidence(char["text"][:1]) if char["text"] else None
                    if evidence is None or (char["text"] in TICKS and len(line["text"].strip()) > 1):
                        continue
                    seen.append(Seen(_label(line), weigh([evidence]).value, Place(number, _box(char, left, top))))
            seen += _others(page, number, lines)
            page.close()
    return tuple(seen)


def _others(page: Any, number: int, lines: Sequence[Any]) -> list[Seen]:
    """The boxes of a page that are no glyphs."""
    left, top = _corner(page)
    annots = page.annots
    found = []
    places = []
    for annot, state in fields(annots):
        box = _box(annot, 0, 0)
        places.append(box)
        found.append(Seen("", state, Place(number, box), kind="field"))
    notes = [annot for annot in annots if str(getattr(annot["data"].get("Subtype"), "name", "")) in _NOTES]
    for square in drawn([*page.rects, *page.lines, *page.curves], page.chars, [*page.images, *notes]):
        box = square.box._replace(
            x0=square.box.x0 - left, top=square.box.top - top, x1=square.box.x1 - left, bottom=square.box.bottom - top
        )
        if not any(place.contains(*box.centre) for place in places):
            y = square.box.centre[1]
            label = next((_label(line) for line in lines if line["top"] <= y <= line["bottom"]), "")
            found.append(Seen(label, square.state, Place(number, box), kind="drawn", sure=square.sure, alone=square.alone))
    return found


def _label(line: Any) -> str:
    return " ".join("".join(c for c in line["text"] if c not in BOX_GLYPHS).split())


def _box(thing: Any, left: float, top: float) -> Box:
    return Box(thing["x0"] - left, thing["top"] - top, thing["x1"] - left, thing["bottom"] - top)


def reread(document: Document, source: Source) -> Document:
    """The first reading in the light of the second: see :func:`~formfill.readers._agree.compared`.

    When the second engine fails, the first reading stands and a finding says that nothing was read twice.
    """
    try:
        seen = second_reading(source)
    except UnreadableSourceError as error:
        return failed(document, error.seen.rstrip(" ."))
    except FAILURES as error:
        return failed(document, type(error).__name__)
    return compared(document, seen, _looks_at)


def _looks_at(evidence: Evidence) -> bool:
    """Whether the second reading looks at this: a box glyph by its character, a field; neither outlines nor what lies over it."""
    boxed = evidence.kind == "glyph" and evidence.detail.startswith("U+") and evidence.detail[-1] not in TICKS
    return evidence.kind in ("widget", "appearance") or boxed


def draw(source: Source, document: Document) -> bytes:
    """The pages as one PNG, from top to bottom: each cell outlined, each mark coloured by its state, its label beside the page."""
    from formfill.readers._overdraw import one_below_the_other, over_page

    pictures = []
    with _open(source) as pdf:
        for number, page in enumerate(pdf.pages, 1):
            pictures.append(over_page(page.to_image(resolution=RESOLUTION).original, document, number, RESOLUTION / 72))
            page.close()
    return one_below_the_other(pictures)


def _open(source: Source) -> Any:
    import pdfplumber
    from pdfminer.pdfexceptions import PDFException

    try:
        return pdfplumber.open(io.BytesIO(source.data))
    except (PDFException, pdfplumber.utils.exceptions.PdfminerException) as error:
        raise UnreadableSourceError(
            where=source.name,
            seen=_("la seconde lecture n’a pas pu ouvrir ce PDF."),
            advice=_("Relancez sans --double-read, ou imprimez le document de nouveau en PDF."),
        ) from error


def _corner(page: Any) -> tuple[float, float]:
    """Upper left corner of the page as displayed (crop box, rotation undone), in the coordinates of pdfplumber's characters.

    pdfplumber counts from the media box, and its own crop box is wrong on turned pages.
    """
    media, crop = page.page_obj.mediabox, page.page_obj.cropbox
    left, bottom, right, top = crop[0] - media[0], crop[1] - media[1], media[2] - crop[2], media[3] - crop[3]
    x, y = {0: (left, top), 90: (bottom, left), 180: (right, bottom), 270: (top, right)}.get(page.rotation, (left, top))
    return float(max(x, 0)), float(max(y, 0))
