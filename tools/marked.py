"""Blocks of a page that a tool writes, between two comments: ``<!-- name -->`` and ``<!-- /name -->``."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def put_into(path: Path, name: str, text: str) -> None:
    """Replaces the block between the two comments of that name; stops when they do not stand there, once each."""
    page = path.read_text(encoding="utf-8")
    begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    if page.count(begin) != 1 or page.count(end) != 1:
        raise SystemExit(f"{path}: {begin} and {end} are expected, once each")
    before, _begin, rest = page.partition(begin)
    path.write_text(f"{before}{begin}\n{text}\n{end}{rest.partition(end)[2]}", encoding="utf-8")


def block(page: str, name: str) -> str:
    """The block of that name, without its comments."""
    return page.partition(f"<!-- {name} -->\n")[2].partition(f"\n<!-- /{name} -->")[0]
