"""Completed Bloc 1 grids for tests, as rows that a test changes before they become a text, a document or a record."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from formfill import catalogue, pipeline
from formfill.source import Source

if TYPE_CHECKING:
    from formfill.model.record import Record

FORM = catalogue.form("bts-sio-grille-bloc1")


@dataclass
class Row:
    """One printed row: the lines of its three cells."""

    title: list[str]
    box: list[str] = field(default_factory=lambda: ["☐"])
    indicators: list[str] = field(default_factory=list)


def official() -> dict[str, Row]:
    """The rows as printed, all boxes blank, by option."""
    assert FORM.grid is not None
    return {
        row.option: Row([row.title, *(line.printed for line in row.lines[0])], ["☐"], [line.printed for line in row.lines[2]])
        for row in FORM.grid.rows
    }


def as_text(
    rows: list[Row] | dict[str, Row], heading: tuple[str, ...] = ("Bloc 1 : compétences", "", "Indicateurs de performance")
) -> str:
    """The grid as a text export."""
    listed = list(rows.values()) if isinstance(rows, dict) else rows
    cells = [[[text] for text in heading], *([row.title, row.box, row.indicators] for row in listed)]
    return "".join("".join("\t" + "\n".join(cell) + "\n" for cell in row) + "\n" for row in cells)


def read(rows: list[Row] | dict[str, Row]) -> Record:
    """The record of a grid."""
    return pipeline.read(Source.of(as_text(rows).encode(), "grille.txt"))


def codes(record: Record) -> list[str]:
    """The finding codes of a record, in order."""
    return [finding.code for finding in record.findings]


def states(record: Record) -> dict[str, str]:
    """The state of each box by option."""
    return {box.option: box.state.value for box in record.boxes}


def text_of(record: Record, name: str) -> str | None:
    """The value of a text field."""
    answer = record.answer(name)
    assert answer is not None
    assert not isinstance(answer.value, tuple)
    return answer.value
