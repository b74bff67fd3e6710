"""``check`` on a class, with its list, and ``letters``: what they print, write and return."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from formfill.cli import run_command_line
from formfill.errors import ExitCode
from lxml import html
from openpyxl import load_workbook
from tools.make_class import OUT

if TYPE_CHECKING:
    from pathlib import Path

ONE = OUT / "01-exemple"
TWELVE = OUT / "12-reveuse"


def run(*arguments: object) -> int:
    return run_command_line([str(argument) for argument in arguments])


def test_a_folder_is_a_dossier_and_a_file_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", ONE, "--format", "json") == ExitCode.DONE
    said = json.loads(capsys.readouterr().out)
    assert [(d["epreuve"], d["candidate"]["name"], d["missing"]) for d in said["dossiers"]] == [
        ("E5", "EXEMPLE Candide", []),
        ("E6", "EXEMPLE Candide", []),
    ]
    assert [item["piece"] for item in said["dossiers"][0]["present"]] == ["tableau", "attestation", "attestation"]
    assert said["cohort"]["candidates"] == 1
    assert run("check", ONE / "fiche-1.docx", "--format", "json") == ExitCode.DONE
    assert json.loads(capsys.readouterr().out)["dossiers"] == []


def test_an_error_of_a_dossier_alone_is_an_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", ONE / "fiche-1.docx", ONE / "tableau.xlsx") == ExitCode.FINDINGS
    assert "Pièce manquante : Fiche descriptive de la réalisation n° 2." in capsys.readouterr().out


def test_a_dossier_with_every_piece_still_says_how_many_errors_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    run("check", OUT / "04-imaginaire", OUT / "08-legende", ONE)
    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith("Dossier")]
    assert [line.rpartition(" : ")[2] for line in lines] == [
        "pièces au complet.",
        "pièces au complet, 4 erreurs.",
        "pièces au complet, 1 erreur.",
        "1 pièce manquante.",
        "pièces au complet.",
        "pièces au complet.",
    ]


def test_annotations_name_the_candidate(capsys: pytest.CaptureFixture[str]) -> None:
    run("check", TWELVE, "--format", "github")
    lines = capsys.readouterr().out.splitlines()
    [line] = [line for line in lines if "title=missing-document" in line]
    assert line.startswith("::error file=")
    assert "RÊVEUSE Karine" in line


def test_the_list_lies_in_the_folder_and_its_columns_are_saved(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mapping = tmp_path / "colonnes.toml"
    arguments = ("check", TWELVE, "--candidates", OUT / "candidats.csv", "--mapping", mapping, "--format", "json")
    for _turn in ("written", "read"):
        run(*arguments)
        said = json.loads(capsys.readouterr().out)
        codes = [finding["code"] for finding in said["cohort"]["findings"]]
        assert codes == ["dossier-without-candidate", *["candidate-without-dossier"] * 12]
    assert 'number = "N° candidat"' in mapping.read_text("utf-8")
    assert run("check", TWELVE, "--mapping", mapping) == ExitCode.USAGE
    assert run("check", TWELVE, "--candidates", tmp_path / "no.csv") == ExitCode.SOURCE


def test_reports_of_a_class(tmp_path: Path) -> None:
    for to in ("xlsx", "html"):
        run("check", TWELVE, "--format", to, "-o", tmp_path / f"c.{to}")
        assert (tmp_path / f"c.{to}").stat().st_size > 5000


def test_letters(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("letters", TWELVE / "tableau.xlsx", TWELVE, ONE)
    assert run(*arguments, "--deadline", "15 décembre 2026", "--out", tmp_path) >= ExitCode.FINDINGS
    written = capsys.readouterr().out.splitlines()
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"reveuse-karine-02401234512.{to}" for to in ("docx", "pdf", "txt")]
    assert sorted(written) == sorted(str(path) for path in tmp_path.iterdir())
    assert "15 décembre 2026" in (tmp_path / "reveuse-karine-02401234512.txt").read_text("utf-8")


def test_a_class_without_fault_has_no_letter(tmp_path: Path) -> None:
    assert run("letters", ONE, "--deadline", "2026-12-15", "--out", tmp_path / "lettres") == ExitCode.DONE
    assert not (tmp_path / "lettres").exists()


def test_the_template_is_saved_edited_and_used(tmp_path: Path) -> None:
    template = tmp_path / "modele.docx"
    assert run("letters", "--save-template", template) == ExitCode.DONE
    assert template.read_bytes().startswith(b"PK")
    code = run("letters", TWELVE, "--deadline", "2026-12-15", "--out", tmp_path / "lettres", "--template", template)
    assert code == ExitCode.RECOGNITION
    assert len(list((tmp_path / "lettres").iterdir())) == 3


@pytest.mark.parametrize("deadline", ["demain", "31/02/2026", ""])
def test_a_deadline_is_a_date(tmp_path: Path, deadline: str) -> None:
    assert run("letters", ONE, "--deadline", deadline, "--out", tmp_path / "x") == ExitCode.USAGE
    assert not (tmp_path / "x").exists()


def test_the_main_job_shows_the_candidates_of_a_folder(tmp_path: Path) -> None:
    run("run", TWELVE, ONE, "--out", tmp_path, "--quiet")
    page: Any = html.fromstring((tmp_path / "index.html").read_text("utf-8"))
    rows = {row.xpath("string(th/a)"): row.get("data-status") for row in page.xpath("//*[@id='people']//tr[@data-status]")}
    assert rows == {"RÊVEUSE Karine": "missing", "EXEMPLE Candide": "good"}
    # the pieces lead to their file in the same page
    ids = set(page.xpath("//@id"))
    links = page.xpath("//article[starts-with(@id, 'c')]//ul[@class='pieces']//a/@href")
    assert len(links) == 10
    assert {link[1:] for link in links} <= ids
    sheets = load_workbook(tmp_path / "report.xlsx").sheetnames
    assert sheets[:4] == ["Fichiers", "Cases", "Commentaires", "Constats"]
    assert sheets[4:] == ["Dossiers", "À faire", "Compétences"]


def test_one_form_alone_is_no_class(tmp_path: Path) -> None:
    run("run", ONE / "fiche-1.docx", "--out", tmp_path, "--quiet")
    page: Any = html.fromstring((tmp_path / "index.html").read_text("utf-8"))
    assert not page.xpath("//*[@id='people']")
    assert "Dossiers" not in load_workbook(tmp_path / "report.xlsx").sheetnames
