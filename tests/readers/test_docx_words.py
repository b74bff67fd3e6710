"""What a Word document holds besides plain boxes: contradictions, false boxes, comments, notes, changes, damaged packages."""

from __future__ import annotations

import io
import zipfile

import pytest
from formfill import readers
from formfill.errors import SourceTooLargeError, UnreadableSourceError
from formfill.model.document import AnnotationKind, Document
from formfill.readers import _wordstory
from formfill.source import Source
from tests.readers import encodings_docx as zoo
from tests.readers import encodings_docx_activex as activex
from tests.readers import encodings_docx_fields as fields
from tests.readers.encodings_docx_lines import BORDER
from tests.readers.packages import (
    NAMESPACES,
    W_ONLY,
    anchored,
    cell,
    checkbox,
    control,
    field,
    fonts,
    item,
    legacy,
    numbering,
    package,
    paragraph,
    relationships,
    run,
    shape,
    sym,
    table,
)

Parts = dict[str, str | bytes]


def read(body: str, parts: Parts | None = None) -> Document:
    return readers.read(Source.of(package(body, parts), "essai.docx"))


def marks(body: str, parts: Parts | None = None) -> list[tuple[str, str]]:
    return [(mark.state.value, mark.label) for mark in read(body, parts).marks]


def codes(document: Document) -> list[str]:
    return [finding.code for finding in document.findings]


def packed(parts: Parts) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


DOCUMENT = f"<w:document {NAMESPACES}><w:body>{paragraph('☒ Seul(e)')}</w:body></w:document>"
UNCERTAIN = [("uncertain", "Seul(e)")]

# contradictions


@pytest.mark.parametrize(
    ("box", "kinds"),
    [
        (checkbox("1", "☐"), {"w14:checked", "glyph"}),
        (checkbox("0", "", content=sym("Wingdings", "F0FE")), {"w14:checked", "symbol"}),
        (field('<w:checkBox><w:default w:val="0"/></w:checkBox>', "FORMCHECKBOX", run("☒")), {"FORMCHECKBOX", "glyph"}),
        (legacy('<w:checked w:val="oui"/>'), {"FORMCHECKBOX"}),
        (run("X ☐"), {"glyph", "typed"}),
        (run("☐ X"), {"glyph", "typed"}),
        (run("X ") + legacy('<w:default w:val="0"/>'), {"FORMCHECKBOX", "typed"}),
        (legacy('<w:default w:val="0"/>') + shape("mathMultiply"), {"FORMCHECKBOX", "shape"}),
        (checkbox("0", "☐") + anchored("<pic:pic/>"), {"w14:checked", "glyph", "picture"}),
        (sym("Segoe UI Symbol", "E002"), {"symbol"}),
    ],
)
def test_evidence_that_disagrees_is_uncertain(box: str, kinds: set[str]) -> None:
    document = read(paragraph(box, " Seul(e)"))
    assert [(mark.state.value, mark.label) for mark in document.marks] == UNCERTAIN
    assert {item.kind for item in document.marks[0].evidence} == kinds


def test_a_bound_value_that_disagrees_is_uncertain() -> None:
    encoding = next(one for one in zoo.ENCODINGS if "data-bound" in one.name)
    assert encoding.blank is not None
    assert encoding.blank_parts is not None
    assert marks(encoding.ticked, encoding.blank_parts) == UNCERTAIN
    assert marks(encoding.blank, encoding.parts) == UNCERTAIN


@pytest.mark.parametrize("value", ["", "2", "peut-être"])
def test_an_activex_value_that_says_nothing_is_uncertain(value: str) -> None:
    encoding = next(one for one in zoo.ENCODINGS if one.name == "ActiveX check box")
    parts = {
        name: data.replace('ax:value="1"', f'ax:value="{value}"') for name, data in encoding.parts.items() if isinstance(data, str)
    }
    assert marks(encoding.ticked, dict(parts)) == UNCERTAIN


