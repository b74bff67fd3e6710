"""One record whole: every version, every file, every decision, every hold. Each look is a line of the journal."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import select

from formfill.archive.add import ORIGINAL
from formfill.archive.find import note
from formfill.archive.tables import content, decision, file, hold, name, record, version
from formfill.errors import AlteredContentError, RecordNotFoundError
from formfill.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection, Row

    from formfill.archive.database import Archive

_ID: Final = re.compile(r"[0-9a-f]{6,64}(?:-\d+)?")


class KeptFile(NamedTuple):
    """A file of a record."""

    number: int
    """Version it was made of; 0 for the original."""
    role: str
    format: str
    sha512: str
    size: int


class KeptVersion(NamedTuple):
    """What was read once."""

    number: int
    made: str
    program: str
    json: str


class Shown(NamedTuple):
    """A record whole."""

    key: int
    id: str
    form: str | None
    edition: str | None
    session: str | None
    year: int | None
    """Year of the session."""
    candidate: str | None
    candidate_number: str | None
    added: str
    names: tuple[str, ...]
    versions: tuple[KeptVersion, ...]
    files: tuple[KeptFile, ...]
    decisions: tuple[dict[str, Any], ...]
    holds: tuple[dict[str, Any], ...]

    @property
    def last(self) -> KeptVersion:
        """The version in use."""
        return self.versions[-1]

    @property
    def original(self) -> KeptFile | None:
        """The source as it was handed in, when the archive holds it."""
        return next((one for one in self.files if one.role == ORIGINAL), None)


def show(archive: Archive, wanted: str) -> Shown:
    """A record, by its identifier or the beginning of it (6 characters or more).

    Raises:
        RecordNotFoundError: there is none, or several.
    """
    with archive.begin() as connection:
        row = row_of(connection, wanted)
        note(connection, archive, "show", [row.id])
        return whole(connection, row)


def row_of(connection: Connection, wanted: str) -> Row[Any]:
    """The row of a record, by its identifier or the beginning of it."""
    asked = wanted.strip().lower()
    if not _ID.fullmatch(asked):
        raise RecordNotFoundError(
            where=wanted,
            seen=_("ce n’est pas l’identifiant d’un enregistrement."),
            advice=_("Donnez le sha256 de la source, ou ses 6 premiers caractères au moins ; « archive find » les donne."),
        )
    rows = connection.execute(select(record).where(record.c.id == asked)).all()
    rows = rows or connection.execute(select(record).where(record.c.id.startswith(asked)).order_by(record.c.id).limit(9)).all()
    if not rows:
        raise RecordNotFoundError(
            where=wanted,
            seen=_("l’archive n’a aucun enregistrement de cet identifiant."),
            advice=_("Cherchez-le par « formfill archive find » ; il a pu être éliminé."),
        )
    if len(rows) > 1:
        raise RecordNotFoundError(
            where=wanted,
            seen=_("plusieurs enregistrements commencent ainsi : {ids}.").format(ids=", ".join(row.id[:16] for row in rows)),
            advice=_("Donnez plus de caractères."),
        )
    return rows[0]


def whole(connection: Connection, row: Row[Any]) -> Shown:
    """Everything that is kept of a record but the bytes."""
    versions = connection.execute(select(version).where(version.c.record == row.key).order_by(version.c.number)).all()
    if not versions:
        raise AlteredContentError(
            where=row.id,
            seen=_("les lectures de cet enregistrement ont disparu de la base."),
            advice=_("Lancez « formfill archive verify » et reprenez l’archive d’une sauvegarde."),
        )
    files = connection.execute(
        select(file, content.c.size)
        .join(content, content.c.sha512 == file.c.sha512)
        .where(file.c.record == row.key)
        .order_by(file.c.number, file.c.format)
    ).all()
    decisions = connection.execute(select(decision).where(decision.c.record == row.key).order_by(decision.c.key)).mappings()
    holds = connection.execute(select(hold).where(hold.c.record == row.key).order_by(hold.c.key)).mappings()
    names = connection.execute(select(name.c.name).where(name.c.record == row.key).order_by(name.c.key)).scalars()
    return Shown(
        key=row.key,
        id=row.id,
        form=row.form,
        edition=row.edition,
        session=row.session,
        year=row.session_year,
        candidate=row.candidate,
        candidate_number=row.candidate_number,
        added=row.added,
        names=tuple(names),
        versions=tuple(KeptVersion(one.number, one.made, one.program, one.json) for one in versions),
        files=tuple(KeptFile(one.number, one.role, one.format, one.sha512, one.size) for one in files),
        decisions=tuple({k: v for k, v in one.items() if k not in ("key", "record")} for one in decisions),
        holds=tuple({k: v for k, v in one.items() if k not in ("key", "record")} for one in holds),
    )


def full_ids(archive: Archive, wanted: Sequence[str]) -> tuple[str, ...]:
    """The whole identifiers of records; raises :class:`~formfill.errors.RecordNotFoundError` for one that is not there."""
    if not wanted:
        return ()
    with archive.begin() as connection:
        return tuple(row_of(connection, one).id for one in wanted)


def wanted_file(archive: Archive, shown: Shown, what: str) -> bytes:
    """The bytes of the ``original``, of the last ``record``, or of a rendition of the last reading, by its format.

    Raises:
        RecordNotFoundError: the record has no such file.
        AlteredContentError: its bytes are no longer those that were archived.
    """
    if what == "record":
        return shown.last.json.encode() + b"\n"
    number = 0 if what == ORIGINAL else shown.last.number
    for kept in shown.files:
        if kept.number == number and what in (kept.role, kept.format):
            return archive.contents.get(kept.sha512)
    raise RecordNotFoundError(
        where=f"{shown.id[:16]}… ({what})",
        seen=_("l’archive n’a pas ce fichier."),
        advice=_("« formfill archive show » dit ce qu’elle a."),
    )
