"""Recognised from what stands in the document; look-alikes and doubts are refused."""

from __future__ import annotations

from dataclasses import replace

import pytest
from formfill import readers
from formfill.errors import AmbiguousFormError
from formfill.recognise import recognise
from formfill.source import Source
from tests.grids import FORM, Row, as_text, official


def seen(text: str, forms: tuple = (FORM,)):  # type: ignore[no-untyped-def, type-arg]
    return recognise(readers.read(Source.of(text.encode(), "x.txt")), forms, name="x.txt")


def test_the_printed_form_scores_one() -> None:
    found = seen(as_text(official()))
    assert (found.form, found.edition, found.score) == (FORM, "activites", 1.0)


def test_a_missing_row_and_a_retyped_title_are_tolerated() -> None:
    rows = official()
    del rows["B1.3"]
    rows["B1.4"].title[0] = "B1.4 - travailler en mode projets"
    assert seen(as_text(rows)).form is FORM


def test_all_rows_without_the_headings_are_enough() -> None:
    assert seen(as_text(official(), heading=("Compétences", "", ""))).form is FORM


def test_a_page_that_lists_the_same_competences_is_not_the_form() -> None:
    assert FORM.grid is not None
    labels = "\n\n".join(row.label for row in FORM.grid.rows)
    found = seen(f"Mon portfolio\n\n{labels}\n")
    assert found.form is None
    headings = "".join(f"\t{row.title}\n" for row in FORM.grid.rows)
    assert seen(f"{headings}\n\tProjet\n\tX\n\n").form is None


def test_the_nearest_form_is_named() -> None:
    found = seen(as_text([Row(["B1.1 : Gérer le patrimoine informatique"])]))
    assert found.form is None
    assert found.nearest is FORM
    assert 0 < found.score < 1


def test_nothing_alike_names_nothing() -> None:
    assert seen("Bonjour.\n").nearest is None


def test_a_tie_is_refused() -> None:
    with pytest.raises(AmbiguousFormError, match="ressemblent autant"):
        seen(as_text(official()), (FORM, replace(FORM, id="jumeau")))
