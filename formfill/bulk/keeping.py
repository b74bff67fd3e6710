"""What is kept beside the results: the records in an archive, and the files that were refused, with the reason of each."""

from __future__ import annotations

import json
import time
from contextlib import ExitStack
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final, Self

from formfill.batch import REFUSED
from formfill.errors import UnreachableArchiveError
from formfill.model.codec import loads

if TYPE_CHECKING:
    from collections.abc import Sequence

    from formfill.archive import Archive, Entry
    from formfill.bulk.unit import Refusal, Result, Unit

PATIENCE: Final = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0)
"""Seconds waited, each time, for an archive that does not answer."""
REASON: Final = "reason.json"
ORIGINAL: Final = "original.bin"


class Keeper:
    """Puts records into an archive, where one is wanted; a context manager."""

    def __init__(self, address: str | None, contents: str | None = None, session: str | None = None) -> None:
        self._address, self._contents, self._session = address, contents, session
        self._stack = ExitStack()
        self._archive: Archive | None = None

    @property
    def wanted(self) -> bool:
        """Whether there is an archive."""
        return self._address is not None

    def __enter__(self) -> Self:
        if self._address is not None:
            from formfill.archive import Archive

            self._archive = self._stack.enter_context(Archive(self._address, contents=self._contents, create=True))
        return self

    def __exit__(self, *exc: object) -> None:
        self._stack.close()

    def put(self, noted: Sequence[tuple[Unit, Result]]) -> None:
        """Archives results, all or none; waits for an archive that is away, raises when it stays so."""
        if self._archive is None or not noted:
            return
        from formfill.archive.add import put

        entries = [entry for unit, result in noted for entry in self._entries(unit, result)]
        for seconds in (*PATIENCE, None):
            try:
                put(self._archive, entries)
            except UnreachableArchiveError:
                if seconds is None:
                    raise
                time.sleep(seconds)
            else:
                return

    def _entries(self, unit: Unit, result: Result) -> list[Entry]:
        from formfill.archive import Entry

        made = dict(result.made)
        return [
            Entry(
                loads(text),
                unit.data,
                tuple((PurePosixPath(name).suffix[1:], made[name]) for name in names[1:]),
                session=self._session,
            )
            for text, names in zip(result.records, result.files, strict=True)
        ]


def quarantined(folder: str, label: str, key: str | None, why: Refusal, data: bytes) -> tuple[str, dict[str, bytes]]:
    """The folder of a refused file in quarantine, and what is written there: the file as it came, and why it was refused."""
    reason = {"name": label, "sha256": key, "code": why.code, "message": why.message(label)}
    made = {REASON: (json.dumps(reason, ensure_ascii=False, indent=1) + "\n").encode()}
    # the end keeps a double click from opening what nobody could read
    return f"{REFUSED}/{folder}", made | ({ORIGINAL: data} if key is not None else {})


def held_files(folder: str) -> tuple[str, str]:
    """The files that :func:`quarantined` may have written for the folder of a file."""
    return f"{REFUSED}/{folder}/{REASON}", f"{REFUSED}/{folder}/{ORIGINAL}"
