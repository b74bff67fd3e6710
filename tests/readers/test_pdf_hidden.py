"""A tick that is not to be seen ticks nothing: what is drawn over it, or cuts it off, leaves a doubt with its reason."""

from __future__ import annotations

import pytest
from formfill.readers import read
from formfill.source import Source
from tests.readers import encodings_pdf as made
from tests.readers.pdfbytes import Page, pdf, text
from tests.readers.test_encodings_pdf import IN_CELL, TABLE, seen

BOX = made.BOXES["re S, as Word"](60, 700)
LABEL = text(75, 701.5, "Seul(e)")
OVER = "1 g 59 699 12 12 re f 0 g"
PAGE = "1 g 0 0 595 842 re f 0 g"
HALF = "1 g 65 699 6 12 re f 0 g"
YELLOW = "q /Gs gs 1 1 0 rg 55 695 60 20 re f Q"
TICKS = {name: draw(60, 700) for name, draw in made.TICKS.items()} | {"a ticked glyph": text(60, 700, "☒", font="F2", size=12)}


def states(*content: str, gs: str = "", objects: dict[int, bytes] | None = None) -> list[str]:
    page = Page([*content, LABEL], resources=f"/ExtGState << /Gs << {gs} >> >>")
    return [mark.state.value for mark in read(Source.of(pdf(page, objects=objects), "x.pdf")).marks]


@pytest.mark.parametrize("tick", TICKS)
def test_a_tick_under_an_opaque_shape_is_uncertain_or_blank(tick: str) -> None:
    box = "" if tick == "a ticked glyph" else BOX
    assert states(box, TICKS[tick]) == ["ticked"]
    for cover in (OVER, PAGE, f"q {OVER} Q {BOX}"):
        assert set(states(box, TICKS[tick], cover)) <= {"uncertain", "blank"}
    # under the strokes, or over a neighbour, it hides nothing
    for under in (OVER, PAGE, "1 g 160 695 12 20 re f 0 g"):
        assert states(under, box, TICKS[tick]) == ["ticked"]
    assert states(box, TICKS[tick], "1 g 160 695 12 20 re f 0 g") == ["ticked"]


@pytest.mark.parametrize("gs", ["/BM /Multiply", "/ca 0.3"])
def test_a_highlighter_hides_nothing(gs: str) -> None:
    assert states(BOX, TICKS["two diagonals"], YELLOW, gs=gs) == ["ticked"]


def test_half_a_tick_is_a_doubt_and_a_second_tick_settles_it() -> None:
    assert states(BOX, TICKS["two diagonals"], HALF) == ["uncertain"]
    assert states(BOX, TICKS["two diagonals"], OVER, BOX, TICKS["two diagonals"]) == ["ticked"]


def test_a_white_ground_behind_a_lone_box_changes_nothing() -> None:
    white = made.BOXES["white fill and stroke"](60, 700)
    assert states(white) == ["blank"]
    assert states(white, TICKS["a check as a polyline"]) == ["ticked"]


@pytest.mark.parametrize("order", ["tick in a form", "cover in a form", "both"])
def test_the_order_counts_in_form_xobjects_too(order: str) -> None:
    tick, cover = TICKS["two diagonals"], OVER
    form = {"tick in a form": tick, "cover in a form": cover, "both": f"{tick} {cover}"}[order]
    objects = {1000: made.xobject(form, "1 0 0 1 0 0")}
    after = {"tick in a form": ["/Im Do", cover], "cover in a form": [tick, "/Im Do"], "both": ["/Im Do"]}[order]
    before = {"tick in a form": [cover, "/Im Do"], "cover in a form": ["/Im Do", tick], "both": []}[order]
    assert states(BOX, *after, objects=objects) == ["uncertain"]
    if before:
        assert states(*before[:1], BOX, *before[1:], objects=objects) == ["ticked"]


@pytest.mark.parametrize("tick", ["two diagonals", "a letter X", "a check as a polyline"])
def test_a_tick_that_a_clip_cuts_off_or_that_is_white_is_no_tick(tick: str) -> None:
    if tick != "a letter X":
        assert states(BOX, "q 200 200 10 10 re W n", TICKS[tick], "Q") == ["uncertain"]
    assert states(BOX, "q 0 0 595 842 re W n", TICKS[tick], "Q") == ["ticked"]
    assert states(BOX, "1 g 1 G", TICKS[tick], "0 g 0 G")[0] in ("blank", "uncertain")


@pytest.mark.parametrize("what", [name for name, (_drawn, state) in IN_CELL.items() if state == "ticked"])
def test_a_tick_whited_out_of_its_cell_is_no_tick(what: str) -> None:
    drawn, _state = IN_CELL[what]
    cover = "1 g 321 636 78 28 re f 0 g"

    def found(*content: str) -> list[tuple[str, str]]:
        return seen(read(Source.of(pdf(Page([*content])), "x.pdf")))

    assert found(*TABLE, cover, drawn) == [("B1.2 | Ligne B", "ticked")]
    assert found(*TABLE, drawn, cover) in ([], [("B1.2 | Ligne B", "uncertain")])


def test_the_reason_is_told() -> None:
    [mark] = read(Source.of(pdf(Page([BOX, TICKS["two diagonals"], OVER, LABEL])), "x.pdf")).marks
    assert [(item.kind, item.says.value) for item in mark.evidence] == [
        ("drawn-box", "blank"),
        ("strokes", "ticked"),
        ("covered", "unclear"),
    ]
