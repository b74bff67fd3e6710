"""A drop folder: every file put there is read once, whole, and put away; nothing is lost, wherever it stops."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from formfill.bulk import away as away_module
from formfill.bulk.options import Options
from formfill.bulk.watch import DONE, REFUSED, Watch
from formfill.cli import run_command_line
from formfill.errors import ExitCode
from tests.bulk import poison
from tests.bulk.trees import lines

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[2]


@pytest.fixture
def drop(tmp_path: Path) -> Path:
    folder = tmp_path / "dépôt"
    poison.forms(folder, 2)
    return folder


def watching(drop: Path, out: Path, events: list[dict[str, Any]] | None = None, patience: float = 0.0) -> Watch:
    def tell(event: Mapping[str, object]) -> None:
        if events is not None:
            events.append(dict(event))

    return Watch(drop, str(out), Options(jobs=1), tell, patience)


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def records(out: Path) -> list[str]:
    return sorted(line["source"]["name"] for line in lines(out / "records.jsonl"))


def test_what_is_dropped_is_read_and_put_away(drop: Path, tmp_path: Path) -> None:
    (drop / "classe").mkdir()
    (drop / "classe" / "abîmé.docx").write_bytes(b"PK\x03\x04 et puis rien")
    (drop / "notes.md").write_text("# à faire\n", "utf-8")
    before = {name: (drop / name).read_bytes() for name in names(drop)}
    events: list[dict[str, Any]] = []
    watching(drop, tmp_path / "out", events).run(0.05, once=True)
    assert names(drop) == [
        f"{DONE}/grille-000.txt",
        f"{DONE}/grille-001.txt",
        "notes.md",
        f"{REFUSED}/classe/abîmé.docx",
    ]
    assert (drop / DONE / "grille-000.txt").read_bytes() == before["grille-000.txt"]
    assert (drop / REFUSED / "classe" / "abîmé.docx").read_bytes() == before["classe/abîmé.docx"]
    assert records(tmp_path / "out") == ["grille-000.txt", "grille-001.txt"]
    assert [line["name"] for line in lines(tmp_path / "out" / "refused.jsonl")] == ["classe/abîmé.docx"]
    assert [event["event"] for event in events].count("away") == 3
    assert [event["name"] for event in events if event["event"] == "ignored"] == [str(drop / "notes.md")]


def test_another_file_of_the_same_name_is_another_file(drop: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = (drop / "grille-000.txt").read_bytes()
    watching(drop, out).run(0.05, once=True)
    kept = (out / "grille-000.txt" / "record.json").read_bytes()
    (drop / "grille-000.txt").write_bytes(first.replace(b"\n", b"\n\n", 1))
    watching(drop, out).run(0.05, once=True)
    assert names(drop) == [f"{DONE}/grille-000 (2).txt", f"{DONE}/grille-000.txt", f"{DONE}/grille-001.txt"]
    assert (drop / DONE / "grille-000.txt").read_bytes() == first
    assert (out / "grille-000.txt" / "record.json").read_bytes() == kept
    assert (out / "grille-000.txt (2)" / "record.json").is_file()
    assert len(records(out)) == 3


def test_a_file_that_grows_is_waited_for(drop: Path, tmp_path: Path) -> None:
    whole = (drop / "grille-000.txt").read_bytes()
    growing = drop / "lent.txt"
    growing.write_bytes(whole[:100])
    watch = watching(drop, tmp_path / "out")
    watch._turn()
    growing.write_bytes(whole[:900])
    watch._turn()
    assert growing.is_file()
    assert not (tmp_path / "out" / "lent.txt").exists()
    growing.write_bytes(whole)
    watch.run(0.05, once=True)
    assert (drop / DONE / "lent.txt").read_bytes() == whole
    assert "lent.txt" in records(tmp_path / "out")


def test_a_refused_file_is_read_again_when_its_copy_goes_on(drop: Path, tmp_path: Path) -> None:
    whole = (drop / "grille-000.txt").read_bytes()
    paused = drop / "pause.docx"
    paused.write_bytes(b"PK\x03\x04")
    watch = watching(drop, tmp_path / "out", patience=30)
    for _look in range(3):
        watch._turn()
    assert [line["name"] for line in lines(tmp_path / "out" / "refused.jsonl")] == ["pause.docx"]
    assert paused.is_file()
    paused.write_bytes(whole)
    for _look in range(3):
        watch._turn()
    assert (drop / DONE / "pause.docx").read_bytes() == whole
    assert lines(tmp_path / "out" / "refused.jsonl") == []


def test_an_archive_goes_when_all_it_holds_is_done(drop: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(drop / "classe.zip", "w") as archive:
        for name in ("grille-000.txt", "grille-001.txt"):
            archive.write(drop / name, f"TS2/{name}")
            (drop / name).unlink()
    watching(drop, tmp_path / "out").run(0.05, once=True)
    assert names(drop) == [f"{DONE}/classe.zip"]
    assert records(tmp_path / "out") == ["grille-000.txt", "grille-001.txt"]


@pytest.mark.parametrize("point", ["before", "between", "after"])
def test_stopped_around_a_move_it_is_settled_the_next_time(
    drop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, point: str
) -> None:
    whole = away_module._moved

    def stopped(path: Path, to: Path) -> None:
        if point == "between":
            os.link(path, to)
        elif point == "after":
            whole(path, to)
        raise KeyboardInterrupt

    out = tmp_path / "out"
    monkeypatch.setattr(away_module, "_moved", stopped)
    with pytest.raises(KeyboardInterrupt):
        watching(drop, out).run(0.05, once=True)
    monkeypatch.setattr(away_module, "_moved", whole)
    watching(drop, out).run(0.05, once=True)
    assert names(drop) == [f"{DONE}/grille-000.txt", f"{DONE}/grille-001.txt"]
    assert records(out) == ["grille-000.txt", "grille-001.txt"]
    assert not list(out.glob("*(2)"))


def test_without_hard_links_files_are_renamed(drop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_given: object, **_options: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    watching(drop, tmp_path / "out").run(0.05, once=True)
    assert names(drop) == [f"{DONE}/grille-000.txt", f"{DONE}/grille-001.txt"]


def test_a_file_that_cannot_be_moved_keeps_no_other(drop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = away_module._moved

    def held(path: Path, to: Path) -> None:
        if path.name == "grille-000.txt":
            raise PermissionError(13, "Permission denied", str(path))
        whole(path, to)

    events: list[dict[str, Any]] = []
    watch = watching(drop, tmp_path / "out", events)
    monkeypatch.setattr(away_module, "_moved", held)
    for _look in range(4):
        watch._turn()
    assert names(drop) == [f"{DONE}/grille-001.txt", "grille-000.txt"]
    assert [event["event"] for event in events].count("waiting") == 1
    monkeypatch.setattr(away_module, "_moved", whole)
    watch.run(0.05, once=True)
    assert names(drop) == [f"{DONE}/grille-000.txt", f"{DONE}/grille-001.txt"]
    assert records(tmp_path / "out") == ["grille-000.txt", "grille-001.txt"]


def test_a_share_that_goes_is_waited_for(drop: Path, tmp_path: Path) -> None:
    events: list[dict[str, Any]] = []
    watch = watching(drop, tmp_path / "out", events)
    drop.rename(tmp_path / "ailleurs")
    for _look in range(3):
        assert watch._turn()
    assert [event["event"] for event in events] == ["waiting"]
    (tmp_path / "ailleurs").rename(drop)
    watch.run(0.05, once=True)
    assert records(tmp_path / "out") == ["grille-000.txt", "grille-001.txt"]


def test_results_that_cannot_be_written_are_waited_for(drop: Path, tmp_path: Path) -> None:
    events: list[dict[str, Any]] = []
    (tmp_path / "out").write_text("un fichier à la place du dossier", "utf-8")
    watch = watching(drop, tmp_path / "out", events)
    for _look in range(4):
        watch._turn()
    assert [event["event"] for event in events] == ["waiting"]
    assert names(drop) == ["grille-000.txt", "grille-001.txt"]
    (tmp_path / "out").unlink()
    watch.run(0.05, once=True)
    assert records(tmp_path / "out") == ["grille-000.txt", "grille-001.txt"]


def test_killed_at_any_moment_it_goes_on(tmp_path: Path) -> None:
    drop, out = tmp_path / "dépôt", tmp_path / "out"
    poison.forms(drop, 8)
    wanted = names(drop)
    command = [sys.executable, "-m", "formfill", "watch", str(drop), "--out", str(out), "--every", "0.1", "--jobs", "1"]
    for turn in range(6):
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as child:
            time.sleep(0.5 + 0.17 * turn)
            child.send_signal(signal.SIGKILL)
    watching(drop, out).run(0.05, once=True)
    assert names(drop) == [f"{DONE}/{name}" for name in wanted]
    assert records(out) == wanted


def test_the_command(drop: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (drop / "abîmé.docx").write_bytes(b"PK\x03\x04 et puis rien")
    given = ["watch", str(drop), "--out", str(tmp_path / "out"), "--every", "0.1", "--once", "--jobs", "1"]
    assert run_command_line(given) == ExitCode.SOURCE
    err = capfd.readouterr().err
    assert "Lu – grille-000.txt" in err
    assert "Refusé – abîmé.docx : " in err
    assert f"Rangé – {drop / DONE / 'grille-001.txt'}" in err
    (drop / "encore.txt").write_bytes((drop / DONE / "grille-000.txt").read_bytes())
    # the worst of all that the reports hold
    assert run_command_line([*given, "--json"]) == ExitCode.SOURCE
    told = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert [event["event"] for event in told] == ["file", "away"]


def test_a_signal_ends_it(drop: Path, tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "formfill",
        "watch",
        str(drop),
        "--out",
        str(tmp_path / "out"),
        "--every",
        "0.1",
        "--jobs",
        "1",
    ]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as child:
        assert child.stderr is not None
        for line in child.stderr:
            if "Rangé" in line:
                break
        child.send_signal(signal.SIGTERM)
        child.stderr.read()
        assert child.wait(20) == 0
