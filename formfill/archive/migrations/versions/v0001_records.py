"""The tables of the first archives."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from alembic import op
from formfill.archive.words import CREATE

revision = "0001"
down_revision = None

_NUMBER: Final = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Makes the tables and the index of words."""
    op.create_table(
        "content",
        sa.Column("sha512", sa.String(length=128), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("added", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("sha512", name=op.f("pk_content")),
    )
    op.create_table(
        "elimination",
        sa.Column("key", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("form", sa.String(length=80), nullable=True),
        sa.Column("session", sa.Text(), nullable=True),
        sa.Column("added", sa.String(length=32), nullable=False),
        sa.Column("due", sa.String(length=10), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("files", sa.Integer(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("visa", sa.Text(), nullable=True),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_elimination")),
    )
    op.create_index(op.f("ix_elimination_id"), "elimination", ["id"], unique=False)
    op.create_table(
        "journal",
        sa.Column("seq", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("action", sa.String(length=20), nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_journal")),
    )
    op.create_table(
        "record",
        sa.Column("key", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("source_sha256", sa.String(length=64), nullable=False),
        sa.Column("form", sa.String(length=80), nullable=True),
        sa.Column("edition", sa.String(length=40), nullable=True),
        sa.Column("session", sa.Text(), nullable=True),
        sa.Column("session_year", sa.Integer(), nullable=True),
        sa.Column("candidate", sa.Text(), nullable=True),
        sa.Column("candidate_number", sa.Text(), nullable=True),
        sa.Column("candidate_folded", sa.Text(), nullable=False),
        sa.Column("added", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("whole_index", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_record")),
        sa.UniqueConstraint("id", name=op.f("uq_record_id")),
    )
    op.create_index(op.f("ix_record_form"), "record", ["form"], unique=False)
    op.create_index(op.f("ix_record_session_year"), "record", ["session_year"], unique=False)
    op.create_index(op.f("ix_record_source_sha256"), "record", ["source_sha256"], unique=False)
    op.create_table(
        "setting",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_setting")),
    )
    op.create_table(
        "decision",
        sa.Column("key", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("record", _NUMBER, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("option", sa.Text(), nullable=True),
        sa.Column("row", sa.Integer(), nullable=True),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("made", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["record"], ["record.key"], name=op.f("fk_decision_record"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_decision")),
    )
    op.create_index("ix_decision_record", "decision", ["record"], unique=False)
    op.create_table(
        "file",
        sa.Column("key", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("record", _NUMBER, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("format", sa.String(length=20), nullable=False),
        sa.Column("sha512", sa.String(length=128), nullable=False),
        sa.ForeignKeyConstraint(["record"], ["record.key"], name=op.f("fk_file_record"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["sha512"], ["content.sha512"], name=op.f("fk_file_sha512")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_file")),
        sa.UniqueConstraint("record", "number", "role", "format", name=op.f("uq_file_record")),
    )
    op.create_index("ix_file_record", "file", ["record"], unique=False)
    op.create_index(op.f("ix_file_sha512"), "file", ["sha512"], unique=False)
    op.create_table(
        "finding",
        sa.Column("key", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("record", _NUMBER, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("severity", sa.String(length=10), nullable=False),
        sa.Column("field", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["record"], ["record.key"], name=op.f("fk_finding_record"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_finding")),
    )
    op.create_index(op.f("ix_finding_code"), "finding", ["code"], unique=False)
    op.create_index("ix_finding_record_number", "finding", ["record", "number"], unique=False)
    op.create_table(
        "hold",
        sa.Column("key", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("record", _NUMBER, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("placed", sa.String(length=32), nullable=False),
        sa.Column("lifted", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["record"], ["record.key"], name=op.f("fk_hold_record"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_hold")),
    )
    op.create_index("ix_hold_record", "hold", ["record"], unique=False)
    op.create_table(
        "name",
        sa.Column("key", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("record", _NUMBER, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["record"], ["record.key"], name=op.f("fk_name_record"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_name")),
        sa.UniqueConstraint("record", "name", name=op.f("uq_name_record")),
    )
    op.create_table(
        "version",
        sa.Column("key", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("record", _NUMBER, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("made", sa.String(length=32), nullable=False),
        sa.Column("program", sa.String(length=40), nullable=False),
        sa.Column("json", sa.Text(), nullable=False),
        sa.Column("seal", sa.String(length=128), nullable=False),
        sa.ForeignKeyConstraint(["record"], ["record.key"], name=op.f("fk_version_record"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_version")),
        sa.UniqueConstraint("record", "number", name=op.f("uq_version_record")),
    )
    for statement in CREATE[op.get_bind().dialect.name]:
        op.execute(statement)
