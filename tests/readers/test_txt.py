"""Text exports: cells opened by a tab, rows closed by an empty line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from formfill import readers
from formfill.errors import SourceTooLargeError, UnreadableSourceError, UnsupportedFormatError
from formfill.source import MAX_TEXT_BYTES, Source
from tests.grids import as_text, official

if TYPE_CHECKING:
    from formfill.model.document import Document


def read(text: str | bytes) -> Document:
    return readers.read(Source.of(text if isinstance(text, bytes) else text.encode(), "x.txt"))


def cells(document: Document) -> list[list[str]]:
    return [[cell.text for cell in row] for grid in document.grids for row in grid.rows]


def test_rows_cells_and_lines() -> None:
    assert cells(read("\ta\nb\n\t☐\n\t\n\n\tc\n\t☒\n\td\n\n\n")) == [["a\nb", "☐", ""], ["c", "☒", "d"]]


def test_an_empty_line_inside_a_cell_belongs_to_it() -> None:
    assert cells(read("\ta\n\nb\n\t☐\n\n\tc\n")) == [["a\n\nb", "☐"], ["c"]]


def test_text_around_the_grid_is_kept() -> None:
    document = read("Nom : Candide EXEMPLE\n\n\ta\n\t☐\n\n")
    assert [block.text for block in document.text] == ["Nom : Candide EXEMPLE"]
    assert cells(document) == [["a", "☐"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(encoding: str) -> None:
    assert cells(read("\tévolution d’un système\n\tx\n\n".encode(encoding))) == [["évolution d’un système", "x"]]


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_line_ends(ending: str) -> None:
    text = as_text(official())
    assert cells(read(text.replace("\n", ending))) == cells(read(text))


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(UnreadableSourceError, match="vide"):
        read(b"")
    with pytest.raises(SourceTooLargeError, match="10 Mo"):
        read(b"a" * 10 * 2**20)
    with pytest.raises(UnsupportedFormatError):
        read(bytes(range(256)))
    with pytest.raises(SourceTooLargeError, match="lignes"):
        read("a\n" * 60_000)
    assert MAX_TEXT_BYTES < 10 * 2**20


def test_text_without_a_grid_has_none() -> None:
    document = read("Bonjour,\n\nvoici mon portfolio.\n")
    assert document.grids == ()
    assert len(document.text) == 2


@pytest.mark.parametrize(
    ("end", "line"),
    [("\n\nFait à Villefictive", 4), ("\n\n\n\nFait à Villefictive\n\nfin\n\n", 6), ("\n \t\nFait à Villefictive\n\n\n", 4)],
)
def test_what_may_follow_the_grid_is_told(end: str, line: int) -> None:
    document = read("\ta\n\tb" + end)
    assert document.grids[0].rows[-1][-1].text.endswith("Fait à Villefictive") or "fin" in document.grids[0].rows[-1][-1].text
    [finding] = document.findings
    assert (finding.code, finding.severity, finding.place.path) == ("end-of-grid", "warning", f"line[{line}]")
    assert "« Fait à Villefictive »" in finding.message


@pytest.mark.parametrize("text", ["\ta\n\tb\nc\n\n\n", "\ta\n\nb\n\tc\n", "\ta\n\tb", "a\n\nb\n", "a\n\n\tb\n\n"])
def test_a_text_whose_grid_ends_plainly_says_nothing(text: str) -> None:
    assert read(text).findings == ()
