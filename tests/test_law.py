"""The law of the project for every form, edition and writer that can be read back: what is rendered reads back the same.

Or the rendering was refused, naming the field; or what a format cannot hold was left out or substituted, and reported.
"""

from __future__ import annotations

from contextlib import nullcontext, suppress
from typing import TYPE_CHECKING, Any, Final

import formfill
import pytest
from formfill import catalogue, pipeline
from formfill.errors import UnprintableTextError
from formfill.model.completed import Comment
from formfill.model.document import MarkState
from formfill.source import Source
from formfill.writers import can_write
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.form_records import form_records, made
from tests.samples import record as read_sample
from tests.samples import samples

if TYPE_CHECKING:
    from formfill.model.form import Form
    from formfill.model.record import Record

EDITIONS: Final = [(form, edition.id) for form in catalogue.forms() if form.layout is not None for edition in form.editions]
FORMATS: Final = ("docx", "xlsx", "pdf", "txt", "json")
PAIRS: Final = [
    (form, edition, to)
    for form, edition in EDITIONS
    for to in (*FORMATS, "legacy")
    if can_write("docx" if to == "legacy" else to, form)
]
"""Every writer that can be read back; ``legacy`` is a Word document with the boxes of the official blank."""
KNOWN: Final = [s for s in samples() if (own := read_sample(s).form) is not None and own.id != "bts-sio-grille-bloc1"]


def _id(value: Any) -> str:
    return value.id if hasattr(value, "id") else str(value)


def told(record: Record) -> dict[str, Any]:
    """What must come back: answers, boxes and remarks, places and evidence aside."""
    return {
        "form": record.form and record.form.id,
        "answers": [(answer.field, answer.value, answer.state.value) for answer in record.answers],
        "boxes": [(box.field, box.option, box.row, box.row_label, box.state.value) for box in record.boxes],
        "comments": sorted((c.kind, c.field or "", c.text, c.author or "") for c in record.comments),
    }


def assert_same(record: Record, to: str, boxes: str = "control") -> None:
    rendition = pipeline.render(record, to, boxes=boxes)
    data = rendition.data
    back = formfill.from_json(data.decode()) if to == "json" else formfill.read(data, name=f"form.{to}")
    got, wanted = told(back), told(record)
    for part, value in wanted.items():
        assert got[part] == value, part
    assert not {finding.code for finding in back.findings} & {"attachment-differs", "several-forms"}


def _settings(examples: int) -> settings:
    return settings(
        max_examples=examples,
        derandomize=True,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
        # a record is made of hundreds of draws: what fails is shown as it is
        phases=(Phase.explicit, Phase.generate),
    )


@pytest.mark.parametrize(("form", "edition", "to"), PAIRS, ids=_id)
@_settings(2)
@given(st.data())
def test_any_record_comes_back_the_same(form: Form, edition: str, to: str, data: st.DataObject) -> None:
    boxes, own = ("legacy", "docx") if to == "legacy" else ("control", to)
    with suppress(UnprintableTextError) if to == "txt" else nullcontext():
        assert_same(data.draw(form_records(form, edition)), own, boxes)


@_settings(12)
@given(form_records(catalogue.form("bts-sio-tableau-synthese"), "VI"))
def test_any_tableau_comes_back_the_same(record: Record) -> None:
    assert_same(record, "xlsx")


@_settings(12)
@given(form_records(catalogue.form("bts-sio-fiche-slam"), "VII-1"))
def test_any_fiche_comes_back_the_same(record: Record) -> None:
    assert_same(record, "docx")


@_settings(12)
@given(form_records(catalogue.form("bts-sio-fiche-sisr"), "9-1"))
def test_any_text_comes_back_the_same_or_is_refused(record: Record) -> None:
    with suppress(UnprintableTextError):
        assert_same(record, "txt")


ALL: Final = {
    "empty": (None, MarkState.BLANK),
    "all ticked": ("Fictif & Fils", MarkState.TICKED),
    "all uncertain": ("12/05/2026", MarkState.UNCERTAIN),
    "long words": ("m" * 5000, MarkState.BLANK),
    "lines": ("un\n\ndeux\ttrois\n", MarkState.TICKED),
    "formula": ("=cmd|' /C calc'!A0", MarkState.BLANK),
    "scripts": ("漢字 שלום مرحبا 😀 é\u0301 12\u202f%", MarkState.TICKED),
    "controls": ("a\x00b\x1fc\r\nd\x85e", MarkState.BLANK),
    "no-break spaces": ("\u00a0« oui »\u202f! “a” l’b l'c \u2009x\u3000 ", MarkState.UNCERTAIN),
    "right to left": ("שלום עולם\nمرحب (x) [y]\n漢字かな\n👩\u200d🏫", MarkState.UNCERTAIN),
    "typed boxes": ("(x) [ ] |x| ☐ [x] ( ) x\n✔ ☒", MarkState.TICKED),
    "labels": ("Date : 12\nLieu : (x)\nNOTE", MarkState.TICKED),
    "markup": ("<w:t>&amp;]]></w:t>\n{{ x }} {% y %} #let", MarkState.BLANK),
    "spaces": ("  a   b  \n \n\tc\t", MarkState.TICKED),
    "hyphens": ("ab-cd/" * 833, MarkState.BLANK),
    "no characters": ("\ud800\ufffe\U0001f600\u200b\u00ad\u2028\u2029", MarkState.UNCERTAIN),
}
"""Whole texts and states; a half of a pair, noncharacters and separators among the last."""


