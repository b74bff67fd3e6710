"""Every form of the interface: its blank is recognised with its edition and its boxes, its look-alikes are refused."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Final

import formfill
import pytest
from formfill import catalogue, pipeline, readers
from formfill.model.codec import dumps, loads
from formfill.model.document import MarkState
from formfill.recognise import recognise
from formfill.source import Source
from tests.documents import document
from tests.samples import samples

BLANKS: Final = Path(__file__).parent / "readers" / "blanks"
KNOWN: Final = {
    "attestation-stage-annexe-9-2025-reconstitution.docx": ("bts-sio-attestation-stage", "9", 4),
    "controle-conformite-VII-2-2026.docx": ("bts-sio-controle-conformite", "VII-2", 4),
    "environnement-technologique-VII-7-2026.docx": ("bts-sio-environnement-technologique", "VII-7", 0),
    "expression-besoins-VII-3-2026.docx": ("bts-sio-expression-besoins", "VII-3", 11),
    "fiche-appreciation-VII-6-2026.docx": ("bts-sio-fiche-appreciation", "VII-6", 6),
    "fiche-descriptive-7-1-A-2023.docx": ("bts-sio-fiche-sisr", "7-1", 7),
    "fiche-descriptive-7-1-B-2023.docx": ("bts-sio-fiche-slam", "7-1", 7),
    "fiche-descriptive-VII-1-A-2026.docx": ("bts-sio-fiche-sisr", "VII-1", 7),
    "fiche-descriptive-VII-1-B-2026.docx": ("bts-sio-fiche-slam", "VII-1", 7),
    "grille-evaluation-7-5-A-2023.docx": ("bts-sio-grille-bloc2-sisr", "7-5", 5 + 97),
    "grille-evaluation-7-5-B-2023.docx": ("bts-sio-grille-bloc2-slam", "7-5", 5 + 112),
    "grille-evaluation-VII-5-A-2026.docx": ("bts-sio-grille-bloc2-sisr", "VII-5", 5 + 97),
    "grille-evaluation-VII-5-B-2026.docx": ("bts-sio-grille-bloc2-slam", "VII-5", 5 + 112),
    "ndrc-grille-E4-2025.docx": ("bts-ndrc-grille-e4", "2025", 44 + 6),
    "ndrc-grille-E6-2025.docx": ("bts-ndrc-grille-e6", "2025", 28 + 6),
    "tableau-synthese-8-1-2024.xlsx": ("bts-sio-tableau-synthese", "8-1", 2 + 144),
    "tableau-synthese-8-1-2026.xlsx": ("bts-sio-tableau-synthese", "VI", 2 + 144),
}
"""Form, edition and number of boxes of each official blank."""


def test_every_blank_is_known() -> None:
    assert {path.name for path in BLANKS.glob("*.*x")} == set(KNOWN)
    assert {form for form, _edition, _boxes in KNOWN.values()} | {"bts-sio-grille-bloc1"} == set(catalogue.form_ids())


@pytest.mark.parametrize("name", sorted(KNOWN))
def test_a_blank_is_recognised_with_all_its_boxes_blank(name: str) -> None:
    record = formfill.read(BLANKS / name)
    assert record.form is not None
    assert (record.form.id, record.form.edition, len(record.boxes)) == KNOWN[name]
    assert {box.state for box in record.boxes} <= {MarkState.BLANK}
    assert [finding.code for finding in record.findings] == ["blank-form"]
    assert record.comments == ()
    assert {answer.field for answer in record.answers if answer.value is not None} == {"session"}
    assert [answer.field for answer in record.answers] == list(catalogue.form(record.form.id).fields)


@pytest.mark.parametrize("name", sorted(KNOWN))
def test_every_anchor_is_on_a_blank(name: str) -> None:
    form = catalogue.form(KNOWN[name][0])
    assert recognise(readers.read(Source.load(BLANKS / name)), (form,), name=name).score == 1.0


@pytest.mark.parametrize(
    "sample", [s for s in samples() if s.path.parent.parent.name != "bts-sio-grille-bloc1"], ids=lambda s: s.id
)
def test_a_record_survives_json_and_gives_a_page(sample: object) -> None:
    record = formfill.read(sample.path)  # type: ignore[attr-defined]
    assert dumps(loads(dumps(record))) == dumps(record)
    page = formfill.render(record, to="html").decode()
    for answer in record.answers:
        for line in (
            answer.text.split("\n")
            if isinstance(answer.value, str) and not any(b.field == answer.field for b in record.boxes)
            else ()
        ):
            assert line.replace("&", "&amp;") in page
    inside = re.search(r'<script type="application/json" id="record">(.*?)</script>', page, re.DOTALL)
    assert inside is not None
    assert json.loads(inside[1]) == json.loads(dumps(record))


@pytest.mark.parametrize(
    ("name", "formats"),
    [("fiche-descriptive-7-1-A-2023.docx", ["docx", "pdf"]), ("tableau-synthese-8-1-2026.xlsx", ["xlsx", "pdf"])],
)
def test_a_form_is_regenerated_in_its_own_format(name: str, formats: list[str]) -> None:
    (done,) = pipeline.process(Source.load(BLANKS / name))
    assert [rendition.format for rendition in done.renditions] == formats
    assert [finding.code for finding in done.record.findings] == ["blank-form"]


def test_a_format_that_cannot_hold_a_form_is_replaced_by_a_page() -> None:
    (done,) = pipeline.process(Source.load(BLANKS / "fiche-descriptive-7-1-A-2023.docx"), ("xlsx", "pdf"))
    assert [rendition.format for rendition in done.renditions] == ["pdf", "html"]
    assert [finding.code for finding in done.record.findings] == ["blank-form", "no-template"]


LABELS: Final = (
    "Concevoir et développer une solution applicative",
    "Assurer la maintenance corrective ou évolutive d’une solution applicative",
    "Gérer les données",
)


@pytest.mark.parametrize(
    ("seen", "nearest"),
    [
        (
            document([["Compétence", "Preuve"], *([label, "GSB"] for label in LABELS)], text=["Portfolio", "BTS SIO option SLAM"]),
            "bts-sio-fiche-slam",
        ),
        (
            document(
                [["Fiche descriptive de réalisation professionnelle"], ["Compétences travaillées"], *([label] for label in LABELS)]
            ),
            "bts-sio-fiche-slam",
        ),
        (
            document(
                [
                    ["ATTESTATION DE STAGE"],
                    ["Organisme d’accueil : Fictif"],
                    ["Durée du stage : 6 semaines"],
                    ["Fait à Lille le 3/3/2025"],
                ],
                text=["Lycée Fictif"],
            ),
            "bts-sio-attestation-stage",
        ),
        (
            document(
                [
                    ["Réalisations", "Période", "Gérer le patrimoine informatique", "Travailler en mode projet"],
                    ["GLPI", "2025", "X", ""],
                ],
                text=["Mes réalisations professionnelles", "Tableau de synthèse"],
            ),
            "bts-sio-tableau-synthese",
        ),
    ],
    ids=["portfolio", "summary", "school", "table"],
)
def test_a_look_alike_is_refused_and_the_nearest_form_named(seen: object, nearest: str) -> None:
    found = recognise(seen, catalogue.shelf(), name="x")  # type: ignore[arg-type]
    assert found.form is None
    assert found.nearest is not None
    assert found.nearest.id == nearest


def test_the_nearest_form_of_a_running_text_is_named_and_no_other() -> None:
    quoted = "Compétences officielles couvertes : gérer le patrimoine informatique, travailler en mode projet."
    [record] = formfill.read_all(f"Mon portfolio\n\n{quoted}\n".encode(), name="portfolio.txt")
    assert record.form is None
    assert "le plus proche est « Bloc 1 : compétences" in record.findings[-1].message
    [other] = formfill.read_all("Mon portfolio\n\nJ’ai su gérer le patrimoine informatique.\n".encode(), name="portfolio.txt")
    assert "le plus proche" not in other.findings[-1].message


def test_only_the_forms_that_a_document_may_be_are_loaded() -> None:
    shelf = catalogue.shelf()
    loaded: list[str] = []

    def load(form_id: str) -> object:
        loaded.append(form_id)
        return catalogue.form(form_id)

    watched = shelf._replace(load=load)  # type: ignore[arg-type]
    recognise(readers.read(Source.load(BLANKS / "tableau-synthese-8-1-2026.xlsx")), watched, name="x")
    assert "bts-sio-tableau-synthese" in loaded
    assert "bts-ndrc-grille-e4" not in loaded
