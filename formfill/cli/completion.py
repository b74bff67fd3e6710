"""``formfill completion``: what a shell needs to complete our commands."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from formfill.language import gettext as _


@click.command(help=_("Affiche le script de complétion d’un interpréteur (bash, zsh, fish)."))
@click.argument("shell", type=click.Choice(("bash", "zsh", "fish")), metavar="bash|zsh|fish")
@click.pass_context
def completion(context: click.Context, shell: str) -> int:
    """Prints the completion script, to be sourced: ``eval "$(formfill completion bash)"``."""
    kind = get_completion_class(shell)
    assert kind is not None
    click.echo(kind(context.find_root().command, {}, "formfill", "_FORMFILL_COMPLETE").source())
    return 0