def test_a_binary_that_is_cut_short_is_uncertain() -> None:
    encoding = next(one for one in zoo.ENCODINGS if one.name == "ActiveX binary")
    parts = dict(encoding.parts)
    whole = parts["word/activeX/activeX1.bin"]
    assert isinstance(whole, bytes)
    parts["word/activeX/activeX1.bin"] = whole[:40]
    assert [state for state, _label in marks(encoding.ticked, parts)] == ["uncertain"]


def test_a_shape_among_several_boxes_covers_one_nobody_knows_which() -> None:
    document = read(paragraph("☐ Seul(e) ☐ En équipe", shape("mathMultiply")))
    assert [mark.state.value for mark in document.marks] == ["uncertain", "uncertain"]
    assert codes(document) == ["unplaced-drawing"]


def test_a_shape_far_from_its_anchor_may_cover_any_box() -> None:
    document = read(paragraph("☐ Seul(e)") + paragraph("Bas de page", shape("mathMultiply", below=None)))
    assert [mark.state.value for mark in document.marks] == ["uncertain"]
    assert codes(document) == ["unplaced-drawing"]


def test_a_circle_on_two_alternatives_is_around_one_nobody_knows_which() -> None:
    document = read(paragraph("Modalité : Seul(e) / En équipe", shape("ellipse", 60, 18)))
    assert [(mark.state.value, mark.label) for mark in document.marks] == [("uncertain", "Seul(e)"), ("uncertain", "En équipe")]


def test_one_diagonal_is_uncertain() -> None:
    one = '<w:tcBorders><w:tl2br w:val="single"/><w:tr2bl w:val="nil"/></w:tcBorders>'
    assert marks(table(cell("Réalisation") + cell("B1.1"), cell("Un site") + cell("", properties=one), cell("a b") + cell(""))) == [
        ("uncertain", "B1.1 | Un site")
    ]


# what is no box


@pytest.mark.parametrize(
    "body",
    [
        paragraph(run("\uf0b7", fonts("Arial")), " Une puce"),
        paragraph(run("\uf0b7", fonts("Symbol")), " Une puce"),
        paragraph(sym("Symbol", "F0B7"), " Une puce"),
        paragraph(sym("Wingdings", "F0A7"), " Une puce"),
        paragraph(sym("Wingdings", "F0E0"), " Une flèche"),
        paragraph(sym("Wingdings", "F0F0"), " Une flèche"),
        paragraph(sym("Wingdings 3", "F0A8"), " Un triangle"),
        paragraph(run("\uf0a8", fonts("Arial")), " Un carré de secours"),
        paragraph("● Une puce") + paragraph("● Une autre"),
        paragraph("○ Une puce") + paragraph("○ Une autre"),
        paragraph("■ Un titre"),
        paragraph("Le serveur X et le poste (x) du lot"),
        paragraph("f(x) = 2x, un tableau | b"),
        paragraph("Une phrase ", run("surlignée", '<w:highlight w:val="yellow"/>'), " au milieu du texte."),
        paragraph("Le 12/", run("03", "<w:strike/>"), "/2024"),
        paragraph("Rendu le ", run("mardi", "<w:strike/>"), " mercredi"),
        paragraph("Un logo", shape("rect")),
        paragraph("Un trait", shape("line", 300, 0)),
        table(cell("x") + cell("y")),
        table(cell("Nom") + cell("Prénom"), cell("Exemple") + cell("")),
        table(
            cell("a b", properties='<w:shd w:fill="DDDDDD"/>') + cell("", properties='<w:shd w:fill="DDDDDD"/>'),
            cell("c d", properties='<w:shd w:fill="EEEEEE"/>') + cell("", properties='<w:shd w:fill="EEEEEE"/>'),
            cell("e f", properties='<w:shd w:fill="DDDDDD"/>') + cell("", properties='<w:shd w:fill="DDDDDD"/>'),
            cell("g h", properties='<w:shd w:fill="EEEEEE"/>') + cell("", properties='<w:shd w:fill="EEEEEE"/>'),
        ),
        table(
            cell("Titre") + cell("Colonne grise") + cell("Autre"),
            *(cell(f"Ligne {i}") + cell("", properties='<w:shd w:fill="DDDDDD"/>') + cell("") for i in range(4)),
        ),
        table(cell("Titre") + cell("Colonne"), cell("Ligne") + cell(paragraph("Un texte long", shape("mathMultiply")))),
        item(1, "Un point") + item(2, "Un autre"),
    ],
)
def test_false_boxes_are_not_marks(body: str) -> None:
    assert marks(body, {"word/numbering.xml": numbering(("\uf0b7", "Symbol"), ("o", "Courier New"))}) == []


