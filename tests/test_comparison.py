"""Two records told apart: what differs is said once, what does not is not said."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import formfill
import pytest
from formfill import catalogue
from formfill.cli import run_command_line
from formfill.comparison import Difference, differences, pairs
from formfill.language import set_language
from formfill.model.completed import Comment
from formfill.model.document import MarkState
from hypothesis import given
from tests.form_records import made
from tests.samples import ROOT
from tests.strategies import records

if TYPE_CHECKING:
    from pathlib import Path

    from formfill.model.record import Record

GRIDS = ROOT / "bts-sio-grille-bloc1"
GRID = catalogue.form("bts-sio-grille-bloc1")


@pytest.fixture(autouse=True)
def _french() -> None:
    set_language("fr")


def tableau(*rows: tuple[str, str, tuple[str, ...]], name: str = "Zélie INVENTÉE") -> Record:
    form = catalogue.form("bts-sio-tableau-synthese")
    options = list(form.boxes["realisations.competences"])
    states = [
        ("formation", title, period, tuple(MarkState.TICKED if option in ticked else MarkState.BLANK for option in options))
        for title, period, ticked in rows
    ]
    return made(form, "VI", lambda field: name if field == "nom_prenom" else None, lambda _f, _o: MarkState.BLANK, states)


@given(records(GRID, stray=True))
def test_a_record_does_not_differ_from_itself(record: Record) -> None:
    assert differences(record, record) == ()
    assert differences(record, formfill.from_json(formfill.to_json(record))) == ()


@given(records(GRID, stray=True), records(GRID, stray=True))
def test_both_ways_say_the_same(a: Record, b: Record) -> None:
    there = {item for item in differences(a, b) if item.kind != "row"}
    back = {item._replace(a=item.b, b=item.a) for item in differences(b, a) if item.kind != "row"}
    assert there == back


def test_what_a_grid_says() -> None:
    a, b = (formfill.read(GRIDS / name / "source.docx") for name in ("all-blank", "all-ticked"))
    found = differences(a, b)
    assert [(item.kind, item.option, item.a, item.b) for item in found] == [
        *(("box", box.option, "blank", "ticked") for box in a.boxes),
        ("comment", None, None, "Nom : Candide EXEMPLE"),
    ]
    pdf = formfill.read(GRIDS / "all-blank" / "source.pdf")
    assert differences(a, pdf) == ()


def test_a_row_moved_is_the_same_row_a_box_of_it_is_told() -> None:
    a = tableau(("Parc", "2025", ("B1.1",)), ("Veille", "2026", ("B1.6",)))
    b = tableau(("Nouveau", "2025", ()), ("Parc", "2025", ("B1.1", "B1.2")), ("Veille", "2026", ("B1.6",)), name="Zoé INVENTÉE")
    assert differences(a, b) == (
        Difference("answer", "nom_prenom", None, None, "Zélie INVENTÉE", "Zoé INVENTÉE"),
        Difference("row", "realisations", None, "Nouveau", None, "Nouveau – 2025"),
        Difference("box", "realisations", "B1.2", "Parc", "blank", "ticked"),
    )


def test_remarks_are_counted() -> None:
    a = tableau()
    twice = a._replace(comments=(Comment("text", None, "vu", None),) * 2)
    once = a._replace(comments=(Comment("text", None, "vu", None),))
    assert differences(twice, once) == (Difference("comment", None, None, None, "vu", None),)
    assert differences(a, once) == (Difference("comment", None, None, None, None, "vu"),)


def test_forms_are_paired_by_kind() -> None:
    grid, table = formfill.read(GRIDS / "all-blank" / "source.docx"), tableau()
    found = pairs([grid, table], [table, table])
    assert [(pair.a, pair.b) for pair in found] == [(grid, None), (table, table), (None, table)]
    assert differences(grid, table)[0] == Difference(
        "form", None, None, None, "bts-sio-grille-bloc1 activites", "bts-sio-tableau-synthese VI"
    )


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    blank, ticked = (str(GRIDS / name / "source.docx") for name in ("all-blank", "all-ticked"))
    record = tmp_path / "record.json"
    record.write_text(formfill.to_json(formfill.read(blank)), "utf-8-sig")
    assert run_command_line(["diff", blank, str(record)]) == 0
    assert "Les deux disent la même chose." in capsys.readouterr().out
    assert run_command_line(["diff", str(record), ticked]) == 1
    out = capsys.readouterr().out
    assert "8 différences" in out
    assert "  competences, case B1.1\n    - vide\n    + cochée\n" in out
    assert run_command_line(["diff", "--json", str(record), ticked]) == 1
    found = json.loads(capsys.readouterr().out)
    assert (found["same"], len(found["forms"][0]["differences"])) == (False, 8)
    assert found["forms"][0]["differences"][1] == {
        "kind": "box",
        "field": "competences",
        "option": "B1.1",
        "row": None,
        "a": "blank",
        "b": "ticked",
    }


def test_what_cannot_be_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    blank = str(GRIDS / "all-blank" / "source.docx")
    wrong = tmp_path / "record.json"
    wrong.write_text('{"schema": "autre"}', "utf-8")
    assert run_command_line(["diff", blank, str(wrong)]) == 3
    assert "ce n’est pas un enregistrement" in capsys.readouterr().err
    letter = tmp_path / "lettre.txt"
    letter.write_text("Bonjour.\n", "utf-8")
    assert run_command_line(["diff", blank, str(letter)]) == 4
    assert "formulaire" in capsys.readouterr().out
    assert run_command_line(["diff", "-", "-"]) == 2
