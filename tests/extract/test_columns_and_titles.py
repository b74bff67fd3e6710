"""What a person changed without changing what the form says: the order of the columns, the sign after a code."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from formfill import pipeline
from formfill.source import Source
from tests.grids import Row, as_text, codes, official, read, states, text_of

if TYPE_CHECKING:
    from collections.abc import Callable


def _indicators_first(rows: dict[str, Row]) -> str:
    heading = [["Indicateurs de performance"], [""], ["Bloc 1 : compétences"]]
    cells = [heading, *([row.indicators, row.box, row.title] for row in rows.values())]
    return "".join("".join("\t" + "\n".join(cell) + "\n" for cell in row) + "\n" for row in cells)


def test_columns_in_another_order_misplace_no_line() -> None:
    rows = official()
    rows["B1.2"].box = ["☒"]
    rows["B1.2"].title.append("Vu avec M. Imaginaire.")
    record = pipeline.read(Source.of(_indicators_first(rows).encode(), "x.txt"))
    assert states(record) == {option: "ticked" if option == "B1.2" else "blank" for option in rows}
    assert codes(record) == []
    assert text_of(record, "commentaire.B1.2") == "Vu avec M. Imaginaire."


@pytest.mark.parametrize("text", [as_text, _indicators_first], ids=["as printed", "indicators first"])
def test_lines_out_of_order_are_misplaced_whatever_the_columns(text: Callable[[dict[str, Row]], str]) -> None:
    rows = official()
    rows["B1.1"].indicators.append(rows["B1.1"].indicators.pop(0))
    record = pipeline.read(Source.of(text(rows).encode(), "x.txt"))
    assert codes(record).count("misplaced-line") == 1


def test_a_line_in_the_other_column_is_misplaced() -> None:
    rows = official()
    rows["B1.1"].title.insert(2, rows["B1.1"].indicators.pop(1))
    assert codes(read(rows)).count("misplaced-line") == 1


@pytest.mark.parametrize("sign", [" ", " - ", " – ", ". ", ") ", "\u00a0", ": "])
@pytest.mark.parametrize("option", ["B1.1", "B1.5"])
def test_another_sign_after_the_code_is_typography(option: str, sign: str) -> None:
    rows = official()
    rows[option].title[0] = rows[option].title[0].replace(" : ", sign).upper()
    rows[option].box = ["☒"]
    record = read(rows)
    assert codes(record) == ["typographic-title"]
    assert states(record)[option] == "ticked"


def test_a_title_without_its_colon_may_be_cut_in_two_lines() -> None:
    rows = official()
    rows["B1.5"].title[:1] = ["B1.5 Mettre à disposition des utilisateurs un service", "informatique"]
    rows["B1.5"].box = ["☒"]
    record = read(rows)
    assert codes(record) == ["typographic-title"]
    assert text_of(record, "commentaire.B1.5") is None


@pytest.mark.parametrize("title", ["B1.1 Gérer le parc informatique", "Gérer le patrimoine informatique", "B1.1"])
def test_another_title_is_still_reworded(title: str) -> None:
    rows = official()
    rows["B1.1"].title[0] = title
    rows["B1.1"].box = ["☒"]
    assert "reworded-title" in codes(read(rows))
