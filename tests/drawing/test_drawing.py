"""The picture of a file without pages: each box where it stands, once, in the colour of its state."""

from __future__ import annotations

import io

import pytest
from formfill import drawing, readers
from formfill.drawing import _paint
from formfill.drawing._lines import atoms, lines, shown
from formfill.drawing._spots import spots
from formfill.drawing._tables import laid_out
from formfill.model.document import Cell, Document, Evidence, Grid, Mark, MarkState, Says, TextBlock
from formfill.model.geometry import NOWHERE, Place
from formfill.source import Source
from PIL import Image, ImageColor
from tests.readers.packages import cell, checkbox, package, paragraph, shape, table
from tests.readers.zoo import cases

SAID = {"ticked": Says.TICKED, "blank": Says.BLANK, "uncertain": Says.UNCLEAR}


def mark(name: str, state: str = "ticked", label: str = "") -> Mark:
    return Mark(name, MarkState(state), label, NOWHERE, (Evidence("glyph", SAID[state], "☐"),))


def measure(text: str) -> float:
    return 8.0 * len(text)


def colours(png: bytes) -> set[tuple[int, ...]]:
    with Image.open(io.BytesIO(png)) as image:
        found = image.convert("RGB").getcolors(1 << 24) or []
        return {colour for _count, colour in found if isinstance(colour, tuple)}


def drawn(state: MarkState) -> tuple[int, ...]:
    return ImageColor.getrgb(_paint.COLOURS[state])


@pytest.mark.parametrize(
    ("text", "marks", "expected"),
    [
        ("☐ Seul(e) ☒ En équipe", [mark("m1"), mark("m2")], [(0, 1, "m1", True), (10, 11, "m2", True)]),
        (" x ", [mark("m1", label="B1.1 | Site")], [(1, 2, "m1", False)]),
        ("", [mark("m1")], [(0, 0, "m1", True)]),
        ("Oui / Non", [mark("m1", label="Oui"), mark("m2", label="Non")], [(0, 3, "m1", False), (6, 9, "m2", False)]),
        ("Oui / Oui", [mark("m1", label="Oui"), mark("m2", label="Oui")], [(0, 3, "m1", False), (6, 9, "m2", False)]),
        ("☐ Site. Oui / Non", [mark("m1"), mark("m2", label="Non")], [(0, 1, "m1", True), (14, 17, "m2", False)]),
        ("Autre chose", [mark("m1", label="a"), mark("m2", label="?")], [(11, 11, "m1", True), (11, 11, "m2", True)]),
    ],
)
def test_where_a_mark_stands(text: str, marks: list[Mark], expected: list[tuple[int, int, str, bool]]) -> None:
    assert [(spot.start, spot.end, spot.mark.id, spot.boxed) for spot in spots(text, marks)] == expected


def test_every_mark_of_every_encoding_is_drawn_once() -> None:
    for case in cases():
        document = readers.read(Source.of(case.data, "essai"))
        marks = {mark.id: mark for mark in document.marks}
        holders: list[Cell | TextBlock] = [*document.text, *(cell for grid in document.grids for row in grid.rows for cell in row)]
        numbers = [
            atom.mark.id
            for holder in holders
            for atom in atoms(holder.text, [marks[name] for name in holder.marks], measure, 20)
            if atom.mark is not None and atom.first
        ]
        assert sorted(numbers) == sorted(marks), case.name


def test_each_state_has_its_colour() -> None:
    body = paragraph(checkbox("1", "☒"), " Seul(e)") + table(cell("Oui") + cell("☐"))
    for state, inside in (("blank", body), ("uncertain", body + paragraph("☐ Non ☐ Si", shape("mathMultiply")))):
        png = drawing.draw(readers.read(Source.of(package(inside), "essai.docx")))
        assert drawn(MarkState.TICKED) in colours(png)
        assert drawn(MarkState.BLANK) in colours(png)
        assert (drawn(MarkState.UNCERTAIN) in colours(png)) == (state == "uncertain")


def test_text_and_tables_are_in_reading_order() -> None:
    body = (
        paragraph("Un")
        + table(cell("Deux"))
        + paragraph("Trois")
        + table(cell("Quatre") + cell(table(cell("Cinq"))))
        + paragraph("Six")
    )
    document = readers.read(Source.of(package(body), "essai.docx"))
    order = [part.text if isinstance(part, TextBlock) else part.rows[0][0].text for part in _paint._in_order(document)]
    assert order == ["Un", "Deux", "Trois", "Quatre", "Cinq", "Six"]


def test_a_line_is_no_wider_than_asked_and_loses_nothing() -> None:
    text = "Un mot, unmotbeaucouptroplongpourunecellule, puis d’autres mots"
    found = lines(atoms(text, [], measure, 0), 100, measure)
    assert all(line.width <= 100 for line in found)
    assert "".join(atom.text for line in found for atom in line.atoms).replace(" ", "") == text.replace(" ", "")


def test_merged_cells_cover_what_they_span() -> None:
    grid = Grid(((Cell("A", (), 0, 0, 2, 1), Cell("B", (), 0, 1, 1, 2)), (Cell("C", (), 1, 1), Cell("D", (), 1, 2))), Place())
    cells, width, height = laid_out(grid, 300, lambda cell: atoms(cell.text, [], measure, 0), measure)
    a, b, c, d = cells
    assert (a.top, a.bottom) == (0, height)
    assert (b.left, b.right) == (c.left, d.right) == (a.right, width)
    assert width == pytest.approx(300)


def test_a_sheet_of_many_columns_widens_the_picture_and_a_sparse_one_does_not() -> None:
    many = Grid((tuple(Cell("x", (), 0, col) for col in range(100)),))
    assert laid_out(many, 300, lambda cell: atoms(cell.text, [], measure, 0), measure)[1] >= 2600
    sparse = Grid(((Cell("a", (), 0, 0),), (Cell("b", (), 1_000_000, 16_000),)))
    assert laid_out(sparse, 300, lambda cell: atoms(cell.text, [], measure, 0), measure)[2] < 100


def test_what_is_too_high_is_cut_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_paint, "HIGHEST", 300)
    document = Document(None, text=tuple(TextBlock(f"Ligne {number}", Place()) for number in range(50)))
    png = drawing.draw(document)
    with Image.open(io.BytesIO(png)) as image:
        assert image.height == 300
    assert ImageColor.getrgb(_paint.ALARM) in colours(png)


@pytest.mark.parametrize("text", ["\ud800", "\x07", "\uf0fe", "é\u0301\u200b\u202e"])
def test_any_text_is_drawn(text: str) -> None:
    assert drawing.draw(Document(None, text=(TextBlock(f"a{text}b", Place()),)))[1:4] == b"PNG"
    assert "\ud800" not in shown(text)


def test_nothing_is_drawn_as_nothing() -> None:
    assert drawing.draw(Document(None))[1:4] == b"PNG"
