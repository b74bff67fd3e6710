"""One module per output format. Each exports ``WRITER``; a module is imported when its format is first asked.

To add a format, write ``formfill/writers/<name>.py`` with a ``WRITER`` and name it in :data:`MODULES`.
"""

from __future__ import annotations

from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Protocol

from formfill.errors import RenderError
from formfill.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from formfill.model.form import Form
    from formfill.model.record import Record, Rendition

MODULES: Final = {"docx": "docx", "xlsx": "xlsx", "pdf": "pdf", "html": "html", "txt": "txt", "json": "json_"}
"""Module that writes each format."""


BOXES: Final = ("control", "legacy")
"""How a Word document holds its boxes: as controls that can be clicked, or as the official blank encodes them."""


NO_PICTURES: Final[Mapping[str, bytes]] = MappingProxyType({})


class Writer(Protocol):
    """What a writer module's ``WRITER`` is."""

    format: str

    def write(self, record: Record, form: Form, edition: str | None, pictures: Mapping[str, bytes] = NO_PICTURES) -> Rendition:
        """The bytes of a clean form, the same for the same record; raises a :class:`~formfill.errors.RenderError`.

        Args:
            record: what it shows.
            form: its form.
            edition: the edition asked for; the record's own otherwise.
            pictures: the bytes of its pictures, by their digest, safe to take; the rendition tells which it shows.
        """
        ...


def writer_for(to: str, boxes: str = BOXES[0]) -> Writer:
    """The writer of a format; raises :class:`~formfill.errors.RenderError` when there is none.

    Args:
        to: the format.
        boxes: how Word documents hold boxes, one of :data:`BOXES`; the other formats have one way.
    """
    name = MODULES.get(to)
    if name is None:
        raise RenderError(
            where=to,
            seen=_("ce format de sortie n’existe pas."),
            advice=_("Choisissez parmi : {formats}.").format(formats=", ".join(sorted(MODULES))),
        )
    module = import_module(f"formfill.writers.{name}")
    writer: Writer = module.LEGACY if boxes == "legacy" and to == "docx" else module.WRITER
    return writer


def can_write(to: str, form: Form) -> bool:
    """Whether a form can be written in a format: a tableau is a sheet, the other forms are documents."""
    sheet = form.layout is not None and form.layout.table is not None
    return to in MODULES and (to not in ("docx", "xlsx") or (to == "xlsx") is sheet)


def fitting(to: str, form: Form) -> str | None:
    """The format itself, or the one of the same use for the form: a workbook for a Word document; None when there is none."""
    return next((own for own in (to, "xlsx" if to == "docx" else to) if can_write(own, form)), None)
