"""An archive is opened, made, brought up to date, or refused with what to do."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from formfill.archive import Archive, schema
from formfill.archive.add import put
from formfill.archive.contents import RemoteContents
from formfill.archive.find import Criteria, find
from formfill.archive.tables import metadata
from formfill.archive.verified import Trouble
from formfill.archive.verify import verify
from formfill.errors import ArchiveTooNewError, ReadOnlyArchiveError, UnreachableArchiveError
from sqlalchemy import text
from tests.archive.cases import entry

if TYPE_CHECKING:
    from pathlib import Path


def test_migrations_make_the_tables(archive: Archive) -> None:
    with archive.begin() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": lambda name, *_a: not str(name).startswith("words")})
        others = {"words", "ix_words_said"}
        left = [change for change in compare_metadata(context, metadata) if getattr(change[1], "name", "") not in others]
        # alembic has a table of its own, and does not know that of the words
        assert [change for change in left if "words" not in str(change) and "alembic" not in str(change)] == []
        assert schema.version(connection) == schema.HEAD
    assert ScriptDirectory(str(schema.MIGRATIONS)).get_current_head() == schema.HEAD


def test_a_later_archive_is_left_alone(archive: Archive, address: str) -> None:
    with archive.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(ArchiveTooNewError):
        Archive(address)


def test_what_is_no_archive_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Des notes.")
    other = sqlite3.connect(tmp_path / "other.sqlite")
    other.execute("CREATE TABLE pupils (name TEXT)")
    other.commit()
    other.close()
    (tmp_path / "empty.sqlite").touch()
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    for name in before:
        with pytest.raises(UnreachableArchiveError):
            Archive(str(tmp_path / name))
    for name in ("notes.txt", "other.sqlite", "absent/archive.sqlite", "."):
        with pytest.raises(UnreachableArchiveError):
            Archive(str(tmp_path / name), create=True)
    with pytest.raises(UnreachableArchiveError):
        Archive(str(tmp_path / "absent.sqlite"))
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://u:secret@127.0.0.1:1/x",
        "mysql://u:secret@127.0.0.1/x",
        "sqlite://",
        "://secret",
        "http://u:secret@x/y",
        "a://",
    ],
)
def test_an_address_that_does_not_answer_keeps_its_password(address: str) -> None:
    with pytest.raises(UnreachableArchiveError) as said:
        Archive(address, create=True)
    assert "secret" not in str(said.value)


def test_a_database_is_told_where_files_are_kept_once(database: str, tmp_path: Path) -> None:
    with pytest.raises(UnreachableArchiveError) as said:
        Archive(database, create=True)
    assert "--contents" in str(said.value)
    with Archive(database, contents=str(tmp_path / "files"), create=True) as archive:
        put(archive, [entry()])
    with Archive(database) as archive:
        assert archive.contents.where == str(tmp_path / "files")
        assert verify(archive).problems == []


def test_an_archive_may_be_moved_with_its_files(light: Archive, tmp_path: Path) -> None:
    put(light, [entry()])
    light.close()
    assert light.path is not None
    (tmp_path / "elsewhere").mkdir()
    for path in (light.path, tmp_path / "archive.sqlite.contents"):
        path.rename(tmp_path / "elsewhere" / path.name)
    with Archive(str(tmp_path / "elsewhere" / "archive.sqlite")) as moved:
        assert verify(moved).problems == []


def test_files_may_be_kept_at_a_url(tmp_path: Path) -> None:
    url = f"memory://{tmp_path.name}/contents"
    with Archive(str(tmp_path / "a.sqlite"), contents=url, create=True) as archive:
        put(archive, [entry(1), entry(2)])
        assert isinstance(archive.contents, RemoteContents)
        assert len(list(archive.contents.listed())) == 6
    with Archive(str(tmp_path / "a.sqlite")) as archive:
        assert verify(archive).problems == []
        [sha512, other, *_rest] = [name for name, _ours in archive.contents.listed()]
        archive.contents.remove(sha512)
        contents = archive.contents
        assert isinstance(contents, RemoteContents)
        contents._system.pipe_file(contents._path(other), b"other")
        contents._system.pipe_file(f"{contents._path(other)}.tmp", b"half")
        done = verify(archive, repair=True)
        assert sorted(one.trouble for one in done.problems) == [Trouble.ALTERED, Trouble.LEFT_OVER, Trouble.LOST]
        put(archive, [entry(1), entry(2)])
        assert verify(archive).problems == []
    with pytest.raises(UnreachableArchiveError):
        Archive(str(tmp_path / "b.sqlite"), contents="nowhere://x", create=True)


def test_a_read_only_archive_says_so(light: Archive) -> None:
    put(light, [entry()])
    with light.engine.connect() as connection:
        # root writes whatever the rights say: the database itself is told
        raw = connection.connection.dbapi_connection
        assert raw is not None
        connection.rollback()
        raw.cursor().execute("PRAGMA query_only = ON")
    with pytest.raises(ReadOnlyArchiveError):
        find(light, Criteria())


def test_an_archive_that_another_holds_says_so(light: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("formfill.archive.database.PATIENCE", 0.1)
    assert light.path is not None
    holder = sqlite3.connect(light.path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(UnreachableArchiveError) as said:
        Archive(str(light.path))
    assert "occupée" in str(said.value)
    holder.execute("ROLLBACK")
    holder.close()
    Archive(str(light.path)).close()


def test_reading_forms_imports_nothing_of_the_archive() -> None:
    script = "import sys, formfill, formfill.batch, formfill.cli.read; print([m for m in sys.modules if 'sqlalchemy' in m])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
