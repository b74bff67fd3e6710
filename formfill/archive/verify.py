"""Reads an archive again, whole: every byte is hashed, every record parsed, every line of the journal recomputed.

What was altered or lost is said, with the records it belongs to; it is never mended by guessing. ``repair`` puts right what a crash
may leave: contents that no record names, files that were being written, words that were not indexed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import select, text

from formfill.archive import journal, words
from formfill.archive.add import ORIGINAL
from formfill.archive.entry import index
from formfill.archive.tables import content, file, name, record, version
from formfill.archive.verified import Problem, Trouble, Verified
from formfill.archive.verify_records import verify_records
from formfill.errors import AlteredContentError, FormfillError
from formfill.language import gettext as _
from formfill.model.codec import loads

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Connection

    from formfill.archive.database import Archive

_AT_ONCE: Final = 200


def verify(archive: Archive, *, repair: bool = False, tick: Callable[[], None] = lambda: None) -> Verified:
    """Verifies everything; ``tick`` is called for each record and each content."""
    done = Verified()
    with archive.begin() as connection:
        done.problems += _database(connection)
    verify_records(archive, done, tick)
    _contents(archive, done, tick)
    _left_over(archive, done, repair=repair)
    _index(archive, done, repair=repair)
    with archive.begin() as connection:
        journal.append(connection, archive.actor, "verify", [{"problems": len(done.problems), "repair": repair}])
    return done


def _database(connection: Connection) -> Iterator[Problem]:
    """What the database itself says of its file; PostgreSQL checks its own pages as it reads them."""
    if connection.dialect.name != "sqlite":
        return
    for [said] in connection.execute(text("PRAGMA integrity_check(20)")):
        if said != "ok":
            yield Problem(Trouble.ALTERED, "SQLite", _("la base est endommagée ({reason}).").format(reason=said))
    for row in connection.execute(text("PRAGMA foreign_key_check")):
        yield Problem(Trouble.LOST, row[0], _("une ligne de la base renvoie à {table}, qui ne l’a plus.").format(table=row[2]))


def _contents(archive: Archive, done: Verified, tick: Callable[[], None]) -> None:
    """Hashes every content; the archive is not held while bytes are read."""
    last = ""
    while True:
        with archive.begin() as connection:
            query = select(content).where(content.c.sha512 > last).order_by(content.c.sha512).limit(_AT_ONCE)
            rows = connection.execute(query).all()
        for row in rows:
            done.contents += 1
            done.bytes += row.size
            try:
                archive.contents.get(row.sha512)
            except AlteredContentError as error:
                _unsound(archive, done, row.sha512, error)
            tick()
        if not rows:
            return
        last = rows[-1].sha512


def _unsound(archive: Archive, done: Verified, sha512: str, error: AlteredContentError) -> None:
    with archive.begin() as connection:
        if connection.execute(select(content.c.sha512).where(content.c.sha512 == sha512)).first() is None:
            # eliminated in the meantime
            return
        query = (
            select(record.c.id, file.c.role, file.c.format).join(file, file.c.record == record.c.key).where(file.c.sha512 == sha512)
        )
        owners = connection.execute(query).all()
    trouble = Trouble.LOST if isinstance(error.__cause__, OSError) else Trouble.ALTERED
    for owner in owners:
        what = _("original") if owner.role == ORIGINAL else _("exemplaire")
        message = _("{name} : {text}").format(name=f"{what} ({owner.format})", text=error.seen)
        done.problems.append(Problem(trouble, owner.id, message))
    if not owners:
        done.problems.append(Problem(trouble, sha512, error.seen))


def _left_over(archive: Archive, done: Verified, *, repair: bool) -> None:
    """Contents and files that nobody names. They are removed under the lock, so that nobody is writing them."""
    some: list[tuple[str, bool]] = []
    listed = archive.contents.listed()
    while some := [one for _number, one in zip(range(_AT_ONCE), listed, strict=False)]:
        with archive.begin() as connection:
            ours = [path for path, is_content in some if is_content]
            named = set(connection.execute(select(content.c.sha512).where(content.c.sha512.in_(ours))).scalars())
            # what was being written when it was listed may be in its place by now
            left = [path for path, _is_content in some if path not in named and archive.contents.has(path)]
            if repair:
                for path in left:
                    archive.contents.remove(path)
        message = _("ce fichier n’appartient à aucun enregistrement (arrêt brutal, ou élimination interrompue).")
        done.problems += (Problem(Trouble.LEFT_OVER, path, message, repair) for path in left)


def _index(archive: Archive, done: Verified, *, repair: bool) -> None:
    """Records that a search would not find, and words of records that are gone."""
    with archive.begin() as connection:
        known = words.indexed(connection)
        keys = {row.key: row.id for row in connection.execute(select(record.c.key, record.c.id))}
        missing = sorted(keys.keys() - known)
        extra = sorted(known - keys.keys())
        if repair:
            words.remove(connection, extra)
            for key in missing:
                _index_again(connection, key)
        message = _("la recherche ne trouverait pas cet enregistrement.")
        done.problems += (Problem(Trouble.NOT_INDEXED, keys[key], message, repair) for key in missing)
        gone = _("la recherche garde les mots d’un enregistrement qui n’est plus là.")
        done.problems += (Problem(Trouble.NOT_INDEXED, str(key), gone, repair) for key in extra)


def _index_again(connection: Connection, key: int) -> None:
    query = select(version.c.json, record.c.candidate).join(record, record.c.key == version.c.record)
    row = connection.execute(query.where(version.c.record == key, version.c.number == record.c.version)).first()
    try:
        said, _whole = index(loads(row.json), row.candidate) if row else ("", True)
    except FormfillError:
        # said already: the record itself is altered
        return
    names = connection.execute(select(name.c.name).where(name.c.record == key)).scalars()
    words.put(connection, [(key, words.distinct([said, *names])[0])])
