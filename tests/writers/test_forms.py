"""Forms with fields, whatever the writer: packages that Word and Excel open without repair, PDFs that the validator passes."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING, Any, Final

import formfill
import page as validator
import pikepdf
import pytest
from formfill import catalogue, pipeline
from formfill.errors import RenderError, TextDoesNotFitError
from formfill.model.completed import Comment
from formfill.model.document import MarkState
from formfill.writers import can_write
from lxml import etree
from openpyxl import load_workbook
from tests.form_records import made

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formfill.model.form import Form
    from formfill.model.record import Record

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14: Final = "{http://schemas.microsoft.com/office/word/2010/wordml}"
RELS: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}"
TYPES: Final = "{http://schemas.openxmlformats.org/package/2006/content-types}"
EDITIONS: Final = [(form, edition.id) for form in catalogue.forms() if form.layout is not None for edition in form.editions]
WORD: Final = [(form, edition) for form, edition in EDITIONS if can_write("docx", form)]
"""Those that are Word documents; the tableau is a sheet."""
TEMPLATES: Final = Path(__file__).parents[2] / "templates"
STRAY: Final = (Comment("word-comment", None, "Relu.\nBien.", "Mme Fictive"), Comment("text", None, "Vu le 3 mai", None))
TABLEAU: Final = catalogue.form("bts-sio-tableau-synthese")
ORDER: Final = ("rPr", "alias", "tag", "id", "lock", "placeholder", "showingPlcHdr", "checkbox")
"""Children of ``w:sdtPr`` that we write, in their order (ISO/IEC 29500-1 §17.5.2.38)."""


def name_of(value: Any) -> str:
    """A name for the cases of a test."""
    return value.id if hasattr(value, "id") else str(value)


def filled(form: Form, edition: str) -> Record:
    """Something in every field, every box in another state."""
    turn = iter(list(MarkState) * 1000)
    table = form.layout.table if form.layout is not None else None
    rows = [(section.id, f"Projet {section.id}", "2025", tuple(MarkState) * 2) for section in table.sections] if table else []
    texts = {"session": "2025", "descriptif": "Une ligne.\n\nUne autre.\t=cmd"}
    return made(form, edition, lambda field: texts.get(field, f"Texte de {field}"), lambda _f, _o: next(turn), rows, STRAY)


def parts(data: bytes) -> dict[str, bytes]:
    """The members of a package, each once."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        names = package.namelist()
        assert len(names) == len(set(names))
        return {name: package.read(name) for name in names}


def related(members: dict[str, bytes]) -> Iterator[tuple[str, str]]:
    """The source and the target of every relationship inside the package."""
    for name, data in members.items():
        if name.endswith(".rels"):
            ids = [item.get("Id") for item in etree.fromstring(data)]
            assert len(ids) == len(set(ids)), name
            base = dirname(dirname(name))
            for item in etree.fromstring(data).iter(RELS + "Relationship"):
                if item.get("TargetMode") != "External":
                    target = item.get("Target", "")
                    yield name, target.lstrip("/") if target.startswith("/") else normpath(join(base, target))


def assert_a_package(members: dict[str, bytes]) -> None:
    """Every part but pictures is XML, has a type, and is where its relationships say (ECMA-376 Part 2 §9)."""
    assert next(iter(members)) == "[Content_Types].xml"
    types = etree.fromstring(members["[Content_Types].xml"])
    known = {item.get("PartName", "").lstrip("/") for item in types.iter(TYPES + "Override")}
    extensions = {item.get("Extension") for item in types.iter(TYPES + "Default")}
    assert known <= members.keys()
    for name, data in members.items():
        assert name in known or name.rpartition(".")[2] in extensions or name == "[Content_Types].xml", name
        if "/media/" not in name:
            etree.fromstring(data)
    for source, target in related(members):
        assert target in members, (source, target)


