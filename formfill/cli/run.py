"""``formfill run``: the main job. Read, validate, regenerate, report."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from formfill import catalogue
from formfill.batch import Listing, Run, listing
from formfill.cli._class import cohort_of
from formfill.cli._files import ignored, nothing
from formfill.cli._text import part_name
from formfill.errors import ExitCode
from formfill.files import unwritable, write_atomically
from formfill.language import gettext as _
from formfill.language import ngettext
from formfill.model.document import MarkState
from formfill.model.report import Severity
from formfill.results import worst
from formfill.supervise import Supervisor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from formfill.model.dossier import Cohort
    from formfill.model.outcome import Outcome


@click.command(
    help=_("Lit, contrôle et régénère des formulaires (fichiers ou dossiers entiers), et en écrit le rapport, index.html.")
)
@click.argument("paths", nargs=-1, required=True, metavar=_("CHEMIN..."), type=click.Path(path_type=Path, readable=False))
@click.option(
    "--out",
    type=click.Path(path_type=Path, readable=False),
    required=True,
    metavar=_("DOSSIER"),
    help=_("Dossier où écrire les résultats ; il est créé s’il n’existe pas."),
)
@click.option("--fresh", is_flag=True, help=_("Refait tout, même ce qui est déjà fait et n’a pas changé."))
@click.option(
    "--double-read", is_flag=True, help=_("Relit chaque PDF avec un second moteur : une case lue autrement est incertaine.")
)
@click.option("--quiet", is_flag=True, help=_("N’affiche que le chemin du rapport."))
def run(paths: tuple[Path, ...], out: Path, *, fresh: bool, double_read: bool, quiet: bool) -> int:
    """Runs the main job; one bad file never stops the others."""
    found = listing(paths, out)
    ignored(found.ignored)
    if not found.items:
        nothing(paths)
    outcomes: list[Outcome] = []
    with Supervisor(double=double_read) as see, _progress(found, quiet=quiet) as tick:
        job = Run(out, resume=not fresh, see=see, how="double" * double_read)
        for outcome in job.outcomes(found.items):
            outcomes.append(outcome)
            tick(outcome)
    index = _reports(out, outcomes, cohort_of(list(map(str, paths)), outcomes, None))
    if not quiet:
        _table(outcomes)
    click.echo(str(index))
    return worst(outcome.exit_code for outcome in outcomes) if outcomes else int(ExitCode.SOURCE)


def _reports(out: Path, outcomes: Sequence[Outcome], cohort: Cohort | None) -> Path:
    from formfill.reports import jsonl, page, workbook

    forms = {form.id: form for form in catalogue.forms()}
    try:
        write_atomically(out / "records.jsonl", jsonl.records_jsonl(outcomes))
        write_atomically(out / "report.xlsx", workbook.report_xlsx(outcomes, forms, cohort))
        write_atomically(out / "index.html", page.index_html(outcomes, forms, cohort))
    except OSError as error:
        raise unwritable(out, error) from error
    return out / "index.html"


@contextmanager
def _progress(found: Listing, *, quiet: bool) -> Iterator[Callable[[Outcome], None]]:
    """A progress bar on a terminal, a line per file elsewhere."""
    if quiet:
        yield lambda _outcome: None
        return
    if not sys.stderr.isatty():
        done = 0

        def line(outcome: Outcome) -> None:
            nonlocal done
            done += _begins(outcome)
            verdict = _("{name} : {text}").format(name=_named(outcome), text=_verdict(outcome))
            click.echo(f"[{done}/{len(found.items)}] {verdict}", err=True)

        yield line
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(_("Lecture"), total=len(found.items))
        yield lambda outcome: bar.advance(task, _begins(outcome))


def _begins(outcome: Outcome) -> int:
    """1 for the first outcome of a file, 0 for those of its other forms."""
    part = outcome.record.source.part if outcome.record is not None else None
    return int(part is None or part.index == 1)


def _named(outcome: Outcome) -> str:
    return outcome.name if outcome.record is None else part_name(outcome.name, outcome.record)


def _verdict(outcome: Outcome) -> str:
    if outcome.record is None:
        # the table and the line already name the file
        return _("refusé – {message}").format(message=(outcome.message or "").removeprefix(f"{outcome.name} : "))
    if outcome.record.form is None:
        return _("formulaire inconnu")
    errors = sum(finding.severity is Severity.ERROR for finding in outcome.record.findings)
    return ngettext("{count} erreur", "{count} erreurs", errors).format(count=errors) if errors else _("lu")


def _table(outcomes: Sequence[Outcome]) -> None:
    """The table of a run, on standard output."""
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for heading, right in ((_("Fichier"), False), (_("Formulaire"), False), ("☒", True), ("⍰", True), (_("Résultat"), False)):
        table.add_column(heading, justify="right" if right else "left", overflow="fold")
    for outcome in outcomes:
        boxes = outcome.record.boxes if outcome.record else ()
        ticked = sum(box.state is MarkState.TICKED for box in boxes)
        unsure = sum(box.state is MarkState.UNCERTAIN for box in boxes)
        form = outcome.record.form.id if outcome.record and outcome.record.form else "–"
        table.add_row(_plain(_named(outcome)), form, str(ticked), str(unsure), _plain(_verdict(outcome)))
    Console(soft_wrap=not sys.stdout.isatty(), width=None if sys.stdout.isatty() else 200).print(table)


def _plain(text: str) -> str:
    from rich.markup import escape

    return escape(text)
