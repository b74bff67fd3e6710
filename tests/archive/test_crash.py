"""A real SIGKILL in the middle loses nothing, and two processes may write at once."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from formfill.archive import Archive
from formfill.archive.add import put
from formfill.archive.find import Criteria, find
from formfill.archive.verified import Trouble
from formfill.archive.verify import verify
from tests.archive.cases import entry, ident

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(os.name == "nt", reason="no SIGKILL there")

WRITER = """
import sys
from formfill.archive import Archive
from formfill.archive.add import put
from tests.archive.cases import entry
with Archive(sys.argv[1], contents=sys.argv[2], create=True) as archive:
    for number in range(int(sys.argv[3]), int(sys.argv[4]), 3):
        put(archive, [entry(number), entry(number + 1), entry(number + 2)])
        print(number, flush=True)
"""
"""Writes three records at a time and says so once they are safe."""

DIES = """
import os, signal, sys
from datetime import date
from formfill.archive import Archive, journal, words
from formfill.archive.add import put
from formfill.archive.purge import purge
from formfill.archive.rules import Retention, Rules
from tests.archive.cases import entry
def die(*_said, **_more):
    os.kill(os.getpid(), signal.SIGKILL)
with Archive(sys.argv[1], contents=sys.argv[2], create=True) as archive:
    match sys.argv[3]:
        case "contents":
            archive.contents._sound = lambda path, data: die() if b"PDF" in data else False
            put(archive, [entry(9)])
        case "rows":
            journal.append = die
            put(archive, [entry(9)])
        case "removal":
            archive.contents.remove = die
            purge(archive, Rules("", (Retention("R", "", ("*",), "added", 0, 0, 0, True),)), date(2999, 1, 1))
"""
"""Kills itself after some of the bytes, after every row and before the transaction ends, before bytes are removed."""


def start(script: str, *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", script, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_killed_at_any_moment(address: str, tmp_path: Path) -> None:
    contents = str(tmp_path / "contents")
    safe: set[int] = set()
    for turn in range(3):
        first = turn * 3000
        writer = start(WRITER, address, contents, first, first + 3000)
        assert writer.stdout is not None
        # once it writes, at another moment each time
        writer.stdout.readline()
        time.sleep(0.013 * (turn + 1))
        writer.kill()
        rest, _errors = writer.communicate()
        safe |= {first, *map(int, rest.split())}
    with Archive(address) as archive:
        done = verify(archive)
        assert done.sound, done.problems
        assert {one.trouble for one in done.problems} <= {Trouble.LEFT_OVER}
        kept = {one.id for one in find(archive, Criteria())}
        assert {ident(number + more) for number in safe for more in range(3)} <= kept
        # all of a transaction, or nothing
        assert len(kept) % 3 == 0
        assert verify(archive, repair=True).sound
        assert verify(archive).problems == []


@pytest.mark.parametrize("moment", ["contents", "rows", "removal"])
def test_killed_between_a_file_and_its_row(light: Archive, moment: str) -> None:
    put(light, [entry(1), entry(2)])
    done = start(DIES, light.path, light.contents.where, moment)
    _out, errors = done.communicate()
    assert done.returncode == -9, errors
    seen = verify(light)
    assert seen.sound
    assert {one.trouble for one in seen.problems} == {Trouble.LEFT_OVER}
    assert len(find(light, Criteria())) == (0 if moment == "removal" else 2)
    assert verify(light, repair=True).sound
    assert verify(light).problems == []
    assert len(list(light.contents.listed())) == (0 if moment == "removal" else 6)
    assert [one.original for one in put(light, [entry(9)])] == [True]


def test_two_processes_write_at_once(address: str, tmp_path: Path) -> None:
    contents = str(tmp_path / "contents")
    # both make the archive, both put some of the same records
    writers = [start(WRITER, address, contents, first, first + 15) for first in (0, 9)]
    for writer in writers:
        _out, errors = writer.communicate()
        assert writer.returncode == 0, errors
    with Archive(address) as archive:
        assert len(find(archive, Criteria())) == 24
        assert verify(archive).problems == []


def test_repair_never_takes_what_another_is_writing(address: str, tmp_path: Path) -> None:
    contents = str(tmp_path / "contents")
    with Archive(address, contents=contents, create=True) as archive:
        writer = start(WRITER, address, contents, 0, 15)
        while writer.poll() is None:
            assert verify(archive, repair=True).sound
        _out, errors = writer.communicate()
        assert writer.returncode == 0, errors
        assert verify(archive).problems == []
        assert len(find(archive, Criteria())) == 15
