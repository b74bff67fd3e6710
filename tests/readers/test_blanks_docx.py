"""The official blanks: exactly the boxes that their README says, all blank."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from formfill import readers
from formfill.model.document import MarkState
from formfill.source import Source

BLANKS = Path(__file__).parent / "blanks"
ROWS = [
    [column.strip() for column in line.strip("|").split("|")]
    for line in (BLANKS / "README.md").read_text("utf-8").splitlines()
    if line.startswith("| `") and ".docx`" in line
]
COUNTS = {row[0].strip("`"): sum(int(number) for number in re.findall(r"\d+", row[5])) for row in ROWS}


def test_every_blank_is_in_the_readme() -> None:
    assert {path.name for path in BLANKS.glob("*.docx")} == set(COUNTS)


@pytest.mark.parametrize("name", sorted(COUNTS))
def test_a_blank_has_its_boxes(name: str) -> None:
    document = readers.read(Source.load(BLANKS / name))
    assert len(document.marks) == COUNTS[name]
    assert {mark.state for mark in document.marks} <= {MarkState.BLANK}
    assert all(mark.label for mark in document.marks)
    assert document.findings == ()


def test_the_boxes_of_a_matrix_are_named_by_column_and_row() -> None:
    document = readers.read(Source.load(BLANKS / "ndrc-grille-E4-2025.docx"))
    labels = [mark.label for mark in document.marks if mark.place.path and "table[2]/row[4]" in mark.place.path]
    titles = ("2 – Créer et maintenir une relation client durable", "2 – Animer un évènement commercial")
    assert labels == [f"{level} | {title}" for title in titles for level in ("TI", "I", "S", "TS")]
