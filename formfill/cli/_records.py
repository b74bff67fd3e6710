"""Arguments that are records: a ``record.json``, or the JSON Lines that ``read --json`` prints."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from formfill import pipeline
from formfill.cli._files import load
from formfill.errors import FormfillError, UnreadableSourceError
from formfill.language import gettext as _
from formfill.model import codec

if TYPE_CHECKING:
    from formfill.model.record import Record
    from formfill.source import Source

_BOM = b"\xef\xbb\xbf"


def is_record(data: bytes) -> bool:
    """Whether bytes are JSON rather than a document."""
    return data.removeprefix(_BOM).lstrip()[:1] == b"{"


def pictures_beside(name: str) -> dict[str, bytes]:
    """The pictures of the ``form.docx`` that ``run`` wrote in the folder of a record; none without it, or if it cannot be read."""
    path = Path(name).with_name("form.docx") if name != "-" else None
    if path is None or not path.is_file():
        return {}
    try:
        return pipeline.pictures_of(load(str(path)))
    except FormfillError:
        # it is not the file that was asked for; that pictures are missing is told
        return {}


def records_in(source: Source) -> tuple[Record, ...]:
    """The records of a JSON text, one or several; raises :class:`~formfill.errors.UnreadableSourceError` when it holds none."""
    try:
        text = source.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableSourceError(
            where=source.name, seen=_("ce n’est pas du texte UTF-8."), advice=_("Donnez un record.json écrit par formfill.")
        ) from error
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) > 1 and all(line.lstrip()[0] == "{" and line.rstrip()[-1] == "}" for line in lines):
        return tuple(codec.loads(line, name=source.name) for line in lines)
    return (codec.loads(text, name=source.name),)
