"""The forms and the référentiels that formfill knows, ready to use, and the templates of the forms.

Reading a form must not pay for TOML, pydantic and checks: the catalogue loads the JSON that ``formfill.definitions.compile``
wrote, as long as the digests it holds are those of the TOML files beside it, and otherwise compiles these in memory. It never
writes.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from formfill.definitions.build import ENGINE, build_form
from formfill.errors import InvalidReferentielError, UnknownFormError
from formfill.language import gettext as _
from formfill.resources import template
from formfill.shelf import Shelf, heads_of

if TYPE_CHECKING:
    from formfill.model.form import Form
    from formfill.model.referentiel import Referentiel

__all__ = ["definitions_digest", "form", "form_ids", "forms", "referentiel", "referentiel_ids", "shelf", "template"]

PACKAGE: Final = Path(__file__).parent


@cache
def form_ids() -> tuple[str, ...]:
    """The id of every form, in alphabetical order."""
    return _stems("forms")


@cache
def referentiel_ids() -> tuple[str, ...]:
    """The id of every référentiel, in alphabetical order."""
    return _stems("referentiels")


@cache
def forms() -> tuple[Form, ...]:
    """Every form, in the order of :func:`form_ids`.

    Raises:
        InvalidFormError: when a definition is wrong; it names the file and the line.
        InvalidReferentielError: when the référentiel of a form is wrong.
    """
    return tuple(map(form, form_ids()))


@cache
def form(form_id: str) -> Form:
    """A form, with the official labels in it.

    Raises:
        UnknownFormError: when there is no such form.
        InvalidFormError: when its definition is wrong; it names the file and the line.
        InvalidReferentielError: when its référentiel is wrong.
    """
    if form_id not in form_ids():
        raise UnknownFormError(
            where=form_id,
            seen=_("ce formulaire n’existe pas."),
            advice=_("Formulaires connus : {known}.").format(known=", ".join(form_ids())),
        )
    data = _compiled(f"{form_id}.form.json")
    if data is not None:
        return build_form(data["form"])
    from formfill.definitions.load import Referentiels, load_form

    return load_form(PACKAGE / "forms" / f"{form_id}.toml", Referentiels(PACKAGE / "referentiels"))


@cache
def referentiel(referentiel_id: str) -> Referentiel:
    """A référentiel.

    Raises:
        InvalidReferentielError: when there is no such référentiel, or when its file is wrong: it names the file and the line.
    """
    if referentiel_id not in referentiel_ids():
        raise InvalidReferentielError(
            where=referentiel_id,
            seen=_("ce référentiel n’existe pas."),
            advice=_("Référentiels connus : {known}.").format(known=", ".join(referentiel_ids())),
        )
    data = _compiled(f"{referentiel_id}.referentiel.json")
    if data is not None:
        from formfill.definitions.build_referentiel import build_referentiel

        return build_referentiel(data["referentiel"])
    from formfill.definitions.load import load_referentiel

    return load_referentiel(PACKAGE / "referentiels" / f"{referentiel_id}.toml")


@cache
def shelf() -> Shelf:
    """Every form, ready to be looked up by what a document prints; only those that may be the one are loaded."""
    data = _compiled("index.json")
    if data is not None and data["forms"] == list(form_ids()):
        return Shelf(tuple(data["forms"]), {head: tuple(ranks) for head, ranks in data["heads"].items()}, form)
    return Shelf(form_ids(), heads_of(forms()), form)


@cache
def definitions_digest() -> str:
    """The sha256 of every definition file together: what was read under another digest may read otherwise today."""
    names = [*(f"forms/{stem}.toml" for stem in form_ids()), *(f"referentiels/{stem}.toml" for stem in referentiel_ids())]
    listed = "".join(f"{name} {_digest(name)}\n" for name in names)
    return hashlib.sha256(f"{ENGINE}\n{listed}".encode()).hexdigest()


def _stems(folder: str) -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in (PACKAGE / folder).glob("*.toml")))


@cache
def _digest(name: str) -> str:
    return hashlib.sha256((PACKAGE / name).read_bytes()).hexdigest()


def _compiled(name: str) -> dict[str, Any] | None:
    """A compiled file, None when it is missing, damaged, of another engine, or older than its TOML files."""
    try:
        data: dict[str, Any] = json.loads((PACKAGE / "compiled" / name).read_bytes())
        fresh = data["engine"] == ENGINE and all(_digest(source) == digest for source, digest in data["sources"].items())
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return data if fresh else None
