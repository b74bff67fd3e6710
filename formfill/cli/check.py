"""``formfill check``: validate only."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from formfill import catalogue, pipeline
from formfill.batch import listing
from formfill.cli._files import ignored, load, nothing, write
from formfill.cli._text import finding_line, part_name
from formfill.errors import ExitCode, FormfillError
from formfill.files import shown
from formfill.language import gettext as _
from formfill.model.codec import finding_to_dict
from formfill.model.outcome import Outcome
from formfill.model.report import Severity
from formfill.results import code_of, guarded, refused, worst
from formfill.supervise import Supervisor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from formfill.pipeline import See
    from formfill.source import Source

FORMATS = ("text", "json", "xlsx", "html", "github")


@click.command(
    help=_("Contrôle des formulaires (fichiers ou dossiers entiers) sans rien régénérer : ce qui manque, où, quelle règle.")
)
@click.argument("paths", nargs=-1, required=True, metavar=_("CHEMIN..."))
@click.option(
    "--format",
    "to",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help=_("Forme du résultat : texte, données, classeur, page HTML ou annotations GitHub."),
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, readable=False),
    metavar=_("FICHIER"),
    help=_("Fichier à écrire (sinon la sortie standard)."),
)
def check(paths: tuple[str, ...], to: str, output: Path | None) -> int:
    """Checks files and folders."""
    if to == "xlsx" and output is None:
        raise click.UsageError(_("Un classeur s’écrit dans un fichier : ajoutez « -o controle.xlsx »."))
    with Supervisor() as see:
        outcomes = list(_outcomes(paths, see))
    if not outcomes:
        nothing(paths)
    data = _report(outcomes, to)
    write(output or Path("-"), data)
    return worst(outcome.exit_code for outcome in outcomes) if outcomes else int(ExitCode.SOURCE)


def _outcomes(paths: Sequence[str], see: See) -> Iterator[Outcome]:
    """One outcome per form of each file, named as it was given: two folders may hold files of one name."""
    for given in paths:
        if given == "-":
            yield from _of_file("-", lambda: load("-"), see)
            continue
        found = listing([Path(given)])
        ignored(found.ignored)
        for item in found.items:
            yield from _of_file(shown(str(item.path)), item.source, see)


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


def _report(outcomes: Sequence[Outcome], to: str) -> bytes:
    if to in ("xlsx", "html"):
        from formfill.reports import page, workbook

        forms = {form.id: form for form in catalogue.forms()}
        return workbook.report_xlsx(outcomes, forms) if to == "xlsx" else page.index_html(outcomes, forms)
    if to == "json":
        return (json.dumps(_as_json(outcomes), ensure_ascii=False) + "\n").encode("utf-8", "backslashreplace")
    lines = _github(outcomes) if to == "github" else _text(outcomes)
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "backslashreplace")


def _as_json(outcomes: Sequence[Outcome]) -> dict[str, object]:
    files = []
    for outcome in outcomes:
        record = outcome.record
        entry: dict[str, object] = {
            "source": outcome.name,
            "form": record.form.id if record and record.form else None,
            "findings": [finding_to_dict(f) for f in record.findings] if record else [],
        }
        if record is not None and record.source.part is not None:
            entry["part"] = {"index": record.source.part.index, "pages": list(record.source.part.pages)}
        if record is None:
            entry["refused"] = {"code": outcome.code, "message": outcome.message}
        files.append(entry)
    return {"files": files, "dossiers": [], "cohort": {}}


def _text(outcomes: Sequence[Outcome]) -> Iterator[str]:
    for outcome in outcomes:
        record = outcome.record
        if record is None:
            # the line already names the file
            message = (outcome.message or "").removeprefix(f"{outcome.name} : ")
            yield _("{name} : {text}").format(name=outcome.name, text=_("refusé – {message}").format(message=message))
        elif record.findings:
            yield _("{name} :").format(name=part_name(outcome.name, record))
            yield from map(finding_line, record.findings)
        else:
            yield _("{name} : rien à signaler.").format(name=part_name(outcome.name, record))


_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def _github(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Workflow commands that GitHub shows as annotations; ``%``, CR and LF are escaped as it asks."""
    for outcome in outcomes:
        if outcome.record is None:
            yield f"::error file={_escaped(outcome.name, ':,')},title={outcome.code}::{_escaped(outcome.message or '')}"
            continue
        for finding in outcome.record.findings:
            where = f"file={_escaped(outcome.name, ':,')},title={finding.code}"
            yield f"::{_LEVELS[finding.severity]} {where}::{_escaped(finding.message)}"


def _escaped(text: str, also: str = "") -> str:
    for char in "%\r\n" + also:
        text = text.replace(char, f"%{ord(char):02X}")
    return text
