"""Word documents: what Word demands of a package, boxes that agree with themselves, comments that lose nothing in silence."""

from __future__ import annotations

import base64
import io
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any, Final

import pytest
from docx import Document
from formfill import catalogue, resources
from formfill.errors import ExitCode, MissingTemplateError, RenderError
from formfill.model.codec import dumps
from formfill.model.completed import Answer, AnswerState, BoxReading
from formfill.model.document import MarkState
from formfill.model.record import FormRef, Record, Rendition, SourceRef
from formfill.model.report import Severity
from formfill.readers import read
from formfill.source import Source
from formfill.writers import docx as writer
from formfill.writers._docx_template import compile_template
from formfill.writers._zip import archive as zip_of
from formfill.writers._zip import deflated, kept, prefix
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

FORM = catalogue.form("bts-sio-grille-bloc1")
TEMPLATE = resources.template(FORM.id, "blank-activites.docx")
W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14: Final = "{http://schemas.microsoft.com/office/word/2010/wordml}"
MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
HOSTILE: Final = "a\n\t <&>\"']\r\x00\ud800\udfff\ufffe\uffff\x85\u2028😀"
OPTIONS: Final = ("transversale", "B1.1", "B1.2", "B1.3", "B1.4", "B1.5", "B1.6")

ORDERS: Final = {
    "sdtPr": "rPr alias tag id lock placeholder temporary showingPlcHdr dataBinding text richText checkbox",
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs spacing ind contextualSpacing jc outlineLvl",
    "rPr": "rStyle rFonts b bCs i iCs color spacing kern position sz szCs highlight u shd vertAlign lang",
    "tblPr": "tblStyle tblW jc tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tcPr": "tcW gridSpan vMerge tcBorders shd noWrap tcMar vAlign",
    "style": "name aliases basedOn next link uiPriority semiHidden unhideWhenUsed qFormat pPr rPr tblPr tcPr tblStylePr",
    "settings": "zoom defaultTabStop characterSpacingControl compat themeFontLang decimalSymbol listSeparator",
    "font": "altName panose1 charset family notTrueType pitch sig",
    "tbl": "tblPr tblGrid tr",
    "tc": "tcPr p sdt",
    "tr": "trPr tc",
}
"""The order of children that ECMA-376 Part 1 gives, of the elements that formfill writes."""


def record(states: dict[str, MarkState] | None = None, comments: dict[str, str] | None = None) -> Record:
    assert FORM.grid is not None
    states, comments = states or {}, comments or {}
    ticked = tuple(option for option, state in states.items() if state is MarkState.TICKED)
    answers = [Answer(FORM.grid.field, ticked or None, AnswerState.ANSWERED if ticked else AnswerState.EMPTY)]
    boxes = []
    for row in FORM.grid.rows:
        text = comments.get(row.option)
        answers.append(Answer(row.comment_field, text, AnswerState.ANSWERED if text else AnswerState.EMPTY))
        boxes.append(BoxReading(FORM.grid.field, row.option, row.label, states.get(row.option, MarkState.BLANK)))
    return Record(
        source=SourceRef("grille.txt", "0" * 64, "txt", 1, None),
        form=FormRef(FORM.id, FORM.editions[0].id, FORM.referentiel, 1.0),
        answers=tuple(answers),
        boxes=tuple(boxes),
    )


def write(states: dict[str, MarkState] | None = None, comments: dict[str, str] | None = None) -> Rendition:
    return writer.WRITER.write(record(states, comments), FORM, None)


def package(data: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(data))


def part(data: bytes, name: str = "word/document.xml") -> Any:
    return etree.fromstring(package(data).read(name))


def control(document: Any, tag: str) -> Any:
    found = [sdt for sdt in document.iter(W + "sdt") if sdt.find(f"{W}sdtPr/{W}tag").get(W + "val") == tag]
    assert len(found) <= 1
    return found[0] if found else None


def lines(document: Any, tag: str) -> list[str]:
    """The paragraphs of a comment, read as Word does."""
    return [
        "".join("\t" if node.tag == W + "tab" else node.text or "" for node in paragraph.iter(W + "t", W + "tab"))
        for paragraph in control(document, tag).iter(W + "p")
    ]


FULL = write(
    {"B1.1": MarkState.TICKED, "B1.3": MarkState.UNCERTAIN},
    dict.fromkeys(OPTIONS, "Un <b>commentaire</b> & « le reste ».\n\n\tEn retrait,  deux espaces "),
)


# ------------------------------------------------------------------------------------------------------------- the package


