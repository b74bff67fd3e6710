"""Shows that reading takes time in proportion to the size of a table, and no more memory file after file.

::

    python -m tools.scale

Twice the rows may take at most :data:`MOST` times as long (CPU time, best of three; garbage is collected before each); over
:data:`READS` readings of small files the process may grow by :data:`GROWTH` MB at most after the first quarter. It is no test:
times vary from run to run. Exit code 1 when a limit is passed.
"""

from __future__ import annotations

import gc
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from formfill import readers
from formfill.source import Source
from tests.readers import odfpackages, packages, pdfbytes, workbooks
from tests.readers.zoo import cases

if TYPE_CHECKING:
    from collections.abc import Callable

ROWS: Final = (5_000, 10_000)
PDF_ROWS: Final = (1_000, 2_000)
"""A PDF has pages: 20 rows on each."""
MOST: Final = 3.0
READS: Final = 2_000
GROWTH: Final = 8.0
"""Megabytes."""


def word(rows: int) -> bytes:
    """A Word table of that many rows."""
    return packages.package(packages.table(*(packages.cell(f"Ligne {n}") + packages.cell("☒") for n in range(rows))))


def excel(rows: int) -> bytes:
    """A sheet of that many rows."""
    lines = [("Réalisation", "B1.1"), *((f"Ligne {n}", "x") for n in range(rows))]
    body = "".join(
        f'<row r="{n}">{workbooks.cell(f"A{n}", title)}{workbooks.cell(f"B{n}", cross)}</row>'
        for n, (title, cross) in enumerate(lines, 1)
    )
    return workbooks.package(f'<worksheet xmlns="{workbooks.MAIN}"><sheetData>{body}</sheetData></worksheet>')


def _opendocument(rows: int) -> str:
    lines = (odfpackages.row(f"Ligne {n}", "x") for n in range(rows))
    return odfpackages.table(odfpackages.row("Réalisation", "B1.1"), *lines)


def opendocument_text(rows: int) -> bytes:
    """A table of that many rows in an OpenDocument text."""
    return odfpackages.odt(_opendocument(rows))


def opendocument_sheet(rows: int) -> bytes:
    """An OpenDocument sheet of that many rows."""
    return odfpackages.ods(_opendocument(rows))


def text(rows: int) -> bytes:
    """A plain text of that many rows."""
    return "".join(f"Ligne {n}\t☒\n\n" for n in range(rows)).encode()


def pdf(rows: int) -> bytes:
    """A PDF of that many rows, twenty on each page."""
    pages = []
    for start in range(0, rows, 20):
        ys = [800.0 - 30 * n for n in range(21)]
        content = pdfbytes.table([50, 250, 300], ys)
        for n in range(20):
            content += [pdfbytes.text(60, ys[n] - 20, f"Ligne {start + n}"), pdfbytes.text(260, ys[n] - 20, "☒", font="F2")]
        pages.append(pdfbytes.Page(content))
    return pdfbytes.pdf(*pages)


FORMATS: Final[dict[str, tuple[Callable[[int], bytes], tuple[int, int]]]] = {
    "DOCX": (word, ROWS),
    "XLSX": (excel, ROWS),
    "ODT": (opendocument_text, ROWS),
    "ODS": (opendocument_sheet, ROWS),
    "text": (text, ROWS),
    "PDF": (pdf, PDF_ROWS),
}


def seconds(data: bytes, marks: int) -> float:
    """The CPU time of one reading, best of three; the document must hold so many marks."""
    best = float("inf")
    source = Source.of(data, "scale")
    for _run in range(3):
        gc.collect()
        start = time.process_time()
        document = readers.read(source)
        best = min(best, time.process_time() - start)
        if len(document.marks) != marks:
            raise SystemExit(f"{source.format}: {len(document.marks)} marks for {marks} rows")
    return best


def resident() -> float:
    """The memory that the process holds now, in megabytes (Linux: ``/proc/self/statm``, pages of 4 kB)."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * 4096 / 2**20


def main() -> int:
    """Prints both tables."""
    passed = True
    for name, (build, (few, many)) in FORMATS.items():
        short, long = seconds(build(few), few), seconds(build(many), many)
        passed &= long <= MOST * short
        print(f"{name:5} {few} rows {short:6.2f} s   {many} rows {long:6.2f} s   ratio {long / short:.2f}", flush=True)
    sources = [Source.of(case.data, "scale") for case in cases()]
    sources += [Source.of(pdf(20), "scale"), Source.of(text(20), "scale")]
    held: list[float] = []
    for number in range(READS + 1):
        if number % (READS // 8) == 0:
            gc.collect()
            held.append(resident())
            print(f"{number:5} readings: {held[-1]:6.1f} MB", flush=True)
        readers.read(sources[number % len(sources)])
    passed &= held[-1] - held[2] <= GROWTH
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
