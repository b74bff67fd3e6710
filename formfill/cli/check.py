"""``formfill check``: validate only. Each file, then each candidate's dossier, then the class."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from formfill import catalogue
from formfill.cli._class import candidates_of, cohort_of, listed, outcomes_of
from formfill.cli._files import nothing, write
from formfill.cli._text import cohort_text, finding_line, part_name
from formfill.errors import ExitCode
from formfill.language import gettext as _
from formfill.model.codec import finding_to_dict
from formfill.model.report import Severity
from formfill.results import worst
from formfill.supervise import Supervisor

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from formfill.model.dossier import Cohort
    from formfill.model.outcome import Outcome
    from formfill.model.report import Finding

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
@listed
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, readable=False),
    metavar=_("FICHIER"),
    help=_("Fichier à écrire (sinon la sortie standard)."),
)
def check(paths: tuple[str, ...], to: str, candidates: Path | None, mapping: Path | None, output: Path | None) -> int:
    """Checks files, dossiers and the class."""
    if to == "xlsx" and output is None:
        raise click.UsageError(_("Un classeur s’écrit dans un fichier : ajoutez « -o controle.xlsx »."))
    people = candidates_of(candidates, mapping)
    with Supervisor() as see:
        outcomes = list(outcomes_of(paths, see, without=candidates))
    if not outcomes:
        nothing(paths)
    cohort = cohort_of(paths, outcomes, people)
    write(output or Path("-"), _report(outcomes, cohort, to, output))
    if not outcomes:
        return int(ExitCode.SOURCE)
    return worst((*(outcome.exit_code for outcome in outcomes), _code(cohort)))


def _code(cohort: Cohort | None) -> int:
    found = [f for dossier in cohort.dossiers for f in dossier.findings] + list(cohort.findings) if cohort is not None else []
    return int(ExitCode.FINDINGS if any(finding.severity is Severity.ERROR for finding in found) else ExitCode.DONE)


def _report(outcomes: Sequence[Outcome], cohort: Cohort | None, to: str, output: Path | None) -> bytes:
    if to in ("xlsx", "html"):
        return _for_people(outcomes, cohort, to, output)
    if to == "json":
        return (json.dumps(_as_json(outcomes, cohort), ensure_ascii=False) + "\n").encode("utf-8", "backslashreplace")
    lines = _github(outcomes, cohort) if to == "github" else _text(outcomes, cohort)
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "backslashreplace")


def _for_people(outcomes: Sequence[Outcome], cohort: Cohort | None, to: str, output: Path | None) -> bytes:
    """The workbook or the page: of the class where there are dossiers, of the files otherwise."""
    forms = {form.id: form for form in catalogue.forms()}
    if cohort is not None and (cohort.dossiers or cohort.findings):
        from formfill.reports import class_page, class_workbook

        beside = output.parent if output is not None else Path()
        if to == "xlsx":
            return class_workbook.class_xlsx(outcomes, cohort, forms)
        return class_page.class_html(outcomes, cohort, forms, beside=beside)
    from formfill.reports import page, workbook

    return workbook.report_xlsx(outcomes, forms) if to == "xlsx" else page.index_html(outcomes, forms)


def _as_json(outcomes: Sequence[Outcome], cohort: Cohort | None) -> dict[str, object]:
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
    if cohort is None:
        return {"files": files, "dossiers": [], "cohort": {}}
    from formfill.reports import cohort_json

    return {"files": files, "dossiers": cohort_json.dossiers(cohort), "cohort": cohort_json.summary(cohort)}


def _text(outcomes: Sequence[Outcome], cohort: Cohort | None) -> Iterator[str]:
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
    if cohort is not None:
        yield from cohort_text(cohort)


_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def _github(outcomes: Sequence[Outcome], cohort: Cohort | None) -> Iterator[str]:
    """Workflow commands that GitHub shows as annotations; ``%``, CR and LF are escaped as it asks."""
    for outcome in outcomes:
        if outcome.record is None:
            yield f"::error file={_escaped(outcome.name, ':,')},title={outcome.code}::{_escaped(outcome.message or '')}"
            continue
        for finding in outcome.record.findings:
            yield _annotation(finding, f"file={_escaped(outcome.name, ':,')},")
    for dossier in cohort.dossiers if cohort is not None else ():
        # the first document of the dossier: an annotation without a file is shown nowhere near it
        where = f"file={_escaped(dossier.handed[0].paper.source, ':,')}," if dossier.handed else ""
        for finding in dossier.findings:
            message = _("{name} : {text}").format(name=dossier.candidate.label, text=finding.message)
            yield _annotation(finding._replace(message=message), where)
    for finding in cohort.findings if cohort is not None else ():
        yield _annotation(finding, "")


def _annotation(finding: Finding, where: str) -> str:
    return f"::{_LEVELS[finding.severity]} {where}title={finding.code}::{_escaped(finding.message)}"


def _escaped(text: str, also: str = "") -> str:
    for char in "%\r\n" + also:
        text = text.replace(char, f"%{ord(char):02X}")
    return text
