"""Pictures of every kind are opened; what is too large, cut off or no picture is refused before it is decoded."""

from __future__ import annotations

import io
import struct
import zlib

import numpy as np
import pytest
from formfill.errors import SourceError, SourceTooLargeError, UnreadableSourceError
from formfill.scan import _pages
from formfill.source import Source
from PIL import Image
from tests.scan.sheets import saved

GREY = np.tile(np.linspace(0, 255, 400, dtype=np.uint8), (560, 1))


def opened(data: bytes) -> list[_pages.PagePicture]:
    return list(_pages.pictures(data, "page"))


@pytest.mark.parametrize("to", ["PNG", "JPEG", "TIFF"])
def test_a_picture_is_one_page_with_its_resolution(to: str) -> None:
    data = saved(GREY, to=to, dpi=72)
    [page] = opened(data)
    assert Source.of(data, "x").format == "image"
    assert page.grey.shape == GREY.shape
    assert page.dpi == pytest.approx(72, abs=1)


def test_a_tiff_has_as_many_pages_as_it_has_pictures() -> None:
    assert [page.number for page in opened(saved(GREY, GREY, GREY, to="TIFF"))] == [1, 2, 3]


def test_a_photograph_of_a_telephone_is_a_picture() -> None:
    heif = pytest.importorskip("pillow_heif")
    heif.register_heif_opener()
    data = saved(GREY, to="HEIF")
    assert Source.of(data, "IMG_0001.HEIC").format == "image"
    assert opened(data)[0].grey.shape == GREY.shape


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16"])
def test_every_kind_of_point_becomes_grey(mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (300, 420), 0).save(out, "TIFF")
    [page] = opened(out.getvalue())
    assert page.grey.dtype == np.uint8
    # see-through is paper, and so is a page without ink
    assert int(page.grey.max()) == (255 if mode in ("LA", "RGBA", "CMYK") else 0)


def test_a_fine_scan_is_read_at_three_hundred_dots() -> None:
    [page] = opened(saved(np.tile(GREY, (12, 12)), dpi=600))
    assert page.dpi == 300
    assert max(page.grey.shape) == 3360


def png(width: int, height: int) -> bytes:
    """The beginning of a PNG that says it is as large; its data are those of a few points."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 10)) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(60_000, 60_000), (200_000, 1_000), (9_000, 9_000)])
def test_an_immense_picture_is_refused_by_its_head(size: tuple[int, int]) -> None:
    with pytest.raises(SourceTooLargeError):
        opened(png(*size))


def test_a_tiff_of_too_many_pages_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_pages, "MAX_PAGES", 2)
    with pytest.raises(SourceTooLargeError):
        opened(saved(GREY, GREY, GREY, to="TIFF"))


@pytest.mark.parametrize("to", ["PNG", "JPEG", "TIFF"])
@pytest.mark.parametrize("share", [0.02, 0.5])
def test_what_is_cut_off_is_refused(to: str, share: float) -> None:
    data = saved(np.random.default_rng(2).integers(0, 255, (300, 300), dtype=np.uint8), to=to)
    with pytest.raises(UnreadableSourceError):
        opened(data[: int(len(data) * share)])


def test_any_damage_is_an_error_of_ours() -> None:
    rng = np.random.default_rng(4)
    for to in ("PNG", "JPEG", "TIFF"):
        whole = saved(GREY, to=to)
        for _turn in range(40):
            data = bytearray(whole)
            for at in rng.integers(8, len(data), 12):
                data[at] = int(rng.integers(0, 256))
            try:
                opened(bytes(data))
            except SourceError:
                continue
