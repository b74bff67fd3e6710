"""Tables without rules: cells that are painted, boxes and crosses in columns. Every box has its own words, or is in doubt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from formfill.readers import read
from formfill.source import Source
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.readers import encodings_pdf as made
from tests.readers.pdfbytes import Page, pdf, table, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from formfill.model.document import Document

XS: Final = [50.0, 260, 330, 400, 470]
YS: Final = [725.0 - 24 * k for k in range(5)]
HEADS: Final = ("Critère", "Non maîtrisé", "Partielle", "Bonne")
TITLES: Final = ("Gérer le patrimoine", "Répondre aux incidents", "Développer la présence")
ALL: Final = [(f"{head} | {title}", (r, c) == (1, 1)) for r, title in enumerate(TITLES) for c, head in enumerate(HEADS[1:])]


def box(x: float, y: float, *, on: bool = False, kind: str = "drawn") -> str:
    if kind == "glyph":
        return text(x, y, "☒" if on else "☐", font="F2")
    drawn = made.BOXES["re S, as Word"](x, y - 1)
    return f"{drawn} {made.TICKS['two diagonals'](x, y - 1)}" if on else drawn


def body(kind: str, on: tuple[int, int] | None = (1, 1)) -> list[str]:
    found = [text(x + 5, 712, head, size=9) for x, head in zip(XS, HEADS, strict=False)]
    for r, title in enumerate(TITLES):
        y = 688 - 24 * r
        found.append(text(55, y, title, size=9))
        for c, x in enumerate(XS[1:4]):
            if kind == "x":
                found += [text(x + 25, y, "X")] if (r, c) == on else []
            else:
                found.append(box(x + 25, y, on=(r, c) == on, kind=kind))
    return found


def fill(tone: float, x0: float, top: float, x1: float, bottom: float) -> str:
    return f"{tone} g {x0} {bottom} {x1 - x0} {top - bottom} re f 0 g"


def cells(gap: float = 0, rows: Sequence[int] = range(4)) -> list[str]:
    return [fill(0.95 if r else 0.8, XS[c] + gap, YS[r] - gap, XS[c + 1] - gap, YS[r + 1] + gap) for r in rows for c in range(4)]


GROUNDS: Final = {
    "nothing": [],
    "cells painted": cells(),
    "cells with white between them": cells(1),
    "one path of all cells": [
        "0.9 g",
        *(f"{XS[c] + 0.5} {YS[r + 1] + 0.5} {XS[c + 1] - XS[c] - 1} 23 re" for r in range(4) for c in range(4)),
        "f 0 g",
    ],
    "white cells on a ground": [
        fill(0.6, 48, 727, 472, 627),
        *(c.replace("0.95 g", "1 g").replace("0.8 g", "1 g") for c in cells(1)),
    ],
    "every other row": cells(rows=(1, 3)),
    "every other row, the first": cells(rows=(0, 2)),
    "bands": [fill(0.9, 50, YS[r], 470, YS[r + 1]) for r in (0, 2)],
    "rules under the headings": [f"0.5 w 50 {y} m 470 {y} l S" for y in (725, 701, 629)],
    "rules between the rows": [f"0.5 w 50 {y} m 470 {y} l S" for y in YS],
    "rules between the columns": [f"0.5 w {x} 629 m {x} 725 l S" for x in XS],
    "all rules": table(XS, YS),
}


def document(*content: str) -> Document:
    return read(Source.of(pdf(Page(list(content))), "x.pdf"))


def marks(*content: str) -> list[tuple[str, str]]:
    return [(mark.state.value, mark.label) for mark in document(*content).marks]


@pytest.mark.parametrize("kind", ["drawn", "glyph", "x"])
@pytest.mark.parametrize("ground", GROUNDS)
def test_every_box_has_its_heading_and_its_title(ground: str, kind: str) -> None:
    seen = document(*GROUNDS[ground], *body(kind))
    wanted = [("ticked" if on else "blank", label) for label, on in ALL if on or kind != "x"]
    assert [(mark.state.value, mark.label) for mark in seen.marks] == wanted
    [grid] = seen.grids
    assert [tuple(cell.text for cell in row)[:1] for row in grid.rows] == [("Critère",), *((title,) for title in TITLES)]
    blank = marks(*GROUNDS[ground], *body(kind, None))
    assert [state for state, _label in blank] == ["blank"] * (0 if kind == "x" else 9)


@pytest.mark.parametrize("ground", ["cells painted", "every other row", "every other row, the first"])
def test_painted_cells_are_a_grid_without_any_box(ground: str) -> None:
    words = [*body("x", None), text(270, 688, "deux"), text(340, 664, "trois"), text(410, 640, "un")]
    [grid] = document(*GROUNDS[ground], *words).grids
    assert [[cell.text for cell in row] for row in grid.rows][1:] == [
        [TITLES[0], "deux", "", ""],
        [TITLES[1], "", "trois", ""],
        [TITLES[2], "", "", "un"],
    ]


def test_bars_and_highlighted_words_are_no_table() -> None:
    bars = [fill(0.5, 60 + 30 * k, 600 + 20 * k, 80 + 30 * k, 600) for k in range(6)]
    words = [fill(0.9, 50, 712, 160, 700), fill(0.9, 50, 700, 140, 688), text(52, 703, "Un texte"), text(52, 691, "surligné")]
    assert not document(*bars, *words, text(60, 590, "2019"), text(180, 590, "2024")).grids


def test_lists_of_boxes_are_no_tables() -> None:
    before = [
        part
        for k, word in enumerate(("Seul", "En équipe"))
        for part in (box(60, 700 - 18 * k, on=k == 1), text(75, 700 - 18 * k, word))
    ]
    seen = document(*before)
    assert not seen.grids
    assert [(m.state.value, m.label) for m in seen.marks] == [("blank", "Seul"), ("ticked", "En équipe")]
    after = [
        part
        for k, word in enumerate(("Ponctuelle", "CCF"))
        for part in (text(60, 700 - 18 * k, word), box(200, 700 - 18 * k, on=k == 1))
    ]
    seen = document(*after)
    assert not seen.grids
    assert [(m.state.value, m.label) for m in seen.marks] == [("blank", "Ponctuelle"), ("ticked", "CCF")]


@pytest.mark.parametrize("kind", ["drawn", "glyph"])
def test_rows_of_boxes_with_their_words(kind: str) -> None:
    """Read as running text, « Non » and the title of the next row are one."""
    content = [
        part
        for k, word in enumerate(("Anglais", "Espagnol", "Latin"))
        for x, on, label in ((260, k == 1, "Oui"), (310, k == 2, "Non"))
        for part in (text(60, 700 - 18 * k, word), box(x, 700 - 18 * k, on=on, kind=kind), text(x + 15, 700 - 18 * k, label))
    ]
    states = ["blank", "blank", "ticked", "blank", "blank", "ticked"]
    assert marks(*content) == list(zip(states, ["Oui", "Non"] * 3, strict=True))


@pytest.mark.parametrize(("up", "down"), [(True, False), (False, True), (True, True)])
def test_boxes_under_or_over_their_words(up: bool, down: bool) -> None:
    words = [text(x, y, word) for y, told in ((710, up), (680, down)) if told for x, word in ((60, "F"), (100, "M"))]
    seen = marks(box(58, 695), box(98, 695, on=True), *words)
    if up and down:
        assert [state for state, _label in seen] == ["uncertain"] * 2
    else:
        assert seen == [("blank", "F"), ("ticked", "M")]


def test_columns_without_a_heading_leave_a_doubt_and_its_reason() -> None:
    rows = [
        part
        for k, word in enumerate(TITLES)
        for part in (text(60, 700 - 18 * k, word), box(260, 700 - 18 * k, on=k == 1), box(310, 700 - 18 * k))
    ]
    seen = document(*rows).marks
    assert {mark.state.value for mark in seen} == {"uncertain"}
    assert all("no heading above its column" in [item.detail for item in mark.evidence] for mark in seen)


FIRST: Final = ("Gérer le", "Répondre aux", "Développer la", "Travailler en")
SECOND: Final = ("patrimoine", "incidents", "présence", "projet")


@pytest.mark.parametrize("step", [22, 26])
def test_titles_of_two_lines_are_told_by_the_room_between_them_or_leave_a_doubt(step: int) -> None:
    rows = [
        part
        for r in range(4)
        for part in (
            text(50, 700 - step * r, FIRST[r], size=9),
            text(50, 689 - step * r, SECOND[r].capitalize(), size=9),
            box(252, 689 - step * r, on=r == 1),
            box(302, 689 - step * r),
        )
    ]
    seen = marks(text(50, 722, "Critère", size=9), text(250, 722, "Oui", size=9), text(300, 722, "Non", size=9), *rows)
    if step == 22:
        assert [state for state, _label in seen] == ["uncertain"] * 8
    else:
        assert [(state, label[:12]) for state, label in seen[2:4]] == [("ticked", "Oui | Répond"), ("blank", "Non | Répond")]


def test_a_line_between_titles_without_capitals_leaves_a_doubt() -> None:
    lines = ("lundi", "mardi", "et soir", "jeudi")
    rows = [
        part
        for r, words in enumerate(lines)
        for part in (text(50, 700 - 14 * r, words, size=9), *([] if r == 2 else [box(252, 700 - 14 * r), box(302, 700 - 14 * r)]))
    ]
    seen = marks(text(50, 722, "Jour", size=9), text(250, 722, "Oui", size=9), text(300, 722, "Non", size=9), *rows)
    assert [state for state, _label in seen] == ["blank"] * 2 + ["uncertain"] * 4


ORDERS: Final = {
    "boxes last": lambda part: "re S" in part or "/F2" in part,
    "boxes first": lambda part: not ("re S" in part or "/F2" in part),
    "by column": lambda part: float(part.partition("1 0 0 1 ")[2].split()[0] if "Tm" in part else part.split()[2]),
}
"""How a program may write what stands on the page."""


@given(
    step=st.integers(24, 48),
    stands=st.sampled_from((0.0, 5.5, 11.0)),
    capital=st.booleans(),
    two=st.lists(st.booleans(), min_size=4, max_size=4),
    columns=st.integers(1, 4),
    kind=st.sampled_from(("drawn", "glyph")),
    ruled=st.booleans(),
    order=st.sampled_from(("as read", "boxes last", "boxes first", "by column")),
    on=st.tuples(st.integers(0, 3), st.integers(0, 3)),
)
@settings(max_examples=80)
def test_a_box_has_its_own_title_or_is_in_doubt(  # type: ignore[no-untyped-def]
    step, stands, capital, two, columns, kind, ruled, order, on
) -> None:
    """Titles on one line or two, with more room between rows or not, boxes level with the first line, the last, or between."""
    heads = [f"N{c}" for c in range(columns)]
    content = [text(50, 722, "Critère", size=9), *(text(250 + 50 * c, 722, head, size=9) for c, head in enumerate(heads))]
    wanted: dict[str, str] = {}
    rules = [f"0.5 w 48 {711} m 500 {711} l S"] if ruled else []
    y = 700.0
    for r in range(4):
        last = SECOND[r].capitalize() if capital else SECOND[r]
        content.append(text(50, y, FIRST[r] if two[r] else f"{FIRST[r]} {last}", size=9))
        if two[r]:
            content.append(text(50, y - 11, last, size=9))
        at = y - stands if two[r] else y
        for c, head in enumerate(heads):
            content.append(box(252 + 50 * c, at, on=(r, c) == on, kind=kind))
            title = f"{FIRST[r]} {last}"
            wanted[f"{head} | {title}" if columns > 1 else title] = "ticked" if (r, c) == on else "blank"
        y -= step if two[r] else step - 11
        if ruled:
            rules.append(f"0.5 w 48 {y + 10} m 500 {y + 10} l S")
    if order != "as read":
        content.sort(key=ORDERS[order])
    seen = marks(*content, *rules)
    assert len(seen) == 4 * columns
    for state, label in seen:
        if state == "uncertain":
            assert not ruled
            continue
        # a title may end where its line had room for the next word
        [own] = [told for whole, told in wanted.items() if whole == label or (label and whole.startswith(label))]
        assert state == own
    if ruled or step > 26:
        assert sorted(state for state, _label in seen) == sorted(wanted.values())
