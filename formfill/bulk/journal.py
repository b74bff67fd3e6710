"""What a batch remembers, in one SQLite file: every file to do, what became of each, and what its bytes gave.

Each change is one transaction, on the disk when it returns (WAL, ``synchronous=FULL``): a process or a machine that stops at any
moment leaves what was written before. Nothing depends on the clock.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from contextlib import closing
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Self

from formfill.batch import candidates, folder_of
from formfill.bulk.unit import Refusal
from formfill.errors import UnwritableOutputError
from formfill.files import shown
from formfill.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from formfill.bulk.place import Place

PENDING, TWIN, DONE, REFUSED = "pending", "twin", "done", "refused"
"""States of a file. A twin has the bytes of a file that is being done: it is done from what that one gives."""
PATIENCE: Final = 20
"""Seconds that another program may hold the journal."""
_PAGE: Final = 500
_TABLES: Final = """
create table if not exists meta (key text primary key, value text not null);
create table if not exists item (
    seq integer primary key, kind text not null, place blob not null, member integer not null, label text not null,
    folder text not null, folded text not null unique, mark text not null, run integer not null, state text not null,
    sha256 text, exit_code integer, refusal text, held integer not null default 0, trouble text, unique (kind, place, member));
create index if not exists item_state on item (state, seq);
create table if not exists content (
    sha256 text primary key, exit_code integer not null, refusal text, files text not null, records blob not null);
