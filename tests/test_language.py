"""The messages: every sentence has its translation, and each language speaks one language."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from formfill import language
from tools.catalogues import PROJECTS, Project, key, mo_bytes, names, untranslated

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TODO = "run « make catalogues », write the empty msgstr that it lists in {po}, run it again, commit the .po and the .mo"

catalogue_of = pytest.mark.parametrize("project", PROJECTS, ids=lambda project: str(project.domain))


@pytest.fixture(autouse=True)
def _language() -> Iterator[None]:
    before = language.language()
    yield
    language.set_language(before)


def entries(project: Project) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Each sentence and its translation, singular and plural where there are both."""
    for message in project.catalogue():
        if message.id:
            yield _forms(message.id), _forms(message.string)


def _forms(string: str | Sequence[str] | None) -> tuple[str, ...]:
    return (string,) if isinstance(string, str) else tuple(string or ())


def _todo(project: Project) -> str:
    return TODO.format(po=project.po.name)


@catalogue_of
def test_the_catalogue_holds_the_sentences_of_the_code(project: Project) -> None:
    code = {key(message) for message in project.sentences()}
    listed = {key(message.id) for message in project.catalogue() if message.id}
    assert not code - listed, f"new sentences: {_todo(project)}"
    assert not listed - code, f"sentences that are gone: {_todo(project)}"


@catalogue_of
def test_every_sentence_is_translated(project: Project) -> None:
    assert not list(untranslated(project.updated()[0])), _todo(project)


@catalogue_of
def test_placeholders_are_equal_on_both_sides(project: Project) -> None:
    wrong = []
    for sentence, translation in entries(project):
        source, said = (set().union(*map(names, forms)) for forms in (sentence, translation))
        if source != said:
            wrong.append((sentence, sorted(source ^ said)))
    assert not wrong, f"correct these in {project.po.name}, then « make catalogues »"


@catalogue_of
def test_the_compiled_catalogue_is_fresh(project: Project) -> None:
    assert project.mo.read_bytes() == mo_bytes(project.catalogue()), f"{project.po.name} was changed: run « make catalogues »"


def test_english_is_written_as_english() -> None:
    french = ("« ", " »", " :", " ;", " ?", " !")
    sentences = [form for _sentence, translation in entries(PROJECTS[0]) for form in translation]
    assert not [said for said in sentences if any(sign in said.replace("\u00a0", " ") for sign in french)]


def test_the_program_finds_each_translation() -> None:
    language.set_language("en")
    for sentence, translation in entries(PROJECTS[0]):
        if not all(translation):  # another test says so
            continue
        if len(sentence) == 1:
            assert language.gettext(sentence[0]) == translation[0]
        else:
            assert language.ngettext(sentence[0], sentence[1], 1) == translation[0]
            assert language.ngettext(sentence[0], sentence[1], 0) == translation[1]


def test_plurals_of_both_languages() -> None:
    language.set_language("fr")
    assert [language.ngettext("{count} erreur", "{count} erreurs", n) for n in (0, 1, 2)] == [
        "{count} erreur",
        "{count} erreur",
        "{count} erreurs",
    ]
    language.set_language("en")
    assert [language.ngettext("{count} erreur", "{count} erreurs", n) for n in (0, 1, 2)] == [
        "{count} errors",
        "{count} error",
        "{count} errors",
    ]


@pytest.mark.parametrize(
    ("asked", "environment", "expected"),
    [
        (None, None, "fr"),
        (None, "en", "en"),
        ("en", "fr", "en"),
        ("fr", "en", "fr"),
        (None, "en_GB.UTF-8", "en"),
        (None, "de", "fr"),
    ],
)
def test_the_argument_wins_over_the_environment(
    monkeypatch: pytest.MonkeyPatch, asked: str | None, environment: str | None, expected: str
) -> None:
    monkeypatch.delenv("FORMFILL_LANG", raising=False)
    if environment is not None:
        monkeypatch.setenv("FORMFILL_LANG", environment)
    assert language.set_language(asked) == expected
    assert language.language() == expected


def said(*arguments: str, lang: str | None = None) -> str:
    """What a command prints, both outputs, in a process of its own; the system itself is set to another language."""
    environment = {name: value for name, value in os.environ.items() if name not in {"FORMFILL_LANG", "LANGUAGE", "LC_ALL", "LANG"}}
    environment |= {"LANGUAGE": "de", "PYTHONUTF8": "1"} | ({"FORMFILL_LANG": lang} if lang else {})
    command = [sys.executable, "-m", "formfill", *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=False)
    return done.stdout + done.stderr


FRENCH = ["Utilisation :", "Options :", "Commandes :", "Affiche cette aide.", "Langue des messages", "COMMANDE [ARGUMENTS]..."]
ENGLISH = ["Usage:", "Options:", "Commands:", "Show this message and exit.", "Language of the messages", "COMMAND [ARGS]..."]


@pytest.mark.parametrize(
    ("arguments", "variable", "speaks", "not_a_word_of"),
    [
        (["--help"], None, FRENCH, ENGLISH),
        (["--help"], "en", ENGLISH, FRENCH),
        (["--lang", "en", "--help"], None, ENGLISH, FRENCH),
        (["--help", "--lang=en"], None, ENGLISH, FRENCH),
        (["--lang", "fr", "--help"], "en", FRENCH, ENGLISH),
    ],
    ids=["default", "variable", "option", "option-after", "option-over-variable"],
)
def test_the_help_speaks_one_language(
    arguments: list[str], variable: str | None, speaks: list[str], not_a_word_of: list[str]
) -> None:
    text = said(*arguments, lang=variable).replace("\u00a0", " ")
    assert [words for words in speaks if words not in text] == []
    assert [words for words in not_a_word_of if words in text] == []


@pytest.mark.parametrize(
    ("arguments", "french", "english"),
    [
        (["read", "--nope"], "Erreur : L’option '--nope' n’existe pas.", "Error: No such option '--nope'."),
        (["nope"], "Erreur : La commande 'nope' n’existe pas.", "Error: No such command 'nope'."),
        (["run"], "Erreur : Il manque l’argument 'CHEMIN...'.", "Error: Missing argument 'PATH...'."),
        (["render", "x"], "Erreur : Il manque l’option '--to'.", "Error: Missing option '--to'."),
        (["render", "x", "--to", "zip"], "Valeur non valable pour '--to'", "Invalid value for '--to'"),
        (["forms", "show"], "Erreur : Il manque l’argument 'ID'.", "Error: Missing argument 'ID'."),
        (["read"], "Pour de l’aide : formfill read --help", "Try 'formfill read --help' for help."),
        (
            ["read", "absent.docx"],
            "Erreur : absent.docx : ce fichier n’existe pas.",
            "Error: absent.docx: this file does not exist.",
        ),
    ],
    ids=["option", "command", "argument", "missing-option", "choice", "subcommand", "try-help", "our-own"],
)
def test_errors_are_said_in_the_language_asked_for(arguments: list[str], french: str, english: str) -> None:
    assert french in said(*arguments)
    assert english in said(*arguments, "--lang", "en")
    assert english in said("--lang", "en", *arguments)
