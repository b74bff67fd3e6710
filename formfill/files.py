"""Files written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from formfill.errors import RenderError, UnwritableOutputError
from formfill.language import gettext as _


def unwritable(path: Path, error: OSError) -> RenderError:
    """What to say when an output cannot be written."""
    return UnwritableOutputError(
        where=str(path),
        seen=_("impossible d’écrire ici ({reason}).").format(reason=error.strerror or error),
        advice=_("Choisissez un dossier où vous pouvez écrire, ou libérez de la place."),
    )


def write_atomically(path: Path, data: bytes) -> None:
    """Writes a file so that it is there whole or not at all: a temporary file beside it, then a rename."""
    import tempfile

    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".formfill-", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        # mkstemp is private to its owner; a result is for whoever may read the folder
        Path(temporary).chmod(0o666 & ~_umask())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
