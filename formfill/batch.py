"""Many sources, one outcome each, whatever fails. Every file is written aside and renamed: nothing is ever half-written.

A run resumes by content: a source whose bytes, and a program whose version and definitions, are those of the last run is not
done again, as long as its results are those that were written. The state is in the output folder itself, nowhere else.
"""

from __future__ import annotations

import itertools
import os
import stat
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from formfill import catalogue, pipeline
from formfill._version import __version__
from formfill.errors import FormfillError, UnreachableSourceError
from formfill.files import reason, shown, sweep, unwritable, write_atomically
from formfill.journal import STATE, Journal, digests
from formfill.language import gettext as _
from formfill.language import language, ngettext
from formfill.model.codec import dumps, loads
from formfill.model.outcome import Outcome
from formfill.results import code_of, guarded, refused
from formfill.source import Source

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    from formfill.model.record import Record
    from formfill.pipeline import Processed, See

OUTPUTS: Final = ("docx", "pdf")
"""What is regenerated of each form."""
_FORMS: Final = tuple(f"form.{to}" for to in (*OUTPUTS, "xlsx", "html"))
EXTENSIONS: Final = frozenset(
    (
        ".docx",
        ".docm",
        ".dotx",
        ".doc",
        ".odt",
        ".ods",
        ".xlsx",
        ".xlsm",
        ".xls",
        ".pdf",
        ".txt",
        ".png",
        ".jpg",
        ".jpeg",
        ".tif",
        ".tiff",
    )
)
"""Extensions of the files taken from a folder; others are taken too when their bytes are a document's."""
REFUSED: Final = "refused"
"""The folder of a batch that holds the files that were refused, with the reason of each."""
OURS: Final = frozenset((STATE, "index.html", "records.jsonl", "report.xlsx", REFUSED, "refused.jsonl"))
"""What a run or a batch writes in the output folder, beside the folder of each form."""
PART: Final = "part-"
"""Beginning of the name of the folder of one form, when its file holds several; its number follows, from 1."""
IGNORED: Final = "ignored"
SORTED: Final = 20_000
"""Most entries of a folder held to sort them."""
SAVED_EVERY: Final = 1.0
"""Seconds between two notes of what was done."""


@dataclass(frozen=True, slots=True)
class Item:
    """One file to do, or a folder that cannot be opened."""

    path: Path
    name: str
    """Its path under the folder that was given, or its file name, on one line of UTF-8."""
    folder: str
    """Its folder in the output."""
    trouble: OSError | None = None
    """Why the folder cannot be opened."""

    def source(self) -> Source:
        """Its bytes; raises a :class:`~formfill.errors.SourceError` when it cannot be read."""
        if self.trouble is None:
            return Source.load(self.path)
        raise UnreachableSourceError(
            where=str(self.path),
            seen=_("ce dossier ne peut pas être ouvert ({reason}).").format(reason=reason(self.trouble)),
            advice=_("Vérifiez vos droits : rien de ce qu’il contient n’a été lu."),
        )


@dataclass(frozen=True, slots=True)
class Listing:
    """The files found under the paths that were given."""

    items: tuple[Item, ...]
    ignored: tuple[str, ...]
    """Files of folders that are no documents (images of icons, notes, code), and links that lead back above the folder."""


def listing(paths: Sequence[Path], out: Path | None = None) -> Listing:
    """The files to do, folders walked in order; what lies in the output folder is never an input."""
    items: list[Item] = []
    ignored: list[str] = []
    names: set[str] = set()
    folders: set[str] = set()
    for given in paths:
        for path, name, kind in finds(given, out):
            if kind is IGNORED:
                ignored.append(shown(str(path)))
            else:
                trouble = kind if isinstance(kind, OSError) else None
                items.append(Item(path, _unique(name, names), _unique(folder_of(name), folders), trouble))
    return Listing(tuple(items), tuple(ignored))


def finds(given: Path, out: Path | None = None) -> Iterator[tuple[Path, str, OSError | str | None]]:
    """What a path gives, one by one: path, name, and None for a file to read, the trouble of a folder, or :data:`IGNORED`."""
    if not _is_folder(given):
        yield given, shown(given.name or str(given)), None
        return
    for path, kind in _walk(given, out):
        name = shown(path.relative_to(given).as_posix() if path != given else path.name or str(path))
        yield path, name, IGNORED if kind is None and not _is_document(path) else kind


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


