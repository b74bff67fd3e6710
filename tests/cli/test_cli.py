"""The commands as a secretary and a program call them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from formfill.cli import run_command_line
from formfill.errors import ExitCode
from formfill.language import set_language
from tests.grids import as_text, official

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _french() -> None:
    set_language("fr")


@pytest.fixture
def grid(tmp_path: Path) -> Path:
    rows = official()
    rows["B1.1"].box = ["☒"]
    path = tmp_path / "grille.txt"
    path.write_text(as_text(rows), "utf-8")
    return path


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    path = tmp_path / "tronqué.docx"
    path.write_bytes(b"PK\x03\x04 et puis rien")
    return path


def formfill(*arguments: str | Path) -> int:
    return run_command_line([str(argument) for argument in arguments])


def test_read_prints_one_json_line_per_file_in_order(grid: Path, broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert formfill("read", "--json", grid, broken, grid) == ExitCode.SOURCE
    out, err = capsys.readouterr()
    records = [json.loads(line) for line in out.splitlines()]
    assert [record["schema"] for record in records] == ["formfill.record/1"] * 2
    assert [box["state"] for box in records[0]["boxes"]].count("ticked") == 1
    assert err.count("\n") == 1
    assert "tronqué.docx" in err


def test_exit_codes_of_one_file(grid: Path, broken: Path, tmp_path: Path) -> None:
    other = tmp_path / "autre.txt"
    other.write_text("Bonjour.\n")
    rows = official()
    del rows["B1.3"]
    incomplete = tmp_path / "incomplète.txt"
    incomplete.write_text(as_text(rows), "utf-8")
    assert formfill("read", grid) == ExitCode.DONE
    assert formfill("read", incomplete) == ExitCode.FINDINGS
    assert formfill("read", "--nope") == ExitCode.USAGE
    assert formfill("read", broken) == ExitCode.SOURCE
    assert formfill("read", tmp_path) == ExitCode.SOURCE
    assert formfill("read", tmp_path / "absent.pdf") == ExitCode.SOURCE
    assert formfill("read", other) == ExitCode.RECOGNITION
    assert formfill("read", grid, incomplete) == ExitCode.FINDINGS
    assert formfill("read", incomplete, other, broken) == ExitCode.RECOGNITION


def test_an_unknown_form_is_a_record_without_answers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "autre.txt"
    other.write_text("Bonjour.\n")
    formfill("read", "--json", other)
    record = json.loads(capsys.readouterr().out)
    assert record["form"] is None
    assert record["answers"] == {}
    assert record["boxes"] == []
    assert [finding["code"] for finding in record["findings"]] == ["unknown-form"]


def test_read_schema_is_the_schema_of_what_read_prints(grid: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from formfill.model import codec

    assert formfill("read", "--schema") == ExitCode.DONE
    schema = json.loads(capsys.readouterr().out)
    assert schema == codec.json_schema()
    formfill("read", "--json", grid)
    record = json.loads(capsys.readouterr().out)
    # a record names its pictures when it has some
    assert set(schema["properties"]) == {*record, "pictures"}
    assert set(schema["$defs"]["BoxWire"]["properties"]) == set(record["boxes"][0])


def test_inspect_draws_a_file_without_pages(grid: Path, tmp_path: Path) -> None:
    assert formfill("inspect", grid, "--draw", tmp_path / "grid.png") == ExitCode.DONE
    assert (tmp_path / "grid.png").read_bytes()[1:4] == b"PNG"


def test_inspect_prints_what_stands_there(grid: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert formfill("inspect", "--json", grid) == ExitCode.DONE
    document = json.loads(capsys.readouterr().out)
    assert len(document["marks"]) == 7
    assert document["grids"][0]["rows"][2][0]["text"].startswith("B1.1 : Gérer le patrimoine informatique\n")
    assert document["marks"][1]["label"] == "B1.1 : Gérer le patrimoine informatique"
    assert formfill("inspect", grid) == ExitCode.DONE
    assert "☒ m2 cochée : B1.1" in capsys.readouterr().out


def test_render_writes_what_read_reads_back(grid: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    formfill("read", "--json", grid)
    record = tmp_path / "record.json"
    record.write_text(capsys.readouterr().out, "utf-8")
    for to in ("docx", "pdf", "txt", "html", "json"):
        target = tmp_path / "sous-dossier" / f"form.{to}"
        assert formfill("render", record, "--to", to, "-o", target) == ExitCode.DONE
        assert target.stat().st_size > 1000
    assert formfill("read", tmp_path / "sous-dossier" / "form.pdf") == ExitCode.DONE
    assert formfill("render", tmp_path / "absent.json", "--to", "pdf", "-o", tmp_path / "x.pdf") == ExitCode.SOURCE
    assert formfill("render", grid, "--to", "pdf", "-o", tmp_path / "x.pdf") == ExitCode.SOURCE
    assert formfill("render", record, "--to", "pdf", "-o", record / "x.pdf") == ExitCode.RENDER
    assert not (tmp_path / "x.pdf").exists()


def test_check_in_every_format(grid: Path, broken: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = official()
    del rows["B1.3"]
    incomplete = tmp_path / "incomplète.txt"
    incomplete.write_text(as_text(rows), "utf-8")
    paths = (grid, incomplete, broken)
    assert formfill("check", *paths) == ExitCode.SOURCE
    text = capsys.readouterr().out
    assert "grille.txt : rien à signaler" in text
    assert "[missing-row]" in text
    rows["B1.2"].title[0] = "B1.2 : Gérer les incidents et les demandes d’assistance et d’évolution"
    incomplete.write_text(as_text(rows), "utf-8")
    formfill("check", incomplete)
    assert "(ligne 25)" in capsys.readouterr().out, "a place is said in the language of the messages"
    assert formfill("check", "--format", "json", *paths) == ExitCode.SOURCE
    data = json.loads(capsys.readouterr().out)
    assert set(data) == {"files", "dossiers", "cohort"}
    assert [file["form"] for file in data["files"]] == ["bts-sio-grille-bloc1", "bts-sio-grille-bloc1", None]
    formfill("check", "--format", "github", *paths)
    assert f"::error file={incomplete},title=missing-row::" in capsys.readouterr().out
    assert formfill("check", "--format", "xlsx", *paths) == ExitCode.USAGE
    assert formfill("check", "--format", "xlsx", *paths, "-o", tmp_path / "c.xlsx") == ExitCode.SOURCE
    assert (tmp_path / "c.xlsx").read_bytes()[:2] == b"PK"
    assert formfill("check", "--format", "html", grid, "-o", tmp_path / "c.html") == ExitCode.DONE


def test_run_writes_the_whole_result(grid: Path, broken: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    assert formfill("run", grid, broken, "--out", out) == ExitCode.SOURCE
    stdout, stderr = capsys.readouterr()
    assert stdout.splitlines()[-1] == str(out / "index.html")
    assert "[2/2] tronqué.docx : refusé" in stderr
    assert "Traceback" not in stderr
    written = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    assert {"index.html", "report.xlsx", "records.jsonl"} <= written
    assert {f"grille.txt/{name}" for name in ("record.json", "form.docx", "form.pdf")} <= written
    [line] = (out / "records.jsonl").read_text("utf-8").splitlines()
    assert json.loads(line) == json.loads((out / "grille.txt" / "record.json").read_text("utf-8"))


def test_run_without_any_form_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "vide").mkdir()
    assert formfill("run", tmp_path / "vide", "--out", tmp_path / "out") == ExitCode.SOURCE
    assert "Aucun formulaire" in capsys.readouterr().err


def test_standard_input_and_the_whole_program(grid: Path) -> None:
    """The real process, its real exit code, its real streams."""
    environment = {**os.environ, "FORMFILL_LANG": "fr"}
    done = subprocess.run(
        [sys.executable, "-m", "formfill", "read", "--json", "-"], input=grid.read_bytes(), capture_output=True, env=environment
    )
    assert done.returncode == ExitCode.DONE
    assert json.loads(done.stdout)["source"]["name"] == "-"
    assert done.stderr == b""
    done = subprocess.run([sys.executable, "-m", "formfill", "read", "-"], input=b"", capture_output=True, env=environment)
    assert done.returncode == ExitCode.SOURCE
    assert done.stdout == b""
    assert b"vide" in done.stderr


def test_forms_and_referentiel(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert formfill("forms", "list") == ExitCode.DONE
    assert "bts-sio-grille-bloc1" in capsys.readouterr().out
    assert formfill("forms", "show", "bts-sio-grille-bloc1") == ExitCode.DONE
    assert formfill("forms", "check", "bts-sio-grille-bloc1") == ExitCode.DONE
    for command in ("forms", "referentiel"):
        capsys.readouterr()
        assert formfill(command, "show", "inconnu") == ExitCode.USAGE
        err = capsys.readouterr().err
        assert "« inconnu »" in err
        assert "bts-sio-" in err
    assert formfill("referentiel", "list") == ExitCode.DONE
    assert formfill("referentiel", "show", "bts-sio-2020") == ExitCode.DONE
    assert formfill("referentiel", "check", "bts-sio-2020") == ExitCode.DONE
    wrong = tmp_path / "faux.toml"
    wrong.write_text("schema_version = 1\nreferentiel = \n", "utf-8")
    capsys.readouterr()
    assert formfill("referentiel", "check", wrong) == ExitCode.DEFINITION
    assert "faux.toml:2:" in capsys.readouterr().out


def test_every_command_has_help(capsys: pytest.CaptureFixture[str]) -> None:
    from formfill.cli import COMMANDS

    assert formfill("--help") == ExitCode.DONE
    overview = capsys.readouterr().out
    for command in COMMANDS:
        assert f"  {command}" in overview
        assert formfill(command, "--help") == ExitCode.DONE
        assert "Affiche cette aide" in capsys.readouterr().out


def test_no_sentence_of_the_help_is_cut(capsys: pytest.CaptureFixture[str]) -> None:
    for command in ((), ("forms",), ("referentiel",)):
        assert formfill(*command, "--help") == ExitCode.DONE
        listed = capsys.readouterr().out.partition("Commandes")[2]
        assert listed
        assert "..." not in listed.replace("[ARGUMENTS]...", "")
    assert [line.split()[0] for line in listed.splitlines() if line.startswith("  ") and line[2] != " "] == [
        "list",
        "show",
        "check",
    ]


def test_completion_scripts(capsys: pytest.CaptureFixture[str]) -> None:
    for shell in ("bash", "zsh", "fish"):
        assert formfill("completion", shell) == ExitCode.DONE
        assert "_FORMFILL_COMPLETE" in capsys.readouterr().out


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    from formfill import __version__

    assert formfill("--version") == ExitCode.DONE
    assert capsys.readouterr().out == f"formfill {__version__}\n"


def test_a_file_that_cannot_be_read_never_stops_the_others(grid: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_a, **_k: False)
    out = tmp_path / "out"
    assert formfill("run", tmp_path / "absent.txt", grid, "--out", out) == ExitCode.SOURCE
    assert (out / "grille.txt" / "form.pdf").is_file()


def test_check_tells_apart_the_files_of_two_folders(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder / "c").mkdir(parents=True)
        (tmp_path / folder / "c" / "grille.txt").write_text(as_text(official()), "utf-8")
    paths = (tmp_path / "a", tmp_path / "b")
    expected = [str(path / "c" / "grille.txt") for path in paths]
    formfill("check", "--format", "json", *paths)
    assert [file["source"] for file in json.loads(capsys.readouterr().out)["files"]] == expected
    formfill("check", *paths)
    assert [line.split(" :")[0] for line in capsys.readouterr().out.splitlines() if not line.startswith("  ")] == expected


def test_check_without_any_form_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert formfill("check", tmp_path) == ExitCode.SOURCE
    assert capsys.readouterr().err == f"Aucun formulaire à lire dans : {tmp_path}\n"


def test_a_missing_file_is_not_called_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for command in (("forms", "check"), ("referentiel", "check"), ("render", "--to", "pdf", "-o", "x.pdf")):
        assert formfill(*command, tmp_path / "absent") == ExitCode.SOURCE
        assert "ce fichier ou ce dossier n’existe pas" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names are Unicode there")
def test_any_file_name_is_said_on_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in (b"bad\xff.txt", b"deux\nlignes.txt", b"vide\x1b[2J.txt"):
        with open(os.path.join(os.fsencode(tmp_path), name), "wb") as stream:  # noqa: PTH118, PTH123
            stream.write(b"" if name.startswith(b"vide") else as_text(official()).encode())
    for arguments in (("check", tmp_path), ("run", tmp_path, "--out", tmp_path / "out")):
        assert formfill(*arguments) == ExitCode.SOURCE
        out, err = capsys.readouterr()
        for said in ("bad\\xff.txt", "deux\\nlignes.txt", "vide\\x1b[2J.txt"):
            assert said in (out if arguments[0] == "check" else err)
        assert "\x1b" not in out + err
    assert len(err.splitlines()) == 3
    assert formfill("read", *sorted(tmp_path.glob("vide*"))) == ExitCode.SOURCE
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no full device there")  # noqa: PTH110
def test_a_full_standard_output_is_said(grid: Path) -> None:
    environment = {**os.environ, "FORMFILL_LANG": "fr"}
    for arguments in (("read", grid), ("check", grid), ("--version",), ("render", "--help")):
        with open("/dev/full", "wb") as full:  # noqa: PTH123
            done = subprocess.run(
                [sys.executable, "-m", "formfill", *arguments], stdout=full, stderr=subprocess.PIPE, env=environment, check=False
            )
        assert done.returncode == ExitCode.RENDER
        [line] = done.stderr.decode().splitlines()
        assert line.startswith("Erreur : sortie standard : impossible d’écrire ici (le disque est plein).")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes there")
def test_an_output_that_is_a_pipe_a_device_or_a_link(grid: Path, tmp_path: Path) -> None:
    target, link, pipe = tmp_path / "vrai.html", tmp_path / "lien.html", tmp_path / "tube"
    link.symlink_to(target)
    assert formfill("check", grid, "--format", "html", "-o", link) == ExitCode.DONE
    assert link.is_symlink()
    assert target.stat().st_size > 1000
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    assert formfill("check", grid, "-o", pipe) == ExitCode.DONE
    assert b"rien" in os.read(reader, 65536)
    os.close(reader)
    assert pipe.is_fifo()
    assert formfill("check", grid, "-o", "/dev/null") == ExitCode.DONE
    assert formfill("check", grid, "-o", tmp_path) == ExitCode.RENDER