@pytest.mark.parametrize("boxes", ["control", "legacy"])
@pytest.mark.parametrize(("form", "edition"), WORD, ids=name_of)
def test_word_opens_it(form: Form, edition: str, boxes: str) -> None:
    members = parts(pipeline.render(filled(form, edition), "docx", boxes=boxes).data)
    assert_a_package(members)
    root = etree.fromstring(members["word/document.xml"])
    assert "w14" in root.get("{http://schemas.openxmlformats.org/markup-compatibility/2006}Ignorable", "")
    ids = [item.get(W + "val") for item in root.iter(W + "id") if (own := item.getparent()) is not None and own.tag == W + "sdtPr"]
    assert len(ids) == len(set(ids))
    for sdt in root.iter(W + "sdt"):
        assert [child.tag for child in sdt] == [W + "sdtPr", W + "sdtContent"]
        names = [child.tag.rpartition("}")[2] for child in sdt[0]]
        assert names == sorted(names, key=ORDER.index)
        assert len(sdt[1])
    for cell in root.iter(W + "tc"):
        # a cell ends with a paragraph, or with a control that does
        last = cell[-1]
        assert last.tag == W + "p" or (last.tag == W + "sdt" and last[1][-1].tag == W + "p")
    for run in root.iter(W + "r"):
        shape = run.find(W + "rPr")
        assert shape is None or run[0] is shape
    for paragraph in root.iter(W + "p"):
        shape = paragraph.find(W + "pPr")
        assert shape is None or paragraph[0] is shape
    begun = [char.get(W + "fldCharType") for char in root.iter(W + "fldChar")]
    assert begun.count("begin") == begun.count("end")
    styles = {style.get(W + "styleId") for style in etree.fromstring(members["word/styles.xml"]).iter(W + "style")}
    assert {item.get(W + "val") for name in ("pStyle", "rStyle", "tblStyle") for item in root.iter(W + name)} <= styles
    noted = {item.get(W + "id") for item in etree.fromstring(members["word/comments.xml"]).iter(W + "comment")}
    assert {item.get(W + "id") for item in root.iter(W + "commentReference")} == noted == {"0"}


@pytest.mark.parametrize(("form", "edition"), WORD, ids=name_of)
def test_each_control_holds_what_its_tag_names(form: Form, edition: str) -> None:
    """Read by the tags, not by our reader: the right text in the right field, the right state in the right box."""
    record = filled(form, edition)
    root = etree.fromstring(parts(formfill.render(record, "docx"))["word/document.xml"])
    texts = {answer.field: answer.value for answer in record.answers}
    states = {f"{box.field}:{box.option}": box.state for box in record.boxes}
    shown = {MarkState.BLANK: ("0", "☐"), MarkState.TICKED: ("1", "☒"), MarkState.UNCERTAIN: ("0", "⍰")}
    found = set()
    for sdt in root.iter(W + "sdt"):
        tag = next(sdt.iter(W + "tag")).get(W + "val", "")
        found.add(tag)
        text = "\n".join(_text(p) for p in sdt[1].iter(W + "p")) if sdt[1].find(W + "p") is not None else _text(sdt[1])
        if ":" in tag:
            checked = next(sdt.iter(W14 + "checked")).get(W14 + "val")
            assert (checked, text) == shown[states[tag]], tag
        else:
            assert text.rstrip("\n") == texts[tag], tag
    boxed = {box.field for box in record.boxes}
    assert found - {"formfill.epreuve"} == states.keys() | {a.field for a in record.answers if a.field not in boxed}


def _text(element: Any) -> str:
    signs = {W + "tab": "\t", W + "br": "\n"}
    return "".join(
        signs.get(child.tag, child.text or "") for run in element.iter(W + "r") for child in run if child.tag != W + "rPr"
    )


def test_boxes_can_be_clicked_and_fields_filled_in() -> None:
    form = catalogue.form("bts-sio-fiche-sisr")
    record = made(form, "VII-1", lambda _field: None, lambda _field, _option: MarkState.BLANK)
    root = etree.fromstring(parts(formfill.render(record, "docx"))["word/document.xml"])
    tags = [tag.get(W + "val", "") for tag in root.iter(W + "tag")]
    assert {"competences:B2.1", "modalite:equipe", "organisation", "descriptif"} <= set(tags)
    assert len(list(root.iter(W14 + "checkbox"))) == 7
    # what the blank prints is still there: the dots of the date, the lines to write on
    assert "...... / ...... /............" in "".join(t.text or "" for t in root.iter(W + "t"))
    plain = pipeline.render(record, "docx", boxes="legacy").data
    root = etree.fromstring(parts(plain)["word/document.xml"])
    assert len(list(root.iter(W + "checkBox"))) == 7
    assert not list(root.iter(W14 + "checkbox"))