@pytest.mark.parametrize("data", [FULL.data, TEMPLATE.read_bytes()], ids=["filled", "template"])
def test_the_package_is_whole(data: bytes) -> None:
    with package(data) as opened:
        assert opened.testzip() is None
        names = opened.namelist()
    assert names[0] == "[Content_Types].xml"
    assert len(names) == len(set(names))
    types = part(data, "[Content_Types].xml")
    overrides = [e.get("PartName") for e in types if e.tag.endswith("Override")]
    defaults = {e.get("Extension") for e in types if e.tag.endswith("Default")}
    assert {name.removeprefix("/") for name in overrides} <= set(names)
    assert len(overrides) == len(set(overrides))
    assert {name.rpartition(".")[2] for name in names if f"/{name}" not in overrides and name != "[Content_Types].xml"} <= defaults
    reached = set()
    for rels in (name for name in names if name.endswith(".rels")):
        folder = Path(rels).parent.parent
        relationships = part(data, rels)
        ids = [e.get("Id") for e in relationships]
        assert len(ids) == len(set(ids))
        reached |= {Path("/", folder, e.get("Target")).resolve() for e in relationships}
    parts = {Path("/", name) for name in names if not name.endswith((".rels", "[Content_Types].xml"))}
    assert reached == parts


@pytest.mark.parametrize("data", [FULL.data, TEMPLATE.read_bytes()], ids=["filled", "template"])
def test_word_needs_children_in_order_and_prefixes_declared(data: bytes) -> None:
    for name in package(data).namelist():
        root = part(data, name)
        ignorable = root.get(MC + "Ignorable", "").split()
        assert set(ignorable) <= set(root.nsmap), name
        for element in root.iter():
            order = ORDERS.get(etree.QName(element).localname)
            if order and element.tag.startswith(W):
                children = [etree.QName(child).localname for child in element]
                assert children == sorted(children, key=order.split().index), (name, element.tag)


def test_ids_are_unique_and_names_short_enough() -> None:
    document = part(FULL.data)
    ids = [e.get(W + "val") for e in document.iter(W + "id")]
    assert len(ids) == 14 == len(set(ids))
    assert all(0 < int(number) < 2**31 for number in ids)
    # [MS-OI29500]: Word takes 64 characters in a title or a tag
    assert all(len(e.get(W + "val")) <= 64 for e in document.iter(W + "alias", W + "tag"))


def test_every_row_covers_the_three_columns_and_every_cell_ends_with_a_paragraph() -> None:
    document = part(FULL.data)
    for row in document.iter(W + "tr"):
        spans = [cell.find(f"{W}tcPr/{W}gridSpan") for cell in row.iter(W + "tc")]
        assert sum(int(span.get(W + "val")) if span is not None else 1 for span in spans) == 3
    for cell in document.iter(W + "tc"):
        last = cell[-1]
        while last.tag in (W + "sdt", W + "sdtContent"):
            last = last[-1]
        assert last.tag == W + "p"


def test_members_that_do_not_change_are_copied_as_they_are_compressed() -> None:
    def raw(data: bytes) -> dict[str, bytes]:
        with package(data) as opened:
            return {
                info.filename: data[info.header_offset + 30 + len(info.filename) :][: info.compress_size]
                for info in opened.infolist()
            }

    before, after = raw(TEMPLATE.read_bytes()), raw(FULL.data)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"[Content_Types].xml", "word/_rels/document.xml.rels", "word/document.xml"}
    assert set(after) - set(before) == {"customXml/item1.xml", "customXml/itemProps1.xml", "customXml/_rels/item1.xml.rels"}


def test_the_same_record_makes_the_same_bytes() -> None:
    writer._template.cache_clear()
    first = write(comments={"B1.2": "Vu."})
    assert first == write(comments={"B1.2": "Vu."})
    assert first != write(comments={"B1.2": "vu."})


def test_a_package_that_has_custom_xml_keeps_it() -> None:
    data = zip_of(prefix(kept(TEMPLATE.read_bytes(), set())), deflated("customXml/item1.xml", b"<a/>"), deflated("é.xml", b"<b/>"))
    template = compile_template(data, "x", "competences")
    assert template.record_part == "customXml/item2.xml"
    again = package(zip_of(template.members, deflated(template.record_part, b"<c/>")))
    assert [again.read(name) for name in ("customXml/item1.xml", "é.xml", "customXml/item2.xml")] == [b"<a/>", b"<b/>", b"<c/>"]


# ------------------------------------------------------------------------------------------------------------ what it shows


