"""A thin layer over PDFium's raw API: opens a PDF and its pages, closes everything, undoes crop box and rotation.

Coordinates leave it in points from the top left corner of the page as displayed. PDFium is not thread-safe: one process, one
reading at a time.
"""

from __future__ import annotations

from ctypes import byref
from typing import TYPE_CHECKING, Final, Self

import pypdfium2.raw as pdfium

from formfill.errors import EncryptedSourceError, SourceTooLargeError, UnreadableSourceError
from formfill.language import gettext as _
from formfill.model.geometry import Box
from formfill.readers._pdfglyphs import HIDDEN
from formfill.readers._pdflayers import hide
from formfill.readers._pdfraw import hides_layers
from formfill.readers._pdftags import Tags
from formfill.readers._pdftext import PageText

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from formfill.model.document import Evidence
    from formfill.readers._pdfglyphs import Glyphs
    from formfill.readers._visual import Line
    from formfill.source import Source

MAX_PAGES: Final = 500
"""Most pages of a PDF that is read."""
TAIL: Final = 4096
"""The end mark of a whole PDF stands in its last bytes; Acrobat asks for 1024 (ISO 32000-1 annex H.3, note 18)."""
PADDED: Final = 2**20
"""Most bytes of empty padding after the end mark (copies from tape and some mail gateways add it)."""

KEPT: Final = 4 * 2**20
"""Bytes that the allocator of the C library keeps for the next document, where it would give them back to the system after each."""
# glibc takes the largest block ever given back as the measure of what comes again (mallopt(3), M_MMAP_THRESHOLD): the pages of a
# document are then loaded into memory that is there, which saves a twentieth of the time
bytearray(KEPT)


class Pdf:
    """An open PDF; a context manager."""

    def __init__(self, source: Source) -> None:
        self.source = source
        if b"%%EOF" not in source.data[-PADDED:].rstrip(b"\0\r\n\t ")[-TAIL:]:
            raise _damaged(source, _("le PDF est tronqué : sa fin manque."))
        self.handle = pdfium.FPDF_LoadMemDocument64(source.data, len(source.data), None)
        if not self.handle:
            if pdfium.FPDF_GetLastError() in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
                raise EncryptedSourceError(
                    where=source.name,
                    seen=_("le PDF est protégé par un mot de passe."),
                    advice=_("Ouvrez-le avec son mot de passe et enregistrez-en une copie sans protection."),
                )
            raise _damaged(source, _("le PDF est endommagé : sa structure est illisible."))
        self.pages: int = pdfium.FPDF_GetPageCount(self.handle)
        self.layered = hides_layers(source.data)
        """True when layers of it are switched off."""
        self.tagged = bool(pdfium.FPDFCatalog_IsTagged(self.handle))
        if not 0 < self.pages <= MAX_PAGES:
            self.__exit__()
            if not self.pages:
                raise _damaged(source, _("le PDF n’a aucune page."))
            raise SourceTooLargeError(
                where=source.name,
                seen=_("le PDF a {count} pages, la limite est {limit}.").format(count=self.pages, limit=MAX_PAGES),
                advice=_("Séparez le formulaire du reste et donnez-le seul."),
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        if self.handle:
            pdfium.FPDF_CloseDocument(self.handle)
            self.handle = None

    def batches(self, size: int) -> Iterator[Batch]:
        """The pages in order, some at a time, all of them closed before the next batch begins."""
        for start in range(0, self.pages, size):
            batch = Batch(self, range(start, min(start + size, self.pages)))
            try:
                yield batch
            finally:
                batch.close()


class Batch:
    """Pages that are open at the same time."""

    def __init__(self, pdf: Pdf, indexes: range) -> None:
        self._pdf, self._indexes = pdf, indexes
        self.opened: list[Page] = []

    def __iter__(self) -> Iterator[Page]:
        """Opens each page when it is asked for: what was just loaded is read while the processor still has it at hand."""
        for index in self._indexes:
            page = Page(self._pdf, index)
            self.opened.append(page)
            yield page

    def close(self) -> None:
        """Gives the pages back to PDFium."""
        for page in self.opened:
            page.close()
        self.opened.clear()


def _damaged(source: Source, seen: str) -> UnreadableSourceError:
    return UnreadableSourceError(
        where=source.name, seen=seen, advice=_("Redemandez le fichier à son auteur, ou imprimez-le de nouveau en PDF.")
    )


class Page:
    """An open page."""

    def __init__(self, pdf: Pdf, index: int) -> None:
        self.number = index + 1
        self.handle = pdfium.FPDF_LoadPage(pdf.handle, index)
        self._text = None
        if not self.handle:
            raise _damaged(pdf.source, _("la page {page} est endommagée.").format(page=self.number))
        frame = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(self.handle, byref(frame))
        self._frame = (frame.left, frame.bottom, frame.right, frame.top)
        self._turns: int = pdfium.FPDFPage_GetRotation(self.handle)
        sides = (frame.right - frame.left, frame.top - frame.bottom)
        self.width, self.height = sides if self._turns % 2 == 0 else sides[::-1]
        self.hidden = hide(self.handle, (self.width, self.height), self.box) if pdf.layered else 0
        """Objects of layers that are switched off: they are left out."""
        self._text = pdfium.FPDFText_LoadPage(self.handle)
        self._tags: Tags | None = Tags(self.handle, self._text) if pdf.tagged else None
        self.lost: list[Box] = []
        """Where a symbol font prints what is not in the text."""
        shift = (frame.left, frame.top) if self._turns == 0 else None
        self.text = PageText(self._text, self.box, shift)

    def close(self) -> None:
        """Gives the page back to PDFium."""
        if self._text:
            pdfium.FPDFText_ClosePage(self._text)
            self._text = None
        if self.handle:
            pdfium.FPDF_ClosePage(self.handle)
            self.handle = None

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A rectangle of PDF page space as displayed."""
        x0, y0, x1, y1 = self._frame
        if self._turns == 0:
            return Box(left - x0, y1 - top, right - x0, y1 - bottom)
        if self._turns == 1:
            return Box(bottom - y0, left - x0, top - y0, right - x0)
        if self._turns == 2:
            return Box(x1 - right, bottom - y0, x1 - left, top - y0)
        return Box(y1 - top, x1 - right, y1 - bottom, x1 - left)

    def glyphs(
        self, known: Glyphs, fonts: dict[int, int]
    ) -> Callable[[str, Callable[[int], int]], dict[int, tuple[str, Evidence | None]]]:
        """What tells the boxes among the glyphs of the page that no Unicode tells."""
        text_page = self._text
        odd = known.odd(text_page, fonts)
        if odd:
            self.lost = [self.box(*place) for place in known.lost(self.handle, text_page, odd)]

        def patches(text: str, char_at: Callable[[int], int]) -> dict[int, tuple[str, Evidence | None]]:
            return known.patches(self.handle, text_page, text, odd, char_at) if odd or HIDDEN.search(text) else {}

        return patches

    def same_block(self, a: Line, b: Line) -> bool | None:
        """Tells whether the file says that two lines are of one paragraph; None when it is not tagged."""
        if self._tags is None or a.end < 0 or b.start < 0:
            return None
        return self._tags.same_block(a.end - 1, b.start)
