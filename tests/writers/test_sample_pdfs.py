"""The PDF of every form in ``samples/`` is PDF/A-3a and PDF/UA-1, and qpdf finds nothing wrong with its structure."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, Final

import formfill
import pytest
from tests.samples import ROOT
from tests.writers.test_pdf import failures
from tests.writers.test_viewers import HINT, QPDF

if TYPE_CHECKING:
    from pathlib import Path

FILES: Final = sorted(p for p in ROOT.rglob("*") if p.suffix in (".docx", ".xlsx", ".odt", ".pdf", ".txt"))


@pytest.mark.parametrize("sample", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_pdf_of_a_sample_is_valid(sample: Path, tmp_path: Path) -> None:
    record = formfill.read(sample)
    if record.form is None:
        # the look-alike: nothing is given back of what is no form
        with pytest.raises(formfill.FormfillError):
            formfill.render(record, "pdf")
        return
    data = formfill.render(record, "pdf")
    assert failures(data) == []
    if QPDF is None:
        pytest.skip(f"qpdf {HINT} qpdf")
    path = tmp_path / "form.pdf"
    path.write_bytes(data)
    done = subprocess.run([QPDF, "--check", str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
