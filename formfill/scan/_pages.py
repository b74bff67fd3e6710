"""Pictures of pages, whatever holds them: PNG, JPEG, TIFF of several pages, HEIC. Sizes are looked at before pixels are decoded."""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from formfill.errors import SourceTooLargeError, UnreadableSourceError
from formfill.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterator

Grey = NDArray[np.uint8]
"""A picture, shape (height, width), 0 is black."""
Points = NDArray[np.float32]
"""Positions, shape (n, 2)."""

MAX_PIXELS: Final = 72_000_000
"""Largest picture decoded: an A3 page at 600 dpi is 70 million."""
MAX_PAGES: Final = 500
"""Most pages of one file."""
FINEST: Final = 300.0
"""Pictures finer than this, in dots per inch, are read at this resolution."""
SHEET: Final = 842.0
"""Long side of A4, in points: the size of a page that does not tell its own."""
COARSEST: Final = 60.0
"""A page with fewer dots per inch than this does not tell its size: no text could be read on it."""


class PagePicture(NamedTuple):
    """One page as a picture."""

    number: int
    """From 1."""
    grey: Grey
    dpi: float
    """Dots per inch; told by the file, else that of an A4 page."""

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points."""
        height, width = self.grey.shape
        return width * 72 / self.dpi, height * 72 / self.dpi


def pictures(data: bytes, name: str) -> Iterator[PagePicture]:
    """The pages of a picture file, one after the other.

    Args:
        data: the bytes of the file.
        name: what to call it in errors.

    Raises:
        SourceTooLargeError: it has too many pixels or pages.
        UnreadableSourceError: it is damaged.
    """
    if data[4:8] == b"ftyp":
        _register_heif(name)
    try:
        # the limit is ours, said in our words; Pillow's own warns
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data)) as picture:
                yield from _frames(picture, name)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, KeyError, IndexError, TypeError) as error:
        raise UnreadableSourceError(
            where=name,
            seen=_("l’image est endommagée ou incomplète."),
            advice=_("Numérisez ou photographiez la page de nouveau, ou recopiez le fichier."),
        ) from error
    except Image.DecompressionBombError as error:
        raise _too_large(name, 0) from error


def _frames(picture: Image.Image, name: str) -> Iterator[PagePicture]:
    count = getattr(picture, "n_frames", 1)
    if count > MAX_PAGES:
        raise SourceTooLargeError(
            where=name,
            seen=_("l’image a {count} pages, la limite est {limit}.").format(count=count, limit=MAX_PAGES),
            advice=_("Séparez le formulaire du reste et donnez-le seul."),
        )
    for index in range(count):
        picture.seek(index)
        width, height = picture.size
        if width * height > MAX_PIXELS:
            raise _too_large(name, width * height)
        if picture.format == "JPEG" and width * height > 16_000_000:
            # decoded at half its size or less: no more than is read (ISO/IEC 10918-1 allows scaled decoding)
            picture.draft("L", (int(FINEST * 12), int(FINEST * 12)))
        told = _resolution(picture)
        grey = _grey(ImageOps.exif_transpose(picture))
        yield _page(index + 1, grey, told * max(grey.shape) / max(width, height) if told else None)


def _grey(picture: Image.Image) -> Grey:
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        paper = Image.new("RGBA", picture.size, "white")
        paper.alpha_composite(picture.convert("RGBA"))
        picture = paper
    if picture.mode.startswith("I;16") or picture.mode in ("I", "F"):
        deep = np.asarray(picture, dtype=np.float32)
        top = float(deep.max()) or 1.0
        return np.asarray(deep * (255.0 / max(top, 1.0)), dtype=np.uint8)
    return np.asarray(picture.convert("L"), dtype=np.uint8)


def _resolution(picture: Image.Image) -> float | None:
    """What the file says of its resolution, when that makes it a page of a plausible size."""
    told: Any = picture.info.get("dpi")
    try:
        value = float(max(told)) if told else 0.0
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    long_side = max(picture.size)
    return value if value >= COARSEST and 0.4 * SHEET <= long_side * 72 / value <= 2.5 * SHEET else None


def _page(number: int, grey: Grey, told: float | None) -> PagePicture:
    dpi = told or max(grey.shape) * 72 / SHEET
    if dpi > FINEST * 1.05:
        scale = FINEST / dpi
        grey = np.asarray(cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), dtype=np.uint8)
        dpi = FINEST
    return PagePicture(number, grey, dpi)


def page(number: int, grey: Grey, dpi: float) -> PagePicture:
    """A page that something else decoded, no finer than is read."""
    return _page(number, grey, dpi)


def _register_heif(name: str) -> None:
    try:
        from pillow_heif import register_heif_opener
    except ImportError as error:
        raise UnreadableSourceError(
            where=name,
            seen=_("c’est une photographie HEIC, que cet ordinateur ne sait pas ouvrir."),
            advice=_('Installez ce qui manque par « pip install "formfill[scan]" », ou envoyez la photographie en JPEG.'),
        ) from error
    register_heif_opener()


def _too_large(name: str, pixels: int) -> SourceTooLargeError:
    size = _("{pixels} millions de points").format(pixels=pixels // 1_000_000) if pixels else _("un nombre démesuré de points")
    return SourceTooLargeError(
        where=name,
        seen=_("l’image a {size}, la limite est {limit} millions.").format(size=size, limit=MAX_PIXELS // 1_000_000),
        advice=_("Numérisez la page à 300 points par pouce au plus."),
    )
