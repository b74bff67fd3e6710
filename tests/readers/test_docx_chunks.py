"""Documents inserted whole in a Word document: read where that is plain, told where it is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from formfill import readers
from formfill.source import Source
from tests.readers.packages import W_ONLY, cell, package, paragraph, relationships, run, table

if TYPE_CHECKING:
    from formfill.model.document import Document

CHUNK = '<w:altChunk r:id="rId9"/>'


def holding(data: bytes | str, name: str = "word/afchunk.dat", body: str = CHUNK) -> bytes:
    """A document with a chunk."""
    rels = relationships(("rId9", "aFChunk", f"/{name}"))
    return package(paragraph("☐ Avant") + body, {"word/_rels/document.xml.rels": rels, name: data})


def read(data: bytes | str, body: str = CHUNK) -> Document:
    return readers.read(Source.of(holding(data, body=body), "essai.docx"))


def marks(document: Document) -> list[tuple[str, str]]:
    assert [mark.id for mark in document.marks] == [f"m{i}" for i in range(1, len(document.marks) + 1)]
    return [(mark.label, mark.state.value) for mark in document.marks[1:]]


def codes(document: Document) -> list[str]:
    return [finding.code for finding in document.findings]


def test_a_word_document_in_another_is_read_under_a_path_of_its_own() -> None:
    inner = package(
        table(cell("Seul(e)") + cell("☒"))
        + paragraph("☐ En équipe ", run("barré", "<w:strike/>"), '<w:commentRangeStart w:id="0"/>'),
        {"word/comments.xml": f'<w:comments {W_ONLY}><w:comment w:id="0">{paragraph("Vu")}</w:comment></w:comments>'},
    )
    document = read(inner)
    assert marks(document) == [("Seul(e)", "ticked"), ("En équipe barré", "blank")]
    assert document.grids[0].rows[0][1].marks == ("m2",)
    assert [(block.marks, block.place.path, block.grids) for block in document.text] == [
        (("m1",), "paragraph[1]", 0),
        (("m3",), "altChunk[1]/paragraph[2]", 1),
    ]
    assert document.marks[1].place.path == "altChunk[1]/table[1]/row[1]/cell[2]"
    assert [(note.text, note.place.path) for note in document.annotations] == [("Vu", "altChunk[1]/paragraph[2]")]
    assert [(finding.code, finding.place.path) for finding in document.findings] == [("struck-text", "altChunk[1]/paragraph[2]")]


def test_the_nesting_of_documents_has_a_limit() -> None:
    data = package(paragraph("☒ Au fond"))
    for _level in range(3):
        data = holding(data)
    document = readers.read(Source.of(data, "essai.docx"))
    assert [mark.label for mark in document.marks] == ["Avant"] * 3
    assert codes(document) == ["unread-content"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_plain_text_is_paragraphs(encoding: str) -> None:
    document = read("Réalisé seul\n[x] Oui\n[ ] Non".encode(encoding))
    assert marks(document) == [("Oui", "ticked"), ("Non", "blank")]
    assert [block.text for block in document.text][1] == "Réalisé seul"
    assert document.text[1].place.path == "altChunk[1]/paragraph[1]"
    assert document.findings == ()


HEAD = "<!DOCTYPE html><html><head><title>Non</title><style>p{}</style><script>x</script></head><body>"


@pytest.mark.parametrize(
    ("page", "wanted"),
    [
        ("<p>☒ Seul(e)</p><p>☐ En équipe</p>", [("Seul(e)", "ticked"), ("En équipe", "blank")]),
        (
            "<form><input type=checkbox checked> Seul(e) <input type='checkbox'> En équipe</form>",
            [("Seul(e)", "ticked"), ("En équipe", "blank")],
        ),
        (
            "<input type=radio name=a CHECKED>&nbsp;Seul(e)<br><input type=radio name=a>&nbsp;En équipe",
            [("Seul(e)", "ticked"), ("En équipe", "blank")],
        ),
        ("<p>Oui / <s>Non</s></p>", [("Oui", "ticked"), ("Non", "blank")]),
        ("<p>Oui / <mark>Non</mark></p>", [("Oui", "blank"), ("Non", "ticked")]),
        ('<p>Oui / <span style="text-decoration:line-through">Non</span></p>', [("Oui", "ticked"), ("Non", "blank")]),
        ("<ul><li>☒ Seul(e)<li>☐ En équipe</ul>", [("Seul(e)", "ticked"), ("En équipe", "blank")]),
        (
            "<table><thead><tr><th>Activité<th>B1.1<th>B1.2</thead><tr><td>Un serveur<td>X<td><tr><td>Un site<td><td>X</table>",
            [("B1.1 | Un serveur", "ticked"), ("B1.2 | Un site", "ticked")],
        ),
        (
            "<table><tr><td rowspan=2>Lieu<td>Paris<td>☒<tr><td>Lyon<td>☐</table>",
            [("Lieu", "ticked"), ("Lyon", "blank")],
        ),
    ],
)
def test_a_web_page_is_paragraphs_tables_and_boxes(page: str, wanted: list[tuple[str, str]]) -> None:
    for data in (
        (HEAD + page).encode(),
        ("\ufeff" + HEAD + page).encode("utf-16-le"),
        b"MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + (HEAD + page).encode(),
    ):
        document = read(data)
        assert marks(document) == wanted
        assert document.findings == ()


def test_the_text_of_a_web_page_is_as_a_page_shows_it() -> None:
    document = read(
        f"{HEAD}<div>Un\n  <b>mot</b>,\tdeux<br>lignes</div><select><option>A<option selected>B</select><input value=C>"
    )
    assert [block.text for block in document.text[1:]] == ["Un mot, deux\nlignes", "BC"]


def test_a_cell_over_rows_and_columns_of_a_page() -> None:
    [grid] = read(f"{HEAD}<table><tr><td colspan=2 rowspan=2>a<td>b<tr><td>c<tr><td>d<td>e<td>f</table>").grids
    assert [[(one.text, one.row, one.col, one.row_span, one.col_span) for one in row] for row in grid.rows] == [
        [("a", 0, 0, 2, 2), ("b", 0, 2, 1, 1)],
        [("c", 1, 2, 1, 1)],
        [("d", 2, 0, 1, 1), ("e", 2, 1, 1, 1), ("f", 2, 2, 1, 1)],
    ]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"{\\rtf1\\ansi Un texte}", "RTF"),
        (b'<?xml version="1.0"?><pkg:package xmlns:pkg="x"/>', "XML"),
        (b"\x00\x01\x02\x03", "document"),
        (b"PK\x03\x04 un zip coup\xe9", "Word"),
        (b"PK" + package(paragraph("x"))[2:40], "Word"),
        (b"<html>" + b"<div>" * 5000 + b"x", ""),
    ],
)
def test_what_is_not_read_is_told_with_a_remedy(data: bytes, said: str) -> None:
    document = read(data)
    assert [mark.label for mark in document.marks] == ["Avant"]
    if said:
        [finding] = document.findings
        assert finding.code == "unread-content"
        assert said in finding.message
        assert "enregistrez" in finding.message


def test_a_chunk_that_leads_nowhere_or_outside_is_told() -> None:
    assert codes(read(b"x", '<w:altChunk r:id="rId99"/>')) == ["unread-content"]
    outside = relationships(("rId9", "aFChunk", "/word/x.txt")).replace("Target=", 'TargetMode="External" Target=')
    document = package(CHUNK, {"word/_rels/document.xml.rels": outside, "word/x.txt": "☒ Oui"})
    assert codes(readers.read(Source.of(document, "essai.docx"))) == ["unread-content"]


def test_a_chunk_in_a_cell_and_one_in_a_header() -> None:
    assert marks(read("[x] Oui", table(f"<w:tc><w:tcPr/>{CHUNK}<w:p/></w:tc>"))) == [("Oui", "ticked")]
    header = f'<w:hdr {W_ONLY} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">{paragraph("x")}{CHUNK}</w:hdr>'
    body = paragraph("y") + '<w:sectPr><w:headerReference w:type="default"/></w:sectPr>'
    document = readers.read(Source.of(package(body, {"word/header1.xml": header}), "essai.docx"))
    assert codes(document) == ["unread-content"]
