"""What lies over the pages of a PDF and beside them: form fields, annotations, attached files. Needs PDFium's raw API.

Check boxes and radio buttons are read by ``/AS``, ``/V`` and their look (ISO 32000-1 §12.7.4.2.3); what disagrees is kept.
"""

from __future__ import annotations

import ctypes
import re
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

import pypdfium2.raw as pdfium

from formfill.language import gettext as _
from formfill.model.document import Annotation, AnnotationKind, Attachment, Evidence, Says
from formfill.model.geometry import Box, Place
from formfill.model.report import Finding, Severity
from formfill.readers._pdfraw import RawForm, form_of, rect_key
from formfill.readers._pdftargets import WIDEST, Over
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
    pdfium.FPDF_ANNOT_UNDERLINE: "Underline",
    pdfium.FPDF_ANNOT_SQUIGGLY: "Squiggly",
    pdfium.FPDF_ANNOT_CARET: "Caret",
    pdfium.FPDF_ANNOT_STAMP: "Stamp",
    pdfium.FPDF_ANNOT_SQUARE: "Square",
    pdfium.FPDF_ANNOT_CIRCLE: "Circle",
    pdfium.FPDF_ANNOT_LINE: "Line",
    pdfium.FPDF_ANNOT_POLYGON: "Polygon",
    pdfium.FPDF_ANNOT_POLYLINE: "PolyLine",
}
"""Annotations that may mark a box they lie over."""
_QUADS: Final = (
    pdfium.FPDF_ANNOT_HIGHLIGHT,
    pdfium.FPDF_ANNOT_STRIKEOUT,
    pdfium.FPDF_ANNOT_UNDERLINE,
    pdfium.FPDF_ANNOT_SQUIGGLY,
)
"""Annotations that tell their place by quadrilaterals (ISO 32000-1 §12.5.6.10)."""
_NO_MARKS: Final = (
    pdfium.FPDF_ANNOT_INK,
    pdfium.FPDF_ANNOT_LINE,
    pdfium.FPDF_ANNOT_UNDERLINE,
    pdfium.FPDF_ANNOT_SQUIGGLY,
    pdfium.FPDF_ANNOT_STRIKEOUT,
    pdfium.FPDF_ANNOT_CARET,
)
"""Annotations that tick no box by their rectangle alone."""
_ICONS: Final = frozenset(("Check", "Checkmark", "Cross"))
"""Notes whose icon is a tick: the other icons say that there is a note."""
_ANY_SIZE: Final = 1e6
_CROSSES: Final = frozenset("xX×✕✖✗✘✓✔")
_MOST: Final = 4_000
"""Most points of an annotation that are looked at."""
MAX_ATTACHMENTS: Final = 64
"""Most attached files that are taken out."""
MAX_ATTACHED: Final = 32 * 2**20
"""Largest attached file taken out, in bytes."""
_HIDDEN: Final = pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW
_READ_ONLY: Final = 1
"""Field flag ReadOnly (ISO 32000-1 table 221)."""
_WRITTEN: Final = (pdfium.FPDF_FORMFIELD_TEXTFIELD, pdfium.FPDF_FORMFIELD_COMBOBOX, pdfium.FPDF_FORMFIELD_LISTBOX)
_KINDS_OF_FIELD: Final = (*_WRITTEN, pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON)
_PAINTS: Final = re.compile(r"(?<![\w/])(?:Tj|TJ|S|s|f|F|f\*|B|B\*|b|b\*|Do|sh)(?!\w)")
"""An operator that leaves ink (ISO 32000-1 annex A)."""
_SIGN: Final = re.compile(r"(?<![\w/])(?:Tj|TJ)(?!\w)")
"""An operator that shows text: the look of a box that is off is its frame alone."""


