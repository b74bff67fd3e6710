"""The unit of work: the bytes of one file in, its records and clean forms out. It touches no disk, no journal, no other unit.

Whatever runs it, a pool here or machines elsewhere, a unit and its answer are plain values that pickle, known by the digest of the
bytes: to do one twice gives the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from formfill import pipeline
from formfill.batch import OUTPUTS, laid_out
from formfill.errors import (
    FormfillError,
    SourceTooLargeError,
    UnreachableSourceError,
    UnreadableSourceError,
    UnwritableOutputError,
)
from formfill.files import shown
from formfill.language import gettext as _
from formfill.model.codec import dumps, loads
from formfill.results import code_of, guarded, worst
from formfill.source import Source

if TYPE_CHECKING:
    from collections.abc import Sequence

    from formfill.model.record import Record


@dataclass(frozen=True, slots=True)
class Unit:
    """One file to do."""

    key: str
    """SHA-256 of its bytes."""
    seq: int
    """Its number in the journal."""
    name: str
    """Its file name, as its record will say."""
    label: str
    """Its name for people: its path under the folder that was given."""
    folder: str
    """The folder of its results."""
    data: bytes
    mark: str = ""
    """What changes when the file changes."""
    held: bool = False
    """Whether it was refused before, and is in quarantine."""
    records: tuple[str, ...] | None = None
    """The records that were read in these bytes under another name, as JSON: the file is not read again."""


@dataclass(slots=True, eq=False)
class Chunk:
    """Units that go to a worker together."""

    units: tuple[Unit, ...]
    tries: int = 0
    """How many times it ended its worker, alone."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a file gave no record."""

    code: str
    exit_code: int
    seen: str
    advice: str
    where: str = ""
    """The place the message is about, when it is not the file itself."""
    unreached: bool = False
    """Whether the bytes of the file could not be had: what it gave before still stands."""

    def message(self, label: str) -> str:
        """One line, for the file of this name."""
        return shown(_("{where} : {seen} {advice}").format(where=self.where or label, seen=self.seen, advice=self.advice))


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a unit: records, or a refusal, or neither when memory ran short (another try will tell)."""

    seq: int
    key: str
    records: tuple[str, ...] = ()
    """As JSON, one for each form."""
    exit_code: int = 0
    refusal: Refusal | None = None
    files: tuple[tuple[str, ...], ...] = ()
    """The names of the files of each form under the folder of the unit, its record first."""
    made: tuple[tuple[str, bytes], ...] = ()
    """The files themselves, where somebody else is to write or archive them."""


def done(unit: Unit, outputs: Sequence[str] = OUTPUTS) -> Result:
    """Reads, validates and regenerates a unit; a fault of ours is its refusal, nothing is raised."""
    try:
        with guarded(unit.label):
            try:
                source = Source.of(unit.data, unit.name)
                records = _named(unit) if unit.records is not None else pipeline.read_all(source)
                processed = [pipeline.regenerate(record, outputs, source) for record in records]
                made, names = laid_out(processed)
            except MemoryError:
                return Result(unit.seq, unit.key)
    except FormfillError as error:
        return Result(unit.seq, unit.key, exit_code=int(error.exit_code), refusal=refusal(error, unit))
    return Result(
        seq=unit.seq,
        key=unit.key,
        records=tuple(dumps(one.record) for one in processed),
        exit_code=worst(int(code_of(one.record)) for one in processed),
        files=tuple(map(tuple, names)),
        made=tuple(made.items()),
    )


def _named(unit: Unit) -> list[Record]:
    """Records read under another name, under this one."""
    found = [loads(text) for text in unit.records or ()]
    return [record._replace(source=record.source._replace(name=shown(unit.name))) for record in found]


def refusal(error: FormfillError, unit: Unit | None = None) -> Refusal:
    """What an error says, without the name of the file: another file of the same bytes is refused in its own name."""
    own = unit is not None and error.where in (unit.name, shown(unit.name), unit.label)
    unreached = isinstance(error, UnreachableSourceError)
    return Refusal(error.code, int(error.exit_code), error.seen, error.advice, "" if own else error.where, unreached)


def dead(how: str) -> Refusal:
    """Of a file that ended the worker that read it, alone and more than once."""
    seen = _("sa lecture s’est arrêtée net ({reason}) : il est abîmé, ou fait pour épuiser la mémoire.").format(reason=how)
    return _of(UnreadableSourceError, seen, _("Redemandez le fichier à son auteur."))


def late(seconds: float) -> Refusal:
    """Of a file that takes longer than the limit."""
    seen = _("sa lecture n’était pas finie au bout de {seconds} secondes.").format(seconds=f"{seconds:g}")
    return _of(SourceTooLargeError, seen, _("Redemandez le fichier à son auteur, ou augmentez --timeout."))


def hungry(megabytes: int) -> Refusal:
    """Of a file that takes more memory than the limit."""
    seen = _("sa lecture demande plus de {limit} Mo de mémoire.").format(limit=megabytes)
    return _of(SourceTooLargeError, seen, _("Redemandez le fichier à son auteur, ou augmentez --memory."))


def unplaced(why: str) -> Refusal:
    """Of a file whose results cannot be written under its own name, when others can."""
    seen = _("impossible d’écrire ses résultats ({reason}).").format(reason=why)
    return _of(UnwritableOutputError, seen, _("Renommez le fichier, ou libérez ce nom dans le dossier des résultats."))


def _of(error: type[FormfillError], seen: str, advice: str) -> Refusal:
    return Refusal(error.code, int(error.exit_code), seen, advice)
