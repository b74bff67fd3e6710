"""Two engines read one PDF: where they differ the box is uncertain, with both views, and nothing that was read once goes unsaid."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import formfill
import pytest
from formfill import pipeline
from formfill.cli import run_command_line
from formfill.errors import UnreadableSourceError
from formfill.model.document import Evidence, MarkState, Says
from formfill.model.geometry import Box, Place
from formfill.readers import plumber, read
from formfill.readers._agree import Seen, compared
from formfill.source import Source
from tests.grids import official
from tests.grids import read as read_grid
from tests.readers import encodings_pdf
from tests.readers.encodings_pdf import subset
from tests.readers.pdfbytes import Page, pdf, table, text
from tests.samples import Sample, samples

if TYPE_CHECKING:
    from formfill.model.document import Document

DATA = Path(__file__).parent / "data"
PDFS = [sample for sample in samples() if sample.format == "pdf"]


def by_glyph(evidence: Evidence) -> bool:
    return evidence.kind == "glyph"


def page(box: str = "☒") -> Source:
    """A table of one row, its box in the middle column, and a paragraph that begins with a box."""
    content = [*table([50.0, 250, 290, 545], [780.0, 740]), text(55, 760, "Gérer le patrimoine"), text(300, 760, "Recensé")]
    content += [text(260, 760, box, font="F2")] if box else []
    content += [text(50, 700, "☐", font="F2"), text(64, 700, "Seul(e)")]
    return Source.of(pdf(Page(content)), "x.pdf")


twice_seen = partial(pipeline.inspect, double=True)


def codes(document: Document) -> list[str]:
    return [finding.code for finding in document.findings]


def seen(document: Document) -> list[Seen]:
    """What an engine sees that agrees with the first."""
    return [Seen(mark.label, mark.state.value, mark.place) for mark in document.marks]


@pytest.mark.parametrize("sample", PDFS, ids=lambda sample: sample.id)
def test_both_readings_of_every_sample_agree(sample: Sample) -> None:
    source = Source.load(sample.path)
    once, twice = pipeline.read(source), pipeline.read(source, twice_seen)
    added = [finding.code for finding in twice.findings if finding not in once.findings]
    # what the second engine does not look at is said; nothing else is
    assert set(added) <= {"double-read-partial"}
    assert [box.state for box in twice.boxes] == [box.state for box in once.boxes]


def test_a_box_that_they_read_otherwise_is_uncertain_with_both_views() -> None:
    found = read(page())
    first, second = seen(found)
    twice = compared(found, [first._replace(state="blank"), second], by_glyph)
    [mark, other] = twice.marks
    assert mark.state is MarkState.UNCERTAIN
    assert [(item.kind, item.says) for item in mark.evidence] == [("glyph", Says.TICKED), ("second-reading", Says.BLANK)]
    assert other == found.marks[1]
    [finding] = twice.findings
    assert (finding.code, finding.severity.value, finding.place) == ("double-read-differs", "error", mark.place)


def test_a_box_that_the_second_reading_does_not_see_is_uncertain() -> None:
    found = read(page())
    twice = compared(found, seen(found)[1:], by_glyph)
    assert [mark.state.value for mark in twice.marks] == ["uncertain", "blank"]
    assert twice.marks[0].evidence[-1].kind == "second-reading"
    assert codes(twice) == ["double-read-differs"]


@pytest.mark.parametrize(("without", "cell"), [("", (0, 1)), ("x", (0, 0))])
def test_a_box_that_the_second_reading_alone_sees_is_added_uncertain(without: str, cell: tuple[int, int]) -> None:
    found = read(page(box=""))
    place = Place(page=1, box=Box(260, 75, 270, 85)) if not without else Place(page=1, box=Box(56, 75, 64, 85))
    twice = compared(found, [*seen(found), Seen("Gérer le patrimoine", "ticked", place)], by_glyph)
    [old, new] = twice.marks
    assert old == found.marks[0]
    assert (new.state, new.place) == (MarkState.UNCERTAIN, place)
    assert [(item.kind, item.says) for item in new.evidence] == [("first-reading", Says.UNCLEAR), ("second-reading", Says.TICKED)]
    holder = twice.grids[0].rows[cell[0]][cell[1]]
    assert holder.marks == (new.id,)
    assert holder.text == ("⍰" if not without else "⍰ Gérer le patrimoine")
    assert codes(twice) == ["double-read-differs"]


def test_a_box_added_in_a_paragraph_stands_in_reading_order() -> None:
    found = read(page())
    after = Place(page=1, box=Box(80, 133, 90, 143))
    twice = compared(found, [*seen(found), Seen("Seul(e)", "blank", after)], by_glyph)
    [block] = twice.text
    assert block.marks == ("m2", "m3")
    # a box whose paragraph is not told stands nowhere, but in the list of marks and in a finding
    nowhere = Place(page=1, box=Box(400, 400, 410, 410))
    twice = compared(found, [*seen(found), Seen("ailleurs", "blank", nowhere)], by_glyph)
    assert (twice.grids, twice.text) == (found.grids, found.text)
    assert twice.marks[-1].state is MarkState.UNCERTAIN
    assert codes(twice) == ["double-read-differs"]


def test_what_the_second_engine_does_not_look_at_is_said_and_stands() -> None:
    source = Source.of(subset(unicode=False), "x.pdf")
    found, twice = read(source), read(source, double=True)
    assert len(found.marks) == 3
    assert twice.marks == found.marks
    assert [(f.code, f.severity.value) for f in twice.findings[len(found.findings) :]] == [("double-read-partial", "info")]


FIELDS = {
    "on": "/AS /Yes /V /Yes",
    "on by its value": "/V /Yes",
    "off": "/AS /Off /V /Off",
    "off by its look": "/AS /Off",
    "nothing told": "",
    "in disagreement": "/AS /Yes /V /Off",
}


def of_field(entries: str) -> Source:
    widget = f"<< /Type /Annot /Subtype /Widget /FT /Btn /T (a) {entries} /Rect [260 700 270 710] >>"
    return Source.of(pdf(Page([text(50, 700, "Ponctuelle")], annots=[widget])), "x.pdf")


@pytest.mark.parametrize("name", FIELDS)
def test_a_form_field_is_read_twice(name: str) -> None:
    source = of_field(FIELDS[name])
    found = read(source)
    assert read(source, double=True) == found
    [mark] = found.marks
    if mark.state is not MarkState.UNCERTAIN:
        _contradicted(found, source)


def test_a_field_that_one_engine_does_not_see_is_uncertain() -> None:
    found = read(of_field(FIELDS["on"]))
    [mark] = compared(found, (), plumber._looks_at).marks
    assert mark.state is MarkState.UNCERTAIN
    twice = compared(found._replace(marks=()), plumber.second_reading(of_field(FIELDS["on"])), plumber._looks_at)
    assert [mark.state.value for mark in twice.marks] == ["uncertain"]


def _contradicted(found: Document, source: Source) -> None:
    """Were the first reading wrong, the second would say so."""
    other = {MarkState.TICKED: MarkState.BLANK, MarkState.BLANK: MarkState.TICKED}
    for index, mark in enumerate(found.marks):
        if mark.state not in other:
            continue
        wrong = found._replace(marks=(*found.marks[:index], mark._replace(state=other[mark.state]), *found.marks[index + 1 :]))
        twice = compared(wrong, plumber.second_reading(source), plumber._looks_at)
        assert twice.marks[index].state is MarkState.UNCERTAIN
        assert twice.marks[index].evidence[-1].kind == "second-reading"
        assert codes(twice)[-1] == "double-read-differs"


@pytest.mark.parametrize("box", encodings_pdf.BOXES)
def test_a_drawn_box_is_read_twice_however_it_is_drawn_and_ticked(box: str) -> None:
    for marks in (encodings_pdf.TICKS, encodings_pdf.UNCLEAR, encodings_pdf.NOTHING):
        for name, draw in marks.items():
            source = Source.of(pdf(encodings_pdf.page(box, draw, "before its label")), "x.pdf")
            assert read(source, double=True) == read(source), name


@pytest.mark.parametrize("box", [name for name in encodings_pdf.BOXES if name != "glyph"])
@pytest.mark.parametrize("mark", ["two diagonals", "a letter X", "nothing"])
def test_a_drawn_box_that_they_read_otherwise_is_uncertain(box: str, mark: str) -> None:
    draw = {**encodings_pdf.TICKS, **encodings_pdf.NOTHING}[mark]
    source = Source.of(pdf(encodings_pdf.page(box, draw, "before its label")), "x.pdf")
    _contradicted(read(source), source)


@pytest.mark.parametrize("place", encodings_pdf.PLACES)
@pytest.mark.parametrize("turns", ["", "/Rotate 90", "/Rotate 180", "/Rotate 270", "/CropBox [30 30 560 800]"])
def test_both_readings_agree_wherever_boxes_stand(place: str, turns: str) -> None:
    made = encodings_pdf.page("re S, as Word", encodings_pdf.TICKS["two diagonals"], place)
    source = Source.of(pdf(Page(made.content, extra=turns)), "x.pdf")
    found = read(source)
    assert read(source, double=True).marks == found.marks


@pytest.mark.parametrize("name", ["bloc1-libreoffice-tagged.pdf", "bloc1-libreoffice-unsplit.pdf"])
def test_both_readings_of_what_libreoffice_prints_agree(name: str) -> None:
    source = Source.load(DATA / name)
    assert read(source, double=True) == read(source)


def test_a_comb_and_cells_are_no_boxes_of_the_second_reading() -> None:
    comb = [f"{60 + 10 * k} 700 10 10 re S" for k in range(6)]
    cells = table([60.0, 75, 90, 105], [600.0, 585, 570])
    source = Source.of(pdf(Page([text(60, 720, "Candidat"), *comb, *cells])), "x.pdf")
    found = read(source)
    assert found.marks == ()
    assert read(source, double=True) == found


def test_what_is_drawn_over_a_glyph_is_no_difference() -> None:
    content = [text(50, 700, "☐", font="F2"), text(64, 700, "Seul(e)"), "1 w 50 700 m 60 709 l S 50 709 m 60 700 l S"]
    source = Source.of(pdf(Page(content)), "x.pdf")
    found = read(source)
    assert len(found.marks) == 1
    assert len(found.marks[0].evidence) == 2
    assert read(source, double=True) == found


def test_two_boxes_side_by_side_are_not_taken_for_one_another() -> None:
    content = [text(50, 700, "☐", font="F2", size=5), text(55, 700, "☒", font="F2", size=5), text(70, 700, "Oui / non")]
    source = Source.of(pdf(Page(content)), "x.pdf")
    found = read(source)
    assert [mark.state.value for mark in found.marks] == ["blank", "ticked"]
    assert compared(found, list(reversed(seen(found))), by_glyph) == found


@pytest.mark.parametrize("error", [KeyError("Root"), RecursionError(), UnreadableSourceError(where="x", seen="y.", advice="z")])
def test_an_engine_that_fails_leaves_the_first_reading_and_says_so(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_source: Source) -> tuple[Seen, ...]:
        raise error

    monkeypatch.setattr(plumber, "second_reading", fails)
    twice, found = read(page(), double=True), read(page())
    assert twice._replace(findings=()) == found._replace(findings=())
    assert [(f.code, f.severity.value) for f in twice.findings] == [("double-read-failed", "error")]


def test_the_record_has_the_uncertain_box_and_its_evidence(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = official()
    rows["B1.2"].box = ["☒"]
    source = Source.of(formfill.render(read_grid(rows), "pdf"), "x.pdf")
    true = plumber.second_reading(source)

    def other(_source: Source) -> tuple[Seen, ...]:
        return tuple(item._replace(state="blank") for item in true)

    assert pipeline.read(source, twice_seen) == pipeline.read(source)
    monkeypatch.setattr(plumber, "second_reading", other)
    record = pipeline.read(source, twice_seen)
    boxes = {box.option: box for box in record.boxes}
    assert {box.state for option, box in boxes.items() if option != "B1.2"} == {MarkState.BLANK}
    assert boxes["B1.2"].state is MarkState.UNCERTAIN
    assert [item.kind for item in boxes["B1.2"].evidence] == ["glyph", "second-reading"]
    assert {"double-read-differs", "uncertain-box"} <= {finding.code for finding in record.findings}


def test_a_box_that_one_engine_alone_sees_makes_the_row_uncertain(monkeypatch: pytest.MonkeyPatch) -> None:
    source = Source.of(formfill.render(read_grid(official()), "pdf"), "x.pdf")
    true = plumber.second_reading(source)
    moved = [item._replace(place=item.place._replace(box=_beside(item.place))) for item in true[1:2]]
    monkeypatch.setattr(plumber, "second_reading", lambda _source: (*true, *moved))
    record = pipeline.read(source, twice_seen)
    assert [box.state.value for box in record.boxes] == ["blank", "uncertain", *["blank"] * 5]


def _beside(place: Place) -> Box:
    assert place.box is not None
    return place.box._replace(top=place.box.top + 12, bottom=place.box.bottom + 12)


def test_the_command_line_reads_twice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("bloc1-libreoffice-tagged.pdf", "bloc1-libreoffice-unsplit.pdf"):
        assert run_command_line(["read", "--double-read", str(DATA / name)]) == run_command_line(["read", str(DATA / name)])
    out = tmp_path / "out"
    assert run_command_line(["run", "--double-read", "--quiet", str(PDFS[0].path), "--out", str(out)]) == 0
    assert (out / "source.pdf" / "record.json").is_file()
    capsys.readouterr()
