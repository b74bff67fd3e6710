"""Boxes typed in a PDF with brackets, bars, circles and letters: the rules of Word, on lines that stand on a page."""

from __future__ import annotations

import io

import pytest
from formfill.readers import read
from formfill.source import Source
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from tests.readers.encodings_pdf import FONT
from tests.readers.pdfbytes import Page, pdf, stroke, table, text

Items = list[tuple[float, float, str]]
READ = [("Seul(e)", "ticked"), ("En équipe", "blank")]


def printed(items: Items) -> bytes:
    """A page of some runs of text, in a font that has all signs."""
    pdfmetrics.registerFont(TTFont("DejaVuMono", str(FONT)))
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.setFont("DejaVuMono", 10)
    for x, y, words in items:
        canvas.drawString(x, y, words)
    canvas.save()
    return out.getvalue()


def seen(data: bytes) -> list[tuple[str, str]]:
    return [(mark.label, mark.state.value) for mark in read(Source.of(data, "x.pdf")).marks]


TYPED = {
    "[ ]": "[x]",
    "[]": "[X]",
    "[_]": "[✓]",
    "( )": "(x)",
    "| |": "|x|",
    "○": "●",
    "□": "■",
    "☐": "X",
    "▢": "×",
}
"""An empty box, and the same ticked."""


@pytest.mark.parametrize(("off", "on"), TYPED.items())
@pytest.mark.parametrize("place", ["one below the other", "side by side", "in runs", "in a cell"])
def test_a_typed_box_is_read_with_its_label(off: str, on: str, place: str) -> None:
    first, second = f"{on} Seul(e)", f"{off} En équipe"
    items_of: dict[str, Items] = {
        "one below the other": [(60, 700, first), (60, 680, second)],
        "side by side": [(60, 700, first), (200, 700, second)],
        "in runs": [(60 + 6.02 * k, 700.0, char) for k, char in enumerate(first) if char != " "] + [(200, 700, second)],
        "in a cell": [(60, 700, first), (60, 686, second)],
    }
    items = items_of[place]
    data = printed(items)
    if place == "in a cell":
        data = _with(data, table([50.0, 300, 400], [720.0, 640]))
    assert seen(data) == READ
    found = read(Source.of(data, "x.pdf"))
    for mark, (x, y) in zip(found.marks, ((60, 700), items[-1][:2]), strict=True):
        assert mark.place.box is not None
        assert abs(mark.place.box.x0 - x) < 4
        assert abs(mark.place.box.bottom - (841.89 - y)) < 5
    words = "\n".join([*(block.text for block in found.text), *(cell.text for grid in found.grids for cell in grid.rows[0])])
    assert "☒ Seul(e)" in words
    assert f"{off if off in '☐□▢' else '☐'} En équipe" in words


@pytest.mark.parametrize(
    "lines",
    [
        [(60.0, 700.0, "● Un premier point"), (80.0, 686.0, "○ le détail du point"), (60.0, 672.0, "● Un second point")],
        [(60, 700, "● Un premier point"), (60, 686, "● Un second point")],
        [(60, 700, "■ Un premier point"), (60, 686, "■ Un second point")],
        [(60, 700, "Voir la figure (x) de ce chapitre")],
        [(60, 700, "X est le nom d’un réseau")],
        [(60, 700, "le tableau t[i] et |y|")],
    ],
)
def test_bullets_and_letters_are_no_boxes(lines: Items) -> None:
    assert seen(printed(lines)) == []


def test_an_x_beside_an_empty_box_leaves_it_unclear() -> None:
    assert seen(printed([(60, 700, "X ☐ Seul(e)"), (60, 680, "☐ En équipe")])) == [("Seul(e)", "uncertain"), ("En équipe", "blank")]
    drawn = [text(60, 700, "X"), "69 699 9.6 9.6 re S", text(84, 700, "Seul(e)"), "69 679 9.6 9.6 re S", text(84, 680, "En équipe")]
    assert seen(pdf(Page(drawn))) == [("Seul(e)", "uncertain"), ("En équipe", "blank")]


def test_a_circle_alone_in_its_cell_is_named_by_its_row() -> None:
    rules = [stroke(50, y, 400, y) for y in (725, 695, 665, 635)] + [stroke(x, 635, x, 725) for x in (50, 260, 320, 400)]
    found = printed(
        [(60, 705, "Intitulé"), (270, 705, "B1.1"), (330, 705, "B1.2"), (60, 675, "Un"), (280, 675, "●"), (350, 675, "○")]
    )
    assert seen(_with(found, rules)) == [("B1.1 | Un", "ticked"), ("B1.2 | Un", "blank")]


def test_a_cross_in_a_column_of_boxes_is_one() -> None:
    rules = table([50.0, 250, 290], [780.0, 740, 700])
    content = [*rules, text(55, 760, "Seul(e)"), text(260, 760, "X"), text(55, 720, "En équipe"), text(260, 720, "☐", font="F2")]
    assert seen(pdf(Page(content))) == READ


def _with(data: bytes, operators: list[str]) -> bytes:
    """The file with more operators on its page."""
    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as opened:
        opened.pages[0].contents_add("\n".join(operators).encode())
        opened.save(out)
    return out.getvalue()
