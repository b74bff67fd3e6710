"""Scripts, actions and links of a PDF are never run; that they are there is said, once, and changes nothing else."""

from __future__ import annotations

import io
from dataclasses import replace

import formfill
import pikepdf
import pytest
from formfill.readers import read
from formfill.readers._pdfactive import active_content
from formfill.source import Source
from tests.readers.pdfbytes import Page, pdf, text
from tests.samples import samples

PAGE = Page([text(50, 700, "☐", font="F2"), text(64, 700, "Seul(e)")])
SCRIPT = "<< /S /JavaScript /JS (app.alert\\(1\\)) >>"
LINK = "<< /Type /Annot /Subtype /Link /Rect [1 1 9 9] /A << /S /URI /URI (https://exemple.invalid/) >> >>"
ACTIVE = {
    "a script when the file opens": pdf(PAGE, catalog=f"/OpenAction {SCRIPT}"),
    "a named script": pdf(PAGE, catalog=f"/Names << /JavaScript << /Names [(a) {SCRIPT}] >> >>"),
    "a script of a page": pdf(replace(PAGE, extra=f"/AA << /O {SCRIPT} >>")),
    "a program": pdf(PAGE, catalog="/OpenAction << /S /Launch /F (calc.exe) >>"),
    "a form that sends itself": pdf(replace(PAGE, extra="/AA << /O << /S/SubmitForm/F(http://exemple.invalid) >> >>")),
    "a link": pdf(replace(PAGE, annots=[LINK])),
    "a film": pdf(replace(PAGE, annots=["<< /Type /Annot /Subtype /RichMedia /Rect [1 1 9 9] >>"])),
}


def packed(data: bytes) -> bytes:
    """The same file, its objects in streams."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as opened:
        opened.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


@pytest.mark.parametrize("name", ACTIVE)
@pytest.mark.parametrize("how", [bytes, packed])
def test_what_is_active_is_said_and_nothing_else_changes(name: str, how: object) -> None:
    assert callable(how)
    found = read(Source.of(how(ACTIVE[name]), "x.pdf"))
    assert [(finding.code, finding.severity.value) for finding in found.findings] == [("active-content", "info")]
    plain = read(Source.of(pdf(PAGE), "x.pdf"))
    assert (found.marks, found.text, found.grids) == (plain.marks, plain.text, plain.grids)


def test_what_only_looks_so_is_not_said() -> None:
    plain = pdf(PAGE, catalog="/OpenAction [10 0 R /XYZ null null 0]")
    talk = pdf(Page([text(50, 700, "Le candidat a écrit du JavaScript, /JavaScript)")]))
    assert read(Source.of(plain, "x.pdf")).findings == ()
    assert read(Source.of(packed(plain), "x.pdf")).findings == ()
    assert read(Source.of(talk, "x.pdf")).findings == ()
    for sample in samples():
        if sample.format == "pdf":
            assert active_content(sample.path.read_bytes()) == []


def test_a_form_of_ours_has_nothing_active() -> None:
    record = formfill.read(next(sample.path for sample in samples() if sample.id == "all-ticked-docx"))
    assert active_content(formfill.render(record, "pdf")) == []


def test_object_streams_that_do_not_inflate_are_no_trouble() -> None:
    assert active_content(b"%PDF-1.7 << /Type /ObjStm >> stream\nxxxx endstream << /Type /ObjStm >>") == []
