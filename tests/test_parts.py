"""Forms glued together in one file: each is found with its pages, each is a record, and nothing of one is in another."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Final

import docx
import formfill
import pikepdf
import pytest
from formfill import catalogue
from formfill.batch import Run, listing
from formfill.cli import run_command_line
from formfill.errors import ExitCode
from formfill.model.completed import Comment
from formfill.model.document import MarkState
from formfill.parts import split
from formfill.readers import read
from formfill.source import Source
from tests.grids import FORM
from tests.readers.pdfbytes import Page, pdf, table, text
from tests.samples import ROOT, Sample, record, samples
from tests.strategies import record as make_record

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from formfill.model.record import Record

PDFS: Final = {sample.case: sample for sample in samples() if sample.format == "pdf"}
FICHE: Final = (ROOT / "bts-sio-fiche-slam" / "typed-boxes" / "source.pdf").read_bytes()
ONE, OTHER = PDFS["comments-in-every-row"], PDFS["all-ticked"]


def portfolio(*words: str) -> bytes:
    """Pages of something else, one for each text: a paragraph and a table."""
    return pdf(
        *(
            Page([*table([50.0, 200, 545], [500.0, 480, 460]), text(55, 485, "Serveur"), text(205, 485, each), text(50, 700, each)])
            for each in words
        )
    )


def glued(*files: bytes, notes: dict[int, str] | None = None) -> bytes:
    """The pages of files one after the other, as programs that join PDFs do; notes by page, from 1."""
    out = io.BytesIO()
    with pikepdf.new() as whole:
        for data in files:
            with pikepdf.open(io.BytesIO(data)) as opened:
                whole.pages.extend(opened.pages)
        for number, words in (notes or {}).items():
            page = whole.pages[number - 1]
            note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[9, 9, 20, 20], Contents=words)
            page.Annots = whole.make_indirect(pikepdf.Array([note]))
        whole.save(out)
    return out.getvalue()


def scanned() -> bytes:
    """A page that is an image."""
    out = io.BytesIO()
    with pikepdf.new() as made:
        page = made.add_blank_page(page_size=(595, 842))
        grey = pikepdf.Stream(made, b"\x80" * 4, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=2, Height=2)
        grey.ColorSpace, grey.BitsPerComponent = pikepdf.Name.DeviceGray, 8
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im=grey))
        page.Contents = pikepdf.Stream(made, b"580 0 0 830 5 5 cm /Im Do")
        made.save(out)
    return out.getvalue()


def records(data: bytes, name: str = "x.pdf") -> tuple[Record, ...]:
    return formfill.read_all(data, name=name)


def said(given: Record) -> tuple[object, ...]:
    """What a record says, but for its places, its source and what is said of the rest of the file."""
    answers = [(answer.field, answer.value, answer.state) for answer in given.answers]
    boxes = [(box.option, box.state) for box in given.boxes]
    comments = [(comment.kind, comment.text) for comment in given.comments]
    findings = [(f.code, f.field) for f in given.findings if f.code not in ("other-pages", "several-forms")]
    return given.form and given.form.id, answers, boxes, comments, findings


def pages(found: Sequence[Record]) -> list[tuple[int, ...] | None]:
    return [given.source.part.pages if given.source.part else None for given in found]


def data_of(sample: Sample) -> bytes:
    return sample.path.read_bytes()


def count(data: bytes) -> int:
    with pikepdf.open(io.BytesIO(data)) as opened:
        return len(opened.pages)


# ------------------------------------------------------------------------------------------------------------------- pages


@pytest.mark.parametrize("case", sorted(PDFS))
def test_every_sample_is_one_form_and_whole(case: str) -> None:
    found = records(data_of(PDFS[case]))
    assert pages(found) == [None]
    assert said(found[0]) == said(record(PDFS[case]))


@pytest.mark.parametrize("case", sorted(set(PDFS) - {"look-alike"}))
def test_two_candidates_in_one_file(case: str) -> None:
    one, other = data_of(PDFS[case]), data_of(OTHER)
    found = records(glued(one, other))
    first = count(one)
    assert pages(found) == [tuple(range(1, first + 1)), tuple(range(first + 1, first + count(other) + 1))]
    assert [given.source.part.index for given in found if given.source.part] == [1, 2]
    assert [said(given) for given in found] == [said(record(PDFS[case])), said(record(OTHER))]


def test_a_whole_class_in_one_file() -> None:
    cases = [ONE, OTHER, PDFS["all-blank"], ONE, OTHER]
    found = records(glued(*map(data_of, cases)))
    assert [said(given) for given in found] == [said(record(case)) for case in cases]
    assert sorted(page for some in pages(found) for page in some or ()) == list(range(1, sum(count(data_of(c)) for c in cases) + 1))


@pytest.mark.parametrize("case", ["all-ticked", "comments-in-every-row", "duplicated-row", "missing-row", "long-comments"])
def test_pages_of_a_portfolio_around_a_form_are_not_the_forms(case: str) -> None:
    form = data_of(PDFS[case])
    data = glued(portfolio("Sommaire", "Mon projet"), form, portfolio("Annexe technique", "Merci"), notes={1: "Bravo"})
    [given] = records(data)
    assert pages([given]) == [tuple(range(3, 3 + count(form)))]
    assert said(given) == said(record(PDFS[case]))
    last = 3 + count(form)
    assert [f.message for f in given.findings if f.code == "other-pages"] == [
        f"Les pages 1–2, {last}–{last + 1} ne sont d’aucun formulaire connu : elles n’ont pas été lues avec lui."
    ]


def test_a_portfolio_between_two_candidates() -> None:
    data = glued(portfolio("A"), data_of(ONE), portfolio("B", "C"), data_of(OTHER), portfolio("D"))
    found = records(data)
    assert [said(given) for given in found] == [said(record(ONE)), said(record(OTHER))]
    assert [[f.code for f in given.findings].count("other-pages") for given in found] == [1, 0]


def test_forms_of_several_kinds_in_one_file() -> None:
    kinds = [FICHE, data_of(ONE), FICHE, data_of(OTHER)]
    found = records(glued(*kinds))
    alone = [record(next(s for s in samples() if s.path.read_bytes() == data)) for data in kinds]
    assert [said(given)[:3] for given in found] == [said(given)[:3] for given in alone]
    own, start = [], 1
    for data in kinds:
        own.append(tuple(range(start, start + count(data))))
        start += count(data)
    assert pages(found) == own


@pytest.mark.parametrize(
    ("names", "pages"),
    [
        (("02-inventee/fiche-2", "10-utopie/attestation-2"), [(1, 2, 3), (4,)]),
        (("10-utopie/attestation-2", "02-inventee/fiche-2"), [(1,), (2, 3, 4)]),
        (("02-inventee/fiche-2", "02-inventee/attestation-1", "10-utopie/attestation-2"), [(1, 2, 3), (4,), (5,)]),
        (("04-imaginaire/fiche-1", "02-inventee/attestation-1", "02-inventee/fiche-1"), [(1, 2, 3), (4,), (5, 6, 7)]),
    ],
)
def test_the_title_above_a_form_is_its_own_and_the_verso_that_of_the_form_before(
    names: Sequence[str], pages: list[tuple[int, ...]]
) -> None:
    """Nothing of a title tells the form it is above: the page does."""
    files = [(ROOT / "classe-bts-sio" / f"{name}.pdf").read_bytes() for name in names]
    pieces = split(read(Source.of(glued(*files), "x.pdf")), catalogue.shelf(), name="x.pdf")
    assert [piece.part.pages for piece in pieces if piece.part is not None] == pages


def test_what_is_noted_on_a_page_is_of_the_form_of_that_page() -> None:
    first = count(data_of(ONE))
    found = records(glued(data_of(ONE), data_of(OTHER), notes={1: "à revoir", first + 1: "parfait"}))
    assert [[c.text for c in given.comments if c.kind == "pdf-annotation"] for given in found] == [["à revoir"], ["parfait"]]
    for given, own in zip(found, pages(found), strict=True):
        assert own is not None
        places = [*(box.place for box in given.boxes), *(comment.place for comment in given.comments)]
        assert {place.page for place in places if place.page is not None} <= set(own)


def test_pages_that_are_images_are_still_told() -> None:
    [given] = records(glued(scanned(), data_of(ONE)))
    assert [f.code for f in given.findings if f.code == "image-page"] == ["image-page"]
    assert pages([given]) == [tuple(range(2, 2 + count(data_of(ONE))))]


def test_pages_of_no_form_are_one_unknown_record() -> None:
    [given] = records(portfolio("A", "B"))
    assert given.form is None
    assert given.source.part is None


STRAY: Final = (Comment("text", None, "Fait à Villefictive. " * 12, None),) * 12
LONG: Final[dict[str, str | None]] = {
    option: "\n".join(f"{option} ligne {n}" for n in range(25)) for option in ("B1.1", "B1.3", "B1.6")
}


@pytest.mark.parametrize("comments", [{}, LONG], ids=["short", "long"])
def test_our_own_pages_stay_together_whatever_they_hold(comments: dict[str, str | None]) -> None:
    written = make_record(FORM, {"B1.1": MarkState.TICKED}, comments, STRAY)
    data = formfill.render(written, "pdf")
    [whole] = records(data)
    assert whole.source.part is None
    assert [comment.text for comment in whole.comments] == [comment.text for comment in STRAY]
    other = formfill.render(make_record(FORM, {"B1.2": MarkState.TICKED}, {}), "pdf")
    found = records(glued(portfolio("A"), data, other, portfolio("B")))
    assert [[box.option for box in given.boxes if box.state is MarkState.TICKED] for given in found] == [["B1.1"], ["B1.2"]]
    assert len(found[0].comments) == len(STRAY)
    assert not found[1].comments
    assert pages(found) == [tuple(range(2, 2 + count(data))), tuple(range(2 + count(data), 2 + count(data) + count(other)))]


def test_a_record_attached_to_glued_pages_is_of_the_form_that_shows_it() -> None:
    one = make_record(FORM, {"B1.1": MarkState.TICKED}, {"B1.1": "deux  espaces"})
    other = make_record(FORM, {"B1.2": MarkState.TICKED}, {})
    out = io.BytesIO()
    with (
        pikepdf.open(io.BytesIO(formfill.render(one, "pdf"))) as mine,
        pikepdf.open(io.BytesIO(formfill.render(other, "pdf"))) as its,
    ):
        mine.pages.extend(its.pages)
        mine.save(out)
    found = records(out.getvalue())
    assert [answer.value for answer in found[0].answers if answer.field == "commentaire.B1.1"] == ["deux  espaces"]
    assert "attachment-differs" not in [f.code for given in found for f in given.findings]


# -------------------------------------------------------------------------------------------------------------------- Word


def word(*cases: str, between: Sequence[str] = ()) -> bytes:
    """The Word samples one after the other, in one document."""
    bodies = [docx.Document(str(PDFS[case].path.with_name("source.docx"))) for case in cases]
    first = bodies[0]
    end = first.element.body.sectPr
    for other in bodies[1:]:
        for line in between:
            end.addprevious(first.add_paragraph(line)._element)
        for block in list(other.element.body):
            if not block.tag.endswith("}sectPr"):
                end.addprevious(block)
    out = io.BytesIO()
    first.save(out)
    return out.getvalue()


def twice(path: Path) -> bytes:
    """A Word document, and all that it holds once more."""
    out = io.BytesIO()
    both = docx.Document(str(path))
    end = both.element.body.sectPr
    for block in list(docx.Document(str(path)).element.body):
        if not block.tag.endswith("}sectPr"):
            end.addprevious(block)
    both.save(out)
    return out.getvalue()


def test_two_grids_in_one_word_document() -> None:
    found = records(word("comments-in-every-row", "all-ticked"), "x.docx")
    assert [given.source.part and (given.source.part.index, given.source.part.pages) for given in found] == [(1, ()), (2, ())]
    expected = [formfill.read(sample.path.with_name("source.docx")) for sample in (ONE, OTHER)]
    assert [said(given)[1:3] for given in found] == [said(given)[1:3] for given in expected]


def test_a_form_of_two_halves_is_one_form_and_two_of_them_are_two() -> None:
    filled = ROOT / "bts-sio-environnement-technologique" / "filled" / "source.docx"
    [whole] = formfill.read_all(filled)
    assert whole.source.part is None
    found = records(twice(filled), "x.docx")
    assert [said(given)[1:3] for given in found] == [said(whole)[1:3]] * 2


@pytest.mark.parametrize("path", sorted(ROOT.glob("bts-*/*/source.docx")), ids=lambda path: f"{path.parts[-3]}-{path.parts[-2]}")
def test_every_form_twice_in_one_word_document(path: Path) -> None:
    whole = formfill.read(path)
    if whole.form is None or path.parts[-3] == "bts-sio-grille-bloc1":
        return
    first, second = records(twice(path), "x.docx")
    assert said(first)[1:3] == said(whole)[1:3]
    assert said(second)[1:3] == said(whole)[1:3]


def test_what_stands_between_two_grids_is_of_one_of_them() -> None:
    data = word("remarks-outside", "all-ticked", between=["Remarque sur le premier."])
    first, second = records(data, "x.docx")
    assert "Remarque sur le premier." in [comment.text for comment in first.comments]
    assert not [comment for comment in second.comments if "premier" in comment.text]


def test_a_title_that_comes_again_begins_the_next_form() -> None:
    document = docx.Document(io.BytesIO(word("all-blank", "all-ticked", between=["Vu.", "Candidat : Léa Exemple", "Bon stage."])))
    body = document.element.body
    body.insert(0, document.add_paragraph("Candidat : Tom Fictif")._element)
    out = io.BytesIO()
    document.save(out)
    first, second = records(out.getvalue(), "x.docx")
    assert [comment.text for comment in first.comments] == ["Candidat : Tom Fictif", "Vu."]
    assert [comment.text for comment in second.comments] == ["Candidat : Léa Exemple", "Bon stage.", "Nom : Candide EXEMPLE"]


# ------------------------------------------------------------------------------------------------------------- in and out


@pytest.fixture
def both(tmp_path: Path) -> Path:
    path = tmp_path / "classe.pdf"
    path.write_bytes(glued(data_of(OTHER), data_of(PDFS["missing-row"])))
    return path


def test_read_gives_the_first_and_says_so(both: Path) -> None:
    given = formfill.read(both)
    assert said(given)[:4] == said(record(OTHER))[:4]
    assert [(f.code, f.severity.value) for f in given.findings][-1] == ("several-forms", "error")


def test_the_command_line_prints_one_line_for_each(both: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command_line(["read", "--json", str(both)]) == ExitCode.FINDINGS
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["source"]["part"]["index"] for line in lines] == [1, 2]
    assert lines[0]["source"]["part"]["pages"] + lines[1]["source"]["part"]["pages"] == list(
        range(1, lines[0]["source"]["pages"] + 1)
    )
    assert "several-forms" not in str(lines)
    assert run_command_line(["check", "--format", "json", str(both)]) == ExitCode.FINDINGS
    files = json.loads(capsys.readouterr().out)["files"]
    assert [entry["part"]["index"] for entry in files] == [1, 2]
    run_command_line(["read", str(both)])
    assert "classe.pdf (partie 2, pages" in capsys.readouterr().out


def test_a_run_has_a_folder_for_each_and_resumes(both: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    assert run_command_line(["run", str(both), "--out", str(out)]) == ExitCode.FINDINGS
    err = capsys.readouterr().err
    assert err.count("[1/1] classe.pdf (partie") == 2
    names = {"record.json", "form.docx", "form.pdf"}
    assert {path.relative_to(out / "classe.pdf").as_posix() for path in (out / "classe.pdf").rglob("*.*")} == {
        f"part-{n}/{name}" for n in (1, 2) for name in names
    }
    assert len((out / "records.jsonl").read_text("utf-8").splitlines()) == 2
    page = (out / "index.html").read_text("utf-8")
    assert "part-1/form.pdf" in page
    assert "part-2/form.pdf" in page

    def never(_source: Source) -> object:
        raise AssertionError

    found = listing([both], out).items
    again = list(Run(out, see=never).outcomes(found))  # type: ignore[arg-type]
    assert [outcome.record and outcome.record.source.part and outcome.record.source.part.index for outcome in again] == [1, 2]
    # one form only is left: nothing of the others stays
    both.write_bytes(data_of(OTHER))
    assert run_command_line(["run", "--quiet", str(both), "--out", str(out)]) == ExitCode.DONE
    assert {path.name for path in (out / "classe.pdf").rglob("*")} == names
    both.write_bytes(b"%PDF-1.7 rien")
    assert run_command_line(["run", "--quiet", str(both), "--out", str(out)]) == ExitCode.SOURCE
    assert not list((out / "classe.pdf").rglob("*.*"))


def test_marks_of_a_part_are_those_of_its_cells() -> None:
    source = Source.of(glued(portfolio("A"), data_of(ONE), data_of(OTHER)), "x.pdf")
    whole = read(source)
    found = split(whole, [FORM], name="x")
    assert sorted(mark.id for piece in found for mark in piece.document.marks) == sorted(mark.id for mark in whole.marks)
    for piece in found:
        shown = {mark for grid in piece.document.grids for row in grid.rows for cell in row for mark in cell.marks}
        assert shown <= {mark.id for mark in piece.document.marks}
        assert all(row[0].row == number for grid in piece.document.grids for number, row in enumerate(grid.rows))
