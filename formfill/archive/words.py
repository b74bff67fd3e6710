"""The index of words: FTS5 in SQLite, ``tsvector`` in PostgreSQL, fed with the same words so that both find the same records.

Words are cut and folded here (no case, no accent, no ligature), not by the databases. A record is found when it holds every word
of the question; a word that ends with ``*`` stands for all that begin so. The order of words is not kept.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from sqlalchemy import bindparam, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection, TextClause

LARGEST: Final = 900_000
"""Most bytes of words of one record: a ``tsvector`` holds 1 MiB (PostgreSQL 15 §12.11)."""
LONGEST: Final = 500
"""Characters kept of one word: PostgreSQL leaves out words over 2 KiB."""
_WORD: Final = re.compile(r"[^\W_]+")
_ASKED: Final = re.compile(r"[^\W_]+\*?")
_TABLE: Final = {ord("œ"): "oe", ord("æ"): "ae"}


def fold(said: str) -> str:
    """A text for comparison: no case, accent, ligature."""
    bare = unicodedata.normalize("NFKD", said.casefold().translate(_TABLE))
    return "".join(char for char in bare if not unicodedata.combining(char))


def words(said: str) -> list[str]:
    """The folded words of a text, in order."""
    return [word[:LONGEST] for word in _WORD.findall(fold(said))]


def distinct(texts: Iterable[str]) -> tuple[str, bool]:
    """The distinct words of texts, spaces between them, and whether all of them could be kept."""
    found: dict[str, None] = {}
    size = 0
    for said in texts:
        for word in words(said):
            if word in found:
                continue
            # a position and an offset go with each word
            size += len(word.encode()) + 12
            if size > LARGEST:
                return " ".join(found), False
            found[word] = None
    return " ".join(found), True


def asked(question: str) -> list[str]:
    """The words of a question; ``dupo*`` keeps its star."""
    return _ASKED.findall(fold(question))


CREATE: Final = {
    "sqlite": ("CREATE VIRTUAL TABLE words USING fts5(said, tokenize = 'unicode61 remove_diacritics 0')",),
    "postgresql": (
        "CREATE TABLE words (record BIGINT PRIMARY KEY REFERENCES record (key) ON DELETE CASCADE, said TSVECTOR NOT NULL)",
        "CREATE INDEX ix_words_said ON words USING GIN (said)",
    ),
}
"""What makes the index."""

_INSERT: Final = {
    "sqlite": text("INSERT INTO words (rowid, said) VALUES (:record, :said)"),
    "postgresql": text("INSERT INTO words (record, said) VALUES (:record, to_tsvector('simple', :said))"),
}
_DELETE: Final = {
    "sqlite": text("DELETE FROM words WHERE rowid IN :records").bindparams(bindparam("records", expanding=True)),
    "postgresql": text("DELETE FROM words WHERE record IN :records").bindparams(bindparam("records", expanding=True)),
}
_KEYS: Final = {"sqlite": text("SELECT rowid FROM words"), "postgresql": text("SELECT record FROM words")}


def put(connection: Connection, rows: Sequence[tuple[int, str]]) -> None:
    """Indexes the words of records that are not indexed."""
    if rows:
        connection.execute(_INSERT[connection.dialect.name], [{"record": key, "said": said} for key, said in rows])


def remove(connection: Connection, keys: Sequence[int]) -> None:
    """Takes the words of records out."""
    for start in range(0, len(keys), 500):
        connection.execute(_DELETE[connection.dialect.name], {"records": list(keys[start : start + 500])})


def forget(connection: Connection) -> None:
    """Rewrites the index of SQLite, so that words that were taken out are no longer in the file."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("INSERT INTO words (words) VALUES ('rebuild')"))
        connection.execute(text("INSERT INTO words (words) VALUES ('optimize')"))


def indexed(connection: Connection) -> set[int]:
    """The keys of the records that are indexed."""
    return set(connection.execute(_KEYS[connection.dialect.name]).scalars())


def matching(dialect: str, question: Sequence[str]) -> TextClause:
    """The clause « record.key is of those that hold all these words »; the words come from :func:`asked`."""
    if dialect == "sqlite":
        said = " AND ".join(f'"{word[:-1]}"*' if word.endswith("*") else f'"{word}"' for word in question)
        return text("record.key IN (SELECT rowid FROM words WHERE words MATCH :question)").bindparams(question=said)
    said = " & ".join(f"'{word[:-1]}':*" if word.endswith("*") else f"'{word}'" for word in question)
    return text("record.key IN (SELECT record FROM words WHERE said @@ to_tsquery('simple', :question))").bindparams(question=said)
