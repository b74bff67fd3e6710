"""formfill reads completed official forms, validates them and regenerates clean ones.

    import formfill
    record = formfill.read("grille.docx")
    records = formfill.read_all("portfolio.pdf")
    document = formfill.inspect("grille.docx")
    pdf = formfill.render(record, to="pdf", pictures=formfill.pictures("grille.docx"))
    record == formfill.from_json(formfill.to_json(record))

These functions touch nothing but the file they are given, and raise only :class:`FormfillError` and its subclasses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from formfill._version import __version__

if TYPE_CHECKING:
    from formfill.api import from_json, inspect, pictures, read, read_all, render, to_json
    from formfill.errors import ExitCode, FormfillError
    from formfill.model.document import Document
    from formfill.model.record import Record

__all__ = [
    "Document",
    "ExitCode",
    "FormfillError",
    "Record",
    "__version__",
    "from_json",
    "inspect",
    "pictures",
    "read",
    "read_all",
    "render",
    "to_json",
]

_HOMES = {
    "Document": "formfill.model.document",
    "ExitCode": "formfill.errors",
    "FormfillError": "formfill.errors",
    "Record": "formfill.model.record",
}


def __getattr__(name: str) -> Any:
    """Imports a public name when it is first used, so that ``import formfill`` costs nothing."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES.get(name, "formfill.api")), name)
