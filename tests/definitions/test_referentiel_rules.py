"""Each mistake of a référentiel file is reported on its line: the one that bears the comment ICI."""

from __future__ import annotations

from pathlib import Path

import pytest
from formfill.definitions.check import check_referentiel
from formfill.model.report import Severity

VALID = Path(__file__).with_name("petit-2026.toml").read_text("utf-8")
NAME = "petit-2026"

# name, text replaced (its first occurrence), what replaces it, words of the message
MISTAKES = [
    ("missing key", '[[options]]\ncode = "X"', "[[options]] # ICI", "« code » manque"),
    (
        "unknown key",
        'libelle = "Gérer le parc"',
        'libelle = "Gérer le parc"\nlibele = "x" # ICI',
        "vouliez-vous écrire « libelle »",
    ),
    ("unknown table", "[typographie]", '[inconnu] # ICI\na = "b"\n[typographie]', "clé inconnue « inconnu »"),
    ("text expected", 'sigle = "BTS P"', "sigle = 3 # ICI", "il faut un texte"),
    ("integer expected", "niveau_cnc = 5", 'niveau_cnc = "5" # ICI', "il faut un nombre entier"),
    ("boolean is no integer", "niveau_cnc = 5", "niveau_cnc = true # ICI", "il faut un nombre entier"),
    ("boolean expected", "exclusif = true", "exclusif = 1 # ICI", "true ou false"),
    ("list expected", 'annexes = ["1"]', 'annexes = "1" # ICI', "il faut une liste"),
    ("wrong item", 'textes = ["Sait"]', 'textes = [\n  "Sait",\n  4, # ICI\n]', "il faut un texte"),
    ("bare date", 'date = "2020-05-01"', "date = 2020-05-01 # ICI", "date sans guillemets"),
    ("closed set", 'mode = "forfait"', 'mode = "toujours" # ICI', "'forfait', 'maximum'"),
    ("niveau", 'niveau = "officiel"', 'niveau = "oral" # ICI', "'officiel'"),
    ("schema_version", "schema_version = 1", "schema_version = 2 # ICI", "lit la version 1"),
    ("id is the file's", 'referentiel = "petit-2026"', 'referentiel = "petit-2027" # ICI', "petit-2026.toml"),
    ("language", 'langue = "fr-FR"', 'langue = "français" # ICI', "fr-FR"),
    ("option code twice", 'code = "Y"\nlettre', 'code = "X" # ICI\nlettre', "déjà donné"),
    ("option letter twice", 'lettre = "B"', 'lettre = "A" # ICI', "déjà donné"),
    ("bloc id twice", 'id = "Y:B2"', 'id = "X:B2" # ICI', "déjà donné"),
    ("compétence id twice", 'id = "X:B2.1"', 'id = "B1.1" # ICI', "déjà donné"),
    ("source id twice", 'id = "S2"', 'id = "S1" # ICI', "déjà donné"),
    ("sheet twice", 'numero = "RNCP2"', 'numero = "RNCP1" # ICI', "déjà donné"),
    ("level twice", 'niveaux = ["Non", "Oui"]', 'niveaux = [\n"Non", "Oui",\n"Oui" # ICI\n]', "déjà donné"),
    ("activité code twice", 'code = "B1.1.2"', 'code = "B1.1.1" # ICI', "déjà celui"),
    ("indicateur code twice", 'code = "P1.1.2"', 'code = "P1.1.1" # ICI', "déjà celui"),
    ("unused compétence is used", 'code = "B9.9"', 'code = "B1.1" # ICI', "déjà celui"),
    ("bloc code shared by an option", 'code = "B2"\nid = "X:B2"', 'code = "B1" # ICI\nid = "X:B2"', "déjà celui"),
    ("ordre gap", "ordre = 2", "ordre = 3 # ICI", "on attend 2"),
    ("ordre twice", "ordre = 2", "ordre = 1 # ICI", "comme l’entrée précédente"),
    ("ordre starts at 1", "ordre = 0", "ordre = 7 # ICI", "premier « ordre »"),
    ("unknown option of an épreuve", 'options = ["X"]', 'options = ["Z"] # ICI', "option inconnue « Z »"),
    ("unknown bloc of an épreuve", 'blocs = ["X:B2"]', 'blocs = ["Z:B2"] # ICI', "bloc inconnu"),
    ("unknown bloc of a penalty", 'blocs = ["B1"]\nannexes', 'blocs = ["B4"] # ICI\nannexes', "bloc inconnu"),
    ("option without bloc", 'blocs = ["X:B2"]\noptions = ["X"]', 'blocs = ["X:B2"]\noptions = ["Y"] # ICI', "aucun bloc"),
    ("compétence not evaluated", 'competences_evaluees = ["B1.1"]', 'competences_evaluees = ["B2.1"] # ICI', "absente des blocs"),
    ("position", 'position = "avant B1.1"', 'position = "avant B7.1" # ICI', "position"),
    (
        "sessions overlap",
        'regime = "2025-"\nsession_debut = 2025',
        'regime = "2024-"\nsession_debut = 2024 # ICI',
        "déjà une épreuve",
    ),
    ("same épreuve twice", 'code = "E6"\nsession_debut = 2025', 'code = "E5"\nsession_debut = 2025 # ICI', "existe déjà"),
    ("regime", 'regime = "2025-"', 'regime = "2025-2026" # ICI', "les sessions donnent"),
    ("no date", 'date = "2020-05-01"', 'date = "2020-02-30" # ICI', "pas une date"),
    ("French date", 'date_effet = "2024-09-01"', 'date_effet = "01/09/2024" # ICI', "pas une date"),
    ("ends before it starts", 'date_fin = "2024-08-31"', 'date_fin = "2020-08-31" # ICI', "avant « date_effet »"),
    ("RNCP number", 'rncp = ["RNCP1", "RNCP2"]', 'rncp = ["RNCP1", "RNCP2",\n"37489" # ICI\n]', "pas un numéro RNCP"),
    ("no sheet", 'rncp = ["RNCP1", "RNCP2"]', 'rncp = ["RNCP1", "RNCP2",\n"RNCP3" # ICI\n]', "n’a pas de"),
    ("successor", 'remplacee_par = "RNCP2"', 'remplacee_par = "RNCP9" # ICI', "remplacee_par"),
    ("RNCP bloc", 'rncp = ["RNCP1BC01"]', 'rncp = ["RNCP9BC01"] # ICI', "aucune fiche"),
    ("count of blocs", "blocs = 3", "blocs = 4 # ICI", "en contient 3"),
    ("count of compétences", "competences = 2", "competences = 3 # ICI", "en contient 2"),
    ("count of lines", "lignes_d_indicateurs = 3", "lignes_d_indicateurs = 2 # ICI", "en contient 3"),
    ("count of verified", "indicateurs_verifies = 1", "indicateurs_verifies = 2 # ICI", "en contient 1"),
    ("level unknown", 'niveau = "Oui"\nordre', 'niveau = "Peut-être" # ICI\nordre', "pas un niveau"),
    ("libelles of a scale", 'libelles = ["Non acquis", "Acquis"]', 'libelles = ["Acquis"] # ICI', "il en faut autant"),
    ("boxes of a scale", "cases_par_competence = 1", "cases_par_competence = 2 # ICI", "a 1 niveaux"),
    ("levels of a compétence", 'niveaux_competence = ["Oui"]', 'niveaux_competence = ["Bof"] # ICI', "pas un niveau"),
    ("weights of parts", "coefficients_composantes = [1, 3]", "coefficients_composantes = [1] # ICI", "il en faut autant"),
    ("weights of a compétence", "poids = [0.4, 0.6]", "poids = [1] # ICI", "il en faut autant"),
    ("sum of weights", "poids_soutenance = 0.75", "poids_soutenance = 0.5 # ICI", "doit valoir 1"),
    ("level of the diploma", "niveau_cnc = 5", "niveau_cnc = 9 # ICI", "de 1 à 8"),
    ("session is a year", "premiere_session = 2022", "premiere_session = 22 # ICI", "de 1950 à 2199"),
    ("empty wording", 'libelle = "Recenser les ressources"', 'libelle = "" # ICI', "est vide"),
    ("empty item", 'puces = ["·"]', 'puces = [\n"·",\n"", # ICI\n]', "est vide"),
    ("space at the end", 'libelle = "Recenser les ressources"', 'libelle = "Recenser les ressources " # ICI', "espace"),
    ("decomposed accents", 'libelle = "Gérer le parc"', 'libelle = "Ge\u0301rer le parc" # ICI', "décomposés"),
    ("variant is the wording", 'variants = ["Gerer le parc"]', 'variants = ["Gérer le parc"] # ICI', "libellé lui-même"),
    ("variant twice", 'variants = ["Gerer le parc"]', 'variants = [\n"Gerer le parc",\n"Gerer le parc", # ICI\n]', "déjà donnée"),
    ("element variant", '["Renforcer de ses compétences.", ', '["renforcer ses compétences.", # ICI\n', "libellé lui-même"),
    ("note of no variant", 'variants = ["Gerer le parc"]', 'libelle_rap_note = "x" # ICI', "sans « libelle_rap »"),
    ("same wording", 'libelle = "Exploiter les normes"', 'libelle = "Recenser les ressources" # ICI', "déjà celui"),
    ("same element", '  "renforcer ses compétences.",', '  "repérer les techniques ;", # ICI', "déjà donné"),
    ("complete without indicateur", "indicateurs_complets = false", "indicateurs_complets = true # ICI", "aucun indicateur"),
    ("table expected", "[comptes]", "[[comptes]] # ICI", "il faut un tableau"),
    ("unknown source", 'sources = ["S2"]', 'sources = ["S2",\n"S9", # ICI\n]', "source inconnue « S9 »"),
    ("source named twice", 'sources = ["S2"]', 'sources = ["S2",\n"S2", # ICI\n]', "déjà donné"),
    (
        "option outside the bloc",
        'id = "X:B2.1"\nlibelle = "Installer"\noptions = ["X"]',
        'id = "X:B2.1"\nlibelle = "Installer"\noptions = ["X",\n"Y" # ICI\n]',
        "n’est pas de celles du bloc",
    ),
    (
        "session ends before",
        'regime = "2022-2024"\nsession_debut = 2022\nsession_fin = 2024',
        "session_debut = 2023\nsession_fin = 2022 # ICI",
        "avant « session_debut »",
    ),
    (
        "before the first session",
        'regime = "2022-2024"\nsession_debut = 2022',
        'regime = "2021-2024"\nsession_debut = 2021 # ICI',
        "avant la première session",
    ),
    ("NOR", 'nor = ""\nnor_verified = false', 'nor = "" # ICI\nnor_verified = true', "nor_verified = false"),
    ("verified without source", 'sources = ["S1"]\n\n[[options]]', "sources = [] # ICI\n\n[[options]]", "« sources » est vide"),
    (
        "incomplete without note",
        'indicateurs_complets = false\nindicateurs_note = "Indicateurs à relever."',
        "indicateurs_complets = false # ICI",
        "sans « indicateurs_note »",
    ),
]


