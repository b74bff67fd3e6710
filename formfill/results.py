"""Exit codes and outcomes: what one file's fate means for a command, and how a fault of ours stays that file's own."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from formfill._version import __version__
from formfill.errors import ExitCode, FormfillError, UnreadableSourceError
from formfill.files import shown
from formfill.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from formfill.model.outcome import Outcome
    from formfill.model.record import Record


def code_of(record: Record) -> ExitCode:
    """The exit code a record alone calls for."""
    if record.form is None:
        return ExitCode.RECOGNITION
    return ExitCode.FINDINGS if record.has_errors else ExitCode.DONE


def worst(codes: Iterable[int]) -> int:
    """The exit code of several: the highest of 3 to 7 if any, else 1 if any, else 0."""
    return max(codes, default=0)


def refused(name: str, sha256: str | None, error: FormfillError) -> Outcome:
    """The outcome of a file that gave no record."""
    from formfill.model.outcome import Outcome

    return Outcome(name=name, sha256=sha256, exit_code=int(error.exit_code), code=error.code, message=shown(str(error)))


@contextmanager
def guarded(name: str) -> Iterator[None]:
    """Turns a fault of ours, met on one file, into a refusal of that file: one file never stops the others.

    This is the only place that catches everything; the fault is logged with its traceback.
    """
    try:
        yield
    except FormfillError:
        raise
    except Exception as error:
        import logging

        log = logging.getLogger("formfill")
        if not log.handlers:
            # without it, the traceback would go to the screen of someone who cannot use it
            log.addHandler(logging.NullHandler())
        log.exception("crashed on %s", shown(name))
        raise UnreadableSourceError(
            where=name,
            seen=_("formfill s’est trompé en traitant ce fichier ({error}).").format(error=type(error).__name__),
            advice=_("Le fichier est intact ; signalez-le avec la version de formfill ({version}).").format(version=__version__),
        ) from error
