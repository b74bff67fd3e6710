"""``formfill watch``: a drop folder, for as long as it runs."""

from __future__ import annotations

import json
import signal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from formfill.cli._files import ignored
from formfill.cli.batch import destination, limits, options
from formfill.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Mapping


@click.command(
    help=_(
        "Surveille un dossier de dépôt : chaque fichier qu’on y met est lu une fois entier, puis rangé dans « faits » ou "
        "« refusés ». Ctrl-C l’arrête ; relancé, il reprend."
    )
)
@click.argument("folder", metavar=_("DOSSIER"), type=click.Path(path_type=Path, readable=False))
@destination
@click.option(
    "--every",
    type=click.FloatRange(min=0.1, max=3600),
    default=5.0,
    metavar="S",
    show_default=True,
    help=_("Secondes entre deux regards sur le dossier."),
)
@click.option("--once", is_flag=True, help=_("Traite ce qui est là, puis s’arrête."))
@limits
def watch(folder: Path, out: str, *, every: float, once: bool, quiet: bool, as_json: bool, **said: Any) -> int:
    """Watches a folder."""
    from formfill.bulk.options import Interrupted
    from formfill.bulk.watch import PATIENCE, Watch

    watching = Watch(folder, out, options(said), _Teller(quiet=quiet, as_json=as_json), min(every, PATIENCE) if once else PATIENCE)
    before = {one: signal.signal(one, lambda number, _frame: watching.stop(number)) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        watching.run(every, once=once)
    except Interrupted:
        # what was begun goes on the next time: to stop is how this command ends
        pass
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
    return watching.code if once else 0


class _Teller:
    """Says what happens, a line each."""

    def __init__(self, *, quiet: bool, as_json: bool) -> None:
        self._quiet, self._as_json = quiet, as_json

    def __call__(self, event: Mapping[str, object]) -> None:
        if self._as_json:
            click.echo(json.dumps(event, ensure_ascii=False))
            return
        match event["event"]:
            case "file" if "message" in event:
                click.echo(_("Refusé – {message}").format(message=event["message"]), err=True)
            case "file" if not self._quiet:
                click.echo(_("Lu – {name}").format(name=event["name"]), err=True)
            case "away" if not self._quiet:
                click.echo(_("Rangé – {to}").format(to=event["to"]), err=True)
            case "waiting":
                click.echo(_("En attente – {message}").format(message=event["message"]), err=True)
            case "ignored" if not self._quiet:
                ignored([str(event["name"])])
