"""The tables of an archive, the same in SQLite and in PostgreSQL. The index of words is elsewhere: each database has its own.

A record has versions, never overwritten; the bytes are no column but contents, named by their SHA-512, that lie beside the
database. ``migrations`` makes these tables; a test compares the two.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, MetaData, String, Table, Text, UniqueConstraint

metadata: Final = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
    }
)

# SQLite counts by itself only in a column that is its row's own number
_Number = BigInteger().with_variant(Integer, "sqlite")


def _key() -> Column[int]:
    return Column("key", _Number, primary_key=True, autoincrement=True)


def _of_record() -> Column[int]:
    return Column("record", _Number, ForeignKey("record.key", ondelete="CASCADE"), nullable=False)


setting: Final = Table("setting", metadata, Column("name", String(40), primary_key=True), Column("value", Text, nullable=False))
"""Facts of the archive itself: its identifier, where its contents are, the key of its journal."""

content: Final = Table(
    "content",
    metadata,
    Column("sha512", String(128), primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("added", String(32), nullable=False),
)
"""Bytes that are kept, each once, whoever refers to them."""

record: Final = Table(
    "record",
    metadata,
    _key(),
    Column("id", String(80), nullable=False, unique=True),
    Column("source_sha256", String(64), nullable=False, index=True),
    Column("form", String(80), index=True),
    Column("edition", String(40)),
    Column("session", Text),
    Column("session_year", Integer, index=True),
    Column("candidate", Text),
    Column("candidate_number", Text),
    Column("candidate_folded", Text, nullable=False, default=""),
    Column("added", String(32), nullable=False),
    Column("version", Integer, nullable=False),
    Column("whole_index", Boolean, nullable=False, default=True),
)
"""One form of one source. ``id`` is the sha256 of the source, ``-part`` added when the source has several forms."""

name: Final = Table(
    "name",
    metadata,
    _key(),
    _of_record(),
    Column("name", Text, nullable=False),
    UniqueConstraint("record", "name"),
)
"""The names under which a source was handed in."""

version: Final = Table(
    "version",
    metadata,
    _key(),
    _of_record(),
    Column("number", Integer, nullable=False),
    Column("made", String(32), nullable=False),
    Column("program", String(40), nullable=False),
    Column("json", Text, nullable=False),
    Column("seal", String(128), nullable=False),
    UniqueConstraint("record", "number"),
)
"""What was read, each time it was read otherwise. ``seal`` is the SHA-512 of the JSON and of the list of its renditions."""

file: Final = Table(
    "file",
    metadata,
    _key(),
    _of_record(),
    Column("number", Integer, nullable=False),
    Column("role", String(20), nullable=False),
    Column("format", String(20), nullable=False),
    Column("sha512", String(128), ForeignKey("content.sha512"), nullable=False, index=True),
    UniqueConstraint("record", "number", "role", "format"),
)
"""Files of a record: its ``original`` (number 0) and the ``rendition`` of each version."""

finding: Final = Table(
    "finding",
    metadata,
    _key(),
    _of_record(),
    Column("number", Integer, nullable=False),
    Column("code", String(80), nullable=False, index=True),
    Column("severity", String(10), nullable=False),
    Column("field", Text),
)
"""The findings of each version, to search by; their sentences are in the JSON."""

decision: Final = Table(
    "decision",
    metadata,
    _key(),
    _of_record(),
    Column("number", Integer, nullable=False),
    Column("field", Text, nullable=False),
    Column("option", Text),
    Column("row", Integer),
    Column("value", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("made", String(32), nullable=False),
)
"""What a person settled about a version; it stands beside what was read and replaces nothing."""

hold: Final = Table(
    "hold",
    metadata,
    _key(),
    _of_record(),
    Column("reason", Text, nullable=False),
    Column("placed", String(32), nullable=False),
    Column("lifted", String(32)),
)
"""Litigation holds: as long as one is not lifted, nothing of the record is eliminated."""

elimination: Final = Table(
    "elimination",
    metadata,
    _key(),
    Column("id", String(80), nullable=False, index=True),
    Column("form", String(80)),
    Column("session", Text),
    Column("added", String(32), nullable=False),
    Column("due", String(10), nullable=False),
    Column("rule", Text, nullable=False),
    Column("files", Integer, nullable=False),
    Column("bytes", BigInteger, nullable=False),
    Column("visa", Text),
    Column("at", String(32), nullable=False),
)
"""What was eliminated, by which rule and when: no name, no content."""

journal: Final = Table(
    "journal",
    metadata,
    Column("seq", _Number, primary_key=True, autoincrement=False),
    Column("at", String(32), nullable=False),
    Column("action", String(20), nullable=False),
    Column("actor", String(64), nullable=False),
    Column("detail", Text, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)
"""Who did what, each line bound to the one before it."""

Index("ix_finding_record_number", finding.c.record, finding.c.number)
Index("ix_file_record", file.c.record)
Index("ix_hold_record", hold.c.record)
Index("ix_decision_record", decision.c.record)
