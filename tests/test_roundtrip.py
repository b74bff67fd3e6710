"""The law of the project: what is read, rendered and read again is the same, or the rendering was refused."""

from __future__ import annotations

import io
import re
import zipfile
from base64 import b64decode
from typing import TYPE_CHECKING, Any, Final

import formfill
import pikepdf
import pytest
from formfill import catalogue, pipeline
from formfill.errors import UnprintableTextError
from formfill.model.completed import AnswerState, Comment
from formfill.model.document import MarkState
from formfill.source import Source
from hypothesis import HealthCheck, given, settings
from tests.samples import Sample, samples
from tests.samples import record as read_sample
from tests.strategies import record as make_record
from tests.strategies import records

if TYPE_CHECKING:
    from formfill.model.record import Record

FORM: Final = catalogue.form("bts-sio-grille-bloc1")
FORMATS: Final = ("docx", "pdf", "txt", "json")


def again(record: Record, to: str) -> Record:
    """The record rendered and read back."""
    data = formfill.render(record, to)
    return formfill.from_json(data.decode()) if to == "json" else formfill.read(data, name=f"form.{to}")


def told(record: Record) -> dict[str, Any]:
    """What must come back: answers, boxes and comments, places and evidence aside."""
    return {
        "form": record.form and record.form.id,
        "answers": [(answer.field, answer.value, answer.state.value) for answer in record.answers],
        "boxes": [(box.field, box.option, box.label, box.row, box.state.value) for box in record.boxes],
        "comments": [(comment.kind, comment.field, comment.text, comment.author) for comment in record.comments],
    }


def assert_same(record: Record, to: str) -> None:
    back = again(record, to)
    got, wanted = told(back), told(record)
    for part, value in wanted.items():
        assert got[part] == value
    assert [finding.code for finding in back.findings if finding.code == "attachment-differs"] == []


def ambiguous(record: Record) -> bool:
    """Whether a text cannot tell the record from another: its cells and rows are told by tabs and empty lines alone."""
    texts = [answer.value for answer in record.answers if isinstance(answer.value, str)]
    return any("\n\t" in f"\n{text}" or text.endswith("\n") or not text.strip() or UNREADABLE.search(text) for text in texts)


UNREADABLE: Final = re.compile("[\x00-\x08\x0b-\x1f\x85\u2028\u2029\ud800-\udfff]")
GRIDS: Final = [sample for sample in samples() if sample.path.parent.parent.name == FORM.id]
"""The samples of the form that has templates; ``test_forms.py`` has the others."""
KNOWN: Final = [sample for sample in GRIDS if read_sample(sample).form is not None]


@pytest.mark.parametrize("to", FORMATS)
@pytest.mark.parametrize("sample", KNOWN, ids=lambda sample: sample.id)
def test_a_sample_comes_back_the_same(sample: Sample, to: str) -> None:
    assert_same(read_sample(sample), to)


def test_a_sample_that_is_no_form_is_not_rendered() -> None:
    unknown = [sample for sample in GRIDS if sample not in KNOWN]
    assert {sample.case for sample in unknown} == {"look-alike"}
    for sample in unknown:
        with pytest.raises(formfill.FormfillError):
            formfill.render(read_sample(sample), "docx")


def _law(record: Record, to: str) -> None:
    refused = False
    try:
        assert_same(record, to)
    except UnprintableTextError:
        refused = True
    assert not refused or (to == "txt" and ambiguous(record))


def _settings(examples: int) -> settings:
    return settings(max_examples=examples, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck), database=None)


@_settings(100)
@given(records(FORM))
def test_any_record_survives_json(record: Record) -> None:
    _law(record, "json")


@_settings(100)
@given(records(FORM))
def test_any_record_survives_a_text_or_is_refused(record: Record) -> None:
    _law(record, "txt")


@_settings(100)
@given(records(FORM))
def test_any_record_survives_word(record: Record) -> None:
    _law(record, "docx")


@_settings(40)
@given(records(FORM))
def test_any_record_survives_a_pdf(record: Record) -> None:
    _law(record, "pdf")


@_settings(60)
@given(records(FORM, stray=True))
def test_stray_comments_survive_word(record: Record) -> None:
    _law(record, "docx")


@_settings(40)
@given(records(FORM, stray=True))
def test_stray_comments_survive_a_pdf(record: Record) -> None:
    _law(record, "pdf")


@pytest.mark.parametrize("text", ["😀", "😀 שלום"])
def test_characters_beyond_the_first_plane_survive_a_pdf(text: str) -> None:
    _law(make_record(FORM, dict.fromkeys(("B1.1", "B1.3", "B1.4"), MarkState.TICKED), {"B1.2": text}), "pdf")


