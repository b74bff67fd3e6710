"""Boxes in cells of their own: the words after each, or the title of the row."""

from __future__ import annotations

import pytest
from formfill.model.geometry import NOWHERE
from formfill.readers._body import mark_body
from formfill.readers._cells import DraftCell, Shelf


@pytest.mark.parametrize(
    ("rows", "labels"),
    [
        (["☒|Seul(e)|☐|En équipe", "☐|Ponctuelle|☒|CCF"], ["Seul(e)", "En équipe", "Ponctuelle", "CCF"]),
        (["Modalité|☒|Seul(e)|☐|En équipe"], ["Seul(e)", "En équipe"]),
        (["Compétence 1|☐|Compétence 2|☒"], ["Compétence 1", "Compétence 2"]),
        (["Critère|TI|S", "Écoute|☐|☒"], ["TI | Écoute", "S | Écoute"]),
        (["Titre|☒|Indicateur"], ["Titre"]),
    ],
)
def test_labels_of_boxes_in_cells(rows: list[str], labels: list[str]) -> None:
    drafts = [[DraftCell.of_lines([text], col, 1, NOWHERE) for col, text in enumerate(row.split("|"))] for row in rows]
    mark_body(drafts)
    shelf = Shelf()
    for number, row in enumerate(drafts):
        shelf.row(row, number)
    assert [mark.label for mark in shelf.marks] == labels