class Fields:
    """The form of an open PDF: what PDFium says of it, what the bytes say, and what is wrong with it."""

    def __init__(self, pdf: Pdf) -> None:
        self._config = pdfium.FPDF_FORMFILLINFO(version=2)
        self._data = pdf.source.data
        self._raw: RawForm | None = None
        self._wrong: dict[str, list[Place]] = {}
        kind = pdfium.FPDF_GetFormType(pdf.handle)
        if kind in (pdfium.FORMTYPE_XFA_FULL, pdfium.FORMTYPE_XFA_FOREGROUND):
            self.note("xfa-form", Place())
        self.handle = pdfium.FPDFDOC_InitFormFillEnvironment(pdf.handle, self._config) if kind != pdfium.FORMTYPE_NONE else None

    @property
    def raw(self) -> RawForm:
        """The form as the bytes have it, looked at once."""
        if self._raw is None:
            self._raw = form_of(self._data)
        return self._raw

    def note(self, code: str, place: Place) -> None:
        """Something wrong, reported once for the document."""
        self._wrong.setdefault(code, []).append(place)

    def findings(self) -> list[Finding]:
        """What is wrong with the form."""
        if self.handle and self.raw.orphans:
            self._wrong.setdefault("field-without-widget", []).append(Place())
        said = {
            "xfa-form": _("Ce PDF porte un formulaire XFA : ses pages peuvent différer de ce qu’Adobe Reader montre."),
            "field-not-listed": _("Des champs ({count}) ne figurent pas dans la liste du formulaire (/Fields) ; ils ont été lus."),
            "field-without-widget": _("Des champs n’ont pas de place sur la page ({names}) ; ils n’ont pas été lus."),
            "field-without-appearance": _(
                "Des cases ({count}) n’ont pas d’aspect pour leur état : tous les lecteurs ne les montrent pas de même."
            ),
            "field-read-only": _("Des champs ({count}) sont en lecture seule."),
        }
        found = []
        for code, places in self._wrong.items():
            severity = Severity.INFO if code == "field-read-only" else Severity.WARNING
            names = ", ".join(self.raw.orphans[:5]) if code == "field-without-widget" else ""
            found.append(Finding(code, severity, said[code].format(count=len(places), names=names), place=places[0]))
        return found

    def close(self) -> None:
        """Gives the environment back; before the document is closed."""
        if self.handle:
            pdfium.FPDFDOC_ExitFormFillEnvironment(self.handle)
            self.handle = None


class Written(NamedTuple):
    """The value of a text or choice field."""

    text: str
    box: Box


def over(page: Page, fields: Fields) -> tuple[list[Spot], list[Written], list[Annotation], tuple[list[Over], list[Path]]]:
    """The tick boxes and texts that are form fields, the annotations, and their surfaces and strokes, of an open page."""
    written: list[Written] = []
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
                field = _field(annot, fields, page)
                if isinstance(field, Spot):
                    spots.append(field)
                elif field is not None:
                    written.append(field)
                continue
            if kind == pdfium.FPDF_ANNOT_TEXT and _string(annot, b"Name") in _ICONS and not pdfium.FPDFAnnot_HasKey(annot, b"IRT"):
                box = _place(annot, page).box
                if box is not None:
                    notes[0].append(Over("annotation", f"Text {_string(annot, b'Name')}", box, says=Says.TICKED))
            elif kind in MARKING and not pdfium.FPDFAnnot_HasKey(annot, b"IRT"):
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
    return spots, written, annotations, notes


def _notes(annot: object, kind: int, page: Page) -> tuple[list[Over], list[Path]]:
    """Where an annotation is drawn: its strokes or quadrilaterals where it tells them, else its rectangle."""
    name = MARKING[kind]
    box = _place(annot, page).box
    if kind in _QUADS:
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
        return [], [
            Path(around((line,)), (line,), False, 0.0, 1.0, 0, False, "annotation", name) for line in lines if len(line) > 1
        ]
    if box is None:
        return [], []
    text = _string(annot, b"Contents").strip() if kind in (pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_STAMP) else ""
    limit = _ANY_SIZE if kind in (pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_STAMP) else WIDEST
    clear = text in _CROSSES if kind == pdfium.FPDF_ANNOT_FREETEXT else kind not in _NO_MARKS
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