def test_a_word_cut_at_the_end_of_a_line_of_a_remark_survives_a_pdf() -> None:
    text = "Gérer des sauvegardes\nBien https://exemple.invalid/" + "chemin/" * 9
    stray = (Comment("text", None, text, None), Comment("word-comment", None, "0000CG++ " * 40, "Mme Fictive"))
    _law(make_record(FORM, {}, {}, stray), "pdf")


def test_remarks_that_fill_their_line_stay_apart_in_a_pdf() -> None:
    text = "Gérer des sauvegardes\nhttps://exemple.invalid/" + "chemin/" * 9 + "\n"
    _law(make_record(FORM, {}, {}, (Comment("text", None, text, None), Comment("text", None, "", None))), "pdf")


# ------------------------------------------------------------------------------------- the record inside and the page outside

WRITTEN: Final = make_record(
    FORM,
    {"B1.1": MarkState.TICKED, "B1.4": MarkState.UNCERTAIN},
    {"B1.2": "Vu avec Mme Fictive :\n« à revoir »", "B1.6": "Bien."},
    (Comment("word-comment", None, "Relu.", "M. Imaginaire"), Comment("text", None, "Fait à Villefictive", None)),
)


def attached(pdf: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return opened.attachments["record.json"].get_file().read_bytes()


def with_attachment(pdf: bytes, record: bytes | None) -> bytes:
    """The same pages with another record inside, or none."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        del opened.attachments["record.json"]
        if record is not None:
            opened.attachments["record.json"] = record
        opened.save(out)
    return out.getvalue()


def codes(record: Record) -> list[str]:
    return [finding.code for finding in record.findings]


def shown(record: Record) -> dict[str, Any]:
    """What is told, its spaces apart: a page cannot tell one from another."""
    answers = [(a.field, " ".join(a.value.split()) if isinstance(a.value, str) else a.value) for a in record.answers]
    comments = [(comment.kind, " ".join(comment.text.split()), comment.author) for comment in record.comments]
    return told(record) | {"answers": answers, "comments": comments}


@pytest.mark.parametrize("sample", [*KNOWN, None], ids=lambda sample: sample.id if sample else "written")
def test_the_record_inside_a_pdf_is_what_its_pages_show(sample: Sample | None) -> None:
    record = read_sample(sample) if sample else WRITTEN
    pdf = formfill.render(record, "pdf")
    inside = formfill.from_json(attached(pdf).decode())
    assert told(inside) == told(record)
    assert shown(formfill.read(with_attachment(pdf, None), name="form.pdf")) == shown(inside)


ODD: Final = make_record(FORM, {}, {"B1.2": "Bien \x01 日."}, (Comment("text", None, "a\x02b", None),))
"""Neither Word nor the bundled fonts hold all of it."""


def attached_to_word(docx: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        [part] = [name for name in package.namelist() if re.fullmatch(r"customXml/item\d+\.xml", name)]
        return b64decode(package.read(part).split(b">", 2)[2].split(b"<")[0])


def test_the_record_inside_says_what_the_page_could_not_hold() -> None:
    for to, inside in (("pdf", attached), ("docx", attached_to_word)):
        rendition = pipeline.render(ODD, to)
        carried = formfill.from_json(inside(rendition.data).decode())
        assert carried.findings == rendition.findings != ()
        assert told(carried) == told(ODD)
        assert pipeline.render(carried, to).data == rendition.data, "a second time adds nothing"


def test_every_record_of_one_run_is_the_same() -> None:
    page = formfill.render(ODD, "docx")
    (done,) = pipeline.process(Source.of(page, "form.docx"))
    docx, pdf = (rendition.data for rendition in done.renditions)
    whole = formfill.to_json(done.record).encode()
    assert {"unprintable-character", "substituted-character"} <= set(codes(done.record))
    assert attached(pdf) == attached_to_word(docx) == whole


def _other(option: str, state: MarkState) -> Record:
    states = {box.option: state if box.option == option else box.state for box in WRITTEN.boxes}
    return make_record(FORM, states, {"B1.2": "Vu avec Mme Fictive :\n« à revoir »", "B1.6": "Bien."}, WRITTEN.comments)


def _answer(field: str, value: str | None) -> Record:
    state = AnswerState.EMPTY if value is None else AnswerState.ANSWERED
    answers = (answer._replace(value=value, state=state) if answer.field == field else answer for answer in WRITTEN.answers)
    return WRITTEN._replace(answers=tuple(answers))


OTHERS: Final = {
    "a box ticked": _other("B1.3", MarkState.TICKED),
    "a box settled": _other("B1.4", MarkState.BLANK),
    "a comment changed": _answer("commentaire.B1.6", "Mal."),
    "a comment more": _answer("commentaire.B1.5", "Très bien."),
    "a comment less": _answer("commentaire.B1.2", None),
}


@pytest.mark.parametrize("to", ["pdf", "docx"])
@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS.keys())
def test_a_record_that_differs_from_its_page_is_told_and_left(other: Record, to: str) -> None:
    page, inside = formfill.render(WRITTEN, to), formfill.render(other, to)
    tampered = with_attachment(page, attached(inside)) if to == "pdf" else _with_part(page, inside)
    back = formfill.read(tampered, name=f"form.{to}")
    assert "attachment-differs" in codes(back)
    assert told(back)["answers"] == told(WRITTEN)["answers"]
    assert told(back)["boxes"] == told(WRITTEN)["boxes"]


def _with_part(docx: bytes, other: bytes) -> bytes:
    """A Word document with the record of another."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as mine, zipfile.ZipFile(io.BytesIO(other)) as its, zipfile.ZipFile(out, "w") as target:
        for name in mine.namelist():
            target.writestr(name, (its if name.startswith("customXml/item") else mine).read(name))
    return out.getvalue()


def test_a_word_document_edited_after_it_was_written_is_believed() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(formfill.render(WRITTEN, "docx"))) as mine, zipfile.ZipFile(out, "w") as target:
        for name in mine.namelist():
            target.writestr(name, mine.read(name).replace(b"Bien.", b"Moins bien."))
    back = formfill.read(out.getvalue(), name="form.docx")
    assert "attachment-differs" in codes(back)
    answer = back.answer("commentaire.B1.6")
    assert answer is not None
    assert answer.value == "Moins bien."