def test_a_box_bullet_is_a_box_without_anything_over_it() -> None:
    assert marks(item(1, "Seul(e)"), {"word/numbering.xml": numbering(("o", "Wingdings"))}) == [("blank", "Seul(e)")]


# fields and controls that are no box


@pytest.mark.parametrize(
    ("data", "result", "text"),
    [
        ("<w:textInput/>", run("\u2002" * 5), "Nom : "),
        ("<w:textInput/>", "".join(run("\u2002") for _ in range(5)), "Nom : "),
        ("<w:textInput/>", run("Camille"), "Nom : Camille"),
        ('<w:ddList><w:result w:val="1"/><w:listEntry w:val="A"/><w:listEntry w:val="B"/></w:ddList>', None, "Nom : B"),
        ('<w:ddList><w:default w:val="1"/><w:listEntry w:val="A"/><w:listEntry w:val="B"/></w:ddList>', run("B"), "Nom : B"),
        ('<w:ddList><w:listEntry w:val="A"/></w:ddList>', None, "Nom : A"),
    ],
)
def test_text_and_list_fields(data: str, result: str | None, text: str) -> None:
    [block] = read(paragraph("Nom : ", field(data, "FORM", result))).text
    assert block.text == text


@pytest.mark.parametrize("kind", ["<w:dropDownList/>", "<w:comboBox/>", "<w:date/>", "<w:text/>", "<w:picture/>", "<w:richText/>"])
def test_other_controls_are_their_text_and_placeholders_are_empty(kind: str) -> None:
    filled = read(paragraph("Date : ", control(kind, run("3 juin"))))
    empty = read(paragraph("Date : ", control(f"{kind}<w:showingPlcHdr/>", run("Choisissez"))))
    assert [block.text for block in filled.text] == ["Date : 3 juin"]
    assert [block.text for block in empty.text] == ["Date : "]


# tracked changes, comments, notes


def test_rows_and_cells_inserted_and_deleted_count_as_their_final_state() -> None:
    gone = '<w:tr><w:trPr><w:del w:author="E"/></w:trPr>' + cell("ancien") + cell("☒") + "</w:tr>"
    new = '<w:tr><w:trPr><w:ins w:author="E"/></w:trPr>' + cell("nouveau") + cell("☒") + "</w:tr>"
    cut = cell("coupé", properties='<w:cellDel w:author="E"/>')
    document = read(table(cell("un") + cut + cell("☐"), gone, new))
    assert [(mark.state.value, mark.label) for mark in document.marks] == [("blank", "un"), ("ticked", "nouveau")]
    assert [(a.kind, a.text, a.place.path) for a in document.annotations] == [
        (AnnotationKind.DELETION, "coupé", "table[1]/row[1]/cell[2]"),
        (AnnotationKind.DELETION, "ancien\t☒", "table[1]/row[2]"),
        (AnnotationKind.INSERTION, "nouveau\t☒", "table[1]/row[3]"),
    ]
    assert codes(document) == ["tracked-change"]