def _field(annot: object, fields: Fields, page: Page) -> Spot | Written | None:
    """The tick box or the text of a widget; None when it has neither."""
    place = _place(annot, page)
    kind = pdfium.FPDFAnnot_GetFormFieldType(fields.handle, annot) if fields.handle else -1
    if kind not in _KINDS_OF_FIELD:
        # an AcroForm that is missing, or whose /Fields is: the widget still says what it is
        own = _string(annot, b"FT")
        button = own == "Btn" or (not own and pdfium.FPDFAnnot_HasKey(annot, b"AS"))
        kind = pdfium.FPDF_FORMFIELD_CHECKBOX if button else pdfium.FPDF_FORMFIELD_TEXTFIELD if own in ("Tx", "Ch") else -1
        if kind < 0:
            return None
        fields.note("field-not-listed", place)
        value = _string(annot, b"V")
    elif kind in _WRITTEN:
        value = _written(annot, fields, kind)
    if kind in _WRITTEN:
        return Written(value.replace("\r\n", "\n").replace("\r", "\n"), place.box) if value.strip() and place.box else None
    if kind not in (pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON):
        return None
    if fields.handle and pdfium.FPDFAnnot_GetFormFieldFlags(fields.handle, annot) & _READ_ONLY:
        fields.note("field-read-only", place)
    return Spot(place.box, _states(annot, fields, place)) if place.box is not None else None


def _written(annot: object, fields: Fields, kind: int) -> str:
    """The value of a text field, or the labels that are chosen in a choice field."""
    value = _sized(lambda buffer, size: pdfium.FPDFAnnot_GetFormFieldValue(fields.handle, annot, buffer, size))
    if kind == pdfium.FPDF_FORMFIELD_TEXTFIELD:
        return value
    count = min(max(pdfium.FPDFAnnot_GetOptionCount(fields.handle, annot), 0), _MOST)
    chosen = [
        _sized(partial(pdfium.FPDFAnnot_GetOptionLabel, fields.handle, annot, k))
        for k in range(count)
        if pdfium.FPDFAnnot_IsOptionSelected(fields.handle, annot, k)
    ]
    return ", ".join(chosen) or value


def _states(annot: object, fields: Fields, place: Place) -> tuple[Evidence, ...]:
    """What a check box or a radio button says: /AS, /V, its own or inherited, and what is drawn for it (§12.7.4.2.3)."""
    evidence = []
    state = _string(annot, b"AS") if pdfium.FPDFAnnot_HasKey(annot, b"AS") else None
    if state is not None:
        evidence.append(Evidence("widget", Says.BLANK if state in ("Off", "") else Says.TICKED, f"/AS /{state}"))
    known = fields.raw.widgets.get(_key(annot))
    states = known.states if known is not None else None
    value = known.value if known is not None else None
    if value is None and pdfium.FPDFAnnot_HasKey(annot, b"V"):
        value = _string(annot, b"V")
    if value is not None:
        on = (states - {"Off"}) if states else frozenset()
        if value in ("Off", ""):
            says = Says.BLANK
        elif on:
            says = Says.TICKED if value in on else Says.BLANK
            if says is Says.BLANK and pdfium.FPDFAnnot_HasKey(annot, b"V"):
                # its own value, which it has no look for
                says = Says.TICKED
        else:
            says = Says.TICKED if state in (None, value) or pdfium.FPDFAnnot_HasKey(annot, b"V") else Says.BLANK
        evidence.append(Evidence("widget", says, f"/V /{value}"))
    if not evidence and fields.handle:
        checked = pdfium.FPDFAnnot_IsChecked(fields.handle, annot)
        evidence.append(Evidence("widget", Says.TICKED if checked else Says.BLANK, "field value"))
    if not evidence:
        evidence.append(Evidence("widget", Says.BLANK, "/AS, /V absent"))
    if states is not None and ((states and state not in (None, "Off") and state not in states) or not states):
        fields.note("field-without-appearance", place)
    if states and state in states:
        drawn = _sized(lambda buffer, size: pdfium.FPDFAnnot_GetAP(annot, pdfium.FPDF_ANNOT_APPEARANCEMODE_NORMAL, buffer, size))
        if state == "Off" and _SIGN.search(drawn):
            evidence.append(Evidence("appearance", Says.UNCLEAR, "the look of /Off has a sign in it"))
        elif state != "Off" and not _PAINTS.search(drawn):
            evidence.append(Evidence("appearance", Says.UNCLEAR, f"the look of /{state} shows nothing"))
            fields.note("field-without-appearance", place)
    return tuple(evidence)


def _key(annot: object) -> tuple[int, int, int, int]:
    rect = pdfium.FS_RECTF()
    pdfium.FPDFAnnot_GetRect(annot, rect)
    return rect_key(rect.left, rect.bottom, rect.right, rect.top)


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
        name = _sized(partial(pdfium.FPDFAttachment_GetName, item))
        found.append(Attachment(name, buffer.raw[: size.value]))
    return tuple(found)
