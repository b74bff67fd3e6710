"""What stands in a Word document, from XML written by hand."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress

import pytest
from formfill import readers
from formfill.errors import EncryptedSourceError, SourceError, SourceTooLargeError, UnreadableSourceError
from formfill.model.document import AnnotationKind, Document
from formfill.source import Source
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.readers.packages import cell, checkbox, legacy, package, paragraph, run, table


def read(body: str, parts: dict[str, str | bytes] | None = None) -> Document:
    return readers.read(Source.of(package(body, parts), "essai.docx"))


def texts(document: Document) -> list[list[str]]:
    return [[cell.text for cell in row] for row in document.grids[0].rows]


def marks(document: Document) -> list[tuple[str, str]]:
    return [(mark.state.value, mark.label) for mark in document.marks]


def states(*sides: tuple[str, str]) -> str:
    return "".join(f'<w14:{side}State w14:val="{value}" w14:font="MS Gothic"/>' for side, value in sides)


@pytest.mark.parametrize(
    ("box", "state"),
    [
        (checkbox("1", "☒"), "ticked"),
        (checkbox("true", "☒"), "ticked"),
        (checkbox("on", "☑"), "ticked"),
        (checkbox("0", "☐"), "blank"),
        (checkbox("false", "☐"), "blank"),
        (checkbox(None, "☐"), "blank"),
        (checkbox("1", ""), "ticked"),
        (checkbox("1", "☐"), "uncertain"),
        (checkbox("0", "☒"), "uncertain"),
        (checkbox("0", "⍰"), "uncertain"),
        (checkbox("peut-être", "☒"), "uncertain"),
        (checkbox("1", "\uf0fe", states(("checked", "F0FE"), ("unchecked", "F0A8"))), "ticked"),
        (checkbox("0", "\uf0a8", states(("checked", "F0FE"), ("unchecked", "F0A8"))), "blank"),
        (checkbox("1", "\uf0a8", states(("checked", "F0FE"), ("unchecked", "F0A8"))), "uncertain"),
        (checkbox("1", "?"), "uncertain"),
        (run("☐"), "blank"),
        (run("☒"), "ticked"),
        (run("✔"), "ticked"),
        (legacy('<w:default w:val="0"/>'), "blank"),
        (legacy('<w:default w:val="1"/>'), "ticked"),
        (legacy('<w:default w:val="0"/><w:checked/>'), "ticked"),
        (legacy('<w:default w:val="1"/><w:checked w:val="0"/>'), "blank"),
        (legacy("<w:checked/>"), "ticked"),
    ],
)
def test_a_box_alone_in_its_cell(box: str, state: str) -> None:
    document = read(table(cell("Seul(e)") + cell(paragraph(box))))
    assert marks(document) == [(state, "Seul(e)")]
    assert document.grids[0].rows[0][1].marks == ("m1",)


def test_the_text_of_a_cell_shows_one_glyph_per_box() -> None:
    document = read(
        table(cell(paragraph("Modalité : ", legacy('<w:default w:val="1"/>'), " Seul(e) ", checkbox("0", "☐"), " En équipe")))
    )
    assert texts(document) == [["Modalité : ☒ Seul(e) ☐ En équipe"]]
    assert marks(document) == [("ticked", "Seul(e)"), ("blank", "En équipe")]


def test_labels_before_after_and_around_the_box() -> None:
    document = read(
        table(
            cell(paragraph("Épreuve ponctuelle ☐ Contrôle en cours de formation ☒"))
            + cell(paragraph("F ☐ M ☒"))
            + cell(paragraph("Assurer ☒ la maintenance"))
        )
    )
    assert marks(document) == [
        ("blank", "Épreuve ponctuelle"),
        ("ticked", "Contrôle en cours de formation"),
        ("blank", "F"),
        ("ticked", "M"),
        ("ticked", "Assurer la maintenance"),
    ]


def test_content_controls_around_cells_and_rows_are_walked_through() -> None:
    wrapped = f"<w:sdt><w:sdtPr/><w:sdtContent>{cell('deux')}</w:sdtContent></w:sdt>"
    row = f"<w:sdt><w:sdtPr/><w:sdtContent><w:tr>{cell('a')}{cell('b')}</w:tr></w:sdtContent></w:sdt>"
    assert texts(read(table(cell("un") + wrapped, row))) == [["un", "deux"], ["a", "b"]]


def test_a_control_around_a_cell_may_be_the_box() -> None:
    boxed = checkbox("1", "", content=cell("☒"))
    assert marks(read(table(cell("Déployer") + boxed))) == [("ticked", "Déployer")]


def test_a_block_control_may_be_the_box() -> None:
    boxed = checkbox("0", "", content=paragraph("☐"))
    assert marks(read(table(cell("Déployer") + cell(boxed)))) == [("blank", "Déployer")]


def test_placeholder_text_is_nobodys() -> None:
    control = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('Cliquez ici')}</w:sdtContent></w:sdt>"
    block = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{paragraph('Cliquez ici')}</w:sdtContent></w:sdt>"
    document = read(paragraph(control) + block + table(cell(paragraph("Nom : ", control)) + cell(block)))
    assert texts(document) == [["Nom : ", ""]]
    assert document.text == ()


def test_spans_and_vertical_merges() -> None:
    document = read(
        table(
            cell("large", properties='<w:gridSpan w:val="2"/>') + cell("haut", properties='<w:vMerge w:val="restart"/>'),
            cell("x") + cell("y") + cell("", properties="<w:vMerge/>"),
        )
    )
    first, second = document.grids[0].rows
    assert [(c.text, c.col, c.col_span, c.row_span) for c in first] == [("large", 0, 2, 1), ("haut", 2, 1, 2)]
    assert [(c.text, c.col) for c in second] == [("x", 0), ("y", 1)]


def test_text_under_a_merge_is_read_and_reported() -> None:
    document = read(
        table(
            cell("haut", properties='<w:vMerge w:val="restart"/>') + cell("x"),
            cell("caché", properties="<w:vMerge/>") + cell("y"),
        )
    )
    assert document.grids[0].rows[0][0].text == "haut\ncaché"
    assert [finding.code for finding in document.findings] == ["hidden-content"]


def test_the_characters_of_an_equation_are_text() -> None:
    name = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    maths = f"<m:oMath {name}><m:r><m:t>x=2</m:t></m:r></m:oMath>"
    assert texts(read(table(cell(paragraph("Voir ", maths))))) == [["Voir x=2"]]


def test_breaks_tabs_and_special_hyphens() -> None:
    content = "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t></w:r>"
    page = '<w:r><w:br w:type="page"/><w:t>e</w:t></w:r>'
    assert texts(read(table(cell(paragraph(content, page))))) == [["a\tb\nc\u2011de"]]


def test_tracked_changes_count_as_their_final_state_and_are_reported() -> None:
    old = '<w:del w:author="Ex"><w:r><w:delText>☐</w:delText></w:r></w:del>'
    new = f'<w:ins w:author="Ex">{run("☒")}</w:ins>'
    document = read(table(cell("Déployer") + cell(paragraph(old, new))))
    assert marks(document) == [("ticked", "Déployer")]
    assert [(a.kind, a.text, a.author) for a in document.annotations] == [
        (AnnotationKind.DELETION, "☐", "Ex"),
        (AnnotationKind.INSERTION, "☒", "Ex"),
    ]
    assert [finding.code for finding in document.findings] == ["tracked-change"]


def test_hidden_text_is_read_and_reported() -> None:
    document = read(table(cell(paragraph("vu", run(" caché", "<w:vanish/>")))))
    assert texts(document) == [["vu caché"]]
    assert [finding.code for finding in document.findings] == ["hidden-content"]


def test_alternate_content_counts_once() -> None:
    branches = '<mc:Choice Requires="w14"><w:t>☒</w:t></mc:Choice><mc:Fallback><w:t>☒</w:t></mc:Fallback>'
    both = f"<w:r><mc:AlternateContent>{branches}</mc:AlternateContent></w:r>"
    assert len(read(table(cell("Déployer") + cell(paragraph(both)))).marks) == 1


def test_a_nested_table_is_a_grid_of_its_own() -> None:
    document = read(table(cell("dehors", table(cell("dedans") + cell("☒")))))
    assert [[c.text for c in row] for row in document.grids[0].rows] == [["dehors"]]
    assert [[c.text for c in row] for row in document.grids[1].rows] == [["dedans", "☒"]]
    assert marks(document) == [("ticked", "dedans")]


def test_word_comments_are_annotations() -> None:
    comments = (
        '<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f'<w:comment w:id="3" w:author="Mme Exemple">{paragraph("Revoir")}{paragraph("vite")}</w:comment></w:comments>'
    )
    [note] = read(paragraph("x"), {"word/comments.xml": comments}).annotations
    assert (note.kind, note.text, note.author) == (AnnotationKind.WORD_COMMENT, "Revoir\nvite", "Mme Exemple")


def test_another_namespace_prefix_reads_the_same() -> None:
    plain = package(table(cell("Déployer") + cell(paragraph(checkbox("1", "☒")))))
    with zipfile.ZipFile(io.BytesIO(plain)) as archive:
        xml = (
            archive.read("word/document.xml").decode().replace("<w:", "<x:").replace("</w:", "</x:").replace("xmlns:w=", "xmlns:x=")
        )
        xml = xml.replace(" w:val", " x:val")
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", xml)
    document = readers.read(Source.of(stream.getvalue(), "x.docx"))
    assert marks(document) == [("ticked", "Déployer")]


@settings(max_examples=80, derandomize=True)
@given(
    st.lists(st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="<&>"), min_size=1), min_size=1, max_size=6)
)
def test_splitting_text_into_runs_changes_nothing(parts: list[str]) -> None:
    from formfill.model.glyphs import BOX_GLYPHS

    split = read(table(cell(paragraph(*(run(part) for part in parts)))))
    whole = read(table(cell(paragraph(run("".join(parts))))))
    assert texts(split) == texts(whole)
    assert len(split.marks) == len(whole.marks) >= sum(char in BOX_GLYPHS for part in parts for char in part)


def test_damaged_packages_are_refused_in_french() -> None:
    whole = package(paragraph("x"))
    with pytest.raises(UnreadableSourceError, match="tronqué"):
        Source.of(whole[: len(whole) // 2], "x.docx")
    with pytest.raises(UnreadableSourceError, match="endommagé"):
        readers.read(Source.of(whole.replace(b"PK\x01\x02", b"PK\x01\x07"), "x.docx"))
    with pytest.raises(UnreadableSourceError, match="endommagé"):
        readers.read(Source.of(package("<w:p>"), "x.docx"))


def test_a_bomb_is_refused_before_it_is_inflated() -> None:
    with pytest.raises(SourceTooLargeError):
        read(paragraph("x") + "<!--" + " " * 70_000_000 + "-->")


def test_entities_are_never_resolved() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(
            "word/document.xml",
            '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
            '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
            "<w:body><w:p><w:r><w:t>&e;</w:t></w:r></w:p></w:body></w:document>",
        )
    try:
        document = readers.read(Source.of(stream.getvalue(), "x.docx"))
    except SourceError:
        return
    assert all("/" not in block.text and len(block.text) < 3 for block in document.text)


def test_an_encrypted_package_asks_for_its_password() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512 + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(EncryptedSourceError, match="mot de passe"):
        Source.of(ole, "x.docx")


def test_deeply_nested_tables_are_refused_not_crashed_on() -> None:
    body = "x"
    for _ in range(60):
        body = table(cell(body, paragraph("")))
    with pytest.raises(SourceError):
        read(body)


@settings(max_examples=150, derandomize=True)
@given(st.data())
def test_flipped_bytes_never_raise_anything_else(data: st.DataObject) -> None:
    whole = bytearray(package(table(cell("Déployer") + cell(paragraph(checkbox("1", "☒"))))))
    for _ in range(data.draw(st.integers(1, 12))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with suppress(SourceError):
        readers.read(Source.of(bytes(whole), "x.docx"))
