"""A form printed by a real LibreOffice, today's version of this machine, reads back as the document it was printed from."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import formfill
import pytest
from tests.samples import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from formfill.model.record import Record

SOFFICE = shutil.which("soffice")
CASES = ("all-ticked", "comments-in-every-row")

pytestmark = pytest.mark.skipif(
    SOFFICE is None,
    reason="LibreOffice (soffice) is not installed: sudo apt-get install --no-install-recommends libreoffice-writer-nogui",
)


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Path]]:
    """Each document and its print, by name; LibreOffice starts once, with a profile of its own."""
    assert SOFFICE is not None
    folder = tmp_path_factory.mktemp("libreoffice")
    for case in CASES:
        shutil.copyfile(ROOT / "bts-sio-grille-bloc1" / case / "source.docx", folder / f"{case}.docx")
    record = formfill.read(folder / "comments-in-every-row.docx")
    (folder / "our-own.docx").write_bytes(formfill.render(record, "docx"))
    documents = sorted(folder.glob("*.docx"))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [SOFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *map(str, documents)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return {document.stem: (document, document.with_suffix(".pdf")) for document in documents}


def said(record: Record) -> dict[str, object]:
    """What a record says, places and spaces aside.

    LibreOffice prints a no-break space as a plain one, and a narrow one as nothing where the font lacks it; an empty line is no
    more than a gap on the page.
    """
    return {
        "form": record.form.id if record.form else None,
        "boxes": {box.option: box.state.value for box in record.boxes},
        "answers": {answer.field: _bare(answer.value) for answer in record.answers},
    }


def _bare(value: object) -> object:
    return ["".join(line.split()) for line in value.splitlines() if line.strip()] if isinstance(value, str) else value


@pytest.mark.parametrize("name", [*CASES, "our-own"])
def test_the_print_says_what_the_document_says(printed: dict[str, tuple[Path, Path]], name: str) -> None:
    document, print_of_it = printed[name]
    assert said(formfill.read(print_of_it)) == said(formfill.read(document))
