"""Forms and référentiels as text."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

import pytest
from formfill import catalogue
from formfill.cli import definitions_text
from formfill.definitions.problems import Problem
from formfill.errors import UnknownFormError, UnreadableSourceError
from formfill.model.report import Severity

if TYPE_CHECKING:
    from pathlib import Path


def test_lists_have_one_line_each() -> None:
    assert [line.split()[0] for line in definitions_text.forms_list().splitlines()] == list(catalogue.form_ids())
    assert [line.split()[0] for line in definitions_text.referentiel_list().splitlines()] == list(catalogue.referentiel_ids())


def test_a_form_shows_every_box() -> None:
    text = definitions_text.form_show("bts-sio-grille-bloc1")
    grid = catalogue.form("bts-sio-grille-bloc1").grid
    assert grid is not None
    assert all(f"☐ {row.option} — {row.label}" in text for row in grid.rows)
    with pytest.raises(UnknownFormError):
        definitions_text.form_show("no-such-form")


@pytest.mark.parametrize("name", catalogue.referentiel_ids())
def test_every_unverified_label_is_marked(name: str) -> None:
    lines = definitions_text.referentiel_show(name).splitlines()
    for _code, label in catalogue.referentiel(name).labels():
        shown = [line for line in lines if line.endswith((label.text, f"{label.text} [non vérifié]"))]
        assert any(line.endswith("[non vérifié]") is not label.verified for line in shown)


def test_problems_are_lines_that_editors_understand() -> None:
    problems = [Problem(3, "a", "Faux."), Problem(7, "b", "Douteux.", Severity.WARNING)]
    assert definitions_text.problems_text(problems, "x.toml").splitlines() == [
        "x.toml:3: Faux.",
        "x.toml:7: avertissement : Douteux.",
    ]


def test_a_file_by_path(tmp_path: Path) -> None:
    path = tmp_path / "bts-sio-2020.toml"
    text = (catalogue.PACKAGE / "referentiels" / "bts-sio-2020.toml").read_text("utf-8")
    path.write_text(text.replace("coefficient = 4", 'coefficient = "4"', 1), "utf-8")
    line = next(number for number, row in enumerate(path.read_text("utf-8").splitlines(), start=1) if 'coefficient = "4"' in row)
    assert [problem.line for problem in definitions_text.check_referentiel_file(str(path))] == [line]


def test_a_file_that_is_not_utf8(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes('a = 1\nb = "é"\n'.encode("cp1252"))
    assert [p.line for p in definitions_text.check_referentiel_file(str(path))] == [2]
    assert [p.line for p in definitions_text.check_form_file(str(path))] == [2]


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    data = (catalogue.PACKAGE / "forms" / "bts-sio-grille-bloc1.toml").read_bytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert definitions_text.check_form_file("-") == ()


def test_no_such_file() -> None:
    with pytest.raises(UnreadableSourceError):
        definitions_text.check_form_file("no-such-file.toml")
    with pytest.raises(UnreadableSourceError):
        definitions_text.check_referentiel_file("/")
