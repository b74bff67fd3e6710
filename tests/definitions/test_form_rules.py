"""Each mistake of a form's file is reported on its line: the one that bears the comment ICI."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import pytest
from formfill import catalogue
from formfill.checks import checks
from formfill.definitions.check import check_form

if TYPE_CHECKING:
    from formfill.definitions.problems import Problem

NAME: Final = "bts-sio-grille-bloc1"
VALID: Final = (catalogue.PACKAGE / "forms" / f"{NAME}.toml").read_text("utf-8")

MISTAKES = [
    ("missing key", "[grid]\nfield = \"competences\"", "[grid] # ICI", "« field » manque"),
    ("unknown key", 'bloc = "B1"', 'bloc = "B1"\nblocs = "B1" # ICI', "vouliez-vous écrire « bloc »"),
    ("text expected", 'bloc = "B1"', "bloc = 1 # ICI", "il faut un texte"),
    ("role", 'role = "activity"', 'role = "activite" # ICI', "'activity', 'indicator'"),
    ("number expected", "threshold = 0.55", 'threshold = "0.6" # ICI', "il faut un nombre"),
    ("schema_version", "schema_version = 1", "schema_version = 0 # ICI", "lit la version 1"),
    ("id is the file's", f'form = "{NAME}"', 'form = "autre" # ICI', "porter le même nom"),
    ("id not ASCII", f'form = "{NAME}"', 'form = "grille-é" # ICI', "minuscules sans accent"),
    ("unknown référentiel", 'referentiel = "bts-sio-2020"', 'referentiel = "bts-sio-2019" # ICI', "référentiel inconnu"),
    ("empty title", 'title = "Bloc 1', 'title = "" # ICI\n#', "est vide"),
    ("unknown check", '  "missing-row",', '  "missing-rows", # ICI', "contrôle inconnu « missing-rows »"),
    ("check twice", '  "missing-row",', '  "missing-row",\n  "missing-row", # ICI', "déjà donné"),
    ("threshold above 1", "threshold = 0.55", "threshold = 1.5 # ICI", "jusqu’à 1"),
    ("threshold of 0", "threshold = 0.55", "threshold = 0.0 # ICI", "jusqu’à 1"),
    ("negative row_weight", "row_weight = 1.0", "row_weight = -1.0 # ICI", "0 ou plus"),
    ("too many rows wanted", "min_rows = 3", "min_rows = 8 # ICI", "n’a que 7 lignes"),
    ("weight of 0", "weight = 3.0", "weight = 0.0 # ICI", "plus que 0"),
    ("anchor twice", 'text = "Indicateurs de performance"', 'text = "Bloc 1 : Compétences" # ICI', "déjà donné"),
    ("empty anchor", 'text = "Indicateurs de performance"', 'text = " " # ICI', "est vide"),
    ("edition twice", 'id = "activites"', 'id = "activites"\n[[editions]]\nid = "activites" # ICI', "déjà donnée"),
    ("edition not ASCII", 'id = "activites"', 'id = "activités" # ICI', "sans accent"),
    ("session", 'id = "activites"', 'id = "activites"\nsessions = [2026, 26] # ICI', "pas une session"),
    ("missing template", 'name = "blank-activites.docx"', 'name = "blank.docx" # ICI', "n’existe pas"),
    ("template changed", 'name = "blank-activites.docx"', 'name = "blank-activites.docx"\nsha256 = "00" # ICI', "a changé"),
    ("title column", "title_column = 0", "title_column = 3 # ICI", "de 0 à 2"),
    ("box column", "box_column = 1", "box_column = -1 # ICI", "de 0 à 2"),
    ("box in the title column", "title_column = 0\nbox_column = 1", "title_column = 1 # ICI\nbox_column = 1", "colonne de la case"),
    ("lines column", "column = 2", "column = 5 # ICI", "de 0 à 2"),
    ("lines in the box column", "column = 2", "column = 1 # ICI", "colonne de la case"),
    (
        "same lines twice",
        '[[grid.lines]]\ncolumn = 2\nrole = "indicator"',
        '[[grid.lines]] # ICI\ncolumn = 0\nrole = "activity"',
        "imprime déjà",
    ),
    ("printed pattern", '"page [0-9] sur [0-9]",', '"Page [0-9] sur [0-9]", # ICI', "s’écrit « page [0-9] sur [0-9] »"),
    ("title without label", 'title = "{code} : {label}"', 'title = "{code}" # ICI', "{label} manque"),
    ("unknown place", 'title = "{code} : {label}"', 'title = "{code} {label} {x}" # ICI', "{x} n’est pas permis"),
    ("single brace", 'printed = "· {text}"', 'printed = "· {text" # ICI', "accolade"),
    ("line without text", 'printed = "· {text}"', 'printed = "·" # ICI', "{text} manque"),
    ("comment without option", 'comment_field = "commentaire.{option}"', 'comment_field = "commentaire" # ICI', "{option} manque"),
    ("field id", 'field = "competences"', 'field = "compétences" # ICI', "sans accent"),
    ("option id", 'option = "transversale"', 'option = "transversalé" # ICI', "sans accent"),
    ("option twice", 'option = "transversale"', 'option = "B1.1"', "déjà celle de la ligne"),
    ("code twice", 'code = "B1.2"', 'code = "B1.1" # ICI', "déjà celui"),
    ("unknown code", 'code = "B1.2"', 'code = "B2.1" # ICI', "code inconnu « B2.1 »"),
    ("unknown bloc", 'bloc = "B1"', 'bloc = "B4" # ICI', "bloc inconnu"),
]  # fmt: skip


def check(text: str) -> tuple[Problem, ...]:
    referentiels = {own: catalogue.referentiel(own) for own in catalogue.referentiel_ids()}
    digests = {"blank-activites.docx": "ab", "page.typ": "cd"}
    return check_form(text, NAME, referentiels=referentiels, checks=checks(), templates=partial(digests.get))


def test_the_shipped_form_has_no_problem() -> None:
    assert check(VALID) == ()


@pytest.mark.parametrize(("old", "new", "words"), [case[1:] for case in MISTAKES], ids=[case[0] for case in MISTAKES])
def test_a_mistake_is_reported_on_its_line(old: str, new: str, words: str) -> None:
    assert old in VALID
    text = VALID.replace(old, new, 1)
    lines = text.splitlines()
    marked = [number for number, line in enumerate(lines, start=1) if "# ICI" in line]
    expected = marked or [lines.index('code = "B1.1"') + 1]
    found = [problem.line for problem in check(text) if words in problem.message]
    assert found == expected


def test_a_check_that_is_not_asked_for_is_not_made() -> None:
    text = VALID.replace('"missing-row"', '"no-such-check"').replace("blank-activites.docx", "no-such-file.docx")
    referentiels = {"bts-sio-2020": catalogue.referentiel("bts-sio-2020")}
    assert check_form(text, NAME, referentiels=referentiels) == ()


def test_nothing_but_problems_comes_out_of_a_file_of_wrong_types() -> None:
    for value in ("1", '"x"', "[1]", '["x"]', "{a = 1}", "[{a = 1}]", "true"):
        for key in ("grid", "recognition", "editions", "templates", "checks", "form", "referentiel"):
            assert check(f"{key} = {value}\n")
        for key in ("rows", "lines", "headings", "field", "title", "comment_field", "bloc", "box_column"):
            assert check(f'referentiel = "bts-sio-2020"\ngrid.{key} = {value}\n')


FIELDS = """schema_version = 1
form = "bts-sio-grille-bloc1"
title = "Essai"
referentiel = "bts-sio-2020"
reference = "Essai"
checks = ["blank-form"]
recognition = { threshold = 0.5, anchors = [{ text = "Essai", weight = 1.0, at = "start" }] }
editions = [{ id = "1", sessions = [2026], annexes = ["VI"] }]

