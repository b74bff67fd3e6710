"""Where a page stands, how large it is, which way it is turned, in which order it is drawn, how its words are cut: no box reads
otherwise for it, whatever draws the box and the mark.
"""

from __future__ import annotations

import re
from itertools import cycle, islice, product

import pytest
from formfill.readers import read
from formfill.source import Source
from tests.readers import encodings_pdf as made
from tests.readers.pdfbytes import Page, pdf
from tests.readers.test_encodings_pdf import MARKS, expected

TURNS = {0: "1 0 0 1 0 0", 90: "0 1 -1 0 842 0", 180: "-1 0 0 -1 595 842", 270: "0 -1 1 0 0 595"}
MATRICES = (
    "1 0 0 1 0 0",
    "1 0 0 1 33.3 -41.7",
    "0.8 0 0 0.8 20 30",
    "1.3 0 0 1.3 0 -150",
    "1.41 0 0 1.41 -40 -290",
    "1 0 0 1 0.37 0.61",
)
_RUN = re.compile(r"BT /(\w+) (\S+) Tf 1 0 0 1 (\S+) (\S+) Tm <([0-9A-Fa-f]+)> Tj ET")


def changed(page: Page, turns: int, matrix: str) -> Page:
    """The page turned and moved, as it is shown again upright."""
    media = (0, 0, 595, 842) if turns % 180 == 0 else (0, 0, 842, 595)
    return Page([f"{TURNS[turns]} cm {matrix} cm", *page.content], extra=f"/Rotate {turns}", media=media)


def seen(page: Page) -> list[tuple[str, str]]:
    return [(mark.label, mark.state.value) for mark in read(Source.of(pdf(page), "x.pdf")).marks]


def split(content: str, how: str) -> str:
    """The same words in several runs of one line: strings of an array, or an operator for each."""

    def cut(found: re.Match[str]) -> str:
        font, size, x, y, hexes = found.groups()
        pieces = [hexes[k : k + 2] for k in range(0, len(hexes), 2)]
        if len(pieces) < 2:
            return found.group()
        middle = len(pieces) // 2
        parts = ["".join(pieces[:middle]), "".join(pieces[middle:])] if how != "signs" else pieces
        strings = " ".join(f"<{part}>" for part in parts)
        shown = f"[{strings}] TJ" if how == "array" else strings.replace(">", "> Tj")
        return f"BT /{font} {size} Tf 1 0 0 1 {x} {y} Tm {shown} ET"

    return _RUN.sub(cut, content)


@pytest.mark.parametrize("box", made.BOXES)
def test_moving_scaling_and_turning_change_no_reading(box: str) -> None:
    ways = cycle(product(TURNS, MATRICES))
    for mark, (draw, state) in MARKS.items():
        page = made.page(box, draw, "before its label")
        for turns, matrix in islice(ways, 5):
            assert seen(changed(page, turns, matrix)) == expected("before its label", state), (mark, turns, matrix)


@pytest.mark.parametrize("place", made.PLACES)
@pytest.mark.parametrize("box", ["re S, as Word", "m l l l h S, as print drivers", "rounded corners", "glyph"])
def test_no_place_is_read_otherwise_when_it_moves(box: str, place: str) -> None:
    ways = cycle(product(TURNS, MATRICES[:4]))
    for mark in ("two diagonals", "a letter X", "a fill", "one diagonal", "nothing"):
        draw, state = MARKS[mark]
        for turns, matrix in islice(ways, 3):
            assert seen(changed(made.page(box, draw, place), turns, matrix)) == expected(place, state), (mark, turns, matrix)


@pytest.mark.parametrize("box", [name for name in made.BOXES if "white" not in name])
def test_the_order_of_the_objects_changes_no_reading(box: str) -> None:
    for mark, (draw, state) in MARKS.items():
        if "white" in mark or "under" in mark:
            continue
        content = made.page(box, draw, "before its label").content
        for order in (content[::-1], content[3:] + content[:3], content[::2] + content[1::2]):
            assert seen(Page(order)) == expected("before its label", state), mark


@pytest.mark.parametrize("how", ["array", "operators", "signs"])
@pytest.mark.parametrize("place", made.PLACES)
def test_the_cuts_of_the_words_change_no_reading(place: str, how: str) -> None:
    for box, mark in product(("re S, as Word", "glyph"), ("two diagonals", "a letter X", "a glyph", "one diagonal", "nothing")):
        draw, state = MARKS[mark]
        content = [split(part, how) for part in made.page(box, draw, place).content]
        assert seen(Page(content)) == expected(place, state), (box, mark)


@pytest.mark.parametrize("box", made.BOXES)
def test_a_page_in_a_form_xobject_is_read_alike(box: str) -> None:
    fonts = "/Font << /F1 3 0 R /F2 4 0 R >>"
    for mark, (draw, state) in MARKS.items():
        content = "\n".join(made.page(box, draw, "before its label").content)
        for matrix in ("1 0 0 1 0 0", "0.9 0 0 0.9 12 7"):
            data = pdf(Page(["/Im Do"]), objects={1000: made.xobject(content, matrix, fonts)})
            found = [(m.label, m.state.value) for m in read(Source.of(data, "x.pdf")).marks]
            assert found == expected("before its label", state), (mark, matrix)
