"""What a batch left in its destination, in a shape that tests compare."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path


def lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def refused(out: Path) -> dict[str, str]:
    """The code of each refused file."""
    return {line["name"]: line["code"] for line in lines(out / "refused.jsonl")}


def read(out: Path) -> list[str]:
    """The source of each record, in order."""
    return [line["source"]["name"] for line in lines(out / "records.jsonl")]


def tree(out: Path) -> dict[str, str]:
    """The digest of every result; the state of the batch is none."""
    return {
        path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.rglob("*"))
        if path.is_file() and ".formfill" not in path.parts
    }


def whole(out: Path) -> None:
    """Nothing is half written: every file that has its name has its end; a temporary one has no such name."""
    for path in out.rglob("record.json"):
        json.loads(path.read_bytes())
    for path in out.rglob("form.docx"):
        # the end of the directory of a ZIP archive
        assert b"PK\x05\x06" in path.read_bytes()[-64:], path
