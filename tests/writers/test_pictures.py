"""Pictures that a candidate put in a field come back in the same field of the clean form, or a finding says why not."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from typing import TYPE_CHECKING, Any, Final

import formfill
import pikepdf
import pytest
from formfill import pipeline
from formfill.cli import run_command_line
from formfill.model.completed import AnswerState
from formfill.model.raster import raster
from lxml import etree
from PIL import Image
from tests.samples import ROOT
from tests.writers.test_forms import alternatives, assert_a_package, parts
from tests.writers.test_pdf import failures

if TYPE_CHECKING:
    from pathlib import Path

    from formfill.model.record import Record

SOURCE: Final = ROOT / "bts-sio-fiche-sisr" / "legacy-fields" / "source.docx"
W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DRAWING: Final = (
    '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:drawing><wp:inline'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><wp:extent cx="{cx}" cy="{cy}"/>'
    '<wp:docPr id="{id}" name="x" descr="{alt}"/><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/{uri}">{inside}</a:graphicData></a:graphic></wp:inline>'
    "</w:drawing></w:r>"
)
PICTURE: Final = (
    '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr><pic:cNvPr id="1" name="y"/>'
    '<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:{link}="{relation}"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/></pic:blipFill><pic:spPr/></pic:pic>'
)
CHART: Final = (
    '<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rId1"/>'
)


def picture(kind: str, colour: str = "red", size: tuple[int, int] = (160, 80), mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, colour if mode == "RGB" else None).save(out, kind)
    return out.getvalue()


PNG, JPEG, GIF, BMP = (picture(kind) for kind in ("PNG", "JPEG", "GIF", "BMP"))
EMF: Final = b"\x01\x00\x00\x00" + bytes(36) + b" EMF" + bytes(40)


def drawing(relation: str, alt: str = "", inside: str = PICTURE, *, link: str = "embed", uri: str = "picture") -> Any:
    made = DRAWING.format(cx=2540000, cy=1270000, id=77, alt=alt, uri=uri, inside=inside.format(relation=relation, link=link))
    return etree.fromstring(made)


def document(after: dict[str, list[Any]], media: dict[str, bytes]) -> bytes:
    """The sample with runs at the end of paragraphs that begin with a text, or in a paragraph of their own after it (``+``)."""
    out = io.BytesIO()
    with zipfile.ZipFile(SOURCE) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "word/document.xml":
                root = etree.fromstring(data)
                for text, runs in after.items():
                    found = [p for p in root.iter(W + "p") if "".join(map(str, p.itertext())).strip().startswith(text.lstrip("+"))]
                    own = found[-1]
                    if text.startswith("+"):
                        own = etree.Element(W + "p")
                        found[-1].addnext(own)
                    own.extend(runs)
                data = etree.tostring(root)
            if name == "word/_rels/document.xml.rels":
                made = "".join(
                    f'<Relationship Id="{name.partition(".")[0]}" Target="media/{name}"'
                    ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"/>'
                    for name in media
                )
                data = data.replace(b"</Relationships>", f"{made}</Relationships>".encode())
            target.writestr(name, data)
        for name, data in media.items():
            target.writestr(f"word/media/{name}", data)
    return out.getvalue()


def told(record: Record) -> list[tuple[Any, ...]]:
    return [(p.field, p.line, p.sha256, p.type, p.alt) for p in record.pictures]


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def codes(record: Record) -> list[tuple[str, str | None]]:
    return [(finding.code, finding.field) for finding in record.findings if finding.code.startswith("picture")]


SHOTS: Final = document(
    {
        "+1. Contexte": [drawing("one", "Schéma du réseau « avant »")],
        "Ressources fournies": [drawing("two")],
        "+Documentation de l": [drawing("three"), drawing("four")],
    },
    {"one.png": PNG, "two.jpeg": JPEG, "three.gif": GIF, "four.bmp": BMP},
)


def test_pictures_are_told_with_their_field_and_change_nothing_else() -> None:
    plain, record = formfill.read(SOURCE), formfill.read(SHOTS, name="x.docx")
    assert told(record) == [
        ("conditions", 0, digest(JPEG), "image/jpeg", ""),
        ("ressources", 0, digest(GIF), "image/gif", ""),
        ("ressources", 0, digest(BMP), "image/bmp", ""),
        ("descriptif", 0, digest(PNG), "image/png", "Schéma du réseau « avant »"),
    ]
    assert {a.field: a.value for a in record.answers if a.field != "descriptif"} == {
        a.field: a.value for a in plain.answers if a.field != "descriptif"
    }
    assert record.boxes == plain.boxes
    assert codes(record) == []
    assert (record.pictures[0].width, record.pictures[0].height) == (200, 100)
    assert formfill.from_json(formfill.to_json(record)) == record
    assert "pictures" not in json.loads(formfill.to_json(plain))


def test_word_documents_take_them_byte_for_byte() -> None:
    record = formfill.read(SHOTS, name="x.docx")
    rendition = pipeline.render(record, "docx", pictures=formfill.pictures(SHOTS))
    assert rendition.findings == ()
    members = parts(rendition.data)
    media = {name: data for name, data in members.items() if "/media/" in name}
    assert sorted(media.values()) == sorted((PNG, JPEG, GIF, BMP))
    assert_a_package(members)
    types = etree.fromstring(members["[Content_Types].xml"])
    assert {"png", "jpeg", "gif", "bmp"} <= {item.get("Extension") for item in types}
    root = etree.fromstring(members["word/document.xml"])
    names = [item.get("id") for item in root.iter() if item.tag.endswith("}docPr")]
    assert len(names) == len(set(names)) == 4
    back = formfill.read(rendition.data, name="form.docx")
    assert told(back) == told(record)
    assert [(a.field, a.value) for a in back.answers] == [(a.field, a.value) for a in record.answers]
    assert "attachment-differs" not in {finding.code for finding in back.findings}
    again = pipeline.render(back, "docx", pictures=formfill.pictures(rendition.data))
    assert told(formfill.read(again.data, name="form.docx")) == told(record)


def test_a_blank_field_may_hold_a_picture_alone() -> None:
    data = document({"Modalités d": [drawing("one")]}, {"one.png": PNG})
    record = formfill.read(data, name="x.docx")
    record = record._replace(
        answers=tuple(a._replace(value=None, state=AnswerState.EMPTY) if a.field == "acces" else a for a in record.answers),
        pictures=(record.pictures[0]._replace(field="acces", line=-1),),
    )
    for to in ("docx", "pdf"):
        rendition = pipeline.render(record, to, pictures=formfill.pictures(data))
        assert rendition.findings == ()
        back = formfill.read(rendition.data, name=f"form.{to}")
        assert told(back) == told(record)
        answer = back.answer("acces")
        assert answer is not None
        assert answer.value is None


def test_archive_pages_take_them_with_their_description() -> None:
    record = formfill.read(SHOTS, name="x.docx")
    rendition = pipeline.render(record, "pdf", pictures=formfill.pictures(SHOTS))
    # a bitmap of Windows is no picture of a PDF
    assert [(f.code, f.field) for f in rendition.findings] == [("picture-left-out", "ressources")]
    assert failures(rendition.data) == []
    assert rendition.data == pipeline.render(record, "pdf", pictures=formfill.pictures(SHOTS)).data
    with pikepdf.open(io.BytesIO(rendition.data)) as pdf:
        assert sum(len(page.get_images()) for page in pdf.pages) == 3
    found = alternatives(rendition.data)
    assert "Schéma du réseau « avant »" in found
    assert found.count("Image sans description") == 2
    back = formfill.read(rendition.data, name="form.pdf")
    assert told(back) == told(record)
    assert [(a.field, a.value) for a in back.answers] == [(a.field, a.value) for a in record.answers]
    kept = formfill.pictures(rendition.data, name="form.pdf")
    assert {digest(data) for data in kept.values()} == kept.keys() == {digest(PNG), digest(JPEG), digest(GIF)}
    assert len([name for name in parts(pipeline.render(back, "docx", pictures=kept).data) if "/media/" in name]) == 3


def test_a_page_of_html_shows_them_and_texts_say_that_they_cannot() -> None:
    record = formfill.read(SHOTS, name="x.docx")
    pictures = formfill.pictures(SHOTS)
    page = pipeline.render(record, "html", pictures=pictures)
    assert page.findings == ()
    text = page.data.decode()
    assert re.findall(r'<img class="picture" src="data:(image/\w+);base64', text) == [
        "image/jpeg",
        "image/gif",
        "image/bmp",
        "image/png",
    ]
    assert 'alt="Schéma du réseau « avant »"' in text
    for to in ("txt", "json"):
        findings = pipeline.render(record, to, pictures=pictures).findings
        assert [(f.code, f.field) for f in findings] == [("picture-left-out", p.field) for p in record.pictures]


@pytest.mark.parametrize(
    ("inside", "media", "kind"),
    [
        (drawing("one"), {"one.emf": EMF}, "image/x-emf"),
        (drawing("one"), {"one.wmf": b"\xd7\xcd\xc6\x9a" + bytes(30)}, "image/x-wmf"),
        (drawing("one"), {"one.svg": b"<svg onload='alert(1)'/>"}, "image/x-svg"),
        (drawing("one"), {"one.tif": picture("TIFF")}, "image/tiff"),
        (drawing("one"), {"one.png": b"no picture"}, "image/x-png"),
        (drawing("nothing", link="link"), {}, "linked"),
        (drawing("", inside=CHART, uri="chart"), {}, "chart"),
    ],
)
def test_what_no_form_can_take_is_told(inside: Any, media: dict[str, bytes], kind: str) -> None:
    data = document({"+1. Contexte": [inside]}, media)
    record = formfill.read(data, name="x.docx")
    assert [(p.field, p.type) for p in record.pictures] == [("descriptif", kind)]
    assert codes(record) == [("picture-left-out", "descriptif")]
    clean = pipeline.render(record, "docx", pictures=formfill.pictures(data)).data
    assert not [name for name in parts(clean) if "/media/" in name]


def test_a_picture_of_no_field_is_told() -> None:
    data = document({"ANNEXE": [drawing("one")]}, {"one.png": PNG})
    record = formfill.read(data, name="x.docx")
    assert [p.field for p in record.pictures] == [None]
    assert codes(record) == [("picture-left-out", None)]
    assert [(a.field, a.value) for a in record.answers] == [(a.field, a.value) for a in formfill.read(SOURCE).answers]


def test_pictures_beyond_the_most_that_are_told_apart_are_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("formfill.readers._wordpictures.MOST", 2)
    record = formfill.read(SHOTS, name="x.docx")
    assert [picture.alt for picture in record.pictures][2:] == ["et les suivantes"]
    (left,) = [finding for finding in record.findings if finding.code == "picture-left-out"]
    assert "et les suivantes" in left.message


def test_bytes_that_are_not_those_of_the_record_are_not_taken() -> None:
    record = formfill.read(SHOTS, name="x.docx")
    wrong = dict.fromkeys(formfill.pictures(SHOTS), picture("PNG", "blue"))
    for given in ({}, wrong):
        rendition = pipeline.render(record, "docx", pictures=given)
        assert len([f for f in rendition.findings if f.code == "picture-left-out"]) == 4
        assert not [name for name in parts(rendition.data) if "/media/" in name]


def test_a_picture_that_is_damaged_inside_costs_no_form() -> None:
    broken = PNG[:60] + b"\x00" * 40 + PNG[100:]
    assert raster(broken) is not None
    data = document({"+1. Contexte": [drawing("one")]}, {"one.png": broken})
    record = formfill.read(data, name="x.docx")
    rendition = pipeline.render(record, "pdf", pictures=formfill.pictures(data))
    assert failures(rendition.data) == []


def test_the_heads_of_pictures() -> None:
    for data, kind in ((PNG, "image/png"), (JPEG, "image/jpeg"), (GIF, "image/gif"), (BMP, "image/bmp")):
        found = raster(data)
        assert found is not None
        assert (found.type, found.width, found.height, found.moves) == (kind, 160, 80, False)
        for length in range(len(data)):
            # cut anywhere, it is told or refused, never an error
            raster(data[:length])
    inks = raster(picture("JPEG", mode="CMYK"))
    assert inks is not None
    assert inks.channels == 4
    bomb = PNG[:16] + (10**5).to_bytes(4, "big") * 2 + PNG[24:]
    found = raster(bomb)
    assert found is not None
    assert not found.fits
    data = document({"+1. Contexte": [drawing("one")]}, {"one.png": bomb})
    assert formfill.pictures(data) == {}
    film = io.BytesIO()
    Image.new("RGB", (9, 9), "red").save(film, "GIF", save_all=True, append_images=[Image.new("RGB", (9, 9), "blue")])
    moving = raster(film.getvalue())
    assert moving is not None
    assert moving.moves


def test_commands_take_them_from_the_original_or_beside_the_record(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def left_out(*arguments: str | Path) -> int:
        capsys.readouterr()
        assert run_command_line([str(argument) for argument in arguments]) in (0, 1)
        return capsys.readouterr().err.count("picture-left-out")

    source = tmp_path / "fiche.docx"
    source.write_bytes(SHOTS)
    left_out("run", source, "--out", tmp_path / "out", "--quiet")
    (record,) = (tmp_path / "out").rglob("record.json")
    stored = formfill.from_json(record.read_text(encoding="utf-8"))
    # of the two forms written, one could not show one of them
    assert codes(stored) == [("picture-left-out", "ressources")]
    assert len([n for n in parts((record.parent / "form.docx").read_bytes()) if "/media/" in n]) == 4
    clean = tmp_path / "clean.docx"
    for extra in ((), ("--source", str(source))):
        assert left_out("render", record, "--to", "docx", "-o", clean, *extra) == 0
        assert len([name for name in parts(clean.read_bytes()) if "/media/" in name]) == 4
    alone = tmp_path / "alone.json"
    alone.write_bytes(record.read_bytes())
    assert left_out("render", alone, "--to", "docx", "-o", clean) == 4
    book = tmp_path / "book.pdf"
    for given in (source, record):
        assert left_out("merge", given, "-o", book) == 1
        assert failures(book.read_bytes()) == []
