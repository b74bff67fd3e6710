"""Arguments that name files, ``-`` for standard input, and where results go."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from formfill.files import shown, unwritable, write_atomically
from formfill.language import gettext as _
from formfill.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterable

LARGEST_STDIN = 200 * 2**20
"""Most bytes taken from standard input."""


def load(name: str) -> Source:
    """The source of an argument; ``-`` is standard input."""
    if name == "-":
        return Source.of(sys.stdin.buffer.read(LARGEST_STDIN), "-")
    return Source.load(Path(name))


def write(path: Path, data: bytes) -> None:
    """Writes a result; ``-`` is standard output. Raises ``UnwritableOutputError`` when it cannot.

    A pipe or a device is written through; behind a link, it is the file it leads to that is replaced.
    """
    if str(path) in ("-", "/dev/stdout"):
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            with path.open("wb") as stream:
                stream.write(data)
            return
        target = path.resolve() if path.is_symlink() else path
        target.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(target, data)
    except OSError as error:
        raise unwritable(path, error) from error


def echo_lines(lines: Iterable[str]) -> None:
    """Prints lines on standard output."""
    for line in lines:
        click.echo(line)


def ignored(names: Iterable[str]) -> None:
    """Names, on standard error, the files of folders that are no documents."""
    for name in names:
        click.echo(_("Ignoré (ce n’est ni un document ni une image) : {name}").format(name=name), err=True)


def nothing(paths: Iterable[str | Path]) -> None:
    """Says, on standard error, that no form was found."""
    click.echo(_("Aucun formulaire à lire dans : {paths}").format(paths=shown(", ".join(map(str, paths)))), err=True)
