"""The README's table of encodings says what the readers do."""

from __future__ import annotations

from pathlib import Path

from tests.readers.zoo import FAMILIES, Case, cases
from tools.encodings import NAME, table
from tools.marked import block

README = Path(__file__).parents[2] / "README.md"


def test_the_readme_says_what_is_read() -> None:
    written = block(README.read_text("utf-8"), NAME)
    assert written == table(cases()), "python -m tools.encodings --into README.md"
    assert "**not**" not in written


def test_an_encoding_that_is_misread_shows_in_the_table() -> None:
    case = next(cases())
    wrong = Case(case.format, case.name, case.data, (("blank", "Autre"),), "ticked")
    assert f"**not** {case.name} (ticked)" in table([wrong])


def test_every_family_is_tried() -> None:
    assert {case.family for case in cases()} == set(FAMILIES)
