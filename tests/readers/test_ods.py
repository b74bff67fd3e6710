"""What stands in OpenDocument sheets, from XML written by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from formfill import readers
from formfill.errors import SourceTooLargeError
from formfill.source import Source
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.readers.odfpackages import COVERED, cell, cell_style, ods, paragraph, row, table

if TYPE_CHECKING:
    from formfill.model.document import Document

FILLS = "".join(cell_style(name, f'fo:background-color="{colour}"') for name, colour in (("ambre", "#ffc000"), ("gris", "#dddddd")))


def read(*tables: str, styles: str = "") -> Document:
    return readers.read(Source.of(ods("".join(tables), styles), "essai.ods"))


def marks(document: Document) -> list[tuple[str, str]]:
    return [(mark.state.value, mark.label) for mark in document.marks]


def texts(document: Document, grid: int = 0) -> list[list[str]]:
    return [[cell.text for cell in row] for row in document.grids[grid].rows]


def codes(document: Document) -> list[str]:
    return [finding.code for finding in document.findings]


def test_one_grid_per_sheet_cells_as_displayed() -> None:
    shown = f'<table:table-cell office:value-type="date" office:date-value="2026-05-04">{paragraph("04/05/26")}</table:table-cell>'
    bare = '<table:table-cell office:value-type="float" office:value="12.5"/>'
    document = read(table(row(shown, bare), name="Une"), table(row("a", cell("b", paragraph("c"))), name="Deux"))
    assert (texts(document), texts(document, 1)) == ([["04/05/26", "12.5"]], [["a", "b\nc"]])
    assert [grid.place.path for grid in document.grids] == ["Une", "Deux"]
    assert document.grids[1].rows[0][1].place.path == "Deux.B1"


def test_merged_repeated_and_covered_cells() -> None:
    document = read(
        table(
            row(cell("large", columns=2, rows=2), COVERED, cell("x", repeated=2)),
            row(COVERED * 2, cell(repeated=1000)),
            row(cell(repeated=27), "loin"),
        )
    )
    first, _second, third = document.grids[0].rows
    assert [(c.text, c.col, c.row_span, c.col_span) for c in first[:3]] == [("large", 0, 2, 2), ("x", 2, 1, 1), ("x", 3, 1, 1)]
    assert (third[-1].text, third[-1].place.path) == ("loin", "Feuille1.AB3")


def test_what_the_file_repeats_for_nothing_is_not_read() -> None:
    empty = row(cell(repeated=16384), repeated=1_048_000)
    document = read(table(row("a", cell(repeated=16383)), empty))
    assert texts(document) == [["a"]]
    held = read(table(row("a"), empty, row("b")))
    assert (held.grids[0].rows[-1][0].row, held.grids[0].rows[-1][0].place.path) == (1_048_001, "Feuille1.A1048002")
    assert len(held.grids[0].rows) < 1000


def test_a_cell_repeated_a_million_times_is_refused() -> None:
    with pytest.raises(SourceTooLargeError, match="cellules"):
        read(table(row(cell("x", repeated=1000), repeated=1_048_000)))


def test_widths_that_no_sheet_has_cost_nothing() -> None:
    wide = "<table:table-column table:number-columns-repeated='99999999'/>"
    document = read(table(row(cell("a", columns=99_999_999, rows=99_999_999), cell("b", repeated=99_999_999)), columns=wide))
    assert document.grids[0].rows[0][0].col_span == 2**14


@pytest.mark.parametrize(
    ("built", "styles"),
    [
        (table(row("a"), row("b", hidden=True)), ""),
        (table(row("a", "b"), columns='<table:table-column/><table:table-column table:visibility="collapse"/>'), ""),
        (
            table(row("b"), style="T"),
            '<style:style style:name="T" style:family="table"><style:table-properties table:display="false"/></style:style>',
        ),
        (table(row(cell("a", columns=2), COVERED.replace("/>", f">{paragraph('b')}</table:covered-table-cell>"))), ""),
    ],
    ids=["row", "column", "sheet", "covered"],
)
def test_hidden_content_is_reported(built: str, styles: str) -> None:
    document = read(built, styles=styles)
    assert codes(document) == ["hidden-content"]
    assert codes(read(table(row("a", "b")))) == []


def test_empty_hidden_rows_and_columns_are_no_news() -> None:
    columns = '<table:table-column/><table:table-column table:visibility="collapse" table:number-columns-repeated="1000"/>'
    assert codes(read(table(row("a", ""), row("", hidden=True), row("b"), columns=columns))) == []


def test_a_band_of_colour_and_a_coloured_column_are_no_crosses() -> None:
    document = read(
        table(
            row("Réalisation", "Période", "B1.1", "B1.2"),
            row(cell("En formation", style="gris"), cell(style="gris"), cell(style="gris"), cell(style="gris")),
            row("Site", "mai", "x", cell(style="ambre")),
            row("Réseau", "juin", "", cell(style="ambre")),
            row(cell("Stage", style="gris"), cell("juillet", style="gris"), cell(style="gris"), cell(style="ambre")),
        ),
        styles=FILLS,
    )
    # column D is amber all over its body, the band apart
    assert marks(document) == [("ticked", "B1.1 | Site")]


def test_a_sentence_in_the_body_is_no_cross_and_a_cross_above_it_neither() -> None:
    document = read(table(row("x"), row("Réalisation", "B1.1"), row("Site", "voir le rapport"), row("Réseau", "x")))
    assert marks(document) == [("ticked", "B1.1 | Réseau")]


def test_comments_and_changes() -> None:
    note = f"<office:annotation><dc:creator>Mme Exemple</dc:creator>{paragraph('Revoir')}</office:annotation>"
    before = f"<table:change-track-table-cell>{paragraph('x')}</table:change-track-table-cell>"
    said = f"<office:change-info><dc:creator>Ex</dc:creator></office:change-info><table:previous>{before}</table:previous>"
    change = f"<table:cell-content-change>{said}</table:cell-content-change>"
    accepted = change.replace("<table:cell-content-change>", '<table:cell-content-change table:acceptance-state="accepted">')
    document = read(f"<table:tracked-changes>{change}{accepted}</table:tracked-changes>", table(row(cell(note, "Site"))))
    assert texts(document) == [["Site"]]
    assert [(a.kind.value, a.text, a.author, a.place.path) for a in document.annotations] == [
        ("deletion", "x", "Ex", "change[1]"),
        ("word-comment", "Revoir", "Mme Exemple", "Feuille1.A1"),
    ]
    assert codes(document) == ["tracked-change"]


def test_shapes_of_the_sheet_are_text() -> None:
    shape = f"<table:shapes><draw:custom-shape>{paragraph('☒ Vu')}</draw:custom-shape></table:shapes>"
    document = read(table(shape, row("a")))
    assert ([block.text for block in document.text], marks(document)) == (["☒ Vu"], [("ticked", "Vu")])


@settings(max_examples=60, derandomize=True)
@given(st.lists(st.sampled_from(["", "x", "☒", "✔", "voir"]), min_size=1, max_size=8), st.integers(0, 5), st.booleans())
def test_groups_and_empty_cells_around_change_nothing(body: list[str], blank: int, grouped: bool) -> None:
    rows = [row("Réalisation", "Période", "B1.1")] + [row(f"N° {n}", "mai", text) for n, text in enumerate(body)]
    wide = [part.replace("</table:table-row>", cell(repeated=1000) + "</table:table-row>") for part in rows]
    if grouped:
        head, *rest = wide
        group = f"<table:table-row-group>{''.join(rest)}</table:table-row-group>"
        wide = [f"<table:table-header-rows>{head}</table:table-header-rows>", group]
    plain, moved = read(table(*rows)), read(table(row("", repeated=blank) if blank > 1 else "", *wide, row("", repeated=1_000_000)))
    assert marks(moved) == marks(plain) == [("ticked", f"B1.1 | N° {n}") for n, text in enumerate(body) if text and text != "voir"]
