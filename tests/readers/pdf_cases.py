"""One page for each way a PDF shows a box, in each state that it can show: the pages of the README's table and of the fuzzer.

``python -m tools.encodings --files FOLDER`` writes them as files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from tests.readers import encodings_pdf as made
from tests.readers.pdfbytes import Page, pdf, text

if TYPE_CHECKING:
    from collections.abc import Iterator

Marks = tuple[tuple[str, str], ...]


class PdfCase(NamedTuple):
    """A page and the marks that a careful person sees on it."""

    name: str
    state: str
    page: Page
    marks: Marks
    """State and label of each."""
    objects: dict[int, bytes] | None = None

    @property
    def data(self) -> bytes:
        """The file."""
        return pdf(self.page, objects=self.objects)


_STATES: Final = {
    **{name: (draw, "ticked") for name, draw in made.TICKS.items()},
    **{name: (draw, "uncertain") for name, draw in made.UNCLEAR.items()},
    **{name: (draw, "blank") for name, draw in made.NOTHING.items()},
}
_LABELS: Final = [text(75, 701.5, "Seul(e)"), text(175, 701.5, "En équipe")]
_TWO: Final = [made.BOXES["re S, as Word"](60, 700), made.BOXES["re S, as Word"](160, 700)]
_COVER: Final = "1 g 59 699 12 12 re f 0 g"


def _on_first(state: str) -> Marks:
    return (state, "Seul(e)"), ("blank", "En équipe")


def cases() -> Iterator[PdfCase]:
    """Every case."""
    yield from _drawn()
    yield from _fields()
    yield from _typed()
    yield from _fonts()
    yield from _annotations()
    yield from _cells()
    yield from _choices()


def _drawn() -> Iterator[PdfCase]:
    labels = made.PLACES["before its label"].labels
    for box in made.BOXES:
        for mark in ("two diagonals", "one diagonal", "nothing"):
            draw, state = _STATES[mark]
            marks = tuple(zip(("blank", state, "blank"), labels, strict=True))
            kind = "box glyph" if box == "glyph" else "drawn box"
            yield PdfCase(f"{kind} {box}", state, made.page(box, draw, "before its label"), marks)
    for mark, (draw, state) in _STATES.items():
        marks = tuple(zip(("blank", state, "blank"), labels, strict=True))
        yield PdfCase(f"drawn box under {mark}", state, made.page("re S, as Word", draw, "before its label"), marks)
    cross = made.TICKS["two diagonals"](60, 700)
    for name, parts, state in (
        ("tick under an opaque shape", [*_TWO, cross, _COVER], "uncertain"),
        ("tick over an opaque shape", [_COVER, *_TWO, cross], "ticked"),
        ("tick cut off by a clip", [*_TWO, "q 200 200 10 10 re W n", cross, "Q"], "uncertain"),
        ("letter X beside it", [*_TWO, text(69, 701.2, "X")], "uncertain"),
        ("another letter in it", [*_TWO, text(62.5, 701.2, "V")], "uncertain"),
    ):
        yield PdfCase(f"drawn box, {name}", state, Page([*_LABELS, *parts]), _on_first(state))
    for name, state in (("empty", "blank"), ("crossed", "ticked"), ("half filled", "uncertain")):
        page = Page([*_LABELS, "q 9.6 0 0 9.6 60 700 cm /Im Do Q", _TWO[1]])
        yield PdfCase("drawn box as a picture", state, page, _on_first(state), {1000: picture(name)})
    nested = {1000: made.xobject("0 0 9.6 9.6 re S 100 0 9.6 9.6 re S 0 0 m 9.6 9.6 l S 0 9.6 m 9.6 0 l S", "1 0 0 1 40 600")}
    yield PdfCase("form XObject", "ticked", Page([*_LABELS, "q 1 0 0 1 20 100 cm /Im Do Q"]), _on_first("ticked"), nested)


def picture(what: str, side: int = 12) -> bytes:
    """An image of a box: empty, crossed, or half filled."""

    def dark(row: int, column: int) -> bool:
        thick = max(side // 12, 1)
        edge = min(row, column, side - 1 - row, side - 1 - column) < thick
        crossed = what == "crossed" and min(abs(row - column), abs(row + column - side + 1)) < thick
        return edge or crossed or (what == "half filled" and row > side // 2)

    data = bytes(0 if dark(row, column) else 255 for row in range(side) for column in range(side))
    head = f"<< /Type /XObject /Subtype /Image /Width {side} /Height {side} /ColorSpace /DeviceGray /BitsPerComponent 8"
    return f"{head} /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"


def _fields() -> Iterator[PdfCase]:
    for name, entries, state in (
        ("on", "/AS /Yes /V /Yes", "ticked"),
        ("off", "/AS /Off /V /Off", "blank"),
        ("with a look only", "/AS /Yes", "ticked"),
        ("in disagreement", "/AS /Yes /V /Off", "uncertain"),
    ):
        widget = f"<< /Type /Annot /Subtype /Widget /FT /Btn /T (a) {entries} /Rect [60 700 70 710] >>"
        yield PdfCase(f"AcroForm field {name}", state, Page(_LABELS[:1], annots=[widget]), ((state, "Seul(e)"),))


def _typed() -> Iterator[PdfCase]:
    for on, off in (("[x]", "[ ]"), ("(x)", "( )"), ("|x|", "| |")):
        for first, state in ((on, "ticked"), (off, "blank")):
            lines = [text(60, 700, f"{first} Seul(e)"), text(60, 680, f"{off} En équipe")]
            yield PdfCase(f"typed {off}", state, Page(lines), _on_first(state))
    words = [text(75, 700, "Seul(e)"), text(60, 680, "☐", font="F2"), text(75, 680, "En équipe")]
    yield PdfCase("typed X in the place of a box", "ticked", Page([text(60, 700, "X"), *words]), _on_first("ticked"))


def _fonts() -> Iterator[PdfCase]:
    for font, kind, code, state in (
        ("ZapfDingbats", "Type1", 0x6F, "blank"),
        ("Wingdings", "TrueType", 0x6F, "blank"),
        ("Wingdings", "TrueType", 0x78, "ticked"),
        ("Wingdings", "TrueType", 0xFE, "uncertain"),
        ("Wingdings2", "TrueType", 0x52, "ticked"),
        ("Wingdings2", "TrueType", 0xA3, "blank"),
        ("Webdings", "TrueType", 0x63, "blank"),
    ):
        objects = {1001: f"<< /Type /Font /Subtype /{kind} /BaseFont /{font} >>".encode()}
        content = [f"BT /F9 12 Tf 1 0 0 1 50 700 Tm <{code:02X}> Tj ET", text(65, 700, "Choix")]
        yield PdfCase(f"symbol font {font} {code:02X}", state, Page(content, fonts="/F9 1001 0 R"), ((state, "Choix"),), objects)
    frame = "1000 0 0 0 900 900 d1 60 w 80 30 740 740 re S"
    for body, state in ((frame, "blank"), (f"{frame} 80 30 m 820 770 l S 820 30 m 80 770 l S", "ticked")):
        objects = {
            1001: b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] /FontMatrix [0.001 0 0 0.001 0 0] /CharProcs"
            b" << /g 1002 0 R >> /Encoding << /Differences [1 /g] >> /FirstChar 1 /LastChar 1 /Widths [1000] /Resources << >> >>",
            1002: f"<< /Length {len(body)} >>\nstream\n{body}\nendstream".encode(),
        }
        content = ["BT /F9 12 Tf 1 0 0 1 50 700 Tm <01> Tj ET", text(65, 700, "Choix")]
        yield PdfCase("symbol of a Type 3 font", state, Page(content, fonts="/F9 1001 0 R"), ((state, "Choix"),), objects)


def _annotations() -> Iterator[PdfCase]:
    quads = "/QuadPoints [59 711 71 711 59 699 71 699]"
    for name, entries, state in (
        ("Ink", "/InkList [[59 700 71 709] [59 709 71 700]]", "ticked"),
        ("Line", "/L [59 700 71 709]", "uncertain"),
        ("FreeText", "/Contents (X)", "ticked"),
        ("Stamp", "", "ticked"),
        ("Square", "", "ticked"),
        ("Circle", "", "ticked"),
        ("Polygon", "/Vertices [59 700 71 709 71 700]", "ticked"),
        ("Highlight", quads, "ticked"),
        ("StrikeOut", quads, "uncertain"),
        ("Underline", quads, "uncertain"),
    ):
        for flags, seen in (("", state), ("/F 2", "blank")):
            annot = f"<< /Type /Annot /Subtype /{name} /Rect [59 698 71 712] {entries} {flags} >>"
            yield PdfCase(f"annotation {name}", seen, Page([*_LABELS, *_TWO], annots=[annot]), _on_first(seen))
    beside = "<< /Type /Annot /Subtype /FreeText /Contents (X) /Rect [44 698 56 712] >>"
    yield PdfCase("annotation beside a box", "uncertain", Page([*_LABELS, *_TWO], annots=[beside]), _on_first("uncertain"))


def _cells() -> Iterator[PdfCase]:
    table = [
        *(f"0.5 w 50 {y} m 400 {y} l S" for y in (725, 695, 665, 635)),
        *(f"{x} 635 m {x} 725 l S" for x in (50, 260, 320, 400)),
        *(text(x, y, words) for x, y, words in ((60, 705, "Intitulé"), (270, 705, "B1.1"), (330, 705, "B1.2"))),
        *(text(60, y, words) for y, words in ((675, "Ligne A"), (645, "Ligne B"))),
    ]
    label = "B1.2 | Ligne B"
    for name, drawn, state in (
        ("letter x", text(355, 645, "x"), "ticked"),
        ("letter tick", text(355, 645, "✓", font="F2"), "ticked"),
        ("fill", "0.8 g 320 635 80 30 re f 0 g", "ticked"),
        ("diagonals, both", "320 635 m 400 665 l S 320 665 m 400 635 l S", "ticked"),
        ("diagonals, one", "320 635 m 400 665 l S", "uncertain"),
        ("strokes of a check", "345 650 m 350 645 l 362 660 l S", "ticked"),
        ("letter x whited out", f"{text(355, 645, 'x')} 1 g 321 636 78 28 re f 0 g", "uncertain"),
    ):
        yield PdfCase(f"cell {name}", state, Page([*table, drawn] if "white" in name else [drawn, *table]), ((state, label),))
    for kind in ("letter", "fill", "diagonals"):
        yield PdfCase(f"cell {kind}, none", "blank", Page(table), ())


def _choices() -> Iterator[PdfCase]:
    line = text(50, 700, "Sexe : F / M")
    for name, drawn, states in (
        ("struck", "0.5 w 79 703.5 m 86 703.5 l S", ("blank", "ticked")),
        ("circled", f"1 w {made.circle(82.5, 703.5, 7)} S", ("ticked", "blank")),
    ):
        yield PdfCase(f"alternative {name}", "ticked", Page([line, drawn]), tuple(zip(states, ("F", "M"), strict=True)))
    yield PdfCase("alternative, none", "blank", Page([line]), ())
