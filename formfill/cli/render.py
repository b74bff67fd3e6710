"""``formfill render``: a clean form from a record."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from formfill import pipeline
from formfill.cli._files import load, write
from formfill.cli._records import pictures_beside
from formfill.cli._text import finding_line
from formfill.errors import UnreadableSourceError
from formfill.files import reason, shown
from formfill.language import gettext as _
from formfill.model import codec
from formfill.results import guarded
from formfill.writers import BOXES, MODULES


@click.command(help=_("Régénère un formulaire propre à partir d’un enregistrement (le record.json que « run » écrit)."))
@click.argument("record", metavar="RECORD.json")
@click.option(
    "--to",
    type=click.Choice(sorted(MODULES)),
    required=True,
    help=_("Format à produire : Word, Excel (un tableau), page HTML, données, PDF ou texte."),
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, readable=False),
    required=True,
    metavar=_("FICHIER"),
    help=_("Fichier à écrire (« - » : la sortie standard)."),
)
@click.option(
    "--edition",
    metavar=_("ÉDITION"),
    help=_("Édition du formulaire, par défaut celle de l’enregistrement (« forms show » donne les éditions)."),
)
@click.option(
    "--boxes",
    type=click.Choice(BOXES),
    default=BOXES[0],
    help=_("Cases d’un document Word : à cliquer (control, par défaut) ou codées comme dans l’imprimé officiel (legacy)."),
)
@click.option(
    "--template",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar=_("MODÈLE.docx"),
    help=_(
        "Un modèle Word de l’établissement, avec des balises Jinja2, au lieu de l’imprimé officiel (le guide en donne les noms)."
    ),
)
@click.option(
    "--source",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar=_("ORIGINAL.docx"),
    help=_("Le document Word d’où vient l’enregistrement, pour en reprendre les images ; par défaut le form.docx du même dossier."),
)
def render(record: str, to: str, output: Path, edition: str | None, boxes: str, template: Path | None, source: Path | None) -> int:
    """Renders one record; what the format could not hold is said on standard error."""
    if template is not None and (to != "docx" or edition is not None or boxes != BOXES[0]):
        raise click.UsageError(_("Un modèle donne un document Word : --template va avec « --to docx », sans --edition ni --boxes."))
    with guarded(record):
        text = _text(record)
        given = codec.loads(text, name=record)
        if template is not None:
            rendition = pipeline.render_on(given, template)
        else:
            pictures = {}
            if given.pictures:
                pictures = pictures_beside(record) if source is None else pipeline.pictures_of(load(str(source)))
            rendition = pipeline.render(given, to, edition=edition, boxes=boxes, pictures=pictures)
        unknown = codec.unknown_keys(text)
    write(output, rendition.data)
    if unknown:
        click.echo(_("Ignoré (un enregistrement n’a pas ces clés) : {keys}").format(keys=shown(", ".join(unknown))), err=True)
    for finding in rendition.findings:
        click.echo(finding_line(finding), err=True)
    return 0


def _text(name: str) -> str:
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        # Notepad puts a byte order mark before what it saves
        return data.decode("utf-8-sig")
    except OSError as error:
        raise UnreadableSourceError(
            where=name,
            seen=_("impossible de lire ce fichier ({reason}).").format(reason=reason(error)),
            advice=_("Vérifiez le nom, le dossier et vos droits."),
        ) from error
    except UnicodeDecodeError as error:
        raise UnreadableSourceError(
            where=name, seen=_("ce n’est pas du texte UTF-8."), advice=_("Donnez un record.json écrit par formfill.")
        ) from error
