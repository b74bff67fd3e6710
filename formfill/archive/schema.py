"""Brings the tables of an archive to those of this formfill, with the migrations of alembic.

alembic is imported only when there is something to do.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

from formfill.archive import tables
from formfill.errors import ArchiveTooNewError
from formfill.language import gettext as _

if TYPE_CHECKING:
    from sqlalchemy import Connection

HEAD: Final = "0001"
"""The last migration; a test compares it with the files."""
VERSION_TABLE: Final = "alembic_version"
MIGRATIONS: Final = Path(__file__).with_name("migrations")


def version(connection: Connection) -> str | None:
    """The last migration that an archive went through."""
    found = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()
    return None if found is None else str(found)


def upgrade(connection: Connection, name: str) -> None:
    """Applies the migrations that are missing, in the transaction of the connection.

    Raises:
        ArchiveTooNewError: the archive went through migrations that we do not know.
    """
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    script = ScriptDirectory(str(MIGRATIONS))

    def missing(revision: Any, _context: object) -> Any:
        return script._upgrade_revs("head", revision)

    try:
        with EnvironmentContext(config, script, fn=missing) as environment:
            environment.configure(connection=connection, target_metadata=tables.metadata)
            environment.run_migrations()
    except CommandError as error:
        raise ArchiveTooNewError(
            where=name,
            seen=_("cette archive a été écrite par une version plus récente de formfill."),
            advice=_("Mettez formfill à jour ; rien n’a été changé."),
        ) from error
