"""A footer that many documents share is read once, and says in each what it would say alone."""

from __future__ import annotations

import formfill
import pytest
from formfill.readers import _wordoutside
from tests.readers.packages import package

FOOTER = (
    '<w:ftr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:pPr><w:pStyle w:val="Barre"/></w:pPr>'
    "<w:r><w:t>{text}</w:t></w:r></w:p></w:ftr>"
)
STYLES = (
    '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:style w:type="paragraph"'
    ' w:styleId="Barre"><w:name w:val="Barre"/><w:rPr>{look}</w:rPr></w:style></w:styles>'
)
STRUCK = "<w:strike/>"
CODED = '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'


def of(text: str, look: str = "", table: bool = False) -> bytes:
    body = "<w:p><w:r><w:t>Corps</w:t></w:r></w:p>"
    if table:
        body += "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>"
    body += '<w:sectPr><w:footerReference w:type="default"/></w:sectPr>'
    return package(body, {"word/footer1.xml": FOOTER.format(text=text), "word/styles.xml": STYLES.format(look=look)})


@pytest.fixture(autouse=True)
def forgotten() -> None:
    _wordoutside._known.clear()


@pytest.mark.parametrize("text", ["Page 1 sur 2", "☒ relu", "o", "Académie &amp; jury"])
@pytest.mark.parametrize("look", ["", STRUCK, CODED], ids=["plain", "struck", "symbols"])
@pytest.mark.parametrize("before", ["", STRUCK, CODED], ids=["plain", "struck", "symbols"])
def test_what_another_document_said_changes_nothing(text: str, look: str, before: str) -> None:
    alone = formfill.inspect(of(text, look), name="one.docx")
    _wordoutside._known.clear()
    formfill.inspect(of(text, before, table=True), name="one.docx")
    again = formfill.inspect(of(text, look), name="one.docx")
    assert again == alone
    assert [block.text for block in alone.text][:1] == ["Corps"]


def test_a_footer_of_text_is_remembered_with_its_place() -> None:
    first = formfill.inspect(of("Page 1 sur 2"), name="one.docx")
    (known,) = _wordoutside._known.values()
    assert known.lines == (("Page 1 sur 2", "footer1/paragraph[1]"),)
    second = formfill.inspect(of("Page 1 sur 2", table=True), name="one.docx")
    assert (first.text[-1].grids, second.text[-1].grids) == (0, 1)
    assert first.text[-1]._replace(grids=1) == second.text[-1]


@pytest.mark.parametrize(("text", "look"), [("☒ relu", ""), ("Page 1", STRUCK), ("o", CODED)])
def test_what_hangs_on_the_document_is_not_remembered(text: str, look: str) -> None:
    formfill.inspect(of(text, look), name="one.docx")
    assert not _wordoutside._known


def test_no_more_parts_are_remembered_than_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_wordoutside, "_MOST", 3)
    for number in range(10):
        formfill.inspect(of(f"Page {number}"), name="one.docx")
    assert 0 < len(_wordoutside._known) <= 3
