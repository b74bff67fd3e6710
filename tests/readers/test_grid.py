from __future__ import annotations

import itertools

from formfill.model.geometry import Box
from formfill.readers._grid import Slot, tilings
from hypothesis import given
from hypothesis import strategies as st

WIDTHS = st.lists(st.integers(20, 200), min_size=1, max_size=5)
HEIGHTS = st.lists(st.integers(8, 120), min_size=1, max_size=6)


def ends(start: float, sizes: list[int]) -> list[float]:
    found = [start]
    for size in sizes:
        found.append(found[-1] + size)
    return found


def edges(xs: list[float], ys: list[float], half: float = 0.25) -> list[Box]:
    """The sides of every cell, one edge each, as Word draws them."""
    across = [Box(a, y - half, b, y + half) for y in ys for a, b in itertools.pairwise(xs)]
    down = [Box(x - half, a, x + half, b) for x in xs for a, b in itertools.pairwise(ys)]
    return across + down


def shape(boxes: list[Box]) -> list[list[tuple[int, int, int, int]]]:
    return [[(s.row, s.col, s.row_span, s.col_span) for s in tiling.slots] for tiling in tilings(boxes)]


@given(WIDTHS, HEIGHTS)
def test_every_cell_is_found_once(widths: list[int], heights: list[int]) -> None:
    (tiling,) = tilings(edges(ends(40, widths), ends(60, heights)))
    assert [(s.row, s.col) for s in tiling.slots] == [(r, c) for r in range(len(heights)) for c in range(len(widths))]
    assert [round(s.box.width) for s in tiling.slots[: len(widths)]] == widths
    for index, slot in enumerate(tiling.slots):
        assert tiling.slot_at(*slot.box.centre) == index


@given(WIDTHS, HEIGHTS, st.randoms(use_true_random=False), st.integers(-30, 500), st.integers(-30, 500))
def test_shuffling_edges_or_moving_the_page_changes_no_grid(widths, heights, random, dx, dy) -> None:  # type: ignore[no-untyped-def]
    boxes = edges(ends(40, widths), ends(60, heights))
    moved = [Box(b.x0 + dx, b.top + dy, b.x1 + dx, b.bottom + dy) for b in boxes]
    random.shuffle(moved)
    assert shape(moved) == shape(boxes)
    for before, after in zip(tilings(boxes), tilings(moved), strict=True):
        assert [x + dx for x in before.xs] == list(after.xs)
        assert [y + dy for y in before.ys] == list(after.ys)


def test_a_missing_rule_merges_two_cells() -> None:
    boxes = [
        Box(0, 0, 300, 0),
        Box(0, 50, 300, 50),
        Box(0, 100, 300, 100),
        Box(0, 0, 0, 100),
        Box(300, 0, 300, 100),
        Box(100, 50, 100, 100),
    ]
    (tiling,) = tilings(boxes)
    assert [slot[:4] for slot in tiling.slots] == [(0, 0, 1, 2), (1, 0, 1, 1), (1, 1, 1, 1)]


def test_a_row_span_stands_at_its_upper_left_corner() -> None:
    boxes = [*edges([0, 100], [0, 80]), *edges([100, 200], [0, 40, 80])]
    (tiling,) = tilings(boxes)
    assert [slot[:4] for slot in tiling.slots] == [(0, 0, 2, 1), (0, 1, 1, 1), (1, 1, 1, 1)]
    assert tiling.slot_at(50, 70) == 0


def test_an_underline_inside_a_cell_cuts_nothing() -> None:
    plain = edges([0, 100, 200], [0, 40, 80])
    assert shape([*plain, Box(20, 20, 80, 20.5)]) == shape(plain)


def test_a_double_border_is_one_rule() -> None:
    plain = edges([0, 100, 200], [0, 40, 80])
    double = edges([1.5, 101.5, 201.5], [1.5, 41.5, 81.5])
    assert shape([*plain, *double]) == shape(plain)


def test_two_tables_of_a_page_stay_apart() -> None:
    first, second = edges([0, 100, 200], [0, 40]), edges([0, 70, 200], [80, 120, 160])
    assert shape([*second, *first]) == [*shape(first), *shape(second)]


def test_a_dotted_border_is_a_rule() -> None:
    dots = [Box(x, y, x + 1, y + 1) for x in range(0, 101, 3) for y in (0, 40)]
    dots += [Box(x, y, x + 1, y + 1) for y in range(0, 41, 3) for x in (0, 100)]
    assert shape(dots) == [[(0, 0, 1, 1)]]


def test_sides_without_a_rule_are_closed() -> None:
    """A table cut by the page may have no rule at the cut; some have no side borders."""
    open_below = [Box(0, 0, 200, 0), Box(0, 30, 200, 30), *(Box(x, 0, x, 90) for x in (0, 80, 200))]
    assert shape(open_below) == [[(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1)]]
    no_sides = [*(Box(0, y, 200, y) for y in (0, 30, 60)), Box(80, 0, 80, 60), Box(120, 0, 120, 60)]
    assert len(tilings(no_sides)[0].slots) == 6


def test_a_drawn_tick_box_is_no_table() -> None:
    assert tilings(edges([0, 10], [0, 10])) == []


def test_a_box_drawn_in_a_cell_leaves_the_cell_whole() -> None:
    plain = edges([0, 200, 300], [0, 60, 120])
    inner = edges([20, 60], [15, 45])
    tables = tilings([*plain, *inner])
    assert Slot(0, 0, 1, 1, Box(0, 0, 200, 60)) in tables[0].slots
    assert len(tables) == 2


def test_lone_rules_draw_nothing() -> None:
    assert tilings([Box(0, 0, 300, 0.5), Box(0, 100, 300, 100.5)]) == []
    assert tilings([]) == []


def test_a_hatched_picture_takes_no_time() -> None:
    hatch = [Box(i * 0.7, j, i * 0.7, j + 40) for i in range(3000) for j in (0, 100)]
    rows = [Box(0, i * 4.0, 2100, i * 4.0) for i in range(3000)]
    assert tilings([*hatch, *rows]) is not None
