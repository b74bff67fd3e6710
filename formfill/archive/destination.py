"""Where an export goes: a folder, or a ZIP when its name ends so. It is there whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from formfill.errors import UnwritableOutputError
from formfill.files import unwritable
from formfill.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def building(target: Path) -> Iterator[Path]:
    """A folder to write into, which becomes the target when all went well.

    Raises:
        UnwritableOutputError: there is something at the target already, or it cannot be written.
    """
    if target.is_symlink() or (target.exists() and not (target.is_dir() and not any(target.iterdir()))):
        raise UnwritableOutputError(
            where=str(target),
            seen=_("il y a déjà quelque chose ici."),
            advice=_("Donnez un nouveau dossier, ou un nouveau nom de fichier .zip : rien n’est jamais écrasé."),
        )
    zipped = target.suffix.lower() == ".zip"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=".formfill-", suffix=".tmp", dir=target.parent))
        try:
            inside = folder / "export"
            inside.mkdir()
            yield inside
            if zipped:
                _zip(inside, folder / "zip").replace(target)
            else:
                if target.is_dir():
                    target.rmdir()
                inside.rename(target)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    except OSError as error:
        raise unwritable(target, error) from error


def _zip(folder: Path, target: Path) -> Path:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                package.write(path, path.relative_to(folder).as_posix())
    return target
