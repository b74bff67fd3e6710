"""The child of a supervisor: reads the requests on its standard input, one by one, within limits, and answers on its output."""

from __future__ import annotations

import gc
import os
import signal
import sys
from contextlib import suppress
from typing import Any, Final

from formfill.errors import FormfillError
from formfill.language import set_language
from formfill.source import Source
from formfill.supervise import _wire

GRACE: Final = 5
"""Seconds after which a child whose supervisor is gone ends by itself."""


def work(megabytes: int) -> None:
    """Serves requests until standard input ends."""
    _limit(megabytes)
    # Ctrl-C goes to the whole terminal; the supervisor ends its child
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(50_000, 20, 50)
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    # nothing that a library prints may stand among the answers
    os.dup2(2, 1)
    while True:
        try:
            verb, name, data, arguments, language, seconds = _wire.receive(requests)
        except EOFError:
            return
        set_language(language)
        _alarm(int(seconds) + GRACE)
        answer = _answer(verb, name, data, arguments)
        _alarm(0)
        _wire.send(answers, answer)


def _answer(verb: str, name: str, data: bytes, arguments: tuple[Any, ...]) -> tuple[str, Any]:
    try:
        return "value", {"read": _read, "draw": _draw}[verb](Source.of(data, name), *arguments)
    except FormfillError as error:
        return "error", (type(error).__name__, error.where, error.seen, error.advice)
    except MemoryError:
        return "memory", None
    except Exception as error:  # noqa: BLE001 – a fault of ours goes to the supervisor, which raises it there
        import traceback

        return "fault", (type(error).__name__, traceback.format_exc())


def _read(source: Source, double: bool) -> object:
    from formfill import readers

    return readers.read(source, double=double)


def _draw(source: Source, document: Any) -> bytes:
    from formfill.readers import plumber

    return plumber.draw(source, document)


def _limit(megabytes: int) -> None:
    try:
        import resource
    except ImportError:
        # Windows has no such limits
        return
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _alarm(seconds: int) -> None:
    """Ends this process after some seconds, whatever it does: without a supervisor nobody else would."""
    if hasattr(signal, "alarm"):
        signal.alarm(seconds)
