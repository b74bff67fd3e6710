"""``formfill inspect``: what the reader saw, without any form definition."""

from __future__ import annotations

from pathlib import Path

import click

from formfill import pipeline
from formfill.cli._files import echo_lines, load, write
from formfill.cli._text import document_text
from formfill.language import gettext as _
from formfill.model import codec
from formfill.results import guarded
from formfill.supervise import Supervisor


@click.command(help=_("Montre ce qui a été vu dans un fichier : tableaux, cases, textes, annotations."))
@click.argument("file", metavar=_("FICHIER"))
@click.option("--json", "as_json", is_flag=True, help=_("Écrit le tout en données JSON, pour programmes."))
@click.option(
    "--draw",
    type=click.Path(path_type=Path, readable=False),
    metavar="IMAGE.png",
    help=_("Dessine ce qui a été vu : sur les pages d’un PDF, sinon les tableaux, les textes et leurs cases."),
)
def inspect(file: str, *, as_json: bool, draw: Path | None) -> int:
    """Inspects one file."""
    with guarded(file), Supervisor() as see:
        source = load(file)
        document = see(source)
        if draw is not None:
            write(draw, pipeline.draw(source, document, see.draw))
    if as_json:
        click.echo(codec.dumps_document(document, pipeline.source_ref(source, document)))
    else:
        echo_lines(document_text(document))
    return 0
