"""Minimal PDF files written operator by operator, for tests: what Word, LibreOffice and others print, without them."""

from __future__ import annotations

import itertools
import zlib
from dataclasses import dataclass, field

GLYPHS = "☐☒☑▢✅⍰✓ﬁ"
"""Characters of the font F2, by glyph number."""


def text(x: float, y: float, words: str, *, font: str = "F1", size: float = 10) -> str:
    """A run of text at a baseline, in page space (y upwards)."""
    if font == "F2":
        shown = "<" + "".join(f"{GLYPHS.index(char) + 1:02X}" for char in words) + ">"
    else:
        shown = "<" + words.encode("cp1252").hex() + ">"
    return f"BT /{font} {size} Tf 1 0 0 1 {x} {y} Tm {shown} Tj ET"


def stroke(x0: float, y0: float, x1: float, y1: float) -> str:
    """A stroked line."""
    return f"0.5 w {x0} {y0} m {x1} {y1} l S"


def bar(x0: float, y0: float, x1: float, y1: float) -> str:
    """A line as Word prints it: a thin filled rectangle."""
    return f"{x0} {y0} {max(x1 - x0, 0.48)} {max(y1 - y0, 0.48)} re f"


def table(xs: list[float], ys: list[float], line: object = stroke) -> list[str]:
    """All the rules of a table without merged cells."""
    assert callable(line)
    return [line(xs[0], y, xs[-1], y) for y in ys] + [line(x, min(ys), x, max(ys)) for x in xs]


def table_by_cell(xs: list[float], ys: list[float]) -> list[str]:
    """The same as Word prints it: each side of each cell, and the corners, a rectangle of its own."""
    parts = []
    for y in ys:
        for left, right in itertools.pairwise(xs):
            parts += [bar(left, y, left + 0.48, y + 0.48), bar(left + 0.48, y, right, y + 0.48)]
    for low, high in zip(sorted(ys), sorted(ys)[1:], strict=False):
        parts += [bar(x, low + 0.48, x + 0.48, high) for x in xs]
    return parts


@dataclass
class Page:
    """A page of a minimal PDF."""

    content: list[str] = field(default_factory=list)
    extra: str = ""
    """More entries of the page dictionary."""
    media: tuple[float, float, float, float] = (0, 0, 595, 842)
    annots: list[str] = field(default_factory=list)
    """Annotation dictionaries."""
    resources: str = ""
    """More entries of its resources."""
    fonts: str = ""
    """More entries of its fonts."""


def pdf(*pages: Page, catalog: str = "", objects: dict[int, bytes] | None = None) -> bytes:
    """The file; ``objects`` are more objects, numbered from 1000."""
    found: dict[int, bytes] = {
        1: f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode(),
        3: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        4: (
            "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1000 900] /FontMatrix [0.001 0 0 0.001 0 0] /CharProcs << /g 8 0 R >>"
            f" /Encoding << /Differences [1 {'/g ' * len(GLYPHS)}] >> /FirstChar 1 /LastChar {len(GLYPHS)}"
            f" /Widths [{'1000 ' * len(GLYPHS)}] /ToUnicode 6 0 R /Resources << >> >>"
        ).encode(),
        8: _stream(b"1000 0 50 0 850 800 d1 50 0 800 800 re f"),
    }
    chars = "".join(f"<{n:02X}> <{char.encode('utf-16-be').hex()}>\n" for n, char in enumerate(GLYPHS, 1))
    found[6] = _stream(
        (
            "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange\n"
            f"{len(GLYPHS)} beginbfchar\n{chars}endbfchar endcmap end"
        ).encode()
    )
    kids, number = [], 10
    for page in pages:
        kids.append(f"{number} 0 R")
        names = []
        for k, annot in enumerate(page.annots):
            found[number + 2 + k] = annot.encode("latin-1")
            names.append(f"{number + 2 + k} 0 R")
        found[number + 1] = _stream("\n".join(page.content).encode())
        media = " ".join(str(side) for side in page.media)
        found[number] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [{media}] /Contents {number + 1} 0 R {page.extra} /Annots [{' '.join(names)}]"
            f" /Resources << /Font << /F1 3 0 R /F2 4 0 R {page.fonts} >> /XObject << /Im 1000 0 R >> {page.resources} >> >>"
        ).encode()
        number += 2 + len(page.annots)
    found[2] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(pages)} >>".encode()
    found.update(objects or {})
    found.setdefault(1000, image(2, 2))
    return assemble(found)


def image(width: int, height: int) -> bytes:
    """A grey image object."""
    data = zlib.compress(b"\x80" * (width * height))
    head = f"<< /Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceGray /BitsPerComponent 8"
    return f"{head} /Filter /FlateDecode /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"


def assemble(objects: dict[int, bytes], trailer: str = "") -> bytes:
    """The bytes of a file of these objects, object 1 its catalogue."""
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    offsets = {}
    for number, body in sorted(objects.items()):
        offsets[number] = len(out)
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, offset in sorted(offsets.items()):
        out += f"{number} 1\n{offset:010d} 00000 n \n".encode()
    out += f"trailer << /Size {max(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def _stream(data: bytes) -> bytes:
    return f"<< /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"