def mutated(old: str, new: str) -> str:
    assert old in VALID
    return VALID.replace(old, new, 1)


def line_of(text: str, mark: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), start=1) if mark in line)


def test_a_valid_file_has_no_problem() -> None:
    assert check_referentiel(VALID, NAME) == ()


@pytest.mark.parametrize(("old", "new", "words"), [case[1:] for case in MISTAKES], ids=[case[0] for case in MISTAKES])
def test_a_mistake_is_reported_on_its_line(old: str, new: str, words: str) -> None:
    text = mutated(old, new)
    found = [problem for problem in check_referentiel(text, NAME) if words in problem.message]
    assert [problem.line for problem in found] == [line_of(text, "# ICI")]
    assert found[0].severity is Severity.ERROR


def test_a_missing_table_is_reported_on_the_first_line() -> None:
    found = [p for p in check_referentiel(mutated("[comptes]", "[compte]"), NAME) if "manque" in p.message]
    assert [(p.line, p.message) for p in found] == [(1, "la clé « comptes » manque.")]


def test_warnings() -> None:
    text = mutated('niveau = "officiel"', 'niveau = "transcription"')
    assert [(p.line, p.severity) for p in check_referentiel(text, NAME)] == [
        (line_of(text, 'niveau = "transcription"') - 1, Severity.WARNING)
    ]
    text = mutated("[comptes]", '[[sources]]\nid = "S3" # ICI\ntitre = "Inutile"\nlocalisation = "Ailleurs"\n\n[comptes]')
    assert [(p.line, p.severity) for p in check_referentiel(text, NAME)] == [(line_of(text, "# ICI"), Severity.WARNING)]


