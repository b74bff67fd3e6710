"""Exports are what others expect: valid bags, valid transfers, pseudonyms that name nobody."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import zipfile
from dataclasses import replace
from importlib.metadata import files
from typing import TYPE_CHECKING

import pytest
from formfill.archive import journal
from formfill.archive.add import put
from formfill.archive.export_bagit import export_bagit
from formfill.archive.export_seda import NAMESPACE, export_seda
from formfill.archive.find import Criteria
from formfill.archive.pseudonym import Pseudonyms, identifying, load_key
from formfill.archive.rules import Agencies, Retention, Rules
from formfill.archive.settle import place_hold
from formfill.archive.show import show
from formfill.errors import AlteredContentError, InvalidArchiveRulesError, InvalidKeyError, UnwritableOutputError
from lxml import etree
from tests.archive.cases import entry, ident, path_of

if TYPE_CHECKING:
    from pathlib import Path

    from formfill.archive import Archive

KEY = b"k" * 32
EVERYTHING = Criteria()
RULES = Rules(
    "regles.toml", (Retention("EXAMEN", "", ("*",), "session", 1, 0, 0, True),), Agencies("AD", "RECTORAT", "DEC", "ACCORD-1")
)


def bag_tool(folder: Path) -> subprocess.CompletedProcess[str]:
    """The tool of the Library of Congress."""
    return subprocess.run([sys.executable, "-m", "bagit", "--validate", str(folder)], capture_output=True, text=True, check=False)


def test_a_bag_is_valid_for_the_tool(archive: Archive, tmp_path: Path) -> None:
    put(archive, [entry(1), entry(2, original=False)])
    put(archive, [entry(1, text="relu")])
    bag = tmp_path / "sac"
    assert export_bagit(archive, bag, EVERYTHING) == 2
    done = bag_tool(bag)
    assert done.returncode == 0, done.stderr
    assert (bag / "data" / ident(1) / "original.docx").read_bytes() == entry(1).original
    names = {path.relative_to(bag / "data" / ident(1)).as_posix() for path in (bag / "data" / ident(1)).rglob("*.*")}
    versions = {f"version-{number}/{name}" for number in (1, 2) for name in ("record.json", "form.docx", "form.pdf")}
    assert names == {"original.docx", "history.json", *versions}
    lines = [json.loads(line) for line in (bag / "data" / "index.jsonl").read_text("utf-8").splitlines()]
    assert {line["candidate"] for line in lines} == {"Zélie INVENTÉE"}
    (bag / "data" / ident(1) / "original.docx").write_bytes(b"other")
    assert bag_tool(bag).returncode != 0
    with archive.begin() as connection:
        last = list(journal.lines(connection))[-1]
    assert (last.action, sorted(last.detail["ids"]), last.detail["kind"]) == ("export", sorted([ident(1), ident(2)]), "bagit")


def test_only_what_is_asked_is_exported(light: Archive, tmp_path: Path) -> None:
    put(light, [entry(1), entry(2, session="2027")])
    assert export_bagit(light, tmp_path / "a.zip", Criteria(session="2027")) == 1
    with zipfile.ZipFile(tmp_path / "a.zip") as package:
        assert package.testzip() is None
        assert f"data/{ident(2)}/original.docx" in package.namelist()
        assert not [name for name in package.namelist() if ident(1) in name]
    assert export_bagit(light, tmp_path / "none", Criteria(session="1999")) == 0
    assert bag_tool(tmp_path / "none").returncode == 0


def test_an_export_is_there_whole_or_not_at_all(light: Archive, tmp_path: Path) -> None:
    put(light, [entry(1), entry(2)])
    full = tmp_path / "full"
    full.mkdir()
    (full / "kept").write_text("kept")
    with pytest.raises(UnwritableOutputError):
        export_bagit(light, full, EVERYTHING)
    [sha512] = [kept.sha512 for kept in show(light, ident(2)).files if kept.format == "pdf"]
    path_of(light, sha512).unlink()
    with pytest.raises(AlteredContentError):
        export_bagit(light, tmp_path / "half", EVERYTHING)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["archive.sqlite", "archive.sqlite.contents", "full"]


@pytest.fixture(scope="module")
def schema(tmp_path_factory: pytest.TempPathFactory) -> etree.XMLSchema:
    """The official schema of SEDA 2.2, in the namespace of 2.3: what we write is declared alike in both versions.

    Versions 2.2 and 2.3 differ in signatures, persistent identifiers, logs of groups and uses of objects, none of which we write.
    The schema of 2.3 is in no package; that of 2.2 is in the package cubicweb-seda.
    """
    folder = tmp_path_factory.mktemp("seda")
    for path in files("cubicweb-seda") or ():
        if path.suffix == ".xsd" and path.name.startswith(("seda-2.2-", "xlink", "xml")):
            text = path.read_text("utf-8").replace("archivesdefrance:seda:v2.2", "archivesdefrance:seda:v2.3")
            for name in ("xml", "xlink"):
                for year in ("2001", "1999"):
                    text = text.replace(f"http://www.w3.org/{year}/{name}.xsd", f"{name}.xsd")
            (folder / path.name).write_text(text, "utf-8")
    return etree.XMLSchema(etree.parse(folder / "seda-2.2-main.xsd"))


@pytest.mark.parametrize("pseudonymised", [False, True])
def test_a_transfer_is_valid_against_the_schema(
    archive: Archive, tmp_path: Path, schema: etree.XMLSchema, pseudonymised: bool
) -> None:
    put(archive, [entry(1, name="fiche \x01 é.docx"), entry(2, session=None, candidate="N\ufffe & <b>", original=False)])
    put(archive, [entry(1, text="relu"), replace(entry(3), record=entry(3).record._replace(form=None))])
    place_hold(archive, [ident(1)], "recours")
    place_hold(archive, [ident(1)], "enquête")
    target = tmp_path / "transfert"
    assert export_seda(archive, target, EVERYTHING, RULES, Pseudonyms(KEY) if pseudonymised else None) == 3
    tree = etree.parse(target / "manifest.xml")
    assert tree.getroot().tag == f"{{{NAMESPACE}}}ArchiveTransfer"
    assert schema.validate(tree), schema.error_log
    named = {"s": NAMESPACE}
    objects = tree.findall(".//s:BinaryDataObject", named)
    assert len(objects) == (3 if pseudonymised else 1 + 2 * 3 + 1 + 3 + 1 + 4 + 1)
    for one in objects:
        data = (target / str(one.findtext("s:Uri", namespaces=named))).read_bytes()
        assert one.findtext("s:MessageDigest", namespaces=named) == hashlib.sha512(data).hexdigest()
        assert one.findtext("s:Size", namespaces=named) == str(len(data))
    assert len(list((target / "content").iterdir())) == len(objects)
    assert len(tree.findall(".//s:HoldRule/s:Rule", named)) == 2
    assert {rule.text for rule in tree.findall(".//s:AppraisalRule/s:Rule", named)} == {"EXAMEN"}
    text = (target / "manifest.xml").read_text("utf-8")
    assert ("INVENT" in text) is not pseudonymised
    assert ("recours" in text) is not pseudonymised


def test_the_schema_refuses_what_is_wrong(light: Archive, tmp_path: Path, schema: etree.XMLSchema) -> None:
    put(light, [entry(1)])
    export_seda(light, tmp_path / "transfert", EVERYTHING, RULES)
    tree = etree.parse(tmp_path / "transfert" / "manifest.xml")
    [title] = tree.findall(".//{*}Title")[:1]
    content = title.getparent()
    assert content is not None
    content.append(title)
    assert not schema.validate(tree)


def test_a_transfer_says_who_transfers(light: Archive, tmp_path: Path) -> None:
    with pytest.raises(InvalidArchiveRulesError):
        export_seda(light, tmp_path / "x", EVERYTHING, Rules("regles.toml"))
    assert not (tmp_path / "x").exists()


def test_a_pseudonymised_export_names_nobody(archive: Archive, tmp_path: Path) -> None:
    written = "Zelie m’a aidé. INVENTÉE ! N° 0234567890. Relu par Mme fictive, zélie."
    put(archive, [entry(1, text=written), entry(2, candidate="  zélie   inventée", text="autre"), entry(3, candidate="Paul Rêve")])
    keyed = tmp_path / "sac"
    export_bagit(archive, keyed, EVERYTHING, Pseudonyms(KEY))
    assert bag_tool(keyed).returncode == 0
    whole = b"".join(path.read_bytes() for path in keyed.rglob("*") if path.is_file()).decode().lower()
    names = ("zelie", "zélie", "invent", "0234567890", "fictive", "rêve", "fiche.docx", ident(1), ident(2), "paul")
    assert [name for name in names if name in whole] == []
    records = [json.loads(path.read_text("utf-8")) for path in sorted(keyed.rglob("record.json"))]
    assert len(records) == 3
    assert len({record["candidate"] for record in records}) == 2
    texts = {record["answers"]["descriptif"]["value"] for record in records}
    assert "[…] m’a aidé. […] ! N° […]. Relu par Mme […], […]." in texts
    assert {path.name for path in keyed.rglob("*.*") if path.parent != keyed} == {"record.json", "index.jsonl"}
    export_bagit(archive, tmp_path / "again", EVERYTHING, Pseudonyms(KEY))
    export_bagit(archive, tmp_path / "other", EVERYTHING, Pseudonyms(b"o" * 32))
    people = [
        {path.parent.name for path in folder.rglob("record.json")} for folder in (keyed, tmp_path / "again", tmp_path / "other")
    ]
    assert people[0] == people[1]
    assert people[0].isdisjoint(people[2])


def test_fields_that_say_who() -> None:
    said = ("nom_prenom", "numero_candidat", "naissance", "url_portfolio", "signataire", "nom")
    assert all(map(identifying, said))
    assert not any(map(identifying, ("descriptif", "competences", "nombre", "session", "organisation")))


def test_a_key_that_is_too_short_is_refused(tmp_path: Path) -> None:
    (tmp_path / "key").write_bytes(b"k" * 31)
    for name in ("key", "absent"):
        with pytest.raises(InvalidKeyError):
            load_key(tmp_path / name)
    (tmp_path / "key").write_bytes(KEY)
    assert load_key(tmp_path / "key") == KEY
