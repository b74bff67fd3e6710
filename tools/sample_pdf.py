"""Draws a sample case as Word's « Save as PDF » does.

One ``re f*`` for each stretch of border, one ``BT … ET`` for each piece of a line inside marked content, subset TrueType fonts with
Identity-H codes and a ToUnicode map, boxes in « MS Gothic ». The glyphs come from the fonts in ``formfill/fonts``; the names are
those that Word gives. Nothing of formfill’s own PDF writer is used.
"""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pikepdf
from pikepdf import Array, Dictionary, Name
from tools.sample_cases import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tools.sample_cases import Case

FONTS: Final = Path(__file__).parents[1] / "formfill" / "fonts"
PAGE: Final = (595.32, 841.92)
MARGIN: Final = 56.64
WIDTHS: Final = (230.06, 40.08, 211.97)
PADDING: Final = 5.4
LEADING: Final = 12.24
SIZE: Final = 9.96
BORDER: Final = 0.48
BULLET: Final = "\uf0b7"
"""What Word's bullet in the font Symbol extracts as."""
SETS: Final = {
    "F1": ("DejaVuSansCondensed.ttf", "BCDEEE+Calibri"),
    "F2": ("DejaVuSansCondensed-Bold.ttf", "BCDFEE+Calibri-Bold"),
    "F3": ("DejaVuSansMono.ttf", "BCDGEE+MS-Gothic"),
    "F4": ("DejaVuSansCondensed.ttf", "BCDHEE+SymbolMT"),
}


class Font:
    """A TrueType font, as far as a PDF needs it (ISO/IEC 14496-22)."""

    def __init__(self, path: Path) -> None:
        self.data = path.read_bytes()
        count = struct.unpack_from(">H", self.data, 4)[0]
        self.tables = {
            tag.decode(): (offset, length)
            for tag, _sum, offset, length in (struct.unpack_from(">4sIII", self.data, 12 + 16 * i) for i in range(count))
        }
        self.units: int = struct.unpack_from(">H", self.data, self.tables["head"][0] + 18)[0]
        self.glyphs: int = struct.unpack_from(">H", self.data, self.tables["maxp"][0] + 4)[0]
        self.wide: int = struct.unpack_from(">H", self.data, self.tables["hhea"][0] + 34)[0]
        self.loca = struct.unpack_from(f">{self.glyphs + 1}{self._offset}", self.data, self.tables["loca"][0])
        self.map = dict(self._characters())

    @property
    def _offset(self) -> str:
        return "I" if struct.unpack_from(">h", self.data, self.tables["head"][0] + 50)[0] else "H"

    def _characters(self) -> Iterator[tuple[int, int]]:
        """Code points and their glyphs, from the ``cmap`` of format 4."""
        start = self.tables["cmap"][0]
        for i in range(struct.unpack_from(">H", self.data, start + 2)[0]):
            platform, encoding, offset = struct.unpack_from(">HHI", self.data, start + 4 + 8 * i)
            at = start + offset
            if (platform, encoding) == (3, 1) and struct.unpack_from(">H", self.data, at)[0] == 4:
                count = struct.unpack_from(">H", self.data, at + 6)[0] // 2
                ends, starts, deltas, offsets = (
                    struct.unpack_from(f">{count}H", self.data, at + 14 + 2 * count * n + (2 if n else 0)) for n in range(4)
                )
                for n in range(count):
                    for point in range(starts[n], min(ends[n], 0xFFFE) + 1):
                        glyph = point
                        if offsets[n]:
                            place = at + 16 + 6 * count + 2 * n + offsets[n] + 2 * (point - starts[n])
                            glyph = struct.unpack_from(">H", self.data, place)[0]
                        yield point, (glyph + deltas[n]) & 0xFFFF

    def width(self, glyph: int) -> float:
        """Of a glyph, in thousandths of the size."""
        at = self.tables["hmtx"][0] + 4 * min(glyph, self.wide - 1)
        return float(struct.unpack_from(">H", self.data, at)[0] * 1000 / self.units)

    def subset(self, used: set[int]) -> bytes:
        """The font with the outlines of the glyphs used, and of those they are made of, alone."""
        scale = 1 if self._offset == "I" else 2
        start = self.tables["glyf"][0]
        wanted, todo = set[int](), [0, *sorted(used)]
        while todo:
            glyph = todo.pop()
            if glyph not in wanted:
                wanted.add(glyph)
                todo += self._parts(start + self.loca[glyph] * scale, (self.loca[glyph + 1] - self.loca[glyph]) * scale)
        outlines, places = bytearray(), []
        for glyph in range(self.glyphs):
            places.append(len(outlines))
            if glyph in wanted:
                outlines += self.data[start + self.loca[glyph] * scale : start + self.loca[glyph + 1] * scale]
                outlines += bytes(-len(outlines) % 4)
        places.append(len(outlines))
        tables = {tag: self.data[at : at + size] for tag in _KEPT if tag in self.tables for at, size in [self.tables[tag]]}
        tables["head"] = tables["head"][:50] + b"\0\1" + tables["head"][52:]
        tables |= {"glyf": bytes(outlines), "loca": struct.pack(f">{len(places)}I", *places)}
        return _assembled(tables)

    def _parts(self, at: int, size: int) -> list[int]:
        """The glyphs that a composite glyph is made of."""
        if size == 0 or struct.unpack_from(">h", self.data, at)[0] >= 0:
            return []
        found, at, more = [], at + 10, True
        while more:
            flags, glyph = struct.unpack_from(">HH", self.data, at)
            found.append(glyph)
            at += 4 + (4 if flags & 1 else 2) + (2 if flags & 8 else 4 if flags & 0x40 else 8 if flags & 0x80 else 0)
            more = bool(flags & 0x20)
        return found


