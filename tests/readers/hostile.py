"""PDF files made to hurt whoever reads them, each a few kilobytes: bombs, loops, lies, and counts that no page has."""

from __future__ import annotations

import zlib
from typing import Final

from tests.readers.pdfbytes import assemble, text

HELLO: Final = text(50, 700, "Bonjour").encode()
_FONT: Final = "/Font << /F1 3 0 R >>"


def stream(data: bytes, entries: str = "") -> bytes:
    return f"<< /Length {len(data)} {entries} >>\nstream\n".encode() + data + b"\nendstream"


def packed(data: bytes, times: int = 1) -> bytes:
    """A stream deflated several times over."""
    for _ in range(times):
        data = zlib.compress(data, 9)
    return stream(data, f"/Filter [{'/FlateDecode ' * times}]")


def one_page(
    contents: bytes,
    *,
    media: str = "[0 0 595 842]",
    page: str = "",
    resources: str = "",
    objects: dict[int, bytes] | None = None,
) -> bytes:
    """A file of one page, and of more objects by their numbers."""
    found = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [10 0 R] /Count 1 >>",
        3: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        10: (
            f"<< /Type /Page /Parent 2 0 R /MediaBox {media} /Contents 11 0 R {page} /Resources << {_FONT} {resources} >> >>"
        ).encode(),
        11: contents,
    }
    return assemble(found | (objects or {}))


def _form(content: bytes, inside: int) -> bytes:
    return stream(
        content, f"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << {_FONT} /XObject << /X {inside} 0 R >> >>"
    )


def _tree(kids: str, **nodes: str) -> bytes:
    found = {1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: f"<< /Type /Pages /Kids [{kids}] /Count 1 >>".encode()}
    return assemble(found | {int(name[1:]): body.encode() for name, body in nodes.items()})


def bomb(megabytes: int) -> bytes:
    """A page whose content is that many megabytes of text operators, in a few kilobytes."""
    return one_page(packed(b"BT /F1 10 Tf (x) Tj ET\n" * (megabytes * 2**20 // 23), 2))


def nested_forms() -> bytes:
    """Form XObjects that show one another ten times each, twelve deep."""
    forms = {n: _form(b"/X Do " * 10 if n < 31 else HELLO, n + 1) for n in range(20, 32)}
    return one_page(stream(b"/X Do"), resources="/XObject << /X 20 0 R >>", objects=forms)


def _lines(count: int, operator: str) -> bytes:
    return one_page(stream("\n".join(operator.format(i % 500, i % 800, i * 7 % 500, i * 13 % 800) for i in range(count)).encode()))


_GOOD: Final = one_page(stream(HELLO))
_DEEP: Final = {f"n{n}": f"<< /Type /Pages /Parent {n - 1} 0 R /Kids [{n + 1} 0 R] /Count 1 >>" for n in range(10, 5000)}
_LOOP: Final = "<< /Type /Pages /Kids [2 0 R] /Count 1 /Parent 2 0 R >>"

READ: Final[dict[str, bytes]] = {
    "a media box of a thousand million points": one_page(stream(HELLO), media="[0 0 1e9 1e9]"),
    "a media box beyond numbers": one_page(stream(HELLO), media="[0 0 99999999999999999999999999 842]"),
    "an empty media box": one_page(stream(HELLO), media="[0 0 0 0]"),
    "a media box upside down": one_page(stream(HELLO), media="[595 842 0 0]"),
    "a huge user unit": one_page(stream(HELLO), page="/UserUnit 75000"),
    "no cross-reference table where it is said to be": _GOOD.replace(b"startxref\n", b"startxref\n9"),
    "no cross-reference table": _GOOD[: _GOOD.index(b"xref\n0 1")] + b"trailer << /Root 1 0 R >>\n%%EOF",
    "arrays in arrays": one_page(stream(HELLO), page="/X " + "[" * 100_000 + "]" * 100_000),
    "dictionaries in dictionaries": one_page(stream(HELLO), page="/X " + "<</A " * 50_000 + "1" + ">>" * 50_000),
    "saved states without end": one_page(stream(b"q " * 100_000 + HELLO)),
    "an annotation many times": one_page(
        stream(HELLO), page=f"/Annots [{'<< /Type /Annot /Subtype /Link /Rect [1 1 9 9] >> ' * 5_000}]"
    ),
}
"""Files that hold « Bonjour », which is read."""

REFUSED: Final[dict[str, bytes]] = {
    "a page tree that is its own child": _tree("2 0 R"),
    "a page tree in a loop": _tree("3 0 R", n3=_LOOP),
    "a page tree five thousand deep": _tree("10 0 R", **_DEEP, n5000="<< /Type /Page /Parent 4999 0 R /MediaBox [0 0 9 9] >>"),
    "more pages than there are": assemble(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [10 0 R] /Count 400 >>",
            10: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
        }
    ),
    "a catalogue that is no dictionary": assemble({1: b"[1 2 3]"}),
    "pages that are no tree": assemble({1: b"<< /Type /Catalog /Pages 3 0 R >>"}),
}
"""Files that nobody can read: refused by name, in process."""

EITHER: Final[dict[str, bytes]] = {
    "offsets that lead elsewhere": _GOOD.replace(b"\n00000002", b"\n00000009"),
    "a page shown 499 times": assemble(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [" + b"10 0 R " * 499 + b"] /Count 499 >>",
            10: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
        }
    ),
    "squares by thousands": _lines(20_000, "{0} {1} 9 9 re S"),
    "lines by thousands": _lines(20_000, "{0} {1} m {2} {3} l S"),
    "rules by thousands": _lines(20_000, "0 {1} m 595 {1} l S"),
    "coordinates beyond numbers": one_page(
        stream(b"0 0 m 1e30 1e30 l S 0 0 1e20 1e20 re f -1e38 0 m 1e38 0 l S BT /F1 1e10 Tf (abc) Tj ET")
    ),
    "dashes without length": one_page(stream(b"[0.0001 0.0001] 0 d 0 0 m 595 842 l S")),
    "an image of ten thousand million points": one_page(
        stream(b"/I Do"),
        resources="/XObject << /I 20 0 R >>",
        objects={
            20: stream(
                zlib.compress(b"\0" * 1000),
                "/Type /XObject /Subtype /Image /Width 100000 /Height 100000 /ColorSpace /DeviceRGB /BitsPerComponent 8"
                " /Filter /FlateDecode",
            )
        },
    ),
    "twenty thousand words": one_page(
        stream(b"BT /F1 1 Tf " + b"".join(b"1 0 0 1 %d %d Tm (abc) Tj " % (i % 590, i * 7 % 840) for i in range(20_000)) + b"ET")
    ),
    "spaces by the hundred megabytes": one_page(packed(b" " * (100 << 20))),
}
"""Files that may be read or refused, in little time."""
