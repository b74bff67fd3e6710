"""A batch that is killed fifty times gives what an undisturbed one gives: nothing lost, nothing twice, no half file."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from formfill.archive import Archive
from formfill.archive.verified import Trouble
from formfill.archive.verify import verify
from tests.bulk import poison
from tests.bulk.trees import read, refused, tree, whole

KILLS = 50
pytestmark = pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="finds processes in /proc")


def _start(*arguments: str | Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.bulk.victim", *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _children(pid: int) -> list[int]:
    try:
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()]
    except OSError:
        return []


def _workers(pid: int) -> list[int]:
    """The workers of a batch: the children of the process that starts them, and what else it has."""
    return [under for child in _children(pid) for under in (child, *_children(child))]


def _kill(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def test_killed_at_random_moments_it_loses_nothing(tmp_path: Path) -> None:
    src, out, archive = tmp_path / "src", tmp_path / "out", tmp_path / "archive.sqlite"
    names = poison.forms(src, 300)
    names += poison.forms(src / "bis", 40)
    for kind in ("crash", "exit", "exception", "memory"):
        poison.poison(src / f"{kind}.txt", kind)
    quiet = _start(src, tmp_path / "quiet", tmp_path / "quiet.sqlite")
    assert quiet.wait() == 3

    chance = random.Random(7)
    batch = _start(src, out, archive)
    kills = parents = ends = 0
    while kills < KILLS:
        time.sleep(chance.uniform(0.02, 0.25))
        if batch.poll() is not None:
            # it came to its end between two kills: again from the first file
            ends += 1
            batch = _start(src, out, archive)
            continue
        workers = _workers(batch.pid)
        if workers and kills % 3:
            _kill(chance.choice(workers))
        elif workers or chance.random() < 0.2:
            _kill(batch.pid)
            batch.wait()
            parents += 1
            whole(out)
            batch = _start(src, out, archive, "--resume")
        else:
            continue
        kills += 1
    batch.wait()
    final = _start(src, out, archive, "--resume")
    assert final.wait() == 3

    assert parents > 10
    assert refused(out) == refused(tmp_path / "quiet")
    assert sorted(read(out)) == sorted(names)
    assert tree(out) == tree(tmp_path / "quiet")
    with Archive(str(archive)) as opened:
        report = verify(opened, repair=True)
        # files of which no row was written yet: taken away
        assert {problem.trouble for problem in report.problems} <= {Trouble.LEFT_OVER}
        assert not verify(opened).problems
        assert report.records == len(names) - 40, "the forms of « bis » have the bytes of others"