"""


class Row(NamedTuple):
    """One file of the journal."""

    seq: int
    kind: str
    place: bytes
    member: int
    label: str
    folder: str
    mark: str
    state: str
    sha256: str | None
    exit_code: int | None
    refusal: Refusal | None
    held: int
    """1 when it is in quarantine."""
    trouble: Refusal | None
    """Why it can never be read: found when it was listed."""


_ROW: Final = ", ".join(Row._fields)
_REFUSAL, _TROUBLE = Row._fields.index("refusal"), Row._fields.index("trouble")


@dataclass(frozen=True, slots=True)
class Content:
    """What the bytes of a file gave, under whatever name."""

    exit_code: int
    refusal: Refusal | None = None
    files: tuple[tuple[str, ...], ...] = ()
    records: tuple[str, ...] = ()


class Tally(NamedTuple):
    """How many files are in each state."""

    total: int
    done: int
    refused: int

    @property
    def left(self) -> int:
        """Those that are still to do."""
        return self.total - self.done - self.refused


class Journal:
    """The journal at a path; a context manager.

    Raises:
        UnwritableOutputError: here and in every method: it cannot be written, is held by another program, or is no journal.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.run = 0
        with self._said():
            self._db = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
            try:
                # one process has it at a time; without the memory that others would share, it works on network shares too
                self._db.execute("pragma locking_mode=exclusive")
                self._db.execute("pragma journal_mode=wal")
                self._db.execute("pragma synchronous=full")
                self._db.executescript(_TABLES)
            except BaseException:
                self._db.close()
                raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self._db.close()

    def _said(self) -> _Said:
        return _Said(self.path)

    def _all(self, question: str, values: Iterable[object] = ()) -> list[Any]:
        with self._said():
            return self._db.execute(question, tuple(values)).fetchall()

    def change(self, changes: Iterable[tuple[str, tuple[object, ...]]]) -> None:
        """Does several changes in one transaction, durable when it returns."""
        with self._said():
            self._db.execute("begin immediate")
            try:
                for statement, values in changes:
                    self._db.execute(statement, values)
                self._db.execute("commit")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("rollback")
                raise

    def get(self, key: str) -> str | None:
        """A fact about the whole batch."""
        found = self._all("select value from meta where key = ?", (key,))
        return found[0][0] if found else None

    def begin(self, stamp: str, limits: str, *, fresh: bool, sources: bool) -> None:
        """Begins a run.

        Args:
            stamp: the program's version, definitions and language, and what is asked of it.
            limits: what one file may take: those that were refused under others are done again.
            fresh: whether nothing that was done counts.
            sources: whether files will be listed; else those of the last run are gone on with.
        """
        self.run = int(self.get("run") or 0) + sources
        changes: list[tuple[str, tuple[object, ...]]] = [
            _meta("run", str(self.run)),
            _meta("stamp", stamp),
            _meta("limits", limits),
        ]
        if sources:
            changes.append(_meta("listed", ""))
        reset = f"update item set state = '{PENDING}', refusal = null, exit_code = null"
        if fresh:
            changes += [("delete from item", ()), ("delete from content", ())]
        elif self.get("stamp") != stamp:
            changes += [(reset, ()), ("delete from content", ())]
        else:
            other = "" if self.get("limits") == limits else " or state = 'refused'"
            # a refusal of the file's own, not of its bytes, may have been the matter of a moment
            changes.append((f"{reset} where refusal is not null{other}", ()))
            if other:
                changes.append(("delete from content where refusal is not null", ()))
        self.change(changes)

    def held(self) -> Iterator[str]:
        """The folders of all that is in quarantine."""
        last = 0
        while found := self._all("select seq, folder from item where held and seq > ? order by seq limit ?", (last, _PAGE)):
            for seq, folder in found:
                last = seq
                yield folder

    # ------------------------------------------------------------------------------------------------------------ listing

    def copy(self, path: Path) -> None:
        """Writes a copy of the journal, as it is now."""
        with self._said(), closing(sqlite3.connect(path)) as other:
            self._db.backup(other)

    def list(self, places: Sequence[Place]) -> None:
        """Notes files to do, in one transaction; one that was done and has not changed stays so."""
        with self._said():
            self._db.execute("begin immediate")
            try:
                for place in places:
                    self._list(place)
                self._db.execute("commit")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("rollback")
                raise

    def _list(self, place: Place) -> None:
        key = (place.kind, place.place, place.member)
        trouble = None if place.trouble is None else _packed(place.trouble)
        found = self._db.execute(
            "select seq, mark, state, sha256 from item where kind = ? and place = ? and member = ?", key
        ).fetchone()
        if found is not None:
            seq, mark, before, sha256 = found
            same = before in (DONE, TWIN) or (before == REFUSED and sha256 is not None)
            if not (same and mark == place.mark and place.mark):
                self._db.execute(
                    "update item set state = ?, exit_code = null, refusal = null, mark = ?, trouble = ? where seq = ?",
                    (PENDING, place.mark, trouble, seq),
                )
            self._db.execute("update item set run = ? where seq = ?", (self.run, seq))
            return
        for folder in candidates(folder_of(place.label)):
            # the label is that of the folder when two files have one name
            label = place.label + folder.removeprefix(folder_of(place.label))
            values = (*key, label, folder, folder.casefold(), place.mark, self.run, PENDING, trouble)
            if self._db.execute(
                "insert into item (kind, place, member, label, folder, folded, mark, run, state, trouble)"
                " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (folded) do nothing",
                values,
            ).rowcount:
                return

    def listed(self) -> None:
        """Notes that every file is listed."""
        self.change([_meta("listed", "yes")])

    # -------------------------------------------------------------------------------------------- files that are put away

    def states(self, place: bytes) -> Iterator[tuple[str, Refusal | None]]:
        """The state of each file at a place, and the reason of its own for which it is refused."""
        for state, refusal in self._all("select state, refusal from item where place = ?", (place,)):
            yield state, _unpacked(refusal)

    def moving(self, place: bytes, what: str) -> tuple[str, tuple[object, ...]]:
        """The change that notes that what stands at a place is about to move."""
        return _meta(f"move:{place.hex()}", what)

    def moves(self) -> Sequence[str]:
        """What was about to move, and is not noted as moved."""
        return [value for (value,) in self._all("select value from meta where key like 'move:%'")]

    def moved(self, place: bytes, to: bytes) -> Sequence[tuple[str, tuple[object, ...]]]:
        """The changes that say where what stood at a place is now."""
        return [
            ("update item set place = ? where place = ?", (to, place)),
            ("delete from meta where key = ?", (f"move:{place.hex()}",)),
        ]

    # -------------------------------------------------------------------------------------------------------------- work

    def rows(self, *states: str, whole: bool = False) -> Iterator[Row]:
        """The files of this run in some states, in order; read by pages, so that their state may change meanwhile."""
        last = 0
        marks = ", ".join("?" * len(states))
        where = f"state in ({marks}) and seq > ? and (run = ? or ?)"
        while found := self._all(
            f"select {_ROW} from item where {where} order by seq limit {_PAGE}", (*states, last, self.run, whole)
        ):
            for values in found:
                row = Row(*values)
                last = row.seq
                yield row._replace(refusal=_unpacked(values[_REFUSAL]), trouble=_unpacked(values[_TROUBLE]))

    def content(self, sha256: str) -> Content | None:
        """What some bytes gave."""
        found = self._all("select exit_code, refusal, files, records from content where sha256 = ?", (sha256,))
        if not found:
            return None
        exit_code, refusal, files, records = found[0]
        return Content(
            exit_code,
            _unpacked(refusal),
            tuple(map(tuple, json.loads(files))),
            tuple(json.loads(zlib.decompress(records))),
        )

    def files(self, sha256: str) -> tuple[tuple[str, ...], ...] | None:
        """The names of the files that some bytes gave, under the folder of each name; None when that is not known."""
        found = self._all("select files from content where sha256 = ?", (sha256,))
        return tuple(map(tuple, json.loads(found[0][0]))) if found else None

    def tally(self) -> Tally:
        """How many files of this run are in each state."""
        counts = dict(self._all("select state, count(*) from item where run = ? group by state", (self.run,)))
        return Tally(sum(counts.values()), counts.get(DONE, 0), counts.get(REFUSED, 0))

    def worst(self) -> int:
        """The highest exit code of this run."""
        return int(self._all("select max(exit_code) from item where run = ?", (self.run,))[0][0] or 0)


