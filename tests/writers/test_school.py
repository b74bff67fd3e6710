"""A school's own Word template: filled, or refused with the paragraph that is wrong; what it leaves out is told."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

import formfill
import pytest
from docx import Document
from formfill import catalogue, pipeline
from formfill.cli import run_command_line
from formfill.errors import RenderError
from formfill.language import set_language
from formfill.model.document import MarkState
from tests.form_records import made
from tests.samples import ROOT

if TYPE_CHECKING:
    from pathlib import Path

CLASS: Final = ROOT / "classe-bts-sio" / "02-inventee"


@pytest.fixture(autouse=True)
def _french() -> None:
    set_language("fr")


def template(folder: Path, *paragraphs: str) -> Path:
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    path = folder / "modele.docx"
    document.save(str(path))
    return path


def text(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in Document(io.BytesIO(data)).paragraphs if paragraph.text]


def test_fields_boxes_and_rows(tmp_path: Path) -> None:
    fiche = formfill.read(CLASS / "fiche-1.docx")
    own = template(
        tmp_path,
        "{{ formulaire.titre }} : {{ champs.nom_prenom }}",
        "{{ cases.competences.B2_1 }} {{ cases.competences['B2.3'] }} {{ cases.modalite.equipe }}",
    )
    filled = pipeline.render_on(fiche, own)
    assert text(filled.data)[1] == "☒ ☐ ☐"
    assert text(filled.data)[0].endswith(": Zélie Inventée")
    [left] = filled.findings
    assert left.code == "not-in-template"
    assert "B2.2" in left.message
    assert "case ponctuelle" in left.message
    assert "case B2.3" not in left.message
    assert filled.data == pipeline.render_on(fiche, own).data
    tableau = formfill.read(CLASS / "tableau.xlsx")
    rows = template(tmp_path, "{% for r in realisations %}", "{{ r.periode }} {{ r.cases.B1_2 }}", "{% endfor %}")
    assert [line.strip() for line in text(pipeline.render_on(tableau, rows).data) if line.strip()] == [
        "02/09/24 au 20/12/24 ☒",
        "22/05/25 au 30/06/25 ☒",
        "08/01/26 au 16/02/26 ☐",
    ]


def test_what_a_row_says_and_the_template_does_not_is_told(tmp_path: Path) -> None:
    form = catalogue.form("bts-sio-tableau-synthese")
    crosses = (MarkState.TICKED, MarkState.UNCERTAIN, *(MarkState.BLANK,) * 4)
    record = made(form, "VI", lambda _field: None, lambda _f, _o: MarkState.BLANK, [("formation", "Parc", "2025", crosses)])

    def left(tags: str) -> str:
        own = template(tmp_path, "{% for r in realisations %}", tags, "{% endfor %}")
        return " ".join(finding.message for finding in pipeline.render_on(record, own).findings)

    assert "intitulé, réalisations : période, réalisations : case B1.1, réalisations : case B1.2" in left("-")
    assert left("{{ r.intitule }} {{ r.periode }} {{ r.competences }}").endswith(": réalisations : case B1.2.")
    assert left("{{ r.intitule }} {{ r.periode }} {{ r.cases.B1_1 }} {{ r.cases.B1_2 }}") == ""


def test_what_word_cannot_hold_is_left_out_and_told(tmp_path: Path) -> None:
    form = catalogue.form("bts-sio-fiche-slam")
    own = template(tmp_path, "Nom : {{ champs.nom_prenom }}.")
    for odd in "\x00\x07\x0b\x0c\ud800\uffff":
        texts = {"nom_prenom": f"Zélie{odd} Inventée"}
        record = made(form, "VII-1", texts.get, lambda _field, _option: MarkState.BLANK)
        rendition = pipeline.render_on(record, own)
        assert text(rendition.data) == ["Nom : Zélie Inventée."]
        assert [(f.code, f.field) for f in rendition.findings] == [("unprintable-character", "nom_prenom")]


def test_what_a_person_wrote_is_never_a_tag_nor_markup(tmp_path: Path) -> None:
    fiche = formfill.read(CLASS / "fiche-1.docx")
    odd = "{{ 7 * 7 }} <w:p> & {% if %}"
    fiche = fiche._replace(answers=tuple(a._replace(value=odd) if a.field == "lieu" else a for a in fiche.answers))
    assert text(pipeline.render_on(fiche, template(tmp_path, "Lieu : {{ champs.lieu }}")).data) == [f"Lieu : {odd}"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("Nom : {{ champs.nom_preno }}", "« nom_preno » n’existe pas"),
        ("Nom : {{ inconnu }}", "« inconnu » n’existe pas"),
        ("{{ cases.competences.B9_9 }}", "« B9_9 » n’existe pas"),
        ("Nom : {% if %}", "mal écrite"),
        ("{{ 1 + 'a' }}", "calcule"),
        ("{{ ''.__class__.__mro__ }}", "pas le droit"),
    ],
)
def test_a_mistake_is_told_with_its_paragraph(tmp_path: Path, wrong: str, said: str) -> None:
    fiche = formfill.read(CLASS / "fiche-1.docx")
    with pytest.raises(RenderError) as raised:
        pipeline.render_on(fiche, template(tmp_path, "Lycée Fictif", "{{ champs.date }}", wrong, "Fin"))
    assert said in str(raised.value)
    assert "dans le paragraphe" in str(raised.value)
    assert wrong[:20] in str(raised.value)


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record, out = tmp_path / "record.json", tmp_path / "fiche.docx"
    record.write_text(formfill.to_json(formfill.read(CLASS / "fiche-1.docx")), "utf-8")
    own = template(tmp_path, "{{ champs.nom_prenom }}")
    arguments = ["render", str(record), "--to", "docx", "-o", str(out), "--template"]
    assert run_command_line([*arguments, str(own)]) == 0
    assert "not-in-template" in capsys.readouterr().err
    assert text(out.read_bytes()) == ["Zélie Inventée"]
    before = out.read_bytes()
    (tmp_path / "faux.docx").write_bytes(b"PK\x03\x04")
    assert run_command_line([*arguments, str(tmp_path / "faux.docx")]) == 6
    assert run_command_line(["render", str(record), "--to", "pdf", "-o", str(out), "--template", str(own)]) == 2
    assert out.read_bytes() == before
