"""PDF: validator clean whatever a person writes, the page says what the record says, and nothing is lost in silence."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import page as validator
import pikepdf
import pypdfium2
import pytest
from formfill import catalogue, resources
from formfill.errors import ExitCode, MissingTemplateError, RenderError
from formfill.model import codec
from formfill.model.completed import Answer, AnswerState, BoxReading, Comment
from formfill.model.document import MarkState
from formfill.model.record import FormRef, Record, SourceRef
from formfill.model.report import Severity
from formfill.writers import pdf as writer
from formfill.writers import writer_for
from formfill.writers._fonts import printable
from hypothesis import given, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FORM = catalogue.form("bts-sio-grille-bloc1")
OPTIONS: Final = ("transversale", "B1.1", "B1.2", "B1.3", "B1.4", "B1.5", "B1.6")
BLANK, TICKED, UNCERTAIN = MarkState.BLANK, MarkState.TICKED, MarkState.UNCERTAIN
GLYPHS: Final = {BLANK: "☐", TICKED: "☒", UNCERTAIN: "⍰"}
REAL: Final = {"B1.1": TICKED, "B1.2": TICKED, "B1.4": TICKED, "B1.5": TICKED}
MARGIN: Final = 17 / 25.4 * 72
HOSTILE: Final = (
    'a  b\tc\r\n\r\n   \n#[x] $y$ `z` "q" \\ // /* <&> «\xa0n\xa0» 1\u202f000\x00\x1b\ud800\udfff\ufffe\uffff\x85\u2028\u2029'
    "日本 😀 👩\u200d👩 \ue000\uf0fe \u202eabc\u202c \u2066x\u2069 \ufeff\u200b\u00ad\ufe0f\U000e0041\ufffc "
    "ﬁn e\u0301 q\u0303\u0323 "
    + "x" * 400
    + " https://exemple.fr/un/chemin/tres-long-avec-des-tirets/et-encore-des-tirets-et-encore "
    + "W" * 300
    + " שלום עולם "
    + "ש" * 200
    + " مرحبا بالعالم "
    + "-" * 200
    + "\u00a0y" * 200
)


def record(
    states: dict[str, MarkState] | None = None, comments: dict[str, str] | None = None, notes: tuple[str, ...] = ()
) -> Record:
    assert FORM.grid is not None
    states, comments = states or {}, comments or {}
    ticked = tuple(option for option, state in states.items() if state is TICKED)
    answers = [Answer(FORM.grid.field, ticked or None, AnswerState.ANSWERED if ticked else AnswerState.EMPTY)]
    boxes = []
    for row in FORM.grid.rows:
        text = comments.get(row.option)
        answers.append(Answer(row.comment_field, text, AnswerState.ANSWERED if text else AnswerState.EMPTY))
        boxes.append(BoxReading(FORM.grid.field, row.option, row.label, states.get(row.option, BLANK)))
    return Record(
        source=SourceRef("Dupont Jeanne.docx", hashlib.sha256(b"x").hexdigest(), "docx", 1, None),
        form=FormRef(FORM.id, FORM.editions[0].id, FORM.referentiel, 1.0),
        answers=tuple(answers),
        boxes=tuple(boxes),
        comments=tuple(Comment("word-comment", None, text, "Mme Martin") for text in notes),
    )


def pdf(*args: Any) -> bytes:
    return writer.WRITER.write(record(*args), FORM, None).data


def failures(data: bytes) -> list[str]:
    """What the validator says against PDF/A-3a and PDF/UA-1, and that it looked at all."""
    found = []
    for profile, rules in (("3a", 150), ("ua1", 100)):
        report = validator.validate_pdf_bytes(data, profile=profile)
        assert report.rules.total >= rules
        found += [f"{failure.rule_id}: {failure.message}" for failure in report.failures]
        assert report.is_compliant is not bool(report.failures)
    return found


def pages(data: bytes) -> list[str]:
    """The text of each page, as PDFium extracts it."""
    with pypdfium2.PdfDocument(data) as document:
        return [document[i].get_textpage().get_text_range() for i in range(len(document))]


def after_label(data: bytes) -> str:
    """The text of the only comment, which stands under the last row."""
    text = pages(data)[-1]
    return text[text.rindex("Commentaire\r\n") + len("Commentaire\r\n") :].split("bts-sio-grille-bloc1 ·")[0]


def bare(text: str) -> str:
    return "".join(text.split())


def elements(data: bytes) -> list[tuple[str, str, int]]:
    """The structure tree in reading order: type, alternative text, depth."""

    def walk(node: Any, depth: int) -> Iterator[tuple[str, str, int]]:
        if isinstance(node, pikepdf.Array):
            for child in node:
                yield from walk(child, depth)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            yield str(node.S), str(node.get("/Alt", "")), depth
            if "/K" in node:
                yield from walk(node.K, depth + 1)

    with pikepdf.open(_stream(data)) as document:
        return list(walk(document.Root.StructTreeRoot.K, 0))


def _stream(data: bytes) -> Any:
    import io

    return io.BytesIO(data)


CASES: Final[dict[str, tuple[Any, ...]]] = {
    "blank": (),
    "ticked": (dict.fromkeys(OPTIONS, TICKED),),
    "uncertain": (dict.fromkeys(OPTIONS, UNCERTAIN),),
    "real": (REAL,),
    "comments": (REAL, {option: f"Premier § de {option}.\nSecond, l’autre : « oui »." for option in OPTIONS}),
    "hostile": (REAL, dict.fromkeys(OPTIONS, HOSTILE), (HOSTILE,)),
    "long": (REAL, {"B1.2": "Une phrase assez longue. " * 800, "B1.5": "\n".join(f"Ligne {i}" for i in range(200))}),
    "space": ({}, {"B1.1": " ", "B1.2": "\n\n", "B1.3": "\x00", "B1.4": "\u200b"}),
    "notes": ({}, {}, ("Une remarque.\nSur deux lignes.", "\x00")),
}


@pytest.mark.parametrize("case", CASES)
def test_it_is_pdf_a_3a_and_pdf_ua_1(case: str) -> None:
    assert failures(pdf(*CASES[case])) == []


@pytest.mark.parametrize("case", CASES)
def test_the_boxes_come_out_as_text_in_order(case: str) -> None:
    states = CASES[case][0] if CASES[case] else {}
    text = "".join(pages(pdf(*CASES[case])))
    if "hostile" not in case:
        assert re.findall("[☐☒⍰]", text) == [GLYPHS[states.get(option, BLANK)] for option in OPTIONS]


@given(st.lists(st.sampled_from(MarkState), min_size=7, max_size=7))
@settings(max_examples=10, deadline=None)
def test_any_states(states: list[MarkState]) -> None:
    data = pdf(dict(zip(OPTIONS, states, strict=True)))
    assert re.findall("[☐☒⍰]", "".join(pages(data))) == [GLYPHS[state] for state in states]
    told = {BLANK: "non coché", TICKED: "coché", UNCERTAIN: "incertain"}
    assert [alt for kind, alt, _depth in elements(data) if kind == "/Figure"] == [told[state] for state in states]


ANYTHING = st.text(st.characters(exclude_categories=()), max_size=120) | st.text(st.sampled_from(HOSTILE), max_size=200)


@given(ANYTHING, ANYTHING)
@settings(max_examples=40, deadline=None)
def test_whatever_is_written_passes_and_is_kept(text: str, note: str) -> None:
    written = record({}, {"B1.3": text}, (note,))
    rendition = writer.WRITER.write(written, FORM, None)
    assert failures(rendition.data) == []
    assert attached(rendition.data) == codec.dumps(written).encode()
    reported = [(f.field, f.code) for f in rendition.findings]
    expected = [("commentaire.B1.3", "substituted-character")] if printable(text)[1] else []
    expected_note: list[tuple[str | None, str]] = [(None, "substituted-character")] if printable(note)[1] else []
    assert reported == [*expected, *expected_note]


def test_a_stream_that_ends_in_a_carriage_return_keeps_its_length() -> None:
    texts = [f"Commentaire {i} ; {i * 7919}" for i in range(150)]
    made = [pdf({}, {"B1.3": text}) for text in texts]
    # the checksum of some stream ends in CR about once in fifty documents
    hit = [data for data in made if b"\r\r\nendstream" in data]
    assert hit
    for data in hit:
        assert failures(data) == []
        with pikepdf.open(_stream(data)) as document:
            assert document.check_pdf_syntax() == []
    assert not any(re.search(b"[^\r]\r\nendstream", data) for data in made)


@given(ANYTHING.filter(lambda text: text.strip() != ""))
@settings(max_examples=60, deadline=None)
def test_the_page_shows_the_printable_text(text: str) -> None:
    seen, expected = bare(after_label(pdf({}, {"B1.6": text}))), bare(printable(text)[0])
    # PDFium gives right-to-left text, and marks on one base, in an order of its own, brackets as they are drawn,
    # and no character beyond U+FFFF; the writer's direction marks between the letters of a long word may come out
    mirrored = any(unicodedata.bidirectional(c) in {"R", "AL"} for c in expected)
    assert kept(seen, mirrored=mirrored) == kept(expected, mirrored=mirrored)


def kept(text: str, *, mirrored: bool) -> Counter[str]:
    return Counter(c for c in text if not (mirrored and (unicodedata.mirrored(c) or c > "\uffff" or c == "\u200f")))


LATIN = st.text(st.characters(max_codepoint=0x17F, exclude_categories=("Cc", "Cf")), min_size=1, max_size=300)


@given(LATIN.filter(lambda text: text.strip() != ""))
@settings(max_examples=40, deadline=None)
def test_latin_text_comes_out_as_written(text: str) -> None:
    assert bare(after_label(pdf({}, {"B1.6": text}))) == bare(printable(text)[0])


@pytest.mark.parametrize(
    "text",
    [
        "Compte-rendu remis au tuteur, sous-traitant bien-aimé, peut-être ; " * 12,
        "anti-" * 200,
        "un - deux - trois - " * 30,
        "a" * 1400,
        "-" * 300,
        "Bac pro-\nsuite-\n-fin-",
        "- premier\n- second\n· troisième",
        "\ta  b\u2003c",
    ],
)
def test_lines_break_without_changing_the_text(text: str) -> None:
    seen = after_label(pdf({}, {"B1.6": text}))
    assert "\ufffe" not in seen
    assert bare(seen) == bare(text)


def test_words_are_cut_between_spaces_and_long_words_anywhere() -> None:
    # a wrapped line ends with its space, a cut word with none: a reader can put both together again
    words = after_label(pdf({}, {"B1.6": "Quelques mots ordinaires. " * 20})).strip().split("\r\n")
    assert len(words) > 3
    assert all(line.endswith(" ") for line in words[:-1])
    assert not any(line.endswith(" ") for line in after_label(pdf({}, {"B1.6": "m" * 500})).strip().split("\r\n"))


@pytest.mark.parametrize("case", ["hostile", "long", "comments"])
def test_nothing_leaves_the_margins(case: str) -> None:
    with pypdfium2.PdfDocument(pdf(*CASES[case])) as document:
        for number in range(len(document)):
            sheet = document[number]
            width, height = sheet.get_size()
            text = sheet.get_textpage()
            for i in range(text.count_chars()):
                left, bottom, right, top = text.get_charbox(i)
                if not text.get_text_range(i, 1).isspace() and right > left:
                    assert left >= MARGIN - 2
                    assert right <= width - MARGIN + 2
                    assert 20 < bottom < top < height - 20


def baselines(data: bytes, first: str) -> list[float]:
    """The heights of the letters ``first``, one on each line of the comment."""
    with pypdfium2.PdfDocument(data) as document:
        text = document[len(document) - 1].get_textpage()
        found = [text.get_charbox(i)[1] for i in range(text.count_chars()) if text.get_text_range(i, 1) == first]
        return sorted({round(y, 1) for y in found}, reverse=True)


def test_a_paragraph_stands_apart_from_a_wrapped_line() -> None:
    ys = baselines(pdf({}, {"B1.6": "ж" * 100 + "\n" + "ж\n\nж"}), "ж")
    wrapped, paragraph, empty_line = (a - b for a, b in pairwise(ys))
    assert wrapped * 1.2 < paragraph
    assert paragraph * 1.5 < empty_line


def test_each_line_of_a_comment_is_a_tagged_paragraph() -> None:
    def paragraphs(*args: Any) -> int:
        return [kind for kind, _alt, _depth in elements(pdf(*args))].count("/P")

    assert paragraphs({}, {"B1.6": "un\ndeux\n\ntrois"}) == paragraphs() + 4


def test_the_tables_headings_are_tagged_and_the_form_has_its_bookmark() -> None:
    data = pdf(REAL, {"B1.2": "x"}, ("note",))
    kinds = [kind for kind, _alt, _depth in elements(data)]
    assert [kinds.count(kind) for kind in ("/H1", "/H2", "/Table", "/THead", "/TH", "/TR", "/TD")] == [1, 1, 1, 1, 3, 9, 22]
    with pikepdf.open(_stream(data)) as document, document.open_outline() as outline:
        assert [item.title for item in outline.root] == [FORM.title]


def test_a_completed_grid_takes_two_pages_and_repeats_its_headings() -> None:
    comments = {"B1.1": "Recensement fait.\nInventaire à jour.", "B1.4": "Planning et compte-rendu fournis."}
    for data in (pdf(REAL), pdf(REAL, comments)):
        texts = pages(data)
        assert len(texts) == 2
        assert all(text.count("Indicateurs de performance\r\n") == 1 for text in texts)
        assert [text.count(f"page {i} / 2") for i, text in enumerate(texts, 1)] == [1, 1]


@pytest.mark.parametrize("lines", [1, 4, 8, 12])
def test_a_row_is_not_cut_by_the_end_of_a_page(lines: int) -> None:
    assert FORM.grid is not None
    comment = "\n".join(["Une ligne."] * lines)
    texts = [text.replace("\r\n", " ").replace("  ", " ") for text in pages(pdf(REAL, {"transversale": comment}))]
    for row in FORM.grid.rows:
        (text,) = (text for text in texts if row.title in text)
        rest = text[text.index(row.title) :]
        assert all(line.text.strip() in rest for column in row.lines for line in column), row.title


def test_the_bottom_of_the_page_says_where_it_comes_from() -> None:
    for text in pages(pdf(REAL)):
        assert (
            f"bts-sio-grille-bloc1 · édition activites · référentiel bts-sio-2020 · source {hashlib.sha256(b'x').hexdigest()[:16]}"
            in text
        )
    assert "édition autre" in pages(writer.WRITER.write(record(), FORM, "autre").data)[0]


def test_an_uncertain_box_is_explained_without_another_box() -> None:
    assert "point d’interrogation" not in "".join(pages(pdf(REAL)))
    text = "".join(pages(pdf({"B1.3": UNCERTAIN})))
    assert "point d’interrogation" in text
    assert text.count("⍰") == 1


def attached(data: bytes) -> bytes:
    with pikepdf.open(_stream(data)) as document:
        return document.attachments["record.json"].get_file().read_bytes()


def test_the_record_is_attached_with_its_relationship() -> None:
    written = record(REAL, {"B1.1": HOSTILE})
    data = writer.WRITER.write(written, FORM, None).data
    with pikepdf.open(_stream(data)) as document:
        assert list(document.attachments) == ["record.json"]
        spec = document.attachments["record.json"]
        assert (str(spec.relationship), spec.get_file().mime_type) == ("/Data", "application/json")
        assert spec.description
        assert document.Root.AF[0].objgen == spec.obj.objgen
    assert attached(data) == codec.dumps(written).encode()


def test_nothing_of_a_person_is_in_the_metadata() -> None:
    written = record(REAL, {"B1.1": "Dupont Jeanne, candidate 02345678901"}, ("Vu avec M. Durand",))
    with pikepdf.open(_stream(writer.WRITER.write(written, FORM, None).data)) as document:
        xmp = document.Root.Metadata.read_bytes().decode()
        info = {str(key): str(value) for key, value in document.docinfo.items()}
        assert document.Root.Lang == "fr-FR"
        spec = str(document.attachments["record.json"].description)
    for word in ("Dupont", "Jeanne", "02345678901", "Martin", "Durand", "docx"):
        assert word not in xmp + str(info) + spec
    assert "/Author" not in info
    assert "dc:creator" not in xmp
    assert info["/Title"] == FORM.title
    for word in (FORM.id, "édition activites", FORM.referentiel, f"sha256:{written.source.sha256}"):
        assert word in info["/Keywords"]
        assert word in xmp
    assert info["/CreationDate"] == info["/ModDate"] == "D:19700101000000Z"


PROGRAM: Final = """
import hashlib, sys
sys.path.insert(0, {tests!r})
import test_pdf
print(hashlib.sha256(test_pdf.pdf(*test_pdf.CASES["hostile"])).hexdigest())
"""


def test_the_same_record_gives_the_same_bytes_in_any_process_and_thread() -> None:
    from pathlib import Path

    data = pdf(*CASES["hostile"])
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(lambda _: pdf(*CASES["hostile"]), range(8))) == {data}
    program = PROGRAM.format(tests=str(Path(__file__).parent))
    other = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": "7"})
    assert other.stdout.strip() == hashlib.sha256(data).hexdigest()


def test_only_the_bundled_fonts_are_used_and_they_are_embedded() -> None:
    with pikepdf.open(_stream(pdf(*CASES["hostile"]))) as document:
        fonts = [o for o in document.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/FontDescriptor"]
        assert fonts
        names = {re.sub(r"/[A-Z]{6}\+", "", str(font.FontName)).partition("-")[0] for font in fonts}
        assert names <= {
            "LiberationSans",
            "DejaVuSansCondensed",
            "DejaVuSans",
            "DejaVuSansMono",
        }
        assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)


def test_a_character_without_a_glyph_is_substituted_and_told() -> None:
    rendition = writer.WRITER.write(record({}, {"B1.6": "Vu 日 \x00."}), FORM, None)
    (finding,) = rendition.findings
    assert (finding.code, finding.severity, finding.field) == ("substituted-character", Severity.WARNING, "commentaire.B1.6")
    assert "U+65E5" in finding.message
    assert "U+0000" in finding.message
    assert "Vu � �." in after_label(rendition.data)


def test_another_form_is_refused() -> None:
    with pytest.raises(RenderError):
        writer.WRITER.write(record()._replace(form=None), FORM, None)


def test_a_form_without_a_page_is_refused() -> None:
    written = record()._replace(form=FormRef("autre", None, FORM.referentiel, 1.0))
    with pytest.raises(MissingTemplateError) as caught:
        writer.WRITER.write(written, replace(FORM, id="autre"), None)
    assert caught.value.exit_code is ExitCode.DEFINITION


def test_a_page_that_typst_refuses_is_an_error_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / FORM.id).mkdir()
    (tmp_path / FORM.id / "page.typ").write_text("#nothing-of-that-name")
    monkeypatch.setattr(resources, "_ROOTS", (tmp_path,))
    with pytest.raises(RenderError) as caught:
        pdf()
    assert caught.value.exit_code is ExitCode.RENDER


def test_the_wheels_templates_come_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wheel, checkout = tmp_path / "wheel", tmp_path / "checkout"
    for root in (wheel, checkout):
        (root / "forme").mkdir(parents=True)
        (root / "forme" / "page.typ").touch()
    (checkout / "forme" / "seul.typ").touch()
    (tmp_path / "dehors.typ").touch()
    monkeypatch.setattr(resources, "_ROOTS", (wheel, checkout))
    assert resources.template("forme", "page.typ") == wheel / "forme" / "page.typ"
    assert resources.template("forme", "seul.typ") == checkout / "forme" / "seul.typ"
    for form, name in (("forme", "absent.typ"), ("absente", "page.typ"), ("..", "dehors.typ"), ("forme", "../../dehors.typ")):
        with pytest.raises(MissingTemplateError):
            resources.template(form, name)


def test_importing_the_writer_costs_nothing() -> None:
    program = "import sys, formfill.writers.pdf as w; print([m for m in ('typst', 'pikepdf', 'pypdfium2') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    assert writer_for("pdf") is writer.WRITER
