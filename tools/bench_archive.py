"""Rows of the bench for the archive: records put in it, beside the same bytes as bare files."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import formfill

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.model.record import Record

ARCHIVES: Final = 4
"""Archives filled for each row, the first to warm up."""
ARCHIVED: Final = 1280
"""Records put in each."""


def archive_rows(record: Record, source: Path) -> Iterator[tuple[str, str, str, str]]:
    """Records into an archive in an SQLite file: CPU time, and time until all is safe from a power cut, against bare files."""
    from formfill.archive import Archive, Entry
    from formfill.archive.add import put
    from formfill.intake import GROUP

    original = source.read_bytes()
    renditions = {to: formfill.render(record, to) for to in ("docx", "pdf")}
    for what, formats in (("its original", ()), ("its original and two clean forms", tuple(renditions))):
        entries = []
        for number in range(ARCHIVED):
            # as many sources, all of them different
            tag = b"%d" % number
            own = record.source._replace(sha256=f"{number:064x}")
            clean = tuple((to, renditions[to] + tag) for to in formats)
            entries.append(Entry(record._replace(source=own), original + tag, clean))
        rates, ratios = [], []
        for run in range(ARCHIVES):
            with tempfile.TemporaryDirectory() as folder, Archive(str(Path(folder, "a.sqlite")), create=True) as archive:
                begun = time.perf_counter()
                for entry in entries:
                    for number, data in enumerate((entry.original or b"", *(data for _format, data in entry.renditions))):
                        _written(Path(folder, f"{entry.record.source.sha256}.{number}"), data)
                floor = time.perf_counter() - begun
                begun, spent = time.perf_counter(), time.process_time()
                for at in range(0, ARCHIVED, GROUP):
                    put(archive, entries[at : at + GROUP])
                if run:  # the first warms the caches
                    rates.append(ARCHIVED / (time.process_time() - spent))
                    ratios.append((time.perf_counter() - begun) / floor)
        rate = statistics.median(rates)
        met = "yes" if rate >= 500 else "**no**"
        yield (f"Record → archive in SQLite, with {what}", f"{rate:.0f} records per CPU second", "≥ 500", met)
        waited = f"Record → archive in SQLite, with {what}: until the disk has it all"
        yield (waited, f"{statistics.median(ratios):.2f} × the same bytes as files, each waited for", "", "")


def _written(path: Path, data: bytes) -> None:
    with path.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
