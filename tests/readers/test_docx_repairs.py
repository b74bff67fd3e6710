"""Word packages of other kinds, and damaged ones that Word repairs: read where the meaning is plain, and reported."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest
from formfill import readers
from formfill.errors import UnreadableSourceError
from formfill.source import Source
from tests.readers import encodings_docx as zoo
from tests.readers.packages import W_ONLY, cell, item, numbering, package, paragraph, relationships, table

if TYPE_CHECKING:
    from collections.abc import Callable

    from formfill.model.document import Document

MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TICKED = paragraph("☒ Seul(e)")


def read(data: bytes, name: str = "essai.docx") -> Document:
    return readers.read(Source.of(data, name))


def marks(document: Document) -> list[tuple[str, str]]:
    return [(mark.state.value, mark.label) for mark in document.marks]


def codes(document: Document) -> list[str]:
    return [finding.code for finding in document.findings]


def rewritten(data: bytes, name: Callable[[str], str] = str, content: Callable[[bytes], bytes] = bytes) -> bytes:
    """The same package with other names, or other contents."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for member in old.namelist():
            new.writestr(name(member), content(old.read(member)))
    return out.getvalue()


@pytest.mark.parametrize(
    ("suffix", "kind"),
    [
        ("docm", "application/vnd.ms-word.document.macroEnabled.main+xml"),
        ("dotx", "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"),
        ("dotm", "application/vnd.ms-word.template.macroEnabledTemplate.main+xml"),
    ],
)
def test_templates_and_documents_with_macros_are_read_and_their_macros_are_not(suffix: str, kind: str) -> None:
    parts: dict[str, str | bytes] = {"word/vbaProject.bin": b"\xd0\xcf\x11\xe0 not even a project"}
    data = rewritten(package(TICKED, parts), content=lambda part: part.replace(MAIN.encode(), kind.encode()))
    source = Source.of(data, f"essai.{suffix}")
    assert source.format == "docx"
    document = readers.read(source)
    assert marks(document) == [("ticked", "Seul(e)")]
    assert codes(document) == []


@pytest.mark.parametrize(
    "name",
    [
        lambda name: name.replace("/", "\\"),
        lambda name: f"/{name}",
        lambda name: name.replace("word/", "Word/"),
        lambda name: name.replace("word/", "WORD/").replace("document", "Document").replace("numbering", "Numbering"),
    ],
    ids=["backslashes", "leading slash", "capital folder", "capitals"],
)
def test_parts_under_names_that_are_no_part_names_are_found_and_reported(name: Callable[[str], str]) -> None:
    data = package(item(1, "Seul(e)"), {"word/numbering.xml": numbering(("\uf0a8", "Wingdings"))})
    assert marks(read(data)) == [("blank", "Seul(e)")]
    document = read(rewritten(data, name))
    assert marks(document) == [("blank", "Seul(e)")]
    assert codes(document) == ["repaired-package"]


def test_a_member_that_stands_twice_is_reported() -> None:
    stream = io.BytesIO(package(TICKED))
    with zipfile.ZipFile(stream, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("word/document.xml", zipfile.ZipFile(io.BytesIO(package(TICKED))).read("word/document.xml"))
    document = read(stream.getvalue())
    assert marks(document) == [("ticked", "Seul(e)")]
    assert codes(document) == ["repaired-package"]


def test_ids_that_stand_twice_are_reported() -> None:
    comment = f'<w:comment w:id="1" w:author="Mme Exemple">{paragraph("Bien")}</w:comment>'
    notes = f'<w:footnotes {W_ONLY}>{f"""<w:footnote w:id="2">{paragraph("note")}</w:footnote>""" * 2}</w:footnotes>'
    lists = numbering(("\uf0a8", "Wingdings"))
    number = '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    for part, body, text in (
        ("comments", TICKED, f"<w:comments {W_ONLY}>{comment * 2}</w:comments>"),
        ("footnotes", paragraph("☒ Seul(e)", reference), notes),
        ("numbering", TICKED + item(1, "En équipe"), lists.replace(number, number * 2)),
    ):
        document = read(package(body, {f"word/{part}.xml": text}))
        assert ("ticked", "Seul(e)") in marks(document)
        assert codes(document) == ["repaired-package"], part
        assert f"word/{part}.xml" in document.findings[0].message


