"""The Click commands: parse arguments, call one function, print, choose the exit code. No rule of the program lives here.

Data goes to standard output, everything else to standard error. Commands are imported when they are called, so that
``formfill --version`` stays as fast as it looks.
"""

from __future__ import annotations

import gettext as stdlib_gettext
import os
import sys
from contextlib import suppress
from gettext import gettext as words_of_click
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from formfill._version import __version__
from formfill.errors import ExitCode, FormfillError
from formfill.files import shown, unwritable
from formfill.language import LANGUAGES, LOCALE_DIR, set_language
from formfill.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS: Final = {
    "run": "run",
    "batch": "batch",
    "watch": "watch",
    "read": "read",
    "inspect": "inspect_",
    "check": "check",
    "letters": "letters",
    "render": "render",
    "forms": "definitions",
    "referentiel": "definitions",
    "archive": "archive",
    "merge": "merge",
    "diff": "diff",
    "completion": "completion",
}
"""Module of each command, in the order of the help."""


class PlainGroup(click.Group):
    """A group whose help gives its commands in the order in which they were written, each with its whole sentence."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands, in the order of the help."""
        return list(self.commands)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands, each with its whole sentence: Click would cut it at the end of the line."""
        found = ((name, self.get_command(ctx, name)) for name in self.list_commands(ctx))
        with formatter.section(words_of_click("Commands")):
            formatter.write_dl([(name, command.get_short_help_str(1000)) for name, command in found if command is not None])


class LazyGroup(PlainGroup):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands, in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Imports one command."""
        module = COMMANDS.get(cmd_name)
        if module is None:
            return None
        command: click.Command = getattr(import_module(f"formfill.cli.{module}"), cmd_name)
        _speaks(command)
        return command


def build() -> click.Group:
    """The command line in the language in use."""
    return LazyGroup(
        name="formfill",
        help=_("Lit, contrôle et régénère les formulaires d’examen remplis (BTS SIO)."),
        subcommand_metavar=_("COMMANDE [ARGUMENTS]..."),
        epilog=_("Essayez : formfill run DOSSIER --out RESULTATS"),
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
        params=[
            _lang(),
            click.Option(
                ["--version"],
                is_flag=True,
                is_eager=True,
                expose_value=False,
                help=_("Affiche la version."),
                callback=_version,
            ),
        ],
    )


def _lang() -> click.Option:
    return click.Option(
        ["--lang"],
        type=click.Choice(LANGUAGES),
        help=_("Langue des messages (sinon FORMFILL_LANG, sinon le français)."),
        expose_value=False,
        is_eager=True,
    )


def _speaks(command: click.Command) -> None:
    """Gives a command, and those under it, the option ``--lang``, so that it works wherever it stands."""
    if not any(parameter.name == "lang" for parameter in command.params):
        command.params.append(_lang())
    if isinstance(command, click.Group):
        command.subcommand_metavar = _("COMMANDE [ARGUMENTS]...")
        for under in command.commands.values():
            _speaks(under)


def _version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value:
        click.echo(f"formfill {__version__}")
        ctx.exit()


def run_command_line(arguments: Sequence[str]) -> int:
    """Runs a command line and returns its exit code; no traceback for any input.

    An interruption (Ctrl-C) gives 130, as shells have it; what was done is kept.
    """
    speak(arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        code: Any = build().main(args=list(arguments), prog_name="formfill", standalone_mode=False)
    except click.exceptions.Abort:
        click.echo(_("Interrompu. Ce qui est fait est gardé ; la même commande reprend où elle en était."), err=True)
        return 130
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except FormfillError as error:
        fail(error)
        return int(error.exit_code)
    except BrokenPipeError:
        # whoever read our output has gone: not an error of ours
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 – stays open until the end
        return 0
    except OSError as error:
        if error.filename is not None:
            raise
        return unwritten(error)
    return code if isinstance(code, int) else int(ExitCode.DONE)


def unwritten(error: OSError) -> int:
    """Says that standard output cannot be written (a full disk), and returns the exit code of it."""
    # what is left in the buffer would fail again
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 – stays open until the end
    with suppress(OSError):
        fail(unwritable(Path(_("sortie standard")), error))
    return int(ExitCode.RENDER)


def speak(arguments: Sequence[str]) -> None:
    """Chooses the language before any command is defined: ``--lang`` wherever it stands, else the environment."""
    wanted = None
    for at, argument in enumerate(arguments):
        if argument == "--lang" and at + 1 < len(arguments):
            wanted = arguments[at + 1]
        elif argument.startswith("--lang="):
            wanted = argument.removeprefix("--lang=")
    # Click translates its own sentences, English in its code, through the domain « messages »
    os.environ["LANGUAGE"] = set_language(wanted)
    stdlib_gettext.bindtextdomain("messages", str(LOCALE_DIR))


def fail(error: FormfillError) -> None:
    """Prints one line on standard error."""
    click.echo(_("Erreur : {message}").format(message=shown(str(error))), err=True)
