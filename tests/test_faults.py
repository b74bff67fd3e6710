"""Why a library refused: said in the language in use, with the place, and none of the library's own words."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, Any

import formfill
import pytest
from formfill import faults
from formfill.cli import run_command_line
from formfill.errors import UnreadableSourceError
from formfill.files import reason
from formfill.language import set_language
from formfill.model import codec
from lxml import etree
from tests.grids import official, read

if TYPE_CHECKING:
    from pathlib import Path

ENGLISH = (
    "Input",
    "should",
    "Field required",
    "Expecting",
    "line ",
    "char ",
    "tag",
    "Bad",
    "Error",
    "while",
    "expected",
    "mismatch",
)


@pytest.fixture(autouse=True)
def _french() -> None:
    set_language("fr")


def refused(data: bytes, name: str = "x.docx") -> str:
    with pytest.raises(UnreadableSourceError) as error:
        formfill.read(data, name=name)
    assert not [word for word in ENGLISH if word in error.value.seen]
    return error.value.seen


def package(document: bytes, *, crc: bool = True) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", document)
    return out.getvalue() if crc else out.getvalue().replace(document, document.swapcase())


@pytest.mark.parametrize(
    ("xml", "said"),
    [
        (b"", "le XML est vide"),
        (b"<a>\n<b></a>", "ligne 2, colonne 8 : une balise fermante ne répond pas à la balise ouverte"),
        (b"<a>", "une balise n’est pas fermée"),
        (b"<a/><b/>", "quelque chose suit la fin du XML"),
        (b"<a b=1/>", "une valeur d’attribut manque"),
        (b"<a b='1' b='2'/>", "un attribut est donné deux fois"),
        (b"<a>&nope;</a>", "une entité n’est pas déclarée"),
        (b"<a></a", "un signe > manque"),
        (b"<" + b"a" * 60_000 + b"/>", ""),
    ],
)
def test_xml_that_is_damaged(xml: bytes, said: str) -> None:
    try:
        etree.fromstring(xml)
    except etree.XMLSyntaxError as error:
        words = faults.fault(error, "word/document.xml")
        assert words.startswith("partie « word/document.xml » : ligne ")
        assert said in words
        assert said in refused(package(xml))


def test_every_code_of_the_parser_has_words() -> None:
    for code in range(1, 120):
        error = etree.XMLSyntaxError("Opening and ending tag mismatch", code, 3, 4)  # type: ignore[arg-type, call-arg]
        assert faults.fault(error).startswith("ligne 3, colonne 4 : ")
        assert not [word for word in ENGLISH if word in faults.fault(error)]


def test_zip_that_is_damaged() -> None:
    assert "« word/document.xml » ne correspond pas à sa somme" in refused(package(b"<document>Bonjour</document>", crc=False))
    broken = package(b"<a/>")
    assert "l’archive ZIP est abîmée" in refused(broken.replace(b"PK\x01\x02", b"PK\x09\x09"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "ligne 1, colonne 1 : une valeur est attendue"),
        ('{\n"a": 1,}', "colonne "),
        ("{} {}", "ligne 1, colonne 4 : quelque chose suit la fin du JSON"),
        ('"abc', "un texte n’est pas fermé"),
        ("[" * 100_000, "imbriqués trop profondément"),
        ("[]", ". : un objet est attendu"),
    ],
)
def test_json_that_is_no_record(text: str, said: str) -> None:
    with pytest.raises(UnreadableSourceError) as error:
        formfill.from_json(text)
    assert said in error.value.seen
    assert not [word for word in ENGLISH if word in error.value.seen]


WRONG: list[tuple[tuple[str | int, ...], Any, str]] = [
    (("boxes", 0, "state"), "x", "boxes.0.state : une de ces valeurs est attendue : ticked, blank, uncertain"),
    (("boxes", 1, "row"), "x", "boxes.1.row : un nombre entier est attendu"),
    (("source", "sha256"), "zz", "source.sha256 : ce texte n’a pas la forme attendue"),
    (("source", "bytes"), -1, "source.bytes : au moins 0 est attendu"),
    (("form", "score"), 2, "form.score : au plus 1"),
    (("form", "score"), "2", "form.score : un nombre est attendu"),
    (("form", "id"), 2, "form.id : un texte est attendu"),
    (("answers",), [], "answers : un objet est attendu"),
    (("comments",), {}, "comments : une liste est attendue"),
    (("answers", "competences", "value"), 3, "answers.competences.value : un texte, une liste de textes ou null est attendu"),
    (("answers", "competences", "value"), [3], "answers.competences.value : un texte, une liste de textes ou null est attendu"),
    (("answers", "competences", "place", "box"), [1, 2, 3, 4, 5], "place.box : 4 éléments au plus sont attendus"),
]


@pytest.mark.parametrize(("path", "value", "said"), WRONG, ids=[said.split(" : ")[0] for *_rest, said in WRONG])
def test_a_record_with_a_mistake(path: tuple[str | int, ...], value: Any, said: str) -> None:
    data: Any = codec.record_to_dict(read(official()))
    at = data
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    with pytest.raises(UnreadableSourceError) as error:
        formfill.from_json(json.dumps(data))
    assert said in error.value.seen
    assert not [word for word in ENGLISH if word in error.value.seen]


def test_a_key_that_lacks() -> None:
    data = codec.record_to_dict(read(official()))
    del data["boxes"][2]["label"]
    with pytest.raises(UnreadableSourceError, match=r"boxes\.2\.label : manque"):
        formfill.from_json(json.dumps(data))


def test_a_record_saved_by_notepad_is_rendered(tmp_path: Path) -> None:
    path = tmp_path / "record.json"
    path.write_text(codec.dumps(read(official())), "utf-8-sig")
    assert run_command_line(["render", str(path), "--to", "txt", "-o", str(tmp_path / "form.txt")]) == 0


def test_the_systems_own_words_are_not_shown() -> None:
    assert reason(OSError(116, "Stale file handle")) == "le partage réseau ne répond pas"
    assert reason(OSError(71, "Protocol error")) == "erreur EPROTO du système"
    assert reason(OSError("ouille")) == "erreur 0 du système"
