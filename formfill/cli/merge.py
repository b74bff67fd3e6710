"""``formfill merge``: the clean forms of one candidate in one PDF."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from formfill import pipeline
from formfill.cli._files import load, write
from formfill.cli._records import is_record, pictures_beside, records_in
from formfill.cli._text import finding_line
from formfill.dossier import one_candidate
from formfill.language import gettext as _
from formfill.results import guarded
from formfill.supervise import Supervisor

if TYPE_CHECKING:
    from formfill.model.record import Record


@click.command(
    help=_(
        "Réunit les formulaires d’un candidat en un seul PDF d’archive, avec un signet pour chacun et ses données jointes. Donnez "
        "leurs enregistrements (record.json), ou les fichiers remplis eux-mêmes, dans l’ordre voulu."
    )
)
@click.argument("records", nargs=-1, required=True, metavar=_("ENREGISTREMENT..."))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, readable=False),
    required=True,
    metavar=_("FICHIER.pdf"),
    help=_("PDF à écrire (« - » : la sortie standard)."),
)
def merge(records: tuple[str, ...], output: Path) -> int:
    """Writes one portfolio; what its pages could not hold is said on standard error."""
    found: list[Record] = []
    pictures: dict[str, bytes] = {}
    with Supervisor() as see:
        for name in records:
            with guarded(name):
                source = load(name)
                stored = is_record(source.data)
                own = records_in(source) if stored else pipeline.read_all(source, see)
                if any(record.pictures for record in own):
                    pictures |= pictures_beside(name) if stored else pipeline.pictures_of(source, see)
                found += own
    one_candidate(found)
    with guarded(str(output)):
        rendition = pipeline.merge(found, pictures)
    write(output, rendition.data)
    for finding in rendition.findings:
        click.echo(finding_line(finding), err=True)
    return 0