_KEPT: Final = ("cvt ", "fpgm", "head", "hhea", "hmtx", "maxp", "prep")


def _assembled(tables: dict[str, bytes]) -> bytes:
    head = struct.pack(">4sHHHH", b"\0\1\0\0", len(tables), 128, 3, len(tables) * 16 - 128)
    directory, body, at = b"", b"", 12 + 16 * len(tables)
    for tag in sorted(tables):
        data = tables[tag]
        padded = data + bytes(-len(data) % 4)
        checksum = sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF
        directory += struct.pack(">4sIII", tag.encode(), checksum, at + len(body), len(data))
        body += padded
    return head + directory + body


@cache
def _font(name: str) -> Font:
    return Font(FONTS / SETS[name][0])


@dataclass(slots=True)
class Piece:
    """A stretch of a line in one font."""

    x: float
    font: str
    text: str


@dataclass(slots=True)
class Page:
    """The content of a page."""

    content: list[str] = field(default_factory=list)
    marked: int = 0

    def text(self, x: float, top: float, piece: Piece) -> None:
        """Shows a piece; the baseline stands 9.5 pt under the top of its line."""
        font = _font(piece.font)
        words = piece.text.split(" ")
        codes = [_codes(font, word + (" " if i < len(words) - 1 else "")) for i, word in enumerate(words)]
        shown = " 3 ".join(f"<{code}>" for code in codes if code)
        self.content.append(
            f"/P <</MCID {self.marked}>> BDC q 0.000008871 0 595.32 841.92 re W* n BT /{piece.font} {SIZE} Tf "
            f"1 0 0 1 {x + piece.x:.2f} {PAGE[1] - top - 9.5:.2f} Tm 0 g 0 G [{shown}] TJ ET Q EMC"
        )
        self.marked += 1

    def border(self, x: float, top: float, width: float, height: float) -> None:
        """A stretch of border: a thin rectangle, filled."""
        self.content.append(f"/Artifact BMC 0 g {x:.2f} {PAGE[1] - top - height:.2f} {width:.2f} {height:.2f} re f* EMC")