# ------------------------------------------------------------------------------------------------- the page edited afterwards


def with_pages(pdf: bytes, other: bytes) -> bytes:
    """The same file and the record inside, with the pages of another."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as mine, pikepdf.open(io.BytesIO(other)) as its:
        del mine.pages[:]
        mine.pages.extend(its.pages)
        mine.save(out)
    return out.getvalue()


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS.keys())
def test_of_a_pdf_whose_pages_were_edited_the_pages_are_believed(other: Record) -> None:
    data = with_pages(formfill.render(WRITTEN, "pdf"), formfill.render(other, "pdf"))
    back = formfill.read(data, name="form.pdf")
    assert "attachment-differs" in codes(back)
    assert shown(back)["boxes"] == shown(other)["boxes"]
    written = [answer for answer in shown(other)["answers"] if answer[0] != "competences"]
    assert shown(back)["answers"][1:] == written


def with_annotation(pdf: bytes, **entries: Any) -> bytes:
    """The same file with an annotation on its first page."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, **entries)
        page = opened.pages[0]
        page.Annots = opened.make_indirect(pikepdf.Array([*page.get("/Annots", ()), note]))
        opened.save(out)
    return out.getvalue()


def test_a_cross_typed_over_a_box_in_a_viewer_is_believed() -> None:
    pdf = formfill.render(WRITTEN, "pdf")
    box = next(box for box in formfill.read(pdf, name="form.pdf").boxes if box.option == "B1.2")
    assert box.place.box is not None
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        height = float(opened.pages[0].mediabox[3])
    rect = [box.place.box.x0, height - box.place.box.bottom, box.place.box.x1, height - box.place.box.top]
    back = formfill.read(with_annotation(pdf, Subtype=pikepdf.Name.FreeText, Rect=rect, Contents="X"), name="form.pdf")
    assert "attachment-differs" in codes(back)
    assert "B1.2" in next(f.message for f in back.findings if f.code == "attachment-differs")
    assert next(b for b in back.boxes if b.option == "B1.2").state is not MarkState.BLANK


def test_a_note_left_on_the_page_in_a_viewer_is_told() -> None:
    note = with_annotation(formfill.render(WRITTEN, "pdf"), Subtype=pikepdf.Name.Text, Rect=[9, 9, 20, 20], Contents="Revoir B1.2")
    back = formfill.read(note, name="form.pdf")
    assert "attachment-differs" in codes(back)
    assert "Revoir B1.2" in [comment.text for comment in back.comments]
    assert shown(back)["boxes"] == shown(WRITTEN)["boxes"]


def test_a_pdf_of_ours_saved_again_by_another_program_agrees() -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(formfill.render(WRITTEN, "pdf"))) as opened:
        opened.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, linearize=True)
    back = formfill.read(out.getvalue(), name="form.pdf")
    assert "attachment-differs" not in codes(back)
    assert told(back) == told(WRITTEN)


@pytest.mark.parametrize("inside", [b"null", b"{}", b"[1]", b'{"form": {"id": "x"}}', b"\xff", b"[" * 100_000])
def test_a_record_that_cannot_be_read_is_told_and_changes_nothing(inside: bytes) -> None:
    back = formfill.read(with_attachment(formfill.render(WRITTEN, "pdf"), inside), name="form.pdf")
    assert told(back)["answers"] == told(WRITTEN)["answers"]
    assert "attachment-differs" in codes(back)
    assert told(back)["boxes"] == told(WRITTEN)["boxes"]