@pytest.mark.parametrize(("session", "epreuve"), [("2024", "E5"), ("2025", "E6"), (None, "E6")])
def test_an_edition_of_two_sessions_prints_the_epreuve_of_its_own(session: str | None, epreuve: str) -> None:
    form = catalogue.form("bts-sio-fiche-slam")
    texts = {"session": session}
    record = made(form, "9-1", texts.get, lambda _field, _option: MarkState.BLANK)
    root = etree.fromstring(parts(formfill.render(record, "docx"))["word/document.xml"])
    text = "".join(t.text or "" for t in root.iter(W + "t"))
    assert f"Épreuve {epreuve} - Conception" in text
    assert "ANNEXE 9-1-B" in text
    assert "VII-1" not in text


# ------------------------------------------------------------------------------------------------------------- the workbook


def sheet(record: Record) -> Any:
    return load_workbook(io.BytesIO(formfill.render(record, "xlsx"))).active


@pytest.mark.parametrize("edition", [edition.id for edition in TABLEAU.editions])
def test_excel_opens_it(edition: str) -> None:
    members = parts(formfill.render(filled(TABLEAU, edition), "xlsx"))
    assert_a_package(members)


def test_a_tableau_grows_with_its_rows() -> None:
    crosses = (MarkState.TICKED, *(MarkState.BLANK,) * 5)
    rows = [("formation", f"Projet {number}", "2025", crosses) for number in range(14)] + [
        ("seconde_annee", "Stage", "2026", crosses)
    ]
    record = made(TABLEAU, "VI", lambda _field: None, lambda _field, _option: MarkState.BLANK, rows)
    page = sheet(record)
    assert page.title == "Tableau de synthèse Épreuve E5"
    assert page.print_area == "'Tableau de synthèse Épreuve E5'!$A$1:$H$39"
    assert [page[f"A{row}"].value for row in (9, 22, 23, 31, 32)] == [
        "Projet 0",
        "Projet 13",
        "Réalisations en milieu professionnel en cours de première année",
        "Réalisations en milieu professionnel en cours de seconde année",
        "Stage",
    ]
    assert [page[f"{column}22"].value for column in "CDEFGH"] == ["X", None, None, None, None, None]
    merged = {str(item) for item in page.merged_cells.ranges}
    assert {"A8:H8", "A23:H23", "A31:H31", "A1:F1"} <= merged
    # the borders of the rows are those of the official sheet
    assert page["C22"].border.bottom.style
    assert page.row_dimensions[22].height == pytest.approx(39.95)


def test_no_cell_is_a_formula() -> None:
    record = made(TABLEAU, "VI", lambda _field: "=cmd|' /C calc'!A0", lambda _field, _option: MarkState.BLANK)
    page = sheet(record)
    assert not [cell for row in page.iter_rows() for cell in row if cell.data_type == "f"]
    assert page["A3"].value == "NOM et prénom : =cmd|' /C calc'!A0"


def test_what_looks_like_an_escape_is_written_as_it_is() -> None:
    record = made(TABLEAU, "VI", lambda _field: "_x0041_", lambda _field, _option: MarkState.BLANK)
    back = formfill.read(formfill.render(record, "xlsx"), name="form.xlsx")
    assert {answer.value for answer in back.answers if isinstance(answer.value, str)} == {"_x0041_"}


def test_a_text_longer_than_a_cell_is_refused_and_named() -> None:
    texts = {"centre": "m" * 40_000}
    record = made(TABLEAU, "VI", texts.get, lambda _field, _option: MarkState.BLANK)
    with pytest.raises(TextDoesNotFitError) as raised:
        formfill.render(record, "xlsx")
    assert "centre" in str(raised.value)
    assert formfill.render(record, "pdf")