def _codes(font: Font, text: str) -> str:
    return "".join(f"{_glyph(font, char):04X}" for char in text)


def _glyph(font: Font, char: str) -> int:
    return font.map[ord("•" if char == BULLET else char)]


def _size(font: str, text: str) -> float:
    return sum(_font(font).width(_glyph(_font(font), char)) for char in text) * SIZE / 1000


def _wrapped(text: str, font: str, room: float) -> list[str]:
    """The lines of a paragraph; a line keeps the space at which it was broken, as Word has it."""
    lines, line = [], ""
    for word in (words := text.split(" ")):
        grown = f"{line} {word}" if line else word
        if line and _size(font, grown) > room:
            lines.append(line + " ")
            line = word
        else:
            line = grown
    return [*lines, line] if words else [""]


def _lines(text: str, width: float, *, font: str, listed: bool, centred: bool = False) -> list[list[Piece]]:
    """The lines of a paragraph of a cell."""
    room = width - 2 * PADDING
    if text.strip() in ("☐", "☒", "⍰"):
        return [[Piece(PADDING + (room - _size("F3", text)) / 2, "F3", text)]]
    if listed and text.startswith("· "):
        indent = 18.0
        wrapped = _wrapped(text[2:], font, room - indent)
        lines = [[Piece(PADDING + indent, font, line)] for line in wrapped]
        lines[0].insert(0, Piece(PADDING, "F4", BULLET))
        return lines
    start = PADDING + ((room - _size(font, text)) / 2 if centred else 0)
    return [[Piece(start, font, line)] if line else [] for line in _wrapped(text, font, room)]


