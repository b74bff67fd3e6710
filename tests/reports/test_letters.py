"""Letters: who has one, what it lists, the same thing in Word, in PDF and in the e-mail, from any template."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import formfill
import pytest
from docx import Document
from formfill import catalogue, resources
from formfill.dossier import cohort
from formfill.errors import RenderError
from formfill.model.dossier import Candidate
from formfill.reports import _letter_pdf, _letter_word, cohort_json
from formfill.reports.letters import Letter, Missing, Wrong, letters, long_date, mail, unsettled
from PIL import Image
from tests.dossier.papers import dossier
from tests.dossier.test_class import outcomes, roll
from tools.make_letter_template import TARGET, build

if TYPE_CHECKING:
    from pathlib import Path

FORMS = {form.id: form for form in catalogue.forms()}
TEMPLATE = resources.template("letters", "lettre.docx")
LETTER = Letter(
    name="EXEMPLE & Fils <Candide>\x07",
    number="0234567890",
    session="2026",
    option="SISR",
    epreuves="E5, E6",
    deadline="15 décembre 2026",
    date="",
    missing=(Missing("Tableau de synthèse", "E5", "RG-01", "circulaire"),),
    wrong=(Wrong("fiche-1.docx", "« Lieu » est vide.", "E6", "RG-20", "modèle"),),
)


def made(**given: str) -> list[Letter]:
    return letters(outcomes(), cohort(outcomes(), list(roll().candidates)), FORMS, deadline="2026-12-15", **given)


def text(data: bytes) -> str:
    """Everything that a document says, on one line."""
    seen = formfill.inspect(data, name="x")
    return " ".join(" ".join(block.text for block in seen.text).split())


def test_a_letter_goes_to_whoever_misses_a_piece_or_has_an_error() -> None:
    written = {letter.name: letter for letter in made()}
    assert not {"EXEMPLE Candide", "INVENTÉE Zélie", "SONGE Jules"} & set(written)
    assert [item.piece for item in written["RÊVEUSE Karine"].missing] == ["Tableau de synthèse des réalisations professionnelles"]
    assert [item.rule for item in written["LÉGENDE Gaston"].missing] == ["RG-15"]
    assert [item.rule for item in written["SUPPOSÉE Denise"].wrong] == ["RG-10", "RG-10", "RG-09"]
    assert [(item.epreuve, item.rule) for item in written["ABSENTE Lise"].missing] == [
        ("E5", "RG-01"),
        ("E5", "RG-01"),
        ("E6", "RG-15"),
        ("E6", "RG-15"),
    ]
    assert {letter.deadline for letter in written.values()} == {"15 décembre 2026"}


def test_what_the_jury_wrote_is_no_matter_of_the_candidate() -> None:
    people = dossier(grille={"note": "21", "note_finale": "21"}, appreciation=None)
    assert letters(people, cohort(people), FORMS, deadline="2026-12-15") == []


def test_somebody_on_the_list_alone_owes_everything() -> None:
    [letter] = letters([], cohort([], [Candidate("ABSENTE Lise", "1", 2026)]), FORMS, deadline="2026-02-01")
    assert len(letter.missing) == 4
    assert letter.deadline == "1er février 2026"


def test_a_piece_that_a_document_of_nobody_may_be_is_not_asked_for() -> None:
    people = dossier(fiche_2={"nom_prenom": "", "numero_candidat": "", "numero_realisation": "2", "intitule": "Accès distant"})
    made = cohort(people)
    assert [piece.id for found in made.dossiers for piece in found.missing] == ["fiche-2"]
    assert letters(people, made, FORMS, deadline="2026-12-15") == []
    assert unsettled(made) == ["EXEMPLE Candide (0234567890)"]
    [missing] = [entry for found in cohort_json.dossiers(made) for entry in found["missing"]]
    assert missing["perhaps"] == ["fiche_2.docx"]


def test_word_pdf_and_mail_say_one_thing() -> None:
    document = _letter_word.word(LETTER, TEMPLATE)
    page = _letter_pdf.pdf(_letter_word.blocks(document), title="Lettre", name="x")
    for said in (text(document), text(page), " ".join(mail(LETTER).split())):
        for wanted in (
            "EXEMPLE & Fils <Candide>",
            "0234567890",
            "Tableau de synthèse",
            "RG-01",
            "fiche-1.docx",
            "RG-20",
            "15 décembre 2026",
        ):
            assert wanted in said
        assert "{" not in said
    assert page.startswith(b"%PDF-")


def test_only_a_missing_piece_may_cost_the_convocation() -> None:
    from dataclasses import replace

    assert "convocation" in text(_letter_word.word(LETTER, TEMPLATE))
    assert "convocation" not in text(_letter_word.word(replace(LETTER, missing=()), TEMPLATE))


def test_the_same_letter_gives_the_same_bytes_and_names_no_day_of_its_own() -> None:
    one, other = (_letter_word.word(LETTER, TEMPLATE) for _ in range(2))
    assert one == other
    pages = [_letter_pdf.pdf(_letter_word.blocks(one), title="x", name="x") for _ in range(2)]
    assert pages[0] == pages[1]
    assert "Le 23 novembre 2026" in text(_letter_word.word(made(date="2026-11-23")[0], TEMPLATE))
    assert "2026-11" not in text(one)


def test_a_template_of_another_secretary(tmp_path: Path) -> None:
    document = Document()
    document.add_heading("Avis à {{ name }}", 1)
    picture = io.BytesIO()
    Image.new("RGB", (20, 10), "navy").save(picture, "png")
    picture.seek(0)
    document.add_picture(picture)
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "Délai"
    table.cell(0, 1).text = "{{ deadline }}"
    document.save(str(tmp_path / "avis.docx"))
    made = _letter_word.word(LETTER, tmp_path / "avis.docx")
    blocks = _letter_word.blocks(made)
    assert [block["kind"] for block in blocks.body].count("picture") == 1
    page = _letter_pdf.pdf(blocks, title="x", name="x")
    seen = formfill.inspect(page, name="x.pdf")
    assert [[cell.text for cell in row] for grid in seen.grids for row in grid.rows] == [["Délai", "15 décembre 2026"]]


@pytest.mark.parametrize(
    "tag", ["{{ nom }}", "{% if %}", "{{ name.__class__.__mro__ }}", "{{ ''.__class__.__base__.__subclasses__() }}"]
)
def test_a_wrong_tag_is_said_and_none_runs_code(tmp_path: Path, tag: str) -> None:
    document = Document()
    document.add_paragraph(tag)
    document.save(str(tmp_path / "x.docx"))
    with pytest.raises(RenderError):
        _letter_word.word(LETTER, tmp_path / "x.docx")


def test_a_template_that_is_no_word_document(tmp_path: Path) -> None:
    (tmp_path / "x.docx").write_bytes(b"PK no")
    for path in (tmp_path / "x.docx", tmp_path / "missing.docx", tmp_path):
        with pytest.raises(RenderError):
            _letter_word.word(LETTER, path)


def test_names_of_files() -> None:
    assert LETTER.stem == "exemple-fils-candide-0234567890"
    assert LETTER.tags()["name"].endswith("␇")


def test_dates() -> None:
    assert long_date("2026-08-01") == "1er août 2026"


def test_the_template_is_what_the_tool_makes() -> None:
    assert TARGET.read_bytes() == build(), "run « python -m tools.make_letter_template »"
