"""What lies over the pages of a PDF and beside them: form fields, annotations, attached files. Needs PDFium's raw API.

First version: check boxes and radio buttons by ``/AS`` and ``/V`` (ISO 32000-1 §12.7.4.2.3); appearances are not looked at.
"""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, Final

import pypdfium2.raw as pdfium

from formfill.model.document import Annotation, AnnotationKind, Attachment, Evidence, Says
from formfill.model.geometry import Box, Place
from formfill.readers._pdfover import WIDEST, Over
from formfill.readers._strokes import Path, around
from formfill.readers._visual import Spot

if TYPE_CHECKING:
    from collections.abc import Callable

    from formfill.readers._pdfium import Page, Pdf

KINDS: Final = {
    pdfium.FPDF_ANNOT_FREETEXT: AnnotationKind.FREETEXT,
    pdfium.FPDF_ANNOT_INK: AnnotationKind.INK,
    pdfium.FPDF_ANNOT_HIGHLIGHT: AnnotationKind.HIGHLIGHT,
    pdfium.FPDF_ANNOT_STAMP: AnnotationKind.STAMP,
    pdfium.FPDF_ANNOT_TEXT: AnnotationKind.TEXT,
}
"""Annotations that a person adds over a form."""
MARKING: Final = {
    pdfium.FPDF_ANNOT_FREETEXT: "FreeText",
    pdfium.FPDF_ANNOT_INK: "Ink",
    pdfium.FPDF_ANNOT_HIGHLIGHT: "Highlight",
    pdfium.FPDF_ANNOT_STRIKEOUT: "StrikeOut",
    pdfium.FPDF_ANNOT_STAMP: "Stamp",
    pdfium.FPDF_ANNOT_SQUARE: "Square",
    pdfium.FPDF_ANNOT_CIRCLE: "Circle",
    pdfium.FPDF_ANNOT_LINE: "Line",
    pdfium.FPDF_ANNOT_POLYGON: "Polygon",
    pdfium.FPDF_ANNOT_POLYLINE: "PolyLine",
}
"""Annotations that may mark a box they lie over."""
_ANY_SIZE: Final = 1e6
_CROSSES: Final = frozenset("xX×✕✖✗✘✓✔")
_MOST: Final = 4_000
"""Most points of an annotation that are looked at."""
MAX_ATTACHMENTS: Final = 64
"""Most attached files that are taken out."""
MAX_ATTACHED: Final = 32 * 2**20
"""Largest attached file taken out, in bytes."""
_HIDDEN: Final = pdfium.FPDF_ANNOT_FLAG_HIDDEN


class Fields:
    """The form environment of an open PDF, which gives the values that a field inherits."""

    def __init__(self, pdf: Pdf) -> None:
        self._config = pdfium.FPDF_FORMFILLINFO(version=2)
        has_form = pdfium.FPDF_GetFormType(pdf.handle) != pdfium.FORMTYPE_NONE
        self.handle = pdfium.FPDFDOC_InitFormFillEnvironment(pdf.handle, self._config) if has_form else None

    def close(self) -> None:
        """Gives the environment back; before the document is closed."""
        if self.handle:
            pdfium.FPDFDOC_ExitFormFillEnvironment(self.handle)
            self.handle = None


def over(page: Page, fields: Fields) -> tuple[list[Spot], list[Annotation], tuple[list[Over], list[Path]]]:
    """The tick boxes that are form fields, the annotations, and their surfaces and strokes, of an open page."""
    notes: tuple[list[Over], list[Path]] = ([], [])
    spots: list[Spot] = []
    annotations: list[Annotation] = []
    for index in range(pdfium.FPDFPage_GetAnnotCount(page.handle)):
        annot = pdfium.FPDFPage_GetAnnot(page.handle, index)
        if not annot:
            continue
        try:
            kind = pdfium.FPDFAnnot_GetSubtype(annot)
            if pdfium.FPDFAnnot_GetFlags(annot) & _HIDDEN:
                continue
            if kind == pdfium.FPDF_ANNOT_WIDGET:
                spot = _box_field(annot, fields, page)
                if spot is not None:
                    spots.append(spot)
                continue
            if kind in MARKING:
                surfaces, strokes = _notes(annot, kind, page)
                notes[0].extend(surfaces)
                notes[1].extend(strokes)
            if kind in KINDS:
                text, author = _string(annot, b"Contents"), _string(annot, b"T")
                annotations.append(
                    Annotation(KINDS[kind], text.replace("\r\n", "\n").replace("\r", "\n"), author or None, _place(annot, page))
                )
        finally:
            pdfium.FPDFPage_CloseAnnot(annot)
    return spots, annotations, notes


