"""The definitions that formfill ships: valid, compiled, described, and printing what the official forms print."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from formfill import catalogue
from formfill.checks import checks
from formfill.cli.definitions_text import check_form_file, check_referentiel_file
from formfill.definitions.build import build_form
from formfill.definitions.build_referentiel import build_referentiel
from formfill.definitions.check import check_form
from formfill.definitions.compile import PACKAGE, derived
from formfill.definitions.load import Referentiels, load_form, load_referentiel
from formfill.definitions.words import _KEYS, _TABLES
from formfill.model.report import Severity

BLANK = Path(__file__).parent / "definitions" / "grille-bloc1-activites.txt"

# what the files themselves say and a person must settle: reported, not blocking
KNOWN_WARNINGS = {"bts-ndrc-e6-2026": ["blocs[1].verified"]}


def test_the_forms_and_referentiels_are_these() -> None:
    assert catalogue.form_ids() == (
        "bts-ndrc-grille-e4",
        "bts-ndrc-grille-e6",
        "bts-sio-attestation-stage",
        "bts-sio-controle-conformite",
        "bts-sio-environnement-technologique",
        "bts-sio-expression-besoins",
        "bts-sio-fiche-appreciation",
        "bts-sio-fiche-sisr",
        "bts-sio-fiche-slam",
        "bts-sio-grille-bloc1",
        "bts-sio-grille-bloc2-sisr",
        "bts-sio-grille-bloc2-slam",
        "bts-sio-tableau-synthese",
    )
    assert catalogue.referentiel_ids() == ("bac-pro-ciel-2023", "bts-ciel-2023", "bts-ndrc-e6-2026", "bts-sio-2020")


@pytest.mark.parametrize("name", catalogue.referentiel_ids())
def test_a_shipped_referentiel_is_valid(name: str) -> None:
    found = check_referentiel_file(name)
    assert [p for p in found if p.severity is Severity.ERROR] == []
    assert [p.path for p in found] == KNOWN_WARNINGS.get(name, [])


@pytest.mark.parametrize("name", catalogue.form_ids())
def test_a_shipped_form_is_valid(name: str) -> None:
    assert check_form_file(name, checks()) == ()


def test_derived_files_are_fresh() -> None:
    """Run ``python -m formfill.definitions.compile`` when this fails."""
    wanted = dict(derived())
    assert {name: (PACKAGE / name).read_text("utf-8") for name in wanted} == wanted
    assert {f"compiled/{path.name}" for path in (PACKAGE / "compiled").glob("*.json")} == {
        n for n in wanted if n.startswith("compiled/")
    }


@pytest.mark.parametrize("name", catalogue.form_ids())
def test_the_compiled_form_is_the_file(name: str) -> None:
    direct = load_form(PACKAGE / "forms" / f"{name}.toml", Referentiels(PACKAGE / "referentiels"))
    assert catalogue.form(name) == direct
    assert build_form(json.loads((PACKAGE / "compiled" / f"{name}.form.json").read_text("utf-8"))["form"]) == direct


@pytest.mark.parametrize("name", catalogue.referentiel_ids())
def test_nothing_of_a_referentiel_is_dropped(name: str) -> None:
    path = PACKAGE / "referentiels" / f"{name}.toml"
    data = tomllib.loads(path.read_text("utf-8"))
    assert catalogue.referentiel(name) == load_referentiel(path) == build_referentiel(data)
    compare(data, catalogue.referentiel(name))


def compare(value: Any, made: Any) -> None:
    """Every value of the file stands in the model, under the same name."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "echelles":
                assert [scale.id for scale in made.echelles] == list(inner)
                for scale, table in zip(made.echelles, inner.values(), strict=True):
                    compare(table, scale)
            else:
                compare(inner, getattr(made, key))
    elif isinstance(value, list):
        for inner, item in zip(value, made, strict=True):
            compare(inner, item)
    else:
        assert value == (made.isoformat() if hasattr(made, "isoformat") else made)


