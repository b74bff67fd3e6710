"""The same boxes printed by LibreOffice, by Chromium and through PostScript: producers draw alike things differently."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import docx
import pytest
from docx.shared import Pt
from formfill.readers import read
from formfill.source import Source
from tests.readers import encodings_pdf as made
from tests.readers.pdfbytes import Page, pdf

if TYPE_CHECKING:
    from pathlib import Path

    from formfill.model.document import Document

SOFFICE = shutil.which("soffice")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
GHOSTSCRIPT = shutil.which("gs")

HTML = """<!doctype html><meta charset="utf-8"><style>
 i { display: inline-block; width: 10px; height: 10px; border: 1px solid black; font: 10px/10px sans-serif }
 table { border-collapse: collapse } td, th { border: 1px solid black; padding: 4px }
</style>
<p><input type="checkbox"> Seul(e)</p><p><input type="checkbox" checked> En équipe</p>
<p><i></i> Premier</p><p><svg width="12" height="12" viewBox="0 0 12 12"><rect x="1" y="1" width="10" height="10" fill="none"
 stroke="black"/><path d="M1 1 L11 11 M11 1 L1 11" stroke="black"/></svg> Second</p><p>☐ Troisième</p><p>☒ Quatrième</p>
<table><tr><th>Intitulé</th><th>B1.1</th><th>B1.2</th></tr><tr><td>Ligne un</td><td>x</td><td></td></tr></table>
"""


def document(path: Path) -> Document:
    return read(Source.of(path.read_bytes(), path.name))


def states(found: Document) -> dict[str, str]:
    return {mark.label: mark.state.value for mark in found.marks}


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed: sudo apt-get install --no-install-recommends chromium")
def test_what_chromium_prints(tmp_path: Path) -> None:
    assert CHROMIUM is not None
    page, printed = tmp_path / "page.html", tmp_path / "page.pdf"
    page.write_text(HTML, encoding="utf-8")
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--user-data-dir={tmp_path / 'profile'}"]
    subprocess.run([CHROMIUM, *options, f"--print-to-pdf={printed}", page.as_uri()], check=True, capture_output=True, timeout=120)
    expected = {"Seul(e)": "blank", "En équipe": "ticked", "Premier": "blank", "Second": "ticked", "Troisième": "blank"}
    assert states(document(printed)) == {**expected, "Quatrième": "ticked", "B1.1 | Ligne un": "ticked"}


@pytest.mark.skipif(
    GHOSTSCRIPT is None, reason="Ghostscript is not installed: sudo apt-get install --no-install-recommends ghostscript"
)
@pytest.mark.parametrize("mark", ["two diagonals", "a check as a polyline", "a fill", "a letter X", "nothing", "one diagonal"])
def test_what_goes_through_postscript(tmp_path: Path, mark: str) -> None:
    assert GHOSTSCRIPT is not None
    draw = {**made.TICKS, **made.UNCLEAR, **made.NOTHING}[mark]
    state = "ticked" if mark in made.TICKS else "uncertain" if mark in made.UNCLEAR else "blank"
    source, middle, target = tmp_path / "a.pdf", tmp_path / "a.ps", tmp_path / "b.pdf"
    content = made.page("re S, as Word", draw, "before its label").content
    source.write_bytes(pdf(Page(content)))
    for device, given, made_of in (("ps2write", source, middle), ("pdfwrite", middle, target)):
        command = [
            GHOSTSCRIPT,
            "-q",
            "-dBATCH",
            "-dNOPAUSE",
            "-dSAFER",
            f"-sDEVICE={device}",
            f"-sOutputFile={made_of}",
            str(given),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert states(document(target)) == {"Seul(e)": "blank", "En équipe": state, "Autre cas": "blank"}


@pytest.mark.skipif(
    SOFFICE is None, reason="LibreOffice is not installed: sudo apt-get install --no-install-recommends libreoffice-writer-nogui"
)
def test_words_that_libreoffice_breaks_in_narrow_columns_are_whole(tmp_path: Path) -> None:
    assert SOFFICE is not None
    written = docx.Document()
    written.styles["Normal"].font.size = Pt(14)
    written.styles["Normal"].font.name = "Liberation Sans"
    table = written.add_table(rows=1, cols=4)
    table.style = "Table Grid"
    rows = [
        ["Compétences professionnelles", "Vu", "Indicateurs de performance", "Commentaires"],
        ["Gérer le patrimoine", "☐", "Les habilitations des administrateurs sont définies.", "Voir https://exemple.example.org/un.html"],
        ["Mettre à disposition", "☒", "La documentation est professionnellement présentée.", "Rien à signaler."],
    ]  # fmt: skip
    for cells in rows:
        for cell, words in zip(table.rows[-1].cells, cells, strict=True):
            cell.text = words
        if cells is not rows[-1]:
            table.add_row()
    path = tmp_path / "etroit.docx"
    written.save(str(path))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [SOFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    found = document(path.with_suffix(".pdf"))
    assert [[cell.text.replace("\n", " ") for cell in row] for row in found.grids[0].rows] == rows
