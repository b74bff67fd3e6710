"""What stands in OpenDocument texts, from XML written by hand; every encoding of a box, in texts and in sheets."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from formfill import readers
from formfill.errors import EncryptedSourceError, SourceError, SourceTooLargeError, UnreadableSourceError
from formfill.model.document import AnnotationKind
from formfill.model.glyphs import BOX_GLYPHS
from formfill.model.report import Severity
from formfill.source import Source
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.readers.encodings_odf import ENCODINGS
from tests.readers.odfpackages import (
    COVERED,
    MEDIA,
    cell,
    common,
    content,
    control,
    flat,
    odt,
    package,
    paragraph,
    row,
    span,
    table,
    text_style,
)

if TYPE_CHECKING:
    from formfill.model.document import Document

CASES = [(name, rank) for name, encoding in ENCODINGS.items() for rank in range(len(encoding.states))]
HIDDEN = text_style("caché", 'text:display="none"')


def read(body: str, styles: str = "", parts: dict[str, str | bytes] | None = None) -> Document:
    return readers.read(Source.of(odt(body, styles, parts), "essai.odt"))


def marks(document: Document) -> list[tuple[str, str]]:
    return [(mark.state.value, mark.label) for mark in document.marks]


def texts(document: Document, grid: int = 0) -> list[list[str]]:
    return [[cell.text for cell in row] for row in document.grids[grid].rows]


def lines(document: Document) -> list[str]:
    return [block.text for block in document.text]


def codes(document: Document) -> list[str]:
    return [finding.code for finding in document.findings]


@pytest.mark.parametrize(("name", "rank"), CASES, ids=[f"{name}-{ENCODINGS[name].states[rank]}-{rank}" for name, rank in CASES])
def test_every_encoding_once_with_its_label(name: str, rank: int) -> None:
    encoding = ENCODINGS[name]
    source = Source.of(encoding.build(rank), "essai")
    assert source.format == encoding.format
    assert marks(readers.read(source)) == encoding.marks(rank)


def test_every_encoding_is_tried_ticked_and_blank() -> None:
    sure = {name: {*encoding.states} for name, encoding in ENCODINGS.items() if {*encoding.states} != {"uncertain"}}
    assert [n for n, states in sure.items() if "ticked" not in states or not {"blank", "none"} & states] == ["field-mark-off"]


def test_a_contradiction_keeps_both_pieces_of_evidence() -> None:
    [mark] = readers.read(Source.of(ENCODINGS["content-control"].build(2), "essai")).marks
    assert [(item.kind, item.says.value) for item in mark.evidence] == [("loext:checked", "ticked"), ("glyph", "blank")]


def test_the_text_of_a_cell_shows_one_glyph_per_box() -> None:
    box = '<loext:content-control loext:checkbox="true" loext:checked="true">☒</loext:content-control>'
    mark = '<field:fieldmark field:type="vnd.oasis.opendocument.field.FORMCHECKBOX"/>'
    document = read(table(row(cell(paragraph("Modalité : ", mark, " Seul(e)<text:tab/>", box, " En équipe")))))
    assert texts(document) == [["Modalité : ☐ Seul(e)\t☒ En équipe"]]
    assert marks(document) == [("blank", "Seul(e)"), ("ticked", "En équipe")]
    assert document.grids[0].rows[0][0].marks == ("m1", "m2")


@pytest.mark.parametrize(
    "bullet", ['text:bullet-char="✔"', 'text:bullet-char="•"', 'text:bullet-char="\uf0b7"', 'text:bullet-char="o"'], ids=ascii
)
def test_a_bullet_that_is_no_box_is_no_mark(bullet: str) -> None:
    style = f'<text:list-style style:name="L"><text:list-level-style-bullet text:level="1" {bullet}/></text:list-style>'
    document = read(f'<text:list text:style-name="L"><text:list-item>{paragraph("Un point")}</text:list-item></text:list>', style)
    assert (lines(document), marks(document)) == (["Un point"], [])


def test_private_characters_of_an_ordinary_font_are_no_marks() -> None:
    assert marks(read(paragraph(span("A", "\uf0b7\uf0a8"), " Un point"), text_style("A", 'style:font-name="Arial"'))) == []


def test_letters_of_opensymbol_are_letters() -> None:
    assert marks(read(paragraph(span("A", "þ ¨ o"), " Un point"), text_style("A", 'style:font-name="OpenSymbol"'))) == []


def test_only_the_first_paragraph_of_an_item_has_the_box_and_nested_lists_have_theirs() -> None:
    levels = "".join(
        f'<text:list-level-style-bullet text:level="{level}" text:bullet-char="{char}"/>' for level, char in ((1, "☐"), (2, "☒"))
    )
    inner = f"<text:list><text:list-item>{paragraph('dedans')}</text:list-item></text:list>"
    body = (
        f'<text:list text:style-name="L"><text:list-item>{paragraph("un")}{paragraph("suite")}{inner}</text:list-item></text:list>'
    )
    document = read(body, f'<text:list-style style:name="L">{levels}</text:list-style>')
    assert lines(document) == ["☐ un", "suite", "☒ dedans"]


def test_spaces_tabs_and_line_breaks() -> None:
    body = paragraph("  un\n   deux ", " trois<text:s/><text:s text:c='2'/>quatre<text:tab/>cinq<text:line-break/>six ")
    assert lines(read(body)) == ["un deux trois   quatre\tcinq\nsix "]


def test_fields_are_their_text_and_placeholders_are_nobodys() -> None:
    body = paragraph(
        "Le <text:date>24/11/2026</text:date>, <text:user-defined>Mme Exemple</text:user-defined> ",
        '<text:placeholder text:placeholder-type="text">&lt;Nom&gt;</text:placeholder>',
        '<text:text-input text:description="Cliquez ici">Cliquez ici</text:text-input>',
        '<text:text-input text:description="Ville">Lyon</text:text-input>',
        '<loext:content-control loext:showing-place-holder="true">Choisissez</loext:content-control>',
    )
    assert lines(read(body)) == ["Le 24/11/2026, Mme Exemple Lyon"]


def test_choices_of_drop_down_fields() -> None:
    entries = "".join(f'<field:param field:name="Dropdown_ListEntry" field:value="{v}"/>' for v in ("SISR", "SLAM"))
    mark = (
        f'<field:fieldmark field:type="vnd.oasis.opendocument.field.FORMDROPDOWN">{entries}'
        '<field:param field:name="Dropdown_Selected" field:value="1"/></field:fieldmark>'
    )
    drop = '<text:drop-down><text:label text:value="F"/><text:label text:value="M" text:current-selected="true"/>M</text:drop-down>'
    content_list = '<loext:content-control><loext:list-item loext:display-text="A"/>B</loext:content-control>'
    declared, place = control("c", '<form:listbox><form:option form:label="CCF" form:current-selected="true"/></form:listbox>')
    declared = declared.replace(' xml:id="c" form:id="c"/>', "/>").replace("<form:listbox>", '<form:listbox xml:id="c">')
    assert lines(read(declared + paragraph(mark, " ", drop, " ", content_list, " ", place))) == ["SLAM M B CCF"]


def test_spans_covered_and_repeated_cells() -> None:
    document = read(
        table(
            row(cell("large", columns=2), COVERED, cell("haut", rows=2)),
            row(cell("x", repeated=2), COVERED),
        )
    )
    first, second = document.grids[0].rows
    assert [(c.text, c.col, c.col_span, c.row_span) for c in first] == [("large", 0, 2, 1), ("haut", 2, 1, 2)]
    assert [(c.text, c.col) for c in second] == [("x", 0), ("x", 1)]
    assert first[1].place.path == "table[1]/row[1]/cell[3]"


def test_header_rows_groups_and_nested_tables() -> None:
    inner = table(row("dedans", "☒"))
    body = table(f"<table:table-header-rows>{row('titre')}</table:table-header-rows>", row(cell("dehors", inner)))
    document = read(f"<text:section>{body}</text:section>")
    assert (texts(document), texts(document, 1)) == ([["titre"], ["dehors"]], [["dedans", "☒"]])
    assert marks(document) == [("ticked", "dedans")]


def test_a_table_in_a_text_box_is_a_grid() -> None:
    framed = f"<draw:frame><draw:text-box>{table(row('dedans', '☒'))}</draw:text-box></draw:frame>"
    assert marks(read(paragraph("avant ", framed))) == [("ticked", "dedans")]


def test_notes_headers_and_footers_are_text() -> None:
    below = f"<text:note-body>{paragraph('En bas')}</text:note-body>"
    note = f"<text:note><text:note-citation>1</text:note-citation>{below}</text:note>"
    number = paragraph("Page <text:page-number>1</text:page-number>")
    pages = f"<style:header>{paragraph('BTS SIO')}</style:header><style:footer>{number}</style:footer>"
    master = f'<style:master-page style:name="S">{pages}</style:master-page>'
    document = read(paragraph("Corps", note), parts={"styles.xml": common("", master * 2)})
    assert [(block.text, block.place.path) for block in document.text] == [
        ("Corps", "paragraph[1]"),
        ("En bas", "note[1]/paragraph[1]"),
        ("BTS SIO", "header[1]/paragraph[1]"),
    ]


def test_comments_are_annotations_and_no_text() -> None:
    note = f"<office:annotation><dc:creator>Mme Exemple</dc:creator>{paragraph('Revoir')}{paragraph('vite')}</office:annotation>"
    document = read(table(row(cell(paragraph("Site", note)))))
    [found] = document.annotations
    assert (found.kind, found.text, found.author) == (AnnotationKind.WORD_COMMENT, "Revoir\nvite", "Mme Exemple")
    assert (texts(document), found.place.path) == ([["Site"]], "table[1]/row[1]/cell[1]")


def test_tracked_changes_count_as_their_final_state_and_are_reported() -> None:
    document = readers.read(Source.of(ENCODINGS["tracked-tick"].build(0), "essai"))
    assert [(a.kind, a.text, a.author) for a in document.annotations] == [
        (AnnotationKind.INSERTION, "☒", "Ex"),
        (AnnotationKind.DELETION, "☐", "Ex"),
    ]
    assert codes(document) == ["tracked-change"]


@pytest.mark.parametrize(
    "body",
    [
        paragraph("vu ", span("caché", "caché")),
        paragraph("vu ", '<text:hidden-text text:string-value="caché"/>'),
        f'<text:section text:display="none">{paragraph("vu caché")}</text:section>',
        f'<text:section text:display="condition" text:is-hidden="true">{paragraph("vu caché")}</text:section>',
    ],
    ids=["span", "field", "section", "condition"],
)
def test_hidden_text_is_read_and_reported(body: str) -> None:
    document = read(body, HIDDEN)
    assert (lines(document), codes(document)) == (["vu caché"], ["hidden-content"])


def test_a_form_that_is_a_picture_is_not_blank() -> None:
    picture = '<draw:frame><draw:image xlink:href="Pictures/1.png"/></draw:frame>'
    assert codes(read(paragraph(picture))) == ["image-page"]
    assert codes(read(paragraph("Texte"))) == []


def test_pictures_that_no_clean_form_takes_are_told_once() -> None:
    picture = '<draw:frame><draw:image xlink:href="Pictures/1.png"/></draw:frame>'
    (told,) = read(paragraph("Texte", picture, picture)).findings
    assert (told.code, told.severity, "2 image(s)" in told.message) == ("picture-left-out", Severity.INFO, True)


WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn"), exclude_characters="<&>"), min_size=1)


@settings(max_examples=80, derandomize=True)
@given(st.lists(WORDS, min_size=1, max_size=6), st.booleans(), st.booleans())
def test_spans_sections_and_groups_change_nothing(parts: list[str], wrapped: bool, spread: bool) -> None:
    whole = read(table(row(cell(paragraph("".join(parts))), "fin")))
    inside = "".join(f"<text:span>{part}</text:span>" for part in parts)
    rows = row(cell(paragraph(inside)) if not spread else cell(f"<text:section>{paragraph(inside)}</text:section>"), "fin")
    if wrapped:
        rows = f"<table:table-row-group><table:table-rows>{rows}</table:table-rows></table:table-row-group>"
    split = read(table(rows))
    assert texts(split) == texts(whole)
    assert marks(split) == marks(whole)
    assert len(split.marks) >= sum(char in BOX_GLYPHS for part in parts for char in part)


@settings(max_examples=60, derandomize=True)
@given(st.sampled_from([n for n, e in ENCODINGS.items() if e.format == "odt"]), st.data())
def test_what_stands_around_a_box_does_not_change_it(name: str, data: st.DataObject) -> None:
    encoding = ENCODINGS[name]
    rank = data.draw(st.integers(0, len(encoding.states) - 1))
    before, after = data.draw(st.integers(0, 3)), data.draw(st.booleans())
    whole = encoding.build(rank)
    if whole[:2] != b"PK":
        return
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        parts: dict[str, str | bytes] = {n: archive.read(n) for n in archive.namelist() if n != "mimetype"}
    xml = parts["content.xml"]
    assert isinstance(xml, bytes)
    filler = paragraph("Un texte.") * before + (table(row("a", "b")) if after else "")
    moved = xml.decode().replace("<office:text>", f"<office:text>\n  {filler}").replace("</office:text>", f"{filler}</office:text>")
    document = readers.read(Source.of(package("text", {**parts, "content.xml": moved}), "essai"))
    assert marks(document) == encoding.marks(rank)


def test_damaged_and_empty_files_are_refused_in_french() -> None:
    whole = odt(paragraph("x"))
    for data, said in (
        (whole.replace(b"PK\x01\x02", b"PK\x01\x07"), "endommagé"),
        (odt("<text:p>"), "endommagé"),
        (package("text", {"autre.xml": "<a/>"}), "manque"),
        (package("text", {"content.xml": content("presentation", "")}), "pas de contenu"),
        (flat("text", "<text:p>"), "endommagé"),
    ):
        with pytest.raises(UnreadableSourceError, match=said):
            readers.read(Source.of(data, "x.odt"))


def test_damaged_styles_do_not_stop_the_reading() -> None:
    assert lines(read(paragraph("x"), parts={"styles.xml": "<a"})) == ["x"]


@pytest.mark.parametrize("kind", ["text", "spreadsheet"])
def test_an_encrypted_document_asks_for_its_password(kind: str) -> None:
    entry = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    manifest = f'<manifest:manifest xmlns:manifest="m">{entry}</manifest:manifest>'
    for name in ("content.xml", "encrypted-package"):
        data = package(kind, {name: bytes(range(7, 256)), "META-INF/manifest.xml": manifest})
        with pytest.raises(EncryptedSourceError, match="mot de passe"):
            readers.read(Source.of(data, "x"))


def test_bombs_are_refused() -> None:
    with pytest.raises(SourceTooLargeError):
        read(paragraph("x") + "<!--" + " " * 70_000_000 + "-->")
    with pytest.raises(SourceTooLargeError, match="cellules"):
        read(table(f'<table:table-row table:number-rows-repeated="99999999">{cell("x")}</table:table-row>'))
    with pytest.raises(SourceTooLargeError, match="cellules"):
        read(table(row(cell("x" * 10_000, repeated=99_999_999))))


@pytest.mark.parametrize("nested", ["<text:span>{}</text:span>", "{}", "<text:section>{}</text:section>"])
def test_deep_files_are_refused_not_crashed_on(nested: str) -> None:
    body = paragraph("x")
    for _ in range(400):
        body = nested.format(body) if nested != "{}" else table(row(cell(body)))
    with pytest.raises(SourceError):
        read(body)


def test_entities_are_never_resolved() -> None:
    declared = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>' + content("text", paragraph("avant &e; après"))
    for data in (package("text", {"content.xml": declared}), odt(paragraph("x"), parts={"styles.xml": declared})):
        with pytest.raises(UnreadableSourceError, match="entités"):
            readers.read(Source.of(data, "x"))
    harmless = declared.replace("&e;", "")
    assert lines(readers.read(Source.of(package("text", {"content.xml": harmless}), "x"))) == ["avant après"]


def test_a_package_is_told_by_its_media_type_whatever_its_bytes_hold() -> None:
    assert Source.of(odt(paragraph("x"), parts={"xl/word/": "x"}), "x").format == "odt"
    template = odt(paragraph("x")).replace(MEDIA["text"].encode(), MEDIA["text"].encode() + b"-template")
    assert Source.of(template, "x").format == "odt"
    assert Source.of(flat("spreadsheet", table(row("x"))), "x").format == "ods"
    assert Source.of(b"un texte sur urn:oasis:names:tc:opendocument", "x").format == "txt"


@settings(max_examples=150, derandomize=True)
@given(st.sampled_from(sorted(ENCODINGS)), st.data())
def test_flipped_bytes_never_raise_anything_else(name: str, data: st.DataObject) -> None:
    whole = bytearray(ENCODINGS[name].build(0))
    for _ in range(data.draw(st.integers(1, 12))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with suppress(SourceError):
        readers.read(Source.of(bytes(whole), "x"))


@settings(max_examples=150, derandomize=True)
@given(st.sampled_from(sorted(ENCODINGS)), st.data())
def test_altered_xml_never_raises_anything_else(name: str, data: st.DataObject) -> None:
    """The same inside the XML, where flips of a compressed part never reach."""
    whole = ENCODINGS[name].build(0)
    if whole[:2] != b"PK":
        return
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        xml = archive.read("content.xml").decode()
    names = sorted({word for word in xml.replace("<", " ").replace(">", " ").replace("=", " ").split() if ":" in word})
    for _ in range(data.draw(st.integers(1, 4))):
        xml = xml.replace(data.draw(st.sampled_from(names)), data.draw(st.sampled_from(names)), 1)
    with suppress(SourceError):
        readers.read(Source.of(package("text" if "<office:text" in xml else "spreadsheet", {"content.xml": xml}), "x"))
