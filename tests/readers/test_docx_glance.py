"""A table read at a glance is read as when it is walked with care; and what the quick paths of the Word reader must not miss."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from formfill import readers
from formfill.readers import _wordstory, _wordtable
from formfill.source import Source
from tests.readers.encodings_docx import ENCODINGS, Encoding
from tests.readers.packages import (
    NAMESPACES,
    W_ONLY,
    cell,
    checkbox,
    control,
    fonts,
    item,
    mutated,
    numbering,
    package,
    paragraph,
    run,
    shape,
    sym,
    table,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from formfill.model.document import Document

Parts = dict[str, str | bytes]
_STYLES: Parts = {
    "word/styles.xml": f'<w:styles {W_ONLY}><w:style w:type="character" w:styleId="Case"><w:rPr>{fonts("Wingdings")}</w:rPr>'
    "</w:style></w:styles>"
}
_CASE = '<w:rStyle w:val="Case"/>'
_SEPARATE = f"<w:hdr {NAMESPACES}>{{body}}</w:hdr>"
_ASKS = "<w:sectPr><w:headerReference/></w:sectPr>"


def read(body: str, parts: Parts | None = None) -> Document:
    return readers.read(Source.of(package(body, parts), "essai.docx"))._replace(attachments=())


def states(document: Document) -> list[tuple[str, str]]:
    return [(mark.state.value, mark.label) for mark in document.marks]


def texts(document: Document) -> list[list[list[str]]]:
    return [[[one.text for one in row] for row in grid.rows] for grid in document.grids]


def beside(content: str) -> str:
    """A table whose second cell has the given content."""
    return table(cell("Modalité") + f"<w:tc><w:tcPr/>{content}</w:tc>", cell("Autre") + cell("☐ Non"))


@pytest.mark.parametrize("encoding", ENCODINGS, ids=lambda encoding: encoding.name)
def test_a_glance_and_a_careful_walk_see_the_same(encoding: Encoding, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(encoding.name)
    bodies = [body if "<w:tbl>" in body else beside(body) for body in (encoding.ticked, encoding.blank) if body is not None]
    bodies += [mutated(body, chance.randrange) for body in bodies]
    # what reads a document again for its pictures is another each time
    seen = [read(body, encoding.parts)._replace(pictured=None) for body in bodies]
    monkeypatch.setattr(_wordstory, "glance", lambda *_: None)
    monkeypatch.setattr(_wordtable, "glance", lambda *_: None)
    assert seen == [read(body, encoding.parts)._replace(pictured=None) for body in bodies]


# the fonts of styles


@pytest.mark.parametrize(
    "shown", ["<w:t>þ</w:t><w:tab/>", "<w:t>þ </w:t><w:t>¨</w:t>", "<w:t>o</w:t><w:softHyphen/><w:t>  ☒</w:t>"]
)
@pytest.mark.parametrize("around", [str, beside])
def test_a_run_that_a_style_makes_boxes_may_hold_more_than_one_character(shown: str, around: Callable[[str], str]) -> None:
    body = around(paragraph(f"<w:r><w:rPr>{_CASE}</w:rPr>{shown}</w:r>", " Seul(e)"))
    plain = around(paragraph("☒" if "þ" in shown else "☐", "☐" if "¨" in shown else "", "☒" if "o" in shown else "", " Seul(e)"))
    assert [state for state, _label in states(read(body, _STYLES))] == [state for state, _label in states(read(plain))]


def test_a_word_that_a_style_sets_in_a_symbol_font_is_a_word() -> None:
    assert states(read(paragraph(run("Nom", _CASE)), _STYLES)) == []


def test_styles_are_read_though_the_font_table_names_none_of_their_fonts() -> None:
    stale: Parts = {**_STYLES, "word/fontTable.xml": f'<w:fonts {W_ONLY}><w:font w:name="Arial"/></w:fonts>'}
    assert states(read(paragraph(run("þ", _CASE), " Seul(e)"), stale)) == [("ticked", "Seul(e)")]


@pytest.mark.parametrize("font", ["OpenSymbol", "Segoe UI Symbol", "ZapfDingbats", "Webdings"])
def test_every_symbol_font_may_be_that_of_a_style(font: str) -> None:
    styles: Parts = {"word/styles.xml": str(_STYLES["word/styles.xml"]).replace("Wingdings", font)}
    char = {"OpenSymbol": "\uf0a8", "Segoe UI Symbol": "\ue003", "ZapfDingbats": "o", "Webdings": "c"}[font]
    assert states(read(paragraph(run(char, _CASE), " Seul(e)"), styles)) == [("blank", "Seul(e)")]


def test_styles_that_a_header_alone_asks_for_are_read() -> None:
    header: Parts = {**_STYLES, "word/header1.xml": _SEPARATE.format(body=paragraph(run("þ", _CASE), " Seul(e)"))}
    assert states(read(paragraph("o") + _ASKS, header)) == [("ticked", "Seul(e)")]


def test_a_long_run_in_a_symbol_font_is_text_in_a_cell_too() -> None:
    long = f"<w:r><w:rPr>{fonts('Wingdings')}</w:rPr><w:t>o</w:t><w:br/><w:t>un long commentaire</w:t></w:r>"
    assert states(read(paragraph(long))) == states(read(table(cell("Avis") + cell(paragraph(long))))) == []


@pytest.mark.parametrize("shown", ["¨ ¨ ¨ þ ¨", "¨¨¨¨¨¨¨¨¨", "<w:t>¨</w:t><w:tab/><w:t>þ</w:t><w:tab/>" * 3])
def test_a_run_in_a_symbol_font_may_hold_any_number_of_boxes(shown: str) -> None:
    boxes = f"<w:r><w:rPr>{fonts('Wingdings')}</w:rPr>{shown if '<' in shown else f'<w:t>{shown}</w:t>'}</w:r>"
    wanted = [{"¨": "blank", "þ": "ticked"}[char] for char in shown if char in "¨þ"]
    for body in (paragraph(boxes), table(cell("Niveau") + cell(paragraph(boxes)))):
        assert [state for state, _label in states(read(body))] == wanted
    header: Parts = {"word/header1.xml": _SEPARATE.format(body=paragraph(boxes))}
    assert [state for state, _label in states(read(paragraph("o") + _ASKS, header))] == wanted


# tables


def test_properties_from_before_a_tracked_change_are_not_those_of_now() -> None:
    was = '<w:tcPrChange w:author="E"><w:tcPr><w:gridSpan w:val="3"/><w:vMerge/></w:tcPr></w:tcPrChange>'
    row = '<w:trPrChange w:author="E"><w:trPr><w:gridBefore w:val="2"/></w:trPr></w:trPrChange>'
    document = read(table(cell("a") + cell("b"), f"<w:tr><w:trPr>{row}</w:trPr>{cell('c', properties=was)}{cell('d')}</w:tr>"))
    assert [[(one.text, one.col, one.col_span) for one in line] for line in document.grids[0].rows] == [
        [("a", 0, 1), ("b", 1, 1)],
        [("c", 0, 1), ("d", 1, 1)],
    ]


def test_a_block_control_that_shows_nothing_is_a_line_of_its_own() -> None:
    body = table(cell("Modalité") + cell(paragraph("Seul(e)"), checkbox("1", "", content=""), paragraph("En équipe")))
    assert texts(read(body)) == [[["Modalité", "Seul(e)\n☒\nEn équipe"]]]


def test_what_follows_a_nested_table_stands_in_its_own_cell() -> None:
    inserted = f'<w:p><w:ins w:author="E">{run("après")}</w:ins></w:p>'
    inner = table(cell("a") + cell(paragraph(f'<w:ins w:author="E">{run("dedans")}</w:ins>')))
    document = read(
        table(cell("Avis") + cell(paragraph(shape("rect", text="avant")), inner, inserted, paragraph(shape("rect", text="fin"))))
    )
    assert [(note.text, note.place.path) for note in document.annotations] == [
        ("dedans", "table[2]/row[1]/cell[2]"),
        ("après", "table[1]/row[1]/cell[2]"),
    ]
    assert [(block.text, block.place.path) for block in document.text] == [
        ("avant", "table[1]/row[1]/cell[2]/textbox[1]/paragraph[1]"),
        ("fin", "table[1]/row[1]/cell[2]/textbox[2]/paragraph[1]"),
    ]


@pytest.mark.parametrize("nested", ["", "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl><w:p/>"])
def test_of_controls_in_each_other_the_check_box_tells_what_the_cell_is(nested: str) -> None:
    boxed = checkbox("1", "", content=control("<w:text/>", cell("☐")))
    assert states(read(table(cell("Seul(e)", nested) + boxed))) == [("uncertain", "Seul(e)")]
    placeholder = control("<w:showingPlcHdr/>", control("<w:text/>", cell("Choisissez")))
    assert texts(read(table(cell("Seul(e)", nested) + placeholder)))[0][0][1] == ""


def test_rows_and_cells_in_alternate_content_are_read_once() -> None:
    both = "<mc:AlternateContent><mc:Choice Requires='w14'>{0}</mc:Choice><mc:Fallback>{0}</mc:Fallback></mc:AlternateContent>"
    rows = f"<w:tr>{cell('a')}{both.format(cell('b'))}</w:tr>" + both.format(f"<w:tr>{cell('c')}{cell('d')}</w:tr>")
    assert texts(read(f"<w:tbl>{rows}</w:tbl>")) == [[["a", "b"], ["c", "d"]]]


def test_a_text_is_read_without_what_tells_how_to_pronounce_it() -> None:
    ruby = f"<w:r><w:ruby><w:rt>{run('nom')}</w:rt><w:rubyBase>{run('Nom')}</w:rubyBase></w:ruby></w:r>"
    document = read(paragraph(ruby, " :") + table(cell(paragraph(ruby, " :"))))
    assert ([block.text for block in document.text], texts(document)) == (["Nom :"], [[["Nom :"]]])


# content controls


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (sym("Wingdings", "F0FE") + run(" Seul(e)"), "☒ Seul(e)"),
        (run("Seul(e) ") + sym("Wingdings", "F0FE"), "Seul(e) ☒"),
        (run("Seul(e)"), "⍰Seul(e)"),
    ],
)
def test_the_label_typed_in_a_check_box_control_is_kept(content: str, text: str) -> None:
    document = read(checkbox("1", "", content=paragraph(content)))
    assert ([block.text for block in document.text], [mark.label for mark in document.marks]) == ([text], ["Seul(e)"])


# outside the body, and other ways of writing the same names


def test_a_list_whose_bullet_is_a_box_may_stand_in_a_table_of_a_header() -> None:
    lists: Parts = {"word/numbering.xml": numbering(("\uf0a8", "Wingdings"))}
    body = table(cell("Modalité") + cell(item(1, "Seul(e)")))
    header: Parts = {**lists, "word/header1.xml": _SEPARATE.format(body=body)}
    assert states(read(item(1, "Oui") + _ASKS, header)) == [("blank", "Oui"), ("blank", "Seul(e)")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_header_whose_names_have_no_prefix_is_read(encoding: str) -> None:
    body = _SEPARATE.format(body=paragraph("☒ Seul(e)"))
    if encoding == "utf-8":
        body = body.replace("<w:", "<").replace("</w:", "</").replace("xmlns:w", "xmlns")
    assert states(read(paragraph("o") + _ASKS, {"word/header1.xml": body.encode(encoding)})) == [("ticked", "Seul(e)")]


@pytest.mark.parametrize("text", ["\uf0a8", "o"])
def test_lists_may_be_written_with_another_prefix(text: str) -> None:
    lists = numbering((text, "Wingdings")).replace("w:", "ns0:").replace("xmlns:w", "xmlns:ns0")
    assert states(read(item(1, "Seul(e)"), {"word/numbering.xml": lists})) == [("blank", "Seul(e)")]
