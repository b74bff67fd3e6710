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
from tests.readers import pdf_cases
from tests.readers.pdfbytes import Page, pdf, text

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


STYLED = """<!doctype html><meta charset="utf-8"><style>
 i { display: inline-block; width: 11px; height: 11px; border: 1px solid black; font: 11px/11px sans-serif; text-align: center }
 i.r { border-radius: 3px } i.f::after { content: ""; display: block; width: 7px; height: 7px; margin: 2px; background: black }
 table { border-collapse: collapse } td, th { border: 1px solid black; padding: 4px; width: 90px } .on { background: #c8e6c9 }
 * { -webkit-print-color-adjust: exact }
</style>
<p><input type="radio"> Rond vide</p><p><input type="radio" checked> Rond plein</p>
<p><i>X</i> Lettre</p><p><i>✓</i> Coche</p><p><i></i> Sans</p><p><i class="r">×</i> Arrondi</p><p><i class="f"></i> Plein</p>
<p><i class="r"></i> Arrondi vide</p><p>[x] Crochet</p><p>[ ] Crochet vide</p><p>☑ Glyphe</p><p>☐ Glyphe vide</p>
<p>Sexe : F / <s>M</s></p>
<table><tr><th>Intitulé</th><th>B1.1</th><th>B1.2</th></tr><tr><td>Ligne un</td><td class="on"></td><td></td></tr>
<tr><td>Ligne deux</td><td></td><td>✔</td></tr></table>
"""


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed: sudo apt-get install --no-install-recommends chromium")
def test_what_chromium_prints_of_styled_boxes(tmp_path: Path) -> None:
    assert CHROMIUM is not None
    page, printed = tmp_path / "page.html", tmp_path / "page.pdf"
    page.write_text(STYLED, encoding="utf-8")
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--user-data-dir={tmp_path / 'profile'}"]
    subprocess.run([CHROMIUM, *options, f"--print-to-pdf={printed}", page.as_uri()], check=True, capture_output=True, timeout=120)
    ticked = ("Rond plein", "Lettre", "Coche", "Arrondi", "Plein", "Crochet", "Glyphe", "F", "B1.1 | Ligne un", "B1.2 | Ligne deux")
    blank = ("Rond vide", "Sans", "Arrondi vide", "Crochet vide", "Glyphe vide", "M")
    found = document(printed)
    assert states(found) == {**dict.fromkeys(ticked, "ticked"), **dict.fromkeys(blank, "blank")}
    twice = read(Source.of(printed.read_bytes(), "x.pdf"), double=True)
    assert "double-read-differs" not in [finding.code for finding in twice.findings]


def _through_postscript(source: Path, middle: Path, target: Path) -> None:
    assert GHOSTSCRIPT is not None
    for device, given, made_of in (("ps2write", source, middle), ("pdfwrite", middle, target)):
        options = ["-q", "-dBATCH", "-dNOPAUSE", "-dSAFER", f"-sDEVICE={device}", f"-sOutputFile={made_of}"]
        subprocess.run([GHOSTSCRIPT, *options, str(given)], check=True, capture_output=True, timeout=120)


@pytest.mark.skipif(
    GHOSTSCRIPT is None, reason="Ghostscript is not installed: sudo apt-get install --no-install-recommends ghostscript"
)
def test_every_encoding_that_goes_through_postscript(tmp_path: Path) -> None:
    """All in one file, a page each; signs of the tests' own font, which has one look for all, are left out."""
    cases = [
        case
        for case in pdf_cases.cases()
        if not case.objects and not case.page.annots and not any("/F2 " in part for part in case.page.content)
    ]
    # words of its own under each table, so that none goes on over the page
    names = ["".join("abcdefghij"[int(digit)] for digit in str(rank)) for rank in range(len(cases))]
    pages = [Page([*case.page.content, text(50, 590, f"Cas {name}")]) for case, name in zip(cases, names, strict=True)]
    source, middle, target = tmp_path / "a.pdf", tmp_path / "a.ps", tmp_path / "b.pdf"
    source.write_bytes(pdf(*pages))
    _through_postscript(source, middle, target)
    found = document(target)
    for number, case in enumerate(cases, 1):
        seen = sorted((mark.state.value, mark.label) for mark in found.marks if mark.place.page == number)
        # what a clip cuts off is not in the PostScript at all
        assert seen == sorted(case.marks) or "clip" in case.name, case.name


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
    _through_postscript(source, middle, target)
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
