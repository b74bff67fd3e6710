"""What became of files, made safe and then noted: the results, the archive, the quarantine, and last of all the journal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from formfill.bulk import journal as notes
from formfill.bulk import worker
from formfill.bulk.journal import Content
from formfill.bulk.keeping import held_files, quarantined
from formfill.bulk.worker import Stuck
from formfill.errors import UnwritableOutputError
from formfill.files import unwritable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from formfill.bulk.destination import Destination
    from formfill.bulk.journal import Journal, Row
    from formfill.bulk.keeping import Keeper
    from formfill.bulk.unit import Refusal, Result, Unit

    Tell = Callable[[Mapping[str, object]], None]


class Settler:
    """Settles files.

    Args:
        journal: where what became of them is noted.
        destination: where the results go.
        keeper: where the records go too.
        tell: told of each file.
    """

    def __init__(self, journal: Journal, destination: Destination, keeper: Keeper, tell: Tell) -> None:
        self._journal, self._destination, self._keeper, self._tell = journal, destination, keeper, tell

    def note(self, noted: Sequence[tuple[Unit, Result]]) -> None:
        """Notes what units gave, in one transaction; their files are written, by workers or now."""
        if not self._destination.shared:
            noted = self._delivered(noted)
        self._keeper.put([(unit, result) for unit, result in noted if result.refusal is None])
        changes: list[tuple[str, tuple[object, ...]]] = []
        bad: dict[int, tuple[str, Mapping[str, bytes]]] = {}
        for unit, result in noted:
            why = result.refusal
            if why is not None:
                bad[unit.seq] = quarantined(unit.folder, unit.label, unit.key, why, unit.data)
            if why is not None and why.code == UnwritableOutputError.code:
                # a trouble of this name, not of its bytes
                changes.append(notes.refused(unit.seq, unit.key, why))
                continue
            content = Content(result.exit_code, why, result.files, result.records)
            if unit.records is None:
                changes.append(notes.kept(unit.key, content))
            changes.append(notes.settled(unit.seq, unit.key, content, unit.mark))
        self._write(bad)
        # what the file gave when it was another
        self._write({unit.seq: (unit.folder, {}) for unit, _result in noted if unit.seq in bad})
        self._free([unit.folder for unit, result in noted if unit.held and result.refusal is None])
        self._journal.change(changes)
        for unit, result in noted:
            self._told(unit.label, unit.key, result.exit_code, result.refusal)

    def _delivered(self, noted: Sequence[tuple[Unit, Result]]) -> list[tuple[Unit, Result]]:
        folders = {unit.seq: unit.folder for unit, _result in noted}
        answer = worker.deliver([result for _unit, result in noted], folders, self._destination, give=True)
        if isinstance(answer, Stuck):
            raise answer.error()
        return [(unit, result) for (unit, _old), result in zip(noted, answer, strict=True)]

    def refuse(self, row: Row, key: str | None, why: Refusal, data: bytes) -> None:
        """Refuses a file without work; where its bytes could not be seen, what they gave before stays."""
        bad = {row.seq: quarantined(row.folder, row.label, key, why, data)}
        self._write(bad)
        if not why.unreached:
            self._write({row.seq: (row.folder, {})})
        self._journal.change([notes.refused(row.seq, key, why, own=key is None)])
        self._told(row.label, key, why.exit_code, why)

    def release(self) -> None:
        """Takes every refused file out of quarantine: all will be done anew."""
        self._free(list(self._journal.held()))

    def _free(self, folders: Sequence[str]) -> None:
        if not folders:
            return
        try:
            self._destination.forget([name for folder in folders for name in held_files(folder)])
        except OSError as error:
            raise unwritable(Path(self._destination.where), error) from error

    def _write(self, made: Mapping[int, tuple[str, Mapping[str, bytes]]]) -> None:
        if not made:
            return
        try:
            # a name that is too long for a copy is said in the list of the refused all the same
            self._destination.write(made)
        except OSError as error:
            raise unwritable(Path(self._destination.where), error) from error

    def _told(self, label: str, key: str | None, exit_code: int, why: Refusal | None) -> None:
        event: dict[str, object] = {"event": "file", "name": label, "sha256": key, "exit_code": exit_code}
        if why is not None:
            event |= {"code": why.code, "message": why.message(label)}
        self._tell(event)