def test_the_form_prints_what_the_official_blank_prints() -> None:
    grid = catalogue.form("bts-sio-grille-bloc1").grid
    assert grid is not None
    rows = [[heading] for heading in grid.headings]
    printed = [rows]
    for row in grid.rows:
        cells = [[line.printed for line in column] for column in row.lines]
        cells[grid.title_column].insert(0, row.title)
        cells[grid.box_column].insert(0, "☐")
        printed.append(cells)
    text = "\n\n".join("\n".join("\t" + "\n".join(cell) for cell in cells) for cells in printed)

    def trimmed(whole: str) -> list[str]:
        return [line.rstrip() for line in whole.strip("\n").splitlines()]

    assert trimmed(text) == trimmed(BLANK.read_text("utf-8"))


def test_every_anchor_is_on_the_blank() -> None:
    blank = BLANK.read_text("utf-8")
    assert all(anchor.text in blank for anchor in catalogue.form("bts-sio-grille-bloc1").recognition.anchors)


def test_fields_and_boxes_are_those_of_the_interface() -> None:
    form = catalogue.form("bts-sio-grille-bloc1")
    assert form.grid is not None
    options = ["transversale", "B1.1", "B1.2", "B1.3", "B1.4", "B1.5", "B1.6"]
    assert [row.option for row in form.grid.rows] == options
    assert [row.code for row in form.grid.rows] == [None, *options[1:]]
    assert form.fields == ("competences", *(f"commentaire.{option}" for option in options))
    assert [edition.id for edition in form.editions] == ["activites"]


def test_variants_of_a_list_go_to_their_element() -> None:
    grid = catalogue.form("bts-sio-grille-bloc1").grid
    assert grid is not None
    found = {line.code: line.variants for line in grid.rows[-1].lines[2]}
    assert found["P1.6.3/3"] == ("Renforcer de ses compétences.", "Renforcer ses compétences.")


@pytest.mark.parametrize("kind", ["form", "referentiel"])
def test_every_key_of_a_published_schema_is_described(kind: str) -> None:
    schema = json.loads((PACKAGE / "schemas" / f"{kind}.schema.json").read_text("utf-8"))
    tables = [schema, *schema["$defs"].values()]
    assert all(table["description"] and table["additionalProperties"] is False for table in tables)
    # a reference is described where it leads
    assert all({"description", "$ref"} & set(key) for table in tables for key in table["properties"].values())


def test_no_description_is_for_a_key_that_does_not_exist() -> None:
    schema = json.loads((PACKAGE / "schemas" / "referentiel.schema.json").read_text("utf-8"))
    tables = {"Referentiel": schema, **schema["$defs"]}
    assert set(_TABLES) == set(tables)
    keys = {key for table in tables.values() for key in table["properties"]}
    owned = {f"{name}.{key}" for name, table in tables.items() for key in table["properties"]}
    assert {key for key in _KEYS if key not in keys | owned} == set()


def test_the_example_of_the_documentation_is_valid() -> None:
    text = (PACKAGE.parent / "docs" / "ajouter-un-formulaire.md").read_text("utf-8")
    example = text.split("<!-- exemple", 1)[1].split("```toml\n", 1)[1].split("```", 1)[0]
    referentiels = Referentiels(PACKAGE / "referentiels")
    assert check_form(example, "mon-formulaire", referentiels=referentiels, checks=checks()) == ()


def test_every_key_of_a_form_is_documented() -> None:
    text = (PACKAGE.parent / "docs" / "ajouter-un-formulaire.md").read_text("utf-8")
    schema = json.loads((PACKAGE / "schemas" / "form.schema.json").read_text("utf-8"))
    keys = {key for table in (schema, *schema["$defs"].values()) for key in table["properties"]}
    assert {key for key in keys if f"`{key}`" not in text and f"[{key}]" not in text and f".{key}]" not in text} == set()
