"""A scanned page in a PDF, its picture encoded in every way that scanners do (ISO 32000-1 §7.4, §8.9.5)."""

from __future__ import annotations

import io
import struct
import zlib
from typing import TYPE_CHECKING, Final

import numpy as np
import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageOps

if TYPE_CHECKING:
    from collections.abc import Callable

    from tools.scans.worn import Grey


def _fax(picture: Image.Image) -> bytes:
    """The rows of a picture in black and white in ITU-T T.6: black is 1."""
    out = io.BytesIO()
    # Pillow's 1 is white
    ImageOps.invert(picture.convert("L")).convert("1").save(out, "TIFF", compression="group4", tiffinfo={278: picture.height})
    tags = Image.open(out).tag_v2  # type: ignore[attr-defined]  # of TIFF pictures
    (start,), (length,) = tags[273], tags[279]
    return out.getvalue()[start : start + length]


def _segment(number: int, kind: int, data: bytes) -> bytes:
    """A segment of JBIG2 (ITU-T T.88 §7.2): its number, its type, no other it refers to, page 1."""
    return struct.pack(">IBBBI", number, kind, 0, 1, len(data)) + data


def _jbig2(picture: Image.Image) -> bytes:
    """The embedded form of JBIG2: a page (§7.4.8), and one generic region whose rows are in T.6 (§7.4.6)."""
    width, height = picture.size
    page = struct.pack(">IIIIBH", width, height, 0, 0, 0, 0)
    region = struct.pack(">IIIIB", width, height, 0, 0, 0) + b"\x01" + _fax(picture)
    return _segment(0, 48, page) + _segment(1, 38, region)


def _saved(picture: Image.Image, to: str, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, to, **options)
    return out.getvalue()


def _packed(picture: Image.Image, bits: int) -> bytes:
    """The points of a grey picture, each in a few bits, every row from a byte of its own."""
    grey = np.asarray(np.asarray(picture.convert("L"), np.uint8) >> (8 - bits), np.uint8)
    planes = np.unpackbits(grey[:, :, None], axis=2)[:, :, 8 - bits :]
    return zlib.compress(np.packbits(planes.reshape(len(grey), -1), axis=1).tobytes())


Encoded = tuple[bytes, dict[str, object]]

CODECS: Final[dict[str, Callable[[Image.Image], Encoded]]] = {
    "JPEG, grey": lambda page: (_saved(page, "JPEG", quality=90), {"Filter": Name.DCTDecode}),
    "JPEG, colour": lambda page: (
        _saved(page.convert("RGB"), "JPEG", quality=90),
        {"Filter": Name.DCTDecode, "ColorSpace": Name.DeviceRGB},
    ),
    "JPEG 2000, grey": lambda page: (_saved(page, "JPEG2000"), {"Filter": Name.JPXDecode}),
    "JPEG 2000, colour, with losses": lambda page: (
        _saved(page.convert("RGB"), "JPEG2000", quality_mode="rates", quality_layers=[12], irreversible=True),
        {"Filter": Name.JPXDecode, "ColorSpace": Name.DeviceRGB},
    ),
    "Flate, 8 bits": lambda page: (_packed(page, 8), {"Filter": Name.FlateDecode}),
    "Flate, 4 bits": lambda page: (_packed(page, 4), {"Filter": Name.FlateDecode, "BitsPerComponent": 4}),
    "Flate, 1 bit": lambda page: (_packed(page, 1), {"Filter": Name.FlateDecode, "BitsPerComponent": 1}),
    "Flate, 24 bits": lambda page: (
        zlib.compress(page.convert("RGB").tobytes()),
        {"Filter": Name.FlateDecode, "ColorSpace": Name.DeviceRGB},
    ),
    "Flate, palette": lambda page: (
        _packed(page, 2),
        {
            "Filter": Name.FlateDecode,
            "BitsPerComponent": 2,
            "ColorSpace": Array([Name.Indexed, Name.DeviceGray, 3, pikepdf.String(b"\x00\x55\xaa\xff")]),
        },
    ),
    "Flate, CMYK": lambda page: (
        zlib.compress(page.convert("RGB").convert("CMYK").tobytes()),
        {"Filter": Name.FlateDecode, "ColorSpace": Name.DeviceCMYK},
    ),
    "fax (CCITT G4)": lambda page: (
        _fax(page),
        {
            "Filter": Name.CCITTFaxDecode,
            "BitsPerComponent": 1,
            "DecodeParms": Dictionary(K=-1, Columns=page.width, Rows=page.height),
        },
    ),
    "JBIG2": lambda page: (_jbig2(page), {"Filter": Name.JBIG2Decode, "BitsPerComponent": 1}),
    "a mask, its ink painted": lambda page: (
        _packed(ImageOps.invert(page), 1),
        {"Filter": Name.FlateDecode, "BitsPerComponent": 1, "ImageMask": True, "Decode": Array([1, 0]), "ColorSpace": None},
    ),
}
"""How each codec makes the stream of a picture and the entries of its dictionary."""
BITONAL: Final = {"Flate, 1 bit", "fax (CCITT G4)", "JBIG2", "a mask, its ink painted"}
"""Those of black and white."""


def in_pdf(grey: Grey, codec: str, dpi: float, *, rotate: int = 0, strips: int = 1) -> bytes:
    """A PDF whose one page is a picture.

    Args:
        grey: the picture.
        codec: one of :data:`CODECS`.
        dpi: points of the picture in an inch of the page.
        rotate: by how much the page is turned to be shown.
        strips: in how many parts the picture is cut, as some scanners do.
    """
    pdf = pikepdf.new()
    height, width = grey.shape
    page = pdf.add_blank_page(page_size=(width * 72 / dpi, height * 72 / dpi))
    page.Rotate = rotate
    page.Resources = Dictionary(XObject=Dictionary())
    content = b""
    step = -(-height // strips)
    for number, top in enumerate(range(0, height, step)):
        part = grey[top : top + step]
        picture = Image.fromarray(part)
        if codec in BITONAL:
            picture = picture.point(lambda value: 255 if value > 150 else 0)
        data, entries = CODECS[codec](picture)
        image = {
            "Type": Name.XObject,
            "Subtype": Name.Image,
            "Width": picture.width,
            "Height": picture.height,
            "BitsPerComponent": 8,
            "ColorSpace": Name.DeviceGray,
            **entries,
        }
        stream = pikepdf.Stream(pdf, data)
        for key, value in image.items():
            if value is not None:
                stream[f"/{key}"] = value
        page.Resources.XObject[f"/I{number}"] = pdf.make_indirect(stream)
        tall, below = len(part) * 72 / dpi, (height - top - len(part)) * 72 / dpi
        content += b"q %.4f 0 0 %.4f 0 %.4f cm /I%d Do Q\n" % (width * 72 / dpi, tall, below, number)
    page.Contents = pdf.make_stream(content)
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()
