"""OpenDocument files as LibreOffice saves them: see ``data/README.md``."""

from __future__ import annotations

from pathlib import Path

from formfill import pipeline
from formfill.source import Source

DATA = Path(__file__).parent / "data"
SAMPLES = Path(__file__).parents[2] / "samples" / "bts-sio-grille-bloc1"


def test_the_grid_reads_to_the_same_record_as_its_docx() -> None:
    word, open_document = (
        pipeline.read(Source.load(path))
        for path in (SAMPLES / "duplicated-row-disagreeing" / "source.docx", DATA / "bloc1-libreoffice.odt")
    )
    assert open_document.source.format == "odt"
    assert open_document.form == word.form is not None
    assert [(a.field, a.value, a.state) for a in open_document.answers] == [(a.field, a.value, a.state) for a in word.answers]
    seen = [[(b.field, b.option, b.label, b.state, b.row_label) for b in record.boxes] for record in (open_document, word)]
    assert seen[0] == seen[1]
    assert {box.state.value for box in word.boxes} == {"ticked", "blank", "uncertain"}
    # the DOCX carries its record with it, an OpenDocument copy does not
    own = [finding for finding in word.findings if finding.code != "attachment-differs"]
    assert [(f.code, f.field) for f in open_document.findings] == [(f.code, f.field) for f in own]
    assert [c.text for c in open_document.comments] == [c.text for c in word.comments]


def test_boxes() -> None:
    document = pipeline.inspect(Source.load(DATA / "boxes-libreoffice.odt"))
    assert [(mark.state.value, mark.evidence[0].kind) for mark in document.marks] == [
        ("ticked", "loext:checked"),
        ("blank", "loext:checked"),
        ("ticked", "FORMCHECKBOX"),
        ("blank", "FORMCHECKBOX"),
        ("ticked", "FORMCHECKBOX"),
        ("ticked", "glyph"),
        ("ticked", "symbol"),
        ("blank", "symbol"),
        ("ticked", "symbol"),
        ("ticked", "loext:checked"),
    ]
    assert [finding.code for finding in document.findings] == ["tracked-change", "hidden-content", "struck-text"]
    assert [(note.kind.value, note.text, note.author) for note in document.annotations] == [
        ("insertion", "☒", "Ex"),
        ("deletion", "☐", "Ex"),
    ]


def test_crosses() -> None:
    document = pipeline.inspect(Source.load(DATA / "crosses-libreoffice.ods"))
    assert [(mark.state.value, mark.label, (mark.place.path or "").rpartition(".")[2]) for mark in document.marks] == [
        ("blank", "SISR", "B2"),
        ("ticked", "SLAM", "C2"),
        ("ticked", "Gérer le patrimoine | Site vitrine", "C4"),
        ("ticked", "Développer la présence en ligne | Site vitrine", "E4"),
        ("ticked", "Gérer le patrimoine | Réseau", "C5"),
        ("uncertain", "Travailler en mode projet | Réseau", "D5"),
        ("ticked", "Travailler en mode projet | Stage", "D6"),
        ("ticked", "Développer la présence en ligne | Stage", "E6"),
    ]
    assert [finding.code for finding in document.findings] == ["hidden-content"]
    assert [(note.text, note.place.path) for note in document.annotations] == [("À revoir", "Tableau de synthèse.A4")]