def test_a_deleted_field_box_is_named_in_the_deletion() -> None:
    document = read(paragraph(f'<w:del w:author="E">{legacy("<w:checked/>")}</w:del>', "☐ Seul(e)"))
    assert [(mark.state.value, mark.label) for mark in document.marks] == [("blank", "Seul(e)")]
    assert [a.text for a in document.annotations] == ["☒"]


def test_hidden_rows_are_read_and_reported() -> None:
    hidden = "<w:tr><w:trPr><w:hidden/></w:trPr>" + cell("caché") + cell("☒") + "</w:tr>"
    document = read(table(cell("vu") + cell("☐"), hidden))
    assert [mark.state.value for mark in document.marks] == ["blank", "ticked"]
    assert codes(document) == ["hidden-content"]


W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'


def test_comments_stand_where_they_are_anchored_and_replies_follow() -> None:
    def comment(number: int, text: str, para: str) -> str:
        return f'<w:comment w:id="{number}" w:author="Mme Exemple"><w:p w14:paraId="{para}">{run(text)}</w:p></w:comment>'

    comments = (
        f"<w:comments {W_ONLY} {W14}>{comment(0, 'Un', 'A')}{comment(1, 'Deux', 'B')}{comment(2, 'Réponse à un', 'C')}</w:comments>"
    )
    extended = (
        '<w15:commentsEx xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml">'
        '<w15:commentEx w15:paraId="C" w15:paraIdParent="A"/></w15:commentsEx>'
    )
    body = table(cell("a b") + cell(paragraph('<w:commentRangeStart w:id="0"/>', "vu", '<w:commentRangeStart w:id="2"/>')))
    body += paragraph("b", '<w:r><w:commentReference w:id="1"/></w:r>')
    document = read(body, {"word/comments.xml": comments, "word/commentsExtended.xml": extended})
    assert [(a.text, a.place.path) for a in document.annotations] == [
        ("Un", "table[1]/row[1]/cell[2]"),
        ("Réponse à un", "table[1]/row[1]/cell[2]"),
        ("Deux", "paragraph[2]"),
    ]


def test_headers_notes_and_text_boxes_have_their_own_paths() -> None:
    body = (
        table(cell("a b") + cell(paragraph("c", shape("rect", 90, 30, text="☒ dans la zone"))))
        + paragraph("d", '<w:r><w:footnoteReference w:id="2"/></w:r>')
        + '<w:sectPr><w:headerReference w:type="default"/></w:sectPr>'
    )
    parts: Parts = {
        "word/header1.xml": f"<w:hdr {W_ONLY}>{paragraph('en-tête')}</w:hdr>",
        "word/footnotes.xml": (
            f'<w:footnotes {W_ONLY}><w:footnote w:type="separator" w:id="0">{paragraph("trait")}</w:footnote>'
            f'<w:footnote w:id="2">{paragraph("une note")}</w:footnote></w:footnotes>'
        ),
    }
    assert [(block.text, block.place.path) for block in read(body, parts).text] == [
        ("☒ dans la zone", "table[1]/row[1]/cell[2]/textbox[1]/paragraph[1]"),
        ("d", "paragraph[2]"),
        ("en-tête", "header1/paragraph[1]"),
        ("une note", "footnotes/note[2]/paragraph[1]"),
    ]


def test_a_form_pasted_as_a_picture_is_not_blank() -> None:
    assert codes(read(paragraph(anchored("<pic:pic/>", 500, 700)))) == ["image-page"]
    assert codes(read(paragraph("Un compte rendu assez long pour ne pas être une image.", anchored("<pic:pic/>", 500, 700)))) == []


def test_what_is_inserted_as_another_document_is_reported() -> None:
    assert codes(read(paragraph("a") + '<w:altChunk r:id="rId9"/>')) == ["unread-content"]


# packages


