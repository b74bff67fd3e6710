"""What the commands about a whole class share: reading its files, its list of candidates, its dossiers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from formfill import pipeline
from formfill.batch import listing
from formfill.cli._files import ignored, load
from formfill.errors import FormfillError, UnreadableSourceError
from formfill.files import reason, shown, unwritable, write_atomically
from formfill.language import gettext as _
from formfill.model.outcome import Outcome
from formfill.results import code_of, guarded, refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from formfill.model.dossier import Candidate, Cohort
    from formfill.pipeline import See
    from formfill.source import Source


def listed(command: Callable[..., int]) -> Callable[..., int]:
    """Gives a command the options of the list of candidates."""
    kept = click.Path(path_type=Path, readable=False, dir_okay=False)
    candidates = click.option(
        "--candidates",
        type=kept,
        metavar=_("LISTE"),
        help=_("Liste des candidats (CSV ou classeur) : qui n’a pas de dossier, qui n’est pas dans la liste."),
    )
    mapping = click.option(
        "--mapping",
        type=kept,
        metavar=_("FICHIER"),
        help=_("Colonnes de la liste ; ce fichier est écrit s’il n’existe pas encore."),
    )
    return candidates(mapping(command))


def outcomes_of(paths: Sequence[str], see: See, *, without: Path | None = None) -> Iterator[Outcome]:
    """One outcome per form of each file, named as it was given: two folders may hold files of one name.

    Args:
        paths: files and folders; ``-`` is standard input.
        see: what looks at the files.
        without: a file that is no form: the list of candidates may lie among them.
    """
    for given in paths:
        if given == "-":
            yield from _of_file("-", lambda: load("-"), see)
            continue
        found = listing([Path(given)])
        ignored(name for name in found.ignored if without is None or not _same(Path(name), without))
        for item in found.items:
            if without is None or not _same(item.path, without):
                yield from _of_file(shown(str(item.path)), item.source, see)


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def _of_file(name: str, source: Callable[[], Source], see: See) -> Iterator[Outcome]:
    """One outcome for each form of a file."""
    try:
        with guarded(name):
            records = pipeline.read_all(source(), see)
    except FormfillError as error:
        yield refused(name, None, error)
        return
    for record in records:
        yield Outcome(name, record.source.sha256, int(code_of(record)), record)


def cohort_of(paths: Sequence[str], outcomes: Sequence[Outcome], candidates: Sequence[Candidate] | None) -> Cohort | None:
    """The dossiers of the files; None for one file alone, which is no dossier."""
    if candidates is None and len(outcomes) < 2 and not any(Path(path).is_dir() for path in paths):
        return None
    from formfill.dossier import cohort

    return cohort(outcomes, candidates)


def candidates_of(path: Path | None, mapping: Path | None) -> list[Candidate] | None:
    """The list of candidates; its columns are read from the mapping, or guessed and saved there when there is no such file yet."""
    if path is None:
        if mapping is not None:
            raise click.UsageError(_("« --mapping » va avec « --candidates » : ce sont les colonnes de cette liste."))
        return None
    from formfill.dossier import lists

    saved = lists.read_mapping(_bytes(mapping), str(mapping)) if mapping is not None and mapping.exists() else None
    roll = lists.read_list(_bytes(path), path.name, saved)
    for row in roll.unread:
        click.echo(_("{name}, ligne {row} : ni nom ni numéro, ligne laissée de côté.").format(name=path.name, row=row), err=True)
    for row in roll.lost:
        message = _("{name}, ligne {row} : le tableur a arrondi le n° de candidat ; la personne est cherchée par son nom.")
        click.echo(message.format(name=path.name, row=row), err=True)
    if mapping is not None and saved is None:
        try:
            write_atomically(mapping, lists.mapping_text(roll.columns).encode())
        except OSError as error:
            raise unwritable(mapping, error) from error
        click.echo(_("Colonnes reconnues, enregistrées dans {path}.").format(path=mapping), err=True)
    return list(roll.candidates)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableSourceError(
            where=str(path),
            seen=_("impossible de lire ce fichier ({reason}).").format(reason=reason(error)),
            advice=_("Vérifiez le chemin et vos droits."),
        ) from error
