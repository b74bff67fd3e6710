"""What goes into an archive: files as they were handed in, read on the way, and the folders that ``formfill run`` wrote.

A folder of results holds what was read and what was made of it, never the files that were handed in: these are given beside it, or
later; the archive puts both together by the digest of the source.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from formfill import pipeline
from formfill.batch import OUTPUTS, PART, Item, listing
from formfill.errors import ExitCode, FormfillError, RenderError, UnreadableSourceError
from formfill.files import reason, shown
from formfill.journal import STATE
from formfill.language import gettext as _
from formfill.model.codec import loads
from formfill.results import code_of, guarded, refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from formfill.archive import Archive, Entry
    from formfill.archive.add import Put
    from formfill.model.record import Part
    from formfill.pipeline import See

GROUP: Final = 128
"""Most records put in one transaction."""
GROUP_BYTES: Final = 64 * 2**20
"""Most bytes put in one transaction, unless one record has more."""
RESULT: Final = "record.json"
_FORMS: Final = (*OUTPUTS, "xlsx", "html")


class Intake(NamedTuple):
    """What was found under the paths that were given."""

    results: tuple[Path, ...]
    """Each ``record.json`` of folders that ``formfill run`` wrote."""
    sources: tuple[Item, ...]
    """Files to read."""
    ignored: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.results) + len(self.sources)


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one file."""

    name: str
    exit_code: int
    put: Put | None = None
    """None for a file that gave no record."""
    message: str | None = None
    """Why it was refused, or what could not be made of it."""
    part: Part | None = None
    """Which of several forms in the file."""


def look(paths: Sequence[Path]) -> Intake:
    """Tells results from sources; the clean forms of a folder of results are never taken for forms that were handed in."""
    results: list[Path] = []
    folders: list[Path] = []
    given: list[Path] = []
    for path in paths:
        if path.name == RESULT and path.is_file():
            results.append(path)
        elif path.is_dir() and (beside := _beside(path)):
            results += beside
        else:
            folders += _outputs(path)
            given.append(path)
    for folder in folders:
        results += sorted(path for path in folder.rglob(RESULT) if path.is_file() and STATE not in path.parts)
    found = listing([path for path in given if path not in folders])
    inside = [str(folder) + os.sep for folder in folders]
    sources = tuple(item for item in found.items if not str(item.path).startswith(tuple(inside)))
    ignored = tuple(name for name in found.ignored if not name.startswith(tuple(inside)))
    return Intake(tuple(dict.fromkeys(results)), sources, ignored)


def _beside(folder: Path) -> list[Path]:
    """The results of one file: of its form, or of each of its forms."""
    here = folder / RESULT
    return [here] if here.is_file() else sorted(path for path in folder.glob(f"{PART}*/{RESULT}") if path.is_file())


def _outputs(path: Path) -> list[Path]:
    """The folders, at or under a path, that ``formfill run`` wrote: they hold its state."""
    if not path.is_dir():
        return []
    return sorted(Path(here) for here, folders, _names in os.walk(path) if STATE in folders)


def take(
    archive: Archive,
    intake: Intake,
    *,
    session: str | None = None,
    candidate: str | None = None,
    see: See | None = None,
    tick: Callable[[Taken], None] = lambda _taken: None,
) -> list[Taken]:
    """Archives what was found, in groups, each in one transaction; ``tick`` is called when a file is safe, or refused.

    Args:
        archive: where to.
        intake: what :func:`look` found.
        session: session of the forms that do not say it.
        candidate: candidate of the forms that do not say it.
        see: what reads each file; :func:`formfill.pipeline.inspect` by default.
        tick: told of each file in its turn.

    Raises:
        ArchiveError: the archive refused; the groups before are in it.
    """
    from formfill.archive.add import put

    done: list[Taken] = []
    group: list[tuple[Taken, Entry]] = []
    size = 0

    def flush() -> None:
        for (taken, _entry), result in zip(group, put(archive, [entry for _taken, entry in group]), strict=True):
            done.append(replace(taken, put=result))
            tick(done[-1])
        group.clear()

    for taken, entry in _read(intake, see):
        if entry is None:
            done.append(taken)
            tick(taken)
            continue
        weight = len(entry.original or b"") + sum(len(data) for _format, data in entry.renditions)
        if group and (len(group) >= GROUP or size + weight > GROUP_BYTES):
            flush()
            size = 0
        group.append((taken, replace(entry, session=session, candidate=candidate)))
        size += weight
    if group:
        flush()
    return done


def _read(intake: Intake, see: See | None) -> Iterator[tuple[Taken, Entry | None]]:
    reading: Iterable[tuple[str, Callable[[], tuple[list[Entry], FormfillError | None]]]] = (
        *((shown(str(path)), partial(_result, path)) for path in intake.results),
        *((item.name, partial(_source, item, see)) for item in intake.sources),
    )
    for name, read in reading:
        try:
            with guarded(name):
                entries, trouble = read()
        except FormfillError as error:
            outcome = refused(name, None, error)
            yield Taken(name, outcome.exit_code, message=outcome.message), None
            continue
        message = None if trouble is None else shown(str(trouble))
        for entry in entries:
            code = int(trouble.exit_code if trouble is not None else code_of(entry.record))
            yield Taken(name, code, message=message, part=entry.record.source.part), entry


def _result(path: Path) -> tuple[list[Entry], None]:
    """What a run wrote for one form."""
    from formfill.archive import Entry

    try:
        text = path.read_bytes().decode("utf-8")
        clean = {to: path.with_name(f"form.{to}") for to in _FORMS}
        renditions = tuple((to, one.read_bytes()) for to, one in clean.items() if one.is_file())
    except (OSError, UnicodeDecodeError) as error:
        why = reason(error) if isinstance(error, OSError) else _("ce n’est pas du texte UTF-8.")
        raise UnreadableSourceError(
            where=str(path),
            seen=_("le système n’a pas pu lire ce fichier ({reason}).").format(reason=why),
            advice=_("Refaites ce résultat par « formfill run »."),
        ) from error
    return [Entry(loads(text, name=str(path)), None, renditions)], None


def _source(item: Item, see: See | None) -> tuple[list[Entry], FormfillError | None]:
    """What a file gives, an entry for each form; one that cannot be rendered is archived all the same, and said."""
    from formfill.archive import Entry

    source = item.source()
    try:
        done = pipeline.process(source, OUTPUTS, see)
    except RenderError as error:
        return [Entry(record, source.data) for record in pipeline.read_all(source, see)], error
    return [Entry(one.record, source.data, tuple((clean.format, clean.data) for clean in one.renditions)) for one in done], None


def worst_of(taken: Iterable[Taken]) -> int:
    """The exit code of all."""
    return max((one.exit_code for one in taken), default=int(ExitCode.DONE))
