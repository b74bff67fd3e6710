"""``formfill batch`` as people and programs call it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from formfill.archive import Archive
from formfill.archive.find import Criteria, find
from formfill.cli import run_command_line
from formfill.errors import ExitCode
from tests.bulk import poison
from tests.bulk.trees import lines, read, refused, tree

ROOT = Path(__file__).parents[2]


@pytest.fixture
def src(tmp_path: Path) -> Path:
    folder = tmp_path / "src"
    poison.forms(folder, 3)
    (folder / "classe").mkdir()
    (folder / "classe" / "copie.txt").write_bytes((folder / "grille-001.txt").read_bytes())
    (folder / "tronqué.docx").write_bytes(b"PK\x03\x04 et puis rien")
    (folder / "autre.txt").write_text("Bonjour, ceci n’est pas un formulaire.\n", "utf-8")
    (folder / "notes.md").write_text("# à faire\n", "utf-8")
    return folder


def events(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_it_gives_what_run_gives(src: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run_command_line(["batch", str(src), "--out", str(tmp_path / "batch")]) == ExitCode.RECOGNITION
    out, err = capfd.readouterr()
    assert out == f"{tmp_path / 'batch' / 'index.html'}\n"
    assert "notes.md" in err
    assert "Refusé – tronqué.docx" in err
    assert run_command_line(["run", str(src), "--out", str(tmp_path / "run"), "--quiet"]) == ExitCode.RECOGNITION
    ours, theirs = tree(tmp_path / "batch"), tree(tmp_path / "run")
    same = {name for name in theirs if name.endswith((".json", ".docx", ".pdf"))}
    assert len(same) == 5 * 3 - 2
    assert {name: ours[name] for name in same} == {name: theirs[name] for name in same}
    assert sorted(read(tmp_path / "batch")) == sorted(read(tmp_path / "run"))
    [line] = lines(tmp_path / "batch" / "refused.jsonl")
    assert set(line) == {"name", "sha256", "code", "message"}


def test_same_bytes_under_two_names_are_read_once_and_given_twice(src: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run_command_line(["batch", str(src), "--out", str(out), "--quiet"])
    one, other = (json.loads((out / name / "record.json").read_text("utf-8")) for name in ("grille-001.txt", "classe/copie.txt"))
    assert (one["source"].pop("name"), other["source"].pop("name")) == ("grille-001.txt", "copie.txt")
    assert one == other


def test_json_events(src: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run_command_line(["batch", str(src), "--out", str(tmp_path / "out"), "--json"]) == ExitCode.RECOGNITION
    out, err = capfd.readouterr()
    told = events(out)
    assert err == ""
    assert {event["event"] for event in told} == {"ignored", "start", "file", "end"}
    assert sorted(event["name"] for event in told if event["event"] == "file") == [
        "autre.txt",
        "classe/copie.txt",
        "grille-000.txt",
        "grille-001.txt",
        "grille-002.txt",
        "tronqué.docx",
    ]
    assert told[-1]["report"] == str(tmp_path / "out" / "index.html")


def test_resume_does_only_what_is_new(src: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    command = ["batch", str(src), "--out", str(tmp_path / "out"), "--json", "--resume"]
    run_command_line(command)
    capfd.readouterr()
    poison.forms(src / "plus", 1, of="autre")
    run_command_line(command)
    names = [event["name"] for event in events(capfd.readouterr().out) if event["event"] == "file"]
    assert names == ["plus/autre-000.txt"]
    assert len(read(tmp_path / "out")) == 6
    before = tree(tmp_path / "out")
    # without sources: those of the last time
    run_command_line(["batch", "--out", str(tmp_path / "out"), "--resume", "--quiet"])
    assert tree(tmp_path / "out") == before


def test_a_source_that_is_gone_leaves_the_report(src: Path, tmp_path: Path) -> None:
    command = ["batch", str(src), "--out", str(tmp_path / "out"), "--quiet", "--resume"]
    run_command_line(command)
    (src / "tronqué.docx").unlink()
    (src / "grille-000.txt").unlink()
    run_command_line(command)
    assert refused(tmp_path / "out") == {}
    assert "grille-000.txt" not in read(tmp_path / "out")


def test_every_record_is_archived(src: Path, tmp_path: Path) -> None:
    archive = tmp_path / "archive.sqlite"
    run_command_line(["batch", str(src), "--out", str(tmp_path / "out"), "--quiet"])
    run_command_line(["batch", str(src), "--out", str(tmp_path / "out"), "--resume", "--quiet", "--archive", str(archive)])
    with Archive(str(archive)) as opened:
        found = find(opened, Criteria(text=None))
    # what was done before there was an archive is in it too
    assert {one.id for one in found} == {line["source"]["sha256"] for line in lines(tmp_path / "out" / "records.jsonl")}


def test_an_archive_that_cannot_be_had(src: Path, tmp_path: Path) -> None:
    (tmp_path / "archive.sqlite").write_bytes(b"no archive at all" * 100)
    command = ["batch", str(src), "--out", str(tmp_path / "out"), "--archive", str(tmp_path / "archive.sqlite"), "--quiet"]
    assert run_command_line(command) == ExitCode.ARCHIVE


def test_nothing_to_do(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty").mkdir()
    assert run_command_line(["batch", str(tmp_path / "empty"), "--out", str(tmp_path / "out")]) == ExitCode.SOURCE
    assert run_command_line(["batch", "--out", str(tmp_path / "out")]) == 2
    assert run_command_line(["batch", "--out", str(tmp_path / "new"), "--resume"]) == ExitCode.RENDER
    assert "Traceback" not in capfd.readouterr().err


def test_a_list_of_names_on_standard_input(src: Path, tmp_path: Path) -> None:
    listed = "\n".join(map(str, sorted(src.glob("*.txt")))) + "\r\n\n"
    command = [sys.executable, "-m", "formfill", "batch", "-", "--out", str(tmp_path / "out"), "--quiet"]
    done = subprocess.run(command, input=listed.encode(), capture_output=True, cwd=ROOT)
    assert done.returncode == ExitCode.RECOGNITION
    assert sorted(read(tmp_path / "out")) == ["autre.txt", "grille-000.txt", "grille-001.txt", "grille-002.txt"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interruption_keeps_what_is_done(tmp_path: Path, number: signal.Signals) -> None:
    src, out = tmp_path / "src", tmp_path / "out"
    poison.forms(src, 120)
    command = [sys.executable, "-m", "formfill", "batch", str(src), "--out", str(out), "--jobs", "2"]
    batch = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, start_new_session=True)
    while not any(out.glob("grille-*/record.json")):
        assert batch.poll() is None
        time.sleep(0.01)
    # as a terminal does: to every process of the group
    os.killpg(batch.pid, number) if number == signal.SIGINT else batch.send_signal(number)
    _said, err = batch.communicate(timeout=60)
    if batch.returncode != 0:
        assert batch.returncode == 128 + number
        assert "--resume" in err.decode()
    assert b"Traceback" not in err
    assert b"Warning" not in err
    assert not list(out.rglob(".formfill-*"))
    assert run_command_line(["batch", str(src), "--out", str(out), "--quiet", "--resume"]) == ExitCode.DONE
    assert len(read(out)) == 120
