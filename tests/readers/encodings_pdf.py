"""Every way a PDF shows a tick box: how the box is drawn, how it is ticked, where it stands. Operators written literally.

A case is a page of a few boxes with their labels and the state a careful person reads off it. Sources: what Word, LibreOffice,
print drivers and viewers write, redrawn with invented labels.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import formfill
import pikepdf
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from tests.readers.pdfbytes import Page, text

if TYPE_CHECKING:
    from collections.abc import Callable

SIDE: Final = 9.6
"""Side of the boxes, in points."""

FONT: Final = Path(formfill.__file__).parent / "fonts" / "DejaVuSansMono.ttf"
"""A font that has ☐ ☑ ☒."""
K: Final = 0.5523
"""Control points of a quarter of a circle (four Bézier curves)."""


def _round(x: float, y: float, side: float, radius: float) -> str:
    r, k, t = radius, radius * (1 - K), side
    return (
        f"{x + r} {y} m {x + t - r} {y} l {x + t - k} {y} {x + t} {y + k} {x + t} {y + r} c"
        f" {x + t} {y + t - r} l {x + t} {y + t - k} {x + t - k} {y + t} {x + t - r} {y + t} c"
        f" {x + r} {y + t} l {x + k} {y + t} {x} {y + t - k} {x} {y + t - r} c"
        f" {x} {y + r} l {x} {y + k} {x + k} {y} {x + r} {y} c h"
    )


def circle(x: float, y: float, r: float) -> str:
    """The path of a circle around a point."""
    k = K * r
    return (
        f"{x + r} {y} m {x + r} {y + k} {x + k} {y + r} {x} {y + r} c {x - k} {y + r} {x - r} {y + k} {x - r} {y} c"
        f" {x - r} {y - k} {x - k} {y - r} {x} {y - r} c {x + k} {y - r} {x + r} {y - k} {x + r} {y} c h"
    )


def _lines(*points: tuple[float, float]) -> str:
    first, *others = points
    return f"{first[0]:.3f} {first[1]:.3f} m " + " ".join(f"{x:.3f} {y:.3f} l" for x, y in others)


def _band(x: float, y: float, side: float, thick: float) -> str:
    """A band along the left and the upper side of a square, or along the others where both are negative."""
    t, d = side, thick
    return _lines((x, y), (x, y + t), (x + t, y + t), (x + t - d, y + t - d), (x + d, y + t - d), (x + d, y + d)) + " h"


BOXES: dict[str, Callable[[float, float], str]] = {
    "re S, as Word": lambda x, y: f"0.72 w {x} {y} {SIDE} {SIDE} re S",
    "m l l l h S, as print drivers": lambda x, y: (
        f"q 1 w {x} {y} m {x + SIDE} {y} l {x + SIDE} {y + SIDE} l {x} {y + SIDE} l h S Q"
    ),
    "m l l l l S, not closed": lambda x, y: f"{x} {y} m {x + SIDE} {y} l {x + SIDE} {y + SIDE} l {x} {y + SIDE} l {x} {y} l S",
    "four separate lines": lambda x, y: (
        f"0.5 w {x} {y} m {x + SIDE} {y} l S {x + SIDE} {y} m {x + SIDE} {y + SIDE} l S"
        f" {x + SIDE} {y + SIDE} m {x} {y + SIDE} l S {x} {y + SIDE} m {x} {y} l S"
    ),
    "four thin fills": lambda x, y: (
        f"{x} {y} {SIDE} 0.6 re f {x} {y + SIDE - 0.6} {SIDE} 0.6 re f {x} {y} 0.6 {SIDE} re f {x + SIDE - 0.6} {y} 0.6 {SIDE} re f"
    ),
    "rounded corners": lambda x, y: f"0.8 w {_round(x, y, SIDE, 1.8)} S",
    "frame as one filled path": lambda x, y: f"{x} {y} {SIDE} {SIDE} re {x + 0.8} {y + 0.8} {SIDE - 1.6} {SIDE - 1.6} re f*",
    "white square over a black one": lambda x, y: (
        f"0 g {x} {y} {SIDE} {SIDE} re f 1 g {x + 0.8} {y + 0.8} {SIDE - 1.6} {SIDE - 1.6} re f 0 g"
    ),
    "white fill and stroke": lambda x, y: f"1 g 0 G 0.7 w {x} {y} {SIDE} {SIDE} re B 0 g",
    "white fill, then its stroke": lambda x, y: f"1 g {x} {y} {SIDE} {SIDE} re f 0 g 0.7 w {x} {y} {SIDE} {SIDE} re S",
    "in relief, two strokes, as Java": lambda x, y: (
        f"1 w 0.5 G {x} {y} m {x} {y + SIDE} l {x + SIDE} {y + SIDE} l S"
        f" 0.85 G {x + SIDE} {y + SIDE} m {x + SIDE} {y} l {x} {y} l S 0 G"
    ),
    "in relief, two bands, one white, as Acrobat": lambda x, y: (
        f"0.5 g {_band(x, y, SIDE, 1)} f 1 g {_band(x + SIDE, y + SIDE, -SIDE, -1)} f 0 g"
    ),
    "in relief in a frame": lambda x, y: (
        f"0.5 w {x} {y} {SIDE} {SIDE} re S 0.5 g {_band(x + 1, y + 1, SIDE - 2, 1)} f"
        f" 0.8 g {_band(x + SIDE - 1, y + SIDE - 1, 2 - SIDE, -1)} f 0 g"
    ),
    "inside a matrix": lambda x, y: f"q {SIDE} 0 0 {SIDE} {x} {y} cm 0.08 w 0 0 1 1 re S Q",
    "glyph": lambda x, y: text(x - 0.5, y, "☐", font="F2", size=12),
}
"""How an empty box is drawn."""


def _cross(x: float, y: float, t: float = SIDE) -> str:
    """Twelve vertices: an X as one outline, 1 pt thick."""
    d, c = 0.9, (x + t / 2, y + t / 2)
    points = [
        (x + d, y), (c[0], c[1] - d), (x + t - d, y), (x + t, y + d), (c[0] + d, c[1]), (x + t, y + t - d),
        (x + t - d, y + t), (c[0], c[1] + d), (x + d, y + t), (x, y + t - d), (c[0] - d, c[1]), (x, y + d),
    ]  # fmt: skip
    return _lines(*points) + " h f*"


def _x(x: float, y: float, t: float = SIDE) -> str:
    return f"{x} {y} m {x + t} {y + t} l S {x} {y + t} m {x + t} {y} l S"


TICKS: dict[str, Callable[[float, float], str]] = {
    "two diagonals": _x,
    "thin grey diagonals, as LibreOffice": lambda x, y: f"0.1 w 0.5 G {_x(x, y)} 0 G",
    "two diagonals in one path": lambda x, y: f"{x} {y} m {x + SIDE} {y + SIDE} l {x} {y + SIDE} m {x + SIDE} {y} l S",
    "small diagonals": lambda x, y: f"0.8 w {_x(x + 2.4, y + 2.4, 4.8)}",
    "a cross larger than the box": lambda x, y: f"1.5 w 0 0 1 RG {_x(x - 3, y - 2, 15)} 0 G",
    "a cross half a box off": lambda x, y: f"1 w {_x(x + 4.5, y + 2, 9)}",
    "a filled polygon of twelve vertices": _cross,
    "a check as a polyline": lambda x, y: f"1.2 w {_lines((x + 1.5, y + 5), (x + 4, y + 2), (x + 8.5, y + 8.5))} S",
    "a large check by hand": lambda x, y: f"1.2 w {_lines((x, y + 5), (x + 4, y + 1), (x + 15, y + 18))} S",
    "a check of two strokes": lambda x, y: (
        f"1 w {_lines((x + 1.5, y + 5), (x + 4, y + 2))} S {_lines((x + 4, y + 2), (x + 9, y + 9))} S"
    ),
    "a check as a filled polygon": lambda x, y: (
        _lines((x + 1, y + 5), (x + 2.2, y + 6), (x + 4, y + 3.8), (x + 7.8, y + 9), (x + 9, y + 8), (x + 4.1, y + 1.2)) + " h f"
    ),
    "a fill": lambda x, y: f"0 g {x + 0.5} {y + 0.5} {SIDE - 1} {SIDE - 1} re f",
    "a coloured fill": lambda x, y: f"0.2 0.4 0.8 rg {x} {y} {SIDE} {SIDE} re f 0 g",
    "a square inside": lambda x, y: f"0 g {x + 2.4} {y + 2.4} {SIDE - 4.8} {SIDE - 4.8} re f",
    "a dot": lambda x, y: f"0 g {circle(x + SIDE / 2, y + SIDE / 2, 2.4)} f",
    "a scribble": lambda x, y: "0.7 w " + _lines(*((x + 1 + (7.5 if k % 2 else 0), y + 1 + k * 0.9) for k in range(9))) + " S",
    "a cross by hand in curves": lambda x, y: (
        f"1 w {x} {y + 1} m {x + 3} {y + 4} {x + 6} {y + 5} {x + 9.5} {y + 10} c S"
        f" {x + 1} {y + 9} m {x + 4} {y + 7} {x + 6} {y + 4} {x + 10} {y - 1} c S"
    ),
    "a letter X": lambda x, y: text(x + 1.6, y + 1.2, "X", size=10),
    "a letter x half a box off": lambda x, y: text(x + 5.2, y + 2, "x", size=10),
    "a glyph": lambda x, y: text(x, y, "✓", font="F2", size=9),
}
"""How a box is ticked by something over it."""

UNCLEAR: dict[str, Callable[[float, float], str]] = {
    "one diagonal": lambda x, y: f"{x} {y} m {x + SIDE} {y + SIDE} l S",
    "half a fill": lambda x, y: f"0 g {x} {y} {SIDE / 2} {SIDE} re f",
    "the lower half filled": lambda x, y: f"0 g {x} {y} {SIDE} {SIDE / 2} re f",
    "a level stroke": lambda x, y: f"{x} {y + 5} m {x + SIDE} {y + 5} l S",
    "a small stroke": lambda x, y: f"{x + 3} {y + 3} m {x + 6} {y + 6} l S",
}
"""What leaves a box unclear."""

NOTHING: dict[str, Callable[[float, float], str]] = {
    "nothing": lambda _x, _y: "",
    "a white cross": lambda x, y: f"1 G {_x(x, y)} 0 G",
    "a stroked frame about it": lambda x, y: f"0.5 w {x - 3} {y - 3} {SIDE + 6} {SIDE + 6} re S",
    "a fill under its line": lambda x, y: f"0.92 g {x - 10} {y - 4} 300 18 re f 0 g",
    "a rule under it": lambda x, y: f"0.5 w {x} {y - 2} m {x + 200} {y - 2} l S",
}
"""What says nothing of a box."""


@dataclass(frozen=True)
class Place:
    """Where three boxes stand: their lower left corners, their labels, and what else is on the page."""

    corners: tuple[tuple[float, float], ...]
    labels: tuple[str, ...]
    content: tuple[str, ...]


def _words(x: float, y: float, words: str) -> str:
    return text(x, y + 1.5, words)


PLACES: dict[str, Place] = {
    "before its label": Place(
        ((60, 700), (60, 670), (60, 640)),
        ("Seul(e)", "En équipe", "Autre cas"),
        (_words(75, 700, "Seul(e)"), _words(75, 670, "En équipe"), _words(75, 640, "Autre cas")),
    ),
    "after its label": Place(
        ((150, 700), (150, 670), (150, 640)),
        ("Épreuve ponctuelle", "Contrôle en cours", "Dispense"),
        (_words(60, 700, "Épreuve ponctuelle"), _words(60, 670, "Contrôle en cours"), _words(100, 640, "Dispense")),
    ),
    "several on a line": Place(
        ((60, 700), (160, 700), (260, 700)),
        ("Seul(e)", "En équipe", "Autre cas"),
        (_words(75, 700, "Seul(e)"), _words(175, 700, "En équipe"), _words(275, 700, "Autre cas")),
    ),
    "inside its label": Place(
        ((96.5, 700), (91.5, 670), (96.5, 640)),
        ("Assurer la maintenance", "Gérer les données", "Assurer les sauvegardes"),
        tuple(
            part
            for y, a, b in ((700, "Assurer", "la maintenance"), (670, "Gérer", "les données"), (640, "Assurer", "les sauvegardes"))
            for part in (_words(60, y, a), _words(111, y, b))
        ),
    ),
    "alone in a cell": Place(
        ((282, 706), (282, 676), (282, 646)),
        ("Première ligne", "Deuxième ligne", "Troisième ligne"),
        (
            *(f"0.5 w 50 {y} m 400 {y} l S" for y in (725, 695, 665, 635)),
            *(f"{x} 635 m {x} 725 l S" for x in (50, 260, 320, 400)),
            _words(60, 705, "Première ligne"),
            _words(60, 675, "Deuxième ligne"),
            _words(60, 645, "Troisième ligne"),
        ),
    ),
    "in a cell with its label": Place(
        ((60, 706), (60, 676), (60, 646)),
        ("Seul(e)", "En équipe", "Autre cas"),
        (
            *(f"0.5 w 50 {y} m 400 {y} l S" for y in (725, 695, 665, 635)),
            *(f"{x} 635 m {x} 725 l S" for x in (50, 400)),
            _words(75, 705, "Seul(e)"),
            _words(75, 675, "En équipe"),
            _words(75, 645, "Autre cas"),
        ),
    ),
}
"""Where boxes stand."""


def page(box: str, mark: Callable[[float, float], str], place: str) -> Page:
    """A page of three boxes, of which the second has the mark."""
    where = PLACES[place]
    drawn = [BOXES[box](x, y) for x, y in where.corners]
    return Page([*where.content, *drawn, mark(*where.corners[1])])


def with_resources(content: list[str], resources: str) -> Page:
    """A page with more entries in its resources."""
    return Page(content, resources=resources)


def packed(data: bytes) -> bytes:
    """The same file with its objects in object streams."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as opened:
        opened.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def xobject(content: str, matrix: str, resources: str = "") -> bytes:
    """A Form XObject."""
    head = f"<< /Type /XObject /Subtype /Form /BBox [-10 -10 900 900] /Matrix [{matrix}] /Resources << {resources} >>"
    return f"{head} /Length {len(content)} >>\nstream\n{content}\nendstream".encode()


def subset(*, unicode: bool) -> bytes:
    """Three boxes in a subset of DejaVu, whose codes say nothing when its Unicode is taken away."""
    pdfmetrics.registerFont(TTFont("DejaVuMono", str(FONT)))
    out = io.BytesIO()
    canvas = Canvas(out, pageCompression=0)
    for k, (sign, label) in enumerate((("☐", "Seul(e)"), ("☒", "En équipe"), ("☑", "Autre"))):
        canvas.setFont("Helvetica", 10)
        canvas.drawString(75, 700 - 40 * k, label)
        canvas.setFont("DejaVuMono", 11)
        canvas.drawString(60, 700 - 40 * k, sign)
    canvas.save()
    with pikepdf.open(io.BytesIO(out.getvalue())) as opened:
        for found in opened.objects:
            if not unicode and isinstance(found, pikepdf.Dictionary) and "/ToUnicode" in found:
                del found.ToUnicode
        again = io.BytesIO()
        opened.save(again)
    return again.getvalue()