[[fields]]
id = "nom"
kind = "text"
label = "Nom"
printed = ["Nom :"]

[[fields]]
id = "option"
kind = "choice"
label = "Option"

[[fields.options]]
id = "SISR"
label = "SISR"

[[fields.options]]
id = "SLAM"
label = "SLAM"

[levels]
field = "niveau.{code}"
bloc = "SLAM:B2"
competence_levels = ["bonne"]
options = [{ id = "bonne", label = "Bonne" }]

[table]
field = "realisations"
bloc = "B1"
title = ["Réalisations"]
period = ["Période"]
columns = ["B1.1", "B1.2"]
sections = [{ id = "une", label = "Une" }]

[matrix]
columns = [{ id = "texte", label = "Texte" }]
parts = [{ id = "sisr", announced = ["SISR"] }]
rows = [{ id = "un", label = "Un", parts = ["sisr"] }]
"""
FIELD_MISTAKES = [
    ('printed = ["Nom :"]', "long = true", "rien n’annonce ce champ"),
    ('id = "option"', 'id = "nom"', "déjà celui de la ligne"),
    ('id = "nom"', 'id = "Nom"', "lettres minuscules"),
    ('kind = "choice"', 'kind = "text"', "ce champ a des cases"),
    ('kind = "text"', 'kind = "boxes"', "n’a aucune case"),
    ('kind = "text"', 'kind = "texte"', "valeurs possibles"),
    ('kind = "text"', 'kind = "text"\ninline = true', "aucun champ ne précède"),
    ('id = "SLAM"\nlabel = "SLAM"', 'id = "SISR"\nlabel = "SLAM"', "déjà celle de la ligne"),
    ('id = "SLAM"\nlabel = "SLAM"', 'code = "B2.1"', "donnez « bloc »"),
    ('id = "SLAM"\nlabel = "SLAM"', 'id = "SLAM"', "l’un des deux"),
    ('id = "SLAM"\nlabel = "SLAM"', 'id = "S L"\nlabel = "SLAM"', "au milieu seulement"),
    ('bloc = "SLAM:B2"', 'bloc = "B9"', "bloc inconnu"),
    ('bloc = "SLAM:B2"\n', "", "la grille n’a aucune ligne"),
    ('field = "niveau.{code}"', 'field = "niveau"', "{code} manque"),
    ('["bonne"]', '["moyenne"]', "niveau inconnu"),
    ('columns = ["B1.1", "B1.2"]', 'columns = ["B1.9"]', "code inconnu"),
    ('parts = ["sisr"]', 'parts = ["slam"]', "partie inconnue"),
    (FIELDS[FIELDS.index("\n[[fields]]") :], "", "le formulaire n’a aucun champ"),
]


def test_a_form_of_fields_is_valid() -> None:
    assert check(FIELDS) == ()


@pytest.mark.parametrize(("old", "new", "words"), FIELD_MISTAKES, ids=[case[2] for case in FIELD_MISTAKES])
def test_a_mistake_of_a_field_is_reported(old: str, new: str, words: str) -> None:
    assert old in FIELDS
    assert [problem for problem in check(FIELDS.replace(old, new, 1)) if words in problem.message]


def test_nothing_but_problems_comes_out_of_fields_of_wrong_types() -> None:
    for value in ("1", '"x"', "[1]", "{a = 1}", "[{a = 1}]", "[{options = 1}]", "{rows = 1, options = [1]}"):
        for key in ("fields", "levels", "table", "matrix", "fixed"):
            assert check(f"{key} = {value}\n")
