"""Where the templates of the forms and the fonts are. It opens none of them.

A wheel carries the checkout's top-level ``templates/`` as ``formfill/_templates/`` (hatchling's ``force-include``); an editable
install has no such folder, so both are tried.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from formfill.errors import MissingTemplateError
from formfill.language import gettext as _

_PACKAGE: Final = Path(__file__).parent
FONTS: Final = _PACKAGE / "fonts"
"""The folder of the bundled fonts, the only ones that may be used."""
_ROOTS: Final = (_PACKAGE / "_templates", _PACKAGE.parent / "templates")


def template(form_id: str, name: str) -> Path:
    """The path of a form's template: the wheel's copy first, then the checkout's.

    Args:
        form_id: form id, or another folder of ``templates/``: ``bts-sio-grille-bloc1``.
        name: file name in that folder: ``page.typ``.

    Raises:
        MissingTemplateError: when neither place has the file, or when a name leads out of ``templates/``.
    """
    for root in _ROOTS:
        path = root / form_id / name
        if path.is_file() and path.resolve().is_relative_to(root.resolve()):
            return path
    raise MissingTemplateError(
        where=f"templates/{form_id}/{name}",
        seen=_("ce gabarit n’existe pas."),
        advice=_("Ajoutez ce fichier ou choisissez un format pour lequel le formulaire a un gabarit."),
    )