def _resolved(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path


def _walk(folder: Path, out: Path | None) -> Iterator[tuple[Path, OSError | str | None]]:
    """The files of a folder, the folders that cannot be opened with their reason, and what is ignored.

    A link to a folder is followed after everything else, and no folder is walked twice.
    """
    base = _resolved(folder)
    seen = {_resolved(out)} if out is not None else set()
    seen.discard(base)
    todo = [folder]
    links: list[Path] = []
    while todo or links:
        here = todo.pop() if todo else links.pop(0)
        real = _resolved(here)
        if real in seen:
            continue
        seen.add(real)
        if real in base.parents:
            yield here, IGNORED
            continue
        below: list[Path] = []
        try:
            with os.scandir(here) as found:
                # in the order of their names; a folder beyond all measure is taken as the system gives it
                entries = itertools.chain(sorted(itertools.islice(found, SORTED), key=lambda entry: entry.name), found)
                yield from _entries(here, entries, below, links)
        except OSError as error:
            yield here, error
            continue
        todo.extend(reversed(below))


def _entries(
    here: Path, entries: Iterable[os.DirEntry[str]], below: list[Path], links: list[Path]
) -> Iterator[tuple[Path, str | None]]:
    """The files among the entries of a folder; the folders go where they wait for their turn."""
    for entry in entries:
        path = here / entry.name
        if _is_folder(path):
            if not entry.name.startswith("."):
                (links if entry.is_symlink() else below).append(path)
        # Word writes « ~$name » beside an open document
        elif not entry.name.startswith((".", "~$")):
            yield path, None if _can_be_read(path) else IGNORED


def _can_be_read(path: Path) -> bool:
    """A pipe or a device in a folder would be waited for without end; a link to nothing is refused in its turn."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return True
    return stat.S_ISREG(mode)


def _is_document(path: Path) -> bool:
    if path.suffix.lower() in EXTENSIONS:
        return True
    try:
        with path.open("rb") as stream:
            head = stream.read(1024)
    except OSError:
        return True
    return head.startswith(b"PK\x03\x04") or b"%PDF-" in head


def folder_of(name: str) -> str:
    """The folder of a source in the output: a folder of the output that is none of the names we write there ourselves."""
    first, slash, rest = name.partition("/")
    return f"{first} (formulaire){slash}{rest}" if first.casefold() in OURS else name


def _unique(name: str, taken: set[str]) -> str:
    candidate = next(one for one in candidates(name) if one.casefold() not in taken)
    taken.add(candidate.casefold())
    return candidate


def candidates(name: str) -> Iterator[str]:
    """A name, then what it is called when it is taken: ``name (2)``, ``name (3)`` and so on."""
    yield name
    for count in itertools.count(2):
        yield f"{name} ({count})"


def laid_out(done: Sequence[Processed]) -> tuple[dict[str, bytes], list[list[str]]]:
    """The files of what one source gave, and the names of those of each form, its record first; all as in its folder."""
    made: dict[str, bytes] = {}
    names = []
    for index, one in enumerate(done, 1):
        under = f"{PART}{index}/" if len(done) > 1 else ""
        made |= {f"{under}form.{rendition.format}": rendition.data for rendition in one.renditions}
        # the record last: its presence says that the rest is there
        name = f"{under}record.json"
        made[name] = (dumps(one.record, indent=1) + "\n").encode()
        names.append([name, *(other for other in made if _beside(name, other))])
    return made, names


def clear(here: Path, made: Collection[str]) -> None:
    """Takes away, from the folder of a source, what a former run made of it, whatever is not made now."""
    parts = [path for path in here.glob(f"{PART}*") if path.name.removeprefix(PART).isdigit()]
    for path in (here, *parts):
        sweep(path)
        for name in ("record.json", *_FORMS):
            if (path / name).relative_to(here).as_posix() not in made:
                with suppress(OSError):
                    (path / name).unlink()
        if path is not here:
            with suppress(OSError):
                # only when nothing is left in it
                path.rmdir()


class Run:
    """One run into one output folder.

    Args:
        out: the output folder, made when it is not there.
        resume: whether what was done before, of the same bytes by the same program, is left as it is.
        see: what reads each file; :func:`formfill.pipeline.inspect` by default.
        how: names the way that ``see`` reads, where it gives other records than the default: they are not resumed.

    Raises:
        UnwritableOutputError: the output folder cannot be made or written.
    """

    def __init__(self, out: Path, *, resume: bool = True, see: See | None = None, how: str = "") -> None:
        self.out = out
        self._see = see
        try:
            self._journal = Journal(out, f"{__version__}/{catalogue.definitions_digest()}/{language()}{how}", resume=resume)
        except OSError as error:
            raise unwritable(out, error) from error

    def outcomes(self, items: Iterable[Item]) -> Iterator[Outcome]:
        """One outcome per form of each item, in order, as they are done."""
        try:
            saved = time.monotonic()
            for item in items:
                found = self._one(item)
                if time.monotonic() - saved >= SAVED_EVERY:
                    # a run that is killed resumes; a full disk is said at the end
                    with suppress(OSError):
                        self._journal.save()
                    saved = time.monotonic()
                yield from found
        finally:
            try:
                self._journal.save()
            except OSError as error:
                raise unwritable(self._journal.file, error) from error

    def _one(self, item: Item) -> list[Outcome]:
        digest: str | None = None
        sweep(self.out / item.folder)
        try:
            with guarded(item.name):
                source = item.source()
                digest = source.sha256
                return self._resumed(item, source) or self._processed(item, source)
        except UnreachableSourceError as error:
            return self._unreached(item, error)
        except FormfillError as error:
            self._journal.forget(item.folder)
            clear(self.out / item.folder, ())
            return [refused(item.name, digest, error)]

    def _unreached(self, item: Item, error: UnreachableSourceError) -> list[Outcome]:
        """Nobody saw what the source holds today: what an earlier run made of it stays, and is said to be of an earlier run."""
        outcome = refused(item.name, None, error)
        kept = self._journal.earlier(item.folder, item.path)
        below = self._journal.below(item.path)
        if kept:
            more = _("Les résultats d’une exécution précédente sont gardés.")
        elif below:
            more = ngettext(
                "Les résultats d’une exécution précédente ({count} fichier de ce dossier) sont gardés.",
                "Les résultats d’une exécution précédente ({count} fichiers de ce dossier) sont gardés.",
                below,
            ).format(count=below)
        else:
            return [outcome]
        return [replace(outcome, message=f"{outcome.message} {more}", files=tuple(f"{item.folder}/{name}" for name in kept))]

    def _resumed(self, item: Item, source: Source) -> list[Outcome] | None:
        results = self._journal.resumable(item.folder, source.sha256)
        if results is None:
            return None
        try:
            return [
                _outcome(item, loads(data.decode()), [name, *(other for other in results if _beside(name, other))])
                for name, data in results.items()
                if name.endswith("record.json")
            ]
        except (ValueError, FormfillError):
            return None

    def _processed(self, item: Item, source: Source) -> list[Outcome]:
        done = pipeline.process(source, OUTPUTS, self._see)
        folder = self.out / item.folder
        made, names = laid_out(done)
        try:
            clear(folder, made)
            for name, data in made.items():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                write_atomically(folder / name, data)
        except OSError as error:
            raise unwritable(folder, error) from error
        self._journal.note(item.folder, source.sha256, item.path, digests(made.items()))
        return [_outcome(item, one.record, files) for one, files in zip(done, names, strict=True)]


def _beside(name: str, other: str) -> bool:
    """Whether a result is of the same form as a record, and is not the record."""
    return name != other and name.rpartition("/")[0] == other.rpartition("/")[0]


def _outcome(item: Item, record: Record, files: Sequence[str]) -> Outcome:
    return Outcome(
        name=item.name,
        sha256=record.source.sha256,
        exit_code=int(code_of(record)),
        record=record,
        files=tuple(f"{item.folder}/{name}" for name in files),
    )
