"""What the first bytes of a picture say: its type and its size in pixels. It decodes none."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from hashlib import sha256
from typing import Final, NamedTuple

MOST_BYTES: Final = 20 * 2**20
"""Largest picture that a clean form takes."""
MOST_PIXELS: Final = 64_000_000
"""Most pixels of a picture that a clean form takes: each is four bytes where it is decoded."""
EXTENSIONS: Final = {"image/png": "png", "image/jpeg": "jpeg", "image/gif": "gif", "image/bmp": "bmp"}
"""The types that a clean form takes: those that hold nothing but pixels."""
_OTHERS: Final = (
    (0, b"\xd7\xcd\xc6\x9a", "image/x-wmf"),
    (0, b"\x01\x00\x09\x00", "image/x-wmf"),
    (40, b" EMF", "image/x-emf"),
    (0, b"II*\x00", "image/tiff"),
    (0, b"MM\x00*", "image/tiff"),
    (8, b"WEBP", "image/webp"),
)
# start of frame: baseline to differential arithmetic, without the tables and restarts among them (ITU-T T.81, table B.1)
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


ATTACHED: Final = "source-image-"
"""How the name of a picture begins that a PDF of ours carries, as an SVG image that holds its bytes: after ``record.json``."""
_SVG: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
    '<image width="{width}" height="{height}" preserveAspectRatio="none" href="data:{type};base64,{data}"/></svg>'
)
_HELD: Final = re.compile(rb'href="data:image/(?:png|jpeg|gif);base64,([A-Za-z0-9+/=]+)"')


_PIXEL: Final = 0.75
"""Points of a pixel."""


class Raster(NamedTuple):
    """A picture made of pixels."""

    type: str
    """Media type, one of :data:`EXTENSIONS`."""
    width: int
    height: int
    channels: int = 3
    """Colours of a JPEG: four for printing inks, which no archive page takes."""
    moves: bool = False
    """True for a GIF of several frames."""

    @property
    def points(self) -> tuple[float, float]:
        """Width and height in points, at 96 pixels an inch, where the document does not tell them."""
        return self.width * _PIXEL, self.height * _PIXEL

    @property
    def fits(self) -> bool:
        """Whether it has pixels, and not too many."""
        return 0 < self.width * self.height <= MOST_PIXELS


def raster(data: bytes) -> Raster | None:
    """What a picture is; None when it is none of those that a clean form takes, or damaged in its head."""
    if data.startswith(b"\x89PNG\r\n\x1a\n") and data[12:16] == b"IHDR":
        return Raster("image/png", _big(data[16:20]), _big(data[20:24]))
    if data.startswith(b"\xff\xd8\xff"):
        return _jpeg(data)
    if data.startswith((b"GIF87a", b"GIF89a")) and len(data) > 13:
        return Raster("image/gif", _little(data[6:8]), _little(data[8:10]), moves=_frames(data) > 1)
    if data.startswith(b"BM") and len(data) > 26 and _little(data[14:18]) >= 40:
        return Raster("image/bmp", _little(data[18:22]), abs(int.from_bytes(data[22:26], "little", signed=True)))
    return None


def wrapped(data: bytes) -> str | None:
    """A picture as an SVG image that holds its bytes, for what takes text only; None when it is none that can be."""
    kind = raster(data)
    if kind is None:
        return None
    return _SVG.format(width=kind.width, height=kind.height, type=kind.type, data=b64encode(data).decode())


def unwrapped(text: bytes) -> tuple[str, bytes]:
    """The bytes that :func:`wrapped` put in an image, after their digest; empty when it is none of those."""
    found = _HELD.search(text)
    try:
        data = b64decode(found[1], validate=True) if found is not None else b""
    except ValueError:
        data = b""
    return sha256(data).hexdigest(), data


def media_type(data: bytes, name: str) -> str:
    """The type of any picture, from its bytes, else from the end of its name."""
    found = raster(data)
    if found is not None:
        return found.type
    for at, sign, kind in _OTHERS:
        if data[at : at + len(sign)] == sign:
            return kind
    ending = name.rpartition(".")[2].lower()
    return f"image/x-{ending}" if ending.isascii() and ending.isalnum() and len(ending) < 10 else "application/octet-stream"


def _jpeg(data: bytes) -> Raster | None:
    """The frame header of a JPEG (ITU-T T.81 §B.2.2)."""
    at = 2
    while at + 10 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
        elif marker in _FRAMES:
            return Raster("image/jpeg", _big(data[at + 7 : at + 9]), _big(data[at + 5 : at + 7]), data[at + 9])
        else:
            at += 2 + _big(data[at + 2 : at + 4])
    return None


def _frames(data: bytes) -> int:
    """The frames of a GIF, two when there are more: its blocks are walked over (GIF89a §18 to §26)."""
    at, found = 13 + _table(data[10]), 0
    while at + 10 <= len(data) and found < 2:
        if data[at] == 0x2C:
            found += 1
            at = _after(data, at + 11 + _table(data[at + 9]))
        elif data[at] == 0x21:
            at = _after(data, at + 2)
        else:
            break
    return found


def _table(flags: int) -> int:
    """The bytes of a table of colours."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _after(data: bytes, at: int) -> int:
    """Where a chain of blocks ends: each begins with its length, an empty one ends it."""
    while at < len(data) and data[at]:
        at += data[at] + 1
    return at + 1


def _big(data: bytes) -> int:
    return int.from_bytes(data, "big")


def _little(data: bytes) -> int:
    return int.from_bytes(data, "little")