@pytest.mark.parametrize(
    ("state", "checked", "glyph"),
    [(MarkState.TICKED, "1", "☒"), (MarkState.BLANK, "0", "☐"), (MarkState.UNCERTAIN, "0", "⍰")],
)
@pytest.mark.parametrize("option", OPTIONS)
def test_a_box_is_clickable_and_agrees_with_its_glyph(option: str, state: MarkState, checked: str, glyph: str) -> None:
    document = part(write({option: state}).data)
    for other in OPTIONS:
        box = control(document, f"competences:{other}")
        said = box.find(f"{W}sdtPr/{W14}checkbox/{W14}checked").get(W14 + "val")
        shown = "".join(box.find(W + "sdtContent").itertext())
        assert (said, shown) == ((checked, glyph) if other == option else ("0", "☐"))
    fonts = control(document, f"competences:{option}").find(f"{W}sdtContent/{W}r/{W}rPr/{W}rFonts")
    # MS Gothic has no U+2370
    assert fonts.get(W + "hAnsi") == ("Segoe UI Symbol" if state is MarkState.UNCERTAIN else "MS Gothic")
    states = [e.get(W14 + "val") for e in document.iter(W14 + "checkedState", W14 + "uncheckedState")]
    assert states == ["2612", "2610"] * 7


def test_the_rows_stand_in_the_official_order_with_the_official_wording() -> None:
    assert FORM.grid is not None
    rows = read(Source.of(write().data, "x.docx")).grids[0].rows
    expected = [list(FORM.grid.headings)] + [
        ["\n".join((row.title, *(line.printed for line in row.lines[0]))), "☐", "\n".join(line.printed for line in row.lines[2])]
        for row in FORM.grid.rows
    ]
    assert [[cell.text for cell in row] for row in rows] == expected


def test_a_comment_has_a_row_of_its_own_only_when_there_is_one() -> None:
    document = part(write(comments={"B1.4": "Vu."}).data)
    assert lines(document, "commentaire.B1.4") == ["Vu."]
    assert [option for option in OPTIONS if control(document, f"commentaire.{option}") is not None] == ["B1.4"]
    assert len(list(document.iter(W + "tr"))) == 9
    row = next(control(document, "commentaire.B1.4").iterancestors(W + "tr"))
    assert next(row.itersiblings(preceding=True)).find(f".//{W}tag").get(W + "val") == "competences:B1.4"


def test_lines_spaces_and_tabs_are_kept() -> None:
    comment = "  a \n\n\tb\t\tc  d\t\n "
    document = part(write(comments={"B1.1": comment}).data)
    assert lines(document, "commentaire.B1.1") == comment.split("\n")
    texts = list(control(document, "commentaire.B1.1").iter(W + "t"))
    # without the attribute Word drops the spaces at both ends; a tab character in a text shows as one space
    assert {text.get("{http://www.w3.org/XML/1998/namespace}space") for text in texts} == {"preserve"}
    assert "\t" not in "".join(text.text or "" for text in texts)


@settings(deadline=None)
@given(
    st.text(min_size=1)
    | st.text(st.sampled_from("a\n\t <&>\"']\r\x00\ud800\udfff\ufffe\uffff\x85\u2028😀"), min_size=1, max_size=20)
)
def test_any_text_is_written_or_told(comment: str) -> None:
    rendition = write(comments={"B1.1": comment, "B1.6": "fin"})
    document = part(rendition.data)
    left = re.sub("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]", "", comment)
    written = lines(document, "commentaire.B1.1") if left else []
    assert "\n".join(written) == left
    assert [(f.field, f.code, f.severity) for f in rendition.findings] == (
        [("commentaire.B1.1", "unprintable-character", Severity.WARNING)] if left != comment else []
    )
    assert lines(document, "commentaire.B1.6") == ["fin"]


def test_the_finding_names_the_characters() -> None:
    (finding,) = write(comments={"B1.1": "a\x00b\x00\ud800c\uffff"}).findings
    assert "(U+0000, U+D800, U+FFFF)" in finding.message


def test_a_comment_of_forbidden_characters_only_leaves_no_empty_row() -> None:
    rendition = write(comments={"B1.1": "\x01"})
    assert control(part(rendition.data), "commentaire.B1.1") is None
    assert len(rendition.findings) == 1


def test_the_record_is_attached() -> None:
    written = record({"B1.1": MarkState.TICKED}, {"B1.1": "perdu\x00ailleurs"})
    data = writer.WRITER.write(written, FORM, None).data
    assert base64.b64decode(part(data, "customXml/item1.xml").text) == dumps(written).encode()
    assert [a.data for a in read(Source.of(data, "x.docx")).attachments] == [dumps(written).encode()]


