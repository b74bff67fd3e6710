"""The public functions of ``import formfill``. Nothing is kept between calls but our own definitions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from formfill import pipeline
from formfill.model import codec
from formfill.source import Source

if TYPE_CHECKING:
    from collections.abc import Mapping
    from os import PathLike

    from formfill.model.document import Document
    from formfill.model.record import Record


def source(data: str | PathLike[str] | bytes, name: str | None = None) -> Source:
    """The source at a path, or of bytes with a name.

    Args:
        data: a path, or the bytes of the file.
        name: the file name of the bytes; it serves messages and records, never the choice of a format.
    """
    if isinstance(data, bytes | bytearray | memoryview):
        return Source.of(bytes(data), name or "-")
    return Source.load(Path(data))


def read(data: str | PathLike[str] | bytes, name: str | None = None, *, supervised: bool = False) -> Record:
    """The validated record of a file (contract §2).

    Of a file that holds several forms it is that of the first, with the error finding ``several-forms``: see :func:`read_all`.

    Args:
        data: a path, or the bytes of the file.
        name: the file name of the bytes.
        supervised: whether a PDF is read in a child process with a time and a memory limit, for files of strangers. It costs a
            tenth of a second; :class:`formfill.supervise.Supervisor` has one child for many files, as the command line does.

    Raises:
        SourceError: the file cannot be read (exit code 3).
        AmbiguousFormError: two forms answer equally well (exit code 4).
    """
    given = source(data, name)
    if not supervised:
        return pipeline.read(given)
    from formfill.supervise import Supervisor

    with Supervisor() as see:
        return pipeline.read(given, see)


def read_all(data: str | PathLike[str] | bytes, name: str | None = None, *, supervised: bool = False) -> tuple[Record, ...]:
    """The validated record of each form of a file, told apart by ``source.part``; the arguments are those of :func:`read`.

    Raises:
        SourceError: the file cannot be read (exit code 3).
        AmbiguousFormError: two forms answer equally well (exit code 4).
    """
    given = source(data, name)
    if not supervised:
        return pipeline.read_all(given)
    from formfill.supervise import Supervisor

    with Supervisor() as see:
        return pipeline.read_all(given, see)


def inspect(data: str | PathLike[str] | bytes, name: str | None = None, *, supervised: bool = False) -> Document:
    """What stands in a file, known form or not (contract §3); the arguments are those of :func:`read`.

    Raises:
        SourceError: the file cannot be read (exit code 3).
    """
    given = source(data, name)
    if not supervised:
        return pipeline.inspect(given)
    from formfill.supervise import Supervisor

    with Supervisor() as see:
        return see(given)


def render(record: Record, to: str, edition: str | None = None, pictures: Mapping[str, bytes] | None = None) -> bytes:
    """The bytes of a clean form.

    Args:
        record: a record with a form.
        to: ``docx``, ``xlsx`` (a tableau), ``pdf``, ``html``, ``txt`` or ``json``.
        edition: an edition of the form; the record's own by default.
        pictures: the bytes of its pictures, by their digest: see :func:`pictures`.

    Raises:
        RenderError: the format cannot hold the record (exit code 6).
        UnknownFormError: the record is of no known form (exit code 4).
    """
    return pipeline.render(record, to, edition=edition, pictures=pictures or {}).data


def pictures(data: str | PathLike[str] | bytes, name: str | None = None) -> dict[str, bytes]:
    """The pictures of a Word document, or of a PDF of ours, that a clean form may take, by the digest of their bytes.

    Raises:
        SourceError: the file cannot be read (exit code 3).
    """
    return pipeline.pictures_of(source(data, name))


def to_json(record: Record) -> str:
    """The record as JSON text, one line."""
    return codec.dumps(record)


def from_json(text: str) -> Record:
    """The record of a JSON text; raises ``UnreadableSourceError`` with every mistake and its path."""
    return codec.loads(text)