def test_every_mistake_is_reported_not_the_first_only() -> None:
    changes = [
        ('sigle = "BTS P"', "sigle = 3"),
        ('date_fin = "2024-08-31"', 'date_fin = "hier"'),
        ('mode = "forfait"', 'mode = "x"'),
        ('libelle = "Exploiter les normes"', 'libelle = ""'),
        ("competences = 2", "competences = 20"),
    ]
    text = VALID
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    assert [problem.line for problem in check_referentiel(text, NAME)] == [line_of(text, new) for _old, new in changes]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a = 1\nb = \n", 2, "valeur illisible"),
        ("a = 1\na = 2\n", 2, "déjà donnée"),
        ('a = 1\nb = "x\n', 2, "caractère interdit"),
        ("a = 1\n[t\n", 2, "crochet ]"),
        ("a = 1\n[t]\n[t]\n", 3, "déjà déclaré"),
        ("a = 1\nb 2\n", 2, "signe ="),
        ("a = 1\nb = [1,\n2", 3, "ferme la liste"),
        ("\ufeffa = 1", 1, "BOM"),
    ],
)
def test_a_syntax_error_has_its_line(text: str, line: int, words: str) -> None:
    (problem,) = check_referentiel(text, NAME)
    assert problem.line == line
    assert words in problem.message


def test_nothing_but_problems_comes_out_of_a_file_of_wrong_types() -> None:
    for value in ("1", '"x"', "[1]", '["x"]', "{a = 1}", "[{a = 1}]", "true", "1979-05-27"):
        for key in ("diplome", "blocs", "epreuves", "echelles", "sources", "comptes", "options", "typographie", "penalites"):
            assert check_referentiel(f"{key} = {value}\n", NAME)
