"""Completed forms on paper: a page as a picture, told by its official blank, its boxes by their ink, its print by OCR.

Nothing here is imported for digital files. A page is compared with the blanks that the project prints; what stands on no blank is
not read. Handwriting is never guessed: it is reported with its picture, for a person.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Final, NamedTuple

import cv2
import numpy as np

from formfill.model.geometry import Box
from formfill.scan import _align, _look, _ocr, _register, _writing
from formfill.scan._pages import MAX_PIXELS, PagePicture, page, pictures

if TYPE_CHECKING:
    from formfill.model.document import MarkState
    from formfill.scan._ink import Reading
    from formfill.scan._look import BoxSeen, Looked
    from formfill.scan._pages import Grey
    from formfill.scan._register import Matrix

__all__ = ["MAX_PIXELS", "Page", "PagePicture", "Piece", "Tick", "Written", "grey", "page", "pictures", "seen", "settled"]

# files are read side by side, one in each process: the threads of OpenCV cost more than they bring
cv2.setNumThreads(1)

CROP: Final = 110
"""Resolution of the crops that go with evidence, in dots per inch: enough for a person to judge."""


class Tick(NamedTuple):
    """One tick box of a page."""

    box: Box
    """In points of the straightened page."""
    state: MarkState
    why: str
    """See :class:`formfill.scan._ink.Reading`."""
    inside: float
    """Ink within its frame, 0 to 1."""
    around: float
    """Share of the directions around it with ink."""
    crop: str
    """Its picture, a ``data:`` URL of a small PNG."""


class Piece(NamedTuple):
    """A printed line of the blank, where the page has it."""

    text: str
    box: Box
    base: float
    ticks: tuple[Tick, ...]


class Written(NamedTuple):
    """Something that a person wrote."""

    box: Box
    text: str
    """As read; empty when it could not be."""
    sure: bool
    confidence: int
    """Of the worst word, 0 to 100; 0 when nothing was read."""
    crop: str
    mark: MarkState | None
    """What it says when it stands alone where a tick is expected; None when it is too large for that."""


class Page(NamedTuple):
    """What one page says."""

    form: str
    edition: str | None
    """None when several editions print it alike."""
    page: int
    """Of the form, from 1."""
    score: float
    """Share of the printed text that was found, 0 to 1."""
    width: float
    height: float
    pieces: tuple[Piece, ...]
    rules: tuple[Box, ...]
    written: tuple[Written, ...]
    readable: bool
    """Whether printed text can be read on this machine."""
    bare: bool
    """Whether the page was scanned in black and white: what was too light is gone from it."""
    matrix: tuple[tuple[float, ...], ...]
    """From points of the straightened page to points of the page as it came."""

    def place(self, box: Box) -> Box:
        """A rectangle of the straightened page, on the page as it came."""
        corners = np.array([(box.x0, box.top), (box.x1, box.top), (box.x1, box.bottom), (box.x0, box.bottom)], np.float64)
        moved = _register.mapped(np.array(self.matrix), corners)
        (x0, y0), (x1, y1) = moved.min(axis=0), moved.max(axis=0)
        return Box(round(float(x0), 1), round(float(y0), 1), round(float(x1), 1), round(float(y1), 1))


def grey(data: bytes, height: int, stride: int, width: int) -> Grey:
    """A picture of one byte a point, each row ``stride`` bytes long."""
    return np.ascontiguousarray(np.frombuffer(data, np.uint8).reshape(height, stride)[:, :width])


def seen(pages: list[PagePicture]) -> list[Page | None]:
    """What each page says, None for one of no known form; pages that look alike are told by the others of their file."""
    looked = [_looked(picture) for picture in pages]
    looked = _look.agreed(pages, looked)
    return [None if found is None else settled(picture, found) for picture, found in zip(pages, looked, strict=True)]


def _looked(picture: PagePicture) -> Looked | None:
    """What a page is; None too when it is so strange (a line of points) that OpenCV refuses to work on it."""
    try:
        return _look.looked(picture)
    except cv2.error as error:
        if error.code == cv2.Error.StsNoMem:
            raise MemoryError from error
        return None


def settled(picture: PagePicture, found: Looked) -> Page:
    """A page that was told, with what is written on it."""
    backwards: Matrix = np.asarray(np.linalg.inv(found.found.matrix), np.float64)
    pieces = []
    doubtful = _look.differing(found)
    for rank, (line, shift) in enumerate(zip(found.blank.lines, found.lines.shifts, strict=True)):
        if rank in doubtful:
            continue
        dx, dy = shift.dx, shift.dy
        box = Box(line.box.x0 + dx, line.box.top + dy, line.box.x1 + dx, line.box.bottom + dy)
        pieces.append(Piece(line.text, box, line.base + dy, tuple([_tick(found, tick) for tick in found.boxes[rank]])))
    written = []
    for group in _writing.written(found, found.dark):
        text = _ocr.read(picture, found, group)
        crop = cropped(found, group.box, 3.0)
        if text is None:
            written.append(Written(group.box, "", False, 0, crop, _writing.mark(group)))
        else:
            written.append(Written(group.box, text.text, text.sure, text.confidence, crop, _writing.mark(group)))
    return Page(
        form=found.blank.form,
        edition=None if found.ambiguous else found.blank.edition,
        page=found.blank.page,
        score=round(found.score, 3),
        width=found.blank.width,
        height=found.blank.height,
        pieces=tuple(pieces),
        rules=tuple([_moved(rule, found) for rule in found.blank.rules]),
        written=tuple(written),
        readable=_ocr.available(),
        bare=found.bare,
        matrix=tuple(tuple(float(value) for value in row) for row in backwards),
    )


def _moved(rule: Box, found: Looked) -> Box:
    """A rule where the lines around it are."""
    _dx, top = _align.shift_at(rule.x0, rule.top, found.blank, found.lines)
    _dx, bottom = _align.shift_at(rule.x0, rule.bottom, found.blank, found.lines)
    if rule.height < 4:
        bottom = top
    return Box(rule.x0, rule.top + top, rule.x1, rule.bottom + bottom)


def _tick(found: Looked, tick: BoxSeen) -> Tick:
    reading: Reading = tick.reading
    ink = tick.ink
    crop = cropped(found, tick.box, 0.7 * tick.box.width)
    return Tick(tick.box, reading.state, reading.why, ink.inside if ink else 0.0, ink.ring if ink else 0.0, crop)


def cropped(found: Looked, box: Box, margin: float) -> str:
    """A part of the straightened page as a ``data:`` URL.

    Args:
        found: the page.
        box: the part, in points.
        margin: how much more, in points.
    """
    scale = found.flat.shape[1] / found.blank.width
    x0, y0 = max(0, int((box.x0 - margin) * scale)), max(0, int((box.top - margin) * scale))
    part = found.flat[y0 : int((box.bottom + margin) * scale) + 1, x0 : int((box.x1 + margin) * scale) + 1]
    if not part.size:
        return ""
    shrink = CROP / (scale * 72)
    small = cv2.resize(part, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    _ok, png = cv2.imencode(".png", np.asarray(small // 36 * 36, np.uint8), [cv2.IMWRITE_PNG_COMPRESSION, 9])
    return "data:image/png;base64," + base64.b64encode(png.tobytes()).decode("ascii")
