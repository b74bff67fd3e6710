"""Other programs open our PDFs: qpdf finds nothing wrong with their structure, Poppler and Ghostscript show what is ticked."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING, Final

import formfill
import pytest
from formfill.model.document import MarkState
from PIL import Image, ImageChops
from tests.writers.test_forms import EDITIONS, filled, name_of

if TYPE_CHECKING:
    from pathlib import Path

    from formfill.model.document import Mark
    from formfill.model.form import Form

DPI: Final = 144
BOXED: Final = list({form.id: (form, edition) for form, edition in EDITIONS if form.boxes and not form.rows}.values())
"""The forms with boxes, each on its last edition; in the tableau a cross is a letter."""
HINT: Final = "is not installed: sudo apt-get install --no-install-recommends"
QPDF, POPPLER, GHOSTSCRIPT = (shutil.which(name) for name in ("qpdf", "pdftoppm", "gs"))


@pytest.mark.skipif(QPDF is None, reason=f"qpdf {HINT} qpdf")
@pytest.mark.parametrize(("form", "edition"), EDITIONS, ids=name_of)
def test_qpdf_finds_nothing_wrong(form: Form, edition: str, tmp_path: Path) -> None:
    path = tmp_path / "form.pdf"
    path.write_bytes(formfill.render(filled(form, edition), "pdf"))
    done = subprocess.run([str(QPDF), "--check", str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "No syntax or stream encoding errors found" in done.stdout


def poppler(path: Path, out: Path) -> None:
    subprocess.run([str(POPPLER), "-r", str(DPI), "-gray", "-png", str(path), str(out / "page")], check=True, capture_output=True)


def ghostscript(path: Path, out: Path) -> None:
    arguments = ["-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=pnggray", "-dTextAlphaBits=4", f"-r{DPI}"]
    subprocess.run([str(GHOSTSCRIPT), *arguments, f"-sOutputFile={out}/page-%02d.png", str(path)], check=True, capture_output=True)


VIEWERS: Final = [
    pytest.param(poppler, id="poppler", marks=pytest.mark.skipif(POPPLER is None, reason=f"Poppler {HINT} poppler-utils")),
    pytest.param(ghostscript, id="ghostscript", marks=pytest.mark.skipif(GHOSTSCRIPT is None, reason=f"gs {HINT} ghostscript")),
]


def ink(page: Image.Image, mark: Mark, scale: float = DPI / 72) -> float:
    """The share of the middle of a box that is dark: a cross, a dot or nothing; ``scale`` is the pixels of a point."""
    box = mark.place.box
    assert box is not None
    x, y = box.centre
    side = 0.3 * min(box.width, box.height)
    area = page.crop(tuple(round(scale * at) for at in (x - side, y - side, x + side, y + side)))  # type: ignore[arg-type]  # four
    dark = ImageChops.invert(area).histogram()
    return sum(value * count for value, count in enumerate(dark)) / 255 / (area.width * area.height)


@pytest.mark.parametrize("show", VIEWERS)
@pytest.mark.parametrize(("form", "edition"), BOXED, ids=name_of)
def test_what_is_ticked_is_seen(form: Form, edition: str, show: object, tmp_path: Path) -> None:
    assert callable(show)
    data = formfill.render(filled(form, edition), "pdf")
    path = tmp_path / "form.pdf"
    path.write_bytes(data)
    show(path, tmp_path)
    pages = [Image.open(name).convert("L") for name in sorted(tmp_path.glob("page-*.png"))]
    marks = [mark for mark in formfill.inspect(data).marks if mark.place.page is not None]
    assert marks
    seen = {state: [ink(pages[(mark.place.page or 1) - 1], mark) for mark in marks if mark.state is state] for state in MarkState}
    assert max(seen[MarkState.BLANK], default=0.0) < 0.05
    assert min(seen[MarkState.TICKED]) > 0.12
    assert min(seen[MarkState.UNCERTAIN]) > 0.05
