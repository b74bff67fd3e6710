"""What goes over the pipes between a supervisor and its child: pickles, each after its length in bytes.

A child that read a hostile file may say anything. What comes from it may name the types of a document and nothing else, so that
reading its answer can run no code.
"""

from __future__ import annotations

import io
import pickle
import struct
from typing import IO, Any, Final

_LENGTH: Final = struct.Struct(">Q")
LARGEST: Final = 2**30
"""Most bytes of a message: a request holds a file, an answer what was seen in it."""
MODULES: Final = frozenset({"formfill.model.document", "formfill.model.geometry", "formfill.model.report"})
"""The modules whose types an answer may hold."""


def send(stream: IO[bytes], message: object) -> None:
    """Writes one message; raises ``OSError`` when nobody reads."""
    data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:
    """Reads one message.

    Raises:
        EOFError: the other side has ended.
        ValueError: what came is no message.
    """
    (size,) = _LENGTH.unpack(_exactly(stream, _LENGTH.size))
    if size > LARGEST:
        raise ValueError(f"{size} bytes")
    data = _exactly(stream, size)
    try:
        return _Unpickler(io.BytesIO(data)).load()
    except (pickle.UnpicklingError, AttributeError, ImportError, LookupError, OverflowError, TypeError) as error:
        raise ValueError(str(error)) from error


def _exactly(stream: IO[bytes], size: int) -> bytes:
    data = stream.read(size)
    if len(data) < size:
        raise EOFError
    return data


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if module not in MODULES or not name.isidentifier():
            raise pickle.UnpicklingError(f"{module}.{name}")
        found = super().find_class(module, name)
        if not isinstance(found, type) or found.__module__ != module:
            raise pickle.UnpicklingError(f"{module}.{name}")
        return found
