"""Compares reading PDF files with the least that PDFium can do: ratios in one process, interleaved runs, medians of CPU time.

Usage: python tools/bench_pdf.py FILE.pdf…
"""

from __future__ import annotations

import ctypes
import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pypdfium2.raw as pdfium
from formfill.readers.pdf import READER
from formfill.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable

RUNS: Final = 31
"""Interleaved runs of each."""


def floor(data: bytes) -> None:
    """P: PDFium loads the document and each page, builds the text page, extracts all text, counts page objects."""
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    for index in range(pdfium.FPDF_GetPageCount(document)):
        page = pdfium.FPDF_LoadPage(document, index)
        text = pdfium.FPDFText_LoadPage(page)
        count = pdfium.FPDFText_CountChars(text)
        buffer = (ctypes.c_ushort * (count + 1))()
        pdfium.FPDFText_GetText(text, 0, count, buffer)
        bytes(buffer).decode("utf-16-le", "replace")
        pdfium.FPDFPage_CountObjects(page)
        pdfium.FPDFText_ClosePage(text)
        pdfium.FPDF_ClosePage(page)
    pdfium.FPDF_CloseDocument(document)


def compare(name: str, data: bytes) -> tuple[float, float]:
    """Milliseconds of the floor, and reading as a ratio to it."""
    source = Source.of(data, name)
    floors, reads = [], []
    for _run in range(RUNS):
        floors.append(_timed(lambda: floor(data)))
        reads.append(_timed(lambda: READER.read(source)))
    return statistics.median(floors) * 1000, statistics.median(reads) / statistics.median(floors)


def _timed(job: Callable[[], object]) -> float:
    start = time.process_time()
    job()
    return time.process_time() - start


def main(names: list[str]) -> None:
    """Prints one line per file."""
    for name in names:
        milliseconds, ratio = compare(name, Path(name).read_bytes())
        print(f"{ratio:5.2f} × P   P = {milliseconds:6.2f} ms   {name}")


if __name__ == "__main__":
    main(sys.argv[1:])
