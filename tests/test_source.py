"""Files as they arrive: what their names may hold."""

from __future__ import annotations

import json
import os
from pathlib import Path

import formfill
import pytest
from formfill.cli import run_command_line
from formfill.source import Source
from tests.grids import as_text, official


@pytest.mark.parametrize(
    ("name", "shown"), [("élève.txt", "élève.txt"), ("\udce9l.txt", "\\xe9l.txt"), ("a\nb.txt", "a\\nb.txt"), ("\ud800", "\\ud800")]
)
def test_a_source_has_a_name_that_can_be_written(name: str, shown: str) -> None:
    assert Source.of(b"Bonjour", name).name == shown


@pytest.mark.skipif(os.name != "posix", reason="names are Unicode there")
def test_a_name_that_is_not_utf8_is_shown_in_the_record(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xe9l\xe8ve.txt"))
    try:
        path.write_text(as_text(official()), "utf-8")
    except OSError:
        pytest.skip("this file system has Unicode names only")
    assert formfill.read(path).source.name == "\\xe9l\\xe8ve.txt"
    assert run_command_line(["read", "--json", str(path)]) == 0
    assert json.loads(capsys.readouterr().out)["source"]["name"] == "\\xe9l\\xe8ve.txt"
    assert run_command_line(["run", str(path), "--out", str(tmp_path / "out")]) == 0
    assert json.loads((tmp_path / "out" / "records.jsonl").read_bytes())["source"]["name"] == "\\xe9l\\xe8ve.txt"
