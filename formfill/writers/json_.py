"""Writes a record as the JSON of the contract: UTF-8, indented, ending with a line end. It changes nothing of the record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from formfill.model.codec import dumps
from formfill.model.record import Rendition
from formfill.writers import NO_PICTURES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from formfill.model.form import Form
    from formfill.model.record import Record
    from formfill.writers import Writer


class JsonWriter:
    """The writer of the format ``json``."""

    format = "json"

    def write(self, record: Record, form: Form, edition: str | None, pictures: Mapping[str, bytes] = NO_PICTURES) -> Rendition:
        """The record as indented JSON; the form and the edition are not looked at."""
        return Rendition(format=self.format, data=f"{dumps(record, indent=1)}\n".encode())


WRITER: Final[Writer] = JsonWriter()