def settled(seq: int, sha256: str, content: Content, mark: str) -> tuple[str, tuple[object, ...]]:
    """The change that says what became of a file."""
    bad = content.refusal is not None
    values = (REFUSED if bad else DONE, sha256, content.exit_code, mark, int(bad), seq)
    return "update item set state = ?, sha256 = ?, exit_code = ?, refusal = null, mark = ?, held = ? where seq = ?", values


def kept(sha256: str, content: Content) -> tuple[str, tuple[object, ...]]:
    """The change that keeps what some bytes gave."""
    packed = zlib.compress(json.dumps(content.records, ensure_ascii=False).encode(), 3)
    refusal = _packed(content.refusal) if content.refusal else None
    values = (sha256, content.exit_code, refusal, json.dumps(content.files, ensure_ascii=False), packed)
    return "insert or replace into content (sha256, exit_code, refusal, files, records) values (?, ?, ?, ?, ?)", values


def refused(seq: int, sha256: str | None, refusal: Refusal, *, own: bool = True) -> tuple[str, tuple[object, ...]]:
    """The change that refuses one file: for a reason of its own, or for that of its bytes, which is kept with them."""
    values = (REFUSED, sha256, refusal.exit_code, _packed(refusal) if own else None, seq)
    return "update item set state = ?, sha256 = ?, exit_code = ?, refusal = ?, held = 1 where seq = ?", values


def twin(seq: int, sha256: str) -> tuple[str, tuple[object, ...]]:
    """The change that leaves a file for later: its bytes are being done under another name."""
    return "update item set state = ?, sha256 = ? where seq = ?", (TWIN, sha256, seq)


def anew(seq: int) -> tuple[str, tuple[object, ...]]:
    """The change that puts a file back among those to do."""
    return "update item set state = ?, refusal = null, exit_code = null where seq = ?", (PENDING, seq)


def _meta(key: str, value: str) -> tuple[str, tuple[object, ...]]:
    return "insert or replace into meta (key, value) values (?, ?)", (key, value)


def _packed(refusal: Refusal) -> str:
    return json.dumps(asdict(refusal), ensure_ascii=False)


def _unpacked(text: str | None) -> Refusal | None:
    return None if text is None else Refusal(**json.loads(text))


class _Said:
    """Says what SQLite refuses in the words of the program."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if not isinstance(error, sqlite3.Error):
            return
        name = getattr(error, "sqlite_errorname", "") or ""
        if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            seen = _("le journal est tenu par un autre programme depuis plus de {seconds} secondes.").format(seconds=PATIENCE)
        elif name.startswith("SQLITE_FULL"):
            seen = _("impossible d’écrire ici ({reason}).").format(reason=_("le disque est plein"))
        elif name.startswith("SQLITE_READONLY"):
            seen = _("impossible d’écrire ici ({reason}).").format(reason=_("le disque est en lecture seule"))
        elif name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")):
            seen = _("ce n’est pas un journal de formfill, ou il est abîmé.")
            raise UnwritableOutputError(
                where=str(self._path), seen=seen, advice=_("Mettez-le de côté et recommencez sans --resume : tout sera refait.")
            ) from error
        else:
            seen = _("impossible d’écrire ici ({reason}).").format(reason=shown(str(error)))
        raise UnwritableOutputError(
            where=str(self._path), seen=seen, advice=_("Rien n’est perdu : corrigez cela, puis reprenez avec --resume.")
        ) from error