def test_a_form_that_is_no_sheet_has_no_workbook() -> None:
    form = catalogue.form("bts-sio-fiche-slam")
    with pytest.raises(RenderError):
        formfill.render(filled(form, "VII-1"), "xlsx")
    with pytest.raises(RenderError):
        formfill.render(filled(TABLEAU, "VI"), "docx")


# ------------------------------------------------------------------------------------------------------------------ the PDF


@pytest.mark.parametrize(("form", "edition"), EDITIONS, ids=name_of)
def test_the_validator_passes_it(form: Form, edition: str) -> None:
    data = formfill.render(filled(form, edition), "pdf")
    for profile, rules in (("3a", 150), ("ua1", 100)):
        report = validator.validate_pdf_bytes(data, profile=profile)
        assert report.rules.total >= rules
        assert [f"{failure.rule_id}: {failure.message}" for failure in report.failures] == []
    assert data == formfill.render(filled(form, edition), "pdf")
    with pikepdf.open(io.BytesIO(data)) as document:
        assert list(document.attachments) == ["record.json"]
        assert "Texte" not in str(document.docinfo)


def alternatives(data: bytes) -> list[str]:
    """What a PDF says to those who do not see its boxes and pictures, in reading order."""
    found: list[str] = []

    def walk(node: Any) -> None:
        if isinstance(node, pikepdf.Array):
            for child in node:
                walk(child)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            found.extend([str(node.Alt)] if "/Alt" in node else [])
            if "/K" in node:
                walk(node.K)

    with pikepdf.open(io.BytesIO(data)) as document:
        walk(document.Root.StructTreeRoot.K)
    return found


def test_boxes_say_what_they_are_to_those_who_do_not_see_them() -> None:
    form = catalogue.form("bts-sio-fiche-sisr")
    found = alternatives(formfill.render(filled(form, "VII-1"), "pdf"))
    assert found == ["coché", "non coché", "incertain", "coché", "non coché", "incertain", "coché"]


def test_a_character_without_a_glyph_is_substituted_and_told() -> None:
    form = catalogue.form("bts-sio-fiche-sisr")
    texts = {"lieu": "漢字"}
    record = made(form, "VII-1", texts.get, lambda _field, _option: MarkState.BLANK)
    rendition = pipeline.render(record, "pdf")
    assert [(finding.code, finding.field) for finding in rendition.findings] == [("substituted-character", "lieu")]
    back = formfill.read(rendition.data, name="form.pdf")
    answer = back.answer("lieu")
    assert answer is not None
    assert answer.value == "漢字"


# ------------------------------------------------------------------------------------------------------------- the templates


def test_the_templates_are_what_their_tool_makes() -> None:
    from tools.make_templates import BLANKS, SHEETS, SOURCES, make

    for form, (_tag, editions) in SOURCES.items():
        assert set(editions) == {edition.id for edition in catalogue.form(form).editions}
    form = "bts-sio-fiche-slam"
    for edition in SOURCES[form][1]:
        assert (TEMPLATES / form / f"blank-{edition}.docx").read_bytes() == make(form, edition)
    for edition, name in SHEETS.items():
        assert (TEMPLATES / TABLEAU.id / f"blank-{edition}.xlsx").read_bytes() == (BLANKS / name).read_bytes()


@pytest.mark.parametrize(("form", "edition"), WORD, ids=name_of)
def test_a_template_prints_its_blank(form: Form, edition: str) -> None:
    """Nothing of the official text is lost or added by the controls, the title lines of another edition apart."""
    from tools.make_templates import BLANKS, SOURCES

    name, reprinted = SOURCES[form.id][1][edition]
    wanted = _words(BLANKS / name)
    for old, new in reprinted:
        wanted = wanted.replace("".join(old.split()), "".join(new.split()))
    got = _words(TEMPLATES / form.id / f"blank-{edition}.docx")
    # the year is written by the record
    assert got == re.sub(r"(?i)(session)\d{4}", r"\1", wanted)


def _words(path: Any) -> str:
    with zipfile.ZipFile(path) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    return "".join("".join((t.text or "").split()) for t in root.iter(W + "t"))