class _Layout:
    """Pages filled from the top."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.pages = [Page()]
        self.top = MARGIN

    def run(self) -> list[Page]:
        for number, text in enumerate(self.case.before):
            for line in _lines(text, sum(WIDTHS), font="F2" if number == 0 else "F1", listed=False):
                self.line(line)
            self.top += 8
        head = [_lines(text, width, font="F2", listed=False) for text, width in zip(self.case.headings, WIDTHS, strict=True)]
        self.row(head, WIDTHS, head)
        listed = self.case.look.lists
        for block in self.case.body:
            if isinstance(block, Span):
                cell = [line for text in block.lines for line in _lines(text, sum(WIDTHS), font="F1", listed=False)]
                self.row([cell], (sum(WIDTHS),), head)
                continue
            first = _lines(block.title, WIDTHS[0], font="F2", listed=False)
            first += [line for text in block.activities for line in _lines(text, WIDTHS[0], font="F1", listed=listed)]
            box = [line for text in block.box for line in _lines(text, WIDTHS[1], font="F1", listed=False, centred=True)]
            third = [line for text in block.indicators for line in _lines(text, WIDTHS[2], font="F1", listed=False)]
            self.row([first, box, third], WIDTHS, head)
        return self.pages

    def line(self, pieces: Sequence[Piece]) -> None:
        for piece in pieces:
            self.pages[-1].text(MARGIN - PADDING, self.top, piece)
        self.top += LEADING

    def row(self, cells: Sequence[list[list[Piece]]], widths: Sequence[float], head: Sequence[list[list[Piece]]]) -> None:
        """A row, over as many pages as it needs; the header is repeated on each."""
        left = list(cells)
        while True:
            room = int((PAGE[1] - MARGIN - self.top - BORDER) / LEADING)
            if room < 2:
                self.break_page(head)
                continue
            self.stretch([cell[:room] for cell in left], widths)
            left = [cell[room:] for cell in left]
            if not any(left):
                return
            self.break_page(head)

    def break_page(self, head: Sequence[list[list[Piece]]]) -> None:
        self.pages.append(Page())
        self.top = MARGIN
        if self.case.look.header:
            self.stretch(head, WIDTHS)

    def stretch(self, cells: Sequence[list[list[Piece]]], widths: Sequence[float]) -> None:
        page, height = self.pages[-1], LEADING * max(1, *map(len, cells))
        x = MARGIN - PADDING
        for cell, width in zip(cells, widths, strict=True):
            for number, line in enumerate(cell):
                for piece in line:
                    page.text(x, self.top + BORDER + number * LEADING, piece)
            page.border(x, self.top, BORDER, BORDER)
            page.border(x + BORDER, self.top, width - BORDER, BORDER)
            page.border(x, self.top + BORDER, BORDER, height)
            page.border(x + BORDER, self.top + BORDER + height, width - BORDER, BORDER)
            x += width
        page.border(x, self.top, BORDER, height + 2 * BORDER)
        self.top += height + BORDER


def word_pdf(case: Case) -> bytes:
    """The case as a PDF, the same bytes each time with the same libraries."""
    pages = _Layout(case).run()
    pdf = pikepdf.new()
    shown = "".join(block for page in pages for block in page.content)
    fonts = Dictionary({f"/{name}": _embedded(pdf, name, _used(case, name)) for name in SETS if f"/{name} " in shown})
    for page in pages:
        content = pdf.make_stream("\n".join(page.content).encode())
        resources = Dictionary(Font=fonts, ProcSet=Array([Name("/PDF"), Name("/Text")]))
        pdf.add_blank_page(page_size=PAGE)
        pdf.pages[-1].obj.Contents = content
        pdf.pages[-1].obj.Resources = resources
    pdf.Root.Lang = pikepdf.String("fr-FR")
    pdf.docinfo["/Creator"] = pdf.docinfo["/Producer"] = pikepdf.String("Microsoft® Word 2019")
    out = io.BytesIO()
    pdf.save(out, static_id=True, fix_metadata_version=False)
    return out.getvalue()


def _used(case: Case, name: str) -> set[str]:
    """The characters that a case may show in a font; more do no harm."""
    if name == "F3":
        return set("☐☒⍰")
    if name == "F4":
        return {BULLET}
    texts = [*case.before, *case.headings]
    for block in case.body:
        texts += block.lines if isinstance(block, Span) else (block.title, *block.activities, *block.box, *block.indicators)
    return set("".join(texts)) - set("☐☒⍰")


def _embedded(pdf: pikepdf.Pdf, name: str, characters: set[str]) -> pikepdf.Object:
    """A composite font (ISO 32000-1 §9.7) with the glyphs of the characters."""
    font, (_file, shown) = _font(name), SETS[name]
    glyphs = {_glyph(font, char): char for char in sorted(characters)}
    file = pdf.make_stream(font.subset(set(glyphs)))
    descriptor = Dictionary(
        Type=Name.FontDescriptor, FontName=Name(f"/{shown}"), Flags=32, ItalicAngle=0, Ascent=750, Descent=-250, CapHeight=644,
        StemV=52, FontBBox=Array([-503, -250, 1240, 750]), FontFile2=file,
    )  # fmt: skip
    widths = Array([item for glyph in sorted(glyphs) for item in (glyph, Array([round(font.width(glyph))]))])
    descendant = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name(f"/{shown}"), CIDToGIDMap=Name.Identity, DW=1000, W=widths,
        CIDSystemInfo=Dictionary(Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0),
        FontDescriptor=pdf.make_indirect(descriptor),
    )  # fmt: skip
    codes = "\n".join(f"<{glyph:04X}> <{ord(char):04X}>" for glyph, char in sorted(glyphs.items()))
    unicode = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <FFFF> endcodespacerange\n{len(glyphs)} beginbfchar\n{codes}\nendbfchar\n"
        "endcmap CMapName currentdict /CMap defineresource pop end end"
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=Name(f"/{shown}"),
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([pdf.make_indirect(descendant)]),
            ToUnicode=pdf.make_stream(unicode.encode()),
        )
    )
