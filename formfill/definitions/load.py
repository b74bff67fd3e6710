"""A definition file to its model type, checked: what the catalogue does when a compiled file is missing or stale."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

from formfill.definitions.build_referentiel import build_referentiel
from formfill.definitions.check import check_form, check_referentiel
from formfill.definitions.form_file import FormFile
from formfill.definitions.resolve import resolve
from formfill.definitions.syntax import decode
from formfill.errors import InvalidFormError, InvalidReferentielError
from formfill.language import gettext as _
from formfill.model.report import Severity

if TYPE_CHECKING:
    from pathlib import Path

    from formfill.definitions.problems import Problem
    from formfill.errors import DefinitionError
    from formfill.model.form import Form
    from formfill.model.referentiel import Referentiel


class Referentiels(Mapping[str, "Referentiel"]):
    """The référentiels of a folder, each loaded when it is asked for.

    Args:
        folder: where the TOML files are.
    """

    def __init__(self, folder: Path) -> None:
        self._paths = {path.stem: path for path in sorted(folder.glob("*.toml"))}

    def __getitem__(self, referentiel_id: str) -> Referentiel:
        return load_referentiel(self._paths[referentiel_id])

    def __contains__(self, referentiel_id: object) -> bool:
        return referentiel_id in self._paths

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


@cache
def load_referentiel(path: Path) -> Referentiel:
    """The référentiel of a TOML file.

    Raises:
        InvalidReferentielError: naming the file and the line of its first mistake.
    """
    text, found = decode(path.read_bytes())
    _refuse(path, found or check_referentiel(text, path.stem), InvalidReferentielError)
    return build_referentiel(tomllib.loads(text))


def load_form(path: Path, referentiels: Mapping[str, Referentiel]) -> Form:
    """The form of a TOML file, with the official labels in it.

    Raises:
        InvalidFormError: naming the file and the line of its first mistake.
        InvalidReferentielError: when its référentiel is wrong.
    """
    text, found = decode(path.read_bytes())
    _refuse(path, found or check_form(text, path.stem, referentiels=referentiels), InvalidFormError)
    file = FormFile.model_validate(tomllib.loads(text))
    return resolve(file, referentiels[file.referentiel])


def _refuse(path: Path, problems: tuple[Problem, ...], error: type[DefinitionError]) -> None:
    wrong = [problem for problem in problems if problem.severity is Severity.ERROR]
    if wrong:
        raise error(
            where=f"{path.parent.name}/{path.name}:{wrong[0].line}",
            seen=wrong[0].message,
            advice=_("Corrigez ce fichier ({count} erreur(s)) ou réinstallez formfill.").format(count=len(wrong)),
        )
