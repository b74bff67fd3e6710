"""``formfill letters``: a letter to each candidate whose dossier is incomplete. Nothing is sent."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from formfill import catalogue, resources
from formfill.cli._class import candidates_of, listed, outcomes_of
from formfill.cli._files import nothing, write
from formfill.errors import ExitCode
from formfill.files import unwritable, write_atomically
from formfill.language import gettext as _
from formfill.language import ngettext
from formfill.normal import parse_date
from formfill.results import worst
from formfill.supervise import Supervisor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.reports.letters import Letter


def _date(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    """A date as people write it, as ISO 8601."""
    found = parse_date(value) if value is not None else None
    if value is not None and found is None:
        raise click.BadParameter(_("« {text} » n’est pas une date (exemple : 15/12/2026).").format(text=value))
    return found


def _save(ctx: click.Context, _param: click.Parameter, value: Path | None) -> None:
    """Writes the template to edit, and nothing else."""
    if value is not None and not ctx.resilient_parsing:
        write(value, resources.template("letters", "lettre.docx").read_bytes())
        click.echo(str(value))
        ctx.exit()


@click.command(
    help=_("Écrit une lettre (Word, PDF) et un courriel pour chaque candidat dont le dossier est à compléter. N’envoie rien.")
)
@click.argument("paths", nargs=-1, required=True, metavar=_("CHEMIN..."))
@click.option("--deadline", required=True, callback=_date, metavar=_("DATE"), help=_("Date limite : 15/12/2026."))
@click.option(
    "--out", type=click.Path(path_type=Path, readable=False), required=True, metavar=_("DOSSIER"), help=_("Dossier des lettres.")
)
@click.option("--date", callback=_date, metavar=_("DATE"), help=_("Date de la lettre (sinon elle n’en porte pas)."))
@listed
@click.option(
    "--template",
    type=click.Path(path_type=Path, readable=False, dir_okay=False),
    metavar=_("MODÈLE"),
    help=_("Modèle de lettre Word (sinon celui de formfill)."),
)
@click.option(
    "--save-template",
    type=click.Path(path_type=Path, readable=False),
    is_eager=True,
    expose_value=False,
    callback=_save,
    metavar=_("FICHIER"),
    help=_("Écrit le modèle de lettre, à modifier dans Word, et s’arrête."),
)
def letters(
    paths: tuple[str, ...],
    deadline: str,
    out: Path,
    date: str | None,
    candidates: Path | None,
    mapping: Path | None,
    template: Path | None,
) -> int:
    """Writes the letters of a class; complete candidates have none."""
    people = candidates_of(candidates, mapping)
    with Supervisor() as see:
        outcomes = list(outcomes_of(paths, see, without=candidates))
    if not outcomes:
        nothing(paths)
        if not people:
            return int(ExitCode.SOURCE)
    from formfill.dossier import cohort
    from formfill.reports import letters as report

    forms = {form.id: form for form in catalogue.forms()}
    whole = cohort(outcomes, people)
    made = report.letters(outcomes, whole, forms, deadline=deadline, date=date)
    names = _names(made)
    for letter, name in zip(made, names, strict=True):
        for suffix, data in _files(letter, template):
            _write(out / f"{name}.{suffix}", data)
            click.echo(str(out / f"{name}.{suffix}"))
    unsettled = report.unsettled(whole)
    for who in unsettled:
        message = _("{candidate} : une pièce manque, mais un document sans propriétaire l’est peut-être ; elle n’est pas réclamée.")
        click.echo(message.format(candidate=who), err=True)
    count = ngettext("{count} lettre écrite.", "{count} lettres écrites.", len(made)).format(count=len(made))
    click.echo(count, err=True)
    return worst((*(outcome.exit_code for outcome in outcomes), int(ExitCode.FINDINGS if made or unsettled else ExitCode.DONE)))


def _names(made: list[Letter]) -> list[str]:
    """The name of each letter's files; homonyms are numbered."""
    names: list[str] = []
    for letter in made:
        name, rank = letter.stem, 2
        while name in names:
            name, rank = f"{letter.stem}-{rank}", rank + 1
        names.append(name)
    return names


def _files(letter: Letter, template: Path | None) -> Iterator[tuple[str, bytes]]:
    from formfill.reports import _letter_pdf, _letter_word
    from formfill.reports import letters as report

    document = _letter_word.word(letter, template or resources.template("letters", "lettre.docx"))
    yield "docx", document
    yield "pdf", _letter_pdf.pdf(_letter_word.blocks(document), title=report.heading(), name=letter.name)
    yield "txt", report.mail(letter).encode()


def _write(path: Path, data: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, data)
    except OSError as error:
        raise unwritable(path, error) from error