def test_strict_documents_read_alike() -> None:
    strict = DOCUMENT.replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main"
    )
    document = readers.read(Source.of(packed({"[Content_Types].xml": "<Types/>", "word/document.xml": strict}), "x.docx"))
    assert [mark.label for mark in document.marks] == ["Seul(e)"]


@pytest.mark.parametrize("target", ["word/document2.xml", "doc/main.xml", "/word/other.xml"])
def test_a_document_under_another_name_is_found_by_its_relationship(target: str) -> None:
    parts: Parts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": relationships(("rId1", "officeDocument", target)),
        target.lstrip("/"): DOCUMENT,
    }
    document = readers.read(Source.of(packed(parts), "x.docx"))
    assert [mark.label for mark in document.marks] == ["Seul(e)"]


@pytest.mark.parametrize(
    ("parts", "finding"),
    [
        ({"word/document.xml": DOCUMENT}, ["repaired-package"]),
        ({"[Content_Types].xml": "<Types/>", "word/document.xml": DOCUMENT.replace("Seul", "Se\x02ul")}, ["repaired-package"]),
        ({"[Content_Types].xml": "<Types/>", "word/document.xml": DOCUMENT.replace("Seul", "Se&#x1F;ul")}, ["repaired-package"]),
        ({"[Content_Types].xml": "<Types/>", "word/document.xml": DOCUMENT.replace("Seul", "Se&#31;ul")}, ["repaired-package"]),
    ],
)
def test_damage_that_word_repairs_is_reported_and_read(parts: Parts, finding: list[str]) -> None:
    document = readers.read(Source.of(packed(parts), "x.docx"))
    assert [mark.label for mark in document.marks] == ["Seul(e)"]
    assert codes(document) == finding


def test_damage_that_is_not_plain_is_refused() -> None:
    with pytest.raises(UnreadableSourceError):
        readers.read(Source.of(packed({"[Content_Types].xml": "<Types/>", "word/document.xml": DOCUMENT[:-20]}), "x.docx"))


def test_relationships_that_lead_outside_are_never_followed() -> None:
    rels = relationships(("rId5", "control", "activeX/activeX1.xml")).replace("Target=", 'TargetMode="External" Target=')
    encoding = next(one for one in zoo.ENCODINGS if one.name == "ActiveX check box")
    assert marks(encoding.ticked, {**encoding.parts, "word/_rels/document.xml.rels": rels}) == []


def test_too_many_cells_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_wordstory, "MAX_CELLS", 3)
    with pytest.raises(SourceTooLargeError):
        read(table(cell("a") + cell("b"), cell("c") + cell("d")))


# fields that Word draws


@pytest.mark.parametrize(
    ("instruction", "text"),
    [
        ("EQ \\f(1;2)", "1 2"),
        ("SYMBOL 65", "A"),
        ("SYMBOL 233", "é"),
        ("SYMBOL", ""),
        ("SYMBOL 99999999", ""),
        ("PAGE", ""),
        ("REF Signet \\h", ""),
    ],
)
def test_a_field_without_a_result_shows_what_word_draws(instruction: str, text: str) -> None:
    for field_ in (fields.bare_field(instruction), fields.simple_field(instruction)):
        for body in (paragraph("Nom ", field_), table(cell("a") + cell(paragraph("Nom ", field_)))):
            document = read(body)
            assert text in [block.text[4:] for block in document.text] + [
                c.text[4:] for g in document.grids for r in g.rows for c in r
            ]
            assert document.marks == ()


def test_a_field_in_a_field_is_not_its_code() -> None:
    inner = fields.bare_field("PAGE", run("254"))
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    code = "<w:r><w:instrText> SYMBOL 254 \\f Wingdings </w:instrText></w:r>"
    assert [state for state, _label in marks(paragraph(begin, code, end, " Oui"))] == ["ticked"]
    assert marks(paragraph(begin, inner, code, end, " Oui")) == []


