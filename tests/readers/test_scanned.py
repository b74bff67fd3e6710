"""A scanned form gives the record that the digital one gives; handwriting is left to a person, and nothing is guessed."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import formfill
import pikepdf
import pytest
from formfill.model.completed import AnswerState
from formfill.model.document import MarkState, Says
from formfill.readers import _scanned
from formfill.scan import _ocr
from tests.scan.sheets import FICHE, saved, sheet
from tools.scans.hands import Style

if TYPE_CHECKING:
    from formfill.model.record import Record

NAME = (130.0, 203.0, 320.0, 219.0)
"""In the cell « Organisation support de la réalisation professionnelle » of the fiche, in points."""
VERSO = "bts-sio-fiche-sisr--VII-1--2"


def ticks(record: Record) -> list[MarkState]:
    return [box.state for box in record.boxes]


def codes(record: Record) -> set[str]:
    return {finding.code for finding in record.findings}


@pytest.fixture(scope="module")
def record() -> Record:
    page = sheet(FICHE, (Style.CROSS, Style.NONE), scrawls=(NAME,))
    return formfill.read(saved(page.grey, to="JPEG"), "photo.jpg")


CROSSED = [MarkState.TICKED, MarkState.BLANK] * 3 + [MarkState.TICKED]


def test_a_photograph_is_a_record_like_any_other(record: Record) -> None:
    assert record.source.format == "image"
    assert record.form is not None
    assert (record.form.id, record.form.edition) == ("bts-sio-fiche-sisr", "VII-1")
    assert ticks(record) == CROSSED
    assert "scanned-page" in codes(record)


def test_every_box_has_its_ink_and_its_picture(record: Record) -> None:
    for box in record.boxes:
        assert [item.kind for item in box.evidence] == ["ink", "crop"]
        assert box.evidence[1].detail.startswith("data:image/png;base64,")
        says = Says.TICKED if box.state is MarkState.TICKED else Says.BLANK
        assert {item.says for item in box.evidence} == {says}
        assert box.place.box is not None
        assert 5 < box.place.box.width < 16


def test_handwriting_is_not_guessed(record: Record) -> None:
    [answer] = [answer for answer in record.answers if answer.field == "organisation"]
    assert (answer.value, answer.state) == (None, AnswerState.UNCERTAIN)
    assert [item.kind for item in answer.evidence][:2] == ["handwriting", "crop"]
    found = [finding for finding in record.findings if finding.code == "unread-writing"]
    assert "organisation" in {finding.field for finding in found}
    # uncertain is not empty
    assert "organisation" not in {finding.field for finding in record.findings if finding.code == "empty-field"}


def test_no_token_of_what_was_not_read_is_left(record: Record) -> None:
    assert "⟦" not in formfill.to_json(record)
    assert formfill.from_json(formfill.to_json(record)).boxes == record.boxes


def test_a_clean_form_is_made_of_it(record: Record) -> None:
    back = formfill.read(formfill.render(record, "docx"), "form.docx")
    assert ticks(back) == ticks(record)


@pytest.mark.parametrize("to", ["PNG", "TIFF", "PDF"])
def test_the_same_pages_say_the_same_in_any_file(to: str) -> None:
    page = sheet(FICHE, (Style.CROSS, Style.NONE))
    pages = [page.grey] if to == "PNG" else [page.grey, sheet(VERSO).grey]
    found = formfill.read(saved(*pages, to=to), "scan")
    assert found.source.format == ("pdf" if to == "PDF" else "image")
    assert found.source.pages == len(pages)
    assert found.form is not None
    assert found.form.id == "bts-sio-fiche-sisr"
    assert ticks(found) == CROSSED


def test_the_verso_may_come_first() -> None:
    page = sheet(FICHE, (Style.CROSS, Style.NONE))
    found = formfill.read_all(saved(sheet(VERSO).grey, page.grey, to="PDF"), "scan.pdf")
    assert len(found) == 1
    assert ticks(found[0]) == CROSSED
    assert {box.place.page for box in found[0].boxes} == {2}


def test_several_forms_in_one_scan() -> None:
    one = sheet(FICHE, (Style.CROSS, Style.NONE)).grey
    two = sheet("bts-sio-grille-bloc1--activites--1", (Style.CROSS,)).grey
    found = formfill.read_all(saved(one, two, to="PDF"), "scan.pdf")
    assert [item.form.id for item in found if item.form] == ["bts-sio-fiche-sisr", "bts-sio-grille-bloc1"]


def test_scanned_and_digital_pages_in_one_file() -> None:
    scan = pikepdf.open(io.BytesIO(saved(sheet(FICHE, (Style.CROSS, Style.NONE)).grey, to="PDF")))
    blank = formfill.read(formfill.render(_digital(), "pdf"), "x.pdf")
    digital = pikepdf.open(io.BytesIO(formfill.render(blank, "pdf")))
    del digital.Root.Names
    digital.pages.extend(scan.pages)
    out = io.BytesIO()
    digital.save(out)
    found = formfill.read_all(out.getvalue(), "mixed.pdf")
    assert [item.form.id for item in found if item.form] == ["bts-sio-grille-bloc1", "bts-sio-fiche-sisr"]
    assert ticks(found[1]) == CROSSED


def _digital() -> Record:
    from tests.grids import as_text, official

    return formfill.read(as_text(official()).encode(), "one.txt")


def test_a_layer_of_recognised_text_does_not_hide_the_scan() -> None:
    data = saved(sheet(FICHE, (Style.CROSS, Style.NONE)).grey, to="PDF")
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        page = pdf.pages[0]
        font = pdf.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Courier)
        )
        page.Resources.Font = pikepdf.Dictionary(F1=font)
        words = b"".join(b"1 0 0 1 50 %d Tm (ce que le scanner a cru lire sur la page) Tj " % (60 * line) for line in range(1, 12))
        page.contents_add(b"q BT /F1 9 Tf 3 Tr " + words + b"ET Q", prepend=False)
        pdf.save(out)
    found = formfill.read(out.getvalue(), "ocr.pdf")
    assert ticks(found) == CROSSED
    assert "scanner" not in formfill.to_json(found)


@pytest.mark.skipif(not _ocr.available(), reason="no French data of Tesseract: apt-get install tesseract-ocr-fra")
def test_what_is_typed_is_read() -> None:
    page = sheet(FICHE, typed=((130, 158, "MARTIN Chloé"), (475, 158, "02345678901"), (55, 215, "SARL Les Tilleuls")))
    found = formfill.read(saved(page.grey), "typed.png")
    for name, text in (("nom_prenom", "MARTIN Chloé"), ("numero_candidat", "02345678901"), ("organisation", "SARL Les Tilleuls")):
        [answer] = [answer for answer in found.answers if answer.field == name]
        assert answer.value == text or answer.state is AnswerState.UNCERTAIN
    assert sum(answer.state is AnswerState.ANSWERED for answer in found.answers) >= 2


def test_without_the_text_recognition_ticks_are_read_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_ocr, "_engine", lambda: None)
    page = sheet(FICHE, (Style.CROSS, Style.NONE), typed=((130, 158, "MARTIN Chloé"),))
    found = formfill.read(saved(page.grey), "typed.png")
    assert ticks(found) == CROSSED
    assert "no-text-recognition" in codes(found)
    [name] = [answer for answer in found.answers if answer.field == "nom_prenom"]
    assert (name.value, name.state) == (None, AnswerState.UNCERTAIN)


@pytest.mark.parametrize("to", ["PNG", "PDF"])
def test_without_the_extra_a_scan_is_reported_with_what_installs_it(monkeypatch: pytest.MonkeyPatch, to: str) -> None:
    monkeypatch.setattr(_scanned, "find_spec", lambda _name: None)
    found = formfill.read(saved(sheet(FICHE).grey, to=to), "scan")
    assert found.form is None
    assert codes(found) == {"image-page", "unknown-form"}
    assert _scanned.INSTALL in found.findings[0].message


def test_a_page_of_no_form_is_said_to_be_unknown() -> None:
    import numpy as np

    found = formfill.read(saved(np.full((2339, 1654), 250, np.uint8)), "blank.png")
    assert found.form is None
    assert codes(found) == {"image-page", "unknown-form"}


@pytest.mark.parametrize("size", [(1, 1), (2, 4000), (4000, 2), (30, 40)])
def test_a_picture_that_is_no_page_is_unknown(size: tuple[int, int]) -> None:
    import numpy as np

    assert formfill.read(saved(np.zeros(size, np.uint8)), "dot.png").form is None
