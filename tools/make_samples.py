"""Makes the documents of ``samples/bts-sio-grille-bloc1`` from ``tools/sample_cases.py``.

    python -m tools.make_samples             source.txt, source.docx, and the PDFs drawn the way Word draws them
    python -m tools.make_samples --print     the other PDFs, which LibreOffice prints from the DOCX
    python -m tools.make_samples --out DIR   elsewhere than in samples/; CASE names choose cases

All but what LibreOffice prints is the same at each run, and a test makes it again.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tools.sample_cases import CASES, SAMPLES, Case, Span
from tools.sample_docx import word
from tools.sample_pdf import word_pdf

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

PROFILE: Final = "-env:UserInstallation=file:///tmp/lo-samples"
"""A LibreOffice profile of its own, so that nobody's settings matter."""


def text(case: Case) -> bytes:
    """The case as a text export: a tab opens a cell, an empty line closes a row, two more end the table."""
    head = "".join(f"{line}\n" for line in case.before)
    tail = "".join(f"{line}\n" for line in case.after)
    return f"{head}{head and chr(10)}{''.join(map(_row, _rows(case)))}\n\n{tail}".encode()


def _rows(case: Case) -> Iterable[Sequence[Sequence[str]]]:
    if case.table is not None:
        yield from ([[cell] for cell in row] for row in case.table.rows)
        return
    yield [[heading] for heading in case.headings]
    for block in case.body:
        if isinstance(block, Span):
            yield [block.lines]
        else:
            yield [[block.title, *block.activities], block.box, block.indicators]


def _row(cells: Sequence[Sequence[str]]) -> str:
    return "".join("\t" + "\n".join(lines) + "\n" for lines in cells) + "\n"


def make(out: Path, names: Sequence[str]) -> None:
    """Writes what is the same at each run."""
    for case in _chosen(names):
        folder = out / case.name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "source.txt").write_bytes(text(case))
        (folder / "source.docx").write_bytes(word(case))
        if case.pdf == "word":
            (folder / "source.pdf").write_bytes(word_pdf(case))


def print_all(out: Path, names: Sequence[str]) -> None:
    """Prints the DOCX of the other cases with LibreOffice."""
    office = shutil.which("soffice")
    if office is None:
        raise SystemExit("soffice (libreoffice-writer) is needed to print")
    for case in _chosen(names):
        if case.pdf == "libreoffice":
            with tempfile.TemporaryDirectory() as folder:
                command = [office, PROFILE, "--headless", "--convert-to", "pdf:writer_pdf_Export", "--outdir", folder]
                subprocess.run([*command, str(out / case.name / "source.docx")], check=True, capture_output=True)
                shutil.move(Path(folder) / "source.pdf", out / case.name / "source.pdf")


def _chosen(names: Sequence[str]) -> list[Case]:
    unknown = set(names) - {case.name for case in CASES}
    if unknown:
        raise SystemExit(f"no such case: {', '.join(sorted(unknown))}")
    return [case for case in CASES if not names or case.name in names]


def main() -> None:
    """Runs the command line."""
    parser = argparse.ArgumentParser(description="Makes the sample documents.")
    parser.add_argument("case", nargs="*", help="only these cases")
    parser.add_argument("--out", type=Path, default=SAMPLES, help="the folder of the cases")
    parser.add_argument("--print", action="store_true", dest="printing", help="print with LibreOffice")
    given = parser.parse_args()
    (print_all if given.printing else make)(given.out, given.case)


if __name__ == "__main__":
    main()