@pytest.mark.parametrize("case", ALL)
@pytest.mark.parametrize("to", ["docx", "legacy", "xlsx", "pdf", "txt", "json"])
def test_what_a_whole_record_may_be(case: str, to: str) -> None:
    text, state = ALL[case]
    own = "docx" if to == "legacy" else to
    forms = [form for form in catalogue.forms() if form.layout is not None and can_write(own, form)]
    rank = list(ALL).index(case)
    # a page takes longer: each case on some of the forms, each form in some of the cases
    for form in forms[rank % 4 :: 4] if to == "pdf" else forms:
        assert form.layout is not None
        table = form.layout.table
        rows = [(section.id, text, text, (state,) * 6) for section in table.sections] if table is not None and text else []
        # each edition in some of the cases, official encodings on another than controls
        edition = form.editions[(rank + (to == "legacy")) % len(form.editions)].id
        record = made(form, edition, lambda _field: text, lambda _field, _option: state, rows)
        with suppress(UnprintableTextError) if to == "txt" else nullcontext():
            assert_same(record, own, boxes="legacy" if to == "legacy" else "control")


@pytest.mark.parametrize("to", FORMATS)
@pytest.mark.parametrize("sample", KNOWN, ids=lambda sample: sample.id)
def test_a_sample_comes_back_the_same(sample: Any, to: str) -> None:
    record = read_sample(sample)
    assert record.form is not None
    if can_write(to, catalogue.form(record.form.id)):
        assert_same(record, to)


WRITTEN: Final = [
    pytest.param(sample, to, id=f"{sample.id}-{to}")
    for sample in KNOWN
    for to in ("docx", "xlsx", "pdf")
    if (form := read_sample(sample).form) is not None and can_write(to, catalogue.form(form.id))
]


@pytest.mark.parametrize(("sample", "to"), WRITTEN)
def test_a_page_says_what_its_record_says(sample: Any, to: str) -> None:
    """Without the record inside, the page alone is read."""
    record = read_sample(sample)
    source = Source.of(formfill.render(record, to), f"form.{to}")
    (back,) = pipeline.records_of(source, pipeline.inspect(source)._replace(attachments=()))
    texts = {a.field: " ".join(a.value.split()) if isinstance(a.value, str) else a.value for a in record.answers}
    assert {a.field: " ".join(a.value.split()) if isinstance(a.value, str) else a.value for a in back.answers} == texts
    states = {(box.field, box.option, box.row): box.state for box in back.boxes}
    assert [states[box.field, box.option, box.row] for box in record.boxes] == [box.state for box in record.boxes]


@pytest.mark.parametrize(("form", "edition"), EDITIONS, ids=_id)
def test_an_official_encoding_comes_back_the_same(form: Form, edition: str) -> None:
    if can_write("docx", form):
        turn = iter(list(MarkState) * 1000)
        record = made(form, edition, lambda field: f"Texte de {field}", lambda _field, _option: next(turn))
        assert_same(record, "docx", boxes="legacy")


def test_word_comments_are_word_comments() -> None:
    form = catalogue.form("bts-sio-fiche-slam")
    stray = [Comment("word-comment", None, "Relu.\nBien.", "Mme Fictive"), Comment("text", None, "Vu", None)]
    record = made(form, "VII-1", lambda _field: None, lambda _field, _option: MarkState.BLANK, (), stray)
    source = Source.of(formfill.render(record, "docx"), "form.docx")
    document = pipeline.inspect(source)
    assert [(note.kind.value, note.text, note.author) for note in document.annotations] == [
        ("word-comment", "Relu.\nBien.", "Mme Fictive")
    ]
    assert_same(record, "docx")


def test_a_document_changed_by_a_byte_is_read_for_itself() -> None:
    """Only what is exactly our own rendition is believed on its record; the least change, and the page counts."""
    import io
    import zipfile

    form = catalogue.form("bts-sio-fiche-slam")
    record = made(form, "VII-1", lambda field: "Lille" if field == "lieu" else None, lambda _field, _option: MarkState.BLANK)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(formfill.render(record, "docx"))) as mine, zipfile.ZipFile(out, "w") as target:
        for name in mine.namelist():
            target.writestr(name, mine.read(name).replace(b">Lille<", b">Arras<"))
    back = formfill.read(out.getvalue(), name="form.docx")
    assert "attachment-differs" in {finding.code for finding in back.findings}
    answer = back.answer("lieu")
    assert answer is not None
    assert answer.value == "Arras"
