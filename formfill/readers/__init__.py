"""One module per input format. Each exports ``READER``; the package finds them and imports the one a source needs.

To add a format, write ``formfill/readers/<name>.py`` with a ``READER`` and name its formats in :data:`MODULES`.
A reader knows no form: it says what stands in the file.
"""

from __future__ import annotations

import gc
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Final, Protocol

from formfill.errors import UnsupportedFormatError
from formfill.language import gettext as _

if TYPE_CHECKING:
    from formfill.model.document import Document
    from formfill.source import Source

MODULES: Final = {"docx": "docx", "image": "image", "odt": "odf", "ods": "odf", "pdf": "pdf", "txt": "txt", "xlsx": "xlsx"}
"""Module that reads each format; a module is imported when its format is first met, never before."""


class Reader(Protocol):
    """What a reader module's ``READER`` is."""

    formats: frozenset[str]
    """The :attr:`~formfill.source.Source.format` values it reads."""

    def read(self, source: Source) -> Document:
        """What stands in the file; raises a :class:`~formfill.errors.SourceError` when it cannot be read."""
        ...


def reader_for(source: Source) -> Reader:
    """The reader of the source's format; raises :class:`~formfill.errors.UnsupportedFormatError` when there is none."""
    name = MODULES.get(source.format)
    if name is None:
        raise UnsupportedFormatError(
            where=source.name,
            seen=_("le format « {format} » n’est pas encore lu.").format(format=source.format),
            advice=_("Enregistrez le formulaire en .docx, en .xlsx, en .pdf ou en .txt."),
        )
    return _reader(name)


@cache
def _reader(name: str) -> Reader:
    reader: Reader = import_module(f"formfill.readers.{name}").READER
    return reader


def read(source: Source, *, double: bool = False, pasted: bool = True) -> Document:
    """What stands in the source.

    Read ``double``, a PDF is read again by an independent engine, and a box on which both differ is uncertain; the other formats
    have one reading. A text that holds nothing but pictures is read as the scans that they are, unless ``pasted`` is false.
    """
    reader = reader_for(source)
    # what is being read is all alive: looking for what is not, again and again, costs a thirtieth of the time
    collects = gc.isenabled()
    gc.disable()
    try:
        document = reader.read(source)
    finally:
        if collects:
            gc.enable()
    if pasted and holds_scans(source, document):
        from formfill.readers import _pastedscans

        return _pastedscans.read(source, document)
    if double and source.format == "pdf":
        from formfill.readers import plumber

        return plumber.reread(document, source)
    return document


def holds_scans(source: Source, document: Document) -> bool:
    """Whether the source is a text in which nothing but pictures stands."""
    if document.grids or document.marks or not document.findings:
        return False
    from formfill.readers import _pastedscans

    return _pastedscans.are_all(source, document)
