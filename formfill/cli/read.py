"""``formfill read``: one record per form found."""

from __future__ import annotations

import json

import click

from formfill import pipeline
from formfill.cli import fail
from formfill.cli._files import echo_lines, load
from formfill.cli._text import record_text
from formfill.errors import FormfillError
from formfill.language import gettext as _
from formfill.model import codec
from formfill.results import code_of, guarded, worst
from formfill.supervise import Supervisor


@click.command(
    help=_("Lit des formulaires remplis (« - » : l’entrée standard) : ce qui est coché, ce qui est écrit, ce qui ne va pas.")
)
@click.argument("files", nargs=-1, metavar=_("FICHIER..."))
@click.option("--json", "as_json", is_flag=True, help=_("Écrit des données pour programmes : un enregistrement JSON par ligne."))
@click.option(
    "--double-read", is_flag=True, help=_("Relit chaque PDF avec un second moteur : une case lue autrement est incertaine.")
)
@click.option("--schema", is_flag=True, help=_("Affiche le schéma JSON d’un enregistrement, et rien d’autre."))
def read(files: tuple[str, ...], *, as_json: bool, double_read: bool, schema: bool) -> int:
    """Reads files in the order of the arguments; a refused file is one line on standard error."""
    if schema:
        click.echo(json.dumps(codec.json_schema(), ensure_ascii=False, indent=1))
        return 0
    if not files:
        raise click.UsageError(_("Donnez au moins un fichier à lire, ou « - » pour l’entrée standard."))
    codes: list[int] = []
    with Supervisor(double=double_read) as see:
        for name in files:
            try:
                with guarded(name):
                    records = pipeline.read_all(load(name), see)
            except FormfillError as error:
                fail(error)
                codes.append(int(error.exit_code))
                continue
            for record in records:
                codes.append(int(code_of(record)))
                if as_json:
                    click.echo(codec.dumps(record))
                else:
                    echo_lines(record_text(record))
    return worst(codes)
