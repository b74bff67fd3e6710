"""What a command does not use, it does not import: this is what keeps it fast to start."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import formfill
import pytest
from tests.grids import as_text, official

if TYPE_CHECKING:
    from pathlib import Path

WRITERS = (
    "pydantic",
    "rich",
    "jinja2",
    "typst",
    "pypdfium2",
    "pikepdf",
    "docx",
    "pdfplumber",
    "xlsxwriter",
    "sqlalchemy",
    "alembic",
    "fsspec",
)
EVERYTHING = (*WRITERS, "lxml", "rapidfuzz")


def imported(*arguments: str | Path) -> set[str]:
    """The top-level packages that a command imports, as ``-X importtime`` tells."""
    command = [sys.executable, "-X", "importtime", "-m", "formfill", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode in {0, 1}, done.stderr[-2000:]
    return {name.partition(".")[0] for name in re.findall(r"^import time: .*\|\s+(\S+)$", done.stderr, re.MULTILINE)}


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One form as text, DOCX and PDF."""
    folder = tmp_path_factory.mktemp("documents")
    (folder / "one.txt").write_text(as_text(official()), encoding="utf-8")
    record = formfill.read(folder / "one.txt")
    for to in ("docx", "pdf"):
        (folder / f"one.{to}").write_bytes(formfill.render(record, to))
    return folder


def test_the_list_of_imports_is_read() -> None:
    assert {"formfill", "click"} <= imported("--version")


@pytest.mark.parametrize("arguments", [("--version",), ("--help",), ("--lang", "en", "--version")], ids=" ".join)
def test_the_version_and_the_help_import_none_of_the_libraries(arguments: tuple[str, ...]) -> None:
    # the help has the sentence of each command, hence its module, but none of the libraries
    too_many = imported(*arguments) & set(EVERYTHING)
    assert not too_many, f"formfill {' '.join(arguments)} imports {', '.join(sorted(too_many))}: import it where it is used"


@pytest.mark.parametrize(
    ("name", "unused"),
    [
        ("one.txt", {*EVERYTHING, "subprocess", "pickle"}),
        ("one.docx", {*WRITERS, "subprocess", "pickle"}),
        # its engine is in a process of its own
        ("one.pdf", {*WRITERS, "lxml"}),
    ],
)
@pytest.mark.parametrize("as_json", [False, True], ids=["text", "json"])
def test_reading_imports_only_its_reader(documents: Path, name: str, unused: set[str], as_json: bool) -> None:
    too_many = imported("read", documents / name, *(["--json"] if as_json else [])) & unused
    assert not too_many, f"formfill read {name} imports {', '.join(sorted(too_many))}: import it where it is used"


def test_the_child_that_reads_a_pdf_imports_only_its_reader(documents: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from formfill.source import Source; from formfill.supervise import _child\n"
        "_child._answer('read', 'one.pdf', Path(sys.argv[1]).read_bytes(), (False,)); print(*sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(documents / "one.pdf")], capture_output=True, encoding="utf-8", check=True
    )
    modules = {name.partition(".")[0] for name in done.stdout.split()}
    assert "pypdfium2" in modules
    assert not modules & {*WRITERS, "lxml", "click", "rapidfuzz"} - {"pypdfium2"}


@pytest.mark.parametrize("name", ["one.txt", "one.docx", "one.pdf"])
def test_a_digital_file_imports_nothing_that_reads_scans(documents: Path, name: str) -> None:
    wanted = "('cv2', 'tesserocr', 'formfill.scan')"
    command = f"import sys, formfill; formfill.read(sys.argv[1]); print([m for m in sys.modules if m in {wanted}])"
    done = subprocess.run([sys.executable, "-c", command, str(documents / name)], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == "[]"
