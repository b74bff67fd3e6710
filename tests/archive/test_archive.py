"""What an archive keeps and finds again, the same in SQLite and in PostgreSQL."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from formfill.archive import Archive, journal
from formfill.archive.add import Done, put
from formfill.archive.find import Criteria, find
from formfill.archive.settle import Decision, decide, lift_hold, place_hold
from formfill.archive.show import show, wanted_file
from formfill.archive.verify import verify
from formfill.errors import AlteredContentError, RecordNotFoundError, UnreachableArchiveError
from formfill.model.codec import loads
from sqlalchemy import func, select
from tests.archive.cases import entry, ident

if TYPE_CHECKING:
    from pathlib import Path


def found(archive: Archive, **said: str) -> list[str]:
    return [one.id for one in find(archive, Criteria(**said))]  # type: ignore[arg-type]


def test_what_is_put_comes_back_byte_for_byte(archive: Archive) -> None:
    given = entry()
    [result] = put(archive, [given])
    assert (result.id, result.done, result.original) == (ident(), Done.ADDED, True)
    one = show(archive, ident())
    assert loads(one.last.json) == given.record
    assert wanted_file(archive, one, "original") == given.original
    assert {to: wanted_file(archive, one, to) for to, _data in given.renditions} == dict(given.renditions)
    assert json.loads(wanted_file(archive, one, "record"))["schema"] == "formfill.record/1"
    with pytest.raises(RecordNotFoundError):
        wanted_file(archive, one, "xlsx")


def test_putting_the_same_again_changes_nothing(archive: Archive) -> None:
    put(archive, [entry(), entry(2)])
    before = _counts(archive)
    assert [one.done for one in put(archive, [entry(), entry(), entry(2)])] == [Done.SAME] * 3
    assert _counts(archive) == before


def _counts(archive: Archive) -> dict[str, int]:
    from formfill.archive.tables import metadata

    with archive.begin() as connection:
        return {
            name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in metadata.tables.items()
        }


def test_another_reading_is_a_version_beside_the_first(archive: Archive) -> None:
    put(archive, [entry(text="premier", finding="old-finding")])
    put(archive, [entry(text="second", finding="new-finding")])
    one = show(archive, ident())
    assert [version.number for version in one.versions] == [1, 2]
    assert "premier" in one.versions[0].json
    assert found(archive, text="second") == [ident()]
    assert found(archive, text="premier") == []
    assert found(archive, finding="new-finding") == [ident()]
    assert found(archive, finding="old-finding") == []
    assert verify(archive).sound


def test_results_then_the_source_make_one_record(archive: Archive) -> None:
    assert [one.original for one in put(archive, [entry(original=False)])] == [False]
    [result] = put(archive, [entry(renditions=False)])
    assert (result.done, result.original) == (Done.COMPLETED, True)
    one = show(archive, ident())
    assert len(one.versions) == 1
    assert sorted(kept.format for kept in one.files) == ["docx", "docx", "pdf"]
    assert verify(archive).sound


def test_another_name_of_the_same_file_is_kept_too(archive: Archive) -> None:
    put(archive, [entry(name="fiche.docx")])
    assert put(archive, [entry(name="envoi de Zélie\x00.docx")])[0].done is Done.COMPLETED
    one = show(archive, ident())
    assert one.names == ("fiche.docx", "envoi de Zélie\\x00.docx")
    assert len(one.versions) == 1
    assert found(archive, text="envoi") == [ident()]
    assert verify(archive).problems == []


def test_the_same_bytes_are_kept_once(archive: Archive) -> None:
    one, other = entry(1), entry(2)
    put(archive, [one, replace(other, renditions=one.renditions)])
    assert _counts(archive)["content"] == 4
    assert len(list(archive.contents.listed())) == 4


SEARCHES: tuple[tuple[dict[str, str], list[int]], ...] = (
    ({"text": "pare-feu"}, [1, 2]),
    ({"text": "OEUVRE feu"}, [1, 2]),
    ({"text": "feu absent"}, []),
    ({"text": "pare*"}, [1, 2]),
    ({"text": "pa"}, []),
    ({"text": "'"}, []),
    ({"text": "feu' OR 1=1 --"}, []),
    ({"text": 'NEAR("feu") AND NOT *'}, []),
    ({"text": "comité"}, [3]),
    ({"text": "comite:*"}, [3]),
    ({"candidate": "inventee"}, [1]),
    ({"candidate": "Zél"}, [1]),
    ({"candidate": "234567"}, [1, 3]),
    ({"candidate": "%"}, []),
    ({"session": "2026"}, [1]),
    ({"session": "2024-2025"}, [2]),
    ({"session": "2025"}, [2]),
    ({"form": "bts-sio-fiche-sisr"}, [1, 2, 3]),
    ({"form": "-"}, []),
    ({"finding": "rare"}, [3]),
    ({"finding": "rare", "candidate": "zelie"}, []),
    ({"text": "fictive", "session": "2026"}, [1]),
)
"""What is searched, and the entries that answer."""


def test_records_are_found(archive: Archive) -> None:
    put(archive, [entry(1), entry(2, candidate="Paul Du Rêve", identifier=None, session="2024-2025")])
    put(archive, [entry(3, candidate=None, session=None, text="Comité, e-mail : a@exemple.invalid", finding="rare")])
    got = [(criteria, sorted(found(archive, **criteria))) for criteria, _expected in SEARCHES]
    assert got == [(criteria, sorted(map(ident, expected))) for criteria, expected in SEARCHES]


def test_what_the_form_does_not_say_is_told_with_it(archive: Archive) -> None:
    bare = entry(1, candidate=None, identifier=None, session=None)
    put(archive, [replace(bare, session="2027", candidate="Ève Imaginaire"), replace(entry(2), session="1999", candidate="X")])
    assert found(archive, candidate="eve", session="2027") == [ident(1)]
    assert found(archive, session="1999") == []
    put(archive, [bare])
    assert found(archive, candidate="eve") == [ident(1)]
    assert verify(archive).sound


TEXTS = ("\x00", "a\ud800b", "\ufffe", "é" * 5000, " ".join(f"mot{i}x" for i in range(80_000)), "漢字 עברית", "%_'\\")


def test_any_text_is_kept(archive: Archive) -> None:
    given = [entry(at, candidate=f"N {text[:50]}", session=text[:50], text=text) for at, text in enumerate(TEXTS)]
    put(archive, given)
    for at, one in enumerate(given):
        assert loads(show(archive, ident(at)).last.json) == one.record
    assert verify(archive).problems == []
    whole = {one.id: one.whole_index for one in find(archive, Criteria(candidate="n"))}
    assert whole == {ident(at): len(text) < 500_000 for at, text in enumerate(TEXTS)}


def test_an_identifier_may_be_begun(archive: Archive) -> None:
    put(archive, [entry(number) for number in range(9)])
    assert show(archive, ident(7)[:10].upper()).id == ident(7)
    for wrong in ("f" * 64, "", "zz", ident(7) + "0", "%", ident(7)[:5]):
        with pytest.raises(RecordNotFoundError):
            show(archive, wrong)


def test_decisions_and_holds_stand_beside(archive: Archive) -> None:
    put(archive, [entry()])
    decide(archive, ident(), Decision("competences", "ticked", "vu sur l’original", "Mme Fictive", option="B2.1"))
    assert place_hold(archive, [ident()[:8]], "recours n° 12") == [ident()]
    one = show(archive, ident())
    assert [(said["field"], json.loads(said["value"]), said["by"]) for said in one.decisions] == [
        ("competences", "ticked", "Mme Fictive")
    ]
    assert [hold["lifted"] for hold in one.holds] == [None]
    assert find(archive, Criteria())[0].held
    assert lift_hold(archive, [ident()]) == [ident()]
    assert lift_hold(archive, [ident()]) == []
    assert not find(archive, Criteria())[0].held
    assert verify(archive).sound


def test_the_journal_says_who_saw_what_without_names(address: str, tmp_path: Path) -> None:
    for actor in ("anne.fictive", "paul.reve"):
        with Archive(address, contents=str(tmp_path / "contents"), create=True, actor=actor) as archive:
            put(archive, [entry()])
            find(archive, Criteria(candidate="inventée"))
            show(archive, ident())
    with archive.begin() as connection:
        lines = list(journal.lines(connection))
    archive.close()
    assert [line.action for line in lines] == ["add", "find", "show", "find", "show"]
    assert all(line.sound for line in lines)
    assert len({line.actor for line in lines}) == 2
    assert lines[1].detail == {"ids": [ident()]}
    said = json.dumps([line._asdict() for line in lines])
    assert not [name for name in ("anne", "paul", "Zélie", "INVENT", "0234567890") if name.lower() in said.lower()]


def test_nothing_is_put_when_contents_cannot_be_written(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "contents").write_text("a file where the folder should be")
    with pytest.raises(UnreachableArchiveError):
        put(archive, [entry(1), entry(2)])
    assert _counts(archive)["record"] == _counts(archive)["content"] == 0


def test_altered_bytes_are_never_given_out(archive: Archive, tmp_path: Path) -> None:
    put(archive, [entry()])
    one = show(archive, ident())
    original = one.original
    assert original is not None
    path = tmp_path / "contents" / original.sha512[:2] / original.sha512
    path.chmod(0o600)
    path.write_bytes(b"other bytes")
    with pytest.raises(AlteredContentError):
        wanted_file(archive, one, "original")
    put(archive, [entry()])
    assert wanted_file(archive, one, "original") == entry().original
