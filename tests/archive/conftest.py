"""An archive of each kind, empty, for each test."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import pytest
from formfill.archive import Archive
from formfill.language import set_language
from sqlalchemy import create_engine, text
from tests.archive import postgres

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Engine


@pytest.fixture(autouse=True)
def _french() -> None:
    set_language("fr")


@pytest.fixture(scope="session")
def server() -> Iterator[Engine]:
    """A PostgreSQL server of our own."""
    if (reason := postgres.missing()) is not None:
        pytest.skip(f"PostgreSQL: {reason}")
    with postgres.server() as url:
        engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT")
        yield engine
        engine.dispose()


@pytest.fixture
def database(server: Engine) -> Iterator[str]:
    """The URL of an empty PostgreSQL schema: a new one is quicker to make than a database."""
    name = f"archive_{uuid.uuid4().hex}"
    with server.connect() as connection:
        connection.execute(text(f"CREATE SCHEMA {name}"))
    plain = server.url.set(drivername="postgresql", query={"options": f"-csearch_path={name}"})
    yield plain.render_as_string()
    with server.connect() as connection:
        connection.execute(text(f"DROP SCHEMA {name} CASCADE"))


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where an archive may be made: an SQLite file, and a database of a real server."""
    if request.param == "sqlite":
        return str(tmp_path / "archive.sqlite")
    return str(request.getfixturevalue("database"))


@pytest.fixture
def archive(address: str, tmp_path: Path) -> Iterator[Archive]:
    """An empty archive of each kind; its files are in ``contents``."""
    with Archive(address, contents=str(tmp_path / "contents"), create=True) as opened:
        yield opened


@pytest.fixture
def light(tmp_path: Path) -> Iterator[Archive]:
    """An empty archive in an SQLite file."""
    with Archive(str(tmp_path / "archive.sqlite"), create=True) as opened:
        yield opened
