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
from tests.readers.pdfbytes import Page, pdf, text
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


@pytest.mark.parametrize("side", [8, 9, 9.6, 10.5, 13])
@pytest.mark.parametrize("shape", ["square", "disc"])
@pytest.mark.parametrize("kind", ["square", "ring"])
def test_a_box_filled_to_any_share_is_never_blank(kind: str, shape: str, side: float) -> None:
    """Browsers print a radio button that is on as a disc in a ring, and styles draw squares in squares."""
    middle = (60 + side / 2, 700 + side / 2)
    others = [(60 + side / 2, 660 + side / 2), (60 + side / 2, 640 + side / 2)]

    def frame(x: float, y: float) -> str:
        return (
            f"0.7 w {made.circle(x, y, side / 2)} S"
            if kind == "ring"
            else f"0.7 w {x - side / 2} {y - side / 2} {side} {side} re S"
        )

    for share in range(25, 100, 5):
        inner = side * share / 100
        x, y = middle
        fill = f"{made.circle(x, y, inner / 2)} f" if shape == "disc" else f"{x - inner / 2} {y - inner / 2} {inner} {inner} re f"
        content = [frame(*middle), *(frame(*other) for other in others), f"0 g {fill}"]
        words = [text(80, round(y - 3), label) for y, label in ((704, "Seul(e)"), (664, "En équipe"), (644, "Autre"))]
        found = dict(seen(Page([*content, *words])))
        assert found["Seul(e)"] in ("ticked", "uncertain"), share
        assert (found["En équipe"], found["Autre"]) == ("blank", "blank"), share
        assert share not in range(40, 75) or found["Seul(e)"] == "ticked", share
