"""A form pasted as pictures in a Word or OpenDocument text is read as the scan that it is."""

from __future__ import annotations

import io

import docx
import formfill
import pytest
from docx.shared import Mm
from formfill.model.document import MarkState
from formfill.readers import _scanned
from formfill.source import Source
from formfill.supervise import Supervisor
from PIL import Image
from tests.readers.odfpackages import odt
from tests.scan.sheets import FICHE, saved, sheet
from tools.scans.hands import Style

CROSSED = [MarkState.TICKED, MarkState.BLANK] * 3 + [MarkState.TICKED]
VERSO = "bts-sio-fiche-sisr--VII-1--2"
LOGO = saved(sheet(VERSO).grey[:60, :200])


def page(name: str = FICHE, to: str = "JPEG") -> bytes:
    return saved(sheet(name, (Style.CROSS, Style.NONE) if name == FICHE else ()).grey, to=to)


def word(*pictures: bytes, text: str = "") -> bytes:
    """A Word document as python-docx makes it, each picture in a paragraph."""
    document = docx.Document()
    if text:
        document.add_paragraph(text)
    for picture in pictures:
        document.add_picture(io.BytesIO(picture), width=Mm(150))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def codes(record: formfill.Record) -> list[str]:
    return [finding.code for finding in record.findings]


@pytest.mark.parametrize("to", ["JPEG", "PNG", "TIFF"])
def test_a_photograph_in_a_word_document(to: str) -> None:
    found = formfill.read(word(page(to=to)), "photo.docx")
    assert [box.state for box in found.boxes] == CROSSED
    assert found.form is not None
    assert found.form.id == "bts-sio-fiche-sisr"
    assert (found.source.format, found.source.pages) == ("docx", 1)
    assert "scanned-page" in codes(found)
    assert not {"image-page", "picture-left-out"} & set(codes(found))


def test_pictures_are_pages_in_the_order_of_the_document() -> None:
    found = formfill.read(word(LOGO, page(VERSO), page(), text="Fiche de Chloé"), "photo.docx")
    assert {box.place.page for box in found.boxes} == {2}
    assert [box.state for box in found.boxes] == CROSSED


def test_a_picture_of_no_form_is_told_and_never_blank() -> None:
    holiday = saved(sheet(FICHE).grey[::-1, :600])
    found = formfill.read(word(holiday), "photo.docx")
    assert "image-page" in codes(found)
    assert not found.boxes


def test_a_picture_that_is_damaged_leaves_the_others() -> None:
    good, other = page(), page(to="PNG")
    data = word(other, good).replace(other, other[:200] + bytes(len(other) - 200))
    assert "image-page" in codes(formfill.read(word(LOGO), "logo.docx"))
    try:
        found = formfill.read(data, "photo.docx")
    except formfill.FormfillError:
        pytest.fail("one damaged picture refuses the whole document")
    assert [box.state for box in found.boxes] == CROSSED


def test_what_word_cuts_off_a_picture_is_not_seen() -> None:
    grey = sheet(FICHE, (Style.CROSS, Style.NONE)).grey
    wide = Image.new("L", (grey.shape[1] + 400, grey.shape[0] + 300), 40)
    wide.paste(Image.fromarray(grey), (250, 100))
    out = io.BytesIO()
    wide.save(out, "PNG")
    document = docx.Document()
    shape = document.add_picture(io.BytesIO(out.getvalue()), width=Mm(150))
    fill = shape._inline.graphic.graphicData.pic.blipFill
    sides = {"l": 250 / wide.width, "t": 100 / wide.height, "r": 150 / wide.width, "b": 200 / wide.height}
    cut = fill.makeelement("{http://schemas.openxmlformats.org/drawingml/2006/main}srcRect", {})
    for side, share in sides.items():
        cut.set(side, str(round(100_000 * share)))
    fill.insert(1, cut)
    data = io.BytesIO()
    document.save(data)
    found = formfill.read(data.getvalue(), "cropped.docx")
    assert [box.state for box in found.boxes] == CROSSED


def test_a_photograph_in_an_opendocument_text() -> None:
    frame = (
        '<text:p><draw:frame text:anchor-type="as-char" svg:width="15cm" svg:height="21cm">'
        '<draw:image xlink:href="Pictures/one.jpg"/></draw:frame></text:p>'
    )
    data = odt(frame, parts={"Pictures/one.jpg": page()})
    found = formfill.read(data, "photo.odt")
    assert [box.state for box in found.boxes] == CROSSED


def test_the_child_process_reads_them_too() -> None:
    data = word(page())
    with Supervisor() as see:
        document = see(Source.of(data, "photo.docx"))
        assert see._served == 1
        see(Source.of(word(text="Un document qui n’est que du texte, sans aucune image."), "text.docx"))
        assert see._served == 1
    assert [mark.state for mark in document.marks] == CROSSED


def test_without_what_reads_scans_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_scanned, "available", lambda: False)
    found = formfill.read(word(page()), "photo.docx")
    assert "image-page" in codes(found)
    assert not found.boxes
