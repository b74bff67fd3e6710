"""When it is the machine that fails, the batch says so, and takes up where it was: nothing lost, no half file."""

from __future__ import annotations

import os
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from formfill.bulk import journal as notes
from formfill.bulk.job import Job
from formfill.bulk.options import Options
from formfill.bulk.sources import places
from formfill.errors import BusyOutputError, ExitCode, UnwritableOutputError
from tests.bulk import poison
from tests.bulk.trees import read, tree, whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
OPTIONS = Options(jobs=2, outputs=("docx",))


@pytest.fixture
def src(tmp_path: Path) -> Path:
    poison.forms(tmp_path / "src", 40)
    return tmp_path / "src"


def run(src: Path, out: Path, *, resume: bool = False) -> int:
    with Job(str(out), OPTIONS, resume=resume) as job:
        return job.run(places([str(src)], out, lambda _name: None))


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte."""
    folder = tmp_path / "small"
    folder.mkdir()
    if not ROOT or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], capture_output=True).returncode:
        pytest.skip("only root mounts a small disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def test_a_full_disk_loses_nothing(src: Path, tmp_path: Path, small: Path) -> None:
    with pytest.raises(UnwritableOutputError, match="plein"):
        run(src, small)
    whole(small)
    assert not list(small.rglob("*.tmp"))
    subprocess.run(["mount", "-o", "remount,size=64m", small], check=True)
    assert run(src, small, resume=True) == ExitCode.DONE
    assert run(src, tmp_path / "other") == ExitCode.DONE
    assert tree(small) == tree(tmp_path / "other")


def test_files_that_may_not_grow(src: Path, tmp_path: Path) -> None:
    """What a quota does: a limit on the size of files, for the batch and its workers."""
    out = tmp_path / "out"
    limit = (8192, resource.getrlimit(resource.RLIMIT_FSIZE)[1])
    command = [sys.executable, "-m", "formfill", "batch", str(src), "--out", str(out), "--quiet"]

    def less() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)

    done = subprocess.run(command, capture_output=True, preexec_fn=less)
    assert done.returncode == ExitCode.RENDER
    assert b"Traceback" not in done.stderr
    assert done.stderr.count(b"\n") == 1
    whole(out)
    assert run(src, out, resume=True) == ExitCode.DONE
    assert len(read(out)) == 40


def test_a_destination_that_cannot_be_written(src: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder", "utf-8")
    with pytest.raises(UnwritableOutputError):
        run(src, tmp_path / "file" / "out")
    locked = tmp_path / "locked"
    locked.mkdir()
    if ROOT:
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "ro", "tmpfs", locked], capture_output=True).returncode:
            pytest.skip("no mount here")
    else:
        locked.chmod(0o500)
    try:
        with pytest.raises(UnwritableOutputError, match=r"lecture seule|interdit"):
            run(src, locked)
    finally:
        if ROOT:
            subprocess.run(["umount", "-l", locked], check=True)
        else:
            locked.chmod(0o700)


def test_a_name_that_is_taken_by_a_folder_is_that_files_own_trouble(src: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / "grille-003.txt" / "record.json" / "mine").mkdir(parents=True)
    assert run(src, out) == ExitCode.RENDER
    assert len(read(out)) == 39
    (out / "grille-003.txt" / "record.json" / "mine").rmdir()
    (out / "grille-003.txt" / "record.json").rmdir()
    assert run(src, out, resume=True) == ExitCode.DONE
    assert len(read(out)) == 40


def test_two_batches_on_one_destination(src: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = subprocess.Popen([sys.executable, "-m", "tests.bulk.victim", str(src), str(out)])
    while not (out / ".formfill" / "lock").is_file() or not (out / ".formfill" / "lock").read_bytes():
        assert first.poll() is None
        time.sleep(0.01)
    first.send_signal(signal.SIGSTOP)
    try:
        with pytest.raises(BusyOutputError, match=str(first.pid)):
            run(src, out, resume=True)
    finally:
        first.send_signal(signal.SIGCONT)
    assert first.wait() == ExitCode.DONE
    assert len(read(out)) == 40


def test_a_journal_that_somebody_holds(src: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    monkeypatch.setattr(notes, "PATIENCE", 0.1)
    assert run(src, out) == ExitCode.DONE
    holder = sqlite3.connect(out / ".formfill" / "batch.sqlite", isolation_level=None)
    holder.execute("begin immediate")
    with pytest.raises(UnwritableOutputError, match="autre programme"):
        run(src, out, resume=True)
    holder.close()
    assert run(src, out, resume=True) == ExitCode.DONE


def test_a_journal_that_is_damaged(src: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run(src, out) == ExitCode.DONE
    (out / ".formfill" / "batch.sqlite").write_bytes(b"no journal at all" * 100)
    with pytest.raises(UnwritableOutputError, match="journal"):
        run(src, out, resume=True)


def test_the_clock_goes_back(src: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The batch is told a time an hour earlier at each question; a file that changes keeps an old date and its size."""
    out = tmp_path / "out"
    now = iter(range(10**9, 0, -3600))
    with monkeypatch.context() as patch:
        patch.setattr(time, "time", lambda: float(next(now)))
        assert run(src, out) == ExitCode.DONE
    changed = src / "grille-004.txt"
    before = changed.stat()
    changed.write_bytes(changed.read_bytes().replace(b"grille 4", b"grille 5"))
    os.utime(changed, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert changed.stat().st_size == before.st_size
    record = (out / "grille-004.txt" / "record.json").read_bytes()
    assert run(src, out, resume=True) == ExitCode.DONE
    assert (out / "grille-004.txt" / "record.json").read_bytes() != record
    assert len(read(out)) == 40


def test_results_that_were_taken_away_are_made_again(src: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(src, out)
    before = tree(out)
    (out / "grille-007.txt" / "form.docx").unlink()
    run(src, out, resume=True)
    assert tree(out) == before
