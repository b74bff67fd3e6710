"""An archive that is open: its database, its contents, and whoever uses it.

Every use is one transaction, and one at a time holds the archive: SQLite's own lock, an advisory lock in PostgreSQL. Contents are
written before the rows that name them, and removed after the rows that named them, always under that lock: whoever is killed in
between leaves at worst a file that nobody names, which ``verify --repair`` takes away.
"""

from __future__ import annotations

import getpass
import hashlib
import hmac
import os
import secrets
import uuid
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import URL, create_engine, event, insert, inspect, make_url, select, text
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from formfill.archive import schema
from formfill.archive.contents import Contents, open_contents
from formfill.archive.tables import setting
from formfill.errors import ArchiveError, ReadOnlyArchiveError, UnreachableArchiveError
from formfill.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from sqlalchemy import Connection, Engine

PATIENCE: Final = 60
"""Seconds that one process waits for another to finish."""
BESIDE: Final = ".contents"
"""What is added to the name of an SQLite file to name the folder of its contents."""
_LOCK: Final = 0x666F726D66696C6C
"""Number of the advisory lock: « formfill » in ASCII."""


class Archive:
    """An open archive.

    Args:
        address: the path of an SQLite file, or the URL of a database.
        contents: folder or fsspec URL of the contents, when they are not beside an SQLite file; remembered by the archive.
        create: makes an archive where there is none.
        actor: who uses it; the account of this session by default. The archive keeps a keyed digest of it, never the name.

    Raises:
        UnreachableArchiveError: there is no archive there, or it does not answer.
        ArchiveTooNewError: a later formfill wrote it.
    """

    def __init__(self, address: str, *, contents: str | None = None, create: bool = False, actor: str | None = None) -> None:
        url = _url(address)
        self.name = url.render_as_string(hide_password=True) if "://" in address else address
        """The archive as messages name it, without any password."""
        self.path = Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None
        """Its file, when it is one."""
        if self.path is not None:
            self._check_file(self.path, create=create)
        self.engine: Engine = self._engine(url)
        try:
            with self.begin() as connection:
                self._settings = self._prepared(connection, contents, create=create)
        except ArchiveError:
            self.close()
            raise
        self.contents: Contents = open_contents(contents or self._settings["contents"] or f"{self.path}{BESIDE}")
        self._actor = actor or _account()

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Closes the connections."""
        self.engine.dispose()

    @property
    def id(self) -> str:
        """The identifier of the archive, made with it."""
        return self._settings["id"]

    @property
    def actor(self) -> str:
        """The keyed digest of whoever uses the archive."""
        return hmac.new(bytes.fromhex(self._settings["key"]), self._actor.encode("utf-8", "replace"), hashlib.sha256).hexdigest()[
            :32
        ]

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """One transaction, alone in the archive; committed at the end, undone by any error."""
        try:
            with self.engine.begin() as connection:
                if connection.dialect.name == "postgresql":
                    connection.execute(text(f"SET LOCAL lock_timeout = '{PATIENCE}s'"))
                    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
                yield connection
        except SQLAlchemyError as error:
            raise self._said(error) from error

    def _engine(self, url: URL) -> Engine:
        try:
            if url.get_backend_name() == "sqlite":
                engine = create_engine(url, connect_args={"timeout": PATIENCE})
                event.listen(engine, "connect", _sqlite_connected)
                event.listen(engine, "begin", _sqlite_begins)
                return engine
            return create_engine(url, connect_args={"connect_timeout": 10})
        except ImportError as error:
            raise UnreachableArchiveError(
                where=self.name,
                seen=_("le pilote de cette base n’est pas installé ({reason}).").format(reason=error.name),
                advice=_("Installez-le : pip install 'formfill[postgresql]'."),
            ) from error

    def _check_file(self, path: Path, *, create: bool) -> None:
        try:
            with path.open("rb") as stream:
                head = stream.read(16)
        except FileNotFoundError as error:
            if create and path.parent.is_dir():
                return
            seen = _("il n’y a pas d’archive ici.") if not create else _("ce dossier n’existe pas.")
            advice = (
                _("Vérifiez le nom ; « formfill archive add » crée une archive.") if not create else _("Créez d’abord le dossier.")
            )
            raise UnreachableArchiveError(where=self.name, seen=seen, advice=advice) from error
        except OSError as error:
            from formfill.files import reason

            raise UnreachableArchiveError(
                where=self.name,
                seen=_("cette archive ne peut pas être ouverte ({reason}).").format(reason=reason(error)),
                advice=_("Vérifiez le nom et vos droits."),
            ) from error
        if head != b"SQLite format 3\x00" and (head or not create):
            raise _no_archive(self.name)

    def _prepared(self, connection: Connection, contents: str | None, *, create: bool) -> dict[str, str]:
        tables = set(inspect(connection).get_table_names())
        if "setting" not in tables or schema.VERSION_TABLE not in tables:
            if not create or tables - {"spatial_ref_sys"}:
                raise _no_archive(self.name)
            if self.path is None and contents is None:
                raise UnreachableArchiveError(
                    where=self.name,
                    seen=_("rien ne dit où garder les fichiers de cette nouvelle archive."),
                    advice=_("Ajoutez « --contents DOSSIER » (ou une adresse s3://…) à la première commande « add »."),
                )
            schema.upgrade(connection, self.name)
            known = {"id": uuid.uuid4().hex, "key": secrets.token_hex(32), "contents": ""}
            if contents is not None:
                known["contents"] = contents if "://" in contents else str(Path(contents).absolute())
            connection.execute(insert(setting), [{"name": name, "value": value} for name, value in known.items()])
        elif schema.version(connection) != schema.HEAD:
            schema.upgrade(connection, self.name)
        return {row.name: row.value for row in connection.execute(select(setting))}

    def _said(self, error: SQLAlchemyError) -> ArchiveError:
        """What to say of an error of the database."""
        reason = str(error.orig if isinstance(error, DBAPIError) else error).strip().partition("\n")[0]
        if "readonly database" in reason or "read-only transaction" in reason:
            return ReadOnlyArchiveError(
                where=self.name,
                seen=_("l’archive est en lecture seule : même une consultation doit y être journalisée."),
                advice=_("Donnez le droit d’écrire dans l’archive et dans son dossier, ou copiez-la ailleurs."),
            )
        if "database is locked" in reason or "lock timeout" in reason:
            return UnreachableArchiveError(
                where=self.name,
                seen=_("l’archive est occupée par un autre programme depuis {count} secondes.").format(count=PATIENCE),
                advice=_("Attendez qu’il ait fini et recommencez ; rien n’a été écrit."),
            )
        if "is full" in reason or "No space" in reason:
            return UnreachableArchiveError(
                where=self.name,
                seen=_("le disque de l’archive est plein."),
                advice=_("Libérez de la place et recommencez ; rien n’a été archivé à moitié."),
            )
        if "malformed" in reason or "not a database" in reason or "disk I/O" in reason:
            return UnreachableArchiveError(
                where=self.name,
                seen=_("la base de l’archive est endommagée ({reason}).").format(reason=reason),
                advice=_("Ne la modifiez pas ; reprenez-la d’une sauvegarde."),
            )
        return UnreachableArchiveError(
            where=self.name,
            seen=_("la base de l’archive ne répond pas comme attendu ({reason}).").format(reason=reason),
            advice=_("Vérifiez l’adresse, le serveur et vos droits ; rien n’a été écrit."),
        )


def _no_archive(name: str) -> UnreachableArchiveError:
    return UnreachableArchiveError(
        where=name, seen=_("ce n’est pas une archive de formfill."), advice=_("Vérifiez le nom ; rien n’y a été changé.")
    )


def _url(address: str) -> URL:
    if "://" not in address:
        return URL.create("sqlite", database=address)
    cause: Exception | None = None
    try:
        url = make_url(address)
        backend = url.get_backend_name()
    except (ArgumentError, ValueError) as error:
        backend, cause = "", error
    if backend in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    if backend == "sqlite" and url.database and url.database != ":memory:":
        return url
    raise UnreachableArchiveError(
        where=address.partition("://")[0] + "://…",
        seen=_("cette adresse n’est pas celle d’une base qui peut tenir une archive."),
        advice=_("Donnez un fichier SQLite, ou postgresql://UTILISATEUR@SERVEUR/BASE."),
    ) from cause


def _account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return str(os.getuid()) if hasattr(os, "getuid") else "?"


def _sqlite_connected(connection: Any, _record: object) -> None:
    # SQLAlchemy begins each transaction itself, below
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")
    # what is eliminated is overwritten with zeros
    cursor.execute("PRAGMA secure_delete = ON")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.close()


def _sqlite_begins(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