def _notes(annot: object, kind: int, page: Page) -> tuple[list[Over], list[Path]]:
    """Where an annotation is drawn: its strokes or quadrilaterals where it tells them, else its rectangle."""
    name = MARKING[kind]
    box = _place(annot, page).box
    if kind in (pdfium.FPDF_ANNOT_HIGHLIGHT, pdfium.FPDF_ANNOT_STRIKEOUT):
        says = Says.TICKED if kind == pdfium.FPDF_ANNOT_HIGHLIGHT else Says.UNCLEAR
        quads = []
        quad = pdfium.FS_QUADPOINTSF()
        for index in range(min(pdfium.FPDFAnnot_CountAttachmentPoints(annot), _MOST)):
            if pdfium.FPDFAnnot_GetAttachmentPoints(annot, index, quad):
                xs, ys = (quad.x1, quad.x2, quad.x3, quad.x4), (quad.y1, quad.y2, quad.y3, quad.y4)
                quads.append(Over("annotation", name, page.box(min(xs), min(ys), max(xs), max(ys)), says=says))
        if quads:
            return quads, []
    lines = _strokes(annot, kind, page)
    if lines and kind == pdfium.FPDF_ANNOT_POLYGON:
        return [Over("annotation", name, around(lines), says=Says.TICKED)], []
    if lines:
        return [], [Path(around((line,)), (line,), False, 0.0, 1.0, 0, False, "annotation", name) for line in lines if len(line) > 1]
    if box is None:
        return [], []
    text = _string(annot, b"Contents").strip() if kind in (pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_STAMP) else ""
    limit = _ANY_SIZE if kind in (pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_STAMP) else WIDEST
    clear = text in _CROSSES if kind == pdfium.FPDF_ANNOT_FREETEXT else kind not in (pdfium.FPDF_ANNOT_INK, pdfium.FPDF_ANNOT_LINE)
    says = Says.TICKED if clear else Says.UNCLEAR
    return [Over("annotation", f"{name} {text[:40]}".strip(), box, limit=limit, says=says)], []


def _strokes(annot: object, kind: int, page: Page) -> list[tuple[tuple[float, float], ...]]:
    found = []
    if kind == pdfium.FPDF_ANNOT_INK:
        for index in range(min(pdfium.FPDFAnnot_GetInkListCount(annot), _MOST)):
            count = pdfium.FPDFAnnot_GetInkListPath(annot, index, None, 0)
            points = (pdfium.FS_POINTF * max(count, 1))()
            pdfium.FPDFAnnot_GetInkListPath(annot, index, points, count)
            found.append([(point.x, point.y) for point in points[: min(count, _MOST)]])
    elif kind == pdfium.FPDF_ANNOT_LINE:
        start, end = pdfium.FS_POINTF(), pdfium.FS_POINTF()
        if pdfium.FPDFAnnot_GetLine(annot, start, end):
            found.append([(start.x, start.y), (end.x, end.y)])
    elif kind in (pdfium.FPDF_ANNOT_POLYGON, pdfium.FPDF_ANNOT_POLYLINE):
        count = pdfium.FPDFAnnot_GetVertices(annot, None, 0)
        points = (pdfium.FS_POINTF * max(count, 1))()
        pdfium.FPDFAnnot_GetVertices(annot, points, count)
        found.append([(point.x, point.y) for point in points[: min(count, _MOST)]])
    shown = [[page.box(x, y, x, y) for x, y in line] for line in found if line]
    return [tuple((point.x0, point.top) for point in line) for line in shown]


def _box_field(annot: object, fields: Fields, page: Page) -> Spot | None:
    """The tick box of a widget; None when the field is no check box and no radio button."""
    if fields.handle:
        kind = pdfium.FPDFAnnot_GetFormFieldType(fields.handle, annot)
        if kind not in (pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON):
            return None
    elif _string(annot, b"FT") != "Btn":
        # an AcroForm whose /Fields is missing: the widget still says what it is
        return None
    evidence = []
    for key in (b"AS", b"V"):
        # asked of the widget itself: PDFium's own view of the field mends what disagrees. /V of a parent is not seen
        if pdfium.FPDFAnnot_HasKey(annot, key):
            state = _string(annot, key)
            evidence.append(Evidence("widget", Says.BLANK if state in ("Off", "") else Says.TICKED, f"/{key.decode()} /{state}"))
    if not evidence and fields.handle:
        checked = pdfium.FPDFAnnot_IsChecked(fields.handle, annot)
        evidence.append(Evidence("widget", Says.TICKED if checked else Says.BLANK, "field value"))
    if not evidence:
        evidence.append(Evidence("widget", Says.BLANK, "/AS, /V absent"))
    box = _place(annot, page).box
    return Spot(box, tuple(evidence)) if box is not None else None


def _place(annot: object, page: Page) -> Place:
    rect = pdfium.FS_RECTF()
    if not pdfium.FPDFAnnot_GetRect(annot, rect):
        return Place(page=page.number)
    box: Box = page.box(
        min(rect.left, rect.right), min(rect.bottom, rect.top), max(rect.left, rect.right), max(rect.bottom, rect.top)
    )
    return Place(page=page.number, box=box)


def _string(annot: object, key: bytes) -> str:
    return _sized(lambda buffer, size: pdfium.FPDFAnnot_GetStringValue(annot, key, buffer, size))


def _sized(ask: Callable[[object, int], int]) -> str:
    """A string of PDFium, asked twice: for its size in bytes, then for itself."""
    size = ask(None, 0)
    if size <= 2:
        return ""
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    ask(buffer, size)
    return bytes(buffer)[: size - 2].decode("utf-16-le", "replace")


def attachments(pdf: Pdf) -> tuple[Attachment, ...]:
    """The files attached to an open PDF; too large ones are left out."""
    found = []
    for index in range(min(pdfium.FPDFDoc_GetAttachmentCount(pdf.handle), MAX_ATTACHMENTS)):
        item = pdfium.FPDFDoc_GetAttachment(pdf.handle, index)
        size = ctypes.c_ulong()
        if not item or not pdfium.FPDFAttachment_GetFile(item, None, 0, size) or not 0 < size.value <= MAX_ATTACHED:
            continue
        buffer = ctypes.create_string_buffer(size.value)
        if not pdfium.FPDFAttachment_GetFile(item, buffer, size.value, size):
            continue
        name = _sized(lambda text, room, item=item: pdfium.FPDFAttachment_GetName(item, text, room))  # type: ignore[misc]
        found.append(Attachment(name, buffer.raw[: size.value]))
    return tuple(found)
