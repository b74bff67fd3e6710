"""A page is told by its blank, whatever its way up, and its boxes say what was drawn in them."""

from __future__ import annotations

from typing import Final

import numpy as np
import pytest
from formfill.model.document import MarkState
from formfill.scan import _blanks, _ink, _look, _pages
from tests.scan.sheets import FICHE, WEAR, sheet
from tools.scans.hands import Style
from tools.scans.worn import SEVERITIES

PAGES: Final = (
    "bts-ndrc-grille-e4--2025--1",
    "bts-ndrc-grille-e6--2025--2",
    "bts-sio-attestation-stage--9--1",
    "bts-sio-controle-conformite--VII-2--1",
    "bts-sio-environnement-technologique--VII-7--2",
    "bts-sio-expression-besoins--VII-3--1",
    "bts-sio-fiche-appreciation--VII-6--1",
    "bts-sio-fiche-slam--9-1--1",
    "bts-sio-grille-bloc1--activites--1",
    "bts-sio-grille-bloc2-sisr--VII-5--1",
    "bts-sio-grille-bloc2-slam--VII-5--2",
    "bts-sio-tableau-synthese--6-1--1",
)
STATES: Final = {Style.NONE: MarkState.BLANK} | dict.fromkeys(
    (Style.CROSS, Style.CHECK, Style.FILL, Style.DOT, Style.CIRCLE), MarkState.TICKED
)


def look(grey: _pages.Grey, dpi: float = 200) -> _look.Looked | None:
    return _look.looked(_pages.page(1, grey, dpi))


def states(seen: _look.Looked | None) -> list[MarkState]:
    assert seen is not None
    return [box.reading.state for line in seen.boxes for box in line]


@pytest.mark.parametrize("name", PAGES)
def test_each_form_is_told_and_every_box_read(name: str) -> None:
    page = sheet(name, (Style.CROSS, Style.NONE, Style.NONE))
    seen = look(page.grey)
    assert seen is not None
    blank = _blanks.blank(name)
    assert (seen.blank.form, seen.blank.page) == (blank.form, blank.page)
    read = states(seen)
    assert [(style, state) for style, state in zip(page.styles, read, strict=True) if STATES[style] is not state] == []


@pytest.mark.parametrize("turns", range(4))
def test_a_page_is_read_whatever_its_way_up(turns: int) -> None:
    page = sheet(FICHE, (Style.NONE, Style.CROSS))
    seen = look(np.ascontiguousarray(np.rot90(page.grey, turns)))
    assert seen is not None
    assert (seen.blank.name, seen.ambiguous) == (FICHE, ())
    assert states(seen) == [STATES[style] for style in page.styles]


@pytest.mark.parametrize("style", [Style.CROSS, Style.CHECK, Style.FILL, Style.DOT, Style.CIRCLE], ids=str)
def test_every_way_of_ticking_is_read(style: Style) -> None:
    page = sheet(FICHE, (style, Style.NONE, Style.NONE))
    for drawn, state in zip(page.styles, states(look(page.grey)), strict=True):
        # a circle runs into the boxes above and under it: these may be left to a person
        assert state is STATES[drawn] or (style is Style.CIRCLE and drawn is Style.NONE and state is MarkState.UNCERTAIN)


@pytest.mark.parametrize("style", [Style.SCRIBBLE, Style.HATCH, Style.STAMP], ids=str)
def test_what_is_no_clear_tick_is_left_to_a_person(style: Style) -> None:
    page = sheet("bts-sio-grille-bloc1--activites--1", (style, Style.NONE))
    read = states(look(page.grey))
    for drawn, state in zip(page.styles, read, strict=True):
        if drawn is style:
            assert state is MarkState.UNCERTAIN


@pytest.mark.parametrize("severity", range(len(SEVERITIES)), ids=lambda rank: SEVERITIES[rank][0])
def test_no_box_is_read_the_other_way_however_bad_the_scan(severity: int) -> None:
    wear = SEVERITIES[severity][1]
    page = sheet("bts-sio-grille-bloc2-sisr--VII-5--2", (Style.NONE, Style.CROSS, Style.NONE, Style.NONE), wear=wear)
    read = states(look(page.grey, wear.dpi))
    against = {MarkState.BLANK: MarkState.TICKED, MarkState.TICKED: MarkState.BLANK}
    assert [at for at, style in enumerate(page.styles) if read[at] is against[STATES[style]]] == []


def test_a_page_of_no_known_form_is_unknown() -> None:
    rng = np.random.default_rng(1)
    assert look(np.full((2339, 1654), 255, np.uint8)) is None
    assert look(rng.integers(0, 255, (2339, 1654), dtype=np.uint8)) is None
    # pieces of a form, shuffled: the words are there, the form is not
    page = sheet(FICHE).grey
    strips = [page[top : top + 60] for top in range(0, page.shape[0] - 60, 60)]
    rng.shuffle(strips)
    assert look(np.concatenate(strips)) is None


def test_a_box_off_the_page_is_uncertain() -> None:
    # the right half was cut off
    page = sheet(FICHE, (Style.NONE,)).grey
    seen = look(np.ascontiguousarray(page[:, : int(page.shape[1] * 0.62)]))
    if seen is not None:
        assert MarkState.TICKED not in states(seen)


def ink(**figures: float) -> _ink.Ink:
    empty: dict[str, float] = dict.fromkeys(_ink.Ink._fields, 0.0)
    return _ink.Ink(**{**empty, "frame": 1.0, **figures})  # type: ignore[arg-type]  # one of them is a truth value


@pytest.mark.parametrize(
    ("figures", "state", "why"),
    [
        ({}, MarkState.BLANK, "clean"),
        ({"inside": 0.4, "strokes": 0.4}, MarkState.TICKED, "strokes"),
        ({"inside": 0.05}, MarkState.UNCERTAIN, "faint"),
        ({"inside": 0.2, "blur": 0.2}, MarkState.UNCERTAIN, "faint"),
        ({"inside": 0.4, "single": 0.95}, MarkState.UNCERTAIN, "single"),
        ({"inside": 0.9, "ring": 1.0, "upright": 1.0}, MarkState.UNCERTAIN, "scribble"),
        ({"inside": 0.4, "far": 0.5}, MarkState.UNCERTAIN, "through"),
        ({"ring": 1.0, "upright": 1.0}, MarkState.TICKED, "circle"),
        ({"ring": 0.5, "upright": 0.5}, MarkState.UNCERTAIN, "circle"),
        ({"ring": 1.0, "upright": 1.0, "blur": 0.5}, MarkState.UNCERTAIN, "circle"),
        ({"frame": 0.1}, MarkState.UNCERTAIN, "no-frame"),
        ({"frame": 0.6, "bare": True}, MarkState.UNCERTAIN, "broken"),
    ],
)
def test_what_the_ink_of_a_box_says(figures: dict[str, float], state: MarkState, why: str) -> None:
    assert _ink.decided(ink(**figures)) == _ink.Reading(state, why)


def test_the_wear_of_the_tests_is_that_of_the_promise() -> None:
    assert (WEAR.dpi, WEAR.skew) == (200, 2)
