"""PDFs and pictures read in a child process, with a time and a memory limit: what crashes, hangs or eats memory costs one file.

PDFium is C++ that reads what strangers send: it aborts on some bombs, and nothing in the process can stop it. One child serves many
files and is replaced when it dies. The other formats are read in this process, by libraries that can be given limits, but for the
pictures of a text that holds nothing else. The child is no sandbox: it has the rights of the user; what it answers is data, never
code (see :mod:`formfill.supervise._wire`).
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Self

from formfill import readers
from formfill.errors import SourceTooLargeError, UnreadableSourceError
from formfill.files import reason
from formfill.language import gettext as _
from formfill.language import language

if TYPE_CHECKING:
    from subprocess import Popen

    from formfill.model.document import Document
    from formfill.source import Source


class Limits(NamedTuple):
    """What one file may take."""

    seconds: float = 30.0
    """Of the clock, for one reading: a whole portfolio takes less than one."""
    double_seconds: float = 180.0
    """The same when a second engine reads too, or draws: it is some sixty times slower."""
    megabytes: int = 1024
    """Address space of the child, where the system keeps such a limit (Linux)."""


LIMITS: Final = Limits()
_BOOT: Final = "import sys; sys.path[:] = sys.argv[2:]; from formfill.supervise._child import work; work(int(sys.argv[1]))"
SUPERVISED: Final = frozenset({"pdf", "image"})
"""Formats read in the child."""


class FaultError(Exception):
    """A fault of ours in the child, with its traceback as text; the name of its class is that of the exception there."""


class Supervisor:
    """Reads sources as :func:`formfill.readers.read` does, PDFs in a child; a context manager that ends the child.

    Not thread-safe: one file at a time. The child starts with the first PDF.
    """

    def __init__(self, *, double: bool = False, limits: Limits | None = None) -> None:
        self.double = double
        self.limits = limits or LIMITS
        self._child: Popen[bytes] | None = None
        self._served = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def __call__(self, source: Source) -> Document:
        """What stands in the source; raises a :class:`~formfill.errors.SourceError` when it cannot be read within the limits."""
        if source.format not in SUPERVISED:
            document = readers.read(source, pasted=False)
            if not readers.holds_scans(source, document):
                return document
        seconds = self.limits.double_seconds if self.double else self.limits.seconds
        seen: Document = self._asked(source, "read", (self.double,), seconds)
        return seen

    def draw(self, source: Source, document: Document) -> bytes:
        """The pages as one PNG with what was seen drawn over them; raises as a reading does."""
        picture: bytes = self._asked(source, "draw", (document,), self.limits.double_seconds)
        return picture

    def close(self) -> None:
        """Ends the child."""
        child, self._child, self._served = self._child, None, 0
        if child is not None:
            child.kill()
            # closes its pipes too
            child.communicate()

    def _asked(self, source: Source, verb: str, arguments: tuple[object, ...], seconds: float) -> Any:
        used = self._served > 0
        kind, value = self._answer(source, verb, arguments, seconds)
        if used and kind in ("died", "memory"):
            # what an earlier file left behind may be the cause: a new child tells
            self.close()
            kind, value = self._answer(source, verb, arguments, seconds)
        if kind == "value":
            return value
        if kind != "error":
            self.close()
        raise self._refusal(source, kind, value, seconds)

    def _answer(self, source: Source, verb: str, arguments: tuple[object, ...], seconds: float) -> tuple[str, Any]:
        """What became of one request: its kind, and the value, the error, or the reason of the child's death."""
        from threading import Timer

        from formfill.supervise import _wire

        child = self._child or self._started(source)
        late = False

        def end() -> None:
            nonlocal late
            late = True
            child.kill()

        timer = Timer(seconds, end)
        timer.daemon = True
        timer.start()
        try:
            assert child.stdin is not None
            assert child.stdout is not None
            _wire.send(child.stdin, (verb, source.name, source.data, arguments, language(), seconds))
            answer: tuple[str, Any] = _wire.receive(child.stdout)
        except (OSError, EOFError, ValueError) as error:
            if late:
                return "late", None
            return "died", _end_of(child) or type(error).__name__
        finally:
            timer.cancel()
        self._served += 1
        return answer

    def _started(self, source: Source) -> Popen[bytes]:
        from subprocess import DEVNULL, PIPE, Popen

        command = [
            sys.executable,
            "-I",
            "-S",
            "-c",
            _BOOT,
            str(self.limits.megabytes),
            *(path or str(Path.cwd()) for path in sys.path),
        ]
        try:
            self._child = Popen(command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL)
        except OSError as error:
            raise UnreadableSourceError(
                where=source.name,
                seen=_("le lecteur de PDF ne peut pas démarrer ({reason}).").format(reason=reason(error)),
                advice=_("Fermez d’autres programmes et recommencez : le fichier n’est pas en cause."),
            ) from error
        self._served = 0
        return self._child

    def _refusal(self, source: Source, kind: str, value: Any, seconds: float) -> Exception:
        """The exception of an answer that is no value."""
        from formfill import errors

        if kind == "error":
            name, where, seen, advice = value
            known: type[errors.FormfillError] = getattr(errors, name)
            return known(where=where, seen=seen, advice=advice)
        if kind == "fault":
            name, trace = value
            fault: FaultError = type(name, (FaultError,), {})(trace)
            return fault
        advice = _("Redemandez le fichier à son auteur, ou imprimez-le de nouveau en PDF.")
        if kind == "late":
            seen = _("sa lecture n’était pas finie au bout de {seconds} secondes.").format(seconds=f"{seconds:g}")
            return SourceTooLargeError(where=source.name, seen=seen, advice=advice)
        if kind == "memory":
            seen = _("sa lecture demande plus de {limit} Mo de mémoire.").format(limit=self.limits.megabytes)
            return SourceTooLargeError(where=source.name, seen=seen, advice=advice)
        seen = _("sa lecture s’est arrêtée net ({reason}) : il est abîmé, ou fait pour épuiser la mémoire.").format(reason=value)
        return UnreadableSourceError(where=source.name, seen=seen, advice=advice)


def _end_of(child: Popen[bytes]) -> str:
    """How a child that answers no more has ended: a signal by its name, ``SIGSEGV``; empty when it had to be ended."""
    from signal import Signals
    from subprocess import TimeoutExpired

    try:
        code = child.wait(timeout=1)
    except TimeoutExpired:
        child.kill()
        return ""
    if code >= 0:
        return _("code {code}").format(code=code)
    try:
        return Signals(-code).name
    except ValueError:
        return _("signal {number}").format(number=-code)
