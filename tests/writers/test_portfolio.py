"""A portfolio: every form in one PDF, clean for the validators, each read back as its own record."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

import formfill
import pikepdf
import pytest
from formfill import pipeline
from formfill.cli import run_command_line
from formfill.comparison import differences
from formfill.language import set_language
from tests.samples import ROOT
from tests.writers.test_pdf import failures

if TYPE_CHECKING:
    from pathlib import Path

    from formfill.model.record import Record

CLASS: Final = ROOT / "classe-bts-sio"
DOSSIER: Final = ("tableau.xlsx", "fiche-1.docx", "fiche-2.pdf", "attestation-1.pdf", "attestation-2.docx")


@pytest.fixture(autouse=True)
def _french() -> None:
    set_language("fr")


@pytest.fixture(scope="module")
def records() -> list[Record]:
    own = [formfill.read(CLASS / "02-inventee" / name) for name in DOSSIER]
    return [*own, formfill.read(ROOT / "bts-sio-grille-bloc1" / "comments-in-every-row" / "source.docx")]


@pytest.fixture(scope="module")
def portfolio(records: list[Record]) -> bytes:
    return pipeline.merge(records).data


def test_each_form_comes_back(records: list[Record], portfolio: bytes) -> None:
    back = formfill.read_all(portfolio, name="dossier.pdf")
    assert [record.form and record.form.id for record in back] == [record.form and record.form.id for record in records]
    assert [record.source.part and record.source.part.index for record in back] == list(range(1, len(records) + 1))
    for given, record in zip(records, back, strict=True):
        assert differences(given, record) == ()
        assert {finding.code for finding in record.findings} <= {finding.code for finding in given.findings}
    pages = [record.source.part.pages for record in back if record.source.part]
    assert [page for own in pages for page in own] == sorted({page for own in pages for page in own})


@pytest.mark.parametrize("order", [(5, 0, 1), (2, 1, 3), (4, 3, 0), (3, 5, 2), (1, 5, 0, 4)])
def test_in_any_order(records: list[Record], order: tuple[int, ...]) -> None:
    given = [records[at] for at in order]
    back = formfill.read_all(pipeline.merge(given).data, name="dossier.pdf")
    assert [differences(*pair) for pair in zip(given, back, strict=True)] == [()] * len(given)


def test_the_validators_are_clean(portfolio: bytes) -> None:
    assert failures(portfolio) == []


def test_bookmarks_records_and_metadata(records: list[Record], portfolio: bytes) -> None:
    with pikepdf.open(io.BytesIO(portfolio)) as pdf:
        with pdf.open_outline() as outline:
            assert len(outline.root) >= len(records)
        assert list(pdf.attachments) == [f"record-{number}.json" for number in range(1, len(records) + 1)]
        attached = [formfill.from_json(pdf.attachments[name].get_file().read_bytes().decode()) for name in pdf.attachments]
        assert [differences(*pair) for pair in zip(records, attached, strict=True)] == [()] * len(records)
        with pdf.open_metadata() as metadata:
            told = str(metadata)
        assert "nvent" not in told.lower()
        assert "Inventée" not in str(pdf.docinfo)


def test_the_same_bytes_twice(records: list[Record], portfolio: bytes) -> None:
    assert pipeline.merge(records).data == portfolio


def test_an_edited_page_is_told(records: list[Record], portfolio: bytes) -> None:
    """The records of two forms swapped in the attachments: each page differs from both."""
    changed = records[0]._replace(
        answers=tuple(
            answer._replace(value="Quelqu’un d’autre") if answer.field == "centre" else answer for answer in records[0].answers
        )
    )
    with pikepdf.open(io.BytesIO(portfolio)) as pdf:
        pdf.attachments["record-1.json"] = pikepdf.AttachedFileSpec(
            pdf, formfill.to_json(changed).encode(), filename="record-1.json"
        )
        out = io.BytesIO()
        pdf.save(out)
    first, *others = formfill.read_all(out.getvalue(), name="dossier.pdf")
    assert [finding.code for finding in first.findings if finding.code == "attachment-differs"] == ["attachment-differs"]
    assert differences(records[0], first) == ()
    assert all(finding.code != "attachment-differs" for record in others for finding in record.findings)


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = CLASS / "02-inventee"
    record = tmp_path / "record.json"
    record.write_text(formfill.to_json(formfill.read(own / "fiche-1.docx")), "utf-8")
    out = tmp_path / "sous" / "dossier.pdf"
    assert run_command_line(["merge", str(own / "tableau.xlsx"), str(record), "-o", str(out)]) == 0
    assert len(formfill.read_all(out)) == 2
    capsys.readouterr()
    assert run_command_line(["merge", str(record), str(CLASS / "03-fictif" / "fiche-1.docx"), "-o", str(out)]) == 6
    assert "plusieurs candidats" in capsys.readouterr().err
    assert len(formfill.read_all(out)) == 2
    letter = tmp_path / "lettre.txt"
    letter.write_text("Bonjour.\n", "utf-8")
    assert run_command_line(["merge", str(record), str(letter), "-o", str(tmp_path / "p.pdf")]) == 4
    assert not (tmp_path / "p.pdf").exists()
