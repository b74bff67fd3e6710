"""The catalogue: fast when compiled files are fresh, right when they are not, loud when a definition is wrong."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from formfill import catalogue
from formfill.errors import ExitCode, InvalidFormError, InvalidReferentielError, MissingTemplateError, UnknownFormError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAME = "bts-sio-grille-bloc1"


def forget() -> None:
    for function in (
        catalogue.form_ids,
        catalogue.referentiel_ids,
        catalogue.forms,
        catalogue.form,
        catalogue.referentiel,
        catalogue.shelf,
    ):
        function.cache_clear()
    catalogue.definitions_digest.cache_clear()
    catalogue._digest.cache_clear()


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the definitions that a test may spoil."""
    for folder in ("forms", "referentiels", "compiled"):
        shutil.copytree(catalogue.PACKAGE / folder, tmp_path / folder)
    monkeypatch.setattr(catalogue, "PACKAGE", tmp_path)
    forget()
    yield tmp_path
    forget()


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_reading_a_form_imports_neither_pydantic_nor_tomllib() -> None:
    code = (
        "import sys; from formfill import catalogue; catalogue.forms(); print(sorted({'pydantic', 'tomllib'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_without_compiled_files_the_catalogue_is_the_same(package: Path) -> None:
    compiled = catalogue.forms(), catalogue.referentiel("bts-sio-2020")
    shutil.rmtree(package / "compiled")
    forget()
    assert (catalogue.forms(), catalogue.referentiel("bts-sio-2020")) == compiled
    assert not (package / "compiled").exists()


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"engine": 0, "sources": {}}', '{"engine": 1, "sources": {"forms/no.toml": "x"}}']
)
def test_a_damaged_compiled_file_is_passed_over(package: Path, text: str) -> None:
    (package / "compiled" / f"{NAME}.form.json").write_text(text, "utf-8")
    assert catalogue.form(NAME).id == NAME


def test_a_changed_form_is_used_at_once(package: Path) -> None:
    replace(package / "forms" / f"{NAME}.toml", 'comment_label = "Commentaire"', 'comment_label = "Remarque"')
    grid = catalogue.form(NAME).grid
    assert grid is not None
    assert grid.comment_label == "Remarque"


def test_a_changed_referentiel_changes_its_forms(package: Path) -> None:
    before = catalogue.definitions_digest()
    replace(
        package / "referentiels" / "bts-sio-2020.toml", 'libelle = "Travailler en mode projet"', 'libelle = "Travailler en projet"'
    )
    forget()
    grid = catalogue.form(NAME).grid
    assert grid is not None
    assert "B1.4 : Travailler en projet" in [row.title for row in grid.rows]
    assert catalogue.definitions_digest() != before


def test_one_more_form_is_one_more_file(package: Path) -> None:
    text = (package / "forms" / f"{NAME}.toml").read_text("utf-8").replace(f'form = "{NAME}"', 'form = "autre-grille"')
    (package / "forms" / "autre-grille.toml").write_text(text, "utf-8")
    assert [form.id for form in catalogue.forms()][:2] == ["autre-grille", "bts-ndrc-grille-e4"]
    assert catalogue.shelf().alike(["b1.1: gerer"]) == (catalogue.form("autre-grille"), catalogue.form(NAME))


def test_a_wrong_form_names_its_file_and_line(package: Path) -> None:
    path = package / "forms" / f"{NAME}.toml"
    replace(path, 'code = "B1.3"', 'code = "B1.9"')
    line = path.read_text("utf-8").splitlines().index('code = "B1.9"') + 1
    with pytest.raises(InvalidFormError) as caught:
        catalogue.forms()
    assert caught.value.where == f"forms/{NAME}.toml:{line}"
    assert caught.value.exit_code is ExitCode.DEFINITION


@pytest.mark.parametrize(("data", "line"), [(b"a = 1\nb = \n", 2), (b"a = 1\n\nb = '\xe9'\n", 3)])
def test_a_wrong_referentiel_names_its_file_and_line(package: Path, data: bytes, line: int) -> None:
    (package / "referentiels" / "bts-sio-2020.toml").write_bytes(data)
    for load in (lambda: catalogue.referentiel("bts-sio-2020"), lambda: catalogue.form(NAME)):
        with pytest.raises(InvalidReferentielError) as caught:
            load()
        assert caught.value.where == f"referentiels/bts-sio-2020.toml:{line}"


def test_what_does_not_exist() -> None:
    with pytest.raises(UnknownFormError):
        catalogue.form("no-such-form")
    with pytest.raises(InvalidReferentielError):
        catalogue.referentiel("no-such-referentiel")
    with pytest.raises(MissingTemplateError):
        catalogue.template(NAME, "no-such-template.docx")
