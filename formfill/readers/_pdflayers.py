"""Layers of a PDF page that are switched off (optional content, ISO 32000-1 §8.11). Needs PDFium's raw API.

PDFium knows which layers it shows and tells nobody; its text has them all. So each object of a layer is left out in turn: when the
page looks the same without it, it does not show, and stays out.
"""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, Any, Final

import pypdfium2.raw as pdfium

if TYPE_CHECKING:
    from collections.abc import Callable

    from formfill.model.geometry import Box

MOST: Final = 2_000
"""Objects of a page that are tried."""
DEEPEST: Final = 8
"""Form XObjects nested deeper than this are not followed."""
_SCALE: Final = 2.0
"""Pixels per point."""


def hide(page: Any, size: tuple[float, float], shown: Callable[[float, float, float, float], Box]) -> int:
    """Switches off the objects of a loaded page that its layers hide, and says how many there were.

    Args:
        page: PDFium's page, before its text is loaded.
        size: width and height as displayed, in points.
        shown: a rectangle of page space as displayed.
    """
    count = pdfium.FPDFPage_CountObjects(page)
    items = [pdfium.FPDFPage_GetObject(page, index) for index in range(min(count, MOST))]
    hidden = 0
    for item in items:
        is_form = pdfium.FPDFPageObj_GetType(item) == pdfium.FPDF_PAGEOBJ_FORM
        sides = [ctypes.c_float() for _side in range(4)]
        if not (is_form or _layered(item)) or not pdfium.FPDFPageObj_GetBounds(item, *sides):
            continue
        box = shown(*(side.value for side in sides))
        candidates = [item, *(_nested(item, 1) if is_form else [])]
        for candidate in candidates[: MOST - hidden]:
            if candidate is not item and not _layered(candidate):
                continue
            before = _look(page, size, box)
            pdfium.FPDFPageObj_SetIsActive(candidate, False)
            if _look(page, size, box) == before:
                hidden += 1
                if candidate is item:
                    break
            else:
                pdfium.FPDFPageObj_SetIsActive(candidate, True)
    return hidden


def _nested(form: Any, depth: int) -> list[Any]:
    if depth > DEEPEST:
        return []
    found = []
    for index in range(min(pdfium.FPDFFormObj_CountObjects(form), MOST)):
        item = pdfium.FPDFFormObj_GetObject(form, index)
        found.append(item)
        if pdfium.FPDFPageObj_GetType(item) == pdfium.FPDF_PAGEOBJ_FORM:
            found += _nested(item, depth + 1)
    return found


def _layered(item: Any) -> bool:
    """Tells whether an object is marked as optional content."""
    for index in range(max(pdfium.FPDFPageObj_CountMarks(item), 0)):
        mark = pdfium.FPDFPageObj_GetMark(item, index)
        buffer = (ctypes.c_ushort * 8)()
        size = ctypes.c_ulong()
        if pdfium.FPDFPageObjMark_GetName(mark, buffer, 16, size) and bytes(buffer)[:6] == b"O\0C\0\0\0":
            return True
    return False


def _look(page: Any, size: tuple[float, float], box: Box) -> bytes:
    x0, top = max(box.x0 - 1, 0), max(box.top - 1, 0)
    columns, rows = (max(1, min(round(side * _SCALE), 4000)) for side in (box.x1 + 1 - x0, box.bottom + 1 - top))
    bitmap = pdfium.FPDFBitmap_CreateEx(columns, rows, pdfium.FPDFBitmap_BGRx, None, 0)
    if not bitmap:
        return b""
    pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, columns, rows, 0xFFFFFFFF)
    width, height = round(size[0] * _SCALE), round(size[1] * _SCALE)
    pdfium.FPDF_RenderPageBitmap(bitmap, page, round(-x0 * _SCALE), round(-top * _SCALE), width, height, 0, 0)
    data = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), pdfium.FPDFBitmap_GetStride(bitmap) * rows)
    pdfium.FPDFBitmap_Destroy(bitmap)
    return data
