"""A file that crashes, hangs, starves or confuses its reader costs that file alone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from formfill.bulk import flow
from formfill.bulk.job import Job
from formfill.bulk.options import Options
from formfill.bulk.sources import places
from formfill.errors import ExitCode, UnwritableOutputError
from tests.bulk import poison
from tests.bulk.trees import read, refused

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

QUICK = Options(jobs=2, seconds=3.0, megabytes=256, outputs=("docx",))
CODES = {
    "crash.txt": "unreadable-source",
    "exit.txt": "unreadable-source",
    "exception.txt": "unreadable-source",
    "hang.txt": "source-too-large",
    "memory.txt": "source-too-large",
}


def run(src: Path, out: Path, options: Options = QUICK, *, resume: bool = False) -> tuple[int, list[Mapping[str, Any]]]:
    told: list[Mapping[str, Any]] = []
    with Job(str(out), options, resume=resume, tell=told.append, work=poison.work) as job:
        return job.run(places([str(src)], out, lambda _name: None)), told


@pytest.fixture
def src(tmp_path: Path) -> Path:
    poison.forms(tmp_path / "src", 40)
    for kind in ("crash", "exit", "exception", "memory"):
        poison.poison(tmp_path / "src" / f"{kind}.txt", kind)
    return tmp_path / "src"


def test_each_kind_costs_that_file_alone(src: Path, tmp_path: Path) -> None:
    poison.poison(src / "hang.txt", "hang")
    code, told = run(src, tmp_path / "out")
    assert code == ExitCode.SOURCE
    assert refused(tmp_path / "out") == CODES
    assert sorted(read(tmp_path / "out")) == sorted(path.name for path in src.glob("grille-*"))
    files = [event["name"] for event in told if event["event"] == "file"]
    assert sorted(files) == sorted(path.name for path in src.iterdir())
    end = {key: value for key, value in told[-1].items() if key != "report"}
    assert end == {"event": "end", "total": 45, "done": 40, "refused": 5, "exit_code": 3}


def test_quarantine_holds_the_file_and_the_reason(src: Path, tmp_path: Path) -> None:
    run(src, tmp_path / "out")
    for name in ("crash.txt", "memory.txt"):
        held = tmp_path / "out" / "refused" / name
        reason = json.loads((held / "reason.json").read_text("utf-8"))
        assert (reason["name"], reason["code"]) == (name, CODES[name])
        assert name in reason["message"]
        assert (held / "original.bin").read_bytes() == (src / name).read_bytes()


def test_a_mended_file_leaves_quarantine(src: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(src, out)
    (src / "crash.txt").write_bytes((src / "grille-000.txt").read_bytes() + b"\n")
    _code, told = run(src, out, resume=True)
    assert [event["name"] for event in told if event["event"] == "file"] == ["crash.txt"]
    assert "crash.txt" not in refused(out)
    assert not (out / "refused" / "crash.txt").exists()
    assert (out / "crash.txt" / "record.json").is_file()
    poison.poison(src / "grille-001.txt", "crash", "again")
    run(src, out, resume=True)
    assert refused(out)["grille-001.txt"] == "unreadable-source"
    assert not (out / "grille-001.txt" / "record.json").exists(), "results of what the file was before"


def test_refused_for_a_limit_is_done_again_under_another(src: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(src, out)
    more = Options(jobs=2, seconds=3.5, megabytes=256, outputs=("docx",))
    _code, told = run(src, out, more, resume=True)
    found = sorted(event["name"] for event in told if event["event"] == "file")
    assert found == ["crash.txt", "exception.txt", "exit.txt", "memory.txt"]
    assert sorted(refused(out)) == found


def test_poison_of_the_same_bytes_is_read_once(tmp_path: Path) -> None:
    src, out = tmp_path / "src", tmp_path / "out"
    poison.forms(src, 2)
    for name in "abc":
        poison.poison(src / f"{name}.txt", "exit")
    _code, told = run(src, out)
    assert refused(out) == dict.fromkeys(("a.txt", "b.txt", "c.txt"), "unreadable-source")
    assert {event["message"].split(" : ")[0] for event in told if "message" in event} == {"a.txt", "b.txt", "c.txt"}


def test_many_poison_files_never_stop_the_others(tmp_path: Path) -> None:
    src, out = tmp_path / "src", tmp_path / "out"
    poison.forms(src, 3)
    for number in range(flow.LOSSES + 5):
        poison.poison(src / f"crash-{number}.txt", "exit", str(number))
    run(src, out)
    assert len(refused(out)) == flow.LOSSES + 5
    assert len(read(out)) == 3


def test_workers_that_cannot_start_are_no_fault_of_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    poison.forms(tmp_path / "src", 2)
    monkeypatch.setattr(flow, "LOSSES", 2)
    options = Options(jobs=1, outputs=("docx",))
    with Job(str(tmp_path / "out"), options, work=poison.work) as job:
        monkeypatch.setattr("formfill.bulk.worker.start", _fails)
        with pytest.raises(UnwritableOutputError):
            job.run(places([str(tmp_path / "src")], None, lambda _name: None))
    monkeypatch.undo()
    assert run(tmp_path / "src", tmp_path / "out", resume=True)[0] == ExitCode.DONE
    assert len(read(tmp_path / "out")) == 2


def _fails(_orders: object) -> None:
    raise OSError("no memory to start with")
