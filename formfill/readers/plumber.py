"""The independent second reading, with pdfplumber: where it sees box glyphs, whether it agrees, and the page drawn with both.

pdfplumber rests on pdfminer, another engine than PDFium, and is some sixty times slower: it serves ``--double-read`` and
``inspect --draw`` only. It reads glyphs of its own accord and looks at nothing that the first reading found.
"""

from __future__ import annotations

import io
import itertools
from typing import TYPE_CHECKING, Any, Final

from formfill.errors import UnreadableSourceError
from formfill.language import gettext as _
from formfill.model.document import MarkState
from formfill.model.geometry import Box, Place
from formfill.model.glyphs import BOX_GLYPHS, TICKS
from formfill.model.report import Finding, Severity
from formfill.readers._marks import glyph_evidence, weigh

if TYPE_CHECKING:
    from formfill.model.document import Document
    from formfill.source import Source

Seen = tuple[str, str, Place]
"""Text of the line that a box stands in, its state, its place."""

NEAR: Final = 6.0
"""Two boxes whose centres are nearer than this, in points, are the same: engines disagree on the height of a glyph."""
RESOLUTION: Final = 100
"""Dots per inch of the drawing."""
CELL: Final = "#2563eb"
"""Cells blue."""
COLOURS: Final = {MarkState.TICKED: "#1a7f37", MarkState.BLANK: "#6e7781", MarkState.UNCERTAIN: "#d97706"}
"""Ticked green, blank grey, uncertain orange."""


def second_reading(source: Source) -> tuple[Seen, ...]:
    """The box glyphs that pdfplumber sees, in reading order, by page."""
    seen: list[Seen] = []
    with _open(source) as pdf:
        for number, page in enumerate(pdf.pages, 1):
            left, top = _corner(page)
            for line in page.extract_text_lines(return_chars=True, strip=True):
                for char in line["chars"]:
                    evidence = glyph_evidence(char["text"][:1]) if char["text"] else None
                    if evidence is None or (char["text"] in TICKS and len(line["text"].strip()) > 1):
                        continue
                    box = Box(char["x0"] - left, char["top"] - top, char["x1"] - left, char["bottom"] - top)
                    label = " ".join("".join(c for c in line["text"] if c not in BOX_GLYPHS).split())
                    seen.append((label, weigh([evidence]).value, Place(page=number, box=box)))
            page.close()
    return tuple(seen)


def disagreements(document: Document, source: Source) -> tuple[Finding, ...]:
    """One finding per box that both readings do not see alike.

    Only marks known by their glyph are compared: pdfplumber knows neither form fields nor strokes as boxes.
    """
    left = list(second_reading(source))
    findings = []
    for mark in document.marks:
        if not all(item.kind == "glyph" and item.detail.startswith("U+") for item in mark.evidence):
            # it knows neither outlines nor what lies over a glyph
            continue
        twin = next((item for item in left if _same_place(mark.place, item[2])), None)
        if twin is None:
            findings.append(_differs(_named(mark.state), _("aucune case"), mark.place))
            continue
        left.remove(twin)
        if twin[1] != mark.state.value:
            findings.append(_differs(_named(mark.state), _named(twin[1]), mark.place))
    for _label, state, place in left:
        if any(_same_place(mark.place, place) for mark in document.marks):
            continue
        findings.append(_differs(_("aucune case"), _named(state), place))
    return tuple(findings)


def draw(source: Source, document: Document) -> bytes:
    """The pages as one PNG, from top to bottom: each cell outlined, each mark coloured by its state."""
    from PIL import Image, ImageDraw

    pictures = []
    with _open(source) as pdf:
        for number, page in enumerate(pdf.pages, 1):
            picture = page.to_image(resolution=RESOLUTION).original.convert("RGB")
            pen = ImageDraw.Draw(picture)
            for grid in document.grids:
                for cell in itertools.chain.from_iterable(grid.rows):
                    if cell.place.page == number and cell.place.box is not None:
                        pen.rectangle(_pixels(cell.place.box), outline=CELL, width=1)
            for mark in document.marks:
                if mark.place.page == number and mark.place.box is not None:
                    pen.rectangle(_pixels(mark.place.box), outline=COLOURS[mark.state], width=3)
            pictures.append(picture)
            page.close()
    width, height = max(p.width for p in pictures), sum(p.height for p in pictures)
    whole = Image.new("RGB", (width, height), "white")
    y = 0
    for picture in pictures:
        whole.paste(picture, (0, y))
        y += picture.height
    out = io.BytesIO()
    whole.save(out, "PNG")
    return out.getvalue()


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


def _named(state: str) -> str:
    names = {
        MarkState.TICKED: _("une case cochée"),
        MarkState.BLANK: _("une case vide"),
        MarkState.UNCERTAIN: _("une case incertaine"),
    }
    return names[MarkState(state)]


def _same_place(a: Place, b: Place) -> bool:
    if a.page != b.page or a.box is None or b.box is None:
        return False
    (xa, ya), (xb, yb) = a.box.centre, b.box.centre
    return abs(xa - xb) <= NEAR and abs(ya - yb) <= NEAR


def _differs(first: str, second: str, place: Place) -> Finding:
    return Finding(
        "double-read-differs",
        Severity.ERROR,
        _("Les deux lectures diffèrent : la première voit {first}, la seconde {second}. Regardez le document.").format(
            first=first, second=second
        ),
        place=place,
    )


def _corner(page: Any) -> tuple[float, float]:
    """Upper left corner of the page as displayed (crop box, rotation undone), in the coordinates of pdfplumber's characters.

    pdfplumber counts from the media box, and its own crop box is wrong on turned pages.
    """
    media, crop = page.page_obj.mediabox, page.page_obj.cropbox
    left, bottom, right, top = crop[0] - media[0], crop[1] - media[1], media[2] - crop[2], media[3] - crop[3]
    x, y = {0: (left, top), 90: (bottom, left), 180: (right, bottom), 270: (top, right)}.get(page.rotation, (left, top))
    return float(max(x, 0)), float(max(y, 0))


def _pixels(box: Box) -> tuple[float, float, float, float]:
    scale = RESOLUTION / 72
    return box.x0 * scale, box.top * scale, box.x1 * scale, box.bottom * scale
