"""Every form filled, printed by LibreOffice, read: the answers are those that were written."""

from __future__ import annotations

import random
import shutil
import subprocess
from typing import TYPE_CHECKING, Final

import formfill
import pytest
from formfill import catalogue
from formfill.comparison import differences
from formfill.model.document import MarkState
from tests.form_records import made

if TYPE_CHECKING:
    from pathlib import Path

    from formfill.model.form import Form
    from formfill.model.record import Record

SOFFICE: Final = shutil.which("soffice")
pytestmark = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed: see APT_PACKAGES in the Makefile")
FORMS: Final = [(form, edition.id) for form in catalogue.forms() if form.layout is not None for edition in form.editions]
WRITTEN: Final = {
    "nom_prenom": "INVENTÉE Zélie",
    "nom": "INVENTÉE",
    "prenom": "Zélie",
    "numero_candidat": "02601234502",
    "numero_realisation": "2",
    "periode": "du 01/10/2025 au 11/12/2025",
    "debut": "22/05/2025",
    "fin": "30/06/2025",
    "url_portfolio": "https://inventee.example.org/p",
    "note_finale": "14,5",
    "descriptif": "Le besoin : réserver des salles.\nUne solution en Python.\nLes tests ont été faits en décembre.",
}


def sessions(form: Form, edition: str) -> str:
    """A year of the edition."""
    own = next(item for item in form.editions if item.id == edition)
    return str(own.sessions[-1]) if own.sessions else "2026"


def filled(form: Form, edition: str) -> Record:
    """What an invented person answers; at most one box of a field is ticked."""
    drawn = random.Random(f"{form.id} {edition}")
    assert form.layout is not None
    kinds = {field.id: field.kind.value for field in form.layout.fields}
    ticked: set[str] = set()

    def text(field: str) -> str:
        if field == "session":
            return sessions(form, edition)
        if kinds.get(field) == "date":
            return "12/05/2026"
        if kinds.get(field) == "number" or field.startswith(("points", "note", "fiche")):
            return WRITTEN.get(field, "12")
        return WRITTEN.get(field, drawn.choice(["Lille", "Texte bref", "Quelques mots de plus"]))

    def state(field: str, _option: str) -> MarkState:
        if field in ticked or drawn.random() < 0.4:
            return MarkState.BLANK
        ticked.add(field)
        return MarkState.TICKED

    table = form.layout.table
    rows = [
        (section.id, f"Projet {n}", "02/09/24 au 20/12/24", tuple(drawn.choices([MarkState.TICKED, MarkState.BLANK], k=6)))
        for section in (table.sections if table else ())
        for n in (1, 2)
    ]
    return made(form, edition, text, state, rows)


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the forms, each filled and printed."""
    folder = tmp_path_factory.mktemp("printed")
    for form, edition in FORMS:
        to = "xlsx" if form.rows else "docx"
        (folder / f"{form.id}-{edition}.{to}").write_bytes(formfill.render(filled(form, edition), to))
    subprocess.run(
        [
            str(SOFFICE),
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
        ]
        + [str(path) for path in sorted(folder.iterdir()) if path.suffix in (".docx", ".xlsx")],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return folder


@pytest.mark.parametrize(("form", "edition"), FORMS, ids=lambda value: getattr(value, "id", value))
def test_a_printed_form_says_what_was_written(form: Form, edition: str, printed: Path) -> None:
    records = formfill.read_all(printed / f"{form.id}-{edition}.pdf")
    assert len(records) == 1
    found = differences(filled(form, edition), records[0])
    # LibreOffice prints the third line of a turned heading over the next column
    assert [item for item in found if (item.kind, item.b) != ("comment", "maitrise")] == []
