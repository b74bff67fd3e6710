"""``formfill forms`` and ``formfill referentiel``: the definitions we ship, and the check of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from formfill import catalogue
from formfill.cli import PlainGroup
from formfill.cli import definitions_text as text
from formfill.errors import ExitCode
from formfill.files import shown
from formfill.language import gettext as _
from formfill.model.report import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from formfill.definitions.problems import Problem


@click.group(cls=PlainGroup, help=_("Les formulaires connus : liste, contenu, contrôle d’une définition."))
def forms() -> None:
    """Form definitions."""


@forms.command("list", help=_("Liste les formulaires connus."))
def forms_list() -> int:
    """Lists the forms."""
    click.echo(text.forms_list())
    return 0


@forms.command("show", help=_("Montre un formulaire (ID : voir « forms list ») : ses champs, ses lignes, comment il est reconnu."))
@click.argument("form_id", metavar="ID")
def forms_show(form_id: str) -> int:
    """Shows one form."""
    _known(form_id, catalogue.form_ids(), _("« {id} » n’est pas un formulaire connu. Formulaires connus : {known}."))
    click.echo(text.form_show(form_id))
    return 0


@forms.command("check", help=_("Contrôle un fichier de définition de formulaire (ou un ID) et montre chaque erreur avec sa ligne."))
@click.argument("file", metavar=_("FICHIER"))
def forms_check(file: str) -> int:
    """Checks a form definition."""
    from formfill.checks import checks

    return _report(text.check_form_file(file, checks().keys()), file)


@click.group(cls=PlainGroup, help=_("Les référentiels officiels : liste, contenu, contrôle d’un fichier."))
def referentiel() -> None:
    """Official référentiels."""


@referentiel.command("list", help=_("Liste les référentiels connus."))
def referentiel_list() -> int:
    """Lists the référentiels."""
    click.echo(text.referentiel_list())
    return 0


@referentiel.command(
    "show", help=_("Montre un référentiel (ID : voir « referentiel list ») : épreuves, blocs, compétences, activités, indicateurs.")
)
@click.argument("referentiel_id", metavar="ID")
def referentiel_show(referentiel_id: str) -> int:
    """Shows one référentiel."""
    _known(
        referentiel_id, catalogue.referentiel_ids(), _("« {id} » n’est pas un référentiel connu. Référentiels connus : {known}.")
    )
    click.echo(text.referentiel_show(referentiel_id))
    return 0


@referentiel.command("check", help=_("Contrôle un fichier de référentiel (ou un ID) et montre chaque erreur avec sa ligne."))
@click.argument("file", metavar=_("FICHIER"))
def referentiel_check(file: str) -> int:
    """Checks a référentiel file."""
    return _report(text.check_referentiel_file(file), file)


def _known(own: str, ids: Sequence[str], sentence: str) -> None:
    """Refuses an id that nobody knows: it is the command line that is wrong, no form and no definition."""
    if own not in ids:
        raise click.UsageError(sentence.format(id=shown(own), known=", ".join(ids)))


def _report(problems: Sequence[Problem], name: str) -> int:
    name = shown(name)
    if not problems:
        click.echo(_("{name} : rien à signaler.").format(name=name))
        return 0
    click.echo(text.problems_text(problems, name))
    wrong = any(problem.severity is Severity.ERROR for problem in problems)
    return int(ExitCode.DEFINITION if wrong else ExitCode.DONE)
