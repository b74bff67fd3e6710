"""Measures formfill: one Markdown table of ratios to floors measured in the same run.

    python -m tools.bench                               prints the table
    python -m tools.bench --markdown-into README.md     writes it between <!-- bench --> and <!-- /bench -->

Runs are interleaved; every figure is a median of process CPU time, with the garbage collector on and caches warm. Only ratios
carry over to another machine. The floors are the least that can answer:

- F, of a DOCX: read ``word/document.xml`` out of the ZIP, parse it with lxml, walk every row and cell once collecting text and
  states of boxes;
- P, of a PDF: PDFium loads the document and each page, builds the text page, extracts all text, counts the objects of the page;
- a process: ``python -c pass``.
"""

from __future__ import annotations

import argparse
import ctypes
import gc
import io
import json
import os
import re
import statistics
import sys
import tempfile
import time
import zipfile
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import formfill
import pypdfium2.raw as pdfium
from formfill import resources
from lxml import etree
from tools.marked import put_into

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from formfill.model.record import Record

SAMPLES: Final = Path(__file__).parent.parent / "samples" / "bts-sio-grille-bloc1"
RUNS: Final = 25
"""Interleaved runs of each job."""
SLICE: Final = 0.02
"""CPU seconds that one timing lasts at least: a shorter job is repeated."""
PROCESSES: Final = 15
"""Interleaved runs of each command."""

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14: Final = "{http://schemas.microsoft.com/office/word/2010/wordml}"
BOXES: Final = re.compile("[☐☑☒]")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table."""

    what: str
    ratio: str
    target: str = ""
    met: str = ""


def compared(what: str, ratio: float, limit: float, unit: str, *, at_least: bool = False) -> Row:
    """A ratio and its target."""
    met = ratio >= limit if at_least else ratio <= limit
    return Row(what, f"{ratio:.2f} × {unit}", f"{'≥' if at_least else '≤'} {limit:g} × {unit}", "yes" if met else "**no**")


# ------------------------------------------------------------------------------------------------------------- the floors


def floor_docx(data: bytes) -> tuple[list[str], list[str | None]]:
    """F: the text of every cell and the state of every box."""
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
    texts: list[str] = []
    states: list[str | None] = []
    for row in root.iter(W + "tr"):
        for cell in row.iter(W + "tc"):
            parts = []
            for element in cell.iter(W + "t", W14 + "checked"):
                if element.tag == W14 + "checked":
                    states.append(element.get(W14 + "val"))
                elif element.text:
                    parts.append(element.text)
            text = "".join(parts)
            states += BOXES.findall(text)
            texts.append(text)
    return texts, states


def floor_pdf(data: bytes) -> list[str]:
    """P: the text of every page."""
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    texts = []
    for index in range(pdfium.FPDF_GetPageCount(document)):
        page = pdfium.FPDF_LoadPage(document, index)
        text = pdfium.FPDFText_LoadPage(page)
        count = pdfium.FPDFText_CountChars(text)
        buffer = (ctypes.c_ushort * (count + 1))()
        pdfium.FPDFText_GetText(text, 0, count, buffer)
        texts.append(bytes(buffer)[: 2 * count].decode("utf-16-le", "replace"))
        pdfium.FPDFPage_CountObjects(page)
        pdfium.FPDFText_ClosePage(text)
        pdfium.FPDF_ClosePage(page)
    pdfium.FPDF_CloseDocument(document)
    return texts


# ------------------------------------------------------------------------------------------------------------- measuring


def medians(jobs: Mapping[str, Callable[[], object]], runs: int = RUNS) -> dict[str, float]:
    """Median CPU seconds of each job, the jobs interleaved."""
    repeats = {}
    for name, job in jobs.items():
        job()  # caches warm
        repeats[name] = max(1, round(SLICE / max(_seconds(job, 3), 1e-6)))
    spent: dict[str, list[float]] = {name: [] for name in jobs}
    for _run in range(runs):
        for name, job in jobs.items():
            spent[name].append(_seconds(job, repeats[name]))
    return {name: statistics.median(seconds) for name, seconds in spent.items()}


def _seconds(job: Callable[[], object], repeats: int) -> float:
    start = time.process_time()
    for _repeat in range(repeats):
        job()
    return (time.process_time() - start) / repeats


def process_medians(commands: Mapping[str, Sequence[str]]) -> dict[str, float]:
    """Median CPU seconds, user and system, of whole processes, interleaved; what they print goes nowhere."""
    spent: dict[str, list[float]] = {name: [] for name in commands}
    for run in range(PROCESSES + 1):
        for name, command in commands.items():
            seconds = _process(command)
            if run:  # the first warms the caches of the file system and the bytecode
                spent[name].append(seconds)
    return {name: statistics.median(seconds) for name, seconds in spent.items()}


def _process(command: Sequence[str]) -> float:
    nowhere = [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_WRONLY, 0) for stream in (1, 2)]
    # as on a machine where formfill was installed or run before: from bytecode
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    _pid, status, usage = os.wait4(os.posix_spawn(command[0], list(command), environment, file_actions=nowhere), 0)
    code = os.waitstatus_to_exitcode(status)
    if code not in {0, 1}:
        raise SystemExit(f"{' '.join(command)}: exit code {code}")
    return usage.ru_utime + usage.ru_stime


# ------------------------------------------------------------------------------------------------------------- the rows


def inputs(record: Record, format: str) -> dict[str, bytes]:
    """Documents to read, by what they are: as others write them, long, and our own with the record attached."""
    written = {"docx": "as Word saves it", "pdf": "as LibreOffice prints it"}[format]
    found = {
        f"grid {written}": (SAMPLES / "all-ticked" / f"source.{format}").read_bytes(),
        "grid with comments": (SAMPLES / "comments-in-every-row" / f"source.{format}").read_bytes(),
        "six pages of comments": (SAMPLES / "long-comments" / f"source.{format}").read_bytes(),
        "our own rendition": formfill.render(record, format),
    }
    if format == "pdf":
        found["grid as Word prints it"] = (SAMPLES / "missing-row" / "source.pdf").read_bytes()
    return found


def reading_rows(record: Record) -> Iterator[Row]:
    """Bytes → document and bytes → validated record, against the floors."""
    floors: tuple[tuple[str, str, Callable[[bytes], object], float, float], ...] = (
        ("docx", "F", floor_docx, 2, 4),
        ("pdf", "P", floor_pdf, 2, 2.5),
    )
    for format, unit, floor, document, validated in floors:
        for what, data in inputs(record, format).items():
            name = f"one.{format}"
            took = medians(
                {
                    "floor": lambda floor=floor, data=data: floor(data),  # type: ignore[misc]
                    "document": lambda data=data, name=name: formfill.inspect(data, name=name),  # type: ignore[misc]
                    "record": lambda data=data, name=name: formfill.read(data, name=name),  # type: ignore[misc]
                }
            )
            said = f"{format.upper()}, {what} ({unit} = {took['floor'] * 1000:.2f} ms)"
            yield compared(f"{said}: bytes → document", took["document"] / took["floor"], document, unit)
            yield compared(f"{said}: bytes → validated record", took["record"] / took["floor"], validated, unit)


def process_rows(record: Record) -> Iterator[Row]:
    """Whole commands against a bare Python."""
    program = str(Path(sys.executable).with_name("formfill"))
    with tempfile.TemporaryDirectory() as folder:
        for format in ("docx", "pdf"):
            Path(folder, f"one.{format}").write_bytes(formfill.render(record, format))
        took = process_medians(
            {
                "floor": [sys.executable, "-c", "pass"],
                "--version": [program, "--version"],
                "read one.docx": [program, "read", str(Path(folder, "one.docx"))],
                "read one.pdf": [program, "read", str(Path(folder, "one.pdf"))],
            }
        )
    for command, limit in (("--version", 5), ("read one.docx", 10)):
        yield compared(f"`formfill {command}`", took[command] / took["floor"], limit, "`python -c pass`")
    yield Row("`formfill read one.pdf`", f"{took['read one.pdf'] / took['floor']:.2f} × `python -c pass`")


def writing_rows(record: Record) -> Iterator[Row]:
    """Record → DOCX and PDF."""
    jobs: dict[str, Callable[[], object]] = {to: lambda to=to: formfill.render(record, to) for to in ("docx", "pdf")}  # type: ignore[misc]
    if find_spec("docxtpl") is not None:
        jobs["docxtpl"] = _docxtpl(record)
    if find_spec("weasyprint") is not None:
        # it needs Pango of the system
        with suppress(OSError):
            jobs["weasyprint"] = _weasyprint(record)
    took = medians(jobs)
    yield Row("Record → DOCX", f"{took['docx'] * 1000:.2f} ms")
    if "docxtpl" in took:
        yield compared("Record → DOCX: docxtpl on the same form", took["docxtpl"] / took["docx"], 30, "ours", at_least=True)
    else:
        yield Row("Record → DOCX: docxtpl on the same form", "not installed: `make bench` installs it")
    yield Row("Record → PDF/A-3a and PDF/UA-1 with the record attached", f"{took['pdf'] * 1000:.2f} ms")
    if "weasyprint" in took:
        yield compared("Record → PDF: WeasyPrint on the same page", took["weasyprint"] / took["pdf"], 10, "ours", at_least=True)
    else:
        yield Row("Record → PDF: WeasyPrint on the same page", "not installed: `make bench` installs it")


def _weasyprint(record: Record) -> Callable[[], object]:
    """Prints our own page in HTML with WeasyPrint, as PDF/UA-1."""
    # named here only: it belongs to the dependency group « bench »
    page = import_module("weasyprint").HTML
    text = formfill.render(record, "html").decode()
    return lambda: page(string=text).write_pdf(pdf_variant="pdf/ua-1")


def _docxtpl(record: Record) -> Callable[[], bytes]:
    """Fills our own blank with docxtpl: its boxes and comments made into tags."""
    # named here only: it belongs to the dependency group « bench »
    open_template = import_module("docxtpl").DocxTemplate
    assert record.form is not None
    blank = resources.template(record.form.id, f"blank-{record.form.edition}.docx").read_bytes()
    context: dict[str, Any] = {
        "boxes": ["☒"] * len(record.boxes),
        "comments": [answer.value for answer in record.answers if answer.field.startswith("commentaire.")],
    }
    source, target = zipfile.ZipFile(io.BytesIO(blank)), io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name in source.namelist():
            data = source.read(name)
            if name == "word/document.xml":
                text = _tagged(data.decode(), "☐", "boxes")
                data = _tagged(text, "…+", "comments").encode()
            package.writestr(name, data)
    template = target.getvalue()

    def fill() -> bytes:
        document = open_template(io.BytesIO(template))
        document.render(context, autoescape=True)
        result = io.BytesIO()
        document.save(result)
        return result.getvalue()

    return fill


def _tagged(text: str, pattern: str, name: str) -> str:
    counter = iter(range(10_000))
    return re.sub(f"<w:t>{pattern}</w:t>", lambda _found: f"<w:t>{{{{ {name}[{next(counter)}] }}}}</w:t>", text)


def archive_rows(record: Record) -> Iterator[Row]:
    """Records put in an archive; see :mod:`tools.bench_archive`."""
    from tools import bench_archive

    for row in bench_archive.archive_rows(record, SAMPLES / "comments-in-every-row" / "source.docx"):
        yield Row(*row)


def scan_rows(record: Record) -> Iterator[Row]:
    """Pages on paper; see :mod:`tools.bench_scan`."""
    from tools import bench_scan

    for row in bench_scan.scan_rows(record):
        yield Row(*row)


def class_rows(_record: Record) -> Iterator[Row]:
    """What judging costs beside reading: one record, then a class of thirty dossiers of four files."""
    from dataclasses import replace

    from formfill import catalogue
    from formfill.checks import validate
    from formfill.dossier import cohort
    from formfill.extract import extract
    from formfill.model.outcome import Outcome
    from formfill.recognise import recognise
    from formfill.source import Source
    from tools.class_people import PEOPLE
    from tools.make_class import attestation, fiche, tableau

    files: list[tuple[str, bytes]] = []
    for rank in range(30):
        person = replace(PEOPLE[0], last=f"EXEMPLE{chr(65 + rank % 26)}{rank}", number=f"026{rank * 7919:08}")
        made = (tableau(person), attestation(person, 2), fiche(person, 1), fiche(person, 2))
        files += [(f"{rank}/{name}", data) for name, data in zip(("t.xlsx", "a.docx", "f1.docx", "f2.docx"), made, strict=True)]
    data = files[2][1]
    seen = formfill.inspect(data, name="x.docx")
    found = recognise(seen, catalogue.shelf(), name="x.docx")
    if found.form is None:
        raise SystemExit("the fiche is no known form")
    form, completed = found.form, extract(seen, found.form, edition=found.edition, score=found.score)
    took = medians({"read": lambda: formfill.read(data, name="x.docx"), "validate": lambda: validate(completed, form)})
    yield compared("Fiche descriptive (DOCX): validating a record", took["validate"] / took["read"], 1, "reading it")

    def read() -> list[Outcome]:
        return [Outcome(name, None, 0, formfill.read(Source.of(data, name).data, name=name)) for name, data in files]

    outcomes = read()
    took = medians({"read": read, "judge": lambda: cohort(outcomes)}, runs=5)
    whole = (took["read"] + took["judge"]) / took["read"]
    yield compared(f"Class of 30 dossiers ({len(files)} files): checking", whole, 1.2, "reading its files")


# ------------------------------------------------------------------------------------------------------------- the table


def table(rows: Sequence[Row]) -> str:
    """The rows as a Markdown table."""
    lines = ["| What | Ratio | Target | Met |", "| --- | --- | --- | --- |"]
    lines += (f"| {row.what} | {row.ratio} | {row.target} | {row.met} |" for row in rows)
    return "\n".join(lines)


def main() -> None:
    """Measures, prints, and writes the table where it is wanted."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--markdown-into", type=Path, metavar="FILE", help="replace the block between the two comments")
    wanted = parser.parse_args()
    gc.enable()
    record = formfill.read(SAMPLES / "comments-in-every-row" / "source.docx")
    assert json.loads(formfill.to_json(record))["form"], "the sample is a known form"
    rows: list[Row] = []
    for part in (reading_rows, process_rows, writing_rows, class_rows, scan_rows, archive_rows):
        rows += part(record)
        print(f"{part.__name__}: done", file=sys.stderr)
    text = table(rows)
    print(text)
    if wanted.markdown_into:
        put_into(wanted.markdown_into, "bench", text)


if __name__ == "__main__":
    main()
