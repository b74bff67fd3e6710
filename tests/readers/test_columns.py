"""Columns side by side without a rule: read one after the other; rows of a table without rules stay rows."""

from __future__ import annotations

from typing import Final

import formfill
import pytest
from formfill.readers._columns import columns
from formfill.readers._visual import Line
from hypothesis import given
from hypothesis import strategies as st
from tests.samples import ROOT

LEADING: Final = 11.0


def column(x: float, wide: float, top: float, count: int, *, name: str, step: float = LEADING) -> list[Line]:
    return [
        Line(f"{name}{k}", x, top + k * step, x + wide, top + k * step + 8, top + k * step + 8, 100 * ord(name) + k)
        for k in range(count)
    ]


def texts(lines: list[Line]) -> list[list[str]]:
    return [[line.text for line in group.lines] for group in columns(lines)]


def names(*lines: list[Line]) -> list[list[str]]:
    return [[line.text for line in group] for group in lines]


@given(
    st.integers(3, 20),
    st.integers(3, 20),
    st.floats(0, 60),
    st.floats(12, 80),
    st.floats(9.5, 14.5),
    st.booleans(),
    st.booleans(),
)
def test_columns_of_a_file_that_prints_them_one_after_the_other(
    left: int, right: int, lower: float, gutter: float, step: float, above: bool, below: bool
) -> None:
    a = column(40, 240, 200, left, name="a")
    b = column(280 + gutter, 150, 200 + lower, right, name="b", step=step)
    if b[0].top > a[-2].top or a[0].top > b[-2].top or step == LEADING:
        return
    head = column(40, 400, 150, 1, name="h") if above else []
    foot = column(40, 400, max(a[-1].bottom, b[-1].bottom) + 5, 1, name="z") if below else []
    wanted = [group for group in names(head, a, b, foot) if group]
    few, many = sorted((len(a), len(b)))
    if few == many and lower == 0:
        return
    assert texts([*head, *a, *b, *foot]) == wanted


def test_rows_stay_rows() -> None:
    a, b = column(40, 100, 200, 6, name="a"), column(300, 100, 200, 6, name="b")
    rows = [line for pair in zip(a, b, strict=True) for line in pair]
    assert texts(rows) == names(rows)
    assert texts([*a, *b]) == names([*a, *b])


def test_a_line_across_parts_the_columns() -> None:
    a, b = column(40, 200, 200, 4, name="a"), column(300, 200, 205, 4, name="b")
    across = [Line("across", 40, 250, 500, 258, 258)]
    c, d = column(40, 200, 270, 4, name="c"), column(300, 200, 275, 4, name="d")
    assert texts([*a, *b, *across, *c, *d]) == names(a, b, across, c, d)


@pytest.mark.parametrize("name", ["02-inventee/attestation-1", "10-utopie/attestation-2"])
def test_the_attestation_printed_by_libreoffice(name: str) -> None:
    """Its last part is a legal text beside the place for the signature, in a table without rules."""
    record = formfill.read(ROOT / "classe-bts-sio" / f"{name}.pdf")
    signed = record.answer("signataire")
    assert signed is not None
    assert str(signed.value).startswith("M")
    assert "\n" not in str(signed.value)
    assert record.comments == ()
