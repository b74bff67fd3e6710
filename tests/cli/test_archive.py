"""The commands of the archive as a secretary and a program call them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from formfill.cli import run_command_line
from formfill.errors import ExitCode
from formfill.language import set_language
from tests.grids import as_text, official
from tests.samples import ROOT
from tests.test_parts import glued

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _french() -> None:
    set_language("fr")


@pytest.fixture
def received(tmp_path: Path) -> Path:
    """A folder of files handed in: two grids, a form that is none, a damaged file."""
    folder = tmp_path / "recus"
    folder.mkdir()
    rows = official()
    rows["B1.1"].box = ["☒"]
    (folder / "un.txt").write_text(as_text(rows), "utf-8")
    rows["B1.2"].box = ["☒"]
    (folder / "deux.txt").write_text(as_text(rows), "utf-8")
    (folder / "autre.txt").write_text("Bonjour.\n")
    (folder / "abîmé.docx").write_bytes(b"PK\x03\x04")
    return folder


@pytest.fixture
def kept(received: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """An archive of the two grids."""
    path = tmp_path / "a.sqlite"
    files = [received / "un.txt", received / "deux.txt"]
    assert archive("add", *files, "--session", "2026", "--candidate", "Zélie Inventée", at=path) == 0
    capsys.readouterr()
    return path


def archive(*arguments: str | Path, at: Path) -> int:
    return run_command_line(["archive", *map(str, arguments), "--archive", str(at)])


def lines(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return capsys.readouterr().out.splitlines()


def test_files_are_read_on_their_way(received: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    at = tmp_path / "a.sqlite"
    assert archive("add", received, at=at) == ExitCode.RECOGNITION
    out, err = capsys.readouterr()
    assert out == "Archivés : 3, lectures de plus : 0, complétés : 0, déjà là : 0, refusés : 1\n"
    assert err.count("\n") == 4
    assert "abîmé.docx : refusé" in err
    assert archive("add", received, at=at) == ExitCode.RECOGNITION
    assert "déjà là : 3" in capsys.readouterr().out
    assert archive("verify", at=at) == 0
    assert archive("find", "--form", "-", "--json", at=at) == 0
    [found] = [json.loads(line) for line in lines(capsys)[-1:]]
    assert found["name"] == "autre.txt"


def test_results_and_sources_come_together(received: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    at, out = tmp_path / "a.sqlite", tmp_path / "parent" / "resultats"
    run_command_line(["run", str(received), "--out", str(out), "--quiet"])
    capsys.readouterr()
    assert archive("add", out.parent, at=at) == ExitCode.RECOGNITION
    said = lines(capsys)
    assert said[0].startswith("Archivés : 3,")
    assert said[1].startswith("3 enregistrements sans l’original")
    assert archive("add", out, received, "--quiet", at=at) == ExitCode.RECOGNITION
    said = lines(capsys)
    assert said == ["Archivés : 0, lectures de plus : 0, complétés : 3, déjà là : 3, refusés : 1"]
    archive("find", "--json", at=at)
    for found in map(json.loads, lines(capsys)):
        assert archive("show", found["id"], "--json", at=at) == 0
        shown = json.loads(capsys.readouterr().out)
        assert [file["role"] for file in shown["files"]].count("original") == 1
        assert len(shown["versions"]) == 1
    assert archive("verify", at=at) == 0
    one = out / "un.txt"
    assert archive("add", one, one / "record.json", at=tmp_path / "b.sqlite") == 0
    (one / "record.json").write_text("{}")
    assert archive("add", one, at=tmp_path / "b.sqlite") == ExitCode.SOURCE


def test_each_form_of_a_file_is_a_record(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "classe.pdf"
    path.write_bytes(
        glued(*((ROOT / "bts-sio-grille-bloc1" / case / "source.pdf").read_bytes() for case in ("all-ticked", "all-blank")))
    )
    at, out = tmp_path / "a.sqlite", tmp_path / "resultats"
    run_command_line(["run", str(path), "--out", str(out), "--quiet"])
    assert archive("add", path, at=at) == 0
    assert archive("add", out, out / "classe.pdf", at=at) == 0
    out_, err = capsys.readouterr()
    assert out_.splitlines()[-1].endswith("déjà là : 2, refusés : 0")
    assert "[1/1] classe.pdf (partie 2) : archivé" in err
    assert archive("find", "--json", at=at) == 0
    first, second = (json.loads(line)["id"] for line in lines(capsys))
    assert (first, second) == (f"{first[:64]}-1", f"{first[:64]}-2")
    assert archive("show", first[:12], at=at) == ExitCode.ARCHIVE
    assert archive("show", first, at=at) == 0
    assert "☒ B1.1" in capsys.readouterr().out
    assert archive("verify", "--json", at=at) == 0
    assert json.loads(capsys.readouterr().out)["contents"] == 5


def test_find_and_show(kept: Path, received: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert archive("find", "deux", "--candidate", "zelie", "--session", "2026", "--json", at=kept) == 0
    [found] = map(json.loads, lines(capsys))
    assert archive("find", "deux", at=kept) == 0
    assert found["id"][:12] in lines(capsys)[1]
    assert archive("show", found["id"][:9], at=kept) == 0
    shown = capsys.readouterr().out
    assert "☒ B1.2" in shown
    assert "Zélie Inventée" in shown
    assert archive("show", found["id"], "--get", "original", "-o", tmp_path / "x" / "deux.txt", at=kept) == 0
    assert (tmp_path / "x" / "deux.txt").read_bytes() == (received / "deux.txt").read_bytes()
    assert archive("show", found["id"], "--get", "pdf", "-o", tmp_path / "deux.pdf", at=kept) == 0
    assert (tmp_path / "deux.pdf").read_bytes().startswith(b"%PDF")
    capsys.readouterr()
    assert archive("find", "absent", at=kept) == 0
    out, err = capsys.readouterr()
    assert (out, err) == ("", "Aucun enregistrement.\n")
    assert archive("find", "--limit", "1", "--json", at=kept) == 0
    assert len(lines(capsys)) == 1


def test_verify_exits_7_when_something_was_altered(kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert archive("verify", "--json", at=kept) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["sound"], said["records"], said["contents"], said["problems"]) == (True, 2, 6, [])
    path = next(path for path in kept.with_name("a.sqlite.contents").rglob("*") if path.is_file())
    path.chmod(0o600)
    path.write_bytes(path.read_bytes() + b" ")
    for more in ([], ["--repair"], ["--json"]):
        assert archive("verify", *more, at=kept) == ExitCode.ARCHIVE
    path.unlink()
    capsys.readouterr()
    assert archive("verify", at=kept) == ExitCode.ARCHIVE
    assert "PERDU" in capsys.readouterr().out


RULES = """
[[retention]]
rule = "EXAMEN"
from = "session"
years = 1
[seda]
archival_agency = "AD"
transferring_agency = "RECTORAT"
originating_agency = "DEC"
"""


def test_purge_and_hold(kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for wrong in ([], ["--yes", "--dry-run"]):
        assert archive("purge", *wrong, at=kept) == ExitCode.USAGE
    assert archive("purge", "--yes", at=kept) == ExitCode.ARCHIVE
    rules = tmp_path / "regles.toml"
    rules.write_text(RULES.replace('"session"', '"added"').replace("years = 1", "years = 0"), "utf-8")
    assert archive("purge", "--yes", "--config", rules, at=kept) == 0
    assert "0 enregistrement éliminé" in capsys.readouterr().out
    other = tmp_path / "b.sqlite"
    archive("add", tmp_path / "recus" / "un.txt", tmp_path / "recus" / "deux.txt", "--session", "=2020", at=other)
    tmp_path.joinpath("b.sqlite.toml").write_text(RULES, "utf-8")
    archive("find", "deux", "--json", at=other)
    held = json.loads(lines(capsys)[-1])["id"]
    assert archive("hold", held[:8], "--reason", "recours", at=other) == 0
    assert archive("purge", "--dry-run", "--list", tmp_path / "liste.csv", at=other) == 0
    said = capsys.readouterr().out
    assert "1 enregistrement serait éliminé" in said
    assert f"gelé, gardé : {held}" in said
    listed = (tmp_path / "liste.csv").read_bytes()
    assert listed.startswith(b"\xef\xbb\xbfIdentifiant;")
    assert b";'=2020;" in listed
    assert archive("purge", "--yes", "--list", rules / "liste.csv", at=other) == ExitCode.RENDER
    assert archive("purge", "--yes", "--visa", "AD-1", at=other) == 0
    assert "1 enregistrement éliminé" in capsys.readouterr().out
    assert archive("release", held, at=other) == 0
    assert archive("purge", "--yes", at=other) == 0
    assert archive("find", at=other) == 0
    assert lines(capsys)[-1].startswith("Gardés")
    assert archive("verify", at=other) == 0
    assert archive("journal", at=other) == 0
    actions = [json.loads(line)["action"] for line in lines(capsys) if line.startswith("{")]
    assert actions[-3:] == ["purge", "find", "verify"]


def test_exports(kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert archive("export", tmp_path / "x", at=kept) == ExitCode.USAGE
    assert archive("export", tmp_path / "sac", "--bagit", at=kept) == 0
    assert (tmp_path / "sac" / "bagit.txt").is_file()
    assert archive("export", tmp_path / "sac", "--bagit", at=kept) == ExitCode.RENDER
    assert archive("export", tmp_path / "sip", "--seda", at=kept) == ExitCode.ARCHIVE
    (tmp_path / "regles.toml").write_text(RULES, "utf-8")
    assert archive("export", tmp_path / "sip.zip", "--seda", "--config", tmp_path / "regles.toml", at=kept) == 0
    (tmp_path / "cle").write_bytes(b"k" * 32)
    assert archive("export", tmp_path / "p", "--bagit", "--pseudonymise", tmp_path / "cle", "--text", "deux", at=kept) == 0
    assert len(list((tmp_path / "p").rglob("record.json"))) == 1
    assert archive("export", tmp_path / "q", "--bagit", "--pseudonymise", tmp_path / "absent", at=kept) == ExitCode.ARCHIVE
    assert archive("export", tmp_path / "q", "--bagit", "--id", "123456", at=kept) == ExitCode.ARCHIVE
    capsys.readouterr()


@pytest.mark.parametrize("command", [["find"], ["show", "abcdef"], ["verify"], ["purge", "--dry-run"], ["export", "x", "--bagit"]])
def test_no_archive_is_said_on_one_line(command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert archive(*command, at=tmp_path / "absente.sqlite") == ExitCode.ARCHIVE
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert err.startswith("Erreur : ")
    assert list(tmp_path.iterdir()) == []


def test_nothing_to_add_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "vide").mkdir()
    assert archive("add", tmp_path / "vide", at=tmp_path / "a.sqlite") == ExitCode.SOURCE
    assert "Aucun formulaire" in capsys.readouterr().err
    assert not (tmp_path / "a.sqlite").exists()
    assert archive("add", tmp_path / "absent.docx", at=tmp_path / "a.sqlite") == ExitCode.SOURCE
