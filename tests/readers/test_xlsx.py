"""What stands in an Excel workbook, from XML written by hand and from the official blank forms."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest
from formfill import readers
from formfill.errors import EncryptedSourceError, SourceError, SourceTooLargeError, UnreadableSourceError, UnsupportedFormatError
from formfill.readers import _sheetcells
from formfill.source import Source
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.readers.encodings_xlsx import C4, ENCODINGS, NOT_MARKS, Encoding, of_libreoffice
from tests.readers.workbooks import PICTURE, anchored, cell, drawing, drawn, form, merges, package, rich, shape, sheet, text_box

if TYPE_CHECKING:
    from formfill.model.document import Document

BLANKS = sorted(Path(__file__).with_name("blanks").glob("*.xlsx"))
OPTIONS = [("blank", "SISR"), ("blank", "SLAM")]


def read(data: bytes) -> Document:
    return readers.read(Source.of(data, "essai.xlsx"))


def marks(document: Document) -> list[tuple[str, str]]:
    return [(mark.state.value, mark.label) for mark in document.marks]


def texts(document: Document, grid: int = 0) -> dict[str, str]:
    return {str(c.place.path).rpartition("!")[2]: c.text for row in document.grids[grid].rows for c in row}


@pytest.mark.parametrize("encoding", [pytest.param(encoding, id=name) for name, encoding in ENCODINGS.items()])
def test_each_encoding_is_read_once_with_its_label(encoding: Encoding) -> None:
    document = read(encoding.data)
    assert marks(document) == list(encoding.marks)
    if encoding.kinds:
        mark = next(mark for mark in document.marks if mark.state.value != "blank")
        assert tuple(seen.kind for seen in mark.evidence) == encoding.kinds
    ids = [mark for grid in document.grids for row in grid.rows for c in row for mark in c.marks]
    ids += [mark for block in document.text for mark in block.marks]
    assert ids == [mark.id for mark in document.marks]


@pytest.mark.parametrize("data", [pytest.param(data, id=name) for name, data in NOT_MARKS.items()])
def test_what_is_no_mark(data: bytes) -> None:
    assert marks(read(data)) == OPTIONS


@pytest.mark.parametrize("path", BLANKS, ids=lambda path: path.stem)
def test_official_blanks(path: Path) -> None:
    document = readers.read(Source.load(path))
    assert marks(document) == OPTIONS
    (grid,) = document.grids
    assert str(grid.place.path).endswith("!A1:H35")
    body = [c for row in grid.rows for c in row if c.col >= 2 and c.row in {*range(8, 18), *range(19, 26), *range(27, 34)}]
    assert len(body) == 144
    assert all(not c.text and not c.marks for c in body)
    assert not document.findings


@pytest.mark.parametrize("path", BLANKS, ids=lambda path: path.stem)
def test_texts_are_those_of_an_independent_reader(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    document = readers.read(Source.load(path))
    for index, page in enumerate(book.worksheets):
        found = texts(document, index)
        expected = {c.coordinate: c.value for row in page.iter_rows() for c in row if c.value is not None}
        assert {at: text for at, text in found.items() if text} == expected
        spans = {
            str(c.place.path).rpartition("!")[2]: (c.row_span, c.col_span)
            for row in document.grids[index].rows
            for c in row
            if c.row_span * c.col_span > 1
        }
        assert spans == {r.coord.partition(":")[0]: (r.size["rows"], r.size["columns"]) for r in page.merged_cells.ranges}


def test_empty_cells_of_the_used_range_are_there_and_trailing_ones_are_not() -> None:
    cells = {"A1": cell("A1", "Un"), "C3": cell("C3", None, "framed"), "Z99": cell("Z99"), "D9": cell("D9", None, "plain")}
    (grid,) = read(package(sheet(cells))).grids
    assert grid.place.path == "Feuil1!A1:C3"
    assert [len(row) for row in grid.rows] == [3, 3, 3]


@pytest.mark.parametrize(
    ("xml", "shown"),
    [
        (cell("A1", 45551, "date"), "16/09/2024"),
        (cell("A1", 45551, "long date"), "lundi 16 septembre 2024 inclus"),
        (cell("A1", 0.75, "time"), "18:00"),
        (cell("A1", 1.5, "elapsed"), "36:00:00"),
        (cell("A1", 0.5, "percent"), "50%"),
        (cell("A1", 1234.5, "fixed"), "1\u202f234,50"),
        (cell("A1", -1234.5, "euros"), "-1\u202f234,50 €"),
        (cell("A1", 12.5), "12,5"),
        (cell("A1", 0.1 + 0.2), "0,3"),
        (cell("A1", 2345678901), "2345678901"),
        (cell("A1", 60, "date"), "60"),
        (cell("A1", 61, "date"), "01/03/1900"),
        (cell("A1", 59, "date"), "28/02/1900"),
        (cell("A1", "02345678901", "text"), "02345678901"),
        (cell("A1", True), "VRAI"),
        (cell("A1", "e|<v>#DIV/0!</v>"), "#DIV/0!"),
        (cell("A1", "str|<f>A2</f><v>calculé</v>"), "calculé"),
        (cell("A1", "d|<v>2024-09-16</v>", "date"), "16/09/2024"),
        (cell("A1", " a_x000D_\nb "), " a\nb "),
        (cell("A1", "inlineStr|<is><r><t>a</t></r><r><t>b</t></r><rPh sb='0' eb='1'><t>zz</t></rPh></is>"), "ab"),
    ],
)
def test_values_are_shown_as_written(xml: str, shown: str) -> None:
    assert texts(read(package(sheet({"A1": xml}))))["A1"] == shown


def test_dates_from_1904() -> None:
    book = package(sheet({"A1": cell("A1", 44089, "date")}), extra='<workbookPr date1904="1"/>')
    assert texts(read(book))["A1"] == "16/09/2024"


def test_shared_strings_and_strict_namespaces() -> None:
    strings = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>Un</t></si><si><r><t>De</t></r><r><t>ux</t></r></si></sst>'
    page = sheet({"A1": cell("A1", "s|<v>1</v>"), "A2": cell("A2", "s|<v>0</v>")})
    assert texts(read(package(page, parts={"xl/sharedStrings.xml": strings}))) == {"A1": "Deux", "A2": "Un"}
    strict = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    page = page.replace("http://schemas.openxmlformats.org/spreadsheetml/2006/main", strict)
    strings = strings.replace("http://schemas.openxmlformats.org/spreadsheetml/2006/main", strict)
    assert texts(read(package(page, parts={"xl/SharedStrings.xml": strings}))) == {"A1": "Deux", "A2": "Un"}
    with pytest.raises(UnreadableSourceError):
        read(package(sheet({"A1": cell("A1", "s|<v>7</v>")})))


def test_merged_cells_cover_and_what_they_hide_is_reported() -> None:
    cells = {"A1": cell("A1", "Titre"), "B1": cell("B1", "caché"), "A2": cell("A2", "bas")}
    document = read(package(sheet(cells, after=merges("A1:B1"))))
    assert texts(document) == {"A1": "Titre", "A2": "bas", "B2": ""}
    assert [f.code for f in document.findings] == ["hidden-content"]
    assert "caché" in document.findings[0].message


def test_hidden_rows_columns_and_sheets_are_read_and_reported() -> None:
    page = sheet(form({"C4": cell("C4", "x")}), before='<cols><col min="3" max="4" hidden="1"/></cols>', rows={4: 'hidden="1"'})
    other = sheet({"A1": cell("A1", "Deux")})
    document = read(package(page, other, states=("visible", "veryHidden")))
    assert marks(document) == [*OPTIONS, ("ticked", C4)]
    assert [f.code for f in document.findings] == ["hidden-content"] * 3
    messages = " ".join(f.message for f in document.findings)
    assert all(word in messages for word in (" 4.", "C–D", "Feuil2"))
    assert [grid.place.path for grid in document.grids] == ["Feuil1!A1:E8", "Feuil2!A1:A1"]


def test_hidden_columns_beyond_the_used_range_are_not_reported() -> None:
    assert not read(package(sheet(form(), before='<cols><col min="9" max="16384" hidden="1"/></cols>'))).findings


def test_notes_and_threads() -> None:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    threads = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
    note = '<comment ref="{}" authorId="{}"><text><t>{}</t></text></comment>'
    parts: dict[str, str | bytes] = {
        "xl/comments1.xml": f'<comments xmlns="{main}"><authors><author>Léa</author><author>tc={{1}}</author></authors>'
        "<commentList>"
        + note.format("C4", 0, "À revoir")
        + note.format("D4", 1, "[Threaded comment]")
        + "</commentList></comments>",
        "xl/threadedComments/threadedComment1.xml": f'<ThreadedComments xmlns="{threads}">'
        '<threadedComment ref="D4" personId="{1}"><text>Sûr ?</text></threadedComment></ThreadedComments>',
        "xl/persons/person.xml": f'<personList xmlns="{threads}"><person displayName="Ugo" id="{{1}}"/></personList>',
    }
    thread = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
    related = {"../comments1.xml": "comments", "../threadedComments/threadedComment1.xml": thread}
    document = read(package(sheet(form()), related=related, parts=parts))
    found = {(a.text, a.author, a.place.path, a.kind.value) for a in document.annotations}
    assert found == {("Sûr ?", "Ugo", "Feuil1!D4", "word-comment"), ("À revoir", "Léa", "Feuil1!C4", "word-comment")}


def test_who_answers_what_and_what_is_settled() -> None:
    threads = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
    part = (
        f'<ThreadedComments xmlns="{threads}"><threadedComment ref="D4" id="{{a}}" done="1"><text>Sûr ?</text></threadedComment>'
        '<threadedComment ref="D4" id="{b}" parentId="{a}"><text>Oui.</text></threadedComment>'
        '<threadedComment ref="D5" id="{c}"><text>Et ici ?</text></threadedComment></ThreadedComments>'
    )
    kind = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
    related, parts = {"../threadedComments/threadedComment1.xml": kind}, {"xl/threadedComments/threadedComment1.xml": part}
    document = read(package(sheet(form()), related=related, parts=dict(parts)))
    assert [(note.text, note.answers, note.resolved) for note in document.annotations] == [
        ("Sûr ?", None, True),
        ("Oui.", 0, False),
        ("Et ici ?", None, False),
    ]
    assert [(f.code, f.place.path) for f in document.findings] == [("comment-resolved", "Feuil1!D4")]


def test_a_shape_between_two_boxes_is_reported() -> None:
    codes = [f.code for f in read(ENCODINGS["option shape between two"].data).findings]
    assert codes == ["uncertain-mark", "uncertain-mark"]


def test_headers_and_footers_are_text() -> None:
    footer = (
        '<headerFooter><oddHeader>&amp;L&amp;"Arial,Gras"&amp;14SESSION 2026&amp;RPage &amp;P</oddHeader>'
        "<oddFooter>&amp;CR&amp;&amp;D</oddFooter></headerFooter>"
    )
    document = read(package(sheet(form(), after=footer)))
    assert [(block.text, block.place.path) for block in document.text] == [
        ("SESSION 2026 Page", "Feuil1/oddHeader"),
        ("R&D", "Feuil1/oddFooter"),
    ]


def test_macros_are_ignored() -> None:
    data = package(sheet(form({"C4": cell("C4", "x")})), parts={"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"})
    assert marks(readers.read(Source.of(data, "essai.xlsm"))) == [*OPTIONS, ("ticked", C4)]


def test_text_boxes_are_text() -> None:
    assert [block.text for block in read(NOT_MARKS["a text box of words"]).text] == ["À rendre en mai"]


@pytest.mark.parametrize(
    ("sign", "at"),
    [
        (anchored(text_box("X"), "G9"), "Feuil1!G9"),
        (anchored(text_box("☒"), "G9"), "Feuil1!G9"),
        (anchored(shape("ellipse", fill="<a:noFill/>"), "A4"), "Feuil1!A4"),
        # far larger than the cell under its middle
        (anchored(shape("mathMultiply"), "B1", width=180, height=200), "Feuil1!C6"),
    ],
)
def test_a_cross_that_ticks_nothing_is_told(sign: str, at: str) -> None:
    document = read(drawn(sign))
    assert [(finding.code, finding.place.path) for finding in document.findings] == [("stray-mark", at)]
    assert marks(document) == OPTIONS


def test_struck_text_is_kept_and_told_once_a_row() -> None:
    changes = {
        "A5": cell("A5", rich("Serveur ", "~ancien")),
        "B5": cell("B5", "juin", "struck"),
        "B1": cell("B1", rich("~☒", " SISR")),
    }
    document = read(package(sheet(form(changes))))
    assert texts(document)["A5"] == "Serveur ancien"
    assert [(f.code, f.severity, f.place.path) for f in document.findings] == [("struck-text", "warning", "Feuil1!A5")]
    assert "« ancien juin »" in document.findings[0].message
    assert [mark.label for mark in document.marks] == ["SISR", "SLAM"]


def test_a_title_that_was_corrected_is_no_choice() -> None:
    document = read(package(sheet(form({"A5": cell("A5", rich("Serveur / ", "~Poste")), "C5": cell("C5", "x")}))))
    assert marks(document) == [*OPTIONS, ("ticked", "Gérer le patrimoine | Serveur / Poste")]
    assert [f.code for f in document.findings] == ["struck-text"]


@pytest.mark.parametrize("name", ["control, two option buttons on without a cell", "ActiveX option buttons, two of one group"])
def test_option_buttons_that_are_on_together_are_named(name: str) -> None:
    [finding] = read(ENCODINGS[name].data).findings
    assert (finding.code, finding.severity, finding.place.path) == ("uncertain-mark", "warning", "Feuil1!C4")
    assert f"« {C4} », « Gérer le patrimoine | Serveur »" in finding.message


def test_an_option_button_that_lost_its_state_is_told() -> None:
    document = read(of_libreoffice(checked=True, lost="Oui"))
    assert [(f.code, f.severity, f.place.path) for f in document.findings] == [("unread-content", "warning", "Feuil1!C4")]
    assert "« Oui »" in document.findings[0].message
    assert [block.text for block in document.text] == ["Oui"]


def on_a_sheet(*anchors: str, after: str = "", extra: tuple[str, ...] = ()) -> Document:
    """A sheet without cells under drawings, then others."""
    page = sheet({}, after=after + '<drawing r:id="rId1"/>')
    return read(package(page, *extra, related={"../drawings/drawing1.xml": "drawing"}, parts=drawing(*anchors)))


@pytest.mark.parametrize("picture", [PICTURE, shape("rect", fill="<a:blipFill/>")])
def test_a_sheet_that_is_only_an_image_is_no_blank_form(picture: str) -> None:
    scan = anchored(picture, "A1", width=600, height=800)
    assert [(f.code, f.severity, f.place.path) for f in on_a_sheet(scan).findings] == [("image-page", "error", "Feuil1")]
    assert [f.code for f in on_a_sheet(scan, extra=(sheet(form()),)).findings] == ["image-page"]
    beside = on_a_sheet(scan, anchored(shape("rect", "À rendre en mai"), "A1")).findings
    assert [(f.code, f.severity) for f in beside] == [("picture-left-out", "info")]
    assert read(package(sheet({}))).findings == ()


def test_a_logo_alone_on_a_sheet_is_no_form_pasted_as_an_image() -> None:
    logo = anchored(PICTURE, "A1", width=60, height=40)
    assert [f.code for f in on_a_sheet(logo, extra=(sheet(form()),)).findings] == ["picture-left-out"]
    assert [finding.code for finding in on_a_sheet(logo).findings] == ["image-page"]


@pytest.mark.parametrize("after", ['<picture r:id="rId1"/>', "<oleObjects/>"])
def test_a_sheet_that_is_only_a_background_or_an_object(after: str) -> None:
    document = read(package(sheet({}, after=after)))
    assert [finding.code for finding in document.findings] == ["image-page"]


def test_a_picture_placed_in_a_cell() -> None:
    placed = '<c r="{}" t="e" vm="1"><v>#VALUE!</v></c>'
    document = read(package(sheet(form({"C4": placed.format("C4")}))))
    assert marks(document) == [*OPTIONS, ("uncertain", C4)]
    alone = read(package(sheet({"A1": placed.format("A1")})))
    assert [finding.code for finding in alone.findings] == ["image-page"]
    assert texts(read(package(sheet({"A1": '<c r="A1" t="e"><v>#VALUE!</v></c>'})))) == {"A1": "#VALUE!"}


def test_label_of_a_column_shared_by_several_is_its_own() -> None:
    cells = {
        "A1": cell("A1", "Réalisations"), "B1": cell("B1", "Gérer"), "D1": cell("D1", "Répondre"), "B2": cell("B2", "Recenser"),
        "C2": cell("C2", "Exploiter"), "D2": cell("D2", "Collecter"), "A3": cell("A3", "Site"), "C3": cell("C3", "x"),
    }  # fmt: skip
    assert marks(read(package(sheet(cells, after=merges("A1:A2", "B1:C1"))))) == [("ticked", "Exploiter | Site")]


@pytest.mark.parametrize("without", ["xl/_rels/workbook.xml.rels", "xl/workbook.xml"])
def test_parts_left_out_are_made_up_for(without: str) -> None:
    gone = (without, "xl/_rels/workbook.xml.rels")
    document = read(package(sheet(form({"C4": cell("C4", None, "yellow")})), without=gone))
    assert marks(document) == [*OPTIONS, ("ticked", C4)]
    assert [f.code for f in document.findings] == ["damaged-part"]


def test_characters_that_xml_cannot_hold_are_left_out_and_reported() -> None:
    page = sheet({"A1": cell("A1", "Un"), "A2": cell("A2", "Deux")}).replace("Un", "U\x02n").replace("Deux", "De&#x1F;ux")
    document = read(package(page))
    assert texts(document) == {"A1": "Un", "A2": "Deux"}
    assert [f.code for f in document.findings] == ["damaged-part"]


def test_a_range_merged_to_the_end_of_the_sheet() -> None:
    document = read(package(sheet({"A1": cell("A1", "Un"), "B3": cell("B3", "Deux")}, after=merges("A1:A1048576", "B1:XFD2"))))
    assert texts(document) == {"A1": "Un", "B1": "", "B3": "Deux"}


def test_refusals(monkeypatch: pytest.MonkeyPatch) -> None:
    good = package(sheet(form()))
    with pytest.raises(UnreadableSourceError):
        read(package("<worksheet"))
    with pytest.raises(UnreadableSourceError):
        read(package(sheet(form()), without=("xl/worksheets/sheet1.xml",)))
    with pytest.raises(UnsupportedFormatError, match="xlsb"):
        read(package(without=("xl/workbook.xml",), parts={"xl/workbook.bin": b""}))
    monkeypatch.setattr(_sheetcells, "MAX_CELLS", 10)
    with pytest.raises(SourceTooLargeError):
        read(good)


def test_encrypted_parts_are_refused() -> None:
    data = bytearray(package(sheet(form())))
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    with pytest.raises(EncryptedSourceError):
        read(bytes(data))


def test_a_cell_far_away_does_not_fill_the_memory() -> None:
    document = read(package(sheet({"A1": cell("A1", "Un"), "XFD1048576": cell("XFD1048576", "Loin")})))
    assert sum(len(row) for row in document.grids[0].rows) == 2


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_flipped_bytes_never_raise_anything_else(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(["control contradicted", "option text box X", "VML ticked", "grid 1"]))
    with zipfile.ZipFile(io.BytesIO(ENCODINGS[name].data)) as archive:
        parts = {entry: bytearray(archive.read(entry)) for entry in archive.namelist()}
    part = data.draw(st.sampled_from([entry for entry, content in parts.items() if content]))
    for _time in range(data.draw(st.integers(1, 4))):
        parts[part][data.draw(st.integers(0, len(parts[part]) - 1))] = data.draw(st.integers(0, 255))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for entry, content in parts.items():
            archive.writestr(entry, bytes(content))
    with suppress(SourceError):
        read(stream.getvalue())