# ActiveX controls that are no box


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        (activex.web({"Value": "Serveur web"}, classid=activex.TEXT_BOX), "Serveur web"),
        (activex.web({"Value": "Débutant"}, classid=activex.COMBO_BOX), "Débutant"),
        (activex.web({"Value": "Débutant"}, classid=activex.LIST_BOX), "Débutant"),
        (activex.web({}, activex.morph_data("Serveur", ""), classid=activex.TEXT_BOX), "Serveur"),
        (activex.web({"VariousPropertyBits": "1"}, classid=activex.TEXT_BOX), ""),
        (activex.web({}, b'<INPUT TYPE="text" VALUE="Serveur">', activex.WEB_TEXT), "Serveur"),
        (activex.web({}, b"<TEXTAREA>Un\nServeur</TEXTAREA>", activex.WEB_AREA), "Un\nServeur"),
        (activex.web({}, b"<SELECT><OPTION>A<OPTION SELECTED>B</SELECT>", activex.WEB_SELECT), "B"),
        (activex.web({}, b"<SELECT><OPTION>A<OPTION>B</SELECT>", activex.WEB_SELECT), "A"),
        (activex.web({"Caption": "Nom"}, classid="978C9E23-D4B0-11CE-BF2D-00AA003F40D0"), "Nom"),
        (activex.web({"Caption": "Envoyer"}, classid="D7053240-CE69-11CD-A777-00DD01143C57"), ""),
    ],
)
def test_the_value_of_an_activex_text_is_text(parts: Parts, text: str) -> None:
    document = read(paragraph("Thème : ", activex.IN_RUN), parts)
    assert [block.text for block in document.text] == [f"Thème : {text}"]
    assert document.findings == ()


@pytest.mark.parametrize(
    "parts",
    [
        activex.web({"Value": "1"}, classid="DEADBEEF-0000-0000-0000-000000000000"),
        activex.web({}, b"\x00\x02", classid=activex.TEXT_BOX),
        activex.web({}, classid=activex.TEXT_BOX),
        activex.web({"MultiSelect": "1", "Value": "A"}, classid=activex.LIST_BOX),
        activex.web({}, b"", activex.WEB_TEXT),
        activex.web({}, b"\xff<", activex.WEB_SELECT),
        activex.web({}, classid=activex.WEB_BOX),
    ],
)
def test_an_activex_control_that_is_not_read_is_told(parts: Parts) -> None:
    document = read(paragraph("Thème : ", activex.IN_RUN), parts)
    assert codes(document) == ["unread-content"]
    assert document.findings[0].place.path == "paragraph[1]"
    assert all(mark.state == "uncertain" for mark in document.marks)


def threads(*entries: tuple[str, str, str]) -> Document:
    """Comments A, B, C… on one paragraph, with the given (own, parent, done) of their threads."""
    comments = "".join(
        f'<w:comment w:id="{i}" w:author="Mme Exemple"><w:p w14:paraId="{name}">{run(name)}</w:p></w:comment>'
        for i, name in enumerate("ABCD")
    )
    extended = "".join(
        f'<w15:commentEx w15:paraId="{own}" {parent and f"""w15:paraIdParent="{parent}" """}w15:done="{done}"/>'
        for own, parent, done in entries
    )
    return read(
        paragraph("x", *(f'<w:commentRangeStart w:id="{i}"/>' for i in range(4))),
        {
            "word/comments.xml": f"<w:comments {W_ONLY} {W14}>{comments}</w:comments>",
            "word/commentsExtended.xml": (
                f'<w15:commentsEx xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml">{extended}</w15:commentsEx>'
            ),
        },
    )


def test_a_reply_keeps_what_it_answers_and_a_resolved_thread_is_told() -> None:
    document = threads(("A", "", "1"), ("B", "", "0"), ("C", "A", "0"), ("D", "C", "0"))
    assert [(a.text, a.answers, a.resolved) for a in document.annotations] == [
        ("A", None, True),
        ("C", 0, True),
        ("D", 1, True),
        ("B", None, False),
    ]
    [finding] = document.findings
    assert (finding.code, finding.place.path) == ("comment-resolved", "paragraph[1]")
    assert "« A »" in finding.message