def test_it_reads_back() -> None:
    document = read(Source.of(FULL.data, "x.docx"))
    comment = "Commentaire\nUn <b>commentaire</b> & « le reste ».\n\n\tEn retrait,  deux espaces "
    assert [row[0].text for row in document.grids[0].rows if len(row) == 1] == [comment] * 7
    assert [mark.state for mark in document.marks] == [
        MarkState.BLANK, MarkState.TICKED, MarkState.BLANK, MarkState.UNCERTAIN, MarkState.BLANK, MarkState.BLANK, MarkState.BLANK
    ]  # fmt: skip


def test_python_docx_opens_it_and_it_is_accessible() -> None:
    document = Document(io.BytesIO(FULL.data))
    properties = document.core_properties
    assert (properties.title, properties.language) == (FORM.title, "fr-FR")
    assert [properties.author, properties.last_modified_by, properties.comments] == ["", "", ""]
    assert [(p.text, p.style.name) for p in document.paragraphs if p.style is not None and p.text] == [(FORM.title, "Title")]
    (table,) = document.tables
    root = part(FULL.data)
    first = next(root.iter(W + "tr"))
    assert first.find(f"{W}trPr/{W}tblHeader") is not None
    assert len(list(root.iter(W + "tblHeader"))) == 1
    assert root.find(f".//{W}tblCaption").get(W + "val") == FORM.title
    assert root.find(f".//{W}tblDescription").get(W + "val")
    assert root.find(f".//{W}tblLook").get(W + "firstRow") == "1"
    languages = {e.get(W + "val") for e in part(FULL.data, "word/styles.xml").iter(W + "lang")}
    assert languages == {"fr-FR"}
    assert len(table.rows) == 15
    fields = [e.get(W + "instr") for e in part(FULL.data, "word/footer1.xml").iter(W + "fldSimple")]
    assert fields == [" PAGE ", " NUMPAGES "]


# ------------------------------------------------------------------------------------------------------------- the template


def test_the_template_is_the_definition_s(tmp_path: Path) -> None:
    made = tmp_path / "blank.docx"
    command = [sys.executable, "-m", "tools.make_template_bloc1", str(made)]
    subprocess.run(command, check=True, capture_output=True, cwd=Path(__file__).parents[2])
    with package(made.read_bytes()) as new, zipfile.ZipFile(TEMPLATE) as old:
        assert new.namelist() == old.namelist()
        for name in new.namelist():
            assert new.read(name) == old.read(name), name


def test_the_blank_is_a_form_to_fill_in() -> None:
    document = read(Source.of(TEMPLATE.read_bytes(), "blank.docx"))
    assert [mark.state for mark in document.marks] == [MarkState.BLANK] * 7
    assert [row[0].text for row in document.grids[0].rows if len(row) == 1] == ["Commentaire"] * 7
    assert not document.attachments


def test_an_unknown_edition_has_no_template() -> None:
    with pytest.raises(MissingTemplateError) as caught:
        writer.WRITER.write(record(), FORM, "1999")
    assert caught.value.exit_code is ExitCode.DEFINITION


def test_a_record_of_no_form_is_refused() -> None:
    with pytest.raises(RenderError):
        writer.WRITER.write(Record(record().source, None), FORM, None)


@pytest.mark.parametrize("data", [b"", b"PK\x05\x06" + bytes(18)], ids=["nothing", "empty-zip"])
def test_a_template_that_is_no_document_is_told(data: bytes) -> None:
    with pytest.raises(MissingTemplateError):
        compile_template(data, "x", "competences")


def test_a_template_with_two_controls_of_one_tag_is_told() -> None:
    with package(TEMPLATE.read_bytes()) as source:
        document = source.read("word/document.xml").replace(b"competences:B1.2", b"competences:B1.1")
    data = zip_of(prefix(kept(TEMPLATE.read_bytes(), {"word/document.xml"})), deflated("word/document.xml", document))
    with pytest.raises(MissingTemplateError):
        compile_template(data, "x", "competences")


def test_a_template_of_another_form_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with package(TEMPLATE.read_bytes()) as source:
        document = source.read("word/document.xml").replace(b"competences:B1.2", b"competences:B9.9")
    path = tmp_path / "x.docx"
    path.write_bytes(zip_of(prefix(kept(TEMPLATE.read_bytes(), {"word/document.xml"})), deflated("word/document.xml", document)))
    monkeypatch.setattr(resources, "template", lambda _form, _name: path)
    writer._template.cache_clear()
    try:
        with pytest.raises(MissingTemplateError):
            write()
    finally:
        writer._template.cache_clear()
