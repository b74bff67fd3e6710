"""Pictures of pages: PNG, JPEG, TIFF of several pages, HEIC. Each is told by the official blanks (see :mod:`formfill.scan`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.model.document import Document
from formfill.readers import _scanned

if TYPE_CHECKING:
    from formfill.model.report import Finding
    from formfill.source import Source


class ImageReader:
    """Reads pictures of completed forms."""

    formats: frozenset[str] = frozenset({"image"})

    def read(self, source: Source) -> Document:
        """What stands in the picture; a page of no known form is reported, never read as blank."""
        if not _scanned.available():
            return Document(1, findings=(_scanned.unread_page(1),))
        from formfill import scan
        from formfill.readers._lines import Habit
        from formfill.readers._sheet import Sheet
        from formfill.readers.pdf import whole

        findings: list[Finding] = []
        pictures = list(scan.pictures(source.data, source.name))
        sheets = [Sheet(picture.number, picture.size[1]) for picture in pictures]
        return _scanned.within(sheets, pictures, findings, lambda: whole(sheets, Habit(), findings, ()))


READER = ImageReader()