def test_a_relationship_id_that_stands_twice_is_reported_and_the_first_counts() -> None:
    encoding = next(one for one in zoo.ENCODINGS if one.name == "ActiveX check box")
    rels = relationships(("rId5", "control", "activeX/activeX1.xml"), ("rId5", "image", "media/image1.png"))
    parts: dict[str, str | bytes] = {**encoding.parts, "word/_rels/document.xml.rels": rels, "word/media/image1.png": b""}
    document = read(package(encoding.ticked, parts))
    assert marks(document) == [("ticked", "Seul(e)")]
    assert codes(document) == ["repaired-package"]


def test_a_control_whose_part_is_gone_is_reported() -> None:
    encoding = next(one for one in zoo.ENCODINGS if one.name == "ActiveX check box")
    document = read(package(encoding.ticked, {name: part for name, part in encoding.parts.items() if "rels" not in name}))
    assert marks(document) == []
    assert codes(document) == ["repaired-package"]


@pytest.mark.parametrize(
    "data",
    [
        package(TICKED)[:-40],
        rewritten(package(TICKED), name=lambda name: name.replace("document", "texte")),
        rewritten(package(TICKED), content=lambda part: part.replace(b"</w:p>", b"")),
    ],
    ids=["truncated", "no document", "no well-formed XML"],
)
def test_what_is_not_plain_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableSourceError):
        read(data)


def cut(kind: str, *content: str) -> str:
    """A paragraph whose mark is a tracked deletion, or moved away."""
    return paragraph(*content).replace("<w:p>", f'<w:p><w:pPr><w:rPr><w:{kind} w:author="E"/></w:rPr></w:pPr>')


@pytest.mark.parametrize("kind", ["del", "moveFrom"])
def test_a_deleted_paragraph_mark_joins_two_paragraphs(kind: str) -> None:
    two = cut(kind, "☒ Seul") + '<w:bookmarkStart w:id="1"/>' + paragraph("(e)")
    for body in (two, table(cell("Modalité") + cell(two))):
        document = read(package(body))
        assert marks(document) == [("ticked", "Seul(e)")]
        assert codes(document) == ["tracked-change"]
        assert [(note.kind.value, note.text, note.author) for note in document.annotations] == [("deletion", "\n", "E")]


def test_several_deleted_marks_join_in_order_and_the_last_keeps_its_list() -> None:
    lists: dict[str, str | bytes] = {"word/numbering.xml": numbering(("\uf0a8", "Wingdings"))}
    document = read(package(cut("del", "En ") + cut("del", "équipe, ") + item(1, "oui"), lists))
    assert [block.text for block in document.text] == ["☐\tEn équipe, oui"]
    document = read(
        package(item(1, "a").replace("</w:pPr>", '<w:rPr><w:del w:author="E"/></w:rPr></w:pPr>') + paragraph("b"), lists)
    )
    assert [block.text for block in document.text] == ["ab"]


def test_the_last_deleted_mark_of_a_cell_has_nothing_to_join() -> None:
    document = read(package(table(cell("Modalité") + cell(cut("del", "☒ Seul(e)")))))
    assert marks(document) == [("ticked", "Seul(e)")]


def test_a_kept_paragraph_mark_joins_nothing() -> None:
    document = read(
        package(paragraph("☒ Seul", '<w:del w:author="E"><w:r><w:delText>x</w:delText></w:r></w:del>') + paragraph("(e)"))
    )
    assert marks(document) == [("ticked", "Seul")]
