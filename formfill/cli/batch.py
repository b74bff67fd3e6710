"""``formfill batch``: thousands of files, whatever happens to some of them, or to the machine."""

from __future__ import annotations

import signal
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from formfill.cli._events import teller
from formfill.cli._files import nothing
from formfill.errors import ExitCode
from formfill.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from formfill.bulk.job import Job
    from formfill.bulk.place import Place


def limits(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that every command with workers has."""
    archive = _("Archive aussi chaque enregistrement : fichier SQLite, ou adresse d’une base (postgresql://…).")
    contents = _("Où l’archive garde les fichiers : dossier ou adresse (s3://…) ; à côté d’elle par défaut.")
    for option in reversed(
        (
            click.option("--jobs", type=click.IntRange(1, 1024), metavar="N", help=_("Processus ; autant que de cœurs.")),
            click.option(
                "--timeout",
                type=click.FloatRange(min=0.1, max=86400),
                default=60.0,
                metavar="S",
                show_default=True,
                help=_("Secondes au plus pour un fichier."),
            ),
            click.option(
                "--memory",
                type=click.IntRange(64, 1 << 20),
                default=1024,
                metavar=_("MO"),
                show_default=True,
                help=_("Mégaoctets de mémoire au plus pour un fichier."),
            ),
            click.option("--archive", metavar="A", help=archive),
            click.option("--contents", metavar=_("DOSSIER"), help=contents),
            click.option("--session", metavar=_("ANNÉE"), help=_("Session des formulaires qui ne la disent pas.")),
            click.option("--quiet", is_flag=True, help=_("N’affiche que le chemin du rapport.")),
            click.option("--json", "as_json", is_flag=True, help=_("Une ligne JSON par événement, sur la sortie standard.")),
        )
    ):
        command = option(command)
    return command


destination = click.option("--out", required=True, metavar="DST", help=_("Dossier ou adresse où écrire les résultats."))
"""Where the results go."""


@click.command(
    help=_(
        "Traite des milliers de fichiers : dossiers, archives ZIP, motifs (« *.docx »), adresses (s3://…, webdav+https://…), "
        "ou « - » pour une liste de noms sur l’entrée standard. Un fichier abîmé ou hostile ne coûte que lui-même."
    )
)
@click.argument("sources", nargs=-1, metavar=_("SOURCE..."))
@destination
@click.option("--resume", is_flag=True, help=_("Reprend : ce qui est déjà fait et n’a pas changé n’est pas refait."))
@limits
def batch(sources: tuple[str, ...], out: str, *, resume: bool, quiet: bool, as_json: bool, **said: Any) -> int:
    """Runs a batch; one bad file never stops the others."""
    from formfill.bulk.job import Job
    from formfill.bulk.options import Interrupted

    if not sources and not resume:
        raise click.UsageError(_("Donnez des fichiers ou des dossiers ; sans eux, --resume reprend ceux de la dernière fois."))
    with teller(quiet=quiet, as_json=as_json) as tell, Job(out, options(said), resume=resume, tell=tell) as job, stopping(job):
        try:
            code = job.run(_places(sources, out, tell.ignored) if sources else None)
        except Interrupted as error:
            tell.interrupted(job.journal.tally())
            return 128 + error.number
        empty = not job.journal.tally().total
    if empty:
        nothing(sources)
        return int(ExitCode.SOURCE)
    return code


def options(said: dict[str, Any]) -> Any:
    """The options of a job from those of a command line."""
    from formfill.bulk.options import Options

    return Options(
        jobs=said["jobs"] or 0,
        seconds=said["timeout"],
        megabytes=said["memory"],
        archive=said["archive"],
        contents=said["contents"],
        session=said["session"],
    )


def _places(sources: Iterable[str], out: str, ignored: Callable[[str], None]) -> Iterator[Place]:
    from formfill.bulk import sources as found
    from formfill.bulk.remote import is_url, local

    own = None if is_url(out) else Path(local(out))
    for source in sources:
        names = found.names(sys.stdin.buffer) if source == "-" else (source,)
        yield from found.places(names, own, ignored)


@contextmanager
def stopping(job: Job) -> Iterator[None]:
    """Ctrl-C and a request to end stop the job cleanly; a second one ends the program."""
    before: dict[signal.Signals, Any] = {}

    def stop(number: int, _frame: object) -> None:
        job.stopping = number
        for one, handler in before.items():
            signal.signal(one, handler)

    for number in (signal.SIGINT, signal.SIGTERM):
        before[number] = signal.signal(number, stop)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
