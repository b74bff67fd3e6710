"""Whatever is altered or lost is seen; what a crash leaves is put right; nothing else is touched."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from formfill.archive import Archive
from formfill.archive.add import put
from formfill.archive.find import Criteria, find
from formfill.archive.settle import Decision, decide, place_hold
from formfill.archive.show import show
from formfill.archive.verified import Trouble
from formfill.archive.verify import verify
from formfill.errors import ArchiveError
from sqlalchemy import text
from tests.archive.cases import entry, ident, path_of

if TYPE_CHECKING:
    from pathlib import Path


def _fill(archive: Archive) -> Archive:
    put(archive, [entry(1), entry(2), entry(3)])
    decide(archive, ident(1), Decision("competences", "ticked", "vu", "Mme Fictive"))
    place_hold(archive, [ident(2)], "recours")
    assert verify(archive).problems == []
    return archive


@pytest.fixture
def filled(archive: Archive) -> Archive:
    return _fill(archive)


@pytest.fixture
def kept(light: Archive) -> Archive:
    """The same in SQLite alone, for what no database does otherwise."""
    return _fill(light)


def troubles(archive: Archive) -> list[tuple[Trouble, str]]:
    done = verify(archive)
    assert not done.sound
    return [(one.trouble, one.where) for one in done.problems]


def change(archive: Archive, statement: str, **values: object) -> None:
    with archive.begin() as connection:
        assert connection.execute(text(statement), values).rowcount > 0


def file_of(archive: Archive, number: int, format: str) -> Path:
    [sha512] = [kept.sha512 for kept in show(archive, ident(number)).files if kept.number and kept.format == format]
    return path_of(archive, sha512)


def test_a_byte_that_changed_is_seen(kept: Archive) -> None:
    path = file_of(kept, 2, "pdf")
    path.chmod(0o600)
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    assert troubles(kept) == [(Trouble.ALTERED, ident(2))]


def test_a_file_that_is_gone_is_seen(filled: Archive) -> None:
    file_of(filled, 2, "pdf").unlink()
    assert troubles(filled) == [(Trouble.LOST, ident(2))]
    assert [problem.repaired for problem in verify(filled, repair=True).problems] == [False]
    put(filled, [entry(2)])
    assert verify(filled).problems == []


OF_TWO = "(SELECT key FROM record WHERE id = :id)"
CHANGES = {
    "json": f"UPDATE version SET json = replace(json, 'feu', 'vent') WHERE record = {OF_TWO}",
    "seal": f"UPDATE version SET seal = 'x' WHERE record = {OF_TWO}",
    "finding": f"UPDATE finding SET code = 'other' WHERE record = {OF_TWO}",
    "candidate": "UPDATE record SET candidate = 'Paul' WHERE id = :id",
    "session": "UPDATE record SET session_year = 1999 WHERE id = :id",
    "form": "UPDATE record SET form = 'other' WHERE id = :id",
    "rendition": f"DELETE FROM file WHERE number = 1 AND format = 'pdf' AND record = {OF_TWO}",
    "original": f"DELETE FROM file WHERE number = 0 AND record = {OF_TWO}",
    "version": f"DELETE FROM version WHERE record = {OF_TWO}",
    "hold": f"DELETE FROM hold WHERE record = {OF_TWO}",
    "lifted": f"UPDATE hold SET lifted = placed WHERE record = {OF_TWO}",
    "decision": f"INSERT INTO decision VALUES (99, {OF_TWO}, 1, 'a', NULL, NULL, 'b', 'c', 'd', 'e')",
}


@pytest.mark.parametrize("statement", CHANGES.values(), ids=CHANGES)
def test_a_row_that_changed_is_seen(kept: Archive, statement: str) -> None:
    change(kept, statement, id=ident(2))
    assert {where for _trouble, where in troubles(kept)} == {ident(2)}


def test_a_decision_that_changed_is_seen(filled: Archive) -> None:
    change(filled, "UPDATE decision SET value = '\"blank\"'")
    assert troubles(filled) == [(Trouble.ALTERED, ident(1))]


def test_a_record_that_is_gone_is_seen(filled: Archive) -> None:
    # its files are no longer named by anybody either
    change(filled, "DELETE FROM record WHERE id = :id", id=ident(2))
    assert (Trouble.LOST, ident(2)) in troubles(filled)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET actor = 'nobody' WHERE seq = 2",
        "UPDATE journal SET detail = '{}' WHERE seq = 2",
        "DELETE FROM journal WHERE seq = 2",
        "UPDATE journal SET hash = previous WHERE seq = 2",
    ],
)
def test_a_line_of_the_journal_that_changed_is_seen(kept: Archive, statement: str) -> None:
    change(kept, statement)
    assert (Trouble.ALTERED, "journal") in troubles(kept)


def test_what_a_crash_leaves_is_put_right(filled: Archive) -> None:
    lonely = "ab" * 64
    folder = path_of(filled, lonely).parent
    folder.mkdir(exist_ok=True)
    left = {folder / lonely, folder / f"{lonely}.123.tmp"}
    for path in left:
        path.write_bytes(b"half")
    words, column = ("words", "record") if filled.path is None else ("words", "rowid")
    change(filled, f"DELETE FROM {words} WHERE {column} = (SELECT key FROM record WHERE id = :id)", id=ident(3))
    assert len(find(filled, Criteria(text="feu"))) == 2
    done = verify(filled)
    assert done.sound
    expected = sorted([Trouble.LEFT_OVER, Trouble.LEFT_OVER, Trouble.NOT_INDEXED])
    assert sorted(one.trouble for one in done.problems) == expected
    assert all(path.exists() for path in left)
    repaired = verify(filled, repair=True)
    assert repaired.sound
    assert [one.repaired for one in repaired.problems] == [True] * 3
    assert not any(path.exists() for path in left)
    assert verify(filled).problems == []
    assert len(find(filled, Criteria(text="feu"))) == 3


def test_a_damaged_database_is_said(light: Archive) -> None:
    put(light, [entry(number) for number in range(20)])
    assert light.path is not None
    data = bytearray(light.path.read_bytes())
    data[8192:12288] = b"\xa5" * 4096
    light.close()
    light.path.write_bytes(data)
    said: ArchiveError | None = None
    try:
        with Archive(str(light.path)) as again:
            assert not verify(again).sound
    except ArchiveError as error:
        said = error
    assert said is None or said.exit_code == 7