def test_threads_that_go_in_a_ring_lose_no_comment() -> None:
    document = threads(("A", "B", "0"), ("B", "A", "0"), ("C", "C", "0"), ("D", "Z", "0"))
    assert [(a.text, a.answers) for a in document.annotations] == [("A", None), ("B", None), ("C", None), ("D", None)]


def test_what_a_comment_answers_is_counted_after_the_tracked_changes() -> None:
    changed = threads(("B", "A", "0"))
    assert [a.answers for a in changed.annotations] == [None, 0, None, None]
    comments = f"<w:comments {W_ONLY} {W14}>" + "".join(
        f'<w:comment w:id="{i}"><w:p w14:paraId="{name}">{run(name)}</w:p></w:comment>' for i, name in enumerate("AB")
    )
    extended = '<w15:commentEx w15:paraId="B" w15:paraIdParent="A"/></w15:commentsEx>'
    document = read(
        paragraph(f'<w:ins w:author="E">{run("x")}</w:ins>', '<w:commentRangeStart w:id="0"/>'),
        {
            "word/comments.xml": comments + "</w:comments>",
            "word/commentsExtended.xml": f'<w15:commentsEx xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml">{extended}',
        },
    )
    assert [(a.text, a.answers) for a in document.annotations] == [("x", None), ("A", None), ("B", 1)]


# borders of characters, drawings where no box is


@pytest.mark.parametrize(
    "line",
    [
        run("Xa", BORDER),
        run("X", '<w:bdr w:val="nil"/>'),
        run("X", BORDER) + run(" est un mot", BORDER),
        run("Le mot ", BORDER) + run("X", BORDER),
        run("     ", BORDER),
    ],
)
def test_a_border_around_words_is_no_box(line: str) -> None:
    assert marks(paragraph(line, " Oui")) == []


@pytest.mark.parametrize("drawing", [shape("rect", text="X"), shape("ellipse", 60, 18), shape("mathMultiply")])
@pytest.mark.parametrize("in_table", [False, True])
def test_a_drawing_that_ticks_a_line_without_a_box_is_told(drawing: str, in_table: bool) -> None:
    line = paragraph(drawing, "Seul(e)")
    document = read(table(cell("Modalité") + cell(line)) if in_table else line)
    assert document.marks == ()
    assert codes(document) == ["unplaced-drawing"]


@pytest.mark.parametrize("drawing", [shape("line", 40, 0), shape("rect"), shape("ellipse", 200, 200)])
def test_an_ornament_is_no_news(drawing: str) -> None:
    assert codes(read(paragraph(drawing, "Seul(e)"))) == []


# boxes alone in their paragraphs


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (("[x]", "Oui", "[ ]", "Non"), [("ticked", "Oui"), ("blank", "Non")]),
        (("☐", "Oui", "[x]", "Non", "☐", "Autre"), [("blank", "Oui"), ("ticked", "Non"), ("blank", "Autre")]),
        (("Oui", "☐", "Non", "☒"), [("blank", "Oui"), ("ticked", "Non")]),
        (("☐", "☒", "Oui", "Non"), [("blank", ""), ("ticked", "")]),
        (("☐", "Une", "page", "de", "texte", "suit", "☒", "Non"), [("blank", ""), ("ticked", "")]),
        (("✔", "Oui", "☐", "Non", "☐", "Autre"), [("ticked", "Oui"), ("blank", "Non"), ("blank", "Autre")]),
    ],
)
def test_boxes_alone_in_their_paragraphs(lines: tuple[str, ...], wanted: list[tuple[str, str]]) -> None:
    assert marks("".join(map(paragraph, lines))) == wanted
